// Exercise 6.2 · Attention that cannot look ahead (heart)
//
// One head of attention on plain arrays. Token i asks with its query, the tokens j answer with their
// keys, and their values are mixed with the weights that result. What makes it a language model is one
// rule: token i may look at itself and at those before it, never at one that comes later.
//
// Before you start: chapters/06-autoregressive-language-models/README.md, "The model".
// Check it with: swift run course check 6.2

import Exercises
import Foundation

/// With which weight each token looks at the others.
///
///     weights[i][j] = exp(s[i][j]) / Σ over k ≤ i of exp(s[i][k])   for j ≤ i
///                     0                                             for j > i
///
/// with s[i][j] = queries[i] · keys[j] / √width. There are as many keys as queries, all of one width,
/// and the result has as many rows and columns as there are tokens. No tokens: no rows.
///
/// Example: queries `[[0], [2]]`, keys `[[5], [5]]` → `[[1, 0], [0.5, 0.5]]`.
///
/// The scores may be as large as 1,000: exp(1000) is not a `Float`.
public func causalWeights(queries: [[Float]], keys: [[Float]]) throws -> [[Float]] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The values, mixed with the weights: row i of the result is Σⱼ weights[i][j] · values[j].
///
/// - `weights`: `[tokens][tokens]`
/// - `values`: `[tokens][width]`
///
/// Example: weights `[[1, 0], [0.5, 0.5]]`, values `[[2, 0], [4, 6]]` → `[[2, 0], [3, 3]]`.
public func mixedValues(weights: [[Float]], values: [[Float]]) throws -> [[Float]] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
// Your answer ends here.
