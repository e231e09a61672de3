import Chapter6Exercises
import CourseData
import Notebook

/// The learner's functions in the place of the chapter's (`--mine`).
///
/// A function that is not written yet, or whose answer cannot be used, is named once, and the
/// chapter's own does its work.
final class Mine {
  private let learner = LearnersFunctions()

  /// Whether all functions that were asked did the work, what they did, and which could not be used.
  var report: String { learner.report }

  /// The learner's answer, or nil where there is none that can be used.
  ///
  /// - Parameters:
  ///   - exercise: its number.
  ///   - deed: what the learner's function does for the page.
  ///   - work: calls the function.
  ///   - isUsable: whether the answer has the form that was asked for.
  /// - Returns: the answer.
  private func answer<Result>(
    _ exercise: String, _ deed: String, _ work: () throws -> Result,
    isUsable: (Result) -> Bool
  ) -> Result? {
    guard let result = learner.answer(work) else { return nil }
    guard isUsable(result) else {
      learner.refuse(
        "Your answer to \(exercise) has not the form that was asked for", exercise: exercise)
      return nil
    }
    learner.note(deed)
    return result
  }

  // MARK: Exercise 6.2

  /// The weights of one head from the learner's function, `[from][to]`.
  ///
  /// - Parameters:
  ///   - queries: `[tokens][headWidth]`.
  ///   - keys: `[tokens][headWidth]`.
  ///   - expected: the model's own weights, which those of the learner are compared with.
  /// - Returns: the learner's weights, also where they differ.
  func attentionWeights(
    queries: [[Float]], keys: [[Float]], expected: [[Float]]
  ) -> [[Float]]? {
    let weights = answer(
      "6.2", "The picture of attention is drawn from your weights (6.2).",
      { try causalWeights(queries: queries, keys: keys) },
      isUsable: { rows in
        rows.count == keys.count
          && rows.allSatisfy { $0.count == keys.count && $0.allSatisfy(\.isFinite) }
      })
    if let weights {
      let differences = zip(weights.joined(), expected.joined()).map { abs($0 - $1) }
      // Sums in other orders differ by less than a thousandth.
      if differences.contains(where: { $0 > 1e-3 }) {
        learner.note(
          "Your weights are not those of the model: swift run course check 6.2 says where.",
          isFault: true)
      }
    }
    return weights
  }

  // MARK: Exercise 6.3

  /// The probabilities from which a token is drawn, from the learner's function.
  func nucleus(_ probabilities: [Float], _ p: Float) -> [Float]? {
    answer(
      "6.3", "The samples with top-p are drawn from your nucleus (6.3).",
      { try Chapter6Exercises.nucleus(probabilities: probabilities, p: p) },
      isUsable: { kept in
        kept.count == probabilities.count && kept.allSatisfy { $0 >= 0 && $0 <= 1.001 }
          && kept.contains { $0 > 0 }
      })
  }
}
