/// A fully connected layer, y = x W + b.
public final class Linear: Layer {
  /// `[inputs, outputs]`.
  public let weight: Variable
  /// `[outputs]`, or nil for none.
  public let bias: Variable?

  /// Makes a layer with random weights.
  ///
  /// - Parameters:
  ///   - inputs: the size of the input's last axis.
  ///   - outputs: the size of the output's last axis.
  ///   - bias: whether a bias is added.
  ///   - initialisation: how the weights are drawn.
  ///   - random: where the numbers come from.
  public init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, initialisation: Initialisation = .fanIn,
    using random: inout Random
  ) {
    weight = initialisation.weights(
      [inputs, outputs], fanIn: inputs, fanOut: outputs, using: &random)
    self.bias = bias ? initialisation.bias(outputs, fanIn: inputs, using: &random) : nil
  }

  /// Makes a layer from its weight `[inputs, outputs]` and bias `[outputs]`.
  public init(weight: Variable, bias: Variable?) {
    self.weight = weight
    self.bias = bias
  }

  /// `weight` and `bias`.
  public var parts: Parts { ["weight": weight, "bias": bias] }

  /// Maps `[…, inputs]` to `[…, outputs]`.
  public func callAsFunction(_ x: Variable) -> Variable { linear(x, weight, bias) }

  /// A layer with the same numbers.
  public func clone() -> Linear { Linear(weight: weight.clone(), bias: bias?.clone()) }
}
