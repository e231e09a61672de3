// Exercise 6.3 · The nucleus and its edges (extend)
//
// Top-p sampling keeps the nucleus: the fewest tokens that together have probability p, the likeliest
// first. The chapter draws from it without ever writing it down. Write it down: the probabilities
// from which one draws, in the order of the vocabulary. The formula is short; the edges are not.
//
// Before you start: chapters/06-autoregressive-language-models/README.md, "Writing".
// Check it with: swift run course check 6.3

import Exercises

/// The probabilities after everything outside the nucleus is taken away: the rest is divided by its sum.
///
/// - `probabilities`: one for each token, none negative, summing to 1 up to rounding (about 1e-4); at
///   least one token
/// - `p`: from 0 to 1
///
/// The nucleus is the smallest set of likeliest tokens whose sum is at least p. Rules for the edges:
/// - The token with which the sum reaches p belongs to it; a sum of exactly p is enough.
/// - Of equally likely tokens the one with the lower index comes first.
/// - It has one token at least, also where p is 0.
/// - For p = 1 it is every token whose probability is not 0, however small, and wherever rounding lets
///   their sum come out: a little below 1, or at 1 before the last of them is in.
///
/// Example: probabilities `[0.125, 0.5, 0.25, 0.125]`, p 0.6 → `[0, 0.6667, 0.3333, 0]`.
public func nucleus(probabilities: [Float], p: Float) throws -> [Float] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
