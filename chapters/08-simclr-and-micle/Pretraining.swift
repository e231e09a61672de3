import Foundation
import Notebook
import TensorCore

/// How contrastive training is done.
struct ContrastivePlan {
  /// What follows the gradient.
  enum Method {
    /// Adam, with its usual averages.
    case adam
    /// LARS with momentum 0.9, SimCLR's choice for large batches.
    case lars
  }

  /// How many steps the optimizer makes.
  var steps: Int
  /// N, the pairs of a batch; 2N views.
  var batch = 128
  /// The highest learning rate.
  var learningRate: Float = 1e-2
  /// τ.
  var temperature: Float = 0.2
  /// What follows the gradient.
  var method = Method.adam
  /// The share of the steps in which the learning rate rises; then it falls along half a cosine.
  var warmUp: Float = 0.1
  /// How often `observe` looks at the model between the start and the end.
  var observations = 10
  /// The loss of the unit vectors z `[2N, width]` at a temperature.
  var loss: @MainActor (_ z: Variable, _ temperature: Float) -> Variable = ntXent

  /// Takes batches of another size, and so many steps that the same number of views is seen.
  ///
  /// The learning rate grows with the square root of the batch (Chen et al. 2020, section 2.2 and
  /// appendix B.1).
  mutating func fit(batch newBatch: Int) {
    let ratio = Float(newBatch) / Float(batch)
    steps = max(1, Int((Float(steps) / ratio).rounded()))
    learningRate *= ratio.squareRoot()
    batch = newBatch
  }

  /// Finds settings that make no sense.
  func check() throws(ContrastiveError) {
    if batch < 2 { throw .tooFewPairs(batch) }
    if steps < 0 { throw .setting("\(steps) steps: the number of steps cannot be negative") }
    if !(temperature > 0) || !temperature.isFinite {
      throw .setting("temperature \(temperature): it has to be above 0")
    }
    if !(learningRate > 0) || !learningRate.isFinite {
      throw .setting("learning rate \(learningRate): it has to be above 0")
    }
    if !(0...1 ~= warmUp) { throw .setting("warm-up \(warmUp): a share of the steps, 0…1") }
  }
}

/// What happened in a contrastive training.
struct PretrainingTrace {
  /// The loss of each step's batch, before the step.
  fileprivate(set) var losses: [Float] = []
  /// The contrastive accuracy of each step's batch.
  fileprivate(set) var accuracies: [Double] = []
  /// The views that were seen.
  fileprivate(set) var views = 0
  /// The time of all steps in seconds; looking at the model is not counted.
  fileprivate(set) var seconds = 0.0
  /// The part of it that went into making the views.
  fileprivate(set) var secondsForViews = 0.0

  /// The mean loss of the last tenth of the steps.
  var finalLoss: Double { lastTenth(losses.map(Double.init)) }
  /// The mean contrastive accuracy of the last tenth of the steps.
  var finalAccuracy: Double { lastTenth(accuracies) }
  /// Training steps in a second, their views included.
  var stepsPerSecond: Double { Double(losses.count) / max(seconds, 1e-9) }

  private func lastTenth(_ numbers: [Double]) -> Double {
    let last = numbers.suffix(max(1, numbers.count / 10))
    return last.reduce(0, +) / Double(max(1, last.count))
  }
}

/// Trains a model so that the two views of a pair come to lie close, and all others far.
///
/// Where the pairs come from is the caller's: two views of one picture make SimCLR, two pictures of
/// one patient MICLe.
///
/// - Parameters:
///   - model: is trained in place.
///   - plan: how.
///   - seed: where the random numbers of the pairs come from.
///   - title: what the progress line says.
///   - pairs: a batch of pairs, each half `[N, height, width, channels]`; row i of one belongs to
///     row i of the other.
///   - observe: looks at the model before the first step, `plan.observations` − 1 times between,
///     and at the end.
/// - Returns: the loss and the contrastive accuracy of every step, and the times.
/// - Throws: `ContrastiveError` for pairs that cannot be used, and where loss or gradient are not
///   finite, with the step; and what the closures throw.
@discardableResult
func pretrain(
  _ model: ContrastiveModel, plan: ContrastivePlan, seed: UInt64, title: String = "Pre-training",
  pairs: (_ step: Int, _ random: inout Random) throws -> (first: Variable, second: Variable),
  observe: (_ step: Int) throws -> Void = { _ in }
) throws -> PretrainingTrace {
  try plan.check()
  var random = Random(seed: seed, stream: 8)
  let optimizer = plan.optimizer(for: model)
  let schedule = WarmUpCosine(
    peak: plan.learningRate, warmUp: Int(plan.warmUp * Float(plan.steps)), total: plan.steps)
  let every = max(1, plan.steps / max(1, plan.observations))
  var trace = PretrainingTrace()
  var progress = Progress(title, total: plan.steps)
  model.setTraining(true)
  for step in 0..<plan.steps {
    if step % every == 0, step / every < plan.observations { try observe(step) }
    let start = Date()
    let (first, second) = try pairs(step, &random)
    trace.secondsForViews += Date().timeIntervalSince(start)
    try check(first, second, for: model.encoder)
    let z = model(concatenate([first, second]))  // [2N, projection]
    let loss = plan.loss(z, plan.temperature)
    let number = loss.value.number
    if !number.isFinite { throw ContrastiveError.notFinite(quantity: "the loss", step: step) }
    optimizer.clearGradients()
    loss.backward()
    do {
      // No gradient is cut short: this only looks whether all are finite.
      try clipGradients(of: optimizer.parameters, to: .infinity)
    } catch let error as GradientNotFinite {
      throw ContrastiveError.notFinite(quantity: "the gradient of \(error.path)", step: step)
    }
    optimizer.learningRate = schedule(step)
    optimizer.step()
    trace.losses.append(number)
    trace.accuracies.append(contrastiveAccuracy(z.detached()))
    trace.views += z.shape[0]
    trace.seconds += Date().timeIntervalSince(start)
    progress.advance(loss: number)
  }
  progress.finish()
  try observe(plan.steps)
  return trace
}

extension ContrastivePlan {
  fileprivate func optimizer(for model: ContrastiveModel) -> any Optimizer {
    switch method {
    case .adam: Adam(model.parameters, learningRate: learningRate)
    case .lars: LARS(model.parameters, learningRate: learningRate)
    }
  }
}

private func check(
  _ first: Variable, _ second: Variable, for encoder: ResidualEncoder
) throws(ContrastiveError) {
  if first.shape != second.shape {
    throw .unevenPairs(first: first.shape, second: second.shape)
  }
  try encoder.check(first.shape)
  if first.shape[0] < 2 { throw .tooFewPairs(first.shape[0]) }
}

extension ResidualEncoder {
  /// Finds pictures `[batch, height, width, channels]` that the encoder cannot read.
  func check(_ shape: [Int]) throws(ContrastiveError) {
    if shape.count != 4 || shape[3] != channels {
      throw .channels(pictures: shape, expected: channels)
    }
    if shape[1] < 4 || shape[2] < 4 { throw .tooSmall(height: shape[1], width: shape[2]) }
  }
}
