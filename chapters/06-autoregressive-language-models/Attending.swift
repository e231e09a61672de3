import TensorCore

extension GPT {
  /// What each head of each block looks at in a text: `[block][head][from][to]`.
  ///
  /// - Parameters:
  ///   - text: the tokens.
  ///   - mine: whose function computes the weights from queries and keys; nil for the model's own.
  /// - Returns: weights; those of a row sum to 1.
  func attentionWeights(_ text: [Int], mine: Mine? = nil) -> [[[[Float]]]] {
    evaluating {
      var h = tokens([text]) + positions(Array(text.indices))
      return blocks.map { block in
        let x = block.attentionNorm(h)
        let made = block.attention.queryKeyValue(x).value  // [1, time, 3 · width]
        let weights = block.attention.weights(x)  // [1, heads, time, time]
        h = run(block, h)
        return (0..<sizes.heads).map { head in
          let own = text.indices.map { i in text.indices.map { j in weights[0, head, i, j] } }
          guard let mine else { return own }
          /// The head's share of the queries (0) or keys (1), `[time][headWidth]`.
          func rows(_ part: Int) -> [[Float]] {
            let width = sizes.width / sizes.heads
            let first = part * sizes.width + head * width
            return text.indices.map { i in (first..<first + width).map { made[0, i, $0] } }
          }
          return mine.attentionWeights(queries: rows(0), keys: rows(1), expected: own) ?? own
        }
      }
    }
  }
}

/// All heads of weights `[block][head][from][to]`, as indices of their blocks and within these.
func heads(of weights: [[[[Float]]]]) -> [(block: Int, head: Int)] {
  weights.indices.flatMap { block in weights[block].indices.map { (block, $0) } }
}

/// What the page calls a head: both counted from 1.
func headName(_ head: (block: Int, head: Int)) -> String {
  "block \(head.block + 1), head \(head.head + 1)"
}

/// The head that looks from one token most strongly at another.
///
/// - Parameters:
///   - weights: `[block][head][from][to]`.
///   - from: the place of the token that looks.
///   - to: the place of the token that is looked at.
/// - Returns: the indices of the block and of its head.
func strongestLook(
  _ weights: [[[[Float]]]], from: Int, to: Int
) -> (block: Int, head: Int) {
  heads(of: weights).max {
    weights[$0.block][$0.head][from][to] < weights[$1.block][$1.head][from][to]
  }!
}
