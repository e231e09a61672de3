import TensorCore

extension Chapter2 {
  static let frozenProbe = Exercise<Chapter2Functions>(
    "2.6", "The probe that was never frozen", file: "FrozenProbe.swift", kind: .diagnose,
    minutes: 50, difficulty: 3, section: "How one fools oneself",
    hints: [
      """
      Call `colleaguesFeatures` with one picture, then with the same picture and another, and compare. \
      Print the encoder before and after. Which lines of the three functions change something that \
      belongs to the encoder?
      """,
      """
      Three faults: a batch is normalised with its own mean and variance (at the test, too, where the \
      other pictures tell something about the one); the stored ones drift; the encoder's weights take \
      steps. Frozen: max(0, (w·x − mean) / √(variance + 1e-5)) with what is stored, and nothing written.
      """,
      """
      changedParts: the names at the places where before ≠ after
      frozenFeatures: for each picture and feature: the line above
      frozenProbe: features once; weights and bias 0; `steps` times: for each picture slope = (σ(score) \
      − label) / number of pictures; bias −= rate · Σ slope; weights −= rate · Σ slope · features
      frozenAccuracy: share of pictures with (score > 0) == (label == 1)
      """,
    ],
    parts: [
      Part("what was changed", points: 1, checkChanged),
      Part("the features of a frozen encoder", points: 2, checkFeatures),
      Part("only the probe learns", points: 3, checkProbe),
      Part("each picture is looked at alone", points: 1, checkAccuracy),
    ])

  // MARK: What was changed

  private static func checkChanged(_ functions: Chapter2Functions) throws {
    func check(_ names: [String], _ before: [[Float]], _ after: [[Float]]) throws {
      let input = "names \(names), before \(text(before)), after \(text(after))"
      let got = try answer(on: input) { try functions.changedParts(names, before, after) }
      func told(_ isChanged: (Int) -> Bool) -> [String] {
        names.indices.filter(isChanged).map { names[$0] }
      }
      func differs(_ place: Int) -> Bool {
        zip(before[place], after[place]).contains { $0 != $1 }
      }
      func isFar(_ place: Int, _ tolerance: Float) -> Bool {
        zip(before[place], after[place]).contains { abs($0 - $1) > tolerance }
      }
      let expected = told(differs)
      let moved = "A part whose numbers changed a little is changed: frozen means equal."
      try expectEqual(
        got, expected, "The list of parts is another.", on: input, shown: { "\($0)" },
        misconceptions: [
          Misconception(
            "You list the parts that stayed as they were.", gives: told { !differs($0) }),
          Misconception(moved, gives: told { isFar($0, 1e-6) }),
          Misconception(moved, gives: told { isFar($0, 1e-5) }),
          Misconception(moved, gives: told { isFar($0, 1e-4) }),
          Misconception(moved, gives: told { isFar($0, 1e-3) }),
          Misconception(
            "You compared sums or means: changes that cancel out are changes.",
            gives: told { before[$0].reduce(0, +) != after[$0].reduce(0, +) }),
          Misconception(
            "You looked at a part's first number only.",
            gives: told { before[$0].first != after[$0].first }),
          Misconception(
            "You looked at a part's last number only.",
            gives: told { before[$0].last != after[$0].last }),
          Misconception(
            "You list a part only where all its numbers changed; one is enough.",
            gives: told { place in
              !before[place].isEmpty && zip(before[place], after[place]).allSatisfy { $0 != $1 }
            }),
          Misconception(
            "You list the parts that grew; a part that became smaller has changed, too.",
            gives: told { place in zip(before[place], after[place]).contains { $0 < $1 } }),
          Misconception(
            "You looked whether the part's numbers are among all that were there before; each part is "
              + "compared with itself.", gives: told { !before.contains(after[$0]) }),
          Misconception(
            "Two parts of one name are two parts: each that changed is listed.",
            gives: expected.enumerated().filter { expected.firstIndex(of: $1) == $0 }.map(\.element)
          ),
          Misconception(
            "The parts are right, but not in the order of `names`.", gives: expected.sorted()),
          Misconception(
            "The parts are right, but not in the order of `names`.", gives: expected.reversed()),
        ])
    }
    let names = ["weights", "means", "variances", "scale", "bias", "tail"]
    let one: Float = 0.1
    try checkFirst(
      { try check(["weights", "means"], [[1, 2], [0.5]], [[2, 1], [0.5]]) },
      toldApartBy: [
        {
          try check(
            names, [[1, 2], [0.5, 4], [3, 3], [7, 1], [2, 5], [6]],
            [[1, 2.5], [0.5, 4], [4, 2], [1, 7], [1, 5], [6]])
        },
        {
          try check(
            ["tail", "weights", "means", "scale"], [[1, 2, one], [2, one], [1, 2], [8]],
            [[1, 2, one.nextUp], [2, one], [2, one], [7]])
        },
        { try check(["b", "a", "c"], [[1], [2], [3]], [[2], [1], [4]]) },
      ])
    // Names that are equal; a part without numbers; none at all.
    try check(["weights", "weights", "bias"], [[1], [1], [1]], [[2], [1], [1]])
    try check(["weights", "weights", "bias"], [[1], [1], [1]], [[2], [3], [1]])
    try check(["empty", "bias"], [[], [1]], [[], [2]])
    try check([], [], [])
    try unfriendly(.nearTies) { try check(["bias"], [[0]], [[1e-38]]) }
    try check(["bias"], [[1e30, 1]], [[1e30, 1]])
    try check(["bias"], [[1e8, 1]], [[1e8, 2]])
    try randomCases(9, seed: 261) { random, size in
      let before = (0...size).map { _ in
        NegativeSamplingOracle.quarters(size == 8 ? 70 : 1 + random.integer(below: 4), &random)
      }
      let after = before.map { part in
        var part = part
        if random.chance(0.5) {
          let place = random.integer(below: part.count)
          part[place] = part[place].nextDown
        }
        return part
      }
      try check(before.indices.map { "part \(($0 * 7) % 5)" }, before, after)
    }
  }

  // MARK: Features

  private typealias Encoder = Chapter2Functions.SmallEncoder

  private static func shown(_ encoder: Encoder) -> String {
    "encoder: weights \(text(encoder.weights)), means \(text(encoder.means)), "
      + "variances \(text(encoder.variances))"
  }

  private static func checkFeatures(_ functions: Chapter2Functions) throws {
    func check(_ pictures: [[Float]], _ encoder: Encoder) throws {
      let input = "pictures \(text(pictures)); \(shown(encoder))"
      let got = try answer(on: input) { try functions.frozenFeatures(pictures, encoder) }
      let oracle = ProbeOracle(pictures, encoder)
      // A sum of products of quarters, a root and a quotient.
      try expectClose(
        got, oracle.featureNumbers, tolerance: 1e-5, "The features are others.", on: input,
        misconceptions: pictures.isEmpty ? [] : ProbeIdeas.features(oracle),
        notFinite: dividesByZero)
    }
    let small: Encoder = ([[1, 0], [1, 1]], [1, 0], [4, 1])
    try checkFirst(
      { try check([[3, 1], [1, 0]], small) }, toldApartBy: [{ try check(telling, tellingEncoder) }])
    try unfriendly(.chance) {
      // Alone, in other company, and again with another encoder.
      try check([[3, 1]], small)
      try check([[3, 1], [1, 0]], small)
      try check([[3, 1], [1, 0]], ([[1, 0], [1, 1]], [0, 0], [1, 1]))
    }
    try unfriendly(.equalRows) { try check([[3, 1], [3, 1], [-9, 20]], small) }
    try unfriendly(.edges) { try check([], small) }
    // Variances that are 0 or tiny, equal features, a picture far away.
    try check([[1, 2], [0, 0]], ([[1, 1], [1, 1], [0, 1]], [3, 3, 2], [0, 1e-4, 0]))
    try check([[1, 2], [1, 1.5]], ([[1, 1], [1, 1]], [2.5, 2.5], [0, 0]))
    try check([[5000.5, 5000], [5000, 5000.5]], ([[1, -1]], [0.25], [0.25]))
    try unfriendly(.sizes) {
      var random = Random(seed: 265)
      for width in Family.widths {
        let pictures = (0..<width).map { _ in NegativeSamplingOracle.quarters(width, &random) }
        try check(pictures, encoder(2, width, &random))
        try check(pictures, encoder(width, width, &random))
      }
    }
    try randomCases(10, seed: 262) { random, size in
      let (features, width) = (1 + size % 4, size < 9 ? 1 + size : 17)
      try check(
        (0..<[1, 2, 3, 4, 6][size % 5]).map { _ in NegativeSamplingOracle.quarters(width, &random)
        },
        encoder(features, width, &random))
    }
  }

  private static func encoder(_ features: Int, _ width: Int, _ random: inout Random) -> Encoder {
    let weights = (0..<features).map { _ in NegativeSamplingOracle.quarters(width, &random) }
    let means = NegativeSamplingOracle.quarters(features, &random)
    return (weights, means, means.map { _ in random.uniform(0.5..<4) })
  }

  /// Pictures and an encoder on which the wrong ideas differ.
  private static let telling: [[Float]] = [[3, 1], [1, -1], [-2, 0.5], [2, 3], [0.5, 2]]
  private static let tellingEncoder: Encoder = (
    [[1, 0.5], [-1, 1], [0.5, -1]], [0.5, -0.25, 0.25], [2.25, 0.25, 1e-4]
  )

  /// The answer's own features, where they are of the right shape and not right.
  private static func wrongFeatures(
    _ functions: Chapter2Functions, _ pictures: [[Float]], _ encoder: Encoder
  ) -> [[Float]]? {
    guard let own = try? functions.frozenFeatures(pictures, encoder), own.count == pictures.count,
      own.allSatisfy({ $0.count == encoder.means.count })
    else { return nil }
    let right = ProbeOracle(pictures, encoder).featureNumbers
    return isClose(own, right, tolerance: 1e-5) ? nil : own
  }

  // MARK: The probe

  private static func checkProbe(_ functions: Chapter2Functions) throws {
    func check(
      _ pictures: [[Float]], _ labels: [Int], _ encoder: Encoder, _ steps: Int, _ rate: Float
    ) throws {
      let input =
        "pictures \(text(pictures)), labels \(text(labels)), steps \(steps), rate \(text(rate)); "
        + shown(encoder)
      let got = try answer(on: input) {
        try functions.frozenProbe(pictures, labels, encoder, steps, rate)
      }
      let oracle = ProbeOracle(pictures, encoder)
      let expected = oracle.probe(labels, steps: steps, rate: Double(rate))
      var ideas = ProbeIdeas.probe(oracle, labels, steps, Double(rate))
      let numbers = got.weights + [got.bias]
      if !isClose(numbers, expected, tolerance: 1e-4),
        let own = wrongFeatures(functions, pictures, encoder)
      {
        let units = (0..<encoder.means.count).map { unit in
          (0..<encoder.means.count).map { Float($0 == unit ? 1 : 0) }
        }
        // An encoder that gives the learner's own features as they are.
        let plain = ProbeOracle(
          own, (units, encoder.means.map { _ in 0 }, encoder.means.map { _ in 1 })
        )
        .with {
          $0.divisor = { _ in 1 }
          $0.last = { $0 }
        }
        ideas = [
          Misconception(
            "It is trained on your frozenFeatures, which are not right yet: mend these first.",
            gives: plain.probe(labels, steps: steps, rate: Double(rate)))
        ]
      }
      // Some ten steps, each with a few sums of numbers below 100.
      try expectClose(
        numbers, expected, tolerance: 1e-4,
        "The probe is another (its weights, and last its bias).", on: input, misconceptions: ideas,
        notFinite: overflows(takeExpOfNegatives))
    }
    let small: Encoder = ([[1, 0], [1, 1]], [1, 0], [4, 1])
    let calm: Encoder = (tellingEncoder.weights, tellingEncoder.means, [2.25, 0.25, 1])
    try checkFirst(
      { try check([[3, 1], [1, 0]], [1, 0], small, 1, 1) },
      toldApartBy: [{ try check(telling, [1, 0, 0, 1, 1], calm, 3, 0.5) }])
    try unfriendly(.edges) { try check([[3, 1], [1, 0]], [1, 0], small, 0, 1) }
    try check([[3, 1], [1, 0]], [0, 1], small, 5, 0.5)
    try check([[3, 1]], [1], small, 4, 0.25)
    try unfriendly(.equalRows) {
      // Pictures that come twice, once with another label.
      try check([[3, 1], [3, 1], [1, 0], [3, 1]], [1, 0, 0, 1], small, 5, 0.5)
    }
    // One class.
    try check(telling, [1, 1, 1, 1, 1], calm, 5, 0.5)
    try unfriendly(.stability) {
      // Scores of hundreds.
      try check([[400, 300], [-300, 500], [1, 0]], [0, 1, 1], small, 3, 1)
      try check([[400, 300], [300, 500], [1, 0]], [1, 1, 0], small, 3, 1)
    }
    try unfriendly(.chance) {
      // The same pictures with another encoder.
      try check(telling, [1, 0, 0, 1, 1], (calm.weights, [0, 0, 0], [1, 1, 4]), 3, 0.5)
    }
    try randomCases(8, seed: 263) { random, size in
      let width = 1 + size
      let count = [1, 2, 3, 4, 6, 9][size % 6]
      let pictures = (0..<count).map { _ in
        NegativeSamplingOracle.calm(width, &random)
      }
      try check(
        pictures, pictures.map { _ in random.integer(below: 2) },
        encoder(1 + size % 3, width, &random), 1 + size, 0.25)
    }
  }

  // MARK: The accuracy

  private static func checkAccuracy(_ functions: Chapter2Functions) throws {
    func check(
      _ pictures: [[Float]], _ labels: [Int], _ encoder: Encoder, _ probe: Chapter2Functions.Probe
    ) throws {
      let input =
        "pictures \(text(pictures)), labels \(text(labels)), probe: weights \(text(probe.weights)), "
        + "bias \(text(probe.bias)); " + shown(encoder)
      let got = try answer(on: input) {
        try functions.frozenAccuracy(pictures, labels, encoder, probe)
      }
      let oracle = ProbeOracle(pictures, encoder)
      func scores(_ features: [[Double]]) -> [Double] {
        features.map { row in
          NegativeSamplingOracle.product(probe.weights.map(Double.init), row) + Double(probe.bias)
        }
      }
      func share(_ features: [[Double]], _ isOne: (Double) -> Bool = { $0 > 0 }) -> Float {
        let right = zip(scores(features), labels).filter { isOne($0) == ($1 == 1) }.count
        return Float(right) / Float(labels.count)
      }
      let expected = labels.isEmpty ? 0 : share(oracle.features)
      var ideas: [Misconception<Float>] =
        labels.isEmpty
        ? [Misconception("You divided by the number of pictures, which is 0.", gives: .nan)]
        : [
          Misconception(
            ProbeIdeas.ownBatch, gives: share(oracle.with { $0.usesBatch = true }.features)),
          Misconception(ProbeIdeas.drifts, gives: share(oracle.with { $0.drift() }.features)),
          Misconception(
            ProbeIdeas.alone, gives: share(oracle.with { $0.last = { _ in 0 } }.features)),
          Misconception("This is the share of the wrong ones.", gives: 1 - expected),
          Misconception(
            "This is the number of the right ones; asked for is their share.",
            gives: expected * Float(labels.count)),
          Misconception(
            "The class is 1 where the score is above 0, not above 1/2: a score is no probability.",
            gives: share(oracle.features) { $0 > 0.5 }),
          Misconception(
            "A score of 0 is not above 0: its class is 0.",
            gives: share(oracle.features) { $0 >= 0 }),
          Misconception(
            "The bias is missing from your scores.",
            gives: share(oracle.features) { $0 - Double(probe.bias) > 0 }),
          Misconception(
            "You divided whole numbers: 2 / 3 is 0 among them.", gives: expected.rounded(.down)),
          Misconception(
            "You counted the pictures that are called 1; right are those whose class is the label.",
            gives: Float(scores(oracle.features).count { $0 > 0 }) / Float(labels.count)),
          Misconception(
            "You counted only the 1s that were found; a 0 that is called 0 is right, too.",
            gives: Float(zip(scores(oracle.features), labels).filter { $0 > 0 && $1 == 1 }.count)
              / Float(labels.count)),
        ]
      if !isClose(got, expected, tolerance: 1e-5), !labels.isEmpty,
        let own = wrongFeatures(functions, pictures, encoder)
      {
        // What else may be wrong is a guess as long as the features are.
        ideas = [
          Misconception(
            "It is the share with your frozenFeatures, which are not right yet: mend these first.",
            gives: share(own.map { $0.map(Double.init) }))
        ]
      }
      // One division of whole numbers.
      try expectClose(
        got, expected, tolerance: 1e-5, "The accuracy is another.", on: input,
        misconceptions: ideas, notFinite: dividesByZero)
    }
    let small: Encoder = ([[1, 0], [1, 1]], [1, 0], [4, 1])
    let calm: Encoder = (tellingEncoder.weights, tellingEncoder.means, [2.25, 0.25, 1])
    try checkFirst(
      { try check([[3, 1], [1, 0]], [1, 0], small, ([0.25, 0.75], 0)) },
      toldApartBy: [
        { try check(telling + [[1, 1]], [1, 0, 0, 1, 1, 0], calm, ([0.5, -0.25, 0.75], -0.25)) },
        { try check(telling, [1, 0, 0, 0, 1], calm, ([1, -1, 0.5], 0.25)) },
        { try check(telling, [0, 0, 0, 1, 0], calm, ([0.125, 0.125, -0.25], 0.125)) },
        // Scores of exactly 0, by a ReLU.
        { try check([[-5, 1], [-5, 2], [5, 1]], [0, 0, 1], ([[1, 0]], [0], [1]), ([1], 0)) },
        { try check([[9, 1], [8, 1], [7, 1]], [1, 1, 1], ([[1, 0]], [0], [1]), ([1], -2)) },
      ])
    // One at a time, as in the clinic: its own batch would make every feature 0.
    for (picture, label) in zip(telling, [1, 0, 0, 1, 1]) {
      try check([picture], [label], calm, ([1, -1, 0.5], -0.25))
    }
    try unfriendly(.edges) { try check([], [], small, ([0.25, 0.75], 0)) }
    try unfriendly(.equalRows) {
      try check([[3, 1], [3, 1]], [1, 0], small, ([0.25, 0.75], 0))
    }
    func checkDrawn(_ count: Int, _ width: Int, _ features: Int, _ random: inout Random) throws {
      let pictures = (0..<count).map { _ in NegativeSamplingOracle.quarters(width, &random) }
      try check(
        pictures, pictures.map { _ in random.integer(below: 2) },
        encoder(features, width, &random),
        (NegativeSamplingOracle.quarters(features, &random), 0.125))
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 266)
      for count in Family.widths + [70] { try checkDrawn(count, 3, 2, &random) }
    }
    try randomCases(8, seed: 264) { random, size in
      try checkDrawn(1 + size, 1 + size, 1 + size % 3, &random)
    }
  }
}
