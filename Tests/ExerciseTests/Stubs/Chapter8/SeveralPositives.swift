// Exercise 8.3 · More than one positive (extend)
//
// MICLe draws two pictures of a patient who may have six. What if all six came into the batch?
// Then an anchor has five positives, as in supervised contrastive learning (Khosla and others,
// 2020), where all pictures of a class are each other's positives. There are several averages one
// could take, and they are not the same. This one: a term −log p for each positive, and then the
// mean of the terms. The logarithm stands inside the mean.
//
// Before you start: chapters/08-simclr-and-micle/README.md, "The algorithm".
// Check it with: swift run course check 8.3

import Exercises
import Foundation

/// The loss of one anchor with all its positives.
///
///     (1 / |P|) Σ over p in P of −log( exp(s[p] / τ) / Σ over k ≠ anchor of exp(s[k] / τ) )
///
/// P are the views of the anchor's patient, the anchor itself excepted. The sum over k is the same
/// for each p: all views but the anchor, the other positives among them.
///
/// - `similarities`: `[views]`, s[k]: the cosine of the anchor with view k; it is 1 for the anchor
/// - `patients`: `[views]`, the number of the patient that each view shows
/// - `anchor`: the place of the anchor
/// - `temperature`: τ, from 0.01 up; exp(1 / 0.01) is not a `Float`
/// - result: the loss, and 0 if the anchor's patient has no other view
///
/// Example: similarities `[1, 1, 0, 0]`, patients `[7, 7, 7, 3]`, anchor 0, temperature 1 →
/// 1.0514. (Views 1 and 2 are the positives: log(e + 2) − 1 and log(e + 2).)
public func severalPositivesLoss(
  similarities: [Float], patients: [Int], anchor: Int, temperature: Float
) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The loss of a batch: the mean over the anchors that have a positive.
///
/// - `similarities`: `[views][views]`, row i for anchor i
/// - `patients`: `[views]`
/// - result: each anchor with a positive counts once, however many positives it has; an anchor
///   without one does not count. 0 if there is none with.
///
/// Example: similarities `[[1, 0, 0], [0, 1, 0], [0, 0, 1]]`, patients `[7, 7, 3]`, temperature 1
/// → log 2 = 0.6931. (Two anchors count, each with log 2.)
public func meanOverAnchors(
  similarities: [[Float]], patients: [Int], temperature: Float
) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
