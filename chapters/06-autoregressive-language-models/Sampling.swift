import TensorCore

/// How the next token is drawn from its scores.
struct Sampling {
  /// Scores are divided by it: below 1 likely tokens become likelier, 0 always takes the likeliest.
  var temperature: Float = 1
  /// Only so many of the likeliest tokens can come; nil for all.
  var topK: Int?
  /// Only the likeliest tokens that together have this probability can come.
  ///
  /// From Holtzman et al. 2020, section 3.1.
  var topP: Float = 1
  /// Makes the probabilities of the nucleus where the learner's function stands in for `candidates`.
  var nucleus: (([Float], Float) -> [Float]?)?

  /// Draws a token for each row of scores.
  ///
  /// Nothing is divided by the mass of what is left: a number drawn below that mass, and walked along
  /// the tokens from the likeliest on, meets each with the right probability.
  ///
  /// - Parameters:
  ///   - logits: `[texts, vocabulary]`.
  ///   - random: where the numbers come from.
  /// - Returns: a token for each text.
  func draw(_ logits: Tensor, using random: inout Random) -> [Int] {
    if temperature == 0 { return logits.indicesOfMaximum() }
    let vocabulary = logits.shape[1]
    let probabilities = softmax(Variable(logits) / temperature).value.numbers
    return (0..<logits.shape[0]).map { text in
      let row = Array(probabilities[text * vocabulary..<(text + 1) * vocabulary])
      if topK == nil && topP >= 1 { return random.index(weights: row) }
      if let own = nucleus?(row, topP) { return random.index(weights: own) }
      let (order, mass) = candidates(row)
      var rest = random.uniform() * mass
      for token in order.dropLast() {
        rest -= row[token]
        if rest < 0 { return token }
      }
      return order.last!
    }
  }

  /// The tokens that may come, likeliest first, and their probability together.
  private func candidates(_ row: [Float]) -> (order: [Int], mass: Float) {
    // The few tokens above a bound are enough if they have the mass; the bound falls until they do.
    var bound: Float = 1
    var order: [Int] = []
    while true {
      bound /= 16
      order = row.indices.filter { row[$0] >= bound }.sorted { row[$0] > row[$1] }
      var mass: Float = 0
      for (rank, token) in order.enumerated() {
        mass += row[token]
        if mass >= topP || rank + 1 == topK { return (Array(order[...rank]), mass) }
      }
      if order.count == row.count { return (order, mass) }
      if bound < 1e-30 { bound = -1 }
    }
  }
}
