import CourseData
import TensorCore

/// How much the pseudo-labels count as training goes on: 0, then a straight ramp, then `final`.
struct Ramp {
  /// The share of the training at which the weight begins to rise.
  var start: Double
  /// The share at which it has arrived.
  var end: Double
  /// The weight α that it arrives at.
  var final: Float

  /// Lee's shape: nothing at first, then up to 3 (Lee 2013, section 2.2).
  static let gradual = Ramp(start: 1.0 / 6, end: 2.0 / 3, final: 3)
  /// The same weight from the first step on: what the ramp is there to prevent.
  static let none = Ramp(start: 0, end: 0, final: 3)

  /// α for a step of `steps`.
  func weight(step: Int, of steps: Int) -> Float {
    let done = Double(step) / Double(steps)
    if done >= end { return final }
    return final * Float(max(0, (done - start) / (end - start)))
  }
}

/// The two losses of a semi-supervised step, and the labels that the network gave itself.
struct PseudoLabelLoss {
  let loss: Variable
  let pseudoLabels: [Int]

  /// Cross-entropy on the labelled rows, plus α times that on the others with pseudo-labels.
  ///
  /// The pseudo-label of a row is its most likely class now. It is a number, so no gradient flows
  /// through its choice; and it is hard and without threshold: an unsure row counts like a sure one.
  ///
  /// - Parameters:
  ///   - labelled: logits `[batch, classes]` of labelled pictures.
  ///   - labels: their labels.
  ///   - unlabelled: logits `[batch', classes]` of pictures whose labels nobody has told.
  ///   - weight: α.
  init(_ labelled: Variable, _ labels: [Int], _ unlabelled: Variable, weight: Float) {
    pseudoLabels = unlabelled.value.indicesOfMaximum()
    loss = crossEntropy(labelled, labels) + weight * crossEntropy(unlabelled, pseudoLabels)
  }
}

/// What a semi-supervised training came to.
struct PseudoLabelled {
  let classifier: Classifier
  /// For each step, the share of its pseudo-labels that were right; training never sees it.
  var rightness: [Double] = []
  /// The share of the most frequent class among the last pseudo-labels; 1 when all are the same.
  var largestShare = 0.0
}

/// The semi-supervised teacher: `count` labels, and all other training pictures without theirs.
func learnSemiSupervised(
  _ set: PictureSet, labels count: Int, steps: Int, ramp: Ramp, mine: Mine? = nil
) -> PseudoLabelled {
  var random = Random(seed: set.seed)
  let classifier = Classifier(for: set, using: &random)
  let labelled = set.labelled(count)
  let all = Array(0..<set.training.count)
  var result = PseudoLabelled(classifier: classifier)
  var last: [Int] = []
  train(classifier.parameters, steps: steps, title: "Pseudo-labels, \(count) labels") { step in
    let batch = random.sample(min(32, count), of: labelled)
    let others = random.sample(64, of: all)
    let (known, unknown) = (classifier(set.x.gather(batch)), classifier(set.x.gather(others)))
    let weight = mine?.weight(step, of: steps, ramp) ?? ramp.weight(step: step, of: steps)
    let guess = PseudoLabelLoss(known, set.labels(batch), unknown, weight: weight)
    result.rightness.append(accuracy(guess.pseudoLabels, set.labels(others)))
    last = Array((last + guess.pseudoLabels).suffix(640))
    return mine?.pseudoLabelLoss(known, set.labels(batch), unknown, weight) ?? guess.loss
  }
  let commonest = ClusterNames.mostFrequent(last)
  result.largestShare = Double(last.count { $0 == commonest }) / Double(max(1, last.count))
  return result
}
