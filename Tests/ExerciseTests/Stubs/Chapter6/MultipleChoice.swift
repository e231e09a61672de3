// Exercise 6.5 · Which sentence follows? (extend)
//
// A model reads the beginning of a story with each of several endings, once for each, and a vector
// comes out above the last token. One and the same linear layer turns each vector into one score, and
// the softmax runs over the endings of a question. Questions may have different numbers of endings.
//
// Before you start: chapters/06-autoregressive-language-models/README.md, "Fine-tuning".
// Check it with: swift run course check 6.5

import Exercises
import Foundation

/// For each question the probability of each of its endings.
///
/// - `features`: `[questions][endings][width]`
/// - `head`: `[width]`; the score of an ending is its vector times the head
/// - result: `[questions][endings]`
///
/// Example: features `[[[1], [3]], [[7]]]`, head `[0.5]` → `[[0.2689, 0.7311], [1]]`.
///
/// Scores may be as large as 1,000: exp(1000) is not a `Float`.
public func choiceProbabilities(features: [[[Float]]], head: [Float]) throws -> [[Float]] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The gradient of the loss in the head.
///
/// The loss is the mean over the questions of −log P(right ending); `answers[q]` is the index of the
/// right ending of question q. Here, too, scores may be as large as 1,000.
///
/// Example: features `[[[1], [3]]]`, head `[0]`, answers `[1]` → `[-1]`. (Both endings have ½; the
/// right one pulls with ½ · 3, the wrong one pushes with ½ · 1.)
public func headGradient(features: [[[Float]]], head: [Float], answers: [Int]) throws -> [Float] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
