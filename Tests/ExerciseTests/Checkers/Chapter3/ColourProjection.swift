import TensorCore

extension Chapter3 {
  static let colourProjection = Exercise<Chapter3Functions>(
    "3.2", "Colours without one direction", file: "ColourProjection.swift", kind: .derive,
    minutes: 40, difficulty: 1, section: "A lens that tells the place",
    hints: [
      """
      aᵀa is a table: row i, column j holds the product of a's numbers i and j. a aᵀ is a number, the \
      squared length. Multiply a with B: what comes out? And a colour d with a dᵀ = 0? These two answers \
      are all that the eigenvalues need.
      """,
      """
      B[i][j] = (1 if i = j, else 0) − a[i] a[j] / Σ a². Multiplied with I − s aᵀa / (a aᵀ), a becomes \
      (1 − s) a, and whatever is orthogonal to a stays. d B = d − (d aᵀ / a aᵀ) a: its length over \
      that of d.
      """,
      """
      unit: a / √(Σ a²), in Double, so that tiny and huge numbers have squares
      projection: for each i and j: (i == j ? 1 : 0) − u[i] · u[j]
      eigenvalues: 1 − s and channels − 1 times 1, sorted
      shareLeft: 0 for zeros; else e = d / |d|, t = Σ e u, √(Σ (e − t u)²)
      """,
    ],
    parts: [
      Part("the matrix", points: 2, checkMatrix), Part("eigenvalues", points: 1, checkEigenvalues),
      Part("what is left of a difference", points: 2, checkShare),
    ])

  private static func squares(_ numbers: [Float]) -> Double {
    numbers.reduce(0) { $0 + Double($1) * Double($1) }
  }

  /// A table [channels][channels] by its two indices.
  private static func table(_ size: Int, _ entry: (Int, Int) -> Double) -> [[Float]] {
    (0..<size).map { i in (0..<size).map { j in Float(entry(i, j)) } }
  }

  // MARK: The matrix

  private static func checkMatrix(_ functions: Chapter3Functions) throws {
    func check(_ a: [Float]) throws {
      let input = "direction \(text(a))"
      let got = try answer(on: input) { try functions.projection(a) }
      let n = a.count
      func outer(_ i: Int, _ j: Int) -> Double { Double(a[i]) * Double(a[j]) }
      func one(_ i: Int, _ j: Int) -> Double { i == j ? 1 : 0 }
      let length = squares(a)
      let sum = a.reduce(0) { $0 + Double($1) }
      let absolute = a.reduce(0) { $0 + Double(abs($1)) }
      let paper: [Double] = [-1, 2, -1]
      // Numbers up to 1, from a few roundings.
      try expectClose(
        got, table(n) { one($0, $1) - outer($0, $1) / length }, tolerance: 1e-5,
        "The matrix is another.", on: input,
        misconceptions: [
          Misconception(
            "You did not divide by a aᵀ, the squared length.",
            gives: table(n) { one($0, $1) - outer($0, $1) }),
          Misconception(
            "You divided by the length of a; a aᵀ is its square.",
            gives: table(n) { one($0, $1) - outer($0, $1) / length.squareRoot() }),
          Misconception(
            "You divided by the sum of a's numbers; a aᵀ is the sum of their squares.",
            gives: table(n) { one($0, $1) - outer($0, $1) / sum }),
          Misconception(
            "You divided by the sum of a's absolute numbers; a aᵀ is the sum of their squares.",
            gives: table(n) { one($0, $1) - outer($0, $1) / absolute }),
          Misconception(
            "You divided by the number of channels; a aᵀ is the sum of the squares.",
            gives: table(n) { one($0, $1) - outer($0, $1) / Double(n) }),
          Misconception(
            "This is what is taken out, the part along a; asked for is what is left.",
            gives: table(n) { outer($0, $1) / length }),
          Misconception(
            "This adds the part along a once more; it is to be taken off.",
            gives: table(n) { one($0, $1) + outer($0, $1) / length }),
          Misconception(
            "This takes the part along a off twice, which is a mirror.",
            gives: table(n) { one($0, $1) - 2 * outer($0, $1) / length }),
          Misconception(
            "You took squares on the diagonal alone; aᵀa is a whole table of products.",
            gives: table(n) { one($0, $1) * (1 - outer($0, $1) / length) }),
          Misconception(
            "You took ones for I; it has them on the diagonal and 0 elsewhere.",
            gives: table(n) { 1 - outer($0, $1) / length }),
          Misconception(
            "This is the matrix of (−1, 2, −1), whatever the direction.",
            gives: table(3) { one($0, $1) - paper[$0] * paper[$1] / 6 }),
        ])
    }
    try checkFirst({ try check([0, 2, 0]) }, toldApartBy: [{ try check([1, -2, 5]) }])
    try check([-1, 2, -1])
    try check([1, 2, 5])
    try check([1, -1])
    try unfriendly(.edges) {
      try check([3])
      try check([0, 0, -0.5])
    }
    try unfriendly(.sizes) {
      for width in Family.widths + [70] { try check((0..<width).map { Float(($0 * 5) % 7) - 2.5 }) }
    }
    try unfriendly(.scale) {
      // Their squares are no Floats.
      try check([1e25, 2e25, -1e25])
      try check([1e-25, 0, 3e-25])
    }
    try randomCases(8, seed: 321) { random, size in
      try check((0..<(size < 4 ? 3 : size)).map { _ in random.normal() })
    }
  }

  // MARK: Eigenvalues

  private static func checkEigenvalues(_ functions: Chapter3Functions) throws {
    func check(_ a: [Float], _ s: Float) throws {
      let input = "direction \(text(a)), strength \(text(s))"
      let got = try answer(on: input) { try functions.eigenvalues(a, s) }
      let (n, length) = (a.count, Float(squares(a)))
      func ones(_ count: Int, _ others: Float...) -> [Float] {
        ([Float](repeating: 1, count: max(0, count)) + others).sorted()
      }
      // One subtraction, or what an iteration leaves over.
      try expectClose(
        got, ones(n - 1, 1 - s), tolerance: 1e-5, "The eigenvalues are others.", on: input,
        misconceptions: [
          Misconception(
            "You left the strength out: this is its 1.", gives: ones(n - 1, 0)),
          Misconception(
            "The eigenvalues are right, but not from the smallest to the largest.",
            gives: [1 - s] + [Float](repeating: 1, count: n - 1)),
          Misconception(
            "The eigenvalues are right, but not from the smallest to the largest.",
            gives: [Float](repeating: 1, count: n - 1) + [1 - s]),
          Misconception(
            "These belong to what is taken out, s aᵀa / (a aᵀ).",
            gives: ([s] + [Float](repeating: 0, count: n - 1)).sorted()),
          Misconception(
            "One direction is made fainter, a; all orthogonal to it stay. In your answer it is the other way "
              + "round.", gives: ([1] + [Float](repeating: 1 - s, count: n - 1)).sorted()),
          Misconception(
            "a becomes 1 − s times what it was; your answer has s in its place.",
            gives: ones(n - 1, s)),
          Misconception(
            "The part along a is taken off, not added: 1 − s.", gives: ones(n - 1, 1 + s)),
          Misconception(
            "Your eigenvalue depends on the length of a: divide by a aᵀ.",
            gives: ones(n - 1, 1 - s * length)),
          Misconception(
            "These are the numbers on the diagonal; only of a diagonal matrix are they eigenvalues.",
            gives: a.map { 1 - s * $0 * $0 / length }.sorted()),
          Misconception(
            "Each eigenvalue stands there once in your answer; one with several directions stands there as "
              + "often.", gives: n > 1 ? ones(1, 1 - s) : [1 - s]),
          Misconception(
            "There are as many eigenvalues as channels; yours are always three.",
            gives: ones(2, 1 - s)),
        ])
    }
    try checkFirst(
      { try check([1, -1], 0.75) },
      toldApartBy: [{ try check([1, 2, -4, 1], 0.75) }, { try check([1, 2, 4], -0.5) }])
    try check([-1, 2, -1], 1)
    try unfriendly(.edges) {
      // Nothing is taken out; a mirror; a single channel.
      try check([-1, 2, -1], 0)
      try check([-1, 2, -1], 2)
      try check([4], 0.25)
      try check([4], 1)
    }
    try unfriendly(.sizes) {
      for width in Family.widths + [70] {
        try check((0..<width).map { Float($0 % 9) - 0.5 }, 0.625)
      }
    }
    try randomCases(6, seed: 322) { random, size in
      try check((0..<(2 + size)).map { _ in random.normal() }, random.uniform(-1..<2))
    }
  }

  // MARK: A difference

  private static func checkShare(_ functions: Chapter3Functions) throws {
    func check(_ d: [Float], _ a: [Float]) throws {
      let input = "difference \(text(d)), direction \(text(a))"
      let got = try answer(on: input) { try functions.shareLeft(d, a) }
      let whole = squares(d).squareRoot()
      let product = zip(d, a).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      let rest = zip(d, a).map { Double($0) - product / squares(a) * Double($1) }
      let left = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let cosine = abs(product) / squares(a).squareRoot() / whole
      func absolute(_ numbers: [Double]) -> Double { numbers.reduce(0) { $0 + abs($1) } }
      // A number up to 1, from a few roundings.
      try expectClose(
        got, whole == 0 ? 0 : Float(left / whole), tolerance: 1e-5, "The share is another.",
        on: input,
        misconceptions: whole == 0
          ? [
            Misconception(
              "You divided by the length of a difference that is none; nothing is left of it: 0.",
              gives: .nan),
            Misconception("Of no difference nothing is left, 0, and not all.", gives: 1),
          ]
          : [
            Misconception(
              "This is the share along a, which is lost; asked for is what is left.",
              gives: Float(cosine)),
            Misconception(
              "Shares of lengths do not add up to 1; their squares do.", gives: Float(1 - cosine)),
            Misconception(
              "This is the share of the squared length; take the root.",
              gives: Float(left * left / whole / whole)),
            Misconception(
              "This is the length that is left; divide it by the length before.",
              gives: Float(left)),
            Misconception(
              "You divided the squared length by the length.", gives: Float(left * left / whole)),
            Misconception(
              "You added absolute numbers; a length is the root of the sum of squares.",
              gives: Float(absolute(rest) / absolute(d.map(Double.init)))),
            Misconception(
              "You took the direction's part off without dividing by a aᵀ.",
              gives: Float(
                squares(zip(d, a).map { $0 - Float(product) * $1 }).squareRoot() / whole)),
          ])
    }
    try checkFirst(
      { try check([3, 4], [0, 1]) },
      toldApartBy: [
        { try check([3, 1, -2], [1, 2, 2]) }, { try check([0, 3, 1], [-1, 2, -1]) },
      ])
    // Red against blue, grey, a itself.
    try check([1, 0, -1], [-1, 2, -1])
    try check([0.5, 0.5, 0.5], [-1, 2, -1])
    try check([3, -6, 3], [-1, 2, -1])
    try unfriendly(.edges) {
      try check([0, 0, 0], [-1, 2, -1])
      try check([2], [-3])
    }
    try unfriendly(.nearTies) {
      // Nearly along a: 1 − cos² has no digits left.
      try check([1, 2, 2.0005], [1, 2, 2])
      try check([0.7, -0.3, 0.1], [0.7, -0.3, 0.1001])
      try check([0.1, 0.7, 0.3], [0.1, 0.7, 0.3])
      try check([0.3, 0.1, 0.9], [0.1, 0.1 / 3, 0.3])
    }
    try unfriendly(.scale) {
      try check([3e25, 1e25, -2e25], [1, 2, 2])
      try check([3e-25, 1e-25, -2e-25], [1, 2, 2])
      try check([3, 1, -2], [1e25, 2e25, 2e25])
      try check([3, 1, -2], [1e-25, 2e-25, 2e-25])
    }
    try unfriendly(.sizes) {
      for width in Family.widths where width > 1 {
        try check((0..<width).map { Float($0 % 3) + 1 }, (0..<width).map { Float($0) - 2.5 })
      }
    }
    try randomCases(8, seed: 323) { random, size in
      func row() -> [Float] { (0..<(size < 4 ? 3 : size)).map { _ in random.normal() } }
      try check(row(), row())
    }
  }
}
