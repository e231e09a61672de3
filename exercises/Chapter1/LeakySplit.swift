// Exercise 1.3 · A score too good to be true (diagnose)
//
// A colleague has 200 pictures and makes 10 copies of each: turned a little, shifted, brightened. The
// classifier reaches 98 % on the validation set. On next week's pictures it reaches 71 %. The function
// `leakyPreparation` below prepared the data. Find what is wrong with it, then write one that is sound.
// `leakyPreparation` stays as it is: it is the evidence.
//
// Before you start: chapters/01-learning-paradigms/README.md, "Where it breaks".
// Check it with: swift run course check 1.3

import Exercises
import TensorCore

/// What the colleague wrote, whose validation score means nothing.
///
/// `pictures[i]` is one picture's numbers and `sources[i]` the number of the original that it is a copy
/// of. The result: the indices to train on, the indices to validate on, and the mean of the numbers,
/// which is later subtracted from every picture.
public func leakyPreparation(
  pictures: [[Float]], sources: [Int], validationShare: Float, random: inout Random
) -> (train: [Int], validation: [Int], mean: Float) {
  let order = random.permutation(pictures.count)
  let validationCount = Int((validationShare * Float(pictures.count)).rounded())
  let numbers = pictures.flatMap { $0 }
  let mean = numbers.reduce(0, +) / Float(max(1, numbers.count))
  return (Array(order[validationCount...]), Array(order[..<validationCount]), mean)
}

/// The evidence: the sources that have copies on both sides, each once, in ascending order.
///
/// `train` and `validation` hold indices into `sources`.
///
/// Example: sources `[7, 7, 3, 3, 9]`, train `[0, 2, 3]`, validation `[1, 4]` → `[7]`.
public func leakedSources(sources: [Int], train: [Int], validation: [Int]) throws -> [Int] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The repaired preparation: what is validated on was never seen, in no form.
///
/// - `validationShare` (0…1) is the share of *sources* that go to validation: with n different sources,
///   `Int((validationShare * Float(n)).rounded())` of them. Which ones is drawn with `random`, each
///   choice equally likely; the same seed gives the same split. (The order of a `Set` differs from run
///   to run: sort it before you draw.)
/// - Each index stands in `train` or in `validation`, once; their order does not matter.
/// - `mean` is the mean of the numbers that it may be computed from, and 0 if there are none.
///
/// Example: sources `[7, 7, 3, 3]`, share 0.5 and a draw that picks source 3:
/// train `[0, 1]`, validation `[2, 3]`.
public func soundPreparation(
  pictures: [[Float]], sources: [Int], validationShare: Float, random: inout Random
) throws -> (train: [Int], validation: [Int], mean: Float) {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
