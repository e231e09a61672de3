import Chapter1Solutions
import Checkers

extension CheckedChapter {
  static let chapter1 = CheckedChapter(
    1, Chapter1.exercises, solutions: chapter1Solutions,
    specimens: [
      labelsFromHalvesSpecimens, kMeansStepSpecimens, leakySplitSpecimens, pseudoLabelsSpecimens,
      policyGradientSpecimens,
    ].flatMap(\.self))
}

let chapter1Solutions = Chapter1Functions(
  swappedHalves: swappedHalves, labelsFromHalves: labelsFromHalves,
  nearestCentres: nearestCentres, movedCentres: movedCentres,
  leakedSources: leakedSources, soundPreparation: soundPreparation,
  unlabelledWeight: unlabelledWeight, pseudoLabelLoss: pseudoLabelLoss,
  policyGradient: policyGradient, expectedPolicyGradient: expectedPolicyGradient,
  bestBaseline: bestBaseline)
