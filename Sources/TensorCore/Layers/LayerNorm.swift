/// Layer normalisation with a learned scale and shift (Ba, Kiros and Hinton 2016).
public final class LayerNorm: Layer {
  /// The scale γ, `[width]`, at first 1.
  public let weight: Variable
  /// The shift β, `[width]`, at first 0.
  public let bias: Variable
  /// What is added to the variance.
  public let epsilon: Float

  /// Makes a layer for rows of `width` numbers.
  public convenience init(_ width: Int, epsilon: Float = 1e-5) {
    self.init(
      weight: Variable(Tensor([width], fill: 1), needsGradient: true),
      bias: Variable(Tensor([width], fill: 0), needsGradient: true), epsilon: epsilon)
  }

  private init(weight: Variable, bias: Variable, epsilon: Float) {
    self.weight = weight
    self.bias = bias
    self.epsilon = epsilon
  }

  /// `weight` and `bias`.
  public var parts: Parts { ["weight": weight, "bias": bias] }

  /// Normalises each row of `[…, width]`.
  public func callAsFunction(_ x: Variable) -> Variable {
    layerNorm(x, weight, bias, epsilon: epsilon)
  }

  /// A layer with the same numbers.
  public func clone() -> LayerNorm {
    LayerNorm(weight: weight.clone(), bias: bias.clone(), epsilon: epsilon)
  }
}
