// Exercise 6.1 · Perplexities side by side (derive)
//
// One paper reports a perplexity of 20 with tokens of four characters, another one of 3 with single
// characters. Which model is better? A perplexity is an average over tokens, and a model with longer
// tokens has fewer, harder guesses to make. What can be compared is how surprising the *text* was.
// Take pen and paper: the text's total surprise is the same number however it was cut.
//
// Before you start: chapters/06-autoregressive-language-models/README.md, "One number for every model".
// Check it with: swift run course check 6.1

import Exercises
import Foundation

/// The perplexity on a collection of texts.
///
/// `losses[i]` is the mean of −log P (natural logarithm) over the tokens of text i, and `tokens[i]` the
/// number of these tokens. The perplexity is exp of the mean over *all tokens* of the collection.
/// There is at least one token; a text may have none, and its loss is then 0.
///
/// Example: losses `[0.6931, 0]`, tokens `[1, 3]` → 2^(1/4) = 1.1892.
public func corpusPerplexity(losses: [Float], tokens: [Int]) throws -> Float {
  // Your answer begins here.
  var surprise: Float = 0
  for (loss, count) in zip(losses, tokens) { surprise += loss * Float(count) }
  return exp(surprise / Float(tokens.reduce(0, +)))
  // Your answer ends here.
}

/// The bits that a model needs for each character of a text.
///
/// - `perplexity`: for each token, at least 1
/// - `tokens`, `characters`: how many of each the same text has, at least one
///
/// Example: perplexity 16, 100 tokens, 400 characters → 1. (log₂ 16 is 4 bits for each token.)
public func bitsPerCharacter(perplexity: Float, tokens: Int, characters: Int) throws -> Float {
  // Your answer begins here.
  log2(perplexity) * Float(tokens) / Float(characters)
  // Your answer ends here.
}

/// The perplexity that the same model of the same text would have if its surprise were spread over
/// another tokenizer's tokens.
///
/// - `perplexity`: for each of the model's own `tokens`
/// - `otherTokens`: how many tokens the other tokenizer makes of the text
///
/// Example: perplexity 16, 100 tokens, 200 other tokens → 4.
public func perplexity(_ perplexity: Float, tokens: Int, otherTokens: Int) throws -> Float {
  // Your answer begins here.
  pow(perplexity, Float(tokens) / Float(otherTokens))
  // Your answer ends here.
}
