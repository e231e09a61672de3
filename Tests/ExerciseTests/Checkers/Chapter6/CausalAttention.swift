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
      s = queries[i] · keys[j] / √width for j = 0…i; w = exp(s − max s); weights = w / Σ w. \
      The maximum is over the visible scores only.
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

  /// Softmax of scores with a mask; `visible` says which columns of a row count.
  private static func weights(
    _ queries: [[Float]], _ keys: [[Float]], scale: Float,
    visible: (_ i: Int, _ j: Int) -> Bool = { $1 <= $0 }, masksAfter: Bool = false
  ) -> [[Float]] {
    queries.indices.map { i in
      let powers = keys.indices.map { j in
        exp(zip(queries[i], keys[j]).map { $0 * $1 }.reduce(0, +) * scale)
      }
      let shown = keys.indices.map { visible(i, $0) ? powers[$0] : 0 }
      let total = (masksAfter ? powers : shown).reduce(0, +)
      return shown.map { total == 0 ? 0 : $0 / total }
    }
  }

  private static func checkWeights(_ functions: Chapter6Functions) throws {
    func check(_ queries: [[Float]], _ keys: [[Float]]) throws {
      let input = "queries \(text(queries)), keys \(text(keys))"
      let got = try answer(on: input) { try functions.causalWeights(queries, keys) }
      let scale = 1 / Float(queries.first?.count ?? 1).squareRoot()
      let expected = weights(queries, keys, scale: scale)
      // Probabilities of scores below 10: rounding costs less than 1e-5 of them.
      try expectClose(
        got, expected, tolerance: 1e-4, "The weights are others.", on: input,
        misconceptions: [
          Misconception(
            "Your tokens see the next one as well: the mask lets j ≤ i through, no further.",
            gives: weights(queries, keys, scale: scale) { $1 <= $0 + 1 }),
          Misconception(
            "Your tokens do not see themselves: j = i is allowed.",
            gives: weights(queries, keys, scale: scale) { $1 < $0 }),
          Misconception(
            "Your mask is turned round: tokens look at what comes later.",
            gives: weights(queries, keys, scale: scale) { $1 >= $0 }),
          Misconception(
            "There is no mask: every token sees every other.",
            gives: weights(queries, keys, scale: scale) { _, _ in true }),
          Misconception(
            "You masked after the softmax: what is left of a row no longer sums to 1.",
            gives: weights(queries, keys, scale: scale, masksAfter: true)),
          Misconception(
            "You forgot to divide the scores by √width.",
            gives: weights(queries, keys, scale: 1)),
          Misconception(
            "You divided the scores by the width; it is its root.",
            gives: weights(queries, keys, scale: scale * scale)),
          Misconception(
            "You asked with the keys and answered with the queries.",
            gives: weights(keys, queries, scale: scale)),
        ])
    }
    // The first input tells the wrong ideas apart: each leads to other weights.
    try check(
      [[1, 0, 1, 0], [0, 2, 1, 0], [1, 1, 0, 1]], [[1, 1, 0, 0], [0, 1, 1, 0], [2, 0, 0, 1]])
    try check([[0], [2]], [[5], [5]])
    try check([[3, 4]], [[1, 1]])
    try check([], [])
    try randomCases(8, seed: 621) { random, size in
      func table() -> [[Float]] {
        (0...size).map { _ in (0..<4).map { _ in random.uniform(-2..<2) } }
      }
      try check(table(), table())
    }
  }

  private static func checkLarge(_ functions: Chapter6Functions) throws {
    // Here a hidden score is the largest by far.
    let hidden: [[Float]] = [[1], [500]]
    let other = "queries [[1], [0]], keys \(text(hidden))"
    let row = try answer(on: other) { try functions.causalWeights([[1], [0]], hidden) }
    if row.contains(where: { $0.contains(where: \.isNaN) }) {
      throw Wrong(
        "A weight is not a number.", expected: "[[1, 0], [0.5, 0.5]]", got: text(row), on: other,
        why: "You took off the largest score of hidden tokens too, and divided 0 by 0.")
    }
    try expectClose(
      row, [[1, 0], [0.5, 0.5]], tolerance: 1e-4, "A hidden token's score matters.", on: other)
    let queries: [[Float]] = [[1000], [1000], [-1000]]
    let keys: [[Float]] = [[1], [1], [2]]
    let input = "queries \(text(queries)), keys \(text(keys))"
    let got = try answer(on: input) { try functions.causalWeights(queries, keys) }
    // Scores of ±1,000 and ±2,000: the larger one has all the weight, equal ones share it.
    try expectClose(
      got, [[1, 0, 0], [0.5, 0.5, 0], [0.5, 0.5, 0]], tolerance: 1e-4,
      "Large scores go wrong.", on: input)
  }

  private static func checkMixed(_ functions: Chapter6Functions) throws {
    func check(_ weights: [[Float]], _ values: [[Float]]) throws {
      let input = "weights \(text(weights)), values \(text(values))"
      let got = try answer(on: input) { try functions.mixedValues(weights, values) }
      func mixed(_ weight: (Int, Int) -> Float) -> [[Float]] {
        weights.indices.map { i in
          (values.first ?? []).indices.map { axis in
            values.indices.map { weight(i, $0) * values[$0][axis] }.reduce(0, +)
          }
        }
      }
      // Sums of a few products of numbers below 10.
      try expectClose(
        got, mixed { weights[$0][$1] }, tolerance: 1e-4, "The mixed values are others.", on: input,
        misconceptions: [
          Misconception(
            "You summed over the rows of the weights: token j's weights, not token i's.",
            gives: mixed { weights[$1][$0] }),
          Misconception(
            "You divided by the number of tokens; the weights sum to 1 already.",
            gives: mixed { weights[$0][$1] / Float(weights.count) }),
        ])
    }
    try check([[1, 0], [0.5, 0.5]], [[2, 0], [4, 6]])
    try check([[1]], [[3, 4, 5]])
    try check([], [])
    try randomCases(6, seed: 622) { random, size in
      let keys = (0...size).map { _ in [random.uniform(-2..<2)] }
      try check(
        weights(keys, keys, scale: 1),
        (0...size).map { _ in (0..<3).map { _ in random.uniform(-4..<4) } })
    }
  }
}
