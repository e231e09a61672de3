import Chapter1Exercises
import Notebook
import TensorCore

/// The learner's functions in the place of the chapter's (`--mine`).
///
/// A function that is not written yet is named once, and the chapter's own does its work.
final class Mine {
  private let learner = LearnersFunctions()

  /// Whether all functions that were asked did the work, and what could not be used and why.
  var report: String { learner.report }

  // MARK: Exercise 1.2

  /// k-means by the learner's two moves, from the first centres of the chapter's.
  ///
  /// - Returns: the last assignments, or nil where one of the moves is not written.
  func clustered(_ points: Variable, from start: KMeans) -> [Int]? {
    learner.answer {
      let points = points.value.numbersByRow
      var centres = start.centres.value.numbersByRow
      var assignments = try nearestCentres(points: points, centres: centres)
      for _ in 0..<100 {
        centres = try movedCentres(points: points, assignments: assignments, centres: centres)
        let next = try nearestCentres(points: points, centres: centres)
        if next == assignments { break }
        assignments = next
      }
      return assignments
    }
  }

  // MARK: Exercise 1.4

  /// α from the learner's ramp.
  func weight(_ step: Int, of steps: Int, _ ramp: Ramp) -> Float? {
    learner.answer {
      try unlabelledWeight(
        step: step, rampStart: Int(ramp.start * Double(steps)),
        rampEnd: Int(ramp.end * Double(steps)), finalWeight: ramp.final)
    }
  }

  /// A loss whose gradient is the learner's.
  func pseudoLabelLoss(
    _ labelled: Variable, _ labels: [Int], _ unlabelled: Variable, _ weight: Float
  ) -> Variable? {
    learner.answer {
      let (_, known, unknown) = try Chapter1Exercises.pseudoLabelLoss(
        labelledLogits: labelled.value.numbersByRow, labels: labels,
        unlabelledLogits: unlabelled.value.numbersByRow,
        weight: weight)
      return loss(labelled, gradient: known) + loss(unlabelled, gradient: unknown)
    }
  }

  // MARK: Exercise 1.5

  /// A loss whose gradient is minus the learner's policy gradient, averaged over the rows.
  func policyLoss(
    _ logits: Variable, _ actions: [Int], _ rewards: [Float], _ baseline: Float
  ) -> Variable? {
    learner.answer {
      let steps = try zip(logits.value.numbersByRow, zip(actions, rewards)).map { row, tried in
        try policyGradient(logits: row, action: tried.0, reward: tried.1, baseline: baseline)
      }
      // The learner's gradient points uphill, and a loss is walked down.
      return loss(logits, gradient: steps) * (-1 / Float(actions.count))
    }
  }

  /// Σ logits · gradient, with the gradient as a constant: its slope for the logits is the gradient.
  private func loss(_ logits: Variable, gradient: [[Float]]) -> Variable {
    (logits * Variable(Tensor(logits.shape, gradient.flatMap { $0 }))).sum()
  }
}
