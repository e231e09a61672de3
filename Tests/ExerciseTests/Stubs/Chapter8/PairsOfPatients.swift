// Exercise 8.4 · Two pictures of one patient (heart)
//
// MICLe's idea sits in its sampler: the two views of a pair are two different pictures of one
// patient. The loss stays as it was. All the care goes into who meets whom: a patient may have one
// picture, or none; two pairs of one patient in a batch would push that patient away from himself;
// and a batch of one pair has no negatives, so nothing can be learnt from it. The chapter's sampler
// refuses patients without pictures, and whoever does not fill a batch at the end of an epoch goes
// unseen. A clinic with few patients cannot afford that: in yours everybody comes who can.
//
// Before you start: chapters/08-simclr-and-micle/README.md, "The algorithm".
// Check it with: swift run course check 8.4

import Exercises
import TensorCore

/// A patient's pair.
///
/// - `pictures`: the numbers of the patient's pictures, each once
/// - result: two different pictures, every two equally likely, in either order; with one picture
///   that picture twice (two crops of it are SimCLR's pair); with none nil
///
/// All randomness comes from `random`.
///
/// Example: pictures `[40, 41]` → (40, 41) or (41, 40); pictures `[52]` → (52, 52).
public func patientPair(
  pictures: [Int], random: inout Random
) throws -> (first: Int, second: Int)? {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The batches of one epoch: each patient with pictures comes once at most, with one pair.
///
/// - `pictures`: `[patients][pictures]`, each patient's picture numbers; no picture has two
///   patients
/// - `batchSize`: the number of pairs, so of patients, in a batch; from 2 to
///   1,000,000
/// - result: the batches, in each the pairs
///
/// The patients come in an order drawn with `random`, all orders equally likely. Those without
/// pictures do not come, and take no place in a batch. Every batch but the last is full. The last holds
/// who is left, without anyone twice; if that is a single patient, who would have no negatives, the
/// batch is left out.
/// With fewer than two patients who have pictures there are no batches: `[]`.
///
/// Example: pictures `[[40, 41], [], [52]]`, batchSize 2 → one batch, for instance
/// `[[(52, 52), (41, 40)]]`; with batchSize 5 the same.
public func epochOfPairs(
  pictures: [[Int]], batchSize: Int, random: inout Random
) throws -> [[(first: Int, second: Int)]] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
