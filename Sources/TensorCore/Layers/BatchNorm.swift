/// Batch normalisation with a learned scale and shift (Ioffe and Szegedy 2015).
///
/// In training each channel is normalised by its mean and variance in the batch, and running averages
/// of both are kept; in use (`setTraining(false)`, `evaluating`) it is normalised by those averages,
/// so that the result for one picture no longer depends on the others.
public final class BatchNorm: Layer, TrainingDependent {
  /// The scale γ, `[channels]`, at first 1.
  public let weight: Variable
  /// The shift β, `[channels]`, at first 0.
  public let bias: Variable
  /// The running mean, `[channels]`, at first 0.
  public let mean: Variable
  /// The running variance (unbiased), `[channels]`, at first 1.
  public let variance: Variable
  /// The share of each batch in the running averages.
  public let momentum: Float
  /// What is added to the variance.
  public let epsilon: Float
  /// Whether batches are normalised by themselves.
  public var isTraining = true

  /// Makes a layer for a number of channels, the size of the last axis.
  ///
  /// - Parameters:
  ///   - channels: the size of the last axis.
  ///   - momentum: the share of each batch in the running averages.
  ///   - epsilon: what is added to the variance.
  ///   - isAffine: whether scale and shift are learnt; if not, they stay 1 and 0.
  public convenience init(
    _ channels: Int, momentum: Float = 0.1, epsilon: Float = 1e-5, isAffine: Bool = true
  ) {
    self.init(
      weight: Variable(Tensor([channels], fill: 1), needsGradient: isAffine),
      bias: Variable(Tensor([channels], fill: 0), needsGradient: isAffine),
      mean: Variable(Tensor([channels], fill: 0)), variance: Variable(Tensor([channels], fill: 1)),
      momentum: momentum, epsilon: epsilon)
  }

  private init(
    weight: Variable, bias: Variable, mean: Variable, variance: Variable, momentum: Float,
    epsilon: Float
  ) {
    self.weight = weight
    self.bias = bias
    self.mean = mean
    self.variance = variance
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// The parameters `weight` and `bias`, the buffers `mean` and `variance`.
  public var parts: Parts {
    ["weight": weight, "bias": bias, "mean": mean, "variance": variance]
  }

  /// Normalises each channel of `[…, channels]`.
  public func callAsFunction(_ x: Variable) -> Variable { self(x, adding: nil, relu: false) }

  /// Normalises, and in the same pass adds another variable and applies ReLU.
  ///
  /// - Parameters:
  ///   - x: `[…, channels]`.
  ///   - other: what to add to the result, of the shape of `x`: the shortcut of a residual block.
  ///   - relu: whether negative results are multiplied by `slope`, after the sum.
  ///   - slope: what the ReLU leaves of them: 0, or more in a leaky one.
  /// - Returns: the shape of `x`.
  public func callAsFunction(
    _ x: Variable, adding other: Variable? = nil, relu: Bool, slope: Float = 0
  ) -> Variable {
    guard isTraining else {
      return batchNorm(
        x, weight, bias, mean: mean.value, variance: variance.value, epsilon: epsilon,
        adding: other, relu: relu, slope: slope)
    }
    let batch = batchNorm(
      x, weight, bias, epsilon: epsilon, adding: other, relu: relu, slope: slope)
    mean.value.move(towards: batch.mean, by: momentum)
    variance.value.move(towards: batch.variance, by: momentum)
    return batch.result
  }

  /// A layer with the same numbers, in the same mode.
  public func clone() -> BatchNorm {
    let copy = BatchNorm(
      weight: weight.clone(), bias: bias.clone(), mean: mean.clone(), variance: variance.clone(),
      momentum: momentum, epsilon: epsilon)
    copy.isTraining = isTraining
    return copy
  }
}
