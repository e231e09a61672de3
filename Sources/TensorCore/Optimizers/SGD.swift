/// Gradient descent, with momentum if wanted.
///
/// With gradient g, momentum μ and weight decay λ:
///
///     g ← g + λ w
///     v ← μ v + g
///     w ← w − η v            Nesterov: w ← w − η (g + μ v)
///
/// This is the form of Sutskever et al. (2013, section 2) with the step size outside of the velocity,
/// as in PyTorch: a step size that changes acts at once on the whole velocity.
public final class SGD: Optimizer {
  /// The parameters that are trained.
  public let parameters: [NamedVariable]
  /// The step size η.
  public var learningRate: Float
  /// How much of the velocity is kept at each step.
  public let momentum: Float
  /// Whether the step looks ahead along the velocity.
  public let isNesterov: Bool
  /// The share λ of a weight that is added to its gradient.
  public let weightDecay: Float

  private var steps: [Int]
  private var velocities: [Tensor]

  /// Trains `parameters`.
  ///
  /// - Parameters:
  ///   - parameters: what is trained.
  ///   - learningRate: the step size η.
  ///   - momentum: how much of the velocity is kept at each step; 0 for none.
  ///   - isNesterov: whether the step looks ahead along the velocity.
  ///   - weightDecay: the share λ of a weight that is added to its gradient.
  ///   - file: the caller's file, for the message about paths that come twice.
  ///   - line: the caller's line.
  public init(
    _ parameters: [NamedVariable], learningRate: Float, momentum: Float = 0,
    isNesterov: Bool = false, weightDecay: Float = 0, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    checkPaths(parameters, "SGD", file: file, line: line)
    self.parameters = parameters
    self.learningRate = learningRate
    self.momentum = momentum
    self.isNesterov = isNesterov
    self.weightDecay = weightDecay
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
    for (index, parameter, gradient) in gradients(fitting: velocities, "SGD.step") {
      steps[index] += 1
      parameter.change(with: &velocities[index], by: gradient) { range, w, v, g in
        let at = range.lowerBound
        update(range.count, w + at, v + at, g + at)
      }
    }
  }

  /// Updates `n` weights w and their velocities v in one pass.
  @inline(__always)
  private func update(_ n: Int, _ w: Pointer, _ v: Pointer, _ g: Pointer) {
    // As the loop is compiled, these could change with every store to memory.
    let (rate, momentum, decay, looksAhead) = (learningRate, momentum, weightDecay, isNesterov)
    var i = 0
    while i < n {
      let weight = load(w + i)
      let gradient = load(g + i) + decay * weight
      let velocity = momentum * load(v + i) + gradient
      store(velocity, v + i)
      store(weight - rate * (looksAhead ? gradient + momentum * velocity : velocity), w + i)
      i &+= laneCount
    }
  }
}
