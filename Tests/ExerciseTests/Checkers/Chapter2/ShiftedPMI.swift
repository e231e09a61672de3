import Foundation
import TensorCore

extension Chapter2 {
  static let shiftedPMI = Exercise<Chapter2Functions>(
    "2.2", "What a score aims at", file: "ShiftedPMI.swift", kind: .derive, minutes: 50,
    difficulty: 2, section: "Words",
    hints: [
      """
      No score touches another's terms: minimise a·(−log σ(x)) + b·(−log σ(−x)) for one pair, with a \
      the times it comes as data and b the times it comes as noise. What are a and b? What if one of \
      them is 0?
      """,
      """
      The slope is b σ(x) − a (1 − σ(x)); it is 0 where σ/(1 − σ) = a/b, and σ/(1 − σ) = exp(x). So x \
      = log(a/b) with a = #(w, c), b = k #(w) P(c). Write P(c) as the context's share times something, \
      and PMI appears. At the best x: σ = a/(a + b).
      """,
      """
      noiseDistribution: count to the power (0 stays 0), each divided by the sum of these
      optimalScores: a = #(w, c), b = k #(w) P(c); both 0: 0; a = 0: −∞; b = 0: ∞; otherwise log(a/b)
      shiftsFromPMI: log(share of c / P(c)) − log k
      leastLoss: Σ of a log((a + b)/a) + b log((a + b)/b), a term with factor 0 being 0; over Σ #(w, c)
      """,
    ],
    parts: [
      Part("what negatives are drawn from", points: 1, checkNoise),
      Part("the best score of each pair", points: 3, checkScores),
      Part("pairs that never come", points: 1, checkNever),
      Part("how far that is from PMI", points: 1, checkShifts),
      Part("the least loss", points: 2, checkLoss),
    ])

  // MARK: The noise

  private static func checkNoise(_ functions: Chapter2Functions) throws {
    func check(_ counts: [Int], _ power: Float) throws {
      let input = "counts \(text(counts)), power \(text(power))"
      let got = try answer(on: input) { try functions.noiseDistribution(counts, power) }
      func shares(_ weights: [Double], over total: Double? = nil) -> [Float] {
        let sum = total ?? weights.reduce(0, +)
        return weights.map { Float($0 / sum) }
      }
      let all = counts.map(Double.init)
      let p = Double(power)
      // A power by its logarithm: what never comes has none.
      let weights = all.map { $0 == 0 ? 0 : exp(p * log($0)) }
      let expected = shares(weights)
      try expectClose(
        // A power and a quotient of numbers below 1.
        got, expected, tolerance: 1e-6, "The distribution is another.", on: input,
        misconceptions: [
          Misconception(
            "These are the shares of the counts themselves: the power has changed nothing.",
            gives: shares(all)),
          Misconception(
            "Your numbers do not have the sum 1: divide by the sum of the powers.",
            gives: shares(weights, over: 1)),
          Misconception(
            "You took the power of the shares, and their sum is no longer 1: divide by the sum of the "
              + "powers.", gives: all.map { Float(pow($0 / all.reduce(0, +), p)) }),
          Misconception(
            "You divided the powers by the sum of the counts; divide by the sum of the powers.",
            gives: shares(weights, over: all.reduce(0, +))),
          Misconception(
            "You took the root that undoes the power: rare contexts are to be drawn more often than "
              + "they come, not less.", gives: shares(all.map { pow($0, 1 / p) })),
          Misconception(
            "All contexts have the same probability in your answer.",
            gives: shares(all.map { _ in 1 })
          ),
          Misconception(
            "A context that never comes is drawn in your answer: 0 to the power 0 is 1 for `pow`.",
            gives: shares(all.map { pow($0, p) })),
          Misconception(
            "You divided whole numbers: 1 / 2 is 0 among them.", gives: all.map { _ in 0 }),
          Misconception(
            "You counted each context once more, or added a little; one that never comes is never "
              + "drawn.", gives: shares(all.map { pow($0 + 1, p) })),
        ], notFinite: dividesByZero)
    }
    try checkFirst(
      { try check([16, 1, 0], 0.75) }, toldApartBy: [{ try check([7, 2, 12, 1], 0.75) }])
    try check([3, 0, 1], 1)
    try check([3, 0, 1], 0)
    try check([0, 5, 0, 0], 0)
    try check([2], 0.75)
    try unfriendly(.equalRows) { try check([2, 2, 2], 0.75) }
    try check([9, 4, 1], 0.5)
    try unfriendly(.scale) { try check([4_000_000_000, 1, 3_000_000_000, 0], 0.75) }
    try unfriendly(.sizes) {
      for count in Family.widths + [70, Family.many] {
        try check((0..<count).map { 1 + $0 * $0 % 7 }, 0.75)
      }
    }
    try randomCases(11, seed: 221) { random, size in
      let count = size < 9 ? size + 1 : [17, 70][size - 9]
      let counts = (0..<count).map { $0 == 0 ? 3 : random.integer(below: 1 + 20 * size) }
      try check(counts, [0.75, 0.25, 1][size % 3])
    }
  }

  private static func shown(_ counts: [[Int]], _ noise: [Float], _ negatives: Int) -> String {
    let rows = counts.map { text($0) }.prefix(12).joined(separator: ", ")
    return "counts [\(rows)], noise \(text(noise)), negatives \(negatives)"
  }

  // MARK: Scores

  private static func check(
    _ functions: Chapter2Functions, _ counts: [[Int]], _ noise: [Float], _ negatives: Int,
    _ more: (ShiftedPMIOracle, [[Float]]) -> [Misconception<[[Float]]>] = { _, _ in [] },
    otherwise: (ShiftedPMIOracle, [[Float]]) -> String? = { _, _ in nil }
  ) throws {
    let input = shown(counts, noise, negatives)
    let got = try answer(on: input) { try functions.optimalScores(counts, noise, negatives) }
    let corpus = ShiftedPMIOracle(counts, noise, negatives)
    let expected = corpus.scores
    // A logarithm of a product of few numbers.
    try expectClose(
      got, expected, tolerance: 1e-5, "The best scores are others.", on: input,
      misconceptions: ScoreIdeas.all(corpus, expected) + more(corpus, expected),
      otherwise: otherwise(corpus, got), notFinite: dividesByZero)
  }

  private static func checkScores(_ functions: Chapter2Functions) throws {
    try checkFirst(
      { try check(functions, [[3, 1], [1, 3]], [0.5, 0.5], 2) },
      toldApartBy: [
        { try check(functions, [[6, 2, 1], [3, 8, 2]], [0.25, 0.625, 0.125], 3) }
      ])
    try check(functions, [[6, 2], [3, 8]], [0.4, 0.6], 1)
    try check(functions, [[4]], [1], 5)
    try unfriendly(.equalRows) {
      // Two words alike, two contexts alike; a word with its only context.
      try check(functions, [[2, 2, 5], [2, 2, 5]], [0.25, 0.25, 0.5], 2)
      try check(functions, [[7], [7], [1]], [1], 2)
    }
    try unfriendly(.scale) {
      // Sums that are too large to be multiplied as whole numbers.
      try check(
        functions, [[4_000_000_000, 3], [2, 4_000_000_000]], [0.5, 0.5], 5)
    }
    try unfriendly(.nearTies) {
      try check(functions, [[1, 1_000_000]], [0.999999, 0.000001], 15)
    }
    try unfriendly(.sizes) {
      for count in Family.widths {
        try check(
          functions, (0..<count).map { w in (0..<count).map { $0 == w ? 5 : 1 + $0 % 3 } },
          (0..<count).map { _ in 1 / Float(count) }, 2)
      }
    }
    try randomCases(9, seed: 222) { random, size in
      let contexts = size + 1
      let counts = (0..<(1 + size % 5)).map { _ in
        (0..<contexts).map { _ in 1 + random.integer(below: 4 + 30 * size) }
      }
      let weights = (0..<contexts).map { _ in random.uniform(0.1..<1) }
      let sum = weights.reduce(0, +)
      try check(functions, counts, weights.map { $0 / sum }, 1 + size)
    }
  }

  private static func checkNever(_ functions: Chapter2Functions) throws {
    func check(_ counts: [[Int]], _ noise: [Float], _ negatives: Int) throws {
      try Self.check(
        functions, counts, noise, negatives,
        ScoreIdeas.never,
        otherwise: ScoreIdeas.otherwise)
    }
    try checkFirst(
      { try check([[3, 1], [0, 4]], [0.375, 0.625], 2) },
      toldApartBy: [{ try check([[6, 2, 0], [3, 8, 2]], [0.25, 0.625, 0.125], 3) }])
    // A word that never comes; a context that is never drawn.
    try check([[3, 1], [0, 0]], [0.5, 0.5], 1)
    try check([[3, 2, 0], [1, 0, 4]], [0.75, 0, 0.25], 2)
    try check([[0, 2], [3, 1]], [0, 1], 3)
    try unfriendly(.edges) {
      try check([[0, 0]], [0.5, 0.5], 1)
      try check([], [0.5, 0.5], 1)
    }
    try randomCases(6, seed: 223) { random, size in
      let counts = (0..<(size + 1)).map { _ in
        (0...size).map { _ in random.chance(0.4) ? 0 : 1 + random.integer(below: 9) }
      }
      let weights = (0...size).map { $0 > 0 && random.chance(0.3) ? 0 : Float(1 + $0) }
      let sum = weights.reduce(0, +)
      try check(counts, weights.map { $0 / sum }, 1 + size)
    }
  }

  // MARK: The shift

  private static func checkShifts(_ functions: Chapter2Functions) throws {
    func check(_ counts: [Int], _ noise: [Float], _ negatives: Int) throws {
      let input = "counts \(text(counts)), noise \(text(noise)), negatives \(negatives)"
      let got = try answer(on: input) { try functions.shiftsFromPMI(counts, noise, negatives) }
      // In a text of a single word every PMI is 0: its best scores are the shifts.
      let expected = ShiftedPMIOracle([counts], noise, negatives).scores[0]
      let k = Float(negatives)
      let total = Float(counts.map(Double.init).reduce(0, +))
      func each(_ change: (_ shift: Float, _ count: Float, _ noise: Float) -> Float) -> [Float] {
        counts.indices.map { change(expected[$0], Float(counts[$0]), noise[$0]) }
      }
      try expectClose(
        // A logarithm of a quotient.
        got, expected, tolerance: 1e-5, "The shifts are others.", on: input,
        misconceptions: [
          Misconception(
            "You took PMI − the best score; asked for is how much the score lies above.",
            gives: each { shift, _, _ in -shift }),
          Misconception("log k is missing.", gives: each { shift, _, _ in shift + log(k) }),
          Misconception(
            "You added log k; more negatives push the scores down.",
            gives: each { shift, _, _ in shift + 2 * log(k) }),
          Misconception(
            "This is −log k for all: so it is if the noise has the contexts' own shares. Compare the "
              + "given noise with these.", gives: each { _, _, _ in -log(k) }),
          Misconception(
            "You turned the fraction: what is drawn more often than it comes is pushed down.",
            gives: each { shift, _, _ in -(shift + log(k)) - log(k) }),
          Misconception(
            "Only the noise is in your shift; PMI has the share of the context below the bar, and that "
              + "comes off again.", gives: each { _, _, noise in -log(noise) - log(k) }),
          Misconception(
            "You took the context's count for its share: divide by the number of all pairs.",
            gives: each { _, count, noise in log(count / noise) - log(k) }),
          Misconception(
            "This is a logarithm to another base; σ has the natural one.",
            gives: each { shift, _, _ in shift / log(Float(2)) }),
          Misconception(
            "This is the factor, share over k times noise; the shift is its logarithm.",
            gives: each { _, count, noise in count / total / noise / k }),
          Misconception(
            "You divided whole numbers: a count over the sum is 0 among them.",
            gives: each { _, _, _ in -.infinity }),
        ], notFinite: dividesByZero)
    }
    try checkFirst(
      { try check([3, 5], [0.5, 0.5], 2) },
      toldApartBy: [{ try check([6, 1, 3], [0.25, 0.25, 0.5], 3) }]
    )
    try check([3, 5], [0.375, 0.625], 1)
    try check([3, 5], [0.375, 0.625], 15)
    try unfriendly(.equalRows) { try check([3, 3, 3], [0.125, 0.375, 0.5], 1) }
    try check([9], [1], 4)
    try unfriendly(.scale) {
      try check([4_000_000_000, 5_000_000_000, 7], [0.25, 0.25, 0.5], 5)
    }
    try randomCases(10, seed: 224) { random, size in
      let counts = (0...(size == 9 ? 69 : size)).map { _ in 1 + random.integer(below: 40) }
      let weights = counts.map { pow(Float($0), 0.75) }
      try check(counts, weights.map { $0 / weights.reduce(0, +) }, 1 + size)
    }
  }

  // MARK: The least loss

  private static func checkLoss(_ functions: Chapter2Functions) throws {
    func check(_ counts: [[Int]], _ noise: [Float], _ negatives: Int) throws {
      let input = shown(counts, noise, negatives)
      let got = try answer(on: input) { try functions.leastLoss(counts, noise, negatives) }
      let corpus = ShiftedPMIOracle(counts, noise, negatives)
      func sum(_ noise: [Double], k: Double) -> (data: Double, noise: Double) {
        var sums = (data: 0.0, noise: 0.0)
        for w in counts.indices {
          for c in counts[w].indices where counts[w][c] > 0 && noise[c] > 0 {
            let (data, drawn) = (Double(counts[w][c]), k * corpus.word(w) * noise[c])
            let score = ShiftedPMIOracle.best(data, drawn)
            sums.data += ShiftedPMIOracle.paid(data, 0)(score)
            sums.noise += ShiftedPMIOracle.paid(0, drawn)(score)
          }
        }
        return sums
      }
      let parts = sum(corpus.noise, k: corpus.k)
      let total = corpus.total
      let whole = parts.data + parts.noise
      let own = (counts.first ?? []).indices.map { corpus.context($0) / max(1, total) }
      func float(_ loss: Double) -> Float { Float(total == 0 ? 0 : loss / total) }
      let unigram = sum(own, k: corpus.k)
      let single = sum(corpus.noise, k: 1)
      let expected = float(whole)
      let cells = Double(counts.joined().count)
      var ideas: [Misconception<Float>] =
        total == 0
        ? [Misconception("You divided by the number of pairs, which is 0 here.", gives: .nan)]
        : [
          Misconception(
            "This is the loss over the whole text; divide by the number of pairs that come.",
            gives: Float(whole)),
          Misconception(
            "You divided by the number of cells; divide by how often pairs come.",
            gives: Float(whole / cells)),
          Misconception(
            "You divided by the number of words; divide by how often pairs come.",
            gives: Float(whole / Double(counts.count))),
          Misconception(
            "This is the untrained loss, with all scores 0.",
            gives: Float((1 + corpus.k) * log(2.0))),
          Misconception("The noise's terms are missing.", gives: float(parts.data)),
          Misconception("The data's terms are missing.", gives: float(parts.noise)),
          Misconception(
            "You counted the noise once for each pair; it is drawn k times.",
            gives: float(single.data + single.noise)),
          Misconception(
            "You took the contexts' own shares for the noise; it is given.",
            gives: float(unigram.data + unigram.noise)),
          Misconception(
            "This is uphill: all terms of the loss are above 0.", gives: -expected),
          Misconception(
            "You subtracted the noise's terms; they are paid, too.",
            gives: float(parts.data - parts.noise)),
          Misconception(
            "This is a logarithm to another base; the loss has the natural one.",
            gives: expected / log(Float(2))),
          Misconception(
            "A pair that never comes gives 0 · ∞ in your answer; what remains is the limit, 0.",
            gives: expected.isFinite && counts.joined().contains(0) ? .nan : expected),
        ]
      if !isClose(got, expected, tolerance: 1e-5), total > 0,
        let own = try? functions.optimalScores(counts, noise, negatives),
        own.map(\.count) == counts.map(\.count),
        !isClose(own, corpus.scores, tolerance: 1e-5)
      {
        let loss = float(corpus.loss(at: own))
        if isClose(got, loss, tolerance: 1e-5) || (got.isNaN && loss.isNaN) {
          ideas = [
            Misconception(
              "It is built on your optimalScores, which are not right yet: mend these first.",
              gives: got)
          ]
        }
      }
      try expectClose(
        // A sum of logarithms, each of which rounds in a Float.
        got, expected, tolerance: 1e-5, "The least loss is another.", on: input,
        misconceptions: ideas, notFinite: dividesByZero)
    }
    try checkFirst(
      { try check([[3, 1], [1, 3]], [0.25, 0.75], 1) },
      toldApartBy: [{ try check([[6, 2, 1], [3, 8, 2]], [0.25, 0.625, 0.125], 3) }])
    try check([[3, 1], [0, 4]], [0.375, 0.625], 1)
    try check([[3, 2, 0], [1, 0, 4], [0, 0, 0]], [0.75, 0, 0.25], 2)
    try check([[4]], [1], 5)
    try unfriendly(.equalRows) { try check([[2, 2], [2, 2]], [0.5, 0.5], 2) }
    try unfriendly(.scale) {
      try check([[4_000_000_000, 3], [2, 4_000_000_000]], [0.5, 0.5], 5)
    }
    try unfriendly(.edges) {
      try check([[0, 0]], [0.5, 0.5], 2)
      try check([], [0.5, 0.5], 2)
    }
    try randomCases(8, seed: 225) { random, size in
      let counts = (0..<(1 + size % 4)).map { _ in
        (0...size).map { _ in random.integer(below: 4 + 9 * size) }
      }
      let weights = (0...size).map { _ in random.uniform(0.1..<1) }
      try check(counts, weights.map { $0 / weights.reduce(0, +) }, 1 + size)
    }
  }
}
