import Chapter1Solutions
import ExerciseFunctions

/// Chapter 1's functions as the course solves them.
public let chapter1Solutions = solved(Chapter1Functions()) {
  $0.swappedHalves = swappedHalves
  $0.labelsFromHalves = labelsFromHalves
  $0.nearestCentres = nearestCentres
  $0.movedCentres = movedCentres
  $0.leakedSources = leakedSources
  $0.soundPreparation = soundPreparation
  $0.unlabelledWeight = unlabelledWeight
  $0.pseudoLabelLoss = pseudoLabelLoss
  $0.policyGradient = policyGradient
  $0.expectedPolicyGradient = expectedPolicyGradient
  $0.bestBaseline = bestBaseline
}
