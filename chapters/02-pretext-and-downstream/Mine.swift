import Chapter2Exercises
import Notebook

/// The learner's function in the place of the chapter's (`--mine`).
///
/// Where it is not written yet, or its answer cannot be used, that is named once.
final class Mine {
  private let learner = LearnersFunctions(orElse: "the chapter's own")

  /// What became of the function.
  var report: String { learner.report }

  // MARK: Exercise 2.1

  /// The loss and the gradient of one pair and its negatives, by exercise 2.1.
  ///
  /// - Parameters:
  ///   - center: `[width]`, the vector of the word in the middle.
  ///   - context: `[width]`, the vector of its neighbour.
  ///   - negatives: `[negatives][width]`, those drawn by lot.
  /// - Returns: the loss and a gradient of the shape of each parameter, all finite; nil where there is
  ///   none that can be used.
  func pair(
    center: [Float], context: [Float], negatives: [[Float]]
  ) -> (loss: Float, center: [Float], context: [Float], negatives: [[Float]])? {
    let given = learner.answer {
      try skipGramPair(center: center, context: context, negatives: negatives)
    }
    guard let given else { return nil }
    let rows = [given.center, given.context] + given.negatives
    guard rows.map(\.count) == ([center, context] + negatives).map(\.count) else {
      learner.refuse(
        "skipGramPair gives gradients of another shape than its vectors", exercise: "2.1")
      return nil
    }
    guard given.loss.isFinite, rows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      learner.refuse("skipGramPair gives a number that is not finite", exercise: "2.1")
      return nil
    }
    return given
  }
}
