import Foundation
import TensorCore

extension Chapter8 {
  static let anchorLoss = Exercise<Chapter8Functions>(
    "8.1", "One anchor among the views", file: "AnchorLoss.swift", kind: .heart, minutes: 35,
    difficulty: 2, section: "The mathematics",
    hints: [
      """
      It is a classification with as many classes as there are other views, and the positive is \
      the right class. Which view can be no class at all? And does the positive stand below the \
      fraction's bar, too?
      """,
      """
      s[k] = z·zₖ / (|z| |zₖ|); loss = log Σ over k ≠ anchor of exp(s[k]/τ) − s[positive]/τ. With \
      m the largest exponent, log Σ exp(e) = m + log Σ exp(e − m), which no temperature overflows.
      """,
      """
      anchorLoss: e[k] = cosine(anchor, k) / τ; others = all k but the anchor (the positive \
      stays);
      m = max of e over others; loss = m + log(Σ over others of exp(e[k] − m)) − e[positive].
      batchLoss: the mean over all 2N rows i of anchorLoss with positive (i + N) mod 2N.
      """,
    ],
    parts: [
      Part("the loss of one anchor", points: 3, checkAnchor),
      Part("lengths and temperatures at the edge", points: 1, checkEdges),
      Part("the mean over all anchors", points: 2, checkBatch),
    ])

  private static func shown(_ views: [[Float]], _ temperature: Float) -> String {
    "views \(text(views)), temperature \(text(temperature))"
  }

  private static func check(
    _ functions: Chapter8Functions, _ views: [[Float]], _ anchor: Int, _ positive: Int,
    _ temperature: Float, tolerance: Float? = nil,
    notFinite: String = overflows(takeOffTheLargest)
  ) throws {
    let input =
      "views \(text(views)), anchor \(anchor), positive \(positive), temperature "
      + text(temperature)
    let got = try answer(on: input) {
      try functions.anchorLoss(views, anchor, positive, temperature)
    }
    let oracle = ContrastiveOracle(views: views, temperature: temperature)
    let expected = oracle.loss(anchor, positive)
    func loss(_ change: (inout ContrastiveOracle) -> Void) -> Float {
      var wrong = oracle
      change(&wrong)
      return wrong.loss(anchor, positive)
    }
    func bare(_ divisor: @escaping (Int, Double) -> Double) -> Float {
      loss { $0.divisor = divisor }
    }
    let cosine = ContrastiveOracle.cosine(views[anchor], views[positive])
    var ideas =
      [
        Misconception(
          "The temperature divides only above the fraction's bar in your answer; below it, too.",
          gives: loss { $0.temperature = 1 } + cosine - cosine / temperature),
        Misconception(
          "The temperature divides only below the fraction's bar in your answer; above it, too.",
          gives: expected + cosine / temperature - cosine),
        Misconception(
          "You left the anchor itself among the views it is compared with: its cosine with itself "
            + "is always 1.", gives: loss { $0.denominator = { _, _, _ in true } }),
        Misconception(
          "You multiplied by the temperature instead of dividing.",
          gives: loss { $0.temperature = 1 / temperature }),
        Misconception("You forgot the temperature.", gives: loss { $0.temperature = 1 }),
        Misconception(
          "You took products of vectors as they are, whatever their length; the cosine divides by "
            + "both lengths.", gives: bare { _, _ in 1 }),
        Misconception(
          "You divided each vector by its squared length: the root is missing.",
          gives: bare { $1 * $1 }),
        Misconception(
          "You brought the anchor to length 1, but not the others.",
          gives: bare { $0 == anchor ? $1 : 1 }),
        Misconception(
          "This is log P, uphill; the loss is −log P.", gives: -expected),
        Misconception("This is the probability, not −log of it.", gives: exp(-expected)),
        Misconception(
          "This is a logarithm to the base 2; the loss is measured with the natural one.",
          gives: expected / log(2)),
        Misconception(
          "This is a logarithm to the base 10; the loss is measured with the natural one.",
          gives: expected / log(10)),
        Misconception(
          "Below the bar you took the mean of the exponentials; it is their sum.",
          gives: expected - log(Float(views.count - 1))),
      ] + smallNumbers.map { Misconception(epsilonInLog, gives: -log(exp(-expected) + $0)) }
    if views.count > 2 {
      ideas.insert(
        Misconception(
          "The positive is missing below the fraction's bar: it is one of the classes, too.",
          gives: loss { $0.denominator = { k, a, p in k != a && k != p } }), at: 1)
      ideas.append(
        Misconception(
          "Below the fraction's bar the anchor stands in the place of the positive.",
          gives: loss { $0.denominator = { k, _, p in k != p } }))
    }
    try expectClose(
      got, expected, tolerance: tolerance ?? oracle.tolerance, "The loss is another.", on: input,
      misconceptions: ideas, notFinite: notFinite)
  }

  private static func checkAnchor(_ functions: Chapter8Functions) throws {
    // Lengths, a temperature that is not 1 and several negatives tell the wrong ideas apart.
    try checkFirst(
      { try check(functions, [[2, 0], [5, 0], [0, 1]], 0, 1, 1) },
      toldApartBy: [
        { try check(functions, [[3, 1], [1, 2], [-1, 1], [2, -1], [0.5, 0.25]], 0, 1, 0.5) }
      ])
    try check(functions, [[1, 2], [3, 1], [2, -1], [-1, 1]], 2, 0, 0.2)
    try unfriendly(.chance) {
      // The same views with another anchor, positive or temperature, other views with the same, and again.
      for (anchor, positive, temperature) in [
        (0, 1, 0.5), (2, 1, 0.5), (2, 0, 0.5), (2, 0, 0.2), (0, 1, 0.5),
      ] as [(Int, Int, Float)] {
        try check(functions, [[3, 1], [1, 2], [-1, 1], [2, -1]], anchor, positive, temperature)
        try check(functions, [[1, 0], [1, 3], [-2, 1], [1, -1]], anchor, positive, temperature)
      }
    }
    try unfriendly(.equalRows) {
      // Views that are equal, the anchor's equals among them, are views all the same.
      try check(functions, [[1, 2], [2, -1], [1, 2], [2, -1]], 0, 1, 0.5)
      try check(functions, [[1, 2], [2, -1], [1, 2], [1, 2]], 0, 2, 0.5)
    }
    try randomCases(10, seed: 811) { random, size in
      let count = size + 2
      let views = ContrastiveOracle.randomViews(count, width: 2 + size / 3, &random)
      let anchor = random.integer(below: count)
      let positive = (anchor + 1 + random.integer(below: count - 1)) % count
      try check(functions, views, anchor, positive, [0.1, 0.5, 1][size % 3])
    }
    try unfriendlyTables(.equalRows, .sizes, seed: 813) { views, random in
      let anchor = random.integer(below: views.count)
      try check(functions, views, anchor, (anchor + 2) % views.count, 0.5)
      try check(functions, views, views.count - 1, 0, 0.2)
    }
    try unfriendly(.nearTies) {
      // Next to no loss. The cosines are 0 and −1, and their exponents 0, −8 to −12: rounding costs 1e-7
      // of 1, and not of the exponents.
      for temperature in [0.125, 0.1, 1 / 12] as [Float] {
        let views: [[Float]] = [[1, 0], [0, 2], [-3, 0], [-1, 0]]
        try check(functions, views, 0, 1, temperature, tolerance: 4e-7)
      }
    }
  }

  private static func checkEdges(_ functions: Chapter8Functions) throws {
    // First the positive is the likest view, so that no small power counts; then all powers are small; last
    // the positive lies opposite, and a view between: from the one to the other it is 2 / 0.01.
    for (views, positive, name) in [
      ([[1, 0], [2, 0], [0, 1]], 1, "exp(1 / 0.01) is too large"),
      ([[1, 0], [-2, 0], [3, 0]], 2, "exp(1 / 0.01) is too large"),
      ([[1, 0], [-1, 0], [-3, 0]], 1, "exp(−1 / 0.01), or what is left of it, is too small"),
      (
        [[1, 0], [-2, 0], [3, 0]], 1, "exp(2 / 0.01) is too large, and exp(−2 / 0.01) too small"
      ),
    ] as [([[Float]], Int, String)] {
      let input = shown(views, 0.01) + ", anchor 0, positive \(positive)"
      let got = try answer(on: input) { try functions.anchorLoss(views, 0, positive, 0.01) }
      let expected = ContrastiveOracle(views: views, temperature: 0.01).loss(0, positive)
      try unfriendly(.stability) {
        try expect(
          got.isFinite,
          Wrong(
            "The loss is no number.", expected: text(expected), got: text(got), on: input,
            why: "\(name) for a Float. \(takeOffTheLargest)"))
        try check(functions, views, 0, positive, 0.01)
      }
    }
    // A view without direction, as a negative, as the positive and as the anchor.
    for (anchor, positive) in [(0, 1), (0, 2), (2, 0)] {
      let views: [[Float]] = [[1, 2], [2, 1], [0, 0], [-1, 1]]
      let input = shown(views, 0.5) + ", anchor \(anchor), positive \(positive)"
      let got = try answer(on: input) { try functions.anchorLoss(views, anchor, positive, 0.5) }
      try expect(
        got.isFinite,
        Wrong(
          "The loss is no number.", got: text(got), on: input,
          why: "You divided by the length of a view that is all 0; its cosines are 0."))
      try check(functions, views, anchor, positive, 0.5)
    }
    try unfriendly(.edges) {
      // Two views without direction are no likelier for each other than for any other.
      for (anchor, positive) in [(1, 2), (2, 1), (0, 1), (1, 0)] {
        let views: [[Float]] = [[1, 2], [0, 0], [0, 0], [-1, 1]]
        let noDirection =
          "You divided by the length of a view that is all 0; its cosines are 0, that with another such"
          + " view, too."
        try check(functions, views, anchor, positive, 0.5, notFinite: noDirection)
        try check(
          functions, [[0, 0], [0, 0], [0, 0]], anchor, positive, 0.2, notFinite: noDirection)
      }
    }
    // Two views: one class, and nothing to choose.
    try check(functions, [[1, 2], [-2, 1]], 1, 0, 0.1)
    try unfriendlyTables(.scale, seed: 814) { views, _ in
      for anchor in views.indices {
        for temperature in [0.5, 2, 10] as [Float] {
          try check(
            functions, views, anchor, (anchor + 1) % views.count, temperature,
            notFinite: squaresAreNoFloats)
        }
      }
    }
    try unfriendly(.stability) {
      // The likest view is the first, one in the middle, the last.
      for views in [
        [[1, 0], [1, 0.1], [0, 1], [-1, 0]], [[0, 1], [1, 0], [1, 0.1], [-1, 0]],
        [[-1, 0], [0, 1], [1, 0.1], [1, 0]],
      ] as [[[Float]]] {
        for anchor in views.indices {
          try check(functions, views, anchor, (anchor + 2) % views.count, 0.01)
        }
      }
    }
  }

  private static func checkBatch(_ functions: Chapter8Functions) throws {
    func check(
      _ views: [[Float]], _ temperature: Float, notFinite: String = overflows(takeOffTheLargest)
    ) throws {
      let input = shown(views, temperature)
      let got = try answer(on: input) { try functions.batchLoss(views, temperature) }
      let oracle = ContrastiveOracle(views: views, temperature: temperature)
      func mean(
        _ pairs: [(Int, Int)], _ loss: (Int, Int) throws -> Float
      ) rethrows -> Float {
        try pairs.map { try loss($0.0, $0.1) }.reduce(0, +) / Float(pairs.count)
      }
      func mean(_ pairs: [(Int, Int)]) -> Float { mean(pairs) { oracle.loss($0, $1) } }
      let expected = mean(oracle.pairs())
      // Where the anchors' losses are wrong, the mean of them may still be the right one.
      let own =
        isClose(got, expected, tolerance: oracle.tolerance)
        ? expected
        : try? mean(oracle.pairs()) { try functions.anchorLoss(views, $0, $1, temperature) }
      let half = views.count / 2
      // A mean of numbers each of which is as exact as one anchor's loss.
      try expectClose(
        got, expected, tolerance: oracle.tolerance, "The batch's loss is another.", on: input,
        misconceptions: [
          Misconception(
            "You took neighbouring rows for pairs (0 with 1, 2 with 3); a row's partner stands N "
              + "rows away.", gives: mean(oracle.pairs(isInterleaved: true))),
          Misconception(
            "You divided by N: there are 2N anchors, and the loss is the mean over them.",
            gives: 2 * expected),
          Misconception(
            "This is the sum over the anchors; the loss is their mean.",
            gives: Float(views.count) * expected),
          Misconception(
            "Only the first N rows are anchors in your answer; their partners are anchors, too.",
            gives: mean(Array(oracle.pairs().prefix(half)))),
          Misconception(
            "You summed the first N rows' losses and divided by 2N: all 2N rows are anchors.",
            gives: mean(Array(oracle.pairs().prefix(half))) / 2),
          Misconception(
            "Each anchor meets only its positive and the views of the other half; the views of "
              + "its own half are negatives, too.",
            gives: oracle.pairs().map { anchor, positive in
              var wrong = oracle
              wrong.denominator = { k, a, _ in (k < half) != (a < half) }
              return wrong.loss(anchor, positive)
            }.reduce(0, +) / Float(views.count)),
          Misconception(
            "It is the mean of your anchors' losses, which are not right yet: mend them first.",
            gives: own ?? .nan),
        ], notFinite: notFinite)
    }
    try checkFirst(
      { try check([[1, 0], [0, 1], [2, 0], [0, 3]], 1) },
      toldApartBy: [
        { try check([[3, 1], [1, 2], [-1, 1], [2, -1], [0.5, 0.25], [-1, -3]], 0.5) }
      ])
    try check([[1, 1], [2, -1]], 0.1)
    // All views alike: log(2N − 1).
    try check([[1, 2], [1, 2], [1, 2], [1, 2]], 0.5)
    try check([[1, 0], [0, 1], [-2, 0], [0, 3]], 0.01)
    try randomCases(6, seed: 812) { random, size in
      let views = ContrastiveOracle.randomViews(2 + 2 * size, width: 2 + size / 2, &random)
      try check(views, [0.1, 0.5, 1][size % 3])
    }
    try unfriendlyTables(.equalRows, .sizes, seed: 815) { views, _ in
      try check(views, 0.5)
      try check(Array(views.suffix(2)), 2)
    }
    try unfriendlyTables(.scale, seed: 816) { views, _ in
      try check(views, 0.5, notFinite: squaresAreNoFloats)
      try check(Array(views.suffix(2)), 2, notFinite: squaresAreNoFloats)
    }
    try unfriendly(.edges) {
      try check([[1, 2], [0, 0], [2, 1], [0, 0]], 0.5, notFinite: dividesByZero)
      try check([[0, 0], [0, 0], [0, 0], [0, 0]], 0.1, notFinite: dividesByZero)
    }
    try unfriendly(.chance) {
      for temperature in [0.5, 1, 0.5] as [Float] {
        try check([[3, 1], [1, 2], [-1, 1], [2, -1]], temperature)
        try check([[1, 0], [1, 3], [-2, 1], [1, -1]], temperature)
      }
    }
    try unfriendly(.stability) {
      for views in [
        [[1, 0], [1, 0.1], [0, 1], [-1, 0]], [[0, 1], [1, 0], [1, 0.1], [-1, 0]],
        [[-1, 0], [0, 1], [1, 0.1], [1, 0]],
      ] as [[[Float]]] { try check(views, 0.01) }
    }
  }
}
