import Foundation
import Notebook
import TensorCore

/// Losses at a step of training, in nats for each token.
struct LossPoint: Equatable {
  let step: Int
  let training: Double
  let validation: Double
}

/// How a model is trained on text.
struct PretrainingPlan: Equatable {
  /// How many steps the optimizer makes.
  var steps: Int
  /// How many windows of text a step reads.
  var batch = 8
  /// The highest learning rate.
  var learningRate: Float = 4e-3
  /// How often the loss on the validation text is measured.
  var evaluations = 10

  /// Whether the losses are measured after a step.
  func isMeasured(_ step: Int) -> Bool {
    step % max(1, steps / evaluations) == 0 || step >= steps
  }
}

/// Unsupervised pre-training: a GPT learns to predict each token of a text from those before it.
final class Pretraining {
  let model: GPT
  let plan: PretrainingPlan
  let optimizer: AdamW
  private(set) var step = 0
  private(set) var points: [LossPoint] = []
  private(set) var random: Random
  /// How long the training took, in seconds, over all its parts.
  private(set) var seconds = 0.0
  /// The sum of training losses since the last point, and how many they are.
  private(set) var recent = (sum: 0.0, count: 0)
  /// What the model wrote at the first point.
  var earlySample = ""
  private let schedule: WarmUpCosine

  init(_ model: GPT, _ plan: PretrainingPlan, seed: UInt64) {
    self.model = model
    self.plan = plan
    random = Random(seed: seed)
    schedule = WarmUpCosine(
      peak: plan.learningRate, warmUp: plan.steps / 20, total: plan.steps,
      last: plan.learningRate / 10)
    optimizer = AdamW(
      model.parameters, learningRate: plan.learningRate, beta2: 0.95, weightDecay: 0.1,
      decaying: { !$0.isVector })
  }

  /// Goes on where an earlier run of the same plan was saved.
  func resume(
    at step: Int, after seconds: Double, _ random: Random, _ points: [LossPoint],
    recent: (sum: Double, count: Int)
  ) {
    self.step = step
    self.seconds = seconds
    self.random = random
    self.points = points
    self.recent = recent
  }

  /// How often the whole run reads each token of a text on average.
  func timesRead(_ text: [Int]) -> Double {
    Double(plan.steps * plan.batch * model.sizes.context) / Double(text.count)
  }

  /// Whether all steps are made.
  var isDone: Bool { step >= plan.steps }

  /// One step: windows from anywhere in the text, their loss, its gradient, the optimizer.
  ///
  /// - Returns: the loss before the step.
  /// - Throws: `GradientNotFinite` where the run has diverged.
  @discardableResult
  func advance(on text: [Int]) throws -> Float {
    let windows = (0..<plan.batch).map { _ in
      let start = random.integer(below: text.count - model.sizes.context)
      return Array(text[start...start + model.sizes.context])
    }
    let loss = model.loss(windows)
    optimizer.clearGradients()
    loss.backward()
    try clipGradients(of: optimizer.parameters, to: 1)
    optimizer.learningRate = schedule(step)
    optimizer.step()
    step += 1
    recent = (recent.sum + Double(loss.value.number), recent.count + 1)
    return loss.value.number
  }

  /// Trains to the end, measuring the validation loss now and then.
  ///
  /// - Parameters:
  ///   - corpus: what is learnt and what it is tested on.
  ///   - text: what is learnt instead of the corpus's whole training text.
  ///   - title: what the progress line says.
  ///   - isToStop: asked after each step; the run then ends early, and can be saved.
  ///   - pause: is called after each measurement, and its time is not the training's.
  ///   - report: is given each measurement, and may save the run.
  /// - Throws: `GradientNotFinite`, or what `report` throws.
  func run(
    on corpus: Corpus, text: [Int]? = nil, title: String = "Pre-training",
    until isToStop: () -> Bool = { false }, pause: () -> Void = {},
    report: (LossPoint) throws -> Void = { _ in }
  ) throws {
    let windows = Array(corpus.validationWindows(model.sizes.context).prefix(32))
    var progress = Progress(title, total: plan.steps - step)
    var start = Date()
    while !isDone && !isToStop() {
      let loss = try advance(on: text ?? corpus.training)
      progress.advance(loss: loss)
      if plan.isMeasured(step) {
        let point = LossPoint(
          step: step, training: recent.sum / Double(recent.count),
          validation: model.meanLoss(windows))
        recent = (0, 0)
        points.append(point)
        try report(point)
        seconds += Date().timeIntervalSince(start)
        pause()
        start = Date()
      }
    }
    seconds += Date().timeIntervalSince(start)
    progress.finish()
  }
}

extension Pretraining {
  /// How many tokens its steps read in a second.
  var tokensPerSecond: Double {
    Double(plan.steps * plan.batch * model.sizes.context) / max(seconds, 1e-9)
  }

  /// Both losses over the steps, beside what counting reaches.
  func plot(beside ladder: Ladder) -> LinePlot {
    LinePlot(
      "Pre-training", xLabel: "step", yLabel: "nats per token",
      series: [
        Series("training", x: points.map(\.step), y: points.map(\.training)),
        Series("validation", x: points.map(\.step), y: points.map(\.validation)),
      ],
      references: ["bigram", "trigram"].map { ReferenceLine($0, ladder.loss($0)) })
  }
}

extension GPT {
  /// The mean loss over windows of one length, without recording anything.
  func meanLoss(_ windows: [[Int]]) -> Double {
    var sum = 0.0
    for start in stride(from: 0, to: windows.count, by: 16) {
      let some = Array(windows[start..<min(start + 16, windows.count)])
      sum += Double(evaluating { loss(some) }.value.number) * Double(some.count)
    }
    return sum / Double(windows.count)
  }
}
