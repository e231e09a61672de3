import TensorCore

extension Chapter2 {
  static let linearAutoencoder = Exercise<Chapter2Functions>(
    "2.5", "What a linear autoencoder leaves open", file: "LinearAutoencoder.swift", kind: .derive,
    minutes: 60, difficulty: 3, section: "How one fools oneself",
    hints: [
      """
      Turn the pictures until their covariance is diagonal: then each axis has its own variance, and a \
      code of k numbers can carry k of the axes. For the gradient give the parts names: h = W1 x, r = x \
      − W2 h. For the last two parts: what does W2 G⁻¹ G W1 come to?
      """,
      """
      The least loss is the sum of all eigenvalues but the k largest. ∂loss/∂W2 = −2 mean of r hᵀ, \
      ∂loss/∂W1 = −2 mean of W2ᵀ r xᵀ. The projector on orthogonal components e of length 1 is Σ e eᵀ. \
      G W1 gives G h, and W2 G⁻¹ takes it back.
      """,
      """
      leastReconstructionLoss: sort from the largest down, drop `width`, add up the rest
      reconstruction: for each x: h = W1 x; r = x − W2 h; loss += r·r/n; back = W2ᵀ r;
      slope of W2[i][j] −= 2/n r[i] h[j]; slope of W1[j][i] −= 2/n back[j] x[i]
      hasFound: every |(W2 W1)[i][j] − Σ over e of e[i] e[j]| ≤ 0.001
      mixed: (G W1, W2 G⁻¹); G⁻¹ by elimination, each time with the row that has the largest number
      """,
    ],
    parts: [
      Part("how small the loss can get", points: 1, checkLeast),
      Part("the loss and its gradient", points: 3, checkGradient),
      Part("has it found the components?", points: 2, checkFound),
      Part("another code, the same reconstruction", points: 2, checkMixed),
    ])

  // MARK: The least loss

  private static func checkLeast(_ functions: Chapter2Functions) throws {
    func check(_ eigenvalues: [Float], _ width: Int) throws {
      let input = "eigenvalues \(text(eigenvalues)), width \(width)"
      let got = try answer(on: input) { try functions.leastReconstructionLoss(eigenvalues, width) }
      // A code keeps `width` of the axes: of all sets of axes that may stay away, the cheapest.
      let total = eigenvalues.reduce(0, +)
      var kept: Float = 0
      var left = eigenvalues
      for _ in 0..<min(width, left.count) {
        let best = left.indices.reduce(0) { left[$1] > left[$0] ? $1 : $0 }
        kept += left.remove(at: best)
      }
      let expected = left.reduce(0, +)
      let ascending = eigenvalues.sorted()
      let apart = Set(eigenvalues).sorted().reversed()
      func sum(_ values: some Sequence<Float>) -> Float { values.reduce(0, +) }
      try expectClose(
        got, expected, tolerance: 1e-5, "The least loss is another.", on: input,
        misconceptions: [
          Misconception(
            "This is what the code carries; the loss is what it leaves away.", gives: kept),
          Misconception(
            "You dropped the first eigenvalues; they come in any order, and the code carries the "
              + "largest.", gives: sum(eigenvalues.dropFirst(width))),
          Misconception(
            "You dropped the smallest eigenvalues; the code carries the largest.",
            gives: sum(ascending.dropFirst(width))),
          Misconception(
            "This is a share of the variance; the loss is the variance itself.",
            gives: total == 0 ? .nan : expected / total),
          Misconception(
            "You divided by the number of axes; |x|² is a sum over them.",
            gives: eigenvalues.isEmpty ? .nan : expected / Float(eigenvalues.count)),
          Misconception(
            "You took the roots: an eigenvalue of the covariance is a variance, in squares already.",
            gives: sum(left.map { $0.squareRoot() })),
          Misconception(
            "You squared the eigenvalues; they are variances, in squares already.",
            gives: sum(left.map { $0 * $0 })),
          Misconception(
            "You left away one axis too many.", gives: expected + (kept == 0 ? 0 : smallestKept())),
          Misconception(
            "The code of your answer carries one axis too many.",
            gives: expected - (left.max() ?? 0)),
          Misconception(
            "This is the largest eigenvalue left away; the loss is the sum of all of these.",
            gives: left.max() ?? 0),
          Misconception(
            "Equal eigenvalues count once in your answer; each has an axis of its own.",
            gives: sum(apart.dropFirst(width))),
        ], notFinite: dividesByZero)
      func smallestKept() -> Float {
        eigenvalues.sorted(by: >).prefix(width).last ?? 0
      }
    }
    try checkFirst(
      { try check([1, 9, 4], 1) }, toldApartBy: [{ try check([2, 16, 0.25, 9, 3, 5], 2) }])
    try unfriendly(.equalRows) { try check([4, 4, 1, 4, 1], 2) }
    try unfriendly(.edges) {
      try check([3, 2], 0)
      try check([3, 2], 2)
      try check([3, 2], 7)
      try check([0, 0, 5], 1)
      try check([], 1)
    }
    try unfriendly(.scale) {
      try check([5000, 5000.5, 4999.5], 1)
      try check([1e-8, 3e-8, 4], 1)
    }
    try unfriendly(.sizes) {
      for count in Family.widths + [70, Family.many] {
        try check((0..<count).map { Float($0 * 5 % 7) }, 1)
      }
    }
    try randomCases(9, seed: 251) { random, size in
      let values = (0..<(size == 8 ? 70 : size + 1)).map { _ in
        Float(random.integer(below: 40)) / 4
      }
      try check(values, random.integer(below: size + 2))
    }
  }

  // MARK: The gradient

  private static func checkGradient(_ functions: Chapter2Functions) throws {
    func check(_ encoder: [[Float]], _ decoder: [[Float]], _ inputs: [[Float]]) throws {
      let input =
        "encoder \(text(encoder)), decoder \(text(decoder)), inputs \(text(inputs))"
      let got = try answer(on: input) { try functions.reconstruction(encoder, decoder, inputs) }
      let oracle = AutoencoderOracle(encoder, decoder, inputs)
      let (expected, count) = (Float(oracle.loss), Float(inputs.count))
      let numbers = Float(inputs[0].count)
      let centred = inputs.map { x in
        x.indices.map { axis in x[axis] - inputs.map { $0[axis] }.reduce(0, +) / count }
      }
      // Sums of products of quarters below 100, as long as a picture is wide.
      let tolerance: Float = 1e-4
      try expectClose(
        got.loss, expected, tolerance: tolerance, "The loss is another.", on: input,
        misconceptions: [
          Misconception(
            "This is the sum over the inputs; the loss is their mean.", gives: expected * count),
          Misconception(
            "You divided by the number of numbers; |x − W2 W1 x|² is a sum over them.",
            gives: expected / numbers),
          Misconception("A factor 1/2 too many.", gives: expected / 2),
          Misconception("You took a root; the loss has the square.", gives: expected.squareRoot()),
          Misconception(
            "You decoded with the encoder's matrix turned over; W2 is a matrix of its own.",
            gives: Float(oracle.tied.loss)),
          Misconception(
            "You centred the inputs first; the loss takes them as they are, whatever their mean.",
            gives: Float(AutoencoderOracle(encoder, decoder, centred).loss)),
        ], notFinite: dividesByZero)
      let (w1, w2) = oracle.gradient
      func each(_ rows: [[Float]], _ change: (Float) -> Float) -> [[Float]] {
        rows.map { $0.map(change) }
      }
      func scaled(_ rows: [[Float]], _ name: String) -> [Misconception<[[Float]]>] {
        [
          Misconception(
            "Downhill: this is minus the gradient in the \(name).", gives: each(rows) { -$0 }),
          Misconception(
            "The factor 2 is missing in the \(name)'s slope: the loss has a square.",
            gives: each(rows) { $0 / 2 }),
          Misconception(
            "This is the \(name)'s slope of the sum over the inputs; the loss is their mean.",
            gives: each(rows) { $0 * count }),
          Misconception(
            "You divided the \(name)'s slope by the number of numbers as well; the loss does not.",
            gives: each(rows) { $0 / numbers }),
          Misconception(
            "This is the \(name)'s gradient turned over: rows for columns.", gives: turned(rows)),
        ]
      }
      let parts = oracle.outer
      try expectClose(
        got.encoder, w1, tolerance: tolerance, "The gradient in the encoder is another.", on: input,
        misconceptions: scaled(w1, "encoder") + [
          Misconception(
            "You took what is left over for the code's slope, without the decoder: W2ᵀ r, not r.",
            gives: parts.withoutDecoder),
          Misconception(
            "The encoder's slope has the picture at its right, not the code.", gives: parts.codeForX
          ),
          Misconception(
            "You took the reconstruction for what is left over: r = x − W2 h.",
            gives: parts.encoderOfOutput),
        ], notFinite: dividesByZero)
      try expectClose(
        got.decoder, w2, tolerance: tolerance, "The gradient in the decoder is another.", on: input,
        misconceptions: scaled(w2, "decoder") + [
          Misconception(
            "In the decoder's slope you took the reconstruction for what is left over: r = x − W2 h.",
            gives: parts.decoderOfOutput),
          Misconception(
            "The decoder's slope has the code at its right, not the picture.",
            gives: parts.pictureForCode),
        ], notFinite: dividesByZero)
    }
    try checkFirst(
      { try check([[1, 0]], [[1], [1]], [[1, 0], [0, 2]]) },
      toldApartBy: [
        {
          try check(
            [[1, 0.5, -1], [0.5, -1, 2]], [[1, 0.5], [0.25, -1], [1.5, 0.5]],
            [[1, 2, 0.5], [-1, 1, 1], [0.5, 0, 2], [2, -1, -0.5]])
        }
      ])
    // The identity loses nothing; a picture that comes twice counts twice; a code wider than pictures.
    try check([[1, 0], [0, 1]], [[1, 0], [0, 1]], [[1, 2], [3, -1]])
    try unfriendly(.equalRows) { try check([[1, 1]], [[0.5], [1]], [[1, 2], [1, 2], [0, 1]]) }
    try unfriendly(.edges) {
      try check([[1], [2], [-1]], [[0.5, 0.25, 1]], [[2], [3]])
      try check([[0, 0]], [[0], [0]], [[1, 2]])
    }
    try check([[0.5, -0.5]], [[0.5], [-0.5]], [[100.5, 100], [101, 100]])
    try unfriendly(.sizes) {
      var random = Random(seed: 255)
      for width in Family.widths {
        func rows(_ count: Int, _ width: Int) -> [[Float]] {
          (0..<count).map { _ in NegativeSamplingOracle.calm(width, &random) }
        }
        try check(rows(2, width), rows(width, 2), rows(3, width))
      }
    }
    try randomCases(10, seed: 252) { random, size in
      let numbers = size < 9 ? size + 1 : 17
      func rows(_ count: Int, _ width: Int) -> [[Float]] {
        (0..<count).map { _ in
          NegativeSamplingOracle.calm(width, &random)
        }
      }
      let code = 1 + size % 4
      try check(rows(code, numbers), rows(numbers, code), rows(2 + size % 3, numbers))
    }
  }

  static func turned(_ rows: [[Float]]) -> [[Float]] {
    (rows.first ?? []).indices.map { column in rows.map { $0[column] } }
  }

  static func product(_ a: [[Float]], _ b: [[Float]]) -> [[Float]] {
    a.map { row in
      turned(b).map { column in zip(row, column).map { $0 * $1 }.reduce(0, +) }
    }
  }

  // MARK: Another code

  private static func checkMixed(_ functions: Chapter2Functions) throws {
    /// The decoder is made from the one that is expected, W2 = D G: no inverse is needed.
    func check(_ encoder: [[Float]], expected: [[Float]], _ mix: [[Float]]) throws {
      let decoder = product(expected, mix)
      let input = "encoder \(text(encoder)), decoder \(text(decoder)), mix \(text(mix))"
      let got = try answer(on: input) { try functions.mixed(encoder, decoder, mix) }
      let isSquare = encoder.count == encoder[0].count
      var encoderIdeas = [
        Misconception(
          "Your encoder is the old one; its code is to be G times as before.", gives: encoder),
        Misconception(
          "You mixed with G turned over: each new code number is a row of G times the old code.",
          gives: product(turned(mix), encoder)),
      ]
      // G times the inverse of G is 1: that tells who has it, without computing it.
      let isShaped = got.encoder.map(\.count) == encoder.map(\.count)
      let hasInverse =
        isShaped && isClose(product(mix, got.encoder), encoder, tolerance: 1e-3)
      let isSwapped =
        hasInverse && isClose(got.decoder, product(decoder, mix), tolerance: 1e-3)
      let other = got.encoder + [[]]
      encoderIdeas += [
        Misconception(
          "G and its inverse stand in each other's place: the new code is G h, so W1 gets G, and W2 the "
            + "inverse.", gives: isSwapped ? got.encoder : other),
        Misconception(
          "Your encoder has the inverse of G; its code is to be G times as before.",
          gives: hasInverse && !isSwapped ? got.encoder : other),
      ]
      if isSquare {
        encoderIdeas.append(
          Misconception(
            "You multiplied on the wrong side: the code is mixed after the encoder, G W1.",
            gives: product(encoder, mix)))
      }
      // Sums of a few products of quarters.
      try expectClose(
        got.encoder, product(mix, encoder), tolerance: 1e-4, "The new encoder is another.",
        on: input,
        misconceptions: encoderIdeas, notFinite: dividesByZero)
      var ideas = [
        Misconception(
          "Your decoder is the old one; it has to undo the mixing.", gives: decoder),
        Misconception(
          "Your decoder mixes once more; it has to undo the mixing, with the inverse of G.",
          gives: product(decoder, mix)),
        Misconception(
          "You took G turned over for its inverse: so it is for rotations alone.",
          gives: product(decoder, turned(mix))),
        Misconception(
          "You divided by the numbers of the diagonal: G has others, too.",
          gives: decoder.map { row in row.indices.map { row[$0] / mix[$0][$0] } }),
        Misconception(
          "You turned over each number of G; the inverse of a matrix is another thing.",
          gives: product(decoder, mix.map { $0.map { 1 / $0 } })),
        Misconception(
          "You turned over each number of G; the inverse of a matrix is another thing.",
          gives: product(decoder, mix.map { $0.map { $0 == 0 ? 0 : 1 / $0 } })),
        Misconception(
          "A 0 stands in the corner of G, and your elimination divides by it: swap rows first.",
          gives: mix[0][0] == 0 ? decoder.map { $0.map { _ in .nan } } : expected),
      ]
      if mix.count == 2 {
        let adjugate = [[mix[1][1], -mix[0][1]], [-mix[1][0], mix[0][0]]]
        ideas.append(
          Misconception(
            "The determinant is missing from your inverse.", gives: product(decoder, adjugate)))
      }
      // Elimination in a Float loses some digits; the mixes are far from singular.
      try expectClose(
        got.decoder, expected, tolerance: 5e-4, "The new decoder is another.", on: input,
        misconceptions: ideas, notFinite: dividesByZero)
    }
    try checkFirst(
      { try check([[1, 0], [0, 1]], expected: [[1, -0.5], [0, 0.5]], [[1, 1], [0, 2]]) },
      toldApartBy: [
        {
          try check(
            [[1, 2, -1], [0.5, -1, 1]], expected: [[1, 2], [-1, 0.5], [0.25, 1]],
            [[3, 1], [2, 4]])
        }
      ])
    try check([[1, 2]], expected: [[0.5], [2]], [[4]])
    try check([[1, 2]], expected: [[0.5], [2]], [[-0.125]])
    // A 0 in the corner; one that appears on the way; a rotation; the identity; equal rows of W1.
    try check([[1, 2], [3, 4]], expected: [[1, 2], [-1, 1]], [[0, 1], [1, 0]])
    try check([[1, 2], [3, 4]], expected: [[1, 2], [-1, 1]], [[0, 2], [1, 3]])
    try check(
      [[1, 2], [3, 4], [1, 2]], expected: [[1, 2, 0.5], [-1, 1, 2]],
      [[1, 2, 0], [2, 4, 1], [0, 1, 3]])
    try check([[1, 2], [1, 2]], expected: [[1, 2], [-1, 1]], [[0.6, 0.8], [-0.8, 0.6]])
    try check([[1, 2], [3, 4]], expected: [[1, 2], [-1, 1]], [[1, 0], [0, 1]])
    // Numbers of very different size: the largest of a column first.
    try unfriendly(.scale) {
      try check([[1, 2], [3, 4]], expected: [[1, 2], [-1, 1]], [[1e-6, 1], [1, 1]])
      try check([[1, 2], [3, 4]], expected: [[1, 2], [-1, 1]], [[500, 0], [0, 0.002]])
    }
    func checkDrawn(_ code: Int, _ numbers: Int, _ random: inout Random) throws {
      // A large diagonal, its rows in any order: far from singular.
      let order = random.permutation(code)
      let mix = order.map { place in
        (0..<code).map { $0 == place ? 4 : Float(random.integer(below: 3) - 1) / 4 }
      }
      try check(
        (0..<code).map { _ in NegativeSamplingOracle.quarters(numbers, &random) },
        expected: (0..<numbers).map { _ in NegativeSamplingOracle.quarters(code, &random) }, mix)
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 256)
      // An inverse by cofactors takes code! steps, which are a second for 8 × 8: one of these, and pictures
      // of any width.
      for width in Family.widths { try checkDrawn(1 + (width - 1) % 6, width, &random) }
      for code in [7, 8] { try checkDrawn(code, 2, &random) }
    }
    try randomCases(9, seed: 254) { random, size in
      try checkDrawn(1 + size * 5 / 8, 1 + size % 5, &random)
    }
  }
}
