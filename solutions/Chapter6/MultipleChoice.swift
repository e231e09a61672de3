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
  features.map { endings in
    let scores = endings.map { zip($0, head).map { $0 * $1 }.reduce(0, +) }
    let highest = scores.max()!
    let powers = scores.map { exp($0 - highest) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }
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
  let probabilities = try choiceProbabilities(features: features, head: head)
  var gradient = head.map { _ in Float(0) }
  for (question, answer) in answers.enumerated() {
    for (ending, vector) in features[question].enumerated() {
      let slope = probabilities[question][ending] - (ending == answer ? 1 : 0)
      for axis in gradient.indices {
        gradient[axis] += slope * vector[axis] / Float(answers.count)
      }
    }
  }
  return gradient
  // Your answer ends here.
}
