import CourseData
import Notebook
import TensorCore

/// What a baseline does to REINFORCE's gradient: the mean stays, the variance does not.
struct BaselineNoise {
  /// The variance of the gradient under one policy, for many baselines.
  struct Curve {
    let baselines: [Float]
    let moments: [GradientMoments]
    /// The mean reward of the policy itself.
    let reward: Float

    /// Measures with some classifier as the policy, on the first 200 test pictures.
    init(_ classifier: Classifier, _ set: PictureSet, baselines: [Float]) {
      let some = Array(0..<min(200, set.test.count))
      let right = some.map { set.test.labels[$0] }
      let logits = classifier.evaluating { classifier(set.testX.gather(some)) }
      let policy = softmax(logits).value
      reward = some.reduce(0) { $0 + policy[$1, right[$1]] } / Float(some.count)
      // The mean reward is itself one of the baselines.
      self.baselines = (baselines + [reward]).sorted()
      moments = self.baselines.map {
        GradientMoments(logits.value, right: right, baseline: $0)
      }
    }

    /// The baseline with the least variance, of those that were tried.
    var best: Float {
      let least = moments.indices.min { moments[$0].variance < moments[$1].variance }
      return baselines[least ?? 0]
    }

    /// The variance with a baseline that was tried.
    func variance(at baseline: Float) -> Float {
      moments[baselines.firstIndex(of: baseline)!].variance
    }

    /// The same, over the variance without a baseline.
    func relativeVariance(at baseline: Float) -> Float {
      variance(at: baseline) / variance(at: 0)
    }

    /// The largest difference between the mean gradients of two baselines, over all logits.
    var largestGap: Float {
      moments.flatMap { zip($0.mean, moments[0].mean).map { abs($0 - $1) } }.max() ?? 0
    }
  }

  let before: Curve
  let after: Curve

  /// Measures a network that guesses and one that has learnt something.
  init(before untrained: Classifier, after trained: Classifier, _ set: PictureSet) {
    let baselines = (-10...10).map { Float($0) / 10 }
    before = Curve(untrained, set, baselines: baselines)
    after = Curve(trained, set, baselines: baselines)
  }

  /// The largest difference that a baseline makes to the mean gradient.
  var largestGap: Float { max(before.largestGap, after.largestGap) }

  /// Whether that is no more than rounding.
  var isUnbiased: Bool { largestGap < 1e-6 }

  /// The variance over the baseline, for both policies.
  var plot: LinePlot {
    func series(_ name: String, _ curve: Curve) -> Series {
      Series(name, x: curve.baselines, y: curve.moments.map(\.variance))
    }
    return LinePlot(
      "Variance of the gradient for the logits", xLabel: "baseline b", yLabel: "variance",
      series: [series("before training", before), series("after training", after)])
  }

  /// Where the variance is least for both policies, and what it is elsewhere.
  var table: Table {
    func row(_ name: String, _ curve: Curve) -> [Table.Cell] {
      [
        .text(name), .number(curve.reward), .number(curve.best),
        .number(curve.relativeVariance(at: curve.reward)), .number(curve.relativeVariance(at: -1)),
      ]
    }
    return Table(
      "The best baseline, and the variance with others, as a multiple of that without one",
      columns: [
        .text("policy"), .number("mean reward", decimals: 2), .number("best b", decimals: 1),
        .number("variance at b = mean reward", decimals: 1),
        .number("variance at b = −1", decimals: 1),
      ],
      rows: [row("before training", before), row("after training", after)])
  }
}
