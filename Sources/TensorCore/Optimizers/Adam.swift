#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Adam (Kingma and Ba 2015, algorithm 1): steps scaled by running averages of the gradient.
///
/// With gradient g at step t of the parameter:
///
///     m ← β₁ m + (1 − β₁) g          v ← β₂ v + (1 − β₂) g²
///     w ← w − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
public class Adam: Optimizer {
  /// The parameters that are trained.
  public let parameters: [NamedVariable]
  /// The step size η.
  public var learningRate: Float
  /// How much of the average gradient m is kept at each step.
  public let beta1: Float
  /// How much of the average squared gradient v is kept at each step.
  public let beta2: Float
  /// What keeps the quotient finite where gradients vanish.
  public let epsilon: Float

  private var steps: [Int]
  private var means: [Tensor]
  private var squares: [Tensor]
  /// For each parameter, the share of it that a step of size 1 takes away.
  private let decays: [Float]

  /// Trains `parameters`.
  ///
  /// - Parameters:
  ///   - parameters: what is trained.
  ///   - learningRate: the step size η.
  ///   - beta1: how much of the average gradient is kept at each step.
  ///   - beta2: how much of the average squared gradient is kept at each step.
  ///   - epsilon: what is added to the divisor.
  ///   - file: the caller's file, for the message about paths that come twice.
  ///   - line: the caller's line.
  public convenience init(
    _ parameters: [NamedVariable], learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-8, file: StaticString = #fileID, line: UInt = #line
  ) {
    checkPaths(parameters, "Adam", file: file, line: line)
    self.init(
      parameters, learningRate, beta1, beta2, epsilon, decays: parameters.map { _ in 0 })
  }

  fileprivate init(
    _ parameters: [NamedVariable], _ learningRate: Float, _ beta1: Float, _ beta2: Float,
    _ epsilon: Float, decays: [Float]
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decays = decays
    steps = parameters.map { _ in 0 }
    means = parameters.map { Tensor($0.variable.shape, fill: 0) }
    squares = means.map { Tensor($0.shape, fill: 0) }
  }

  /// The averages `mean` (m) and `square` (v).
  public var memory: OptimizerMemory {
    get { OptimizerMemory(steps: steps, averages: ["mean": means, "square": squares]) }
    set {
      steps = newValue.steps
      means = newValue["mean", for: parameters]
      squares = newValue["square", for: parameters]
    }
  }

  /// Changes each parameter by its gradient.
  public func step() {
    for (index, parameter, gradient) in gradients(fitting: means, "Adam.step") {
      steps[index] += 1
      let rate = AdamRate(
        beta1: beta1, beta2: beta2, epsilon: epsilon,
        size: learningRate / Float(1 - pow(Double(beta1), Double(steps[index]))),
        squareScale: Float(1 / (1 - pow(Double(beta2), Double(steps[index])))))
      let kept = 1 - learningRate * decays[index]
      squares[index].withMutable { v in
        parameter.change(with: &means[index], by: gradient) { range, w, m, g in
          let at = range.lowerBound
          rate.update(range.count, w + at, m + at, v + at, g + at, kept: kept)
        }
      }
    }
  }
}

/// AdamW (Loshchilov and Hutter 2019, algorithm 2): Adam, and apart from it weights that shrink.
///
/// Before Adam's step w ← (1 − η λ) w. In Adam with a penalty λ w² the averages would divide the decay
/// as well, and weights with large gradients would hardly shrink.
public final class AdamW: Adam {
  /// Trains `parameters`.
  ///
  /// - Parameters:
  ///   - parameters: what is trained.
  ///   - learningRate: the step size η.
  ///   - beta1: how much of the average gradient is kept at each step.
  ///   - beta2: how much of the average squared gradient is kept at each step.
  ///   - epsilon: what is added to the divisor.
  ///   - weightDecay: λ, the share of a weight that a step of size 1 takes away.
  ///   - decaying: which parameters shrink; `{ !$0.isVector }` spares biases and normalisations.
  ///   - file: the caller's file, for the message about paths that come twice.
  ///   - line: the caller's line.
  public init(
    _ parameters: [NamedVariable], learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-8, weightDecay: Float = 0.01,
    decaying: (NamedVariable) -> Bool = { _ in true }, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    checkPaths(parameters, "AdamW", file: file, line: line)
    super.init(
      parameters, learningRate, beta1, beta2, epsilon,
      decays: parameters.map { decaying($0) ? weightDecay : 0 })
  }
}

/// The constants of one Adam step.
private struct AdamRate {
  let beta1: Float
  let beta2: Float
  let epsilon: Float
  /// The step size with the mean's correction, η / (1 − β₁ᵗ).
  let size: Float
  /// The squares' correction, 1 / (1 − β₂ᵗ).
  let squareScale: Float

  /// Updates `n` weights w and their averages m and v in one pass.
  @inline(__always)
  func update(_ n: Int, _ w: Pointer, _ m: Pointer, _ v: Pointer, _ g: Pointer, kept: Float) {
    var i = 0
    while i < n {
      let gradient = load(g + i)
      let mean = load(m + i) * beta1 + gradient * (1 - beta1)
      let square = load(v + i) * beta2 + gradient * gradient * (1 - beta2)
      store(mean, m + i)
      store(square, v + i)
      let divisor = (square * squareScale).squareRoot() + epsilon
      store(load(w + i) * kept - size * mean / divisor, w + i)
      i &+= laneCount
    }
  }
}
