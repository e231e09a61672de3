/// Self-attention with several heads between two linear maps.
///
/// From Vaswani et al. 2017, section 3.2.2.
public final class MultiHeadAttention: Layer {
  /// Makes queries, keys and values at once: `[width]` to `[3 · width]`, in this order.
  ///
  /// One product of three times the width takes less time than three products.
  public let queryKeyValue: Linear
  /// Mixes what the heads found, `[width]` to `[width]`.
  public let output: Linear
  /// How many heads share the width.
  public let heads: Int
  /// Whether each time step sees only itself and those before it.
  public let isCausal: Bool

  /// Makes a layer with random weights.
  ///
  /// - Parameters:
  ///   - width: the size of the last axis, a multiple of `heads`.
  ///   - heads: how many heads share it.
  ///   - isCausal: whether each time step sees only itself and those before it.
  ///   - initialisation: how the weights are drawn.
  ///   - random: where the numbers come from.
  public init(
    _ width: Int, heads: Int, isCausal: Bool = false,
    initialisation: Initialisation = .normal(0.02),
    using random: inout Random
  ) {
    queryKeyValue = Linear(width, 3 * width, initialisation: initialisation, using: &random)
    output = Linear(width, width, initialisation: initialisation, using: &random)
    self.heads = heads
    self.isCausal = isCausal
  }

  private init(cloning layer: MultiHeadAttention) {
    queryKeyValue = layer.queryKeyValue.clone()
    output = layer.output.clone()
    heads = layer.heads
    isCausal = layer.isCausal
  }

  /// `queryKeyValue` and `output`.
  public var parts: Parts { ["queryKeyValue": queryKeyValue, "output": output] }

  /// Maps `[batch, time, width]` to the same shape.
  public func callAsFunction(_ x: Variable) -> Variable { self(x, mask: nil) }

  /// Attends only to the keys that a mask lets through.
  ///
  /// - Parameters:
  ///   - x: `[batch, time, width]`.
  ///   - mask: which time steps may be looked at, `[batch, time]` row after row (`paddingMask`).
  /// - Returns: `[batch, time, width]`.
  public func callAsFunction(_ x: Variable, mask: [Bool]?) -> Variable {
    output(attention(queryKeyValue(x), heads: heads, isCausal: isCausal, mask: mask))
  }

  /// The probabilities with which each time step looks at the others, `[batch, heads, time, time]`.
  public func weights(_ x: Variable, mask: [Bool]? = nil) -> Tensor {
    withoutGradient {
      attentionWeights(queryKeyValue(x).value, heads: heads, isCausal: isCausal, mask: mask)
    }
  }

  /// A layer with the same numbers.
  public func clone() -> MultiHeadAttention { MultiHeadAttention(cloning: self) }
}
