/// Two 3 × 3 convolutions and a way around them.
///
/// The basic block of He et al. 2016, figure 5 left.
///
///     x ─ convolution ─ norm ─ relu ─ convolution ─ norm ─ + ─ relu ─ y
///     └──────────────── shortcut ──────────────────────────┘
///
/// The shortcut is x itself or, where the size changes, a 1 × 1 convolution and a norm.
public final class ResidualBlock: Layer {
  /// The first convolution, which makes the strides.
  public let convolution1: Convolution
  /// The norm after the first convolution.
  public let norm1: BatchNorm
  /// The second convolution.
  public let convolution2: Convolution
  /// The norm after the second convolution.
  public let norm2: BatchNorm
  /// The 1 × 1 convolution of the shortcut; nil where x fits as it is.
  public let shortcut: Convolution?
  /// The norm of the shortcut.
  public let shortcutNorm: BatchNorm?

  /// Makes a block with random weights.
  ///
  /// - Parameters:
  ///   - inputs: the number of input channels.
  ///   - outputs: the number of output channels.
  ///   - stride: 2 halves height and width.
  ///   - initialisation: how the weights are drawn.
  ///   - random: where the numbers come from.
  public init(
    _ inputs: Int, _ outputs: Int, stride: Int = 1, initialisation: Initialisation = .he,
    using random: inout Random
  ) {
    convolution1 = Convolution(
      inputs, outputs, stride: stride, bias: false, initialisation: initialisation, using: &random)
    norm1 = BatchNorm(outputs)
    convolution2 = Convolution(
      outputs, outputs, bias: false, initialisation: initialisation, using: &random)
    norm2 = BatchNorm(outputs)
    let fits = inputs == outputs && stride == 1
    shortcut =
      fits
      ? nil
      : Convolution(
        inputs, outputs, kernel: 1, stride: stride, bias: false, initialisation: initialisation,
        using: &random)
    shortcutNorm = fits ? nil : BatchNorm(outputs)
  }

  private init(cloning block: ResidualBlock) {
    convolution1 = block.convolution1.clone()
    norm1 = block.norm1.clone()
    convolution2 = block.convolution2.clone()
    norm2 = block.norm2.clone()
    shortcut = block.shortcut?.clone()
    shortcutNorm = block.shortcutNorm?.clone()
  }

  /// Both convolutions with their norms, and the shortcut where there is one.
  public var parts: Parts {
    [
      "convolution1": convolution1, "norm1": norm1, "convolution2": convolution2, "norm2": norm2,
      "shortcut": shortcut, "shortcutNorm": shortcutNorm,
    ]
  }

  /// Maps `[batch, height, width, inputs]` to `[batch, height / stride, width / stride, outputs]`,
  /// rounded up.
  public func callAsFunction(_ x: Variable) -> Variable {
    let hidden = norm1(convolution1(x), relu: true)
    var around = x
    if let shortcut, let shortcutNorm { around = shortcutNorm(shortcut(x)) }
    return norm2(convolution2(hidden), adding: around, relu: true)
  }

  /// A block with the same numbers.
  public func clone() -> ResidualBlock { ResidualBlock(cloning: self) }
}
