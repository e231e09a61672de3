import TensorCore

/// The part of exercise 2.5 that asks whether an autoencoder has found its components.
extension Chapter2 {
  private typealias Case = (components: [[Float]], encoder: [[Float]], decoder: [[Float]])

  private static func isNear(_ a: [[Float]], _ b: [[Float]], _ tolerance: Float = 0.001) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { zip($0, $1).allSatisfy { abs($0 - $1) <= tolerance } }
  }

  private static func identity(_ size: Int) -> [[Float]] {
    (0..<size).map { row in (0..<size).map { $0 == row ? 1 : 0 } }
  }

  /// Whether some rows are the components, in each way in which one may compare them one by one: by the
  /// cosine or by the numbers, up to the sign or not, at one length or not, and to some tolerance; each
  /// with the one at its place, or with any.
  private static func comparisons(_ rows: [[Float]], _ components: [[Float]]) -> [Bool] {
    func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).map { $0 * $1 }.reduce(0, +) }
    func unit(_ row: [Float]) -> [Float] {
      let length = dot(row, row).squareRoot()
      return length == 0 ? row : row.map { $0 / length }
    }
    func far(_ a: [Float], _ b: [Float], _ sign: Float) -> Float {
      zip(a, b).map { abs($0 - sign * $1) }.max() ?? 0
    }
    func table(_ apart: ([Float], [Float]) -> Float) -> [[Float]] {
      rows.map { row in components.map { apart(row, $0) } }
    }
    // How far each row is from each component.
    let measures = [
      table { 1 - abs(dot(unit($0), $1)) }, table { 1 - dot(unit($0), $1) },
      table { abs(1 - abs(dot($0, $1))) },
      table { min(far($0, $1, 1), far($0, $1, -1)) },
      table { min(far(unit($0), $1, 1), far(unit($0), $1, -1)) }, table { far(unit($0), $1, 1) },
    ]
    return measures.flatMap { apart in
      [0.1, 0.05, 0.01, 0.001, 1e-4, 1e-5].flatMap { (tolerance: Float) in
        let near = apart.map { $0.map { $0 <= tolerance } }
        let pairs = zip(near.indices, components.indices).allSatisfy { near[$0][$1] }
        let eachRow = near.allSatisfy { $0.contains(true) }
        let eachComponent = components.indices.allSatisfy { place in
          near.contains { $0[place] }
        }
        let isAsMany = rows.count == components.count
        return [
          pairs, pairs && isAsMany, eachRow, eachRow && isAsMany, eachComponent,
          eachComponent && isAsMany, eachRow && eachComponent,
        ]
      }
    }
  }

  static func checkFound(_ functions: Chapter2Functions) throws {
    func check(_ one: Case) throws {
      let (components, encoder, decoder) = one
      let input =
        "components \(text(components)), encoder \(text(encoder)), decoder \(text(decoder))"
      let got = try answer(on: input) { try functions.hasFound(components, encoder, decoder) }
      let whole = product(decoder, encoder)
      let projector = product(turned(components), components)
      let rowByRow =
        "You compared the encoder's rows with the components one by one. A code that is mixed by an "
        + "invertible matrix serves as well: compare W2 W1."
      let columnByColumn =
        "You compared the decoder's columns with the components one by one: compare W2 W1."
      let rows = comparisons(encoder, components).map { Misconception(rowByRow, gives: $0) }
      let columns = comparisons(turned(decoder), components)
        .map { Misconception(columnByColumn, gives: $0) }
      let compared: [Misconception<Bool>] = rows + columns
      func lies(_ rows: [[Float]]) -> Bool { isNear(product(rows, projector), rows) }
      let kept = isNear(product(components, turned(whole)), components)
      try expectEqual(
        got, isNear(whole, projector), "Whether it has found them is answered wrongly.", on: input,
        shown: { "\($0)" },
        misconceptions: [
          Misconception(
            "You compared the encoder's rows with the components as they are. A code that is mixed by an "
              + "invertible matrix serves as well: compare W2 W1.",
            gives: isNear(encoder, components)),
          Misconception(
            "You asked only whether the encoder's rows lie among the components.",
            gives: lies(encoder)),
          Misconception(
            "You asked only whether the decoder's columns lie among the components.",
            gives: lies(turned(decoder))),
          Misconception(
            "You asked whether the encoder's rows and the decoder's columns lie among the components; "
              + "how long they are decides, too.", gives: lies(encoder) && lies(turned(decoder))),
          Misconception(
            "You asked only whether the components come back as they were; what is orthogonal to them "
              + "is to become 0.", gives: kept),
          Misconception(
            "You multiplied in the other order: W1 W2 is as small as the code, and the identity for any "
              + "space that it could span.",
            gives: isNear(product(encoder, decoder), identity(encoder.count))),
          Misconception(
            "You compared the traces; every number must agree.",
            gives: abs(
              whole.indices.map { whole[$0][$0] }.reduce(0, +) - Float(components.count)) <= 0.001),
          Misconception(
            "You compared the diagonals alone; every number must agree.",
            gives: whole.indices.allSatisfy { abs(whole[$0][$0] - projector[$0][$0]) <= 0.001 }),
          Misconception(
            "You asked whether the difference is at most 0.001, and forgot that it can be far below 0: "
              + "take its size.",
            gives: zip(whole, projector).allSatisfy { zip($0, $1).allSatisfy { $0 - $1 <= 0.001 } }),
          Misconception(
            "You compared exactly; a trained matrix is right to 0.001.", gives: whole == projector),
          Misconception("Your answer is always yes.", gives: true),
          Misconception("Your answer is always no.", gives: false),
        ] + compared)
    }
    let cases = foundCases()
    try checkFirst(
      { try check(cases[0]) }, toldApartBy: cases.dropFirst().map { one in { try check(one) } })
    try randomCases(9, seed: 253) { random, size in
      // Two axes turned by an angle of a right triangle: lengths are 1 to rounding.
      let width = 2 + size
      let (c, s): (Float, Float) = [(0.6, 0.8), (0.28, 0.96), (0.8, -0.6)][size % 3]
      let code = 1 + random.integer(below: width)
      var axes = identity(width)
      for row in axes.indices {
        (axes[row][0], axes[row][width - 1]) = (
          c * axes[row][0] - s * axes[row][width - 1], s * axes[row][0] + c * axes[row][width - 1]
        )
      }
      let components = Array(axes.prefix(code))
      // Unit lower triangular, so that the inverse is one sign away.
      let mix = (0..<code).map { row in
        (0..<code).map { $0 == row ? 1 : row == code - 1 ? 0.5 : Float(0) }
      }
      let back = (0..<code).map { row in
        (0..<code).map { $0 == row ? 1 : row == code - 1 ? -0.5 : Float(0) }
      }
      let encoder = product(mix, components)
      var decoder = product(turned(components), back)
      try check((components, encoder, decoder))
      decoder[random.integer(below: width)][random.integer(below: code)] += 0.25
      try check((components, encoder, decoder))
    }
  }

  /// Autoencoders that have found their components and others that nearly have, all small.
  private static func foundCases() -> [Case] {
    let plane: [[Float]] = [[1, 0, 0], [0, 1, 0]]
    let tilted: [[Float]] = [[0.6, 0.8, 0], [0, 0, 1]]
    let line: [[Float]] = [[0.6, 0.8]]
    return [
      ([[1, 0]], [[2, 0]], [[0.5], [0]]), ([[1, 0]], [[1, 0]], [[1], [1]]),
      ([[1, 0]], [[0.5, 0]], [[1], [0]]), ([[1, 0]], [[1, 0]], [[1], [0]]),
      // Mixed, turned, in another order.
      (plane, [[1, 1, 0], [0, 2, 0]], [[1, -0.5], [0, 0.5], [0, 0]]),
      (plane, [[0, 1, 0], [1, 0, 0]], [[0, 1], [1, 0], [0, 0]]),
      (plane, [[0.6, 0.8, 0], [-0.8, 0.6, 0]], [[0.6, -0.8], [0.8, 0.6], [0, 0]]),
      (tilted, [[0.6, 0.8, 1], [0, 0, 2]], [[0.6, -0.3], [0.8, -0.4], [0, 0.5]]),
      // Decoders that belong to another mix; planes that are others; one component for two.
      (plane, [[1, 1, 0], [0, 2, 0]], [[1, 0], [1, 2], [0, 0]]),
      (plane, [[1, 0, 0], [0, 0, 1]], [[1, 0], [0, 0], [0, 1]]),
      (plane, [[1, 0, 0], [1, 0, 0]], [[0.5, 0.5], [0, 0], [0, 0]]),
      (plane, [[1, 0, 1], [0, 1, 0]], [[1, 0], [0, 1], [0, 0]]),
      (plane, [[1, 0, 0], [0, 1, 0]], [[1, 0], [0, 1], [0.5, 0]]),
      (plane, [[1, 0, 0], [0, 1, 0]], [[0, 1], [1, 0], [0, 0]]),
      // The sum of the diagonal is right, or all of it.
      (line, [[1, 0]], [[1], [0]]), (line, [[0.6, -0.8]], [[0.6], [-0.8]]),
      (line, [[0.6, 0.8]], [[0.6], [0.8]]), (line, [[-3, -4]], [[-0.12], [-0.16]]),
      (line, [[-0.6, -0.8]], [[-0.6], [-0.8]]), (line, [[0.6, 0.8]], [[-0.6], [-0.8]]),
      (line, [[0.6, 0.8]], [[0], [0]]),
      // A code that is wider than there are components, equal rows in it.
      (line, [[0.6, 0.8], [0.6, 0.8]], [[0.3, 0.3], [0.4, 0.4]]),
      (line, [[0.6, 0.8], [-0.8, 0.6]], [[0.6, 0], [0.8, 0]]),
      (line, [[0.6, 0.8], [-0.8, 0.6]], [[0.6, -0.8], [0.8, 0.6]]),
      // Within the tolerance, and beyond it.
      ([[1, 0]], [[1.0005, 0]], [[1], [0.0004]]), ([[1, 0]], [[1, 0]], [[1], [0.002]]),
      ([[1, 0]], [[0.998, 0]], [[1], [0]]), ([[1, 0]], [[1, -0.003]], [[1], [0]]),
      ([[1]], [[4]], [[0.25]]), ([[1]], [[4]], [[0.5]]),
    ]
  }
}
