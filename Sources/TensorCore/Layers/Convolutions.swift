/// A convolution of pictures `[batch, height, width, channels]` with square kernels.
public final class Convolution: Layer {
  /// `[kernel, kernel, inputs, outputs]`.
  public let weight: Variable
  /// `[outputs]`, or nil for none.
  public let bias: Variable?
  /// How many pixels the kernel moves from one output pixel to the next.
  public let stride: Int
  /// How many rows and columns of zeros are put around the picture, on each side.
  public let padding: Int

  /// Makes a layer with random weights.
  ///
  /// - Parameters:
  ///   - inputs: the number of input channels.
  ///   - outputs: the number of output channels.
  ///   - kernel: the kernel's height and width.
  ///   - stride: how many pixels the kernel moves from one output pixel to the next.
  ///   - padding: how many rows and columns of zeros are put around; by default (kernel − 1) / 2,
  ///     which keeps the picture's size with an odd kernel and stride 1.
  ///   - bias: whether a bias is added; before a normalisation it would be taken away again.
  ///   - initialisation: how the weights are drawn.
  ///   - random: where the numbers come from.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int = 3, stride: Int = 1, padding: Int? = nil,
    bias: Bool = true, initialisation: Initialisation = .fanIn, using random: inout Random
  ) {
    let fanIn = inputs * kernel * kernel
    weight = initialisation.weights(
      [kernel, kernel, inputs, outputs], fanIn: fanIn, fanOut: outputs * kernel * kernel,
      using: &random)
    self.bias = bias ? initialisation.bias(outputs, fanIn: fanIn, using: &random) : nil
    self.stride = stride
    self.padding = padding ?? (kernel - 1) / 2
  }

  private init(weight: Variable, bias: Variable?, stride: Int, padding: Int) {
    self.weight = weight
    self.bias = bias
    self.stride = stride
    self.padding = padding
  }

  /// `weight` and `bias`.
  public var parts: Parts { ["weight": weight, "bias": bias] }

  /// Maps `[batch, height, width, inputs]` to `[batch, height / stride, width / stride, outputs]`
  /// with the usual padding; `convolution` says the exact sizes.
  public func callAsFunction(_ x: Variable) -> Variable {
    convolution(x, weight, bias, stride: stride, padding: padding)
  }

  /// A layer with the same numbers.
  public func clone() -> Convolution {
    Convolution(weight: weight.clone(), bias: bias?.clone(), stride: stride, padding: padding)
  }
}

/// A transposed convolution of pictures `[batch, height, width, channels]`, which enlarges them.
public final class TransposedConvolution: Layer {
  /// `[kernel, kernel, outputs, inputs]`, the weights of the convolution that it turns round.
  public let weight: Variable
  /// `[outputs]`, or nil for none.
  public let bias: Variable?
  /// How far apart neighbouring input pixels paint.
  public let stride: Int
  /// How many rows and columns are cut off the result, on each side.
  public let padding: Int
  /// How many more rows and columns the result has at its bottom and right.
  public let outputPadding: Int

  /// Makes a layer with random weights.
  ///
  /// - Parameters:
  ///   - inputs: the number of input channels.
  ///   - outputs: the number of output channels.
  ///   - kernel: the kernel's height and width.
  ///   - stride: how far apart neighbouring input pixels paint.
  ///   - padding: how many rows and columns are cut off; by default (kernel − stride) / 2, which makes
  ///     the picture `stride` times as large where that difference is even.
  ///   - outputPadding: how many more rows and columns the result has at its bottom and right.
  ///   - bias: whether a bias is added.
  ///   - initialisation: how the weights are drawn; an output pixel sums inputs · (kernel / stride)².
  ///   - random: where the numbers come from.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int = 4, stride: Int = 2, padding: Int? = nil,
    outputPadding: Int = 0, bias: Bool = true, initialisation: Initialisation = .fanIn,
    using random: inout Random
  ) {
    let fanIn = max(1, inputs * kernel * kernel / (stride * stride))
    weight = initialisation.weights(
      [kernel, kernel, outputs, inputs], fanIn: fanIn, fanOut: outputs * kernel * kernel,
      using: &random)
    self.bias = bias ? initialisation.bias(outputs, fanIn: fanIn, using: &random) : nil
    self.stride = stride
    self.padding = padding ?? max(0, kernel - stride) / 2
    self.outputPadding = outputPadding
  }

  private init(
    weight: Variable, bias: Variable?, stride: Int, padding: Int, outputPadding: Int
  ) {
    self.weight = weight
    self.bias = bias
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
  }

  /// `weight` and `bias`.
  public var parts: Parts { ["weight": weight, "bias": bias] }

  /// Maps `[batch, height, width, inputs]` to `[batch, height · stride, width · stride, outputs]`
  /// with the usual padding; `transposedConvolution` says the exact sizes.
  public func callAsFunction(_ x: Variable) -> Variable {
    transposedConvolution(
      x, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding)
  }

  /// A layer with the same numbers.
  public func clone() -> TransposedConvolution {
    TransposedConvolution(
      weight: weight.clone(), bias: bias?.clone(), stride: stride, padding: padding,
      outputPadding: outputPadding)
  }
}
