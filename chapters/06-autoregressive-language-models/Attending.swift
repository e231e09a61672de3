import TensorCore

extension GPT {
  /// What each head of each block looks at in a text: `[block][head][from][to]`.
  func attentionWeights(_ text: [Int]) -> [[[[Float]]]] {
    evaluating {
      var h = tokens([text]) + positions(Array(text.indices))
      return blocks.map { block in
        let weights = block.attention.weights(block.attentionNorm(h))  // [1, heads, time, time]
        h = run(block, h)
        return (0..<sizes.heads).map { head in
          text.indices.map { i in text.indices.map { j in weights[0, head, i, j] } }
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
