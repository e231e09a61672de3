// Exercise 2.2 · What a score aims at (derive)
//
// Suppose the vectors are so wide that every pair of a word and a context can have any score it likes,
// whatever the others have. Which one does training with negatives give it? Pen and paper: each score
// stands in two terms of the loss, one for the times that the pair comes as data and one for the times
// that it comes as noise; where is their slope 0? The answer holds pointwise mutual information,
//
//     PMI(w, c) = log( P(w, c) / (P(w) P(c)) ),
//
// and says what the number of negatives and the choice of the noise do to it. The page compares trained
// vectors with it.
//
// Before you start: chapters/02-pretext-and-downstream/README.md, "Words".
// Check it with: swift run course check 2.2

import Exercises
import Foundation

/// The distribution that negatives are drawn from: counts to a power, brought to the sum 1.
///
/// - `contextCounts`: `[contexts]`, how often each context comes; none is negative, and one at least is
///   not 0
/// - `power`: 1 leaves the shares as they are, 0.75 is word2vec's, 0 makes all alike that come at all
/// - result: `[contexts]`; a context that never comes is never drawn, whatever the power
///
/// Example: counts `[16, 1, 0]`, power 0.75 → `[0.8889, 0.1111, 0]`. (16 to the 0.75 is 8.)
public func noiseDistribution(contextCounts: [Int], power: Float) throws -> [Float] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The score x[w][c] of each pair at which the loss is least.
///
/// With #(w, c) the counts, #(w) the sum of row w, k negatives for each pair that comes, and noise P:
///
///     loss(x) = −Σ over w, c of  #(w, c) log σ(x[w][c])  +  k #(w) P(c) log σ(−x[w][c])
///
/// - `counts`: `[words][contexts]`, how often each pair comes, up to some thousand millions
/// - `noise`: P, `[contexts]`; with the sum 1
/// - `negatives`: k, 1 or more
/// - result: `[words][contexts]`. Where no score is best, because a higher (lower) one is always better:
///   ∞ (−∞). Where every score is as good as any other, the pair comes neither as data nor as noise: 0.
///
/// Example: counts `[[3, 1], [0, 4]]`, noise `[0.375, 0.625]`, 2 negatives →
/// `[[0, -1.6094], [-inf, -0.2231]]`.
public func optimalScores(counts: [[Int]], noise: [Float], negatives: Int) throws -> [[Float]] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// How much the best score lies above the PMI, for each context: that depends on the context alone.
///
/// PMI is that of the counts, so P(c) is the share of the context among all pairs.
///
/// - `contextCounts`: `[contexts]`, how often each context comes; none is 0
/// - `noise`: `[contexts]`; none is 0
/// - `negatives`: k, 1 or more
/// - result: `[contexts]`, optimalScores − PMI
///
/// Example: counts `[3, 5]`, noise `[0.5, 0.5]`, 2 negatives → `[-0.9808, -0.47]`.
public func shiftsFromPMI(
  contextCounts: [Int], noise: [Float], negatives: Int
) throws -> [Float] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The loss at its least, for each pair that comes: loss(x) at the best scores over the sum of `counts`.
///
/// - `counts`, `noise`, `negatives`: as for `optimalScores`
/// - result: what remains at ∞ or −∞ is the limit, 0; without any pairs: 0
///
/// Example: counts `[[3, 1], [0, 4]]`, noise `[0.375, 0.625]`, 1 negative → 1.1611. (Untrained, with
/// all scores 0, it is 2 log 2 = 1.3863.)
public func leastLoss(counts: [[Int]], noise: [Float], negatives: Int) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
// Your answer ends here.
