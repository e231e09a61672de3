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

/// The head that looks from the last token most strongly at one that is neither near nor the first.
///
/// - Parameters:
///   - weights: `[block][head][from][to]`.
///   - text: the tokens.
/// - Returns: the head, and the place that it looks at.
func strongestLook(
  _ weights: [[[[Float]]]], in text: [Int]
) -> (head: (block: Int, head: Int), place: Int) {
  var best = (head: (block: 0, head: 0), place: 0)
  var strongest: Float = -1
  for (block, heads) in weights.enumerated() {
    for (head, rows) in heads.enumerated() {
      for place in 1..<max(2, text.count - 4) where rows[text.count - 1][place] > strongest {
        strongest = rows[text.count - 1][place]
        best = ((block, head), place)
      }
    }
  }
  return best
}
