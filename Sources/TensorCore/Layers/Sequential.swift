/// Layers one after the other.
///
/// ```swift
/// var random = Random(seed: 1)
/// let classifier = Sequential(
///   Linear(784, 64, using: &random), Apply(relu), Linear(64, 10, using: &random))
/// let logits = classifier(x)  // [batch, 784] to [batch, 10]
/// ```
public final class Sequential: Layer {
  /// The layers, in the order of their work.
  public let layers: [any Layer]

  /// Puts layers one after the other.
  public init(_ layers: any Layer...) { self.layers = layers }

  /// Puts layers one after the other.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// The layers, named by their number: `0`, `1`, ….
  public var parts: Parts { Parts(layers) }

  /// Passes `x` through the layers in turn.
  public func callAsFunction(_ x: Variable) -> Variable {
    var x = x
    for layer in layers {
      x = layer(x)
      ShapeTrace.current?.record(layer, x.shape)
    }
    return x
  }

  /// Clones of the layers, in the same order; variables that layers share stay shared.
  public func clone() -> Sequential { keepingShared { Sequential(layers.map { $0.clone() }) } }
}

/// A layer without parameters: any function of one variable.
///
/// ```swift
/// Apply(relu)
/// Apply { $0.reshaped([$0.shape[0], -1]) }
/// ```
public final class Apply: Layer {
  private let function: (Variable) -> Variable

  /// Makes a layer of a function.
  public init(_ function: @escaping (Variable) -> Variable) { self.function = function }

  /// Nothing: there are no parameters.
  public var parts: Parts { [:] }

  /// Applies the function.
  public func callAsFunction(_ x: Variable) -> Variable { function(x) }

  /// A layer of the same function.
  public func clone() -> Apply { Apply(function) }
}
