import Foundation
import TensorCore

extension Chapter3 {
  static let unevenSampler = Exercise<Chapter3Functions>(
    "3.6", "The network that had seen nothing", file: "UnevenSampler.swift", kind: .diagnose,
    minutes: 50, difficulty: 3, section: "A loss that falls",
    hints: [
      """
      Count the labels of a 2 × 2 grid's pairs by hand. A network that always gives each label the \
      probability with which it comes, whatever the patches, has some loss: which? What must the \
      probabilities of the labels be, so that this loss is log 8 again?
      """,
      """
      With P(k) the sum of the weights of label k over the sum of all weights: the loss is −Σ P(k) log \
      P(k), with 0 for P(k) = 0; the share of right answers is the largest P(k). If K labels come at \
      all, a pair whose label has n pairs gets the weight 1 / (K n).
      """,
      """
      shares: sums by label in Double, over their total
      lossWithoutLooking: −Σ p log p over the shares above 0; rightWithoutLooking: their maximum
      evenWeights: for each label 1 / (number of different labels) / (how often this one comes)
      evenPair: pairs = colleaguesPairs(…); a label drawn from those present; one of its pairs, drawn
      """,
    ],
    parts: [
      Part("the loss without looking", points: 2, checkLoss),
      Part("right answers without looking", points: 1, checkRight),
      Part("even weights", points: 2, checkWeights),
      Part("an even sampler", points: 2, checkSampler),
    ])

  // MARK: What is learned without looking

  /// The weights' sums by label, of the eight.
  private static func sums(_ labels: [Int], _ weights: [Double]) -> [Double] {
    (0..<8).map { label in
      zip(labels, weights).reduce(0) { $0 + ($1.0 == label ? $1.1 : 0) }
    }
  }

  private static func entropy(_ sums: [Double]) -> Double {
    let total = sums.reduce(0, +)
    return sums.filter { $0 > 0 }.map { $0 / total }.reduce(0.0) { $0 - $1 * log($1) }
  }

  private static func checkLoss(_ functions: Chapter3Functions) throws {
    func check(_ labels: [Int], _ weights: [Float]) throws {
      let input = "labels \(text(labels)), weights \(text(weights))"
      let got = try answer(on: input) { try functions.lossWithoutLooking(labels, weights) }
      let own = weights.map(Double.init)
      let (all, total) = (sums(labels, own), own.reduce(0, +))
      let expected = entropy(all)
      let present = Set(labels)
      let hasGap = all.contains(0)
      let unweighted = entropy(sums(labels, own.map { _ in 1 }))
      // −Σ w log w of the weights as they are, and the plain mean of −log P.
      let undivided: Double = all.reduce(0.0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
      let seen: [Double] = all.filter { $0 > 0 }.map { $0 / total }
      let plain: Double = seen.reduce(0.0) { $0 - log($1) } / Double(max(1, seen.count))
      let likeliest: Double = seen.max() ?? 1
      // A sum of eight terms below 1, from a few roundings.
      try expectClose(
        got, Float(expected), tolerance: 1e-5, "The loss without looking is another.", on: input,
        misconceptions: [
          Misconception(
            "The weights are missing: each pair counts by its weight, and not once.",
            gives: Float(unweighted)),
          Misconception(
            "This is in bits, with the logarithm to the base 2; the loss has the natural one.",
            gives: Float(expected / log(2.0))),
          Misconception(
            "The sign is missing: a loss is not below 0.", gives: Float(-expected)),
          Misconception(
            "This is log 8, the loss with even labels; these are not even.",
            gives: Float(log(8.0))),
          Misconception(
            "This is the logarithm of the number of labels that come, as if these were even.",
            gives: Float(log(Double(present.count)))),
          Misconception(
            "You took the entropy of the pairs; the network has to tell the label, and pairs of one label "
              + "count together.", gives: Float(entropy(own))),
          Misconception(
            "You did not divide the weights by their sum.",
            gives: Float(undivided)),
          Misconception(
            "This is −log of the likeliest label's probability; the loss is a mean over all labels.",
            gives: Float(-log(likeliest))),
          Misconception(
            "You took the plain mean of −log P over the labels; a label counts by its probability.",
            gives: Float(plain)),
          Misconception(
            "A label that never comes has 0 log 0 in your sum, which is NaN; its limit is 0.",
            gives: hasGap ? .nan : Float(expected)),
        ])
    }
    let telling = [0, 1, 1, 3, 4, 4, 4, 6, 7, 2, 5, 5]
    let weights: [Float] = [1, 2, 0.5, 3, 1, 1, 0.25, 2, 0.5, 1, 1.5, 0.25]
    try checkFirst(
      { try check([3, 4, 3, 6], [1, 2, 1, 0]) },
      toldApartBy: [
        { try check(telling, weights) },
        { try check([1, 1, 1, 6, 6, 3, 4], [1, 0.5, 2, 1, 0.25, 4, 3]) },
      ])
    // The colleague's grids.
    for (rows, columns) in [(3, 3), (2, 2), (4, 3), (1, 5)] {
      let labels = GridPairs(rows, columns).labels
      try check(labels, labels.map { _ in 1 })
    }
    try unfriendly(.edges) {
      // One label alone, and pairs that never come.
      try check([5, 5, 5], [1, 2, 3])
      try check([5, 2, 5], [0, 0, 4])
      try check([0, 1, 2, 3, 4, 5, 6, 7], (0..<8).map { _ in 0.5 })
    }
    try unfriendly(.scale) {
      try check([1, 2, 1, 4], [3e38, 2e38, 1e38, 3e38])
      try check([1, 2, 1, 4], [3e-30, 2e-30, 1e-30, 3e-30])
      try check([1, 2, 1, 4], [1e30, 1e-30, 3e30, 0])
    }
    try unfriendly(.sizes) {
      for count in Family.widths + [70, Family.many] {
        try check((0..<count).map { $0 * 3 % 8 }, (0..<count).map { Float(1 + $0 % 5) })
      }
    }
    try randomCases(8, seed: 361) { random, size in
      let count = 1 + 2 * size
      try check(
        (0..<count).map { _ in random.integer(below: 8) },
        (0..<count).map { _ in Float(1 + random.integer(below: 8)) / 4 })
    }
  }

  private static func checkRight(_ functions: Chapter3Functions) throws {
    func check(_ labels: [Int], _ weights: [Float]) throws {
      let input = "labels \(text(labels)), weights \(text(weights))"
      let got = try answer(on: input) { try functions.rightWithoutLooking(labels, weights) }
      let own = weights.map(Double.init)
      let (all, total) = (sums(labels, own), own.reduce(0, +))
      let plain = sums(labels, own.map { _ in 1 })
      let expected = all.max()! / total
      let guessing: Double = all.map { $0 / total }.reduce(0.0) { $0 + $1 * $1 }
      let commonest = all[plain.firstIndex(of: plain.max()!)!] / total
      // A quotient of sums.
      try expectClose(
        got, Float(expected), tolerance: 1e-5, "The share of right answers is another.", on: input,
        misconceptions: [
          Misconception(
            "Each pair counts once in your share; it counts by its weight.",
            gives: Float(plain.max()! / Double(labels.count))),
          Misconception(
            "This is 1/8: the likeliest label comes more often.", gives: 0.125),
          Misconception(
            "This is one over the number of labels that come; the likeliest comes more often.",
            gives: Float(1 / Double(Set(labels).count))),
          Misconception(
            "This is the likeliest pair's share; all pairs of its label are right.",
            gives: Float(own.max()! / total)),
          Misconception(
            "This is the likeliest label's weight; divide by the sum of all weights.",
            gives: Float(all.max()!)),
          Misconception(
            "You guess with the labels' probabilities; always saying the likeliest is right more often.",
            gives: Float(guessing)),
          Misconception(
            "You took the commonest label by its number of pairs; the likeliest has the largest weight.",
            gives: Float(commonest)),
        ])
    }
    let weights: [Float] = [1, 2, 0.5, 3, 1, 1, 0.25, 2, 0.5, 1, 1.5, 0.25]
    try checkFirst(
      { try check([3, 4, 3, 6], [1, 2, 2, 0]) },
      toldApartBy: [
        { try check([0, 1, 1, 3, 4, 4, 4, 6, 7, 2, 5, 5], weights) },
        { try check([1, 1, 1, 6, 6, 3, 4, 4], [1, 0.5, 0.25, 1, 1.25, 2, 1, 1.5]) },
      ])
    for (rows, columns) in [(3, 3), (2, 2), (3, 2), (1, 5)] {
      let labels = GridPairs(rows, columns).labels
      try check(labels, labels.map { _ in 1 })
    }
    try unfriendly(.edges) {
      try check([5, 5, 5], [1, 2, 3])
      try check([0, 7, 0, 7], [1, 1, 2, 2])
    }
    try unfriendly(.scale) {
      try check([1, 2, 1, 4], [3e38, 2e38, 1e38, 3e38])
      try check([1, 2, 1, 4], [3e-30, 2e-30, 1e-30, 3e-30])
    }
    try randomCases(8, seed: 362) { random, size in
      let count = 1 + 2 * size
      try check(
        (0..<count).map { _ in random.integer(below: 8) },
        (0..<count).map { _ in Float(1 + random.integer(below: 8)) / 4 })
    }
  }

  // MARK: Weights

  private static func checkWeights(_ functions: Chapter3Functions) throws {
    func check(_ labels: [Int]) throws {
      let input = "labels \(text(labels))"
      let got = try answer(on: input) { try functions.evenWeights(labels) }
      let times = labels.map { label in Double(labels.count { $0 == label }) }
      let kinds = Double(Set(labels).count)
      let count = Double(labels.count)
      func each(_ weight: (Double) -> Double) -> [Float] { times.map { Float(weight($0)) } }
      let squares = times.reduce(0, +)
      // A quotient of whole numbers.
      try expectClose(
        got, each { 1 / kinds / $0 }, tolerance: 1e-6, "The weights are others.", on: input,
        misconceptions: [
          Misconception(
            "All pairs have the same weight, as with the colleague.", gives: each { _ in 1 / count }
          ),
          Misconception(
            "All pairs have the same weight, as with the colleague.", gives: each { _ in 1 }),
          Misconception(
            "Your weights do not have the sum 1: divide by the number of labels that come.",
            gives: each { 1 / $0 }),
          Misconception(
            "Your weights do not have the sum 1: divide by the number of labels that come.",
            gives: each { count / $0 / kinds }),
          Misconception(
            "You shared among eight labels; only those that come can be shared among.",
            gives: each { 1 / 8 / $0 }),
          Misconception(
            "A frequent label has the larger weights in your answer; it needs the smaller ones.",
            gives: each { $0 / squares }),
          Misconception(
            "A frequent label has the larger weights in your answer; it needs the smaller ones.",
            gives: each { $0 / count }),
          Misconception(
            "Each pair has its label's weight; all pairs of a label share it.",
            gives: each { _ in 1 / kinds }),
          Misconception(
            "Only the first pair of each label has a weight; all pairs of a label are equally likely.",
            gives: labels.indices.map {
              labels.firstIndex(of: labels[$0]) == $0 ? Float(1 / kinds) : 0
            }),
        ])
    }
    try checkFirst(
      { try check([3, 4, 3, 3]) },
      toldApartBy: [
        { try check([0, 1, 1, 3, 4, 4, 4, 6, 7, 2, 5, 5]) }, { try check([1, 6, 6, 1, 6, 3]) },
      ])
    for (rows, columns) in [(3, 3), (2, 2), (2, 4), (1, 4)] {
      try check(GridPairs(rows, columns).labels)
    }
    try unfriendly(.edges) {
      try check([])
      try check([7])
      try check([2, 2, 2])
    }
    try unfriendly(.sizes) {
      for count in Family.widths + [70] { try check((0..<count).map { $0 * $0 % 8 }) }
    }
    try randomCases(6, seed: 363) { random, size in
      try check((0..<(1 + 3 * size)).map { _ in random.integer(below: 8) })
    }
  }

  // MARK: The sampler

  private static func shown(_ pair: Chapter3Functions.CellPair) -> String {
    "(\(pair.first), \(pair.second), \(pair.label))"
  }

  private static func checkSampler(_ functions: Chapter3Functions) throws {
    func check(_ rows: Int, _ columns: Int, _ times: Int) throws {
      let grid = GridPairs(rows, columns)
      let draws = times * grid.all.count
      let input = "rows \(rows), columns \(columns)"
      var random = Random(seed: 364)
      var counts = [Int](repeating: 0, count: grid.all.count)
      var drawn: [Chapter3Functions.CellPair] = []
      for _ in 0..<draws {
        drawn.append(try answer(on: input) { try functions.evenPair(rows, columns, &random) })
      }
      let other = drawn.first { grid.place($0) == nil }
      let turned = GridPairs(columns, rows)
      let noPair = Guesses.name(
        isRight: other == nil,
        [
          (
            "Your label says where the first lies as seen from the second.",
            drawn.allSatisfy { grid.place(($0.second, $0.first, $0.label)) != nil }
          ),
          (
            "Rows and columns have changed places in your grid.",
            drawn.allSatisfy { turned.place($0) != nil }
          ),
          (
            "You took a neighbour for granted that a cell at the border does not have.",
            Set(drawn.map(\.label)).count == 8 && drawn.contains { grid.place($0) != nil }
              && !drawn.allSatisfy { turned.place($0) != nil }
          ),
        ])
      if let other {
        throw Wrong(
          "This is no pair of neighbours in the grid with its label.",
          expected: "one of the colleague's \(grid.all.count) pairs", got: shown(other), on: input,
          why: noPair)
      }
      for pair in drawn { counts[grid.place(pair)!] += 1 }
      let labelCounts = (0..<8).map { label in
        zip(grid.all, counts).reduce(0) { $0 + ($1.0.label == label ? $1.1 : 0) }
      }
      let present = (0..<8).filter { grid.labels.contains($0) }
      let areLabelsEven =
        DrawnPairs.uneven(present.map { labelCounts[$0] }, of: draws) == nil
      let isRight = areLabelsEven && GridPairs.fit(counts, grid.even)
      let isOne = counts.count { $0 > 0 } == 1
      let why = Guesses.name(
        isRight: isRight,
        [
          (
            "Draw after draw gives the same pair; draw from `random` itself and not from a copy.",
            isOne
          ),
          (
            "You draw as the colleague does, from all pairs.",
            GridPairs.fit(counts, grid.asListed)
          ),
          (
            "You drew a cell and then one of its neighbours; labels are not even so, either.",
            GridPairs.fit(counts, grid.byCell)
          ),
          (
            "The labels are even, but always by the same pair of each.",
            GridPairs.fit(counts, grid.firstOfLabel)
          ),
          (
            "The first is always a cell with eight neighbours: the labels are even, but pairs of one label are "
              + "not equally likely.", grid.inner.map { GridPairs.fit(counts, $0) } ?? isRight
          ),
        ])
      if isRight { return }
      if !areLabelsEven {
        throw Wrong(
          "The labels are not equally likely.",
          expected:
            "each of \(text(present)) some \(draws / present.count) times in \(draws) draws",
          got: "labels 0…7: " + text(labelCounts), on: input, why: why)
      }
      let far = grid.all.indices.max { one, two in
        func off(_ place: Int) -> Double {
          abs(Double(counts[place]) / Double(draws) / grid.even[place] - 1)
        }
        return off(one) < off(two)
      }!
      throw Wrong(
        "The pairs of one label are not equally likely.",
        expected: "\(shown(grid.all[far])) some "
          + "\(Int((Double(draws) * grid.even[far]).rounded())) times in \(draws) draws",
        got: "\(counts[far]) times", on: input, why: why)
    }
    // In three rows and three columns the wrong ideas differ.
    try check(3, 3, 400)
    try check(2, 2, 400)
    try check(2, 4, 200)
    try unfriendly(.edges) {
      // A strip has two labels.
      try check(1, 2, 200)
      try check(1, 4, 200)
      try check(3, 1, 200)
    }
    let input = "rows 3, columns 4, Random(seed: 7)"
    try expectSame(
      Wrong(
        "The same seed gave other pairs the second time.", on: input,
        why:
          "All randomness must come from `random`, and not from the order of a Set or a Dictionary."
      )
    ) {
      var random = Random(seed: 7)
      return try (0..<12).map { _ in
        shown(try answer(on: input) { try functions.evenPair(3, 4, &random) })
      }
    }
  }
}
