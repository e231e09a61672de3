// Exercise 1.4 · Pseudo-labels (heart)
//
// Ten labels, a thousand pictures without. Lee (2013) lets the network label the rest: its most likely
// class counts as the truth, and the loss on these pseudo-labels enters with a weight that is 0 at
// first and grows, because the first guesses are mostly wrong.
//
// Before you start: chapters/01-learning-paradigms/README.md, "Semi-supervised learning".
// Check it with: swift run course check 1.4

import Exercises
import Foundation

/// The weight α of the unlabelled loss at a training step: 0, then a straight ramp, then constant.
///
///     α(step) = 0                                                  for step < rampStart
///               finalWeight · (step − rampStart)/(rampEnd − rampStart)   in between
///               finalWeight                                        for step ≥ rampEnd
///
/// `rampStart ≤ rampEnd`; where they are equal, the weight jumps. Steps are whole numbers of any size, and
/// may be counted from below 0.
///
/// Example: ramp from 100 to 600, final weight 3: step 50 → 0, step 350 → 1.5, step 900 → 3.
public func unlabelledWeight(
  step: Int, rampStart: Int, rampEnd: Int, finalWeight: Float
) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The loss and its gradient with respect to the logits.
///
///     loss = mean over labelled rows of CE(row, label)
///          + weight · mean over unlabelled rows of CE(row, pseudo-label)
///
/// with CE(z, k) = −log softmax(z)ₖ. A row's pseudo-label is the index of its largest logit (the lower
/// index where two are equal). It is a number that was decided, not a function of the logits: no
/// gradient passes through it, and every row has one, however unsure. A mean over no rows is 0.
///
/// - `labelledLogits`: `[rows][classes]`, with one label for each row
/// - `unlabelledLogits`: `[rows][classes]`, another number of rows
/// - result: the loss, and two tables shaped like the two inputs
///
/// Example: labelled `[[0, 0]]` with label 1, unlabelled `[[2, 0]]`, weight 0.5:
/// loss 0.69315 + 0.5 · 0.12693 = 0.75661, labelledGradient `[[0.5, -0.5]]`,
/// unlabelledGradient `[[-0.0596, 0.0596]]`.
///
/// Logits may be as large as 1,000: exp(1000) is not a `Float`.
public func pseudoLabelLoss(
  labelledLogits: [[Float]], labels: [Int], unlabelledLogits: [[Float]], weight: Float
) throws -> (loss: Float, labelledGradient: [[Float]], unlabelledGradient: [[Float]]) {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
// Your answer ends here.
