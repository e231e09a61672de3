import Checkers
import SolutionFunctions

extension CheckedChapter {
  static let chapter8 = CheckedChapter(
    8, Chapter8.exercises, solutions: chapter8Solutions,
    specimens: [
      anchorLossSpecimens, anchorGradientSpecimens, severalPositivesSpecimens,
      pairsOfPatientsSpecimens, alignmentUniformitySpecimens, dividedPatientsSpecimens,
      undoneInChapter8,
    ].flatMap(\.self))
}
