import TensorCore

/// The sizes of a GPT.
struct GPTSizes: Equatable {
  /// How many different tokens there are, V.
  var vocabulary: Int
  /// How many tokens the model sees at once, k.
  var context = 128
  /// The length of a token's vector.
  var width = 128
  /// How many heads of attention share the width.
  var heads = 4
  /// How many blocks follow each other, n.
  var layers = 4
}

/// A decoder-only transformer: from the tokens so far, a score for each token that might come next.
///
/// In the symbols of Radford et al. 2018, section 3.1, for a text U, the table of token vectors We and
/// that of position vectors Wp:
///
///     h₀ = U We + Wp
///     hₗ = block(hₗ₋₁)              l = 1 … n
///     P(u) = softmax(hₙ Weᵀ)
///
/// One table reads the tokens and scores them. The norms stand before the sums and once more behind
/// the last block, as in GPT-2 (2019); GPT-1 had them after the sums and none at the end.
final class GPT: Module {
  let sizes: GPTSizes
  /// We, `[vocabulary, width]`.
  let tokens: Embedding
  /// Wp, `[context, width]`.
  let positions: Embedding
  let blocks: [TransformerBlock]
  let norm: LayerNorm
  /// How a block is run; the break-it section replaces it.
  var run: (TransformerBlock, Variable) -> Variable = { block, h in block(h) }

  init(_ sizes: GPTSizes, using random: inout Random) {
    self.sizes = sizes
    tokens = Embedding(sizes.vocabulary, sizes.width, using: &random)
    positions = Embedding(sizes.context, sizes.width, using: &random)
    blocks = (0..<sizes.layers).map { _ in
      TransformerBlock(sizes.width, heads: sizes.heads, isCausal: true, using: &random)
    }
    norm = LayerNorm(sizes.width)
  }

  /// Takes over a model's parts, with another table of tokens.
  init(_ model: GPT, tokens: Embedding) {
    sizes = GPTSizes(
      vocabulary: tokens.weight.shape[0], context: model.sizes.context, width: model.sizes.width,
      heads: model.sizes.heads, layers: model.sizes.layers)
    self.tokens = tokens
    positions = model.positions.clone()
    blocks = model.blocks.clone()
    norm = model.norm.clone()
    run = model.run
  }

  var parts: Parts {
    ["tokens": tokens, "positions": positions, "block": blocks, "norm": norm]
  }

  func clone() -> GPT { GPT(self, tokens: tokens.clone()) }

  /// The vectors that the last block and the norm behind it make, `[texts, time, width]`.
  func features(_ texts: [[Int]]) -> Variable {
    var h = tokens(texts) + positions(Array(0..<texts[0].count))  // [texts, time, width]
    for block in blocks { h = run(block, h) }
    return norm(h)
  }

  /// Scores of every token of the vocabulary, after each token of the texts.
  ///
  /// - Parameter features: `[…, width]`.
  /// - Returns: `[…, vocabulary]`; their softmax is P.
  func logits(_ features: Variable) -> Variable {
    matmul(features, tokens.weight, transposingB: true)
  }

  /// L₁ as a mean: −log P(uᵢ | u₀ … uᵢ₋₁) over the tokens of the texts but their first.
  func loss(_ texts: [[Int]]) -> Variable {
    let inputs = texts.map { Array($0.dropLast()) }
    let targets = texts.flatMap { $0.dropFirst() }
    return crossEntropy(logits(features(inputs)), targets)
  }
}
