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

  private static func units(_ unscaled: [[Float]]) -> [[Float]] {
    let rows = ContrastiveOracle.scaled(unscaled).rows
    let all = l2Normalised(Variable(Tensor([rows.count, rows[0].count], rows.flatMap(\.self))))
      .value.numbers
    let width = rows[0].count
    return rows.indices.map { Array(all[$0 * width..<($0 + 1) * width]) }
  }

  /// |a − b|² as |a|² + |b|² − 2 a·b, in Double.
  private static func squared(_ a: [Float], _ b: [Float]) -> Double {
    func product(_ a: [Float], _ b: [Float]) -> Double {
      zip(a, b).map { Double($0) * Double($1) }.reduce(0, +)
    }
    return max(0, product(a, a) + product(b, b) - 2 * product(a, b))
  }

  private static func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }

  private static func checkAlignment(_ functions: Chapter8Functions) throws {
    func check(_ first: [[Float]], _ second: [[Float]]) throws {
      let input = "first \(text(first)), second \(text(second))"
      let got = try answer(on: input) { try functions.alignment(first, second) }
      let (u, v) = (units(first), units(second))
      let distances = zip(u, v).map(squared)
      let expected = mean(distances)
      let width = Double(first[0].count)
      let crossed = u.flatMap { one in v.map { squared(one, $0) } }
      let ideas: [(String, Double)] = [
        (
          "You measured between the vectors as they are; bring them to length 1 first.",
          mean(zip(first, second).map(squared))
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
      // Means of some ten numbers up to 4.
      try expectClose(
        got, Float(expected), tolerance: 1e-4, "The alignment is another.", on: input,
        misconceptions: ideas.map { Misconception($0.0, gives: Float($0.1)) })
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
    try unfriendlyTables(.equalRows, .sizes, .scale, seed: 853) { table, _ in
      try check(table, Array(table.reversed()))
      try check(table, table)
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 854)
      let views = ContrastiveOracle.randomViews(100, width: 2, &random)
      try check(views, Array(views.reversed()))
    }
  }

  private static func checkUniformity(_ functions: Chapter8Functions) throws {
    func check(_ points: [[Float]]) throws {
      let input = "points \(text(points))"
      let got = try answer(on: input) { try functions.uniformity(points) }
      if points.count < 2 {
        return try expect(
          got == 0,
          Wrong(
            "Fewer than two points have no pairs: 0.", expected: "0", got: text(got), on: input,
            why: got.isNaN || got.isInfinite ? "You divided by the number of pairs, 0." : nil))
      }
      func couples(_ rows: [[Float]]) -> [Double] {
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
          log(mean(couples(points).map { exp(-2 * $0) }))
        ),
        (
          "The sign of the exponent is turned: far pairs must count little.",
          log(mean(distances.map { exp(2 * $0) }))
        ),
        ("The sign is turned: lower is better, and 0 is the worst.", -expected),
        ("This is a logarithm to another base; the natural one is meant.", expected / log(2)),
      ]
      // exp(−8) is the smallest power; the logarithm of a mean keeps some six digits of it.
      try expectClose(
        got, Float(expected), tolerance: 1e-4, "The uniformity is another.", on: input,
        misconceptions: ideas.map { Misconception($0.0, gives: Float($0.1)) })
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
    try unfriendlyTables(.equalRows, .sizes, .scale, seed: 855) { table, _ in
      try check(table)
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 856)
      try check(ContrastiveOracle.randomViews(100, width: 2, &random))
    }
    try unfriendly(.edges) {
      // Vectors whose cosine rounding may lift above 1.
      for k in 1...12 {
        let row: [Float] = [Float(k), Float(k % 3) + 0.1, 0.3]
        try check([row, row, row.map { $0 * 7 }])
      }
      try check([[1, 1e-4], [1, 0]])
    }
  }
}
