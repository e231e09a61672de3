/// LARS, layer-wise adaptive rate scaling (You, Gitman and Ginsburg 2017, algorithm 1): each layer's
/// step is a fixed fraction of the size of its weights.
///
/// With gradient g, weight decay λ, trust coefficient c and momentum μ:
///
///     g ← g + λ w
///     v ← μ v + η · c ‖w‖ / ‖g‖ · g          the ratio is 1 where ‖w‖ or ‖g‖ is 0
///     w ← w − v
///
/// As SimCLR uses it (Chen et al. 2020, appendix B): the decay is part of the gradient whose norm is
/// taken, and biases and normalisations take part in neither; they follow plain momentum.
public final class LARS: Optimizer {
  /// The parameters that are trained.
  public let parameters: [NamedVariable]
  /// The step size η.
  public var learningRate: Float
  /// How much of the velocity is kept at each step.
  public let momentum: Float
  /// The share λ of a weight that is added to its gradient.
  public let weightDecay: Float
  /// The fraction c of a layer's norm that a step of size 1 moves it.
  public let trust: Float

  private var steps: [Int]
  private var velocities: [Tensor]
  private let isAdapted: [Bool]

  /// Trains `parameters`.
  ///
  /// - Parameters:
  ///   - parameters: what is trained.
  ///   - learningRate: the step size η.
  ///   - momentum: how much of the velocity is kept at each step.
  ///   - weightDecay: the share λ of a weight that is added to its gradient.
  ///   - trust: the fraction c of a layer's norm that a step of size 1 moves it.
  ///   - adapting: which parameters decay and have their step scaled; by default all but the biases,
  ///     and the scales and shifts of normalisations.
  ///   - file: the caller's file, for the message about paths that come twice.
  ///   - line: the caller's line.
  public init(
    _ parameters: [NamedVariable], learningRate: Float, momentum: Float = 0.9,
    weightDecay: Float = 1e-6, trust: Float = 0.001,
    adapting: (NamedVariable) -> Bool = { !$0.isVector }, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    checkPaths(parameters, "LARS", file: file, line: line)
    self.parameters = parameters
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.trust = trust
    isAdapted = parameters.map(adapting)
    steps = parameters.map { _ in 0 }
    velocities = parameters.map { Tensor($0.variable.shape, fill: 0) }
  }

  /// The average `velocity` (v).
  public var memory: OptimizerMemory {
    get { OptimizerMemory(steps: steps, averages: ["velocity": velocities]) }
    set {
      steps = newValue.steps
      velocities = newValue["velocity", for: parameters]
    }
  }

  /// Changes each parameter by its gradient.
  public func step() {
    for (index, parameter, gradient) in gradients(fitting: velocities, "LARS.step") {
      steps[index] += 1
      let decay = isAdapted[index] ? weightDecay : 0
      let ratio = isAdapted[index] ? trustRatio(parameter.variable.value, gradient) : 1
      let (rate, momentum) = (learningRate * ratio, momentum)
      parameter.change(with: &velocities[index], by: gradient) { range, w, v, g in
        for i in stride(from: range.lowerBound, to: range.upperBound, by: laneCount) {
          let weight = load(w + i)
          let velocity = momentum * load(v + i) + rate * (load(g + i) + decay * weight)
          store(velocity, v + i)
          store(weight - velocity, w + i)
        }
      }
    }
  }

  /// The trust ratio c ‖w‖ / ‖g + λ w‖.
  private func trustRatio(_ weight: Tensor, _ gradient: Tensor) -> Float {
    let decay = weightDecay
    let weightNorm = weight.norm
    let gradientNorm =
      decay == 0 ? gradient.norm : gradient.combined(with: weight) { $0 + decay * $1 }.norm
    return weightNorm > 0 && gradientNorm > 0 ? trust * weightNorm / gradientNorm : 1
  }
}

extension Tensor {
  /// The sum of the squares of all elements.
  ///
  /// Stretches of fixed length are summed on their own, so that the order of the additions depends on
  /// the size alone; their sums are added in 64 bits.
  var sumOfSquares: Double {
    let stretch = 4096
    let (count, from) = (count, start)
    let parts = (count + stretch - 1) / stretch
    let sums = [Double](unsafeUninitializedCapacity: parts) { sums, initialized in
      let sums = sums.baseAddress
      parallelRanges(parts, grain: 8) { range in
        for part in range {
          let numbers = UnsafeBufferPointer(
            start: from + part * stretch, count: min(stretch, count - part * stretch))
          let total = sum(numbers.count, from + part * stretch) { $0 * $0 }
          // Squares of numbers beyond 10¹⁹ leave the range of 32 bits, their root does not.
          sums![part] =
            total.isFinite ? Double(total) : numbers.reduce(0) { $0 + Double($1) * Double($1) }
        }
      }
      initialized = parts
    }
    return withExtendedLifetime(self) { sums.reduce(0, +) }
  }

  /// The Euclidean norm of all elements.
  var norm: Float { Float(sumOfSquares.squareRoot()) }
}
