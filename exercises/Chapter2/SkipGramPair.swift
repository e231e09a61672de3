// Exercise 2.1 · One pair and its negatives (heart)
//
// "The cat drinks milk": cat and milk stand near each other, so they are a pair. Pairs from the text
// are to get a high score; pairs of cat with words drawn by lot, the negatives, a low one. The score
// is a product of two vectors: one of cat in the middle, one of the other word at its side, from two
// tables. The chapter trains all pairs of a text in one loop that is made for speed. Write what
// happens to one pair: the loss, and the slope for each vector that took part. With your function
// `swift run chapter2 --mine` trains word vectors.
//
// Before you start: chapters/02-pretext-and-downstream/README.md, "Words".
// Check it with: swift run course check 2.1

import Exercises
import Foundation

/// The natural logarithm of the sigmoid, log σ(s) with σ(s) = 1 / (1 + exp(−s)).
///
/// - `score`: s, any number that a `Float` can hold; exp(100) is not a `Float`
/// - result: right to about 1e-6, or to the seventh digit where it is larger than 1
///
/// Example: score 0 → −log 2 = −0.6931; score −300 → −300.
public func logSigmoid(score: Float) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The loss of one pair with its negatives, and the gradient in every vector (skip-gram with negative
/// sampling).
///
///     loss = −log σ(v · u) − Σ over the negatives n of log σ(−v · n)
///
/// - `center`: v, `[width]`, the vector of the word in the middle
/// - `context`: u, `[width]`, the vector of the word that stands near it
/// - `negatives`: `[negatives][width]`, the n, vectors of words drawn by lot; there may be none. A word
///   that was drawn twice stands there twice and counts twice; one that is equal to u counts as well.
/// - result: the loss, a sum; its gradient in v, in u, and in each negative, in their order. The rows of
///   a word that was drawn twice each get the slope of their own place: adding them up is the table's
///   affair.
///
/// Scores may be many hundreds, of either sign.
///
/// Example: center `[1, 1]`, context `[1, -1]`, negatives `[[2, 0]]`. The scores are 0 and 2, the loss is
/// 0.6931 + 2.1269 = 2.8201; the gradient is `[1.2616, 0.5]` in the center, `[-0.5, -0.5]` in the
/// context and `[[0.8808, 0.8808]]` in the negatives.
public func skipGramPair(
  center: [Float], context: [Float], negatives: [[Float]]
) throws -> (loss: Float, center: [Float], context: [Float], negatives: [[Float]]) {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
// Your answer ends here.
