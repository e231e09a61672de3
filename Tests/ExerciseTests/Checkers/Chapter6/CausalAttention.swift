import Foundation
import TensorCore

extension Chapter6 {
  static let causalAttention = Exercise<Chapter6Functions>(
    "6.2", "Attention that cannot look ahead", file: "CausalAttention.swift", kind: .heart,
    minutes: 30, difficulty: 2, section: "The model",
    hints: [
      """
      Take one row at a time. Row i has i + 1 numbers that are not 0: compute those and no others, \
      and fill the row up with zeros. Then the mask needs no −∞ at all.
      """,
      """
      weights[i][j] = exp(s[i][j]) / Σ over k ≤ i of exp(s[i][k]) for j ≤ i, and 0 for j > i. \
      Take the largest of the visible scores off all of them first: it changes no weight.
      """,
      """
      causalWeights: for each i: scores of keys 0…i; take off the largest; exp; divide by the sum; \
      append zeros up to the number of keys.
      mixedValues: for each row: a vector of zeros; for each j: add weight · values[j] to it.
      """,
    ],
    parts: [
      Part("weights look back only, and sum to 1", points: 3, checkWeights),
      Part("large scores", points: 1, checkLarge),
      Part("values are mixed", points: 1, checkMixed),
    ])

  /// Whether token i may look at token j, or what an answer makes of the rule.
  private typealias Rule = (_ i: Int, _ j: Int) -> Bool

  /// Softmax of each row of scores, in Double, with settings for wrong ideas.
  ///
  /// - `isSeen`: whose scores stay; the others' become `hidden`
  /// - `isKept`: whose weights stay after the softmax; the others' become 0
  private static func weights(
    _ queries: [[Float]], _ keys: [[Float]], scale: Double, seen isSeen: Rule = { $1 <= $0 },
    hidden: Double = -.infinity, kept isKept: Rule = { _, _ in true }
  ) -> [[Float]] {
    queries.indices.map { i in
      let scores = keys.indices.map { j in
        let product = zip(queries[i], keys[j]).map { Double($0) * Double($1) }.reduce(0, +)
        return isSeen(i, j) ? product * scale : hidden
      }
      let powers = scores.map { exp($0 - scores.max()!) }
      let total = powers.reduce(0, +)
      return powers.indices.map { isKept(i, $0) ? Float(powers[$0] / total) : 0 }
    }
  }

  /// What known wrong ideas make of queries and keys.
  private static func misconceptions(
    _ queries: [[Float]], _ keys: [[Float]]
  ) -> [Misconception<[[Float]]>] {
    let width = Double(queries.first?.count ?? 1)
    let scale = 1 / width.squareRoot()
    func wrong(
      _ sentence: String, scale other: Double? = nil, seen: Rule = { $1 <= $0 },
      hidden: Double = -.infinity, kept: Rule = { _, _ in true }
    ) -> Misconception<[[Float]]> {
      Misconception(
        sentence,
        gives: weights(
          queries, keys, scale: other ?? scale, seen: seen, hidden: hidden, kept: kept))
    }
    let past: Rule = { $1 <= $0 }
    let itself = "A token may look at itself: j ≤ i."
    let zero = "exp(0) is 1: a hidden score must be left out, not set to 0."
    let empty = weights(queries, keys, scale: scale) { $1 < $0 }
    return [
      wrong("Your tokens see the next one as well: the mask lets j ≤ i through, no further.") {
        $1 <= $0 + 1
      },
      // Row 0 has nothing to look at: 0 / 0, or zeros, or all scores alike.
      Misconception(itself, gives: empty),
      Misconception(itself, gives: empty.map { $0.map { $0.isNaN ? 0 : $0 } }),
      wrong(itself, seen: { $1 < $0 }, hidden: -1e9),
      wrong("Your mask is turned round: tokens look at what comes later.") { $1 >= $0 },
      wrong("There is no mask: every token sees every other.") { _, _ in true },
      wrong(
        "You masked after the softmax: what is left of a row no longer sums to 1.",
        seen: { _, _ in true }, kept: past),
      wrong(zero, hidden: 0), wrong(zero, hidden: 0, kept: past),
      wrong("You forgot to divide the scores by √width.", scale: 1),
      wrong("You divided the scores by the width; it is its root.", scale: 1 / width),
      wrong(
        "You divided by the root of the number of tokens; it is the root of the width.",
        scale: 1 / Double(max(1, keys.count)).squareRoot()),
      Misconception(
        "Your softmax runs down the columns: row i, over the keys of token i, sums to 1.",
        gives: downColumns(queries, keys, scale)),
      Misconception(
        "You asked with the keys and answered with the queries.",
        gives: weights(keys, queries, scale: scale)),
    ]
  }

  /// The softmax of each column over the tokens that may look at its key.
  private static func downColumns(
    _ queries: [[Float]], _ keys: [[Float]], _ scale: Double
  ) -> [[Float]] {
    let powers = queries.indices.map { i in
      keys.indices.map { j in
        let product = zip(queries[i], keys[j]).map { Double($0) * Double($1) }.reduce(0, +)
        return j <= i ? exp(product * scale) : 0
      }
    }
    return powers.map { row in
      row.indices.map { j in Float(row[j] / powers.map { $0[j] }.reduce(0, +)) }
    }
  }

  private static func check(
    _ functions: Chapter6Functions, _ queries: [[Float]], _ keys: [[Float]], _ what: String,
    _ more: [Misconception<[[Float]]>] = []
  ) throws {
    let input = "queries \(text(queries)), keys \(text(keys))"
    let got = try answer(on: input) { try functions.causalWeights(queries, keys) }
    let width = queries.first?.count ?? 1
    let scale = 1 / Double(width).squareRoot()
    let sizes = queries.indices.flatMap { i in
      keys[...i].map { key in
        zip(queries[i], key).reduce(0) { $0 + abs($1.0 * $1.1) } * Float(scale)
      }
    }
    // Shares are exact in their leading digits, however small they are, up to the rounding of scores.
    try expectClose(
      got, weights(queries, keys, scale: scale),
      tolerance: shareTolerance(ofProducts: width, sizes), least: 1e-20, what, on: input,
      misconceptions: misconceptions(queries, keys) + more)
  }

  private static func checkWeights(_ functions: Chapter6Functions) throws {
    let what = "The weights are others."
    // The first input tells the wrong ideas apart: each leads to other weights.
    try check(
      functions, [[1, 0, 1, 0], [0, 2, 1, 0], [1, 1, 0, 1]],
      [[1, 1, 0, 0], [0, 1, 1, 0], [2, 0, 0, 1]], what)
    try check(functions, [[0], [2]], [[5], [5]], what)
    try check(functions, [[3, 4]], [[1, 1]], what)
    try check(functions, [], [], what)
    // Five numbers wide, and then other widths: the root is not always 2, and not always whole.
    try check(
      functions, [[1, 0, 2, 0, 1], [0, 2, 1, -1, 0]], [[1, 1, 0, 2, 0], [0, 1, -1, 0, 2]], what)
    try randomCases(8, seed: 621) { random, size in
      let width = 1 + (size + 3) % 6
      func table() -> [[Float]] {
        (0...size).map { _ in (0..<width).map { _ in random.uniform(-2..<2) } }
      }
      try check(functions, table(), table(), what)
    }
    try unfriendlyLists(.nearTies, seed: 625) { list, _ in
      // Scores of which one has nearly all the weight, and scores that nearly agree.
      let keys = list.map { [$0] }
      try check(functions, list.indices.map { [1 + Float($0) / 8] }, keys, what)
    }
    try unfriendlyTables(.equalRows, .sizes, seed: 623) { table, random in
      var keys = table
      random.shuffle(&keys)
      try check(functions, table, table, what)
      try check(functions, table, keys, what)
    }
    try unfriendly(.chance) {
      // The same queries with other keys, the same keys with other queries, and again.
      let (one, other): ([[Float]], [[Float]]) = (
        [[1, 0], [0, 2], [1, 1]], [[2, 1], [1, 1], [0, 1]]
      )
      for (queries, keys) in [(one, other), (one, one), (other, one), (other, other), (one, other)]
      {
        try check(functions, queries, keys, what)
      }
    }
  }

  private static func checkLarge(_ functions: Chapter6Functions) throws {
    // In row 0 the hidden score, 80, is above the visible one, −30, by so much that exp(−110) is 0 in
    // Float; exp(80) is a Float still. Row 1 tells a hidden score from a score of 0.
    let queries: [[Float]] = [[1], [0.02], [0]]
    let keys: [[Float]] = [[-30], [80], [50]]
    let lifted = queries.indices.map { i in
      let scores = keys.map { queries[i][0] * $0[0] }
      let powers = keys.indices.map { $0 <= i ? exp(scores[$0] - scores.max()!) : 0 }
      return powers.map { $0 / powers.reduce(0, +) }
    }
    let sentence = "You took off the largest score of hidden tokens too, and divided 0 by 0."
    let zeros = lifted.enumerated().map { i, row in
      row.enumerated().map { j, weight in j <= i ? weight : 0 }
    }
    try check(
      functions, queries, keys, "Scores of very different sizes go wrong.",
      [Misconception(sentence, gives: lifted), Misconception(sentence, gives: zeros)])
    /// Scores of up to 1,000, after scores of an ordinary size: what goes wrong with these, too, is no matter
    /// of size. No two queries are alike.
    func checkBoth(
      _ queries: [Float], _ keys: [Float], _ what: String,
      _ more: [Misconception<[[Float]]>] = []
    ) throws {
      try check(functions, queries.map { [$0] }, keys.map { [$0 / 256] }, "The weights are others.")
      try unfriendly(.stability) {
        try check(functions, queries.map { [$0] }, keys.map { [$0] }, what, more)
      }
    }
    // The larger score has all the weight, equal ones share it.
    try checkBoth([1, 0.75, -1], [1000, 1000, -1000], "Large scores go wrong.")
    // The only visible score is −1,000, and the hidden ones, 1,000 and −500, have no influence on it.
    let low = "A hidden score must be lower than every visible one; leave it out, or take −∞."
    let (lowQueries, lowKeys): ([Float], [Float]) = ([-1, 1, 0.5], [1000, -1000, 500])
    try checkBoth(
      lowQueries, lowKeys, "Very low scores go wrong.",
      [-10, -100, -1000].map { hidden in
        Misconception(
          low,
          gives: weights(
            lowQueries.map { [$0] }, lowKeys.map { [$0] }, scale: 1, hidden: hidden))
      })
    // The largest visible score is the first, one in the middle, the last; beyond it hidden ones.
    for keys in [
      [1000, 0, -5, 3], [0, 1000, 990, 5], [-5, 0, 3, 1000], [-1000, -999, -1001, 9],
    ] as [[Float]] { try checkBoth([1, 0.75, 0.5, 0.875], keys, "Large scores go wrong.") }
  }

  private static func checkMixed(_ functions: Chapter6Functions) throws {
    func check(_ weights: [[Float]], _ values: [[Float]]) throws {
      let input = "weights \(text(weights)), values \(text(values))"
      let got = try answer(on: input) { try functions.mixedValues(weights, values) }
      func mixed(_ weight: (Int, Int) -> Float) -> [[Float]] {
        weights.indices.map { i in
          (values.first ?? []).indices.map { axis in
            Float(
              values.indices.reduce(0) {
                $0 + Double(weight(i, $1)) * Double(values[$1][axis])
              })
          }
        }
      }
      let sizes = weights.map { row in
        (values.first ?? []).indices.map { axis in
          zip(row, values).reduce(0) { $0 + abs($1.0 * $1.1[axis]) }
        }
      }
      // Sums in Float, of up to seventy products: some roundings of what the products would sum to if all
      // were positive.
      try expectClose(
        got, mixed { weights[$0][$1] }, tolerance: 4e-6, least: .each(sizes),
        "The mixed values are others.", on: input,
        misconceptions: [
          Misconception(
            "You summed over the rows of the weights: token j's weights, not token i's.",
            gives: mixed { weights[$1][$0] }),
          Misconception(
            "You divided by the number of tokens; the weights sum to 1 already.",
            gives: mixed { weights[$0][$1] / Float(weights.count) }),
          Misconception(
            "You divided by the sum of the row's weights; the sum is Σⱼ weights[i][j] · values[j].",
            gives: mixed { weights[$0][$1] / weights[$0].reduce(0, +) }),
          Misconception(
            "You left out the values behind token i. Who sees whom is said by the weights alone, "
              + "and here all of them count.", gives: mixed { $1 <= $0 ? weights[$0][$1] : 0 }),
        ])
    }
    // A full table of weights, as of a model that may look ahead, tells the wrong ideas apart.
    try check([[0.75, 0.25], [0.5, 0.5]], [[2, 0], [4, 6]])
    try check([[1, 0], [0.5, 0.5]], [[2, 0], [4, 6]])
    try check([[1]], [[3, 4, 5]])
    try check([], [])
    // Weights as dropout leaves them: no row need sum to 1.
    try check([[2, 0], [0.5, 0.25]], [[2, 0], [4, 6]])
    try randomCases(6, seed: 622) { random, size in
      let keys = (0...size).map { _ in [random.uniform(-2..<2)] }
      try check(
        weights(keys, keys, scale: 1, seen: { _, _ in true }),
        (0...size).map { _ in (0..<3).map { _ in random.uniform(-4..<4) } })
    }
    try unfriendlyTables(.equalRows, .sizes, seed: 624) { values, random in
      // Weights may be equal, 0, negative; two rows of them are alike.
      var weights = values.map { _ in values.map { _ in Float(random.integer(below: 9) - 3) / 4 } }
      weights[weights.count - 1] = weights[0]
      try check(weights, values)
    }
    try unfriendly(.nearTies) {
      // Weights of 1e-4 to 1e-7 beside nearly 1, and values that make up for it.
      try check([[1, 1e-4], [1e-7, 1]], [[0, 3], [1000, 1e6]])
      try check([[1, 1e-6], [1e-7, 1]], [[1e6, 0], [3, 1e-6]])
    }
    try unfriendly(.chance) {
      let (one, other): ([[Float]], [[Float]]) = (
        [[0.5, 0.5], [0.25, 0.75]], [[2, 0], [4, 6]]
      )
      for (weights, values) in [(one, other), (one, one), (other, one), (one, other)] {
        try check(weights, values)
      }
    }
  }
}
