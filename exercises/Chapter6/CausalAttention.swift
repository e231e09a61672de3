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
///     s[i][j] = queries[i] · keys[j] / √width
///
/// Row i of the result is the softmax of token i's scores over the tokens that it may look at. All its
/// other weights are 0, and their scores, whatever they are, have no influence on the row.
///
/// There are as many keys as queries, all of one width, and the result has as many rows and columns as
/// there are tokens. No tokens: no rows.
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
/// - `weights`: `[tokens][tokens]`, causal or not: each may be other than 0
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
