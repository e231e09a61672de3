import Foundation

/// A model that predicts a token from the one or two before it, by counting.
///
/// Interpolated Kneser–Ney smoothing (Kneser and Ney 1995; in this form Chen and Goodman 1999, section
/// 2.7). A discount D is taken from every count c, and what that frees goes to the shorter context h′:
///
///     P(u | h) = max(c(h u) − D, 0) / c(h) + D · kinds(h) / c(h) · P(u | h′)
///
/// The shorter contexts do not count how often a token came but after how many different tokens: a
/// name that only ever follows one word is no good guess after another.
struct KneserNey {
  /// How many tokens are looked at together: 1 unigram, 2 bigram, 3 trigram.
  let order: Int
  /// How many different tokens there are.
  let vocabulary: Int
  /// The counts for contexts of 0, 1, … tokens.
  private var levels: [Level]

  /// The counts for contexts of one length.
  private struct Level {
    /// c(h u), by `h * vocabulary + u`.
    var counts: [Int: Int] = [:]
    /// c(h) = Σ c(h u), by h.
    var totals: [Int: Int] = [:]
    /// How many different tokens followed h.
    var kinds: [Int: Int] = [:]
    var discount = 0.0

    /// Sums up the counts; D = n₁ / (n₁ + 2 n₂) from the numbers of counts that are one and two (Ney,
    /// Essen and Kneser 1994).
    mutating func close(vocabulary: Int) {
      var (ones, twos) = (0, 0)
      for (key, count) in counts {
        totals[key / vocabulary, default: 0] += count
        kinds[key / vocabulary, default: 0] += 1
        if count == 1 { ones += 1 }
        if count == 2 { twos += 1 }
      }
      // Without counts of one nothing was seen by chance alone, and little is taken.
      discount = ones > 0 ? Double(ones) / Double(ones + 2 * twos) : 0.1
    }
  }

  /// Counts a text of tokens from 0 ..< `vocabulary`.
  init(order: Int, vocabulary: Int, text: [Int]) {
    self.order = order
    self.vocabulary = vocabulary
    levels = Array(repeating: Level(), count: order)
    var power = 1
    for _ in 0..<order { power *= vocabulary }
    var key = 0
    for (place, token) in text.enumerated() {
      key = (key * vocabulary + token) % power
      if place >= order - 1 { levels[order - 1].counts[key, default: 0] += 1 }
    }
    // A shorter context counts each longer one that it ends as one, however often that came.
    for length in (0..<order - 1).reversed() {
      power /= vocabulary
      for key in levels[length + 1].counts.keys {
        levels[length].counts[key % power, default: 0] += 1
      }
    }
    for length in levels.indices { levels[length].close(vocabulary: vocabulary) }
  }

  /// P(token | the tokens before it), of which the last `order` − 1 count.
  func probability(of token: Int, after context: ArraySlice<Int>) -> Double {
    var probability = 1 / Double(vocabulary)
    for (length, level) in levels.enumerated() where length <= context.count {
      let place = context.suffix(length).reduce(0) { $0 * vocabulary + $1 }
      guard let total = level.totals[place] else { break }
      let count = Double(level.counts[place * vocabulary + token] ?? 0)
      let freed = level.discount * Double(level.kinds[place]!)
      probability = (max(count - level.discount, 0) + freed * probability) / Double(total)
    }
    return probability
  }

  /// The mean of −log P over a text but its first token, in nats.
  func loss(_ text: [Int]) -> Double {
    -logProbability(of: text[1...], after: text[..<1]) / Double(text.count - 1)
  }

  /// log P of tokens that follow a context.
  func logProbability(of tokens: ArraySlice<Int>, after context: ArraySlice<Int>) -> Double {
    var (text, sum) = (Array(context.suffix(order - 1)), 0.0)
    for token in tokens {
      sum += log(probability(of: token, after: text[...]))
      text.append(token)
      if text.count >= order { text.removeFirst() }
    }
    return sum
  }
}
