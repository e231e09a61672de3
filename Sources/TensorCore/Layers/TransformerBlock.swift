/// Attention and a two-layer network, each with a way around it and a norm.
///
/// The norms stand before (GPT-2, Radford et al. 2019, section 2.3) or after the sums, as in the
/// original transformer and in BERT (Vaswani et al. 2017, section 3.1):
///
///     before   x ← x + attention(norm(x))       x ← x + network(norm(x))
///     after    x ← norm(x + attention(x))       x ← norm(x + network(x))
///
/// Norms that stand before leave a straight way from the last layer to the first, and train without
/// a warm-up; the last block then needs one more norm behind it.
public final class TransformerBlock: Layer {
  /// Where the norms stand.
  public enum NormPlace: Sendable {
    /// Before attention and network.
    case before
    /// After the sums.
    case after
  }

  /// The norm of the attention.
  public let attentionNorm: LayerNorm
  /// The attention.
  public let attention: MultiHeadAttention
  /// The norm of the network.
  public let networkNorm: LayerNorm
  /// The network's first layer, `[width]` to `[hidden]`.
  public let up: Linear
  /// The network's second layer, `[hidden]` to `[width]`.
  public let down: Linear
  /// What is dropped before each sum while training.
  public let dropout: Dropout
  /// Where the norms stand.
  public let normPlace: NormPlace

  /// Makes a block with random weights.
  ///
  /// - Parameters:
  ///   - width: the size of the last axis, a multiple of `heads`.
  ///   - heads: how many heads share it.
  ///   - hidden: the width between the network's layers; by default 4 · width.
  ///   - isCausal: whether each time step sees only itself and those before it.
  ///   - normPlace: where the norms stand.
  ///   - dropout: the probability of an element to be dropped before each sum.
  ///   - initialisation: how the weights are drawn.
  ///   - random: where the numbers come from.
  public init(
    _ width: Int, heads: Int, hidden: Int? = nil, isCausal: Bool, normPlace: NormPlace = .before,
    dropout: Float = 0, initialisation: Initialisation = .normal(0.02), using random: inout Random
  ) {
    attentionNorm = LayerNorm(width)
    attention = MultiHeadAttention(
      width, heads: heads, isCausal: isCausal, initialisation: initialisation, using: &random)
    networkNorm = LayerNorm(width)
    let hidden = hidden ?? 4 * width
    up = Linear(width, hidden, initialisation: initialisation, using: &random)
    down = Linear(hidden, width, initialisation: initialisation, using: &random)
    self.dropout = Dropout(dropout, using: &random)
    self.normPlace = normPlace
  }

  private init(cloning block: TransformerBlock) {
    attentionNorm = block.attentionNorm.clone()
    attention = block.attention.clone()
    networkNorm = block.networkNorm.clone()
    up = block.up.clone()
    down = block.down.clone()
    dropout = block.dropout.clone()
    normPlace = block.normPlace
  }

  /// Attention and network with their norms.
  public var parts: Parts {
    [
      "attentionNorm": attentionNorm, "attention": attention, "networkNorm": networkNorm, "up": up,
      "down": down, "dropout": dropout,
    ]
  }

  /// Maps `[batch, time, width]` to the same shape.
  public func callAsFunction(_ x: Variable) -> Variable { self(x, mask: nil) }

  /// Attends only to the keys that a mask lets through.
  ///
  /// - Parameters:
  ///   - x: `[batch, time, width]`.
  ///   - mask: which time steps may be looked at, `[batch, time]` row after row (`paddingMask`).
  /// - Returns: `[batch, time, width]`.
  public func callAsFunction(_ x: Variable, mask: [Bool]?) -> Variable {
    switch normPlace {
    case .before:
      let x = x + dropout(attention(attentionNorm(x), mask: mask))
      return x + dropout(down(gelu(up(networkNorm(x)))))
    case .after:
      let x = attentionNorm(x + dropout(attention(x, mask: mask)))
      return networkNorm(x + dropout(down(gelu(up(x)))))
    }
  }

  /// A block with the same numbers.
  public func clone() -> TransformerBlock { TransformerBlock(cloning: self) }
}
