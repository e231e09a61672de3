import Foundation
import TensorCore

extension Chapter2 {
  static let skipGramPair = Exercise<Chapter2Functions>(
    "2.1", "One pair and its negatives", file: "SkipGramPair.swift", kind: .heart, minutes: 40,
    difficulty: 1, section: "Words",
    hints: [
      """
      Each score has a question of its own: does this pair come from the text, or from the lot? The \
      pair pays −log of the probability of "text", each negative −log of the probability of "lot", \
      which is 1 − σ(s) = σ(−s). What is the slope of each payment in its score? And which vectors \
      does a score depend on?
      """,
      """
      d/ds of −log σ(s) is σ(s) − 1, of −log σ(−s) it is σ(s). So ∂loss/∂v = (σ(v·u) − 1) u + Σ \
      σ(v·n) n; ∂loss/∂u = (σ(v·u) − 1) v; ∂loss/∂n = σ(v·n) v. For s ≥ 0: log σ(s) = −log(1 + \
      exp(−s)); for s < 0: log σ(s) = s − log(1 + exp(s)). Neither power is larger than 1.
      """,
      """
      logSigmoid: if s ≥ 0: −log(1 + exp(−s)); otherwise s − log(1 + exp(s))
      skipGramPair: s = v·u; loss = −logSigmoid(s); g = σ(s) − 1; slope of v = g u; of u = g v;
      for each n, in order: s = v·n; loss −= logSigmoid(−s); g = σ(s); slope of v += g n; of n: g v.
      """,
    ],
    parts: [
      Part("log σ of any score", points: 1, checkLogSigmoid),
      Part("the loss of a pair", points: 2, checkLoss),
      Part("the gradient in every vector", points: 3, checkGradient),
      Part("equal rows, and scores of hundreds", points: 1, checkEdges),
    ])

  private typealias Oracle = NegativeSamplingOracle

  // MARK: log σ

  private static func checkLogSigmoid(_ functions: Chapter2Functions) throws {
    func check(_ score: Float) throws {
      let input = "score \(text(score))"
      let got = try answer(on: input) { try functions.logSigmoid(score) }
      let s = Double(score)
      let expected = Float(-Oracle.softplus(-s))
      let sigma = exp(Double(expected))
      // What a Float makes of the formula as it stands, where its power overflows or its σ is 0.
      let naive = -log(1 + exp(-score))
      let quotient = log(exp(score) / (1 + exp(score)))
      let overflow =
        "exp of a number beyond 88 is ∞ in a Float, beyond 709 also in a Double, and log of a σ that has "
        + "become 0 is −∞. Use a form of log σ that takes exp of negative numbers alone: which one "
        + "depends on the sign of the score."
      var ideas = [
        Misconception("This is σ; asked for is its logarithm.", gives: Float(sigma)),
        Misconception(
          "This is −log σ, the loss; the function gives log σ, which is never above 0.",
          gives: -expected),
        Misconception(
          "This is log σ(−s): in σ(s) = 1 / (1 + exp(−s)) the power has a minus.",
          gives: Float(-Oracle.softplus(s))),
        Misconception(
          "This is a logarithm to another base; asked for is the natural one.",
          gives: expected / log(Float(2))),
        Misconception(
          "This is a logarithm to another base; asked for is the natural one.",
          gives: expected / log(Float(10))),
        Misconception(
          "You moved or cut σ before the logarithm, to keep off log 0: that changes the answer.",
          gives: Float(log(max(sigma, 1e-7)))),
        Misconception(
          "You took σ for settled beyond ±6, as word2vec's table does; the loss goes on.",
          gives: abs(s) > 6 ? (s > 0 ? 0 : expected) : expected),
        Misconception(
          "You took σ for settled beyond ±6, as word2vec's table does; the loss goes on.",
          gives: Float(-Oracle.softplus(-min(6, max(-6, s))))),
      ]
      for small in [1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15] {
        ideas.append(
          Misconception(
            "You moved or cut σ before the logarithm, to keep off log 0: that changes the answer.",
            gives: Float(log(sigma + small))))
        ideas.append(
          Misconception(
            "You moved or cut σ before the logarithm, to keep off log 0: that changes the answer.",
            gives: Float(log(max(sigma, small)))))
      }
      // Each form of the formula, where it has left the numbers of a Float, or of a Double.
      let forms: [Float] = [
        naive, log(1 / (1 + exp(-score))), quotient, score - log(1 + exp(score)),
        Float(-log(1 + exp(-s))), Float(log(1 / (1 + exp(-s)))),
        Float(log(exp(s) / (1 + exp(s)))), Float(s - log(1 + exp(s))),
      ]
      for form in forms {
        ideas.append(Misconception(overflow, gives: form.isFinite ? expected : form))
      }
      // One logarithm, right to some units of a Float's last place.
      try expectClose(
        got, expected, tolerance: 2e-6, "log σ is another.", on: input, misconceptions: ideas,
        notFinite: overflow)
    }
    try checkFirst({ try check(0) }, toldApartBy: [{ try check(1) }, { try check(-3) }])
    try unfriendly(.stability) { for score: Float in [-300, 300] { try check(score) } }
    for score: Float in [-1, 7, -7, -10, 10, 12, -20, 20] { try check(score) }
    try unfriendly(.stability) {
      for score: Float in [-87, 88, 89, -89, 104, -104, 900, -900] { try check(score) }
    }
    for score: Float in [0.25, -0.25, 16.5, -16.5, 5.75, 6.5, -6.5] { try check(score) }
    try unfriendly(.nearTies) {
      for score: Float in [0x1p-13, -0x1p-13, 1e-6, -1e-6] { try check(score) }
    }
    try randomCases(8, seed: 211) { random, size in
      let width = Float(1 + 10 * size)
      try check(random.uniform(-width..<width))
    }
  }

  // MARK: The loss

  private static func shown(_ v: [Float], _ u: [Float], _ negatives: [[Float]]) -> String {
    "center \(text(v)), context \(text(u)), negatives \(text(negatives))"
  }

  private static func checkLoss(
    _ functions: Chapter2Functions, _ v: [Float], _ u: [Float], _ negatives: [[Float]]
  ) throws {
    let input = shown(v, u, negatives)
    let got = try answer(on: input) { try functions.skipGramPair(v, u, negatives) }.loss
    let oracle = Oracle(v, u, negatives)
    let expected = Float(oracle.loss)
    let isRight = isClose(got, expected, tolerance: 1e-5)
    var ideas = SkipGramIdeas.loss(oracle, expected)
    let scores = [oracle.score] + oracle.scores.map { -$0 }
    let naive = scores.map { -log(1 / (1 + exp(-Float($0)))) }.reduce(0, +)
    ideas.append(
      Misconception(
        "log of a σ that has become 0 in a Float is −∞: take logSigmoid of the score instead.",
        gives: naive.isFinite ? expected : naive))
    // A loss that is right needs no guess at what its logSigmoid does.
    if !isRight {
      let own = try? scores.map { -(try functions.logSigmoid(Float($0))) }.reduce(0, +)
      if let own, isClose(got, own, tolerance: 1e-5) || (got.isNaN && own.isNaN) {
        ideas = [
          Misconception(
            "It is the sum of your −logSigmoid, which is not right yet: mend that first.",
            gives: own)
        ]
      }
    }
    // The scores are exact; each of some logarithms adds a rounding error.
    try expectClose(
      got, expected, tolerance: 1e-5, "The loss is another.", on: input, misconceptions: ideas,
      notFinite: overflows(takeExpOfNegatives))
  }

  /// Lengths that are not 1 and several negatives, on which the wrong ideas differ.
  private static let telling: (v: [Float], u: [Float], negatives: [[Float]]) = (
    [1, 0.5, -1], [2, 1, 0.5], [[1, 1, 0.25], [-1, 0.5, 0.25], [0.5, -1, -1.5]]
  )

  /// Vectors of each width, and as many negatives.
  private static func sizes(
    _ check: ([Float], [Float], [[Float]]) throws -> Void, seed: UInt64
  ) throws {
    var random = Random(seed: seed)
    try unfriendly(.sizes) {
      for width in Family.widths {
        func row() -> [Float] { Oracle.calm(width, &random) }
        try check(row(), row(), (0..<width).map { _ in row() })
      }
    }
  }

  private static func checkLoss(_ functions: Chapter2Functions) throws {
    func check(_ v: [Float], _ u: [Float], _ negatives: [[Float]]) throws {
      try checkLoss(functions, v, u, negatives)
    }
    try checkFirst(
      { try check([1, 1], [1, -1], [[2, 0]]) },
      toldApartBy: [{ try check(telling.v, telling.u, telling.negatives) }])
    try unfriendly(.nearTies) {
      // Untrained: (1 + k) log 2.
      try check([0, 0, 0], [0, 0, 0], [[Float]](repeating: [0.5, 1, -1], count: 15))
    }
    try unfriendly(.edges) {
      try check([1, 2], [0, 0], [])
      try check([1, 2], [-1, 0.5], [])
    }
    try sizes(check, seed: 215)
    try randomCases(12, seed: 212) { random, size in
      let width = size < 9 ? size + 1 : [17, 33, 100][size - 9]
      func row() -> [Float] { Oracle.calm(width, &random) }
      try check(row(), row(), (0..<(size * 3 % 7)).map { _ in row() })
    }
  }

  // MARK: The gradient

  private static func checkGradient(
    _ functions: Chapter2Functions, _ v: [Float], _ u: [Float], _ negatives: [[Float]]
  ) throws {
    let input = shown(v, u, negatives)
    let got = try answer(on: input) { try functions.skipGramPair(v, u, negatives) }
    let o = Oracle(v, u, negatives)
    let expected = o.gradient
    // The scores are exact; a σ and a few sums round, of numbers below some hundreds.
    try expectClose(
      got.center, expected.center, tolerance: 1e-5, "The gradient in the center is another.",
      on: input, misconceptions: SkipGramIdeas.center(o, expected.center, expected.context),
      notFinite: overflows(takeExpOfNegatives))
    try expectClose(
      got.context, expected.context, tolerance: 1e-5, "The gradient in the context is another.",
      on: input,
      misconceptions: SkipGramIdeas.context(o, expected),
      notFinite: overflows(takeExpOfNegatives))
    try expectClose(
      got.negatives, expected.negatives, tolerance: 1e-5,
      "The gradient in the negatives is another.", on: input,
      misconceptions: negatives.isEmpty ? [] : SkipGramIdeas.negatives(o),
      notFinite: overflows(takeExpOfNegatives))
  }

  private static func checkGradient(_ functions: Chapter2Functions) throws {
    func check(_ v: [Float], _ u: [Float], _ negatives: [[Float]]) throws {
      try checkGradient(functions, v, u, negatives)
    }
    try checkFirst(
      { try check([1, 1], [1, -1], [[2, 0]]) },
      toldApartBy: [{ try check(telling.v, telling.u, telling.negatives) }])
    try check([0, 0], [1, -2], [[0.5, 1], [3, 1]])
    try check([1, 2], [0, 0], [[0, 0]])
    try unfriendly(.edges) { try check([1, 2], [-1, 0.5], []) }
    try sizes(check, seed: 216)
    try randomCases(11, seed: 213) { random, size in
      let width = size < 9 ? size + 1 : 17
      func row() -> [Float] { Oracle.calm(width, &random) }
      try check(row(), row(), (0..<(1 + size * 3 % 5)).map { _ in row() })
    }
  }

  // MARK: Edges

  private static func checkEdges(_ functions: Chapter2Functions) throws {
    func check(_ v: [Float], _ u: [Float], _ negatives: [[Float]]) throws {
      try checkLoss(functions, v, u, negatives)
      try checkGradient(functions, v, u, negatives)
    }
    try unfriendly(.chance) {
      // The same vectors again with other companions.
      try check([1, 1], [1, -1], [[0, 2], [1, 0]])
      try check([1, 1], [2, -1], [[0, 2], [1, 0]])
      try check([1, 1], [1, -1], [[2, 0]])
    }
    try unfriendly(.equalRows) {
      // A word drawn twice, and one that is the context.
      try check([1, 1], [1, -1], [[2, 0], [0, 1], [2, 0]])
      try check([1, 0.5], [1, -1], [[1, -1], [0.5, 1]])
      try check(
        [1, -2, 0.5], [1, 1, 1], [[2, 1, 0], [1, 1, 1], [2, 1, 0], [0, 1, 1], [2, 1, 0]])
      // The center among the others.
      try check([1, 2], [1, 2], [[1, 2], [1, 2], [-1, -2]])
    }
    try unfriendly(.stability) {
      // Large scores, first, last and in the middle, of either sign.
      try check([10, 10], [20, -30], [[1, 0]])
      try check([10, 10], [20, 30], [[0.5, -0.25]])
      try check([10, -10], [0.25, 0.125], [[40, 0], [0.125, 0.25], [0.25, 0.125]])
      try check([10, -10], [0.25, 0.125], [[0.125, 0.25], [-40, 1], [0.25, 0.125]])
      try check([10, -10], [0.25, 0.125], [[0.125, 0.25], [0.25, 0.125], [0, -40]])
      try check([30, 1], [-30, 1], [[30, 1], [-30, 2]])
    }
    try unfriendly(.sizes) {
      // 70 negatives, some of them equal.
      var random = Random(seed: 214)
      let many = (0..<70).map { $0 % 9 == 8 ? [0.5, 0.25] : Oracle.quarters(2, &random) }
      try check([0.5, -0.25], [1, 2], many)
    }
  }
}
