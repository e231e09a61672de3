import Checkers
import SolutionFunctions

extension CheckedChapter {
  static let chapter6 = CheckedChapter(
    6, Chapter6.exercises, solutions: chapter6Solutions,
    specimens: [
      perplexitySpecimens, causalAttentionSpecimens, nucleusSpecimens, tiedGradientSpecimens,
      multipleChoiceSpecimens, lookingAheadSpecimens,
      undoneInChapter6,
    ].flatMap(\.self))
}
