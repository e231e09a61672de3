import Chapter8Exercises
import CourseData
import Notebook
import TensorCore

/// The learner's functions in the place of the chapter's (`--mine`).
///
/// A function that is not written yet is named once, and the chapter's own does its work.
final class Mine {
  private let learner = LearnersFunctions(orElse: "the chapter's own")

  /// Whether all functions that were asked did the work, and what could not be used and why.
  var report: String { learner.report }

  // MARK: Exercises 8.1 and 8.2

  /// A loss whose number comes from exercise 8.1 and whose gradient from exercise 8.2.
  ///
  /// The rows of `z` have length 1 already, so that the learner's gradient has no part along them, and
  /// the way back through `l2Normalised` leaves it as it is.
  ///
  /// - Parameters:
  ///   - z: `[2N, width]`; rows i and i + N are a pair.
  ///   - temperature: τ.
  /// - Returns: the loss, of shape `[]`.
  func loss(_ z: Variable, _ temperature: Float) -> Variable {
    let views = z.value.numbersByRow
    var number = learner.answer { try batchLoss(views: views, temperature: temperature) }
    if number?.isFinite == false {
      learner.refuse("batchLoss gives no finite number", exercise: "8.1")
      number = nil
    }
    let gradient = learner.answer { try batchGradient(views: views, temperature: temperature) }
    let slope: Variable
    if let gradient, gradient.map(\.count) == views.map(\.count),
      gradient.allSatisfy({ $0.allSatisfy(\.isFinite) })
    {
      // Σ z · gradient, with the gradient as a constant: its slope in z is the gradient.
      slope = (z * Variable(Tensor(z.shape, gradient.flatMap(\.self)))).sum()
    } else {
      if gradient != nil {
        learner.refuse(
          "batchGradient gives no table of finite numbers like its views", exercise: "8.2")
      }
      slope = ntXent(z, temperature: temperature)
    }
    let own = number ?? ntXent(z.detached(), temperature: temperature).value.number
    return slope + (own - slope.value.number)
  }

  // MARK: Exercise 8.4

  private var epoch: ArraySlice<[(first: Int, second: Int)]> = []

  /// The next batch of the learner's epochs; nil where there is none.
  ///
  /// - Parameters:
  ///   - patients: for each patient the places of the pictures.
  ///   - batch: N, the pairs of a batch.
  ///   - random: where the learner's draws come from.
  /// - Returns: the pairs of pictures, by their places.
  func pairs(
    of patients: [[Int]], batch: Int, using random: inout Random
  ) -> [(first: Int, second: Int)]? {
    if epoch.isEmpty {
      let drawn = learner.answer {
        try epochOfPairs(pictures: patients, batchSize: batch, random: &random)
      }
      let places = Set(patients.joined())
      let isUsable = drawn?.allSatisfy { pairs in
        pairs.count > 1 && pairs.allSatisfy { places.isSuperset(of: [$0.first, $0.second]) }
      }
      guard let drawn, !drawn.isEmpty, isUsable == true else {
        if drawn != nil {
          learner.refuse("epochOfPairs gives batches that cannot be used", exercise: "8.4")
        }
        return nil
      }
      epoch = drawn[...]
    }
    return epoch.popFirst()
  }

  // MARK: Exercise 8.5

  /// The mean squared distance of the two views, both `[N, width]`; nil where it is not written.
  func alignment(_ first: Variable, _ second: Variable) -> Double? {
    learner.answer {
      Double(
        try Chapter8Exercises::alignment(
          first: first.value.numbersByRow, second: second.value.numbersByRow))
    }
  }

  /// How unevenly rows `[count, width]` lie on the sphere; nil where it is not written.
  func uniformity(_ z: Variable) -> Double? {
    learner.answer { Double(try Chapter8Exercises::uniformity(points: z.value.numbersByRow)) }
  }
}
