import Foundation
import TensorCore

extension Chapter8 {
  static let alignmentUniformity = Exercise<Chapter8Functions>(
    "8.5", "Close together, spread out", file: "AlignmentUniformity.swift", kind: .extend,
    minutes: 30, difficulty: 2, section: "Pre-training",
    hints: [
      """
      Bring every vector to length 1 first. Alignment looks at pairs that belong together, \
      uniformity at all pairs, and never at a point with itself.
      """,
      """
      alignment = (1/n) Σᵢ |uᵢ − vᵢ|². uniformity = log( Σ over i < j of exp(−2 |uᵢ − uⱼ|²) / \
      (n(n−1)/2) ). On the sphere |u − v|² = 2 − 2 u·v.
      """,
      """
      alignment: for each i: u, v = first[i], second[i] divided by their lengths; add Σ (u − v)²; \
      divide by the number of pictures
      uniformity: fewer than two: 0; for i < j: total += exp(−2 · squared distance), pairs += 1; \
      log(total / pairs)
      """,
    ],
    parts: [
      Part("alignment", points: 2, checkAlignment),
      Part("uniformity", points: 3, checkUniformity),
    ])

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// In Double: numbers of a Float's size have squares there.
  private static func exact(_ rows: [[Float]]) -> [[Double]] { rows.map { $0.map(Double.init) } }

  private static func units(_ rows: [[Float]]) -> [[Double]] {
    exact(rows).map { row in row.map { $0 / product(row, row).squareRoot() } }
  }

  /// |a − b|² as |a|² + |b|² − 2 a·b.
  private static func squared(_ a: [Double], _ b: [Double]) -> Double {
    max(0, product(a, a) + product(b, b) - 2 * product(a, b))
  }

  private static func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }

  private static func checkAlignment(_ functions: Chapter8Functions) throws {
    func check(
      _ first: [[Float]], _ second: [[Float]], notFinite: String = dividesByZero
    ) throws {
      let input = "first \(text(first)), second \(text(second))"
      let got = try answer(on: input) { try functions.alignment(first, second) }
      let (u, v) = (units(first), units(second))
      let distances = zip(u, v).map(squared)
      let expected = mean(distances)
      let width = Double(first[0].count)
      // Of very many the wrong ideas have been told apart before.
      let crossed = u.prefix(20).flatMap { one in v.map { squared(one, $0) } }
      let ideas: [(String, Double)] = [
        (
          "You measured between the vectors as they are; bring them to length 1 first.",
          mean(zip(exact(first), exact(second)).map(squared))
        ),
        (
          "You took the mean of the distances; they are squared.",
          mean(distances.map { $0.squareRoot() })
        ),
        ("You took the root of the mean; the squares stay squares.", expected.squareRoot()),
        ("This is the sum over the pictures; divide by their number.", expected * Double(u.count)),
        (
          "You divided by the width as well: a distance sums over the coordinates.",
          expected / width
        ),
        (
          "You compared every first view with every second one; only the two of a picture belong "
            + "together.", mean(crossed)
        ),
        (
          "This is the mean cosine; the squared distance on the sphere is 2 − 2 cosine.",
          1 - expected / 2
        ),
        (
          "This is 1 − cosine, half of the squared distance.", expected / 2
        ),
        ("The sign is turned: it is a distance, and not negative.", -expected),
      ]
      // Means of numbers up to 4, each with a few roundings of 1: as 2 − 2 cosine they keep all of these.
      try expectClose(
        got, Float(expected), tolerance: 4e-6, "The alignment is another.", on: input,
        misconceptions: ideas.map { Misconception($0.0, gives: Float($0.1)) }, notFinite: notFinite)
    }
    try checkFirst(
      { try check([[2, 0], [0, 1]], [[0, 3], [0, 5]]) },
      toldApartBy: [
        { try check([[3, 1, 0], [1, 2, 2], [0, -1, 1]], [[1, 1, 1], [2, 0, 1], [1, 1, 3]]) }
      ])
    try check([[1, 0]], [[-4, 0]])
    try check([[1, 2], [3, 4]], [[1, 2], [3, 4]])
    try randomCases(8, seed: 851) { random, size in
      let width = 2 + size / 2
      try check(
        ContrastiveOracle.randomViews(size + 1, width: width, &random),
        ContrastiveOracle.randomViews(size + 1, width: width, &random))
    }
    try unfriendly(.nearTies) {
      // Small angles: the squares of 1/256 and of 1/64.
      try check([[1, 0x1p-8], [2, 0]], [[1, 0], [2, 0x1p-5]])
    }
    try unfriendlyTables(.equalRows, .sizes, seed: 853) { table, _ in
      try check(table, Array(table.reversed()))
      try check(table, table)
    }
    try unfriendlyTables(.scale, seed: 857) { table, _ in
      try check(table, Array(table.reversed()), notFinite: squaresAreNoFloats)
      try check(table, table, notFinite: squaresAreNoFloats)
    }
    try unfriendly(.chance) {
      // The same first views with other second ones, the same second with other first ones, and again.
      let (one, other): ([[Float]], [[Float]]) = ([[3, 1], [1, 2]], [[1, 1], [2, -1]])
      for (first, second) in [(one, other), (one, one), (other, one), (one, other)] {
        try check(first, second)
      }
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 854)
      let views = ContrastiveOracle.randomViews(100, width: 2, &random)
      try check(views, Array(views.reversed()))
      let many = ContrastiveOracle.randomViews(Family.many, width: 2, &random)
      try check(many, Array(many.reversed()))
    }
  }

  private static func checkUniformity(_ functions: Chapter8Functions) throws {
    func check(_ points: [[Float]], notFinite: String = dividesByZero) throws {
      let input = "points \(text(points))"
      let got = try answer(on: input) { try functions.uniformity(points) }
      if points.count < 2 {
        return try expect(
          got == 0,
          Wrong(
            "Fewer than two points have no pairs: 0.", expected: "0", got: text(got), on: input,
            why: got.isNaN || got.isInfinite ? "You divided by the number of pairs, 0." : nil))
      }
      func couples(_ rows: [[Double]]) -> [Double] {
        rows.indices.flatMap { i in (0..<i).map { squared(rows[i], rows[$0]) } }
      }
      let distances = couples(units(points))
      let powers = distances.map { exp(-2 * $0) }
      let expected = log(mean(powers))
      let n = Double(points.count)
      let ideas: [(String, Double)] = [
        (
          "Each point is paired with itself in your mean: its distance is always 0.",
          log((2 * powers.reduce(0, +) + n) / n / n)
        ),
        (
          "You took the mean of the logarithms; the logarithm comes after the mean.",
          mean(distances.map { -2 * $0 })
        ),
        ("The logarithm is missing.", exp(expected)),
        (
          "You did not square the distance.", log(mean(distances.map { exp(-2 * $0.squareRoot()) }))
        ),
        (
          "The factor 2 before the squared distance is missing.",
          log(mean(distances.map { exp(-$0) }))
        ),
        (
          "The factor before the squared distance is 2, not 1/2.",
          log(mean(distances.map { exp(-$0 / 2) }))
        ),
        ("This is the logarithm of the sum; take that of the mean.", log(powers.reduce(0, +))),
        (
          "You summed over i < j, but divided by n²: there are n(n − 1)/2 such pairs.",
          log(powers.reduce(0, +) / n / n)
        ),
        (
          "You summed over i < j, but divided by n(n − 1): of such pairs there are half as many.",
          log(powers.reduce(0, +) / n / (n - 1))
        ),
        (
          "You summed over i ≤ j: a point is no pair with itself.",
          log((powers.reduce(0, +) + n) / (n * (n + 1) / 2))
        ),
        (
          "You measured between the points as they are; bring them to length 1 first.",
          log(mean(couples(exact(points)).map { exp(-2 * $0) }))
        ),
        (
          "The sign of the exponent is turned: far pairs must count little.",
          log(mean(distances.map { exp(2 * $0) }))
        ),
        ("The sign is turned: lower is better, and 0 is the worst.", -expected),
        ("This is a logarithm to another base; the natural one is meant.", expected / log(2)),
      ]
      // Exponents with a few roundings of 1, four times over; and a sum, whose rounding grows with the number
      // of pairs.
      try expectClose(
        got, Float(expected), tolerance: 6e-6 + 2e-8 * Float(distances.count),
        "The uniformity is another.", on: input,
        misconceptions: ideas.map { Misconception($0.0, gives: Float($0.1)) }, notFinite: notFinite)
    }
    try checkFirst(
      { try check([[2, 0], [0, 3], [0, 1]]) },
      toldApartBy: [{ try check([[3, 1, 0], [1, 2, 2], [0, -1, 1], [1, 1, 1]]) }])
    // Two opposite points reach the least that there is: −8.
    try check([[1, 0], [-2, 0]])
    try check([[1, 2], [2, 4], [3, 6]])
    // Points that are equal are points all the same.
    try unfriendly(.equalRows) { try check([[1, 2], [1, 2], [2, -1], [1, 2]]) }
    try check([[1, 2]])
    try check([])
    try randomCases(8, seed: 852) { random, size in
      try check(ContrastiveOracle.randomViews(size + 2, width: 2 + size / 2, &random))
    }
    try unfriendly(.edges) {
      // Vectors whose cosine rounding may lift above 1.
      for k in 1...12 {
        let row: [Float] = [Float(k), Float(k % 3) + 0.1, 0.3]
        try check([row, row, row.map { $0 * 7 }])
      }
      try check([[1, 1e-4], [1, 0]])
    }
    try unfriendlyTables(.equalRows, .sizes, seed: 855) { table, _ in try check(table) }
    try unfriendlyTables(.scale, seed: 858) { table, _ in
      try check(table, notFinite: squaresAreNoFloats)
    }
    try unfriendly(.nearTies) { try check([[1, 0x1p-8], [1, 0], [2, 0x1p-5]]) }
    try unfriendly(.chance) {
      for points in [[[2, 0], [0, 3]], [[2, 0], [1, 1]], [[2, 0], [0, 3]]] as [[[Float]]] {
        try check(points)
      }
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 856)
      try check(ContrastiveOracle.randomViews(100, width: 2, &random))
    }
  }
}
