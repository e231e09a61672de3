import Chapter8Solutions
import ExerciseFunctions

/// Chapter 8's functions as the course solves them.
public let chapter8Solutions = solved(Chapter8Functions()) {
  $0.anchorLoss = anchorLoss
  $0.batchLoss = batchLoss
  $0.slopeBeforeNormalisation = slopeBeforeNormalisation
  $0.anchorGradient = anchorGradient
  $0.batchGradient = batchGradient
  $0.severalPositivesLoss = severalPositivesLoss
  $0.meanOverAnchors = meanOverAnchors
  $0.patientPair = patientPair
  $0.epochOfPairs = epochOfPairs
  $0.alignment = alignment
  $0.uniformity = uniformity
  $0.leakedShare = leakedShare
  $0.splitByPatient = splitByPatient
}
