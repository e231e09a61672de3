// Exercise 6.4 · The gradient of a table used twice (derive)
//
// The smallest language model with a tied embedding: it reads one token, looks its vector h up in the
// table E, and scores every token u of the vocabulary by h · E[u]. The table is used twice, so two
// gradients meet in it. Take pen and paper: first the slope of the loss in the scores, then in E.
//
// Before you start: chapters/06-autoregressive-language-models/README.md, "The model".
// Check it with: swift run course check 6.4

import Exercises
import Foundation

/// The slope of the loss −log softmax(logits)[target] in each of the logits (∂loss/∂logit).
///
/// Example: logits `[0, 0]`, target 1 → `[0.5, -0.5]`.
///
/// Logits may be as large as 1,000: exp(1000) is not a `Float`.
public func logitGradient(logits: [Float], target: Int) throws -> [Float] {
  // Your answer begins here.
  let largest = logits.max()!
  let powers = logits.map { exp($0 - largest) }
  let total = powers.reduce(0, +)
  return powers.enumerated().map { $0.element / total - ($0.offset == target ? 1 : 0) }
  // Your answer ends here.
}

/// The slope of the loss in each number of the table (∂loss/∂number), both its uses together.
///
///     h = table[input]       logits[u] = h · table[u]       loss = −log softmax(logits)[target]
///
/// - `table`: `[vocabulary][width]`
/// - `input`, `target`: tokens, which may be the same
/// - result: a table of the same shape
///
/// Here, too, the logits may be as large as 1,000.
///
/// Example: table `[[1], [0]]`, input 0, target 1 → `[[1.4621], [-0.7311]]`. (The logits are `[1, 0]`,
/// their slopes 0.7311 and −0.7311. Row 0 gets 0.7311 as an output and 0.7311 as an embedding.)
public func tiedGradient(table: [[Float]], input: Int, target: Int) throws -> [[Float]] {
  // Your answer begins here.
  let h = table[input]
  let logits = table.map { row in zip(row, h).map { $0 * $1 }.reduce(0, +) }
  let slope = try logitGradient(logits: logits, target: target)
  // As the output layer: row u is multiplied by h.
  var gradient = slope.map { slope in h.map { slope * $0 } }
  // As the embedding: h reaches the loss through every row.
  for (row, slope) in zip(table, slope) {
    for axis in h.indices { gradient[input][axis] += slope * row[axis] }
  }
  return gradient
  // Your answer ends here.
}
