import Checkers
import SolutionFunctions

extension CheckedChapter {
  static let chapter1 = CheckedChapter(
    1, Chapter1.exercises, solutions: chapter1Solutions,
    specimens: [
      labelsFromHalvesSpecimens, kMeansStepSpecimens, leakySplitSpecimens, pseudoLabelsSpecimens,
      policyGradientSpecimens,
      undoneInChapter1,
    ].flatMap(\.self))
}
