import Foundation
import TensorCore

/// A model of the scaling grid and what it came to.
struct ScalingRun {
  /// How many weights the blocks have; the tables of tokens and positions are not counted.
  let parameters: Int
  /// How many different tokens it learnt from.
  let tokens: Int
  /// How many tokens its steps read, again and again where the text is shorter.
  let tokensRead: Int
  /// The best validation loss of the run, in nats for each token.
  let loss: Double
  /// The validation loss as it fell, with the computation spent until then, 6 · parameters · tokens.
  let curve: [(compute: Double, loss: Double)]

  /// Trains a model of a width on a corpus, or its first half, third, … (`part` 2, 3, …).
  ///
  /// - Throws: `GradientNotFinite` where the run diverged.
  init(width: Int, layers: Int, part: Int, corpus: Corpus, steps: Int, seed: UInt64) throws {
    var random = Random(seed: seed)
    let context = 64
    let model = GPT(
      GPTSizes(
        vocabulary: corpus.vocabulary, context: context, width: width, heads: max(1, width / 16),
        layers: layers), using: &random)
    let weights = model.blocks.reduce(0) { $0 + $1.parameterCount }
    let text = Array(corpus.training.prefix(max(corpus.training.count / part, 4 * context)))
    let plan = PretrainingPlan(steps: steps, batch: 16, learningRate: 3e-3, evaluations: 8)
    let run = Pretraining(model, plan, seed: seed)
    try run.run(on: corpus, text: text, title: "Width \(width), \(text.count) tokens")
    parameters = weights
    tokens = text.count
    tokensRead = steps * plan.batch * context
    loss = run.points.map(\.validation).min()!
    curve = run.points.map {
      (6 * Double(weights) * Double($0.step * plan.batch * context), $0.validation)
    }
  }
}

/// The exponent α of y ≈ c · x^−α: minus the slope of the straight line through the logarithms.
func fittedExponent(_ x: [Double], _ y: [Double]) -> Double {
  let (a, b) = (x.map { log($0) }, y.map { log($0) })
  let count = Double(a.count)
  let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
  let covariance = zip(a, b).map { ($0 - meanA) * ($1 - meanB) }.reduce(0, +)
  let variance = a.map { ($0 - meanA) * ($0 - meanA) }.reduce(0, +)
  return -covariance / variance
}
