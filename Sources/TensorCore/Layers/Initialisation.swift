/// How the weights of a layer are drawn before training.
///
/// The fan-in is the number of inputs that each output sums, the fan-out the number of outputs that
/// each input reaches; in a convolution both count every place of the kernel.
public enum Initialisation: Sendable {
  /// Evenly from ±1 / √fan-in, the bias too: the weights' variance is 1 / (3 fan-in).
  ///
  /// PyTorch's default for linear layers and convolutions.
  case fanIn
  /// Normal with variance 2 / fan-in, which keeps the size of signals through ReLUs (He et al. 2015,
  /// section 2.2).
  case he
  /// Evenly from ±√(6 / (fan-in + fan-out)), which keeps the size of signals and gradients through
  /// near-linear functions such as tanh (Glorot and Bengio 2010, equation 16).
  case xavier
  /// Normal with the given standard deviation; GPT-2 and BERT take 0.02.
  case normal(Float)
  /// All zeros: for a last layer that is to begin with equal scores.
  case zero

  /// Draws weights.
  func weights(_ shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) -> Variable {
    let value =
      switch self {
      case .fanIn:
        evenly(shape, within: 1 / Float(max(fanIn, 1)).squareRoot(), using: &random)
      case .he:
        Tensor(normal: shape, deviation: (2 / Float(max(fanIn, 1))).squareRoot(), using: &random)
      case .xavier:
        evenly(shape, within: (6 / Float(max(fanIn + fanOut, 1))).squareRoot(), using: &random)
      case .normal(let deviation): Tensor(normal: shape, deviation: deviation, using: &random)
      case .zero: Tensor(shape, fill: 0)
      }
    return Variable(value, needsGradient: true)
  }

  /// Draws a bias: zeros, but for `fanIn`.
  func bias(_ count: Int, fanIn: Int, using random: inout Random) -> Variable {
    guard case .fanIn = self else { return Variable(Tensor([count], fill: 0), needsGradient: true) }
    return weights([count], fanIn: fanIn, fanOut: 0, using: &random)
  }

  private func evenly(_ shape: [Int], within bound: Float, using random: inout Random) -> Tensor {
    Tensor(uniform: shape, in: -bound..<bound, using: &random)
  }
}
