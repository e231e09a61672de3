import TensorCore

/// A block whose causal mask is off by one: each token sees itself, those before it, and the next.
///
/// The next token is what it is asked to predict. Written out with the mask as a matrix:
///
///     weights = softmax(q kᵀ / √headWidth + mask),   mask[i, j] = 0 where j ≤ i + lookahead, else −∞
///
/// - Parameters:
///   - block: whose weights are used; its norms stand before the sums.
///   - x: `[texts, time, width]`.
///   - lookahead: how many tokens too far is seen; 0 is the causal mask.
/// - Returns: `[texts, time, width]`.
func blockSeeingAhead(_ block: TransformerBlock, _ x: Variable, by lookahead: Int) -> Variable {
  let (texts, time, width) = (x.shape[0], x.shape[1], x.shape[2])
  let heads = block.attention.heads
  let made = block.attention.queryKeyValue(block.attentionNorm(x))
    .reshaped([texts, time, 3, heads, width / heads])
    .transposed(2, 0, 3, 1, 4)  // [3, texts, heads, time, headWidth]
  func part(_ number: Int) -> Variable {
    made.gather([number]).reshaped([texts, heads, time, width / heads])
  }
  let mask = (0..<time).flatMap { i in
    (0..<time).map { j in j <= i + lookahead ? Float(0) : -.infinity }
  }
  let scores = matmul(part(0), part(1), transposingB: true) / Float(width / heads).squareRoot()
  let weights = softmax(scores + Variable(Tensor([time, time], mask)))
  let seen = matmul(weights, part(2)).transposed(0, 2, 1, 3).reshaped([texts, time, width])
  let h = x + block.attention.output(seen)
  return h + block.down(gelu(block.up(block.networkNorm(h))))
}
