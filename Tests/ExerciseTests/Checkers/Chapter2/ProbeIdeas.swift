/// What wrong ideas make of a frozen encoder and its probe.
enum ProbeIdeas {
  static let ownBatch =
    "You normalise a batch with its own mean and variance; a frozen encoder has those that are stored."
  static let drifts =
    "You let the stored mean and variance drift towards the batch's; frozen ones stay."

  static let alone =
    "It is as if every feature were 0: so `colleaguesFeatures` makes them for a picture alone, which is its "
    + "own mean. A frozen encoder has the mean and variance that are stored."

  static func features(_ oracle: ProbeOracle) -> [Misconception<[[Float]]>] {
    func features(_ change: (inout ProbeOracle) -> Void) -> [[Float]] {
      oracle.with(change).featureNumbers
    }
    return [
      Misconception(ownBatch, gives: features { $0.usesBatch = true }),
      Misconception(alone, gives: features { $0.last = { _ in 0 } }),
      Misconception(drifts, gives: features { $0.drift() }),
      Misconception(
        "You centre a batch with its own mean; a frozen encoder has the one that is stored.",
        gives: features { $0.means = $0.weights.indices.map { oracle.ofBatch($0).mean } }),
      Misconception(
        "You divide by a batch's own deviation; a frozen encoder has the variance that is stored.",
        gives: features { $0.variances = $0.weights.indices.map { oracle.ofBatch($0).variance } }),
      Misconception(
        "The 1e-5 under the root is missing: a stored variance may be 0.",
        gives: features { $0.divisor = { $0.squareRoot() } }),
      Misconception(
        "You added 1e-5 after the root; it stands under it.",
        gives: features { $0.divisor = { $0.squareRoot() + 1e-5 } }),
      Misconception(
        "You divided by the variance; batch norm divides by its root.",
        gives: features { $0.divisor = { $0 + 1e-5 } }),
      Misconception(
        "You did not divide by the root of the variance.",
        gives: features { $0.divisor = { _ in 1 } }),
      Misconception(
        "The stored mean was not subtracted.",
        gives: features { $0.means = $0.means.map { _ in 0 } }),
      Misconception(
        "You added the stored mean; batch norm subtracts it.",
        gives: features { $0.means = $0.means.map { -$0 } }),
      Misconception("The ReLU is missing.", gives: features { $0.last = { $0 } }),
      Misconception(
        "The ReLU stands before batch norm in your answer; it comes last.",
        gives: features {
          $0.first = { max(0, $0) }
          $0.last = { $0 }
        }),
      Misconception(
        "You took a number's size for the ReLU; it turns what is below 0 into 0.",
        gives: features { $0.last = { abs($0) } }),
    ]
  }

  static func probe(
    _ oracle: ProbeOracle, _ labels: [Int], _ steps: Int, _ rate: Double
  ) -> [Misconception<[Float]>] {
    func probe(_ factor: Double = 1, _ change: (inout ProbeOracle) -> Void = { _ in }) -> [Float] {
      oracle.with(change).probe(labels, steps: steps, rate: rate * factor)
    }
    func sigma(_ s: Double) -> Double {
      NegativeSamplingOracle.slope(NegativeSamplingOracle.softplus, at: s)
    }
    let count = Double(labels.count)
    return [
      Misconception(
        "The encoder's weights still take steps in your training; only the probe's may.",
        gives: probe { $0.steps = true }),
      Misconception(ownBatch, gives: probe { $0.usesBatch = true }),
      Misconception(alone, gives: probe { $0.last = { _ in 0 } }),
      Misconception(drifts, gives: probe { $0.drifts = true }),
      Misconception(
        "This is the colleague's own probe: its encoder moves and its batches are normalised with "
          + "their own mean and variance.",
        gives: probe { ($0.steps, $0.usesBatch, $0.drifts) = (true, true, true) }),
      Misconception(
        "The encoder's weights take steps, and batches are normalised with their own mean and variance.",
        gives: probe { ($0.steps, $0.usesBatch) = (true, true) }),
      Misconception(
        "The encoder's weights take steps, and the stored mean and variance drift.",
        gives: probe { ($0.steps, $0.drifts) = (true, true) }),
      Misconception(
        "You added the slopes of the pictures; the loss is their mean.", gives: probe(count)),
      Misconception("Your steps go uphill.", gives: probe(-1)),
      Misconception(
        "Your bias does not learn.", gives: probe { $0.learnsBias = false }),
      Misconception(
        "This is the slope of a squared error; the loss is −log P(label).",
        gives: probe { $0.slope = { (sigma($0) - Double($1)) * sigma($0) * (1 - sigma($0)) } }),
      Misconception(
        "This is the slope of a squared error; the loss is −log P(label).",
        gives: probe { $0.slope = { 2 * (sigma($0) - Double($1)) * sigma($0) * (1 - sigma($0)) } }),
      Misconception(
        "The slope has σ of the score, not the score itself.",
        gives: probe { $0.slope = { $0 - Double($1) } }),
      Misconception(
        "You took the class for the probability: the slope has σ of the score.",
        gives: probe { $0.slope = { ($0 > 0 ? 1 : 0) - Double($1) } }),
      Misconception(
        "You made one step too many.",
        gives: oracle.probe(labels, steps: steps + 1, rate: rate)),
      Misconception(
        "You made one step too few.",
        gives: oracle.probe(labels, steps: max(0, steps - 1), rate: rate)),
      Misconception(
        "You took a step after each picture; each step takes all of them.",
        gives: oneByOne(oracle, labels, steps, rate / count)),
      Misconception(
        "You took a step after each picture; each step takes all of them.",
        gives: oneByOne(oracle, labels, steps, rate)),
      Misconception(
        "You moved the bias before you took the weights' slopes: all slopes are taken at the same "
          + "place.", gives: biasFirst(oracle, labels, steps, rate)),
    ]
  }

  /// Steps picture by picture.
  private static func oneByOne(
    _ oracle: ProbeOracle, _ labels: [Int], _ steps: Int, _ rate: Double
  ) -> [Float] {
    var probe = [Double](repeating: 0, count: oracle.weights.count + 1)
    for _ in 0..<steps {
      for (row, label) in zip(oracle.features, labels) {
        let inputs = row + [1]
        let slope = oracle.slope(NegativeSamplingOracle.product(probe, inputs), label)
        for place in probe.indices { probe[place] -= rate * slope * inputs[place] }
      }
    }
    return probe.map { Float($0) }
  }

  private static func biasFirst(
    _ oracle: ProbeOracle, _ labels: [Int], _ steps: Int, _ rate: Double
  ) -> [Float] {
    let rows = oracle.features.map { $0 + [1] }
    var probe = [Double](repeating: 0, count: oracle.weights.count + 1)
    func slopes() -> [Double] {
      zip(rows, labels).map { row, label in
        oracle.slope(NegativeSamplingOracle.product(probe, row), label) / Double(labels.count)
      }
    }
    for _ in 0..<steps {
      probe[probe.count - 1] -= rate * slopes().reduce(0, +)
      let after = slopes()
      for place in probe.indices.dropLast() {
        probe[place] -= rate * zip(after, rows).map { $0 * $1[place] }.reduce(0, +)
      }
    }
    return probe.map { Float($0) }
  }
}
