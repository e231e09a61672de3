import TensorCore

extension Chapter2 {
  static let continuousBagOfWords = Exercise<Chapter2Functions>(
    "2.3", "The window predicts the word", file: "ContinuousBagOfWords.swift", kind: .extend,
    minutes: 40, difficulty: 2, section: "Words",
    hints: [
      """
      Call the mean of the window h. From h on everything is as for one pair of skip-gram. What does h \
      do if one number of one word's vector grows by 0.01, in a window of four words?
      """,
      """
      h = (1/C) Σ rows, so ∂h/∂row = 1/C and ∂loss/∂row = (1/C) ∂loss/∂h, the same for each place. \
      ∂loss/∂u = (σ(h·u) − 1) h, ∂loss/∂n = σ(h·n) h. In the table a word that stands at two places \
      gets the slopes of both, added.
      """,
      """
      windowWords: places max(0, place − halfWidth)…min(last, place + halfWidth) without `place`
      bagOfWords: empty window: zeros; h = mean of its rows; pair = skipGramPair(h, center, negatives);
      every row of the window gets pair.center / C
      tableGradient: zeros like the table; for each word of the window: its row += its slope
      """,
    ],
    parts: [
      Part("who stands in the window", points: 1, checkWindowWords),
      Part("the loss of a window", points: 2, checkLoss),
      Part("the gradient in every vector", points: 3, checkGradient),
      Part("the gradient in the table", points: 2, checkTable),
    ])

  private typealias Oracle = NegativeSamplingOracle
  private typealias Ideas = WindowIdeas

  // MARK: The loss

  private static func shown(_ window: [[Float]], _ u: [Float], _ negatives: [[Float]]) -> String {
    "window \(text(window)), center \(text(u)), negatives \(text(negatives))"
  }

  private static func doubles(_ rows: [[Float]]) -> [[Double]] { rows.map { $0.map(Double.init) } }

  private static func checkLoss(
    _ functions: Chapter2Functions, _ window: [[Float]], _ u: [Float], _ negatives: [[Float]]
  ) throws {
    let input = shown(window, u, negatives)
    let got = try answer(on: input) { try functions.bagOfWords(window, u, negatives) }.loss
    let rows = doubles(window)
    if window.isEmpty {
      return try expectClose(
        got, 0, tolerance: 0, "Without words in the window there is nothing to learn.", on: input,
        misconceptions: [
          Misconception("You divided by the number of words, which is 0.", gives: .nan),
          Misconception(
            "You took zeros for the mean of no words; nothing was predicted, and the loss is 0.",
            gives: Float(Double(1 + negatives.count) * Oracle.softplus(0))),
        ])
    }
    let expected = Float(Ideas.pair(Ideas.mean(rows), u, negatives).loss)
    // Scores are exact or nearly so; each of some logarithms adds a rounding error.
    try expectClose(
      got, expected, tolerance: 1e-5, "The loss is another.", on: input,
      misconceptions: Ideas.loss(rows, u, negatives),
      notFinite: overflows(takeExpOfNegatives))
  }

  private static let telling: (window: [[Float]], u: [Float], negatives: [[Float]]) = (
    [[2, 1, -1], [0.5, -1, 2], [1, 1.5, 0.5], [0.5, -1.5, -1]], [1, 0.5, -0.5],
    [[1, 1, 0.25], [-1, 0.5, 0.25], [0.5, -1, -1.5]]
  )

  private static func large(
    _ functions: Chapter2Functions,
    _ check: ([[Float]], [Float], [[Float]])
      throws -> Void
  ) throws {
    try unfriendly(.stability) {
      try check([[10, 30], [30, 10]], [20, -30], [[1, 0]])
      try check(
        [[10, 10], [30, -10]], [20, 30], [[0.5, -0.25], [-20, 1], [30, 0], [0.25, 0.5]])
      try check([[10, 10], [30, -10]], [-20, 30], [[-30, 0], [0.25, 0.5]])
    }
  }

  /// Windows and negatives of each number, vectors of each width.
  private static func sizes(
    _ check: ([[Float]], [Float], [[Float]]) throws -> Void, seed: UInt64
  ) throws {
    var random = Random(seed: seed)
    try unfriendly(.sizes) {
      for count in Family.widths {
        func rows(_ count: Int, _ width: Int) -> [[Float]] {
          (0..<count).map { _ in Oracle.calm(width, &random) }
        }
        try check(rows(count, 2), rows(1, 2)[0], rows(count, 2))
        try check(rows(2, count), rows(1, count)[0], rows(1, count))
      }
    }
  }

  private static func checkLoss(_ functions: Chapter2Functions) throws {
    func check(_ window: [[Float]], _ u: [Float], _ negatives: [[Float]]) throws {
      try checkLoss(functions, window, u, negatives)
    }
    try checkFirst(
      { try check([[2, 0], [0, 2]], [1, -1], [[2, 0]]) },
      toldApartBy: [{ try check(telling.window, telling.u, telling.negatives) }])
    try check([[1, 2]], [0.5, 1], [[1, 1]])
    try unfriendly(.equalRows) {
      try check([[1, 2], [1, 2], [3, 0], [1, 2]], [0.5, 1], [[1, 1], [0.5, 0], [1, 1]])
    }
    try unfriendly(.chance) {
      // The first word and the last again, among others.
      try check([[1, 2], [0.5, 0], [1, 1], [0, 1]], [0.5, 1], [[1, 1]])
      try check([[1, 2], [2, -1], [1, 1], [0, 1]], [0.5, 1], [[1, 1]])
    }
    try unfriendly(.edges) {
      try check([[1, 2], [0.5, 1]], [0.5, 1], [])
      try check([], [1, -1], [[2, 0], [1, 1]])
    }
    try large(functions, check)
    try sizes(check, seed: 236)
    try randomCases(11, seed: 232) { random, size in
      let width = size < 9 ? size + 1 : 17
      // A power of two for the number of words, and their mean is exact.
      let words = [1, 2, 4, 8][size % 4]
      func row() -> [Float] { Oracle.calm(width, &random) }
      try check((0..<words).map { _ in row() }, row(), (0..<(size * 3 % 5)).map { _ in row() })
    }
    try randomCases(4, seed: 233) { random, size in
      func row() -> [Float] { Oracle.quarters(2, &random) }
      try check((0..<[3, 5, 7, 10][size]).map { _ in row() }, row(), [row(), row()])
    }
  }

  // MARK: The gradient

  private static func checkGradient(
    _ functions: Chapter2Functions, _ window: [[Float]], _ u: [Float], _ negatives: [[Float]]
  ) throws {
    let input = shown(window, u, negatives)
    let got = try answer(on: input) { try functions.bagOfWords(window, u, negatives) }
    let rows = doubles(window)
    let h = window.isEmpty ? u.map { _ in 0 } : Ideas.mean(rows)
    var oracle = Ideas.pair(h, u, negatives)
    if window.isEmpty { (oracle.data, oracle.noise) = ({ _ in 0 }, { _ in 0 }) }
    let expected = oracle.gradient
    let inWindow = Oracle.differences(rows) { pair64(Ideas.mean($0), oracle).loss }
    let sum = Ideas.mean(rows, over: 1)
    func times(_ weight: Double, _ vector: [Double]) -> [Float] {
      vector.map { Float(weight * $0) }
    }
    // A mean and a σ round, and some sums of numbers below some hundreds.
    try expectClose(
      got.window, inWindow, tolerance: 2e-5, "The gradient in the window is another.", on: input,
      misconceptions: window.isEmpty ? [] : Ideas.window(rows, u, negatives, inWindow),
      notFinite: overflows(takeExpOfNegatives))
    try expectClose(
      got.center, expected.context, tolerance: 2e-5, "The gradient in the center is another.",
      on: input,
      misconceptions: window.isEmpty
        ? []
        : [
          Misconception(Ideas.downhill + "center.", gives: expected.context.map { -$0 }),
          Misconception(
            "You multiplied with the sum of the window's vectors; the slope in u has their mean.",
            gives: times(oracle.pull, sum)),
          Misconception(
            "You multiplied with the center itself; its slope has the mean of the window.",
            gives: times(oracle.pull, oracle.context)),
          Misconception(
            "You gave back the slope of the mean for that of the center.", gives: expected.center),
          Misconception(
            "You divided the center's slope by the number of words; it has no share in the mean.",
            gives: expected.context.map { $0 / Float(rows.count) }),
          Misconception(
            "The slope of −log σ(s) is σ(s) − 1; the 1 is missing in your answer.",
            gives: times(oracle.pull + 1, h)),
        ], notFinite: overflows(takeExpOfNegatives))
    func each(_ row: (Int) -> [Float]) -> [[Float]] { negatives.indices.map(row) }
    let pushes = oracle.pushes
    try expectClose(
      got.negatives, expected.negatives, tolerance: 2e-5,
      "The gradient in the negatives is another.", on: input,
      misconceptions: negatives.isEmpty || window.isEmpty
        ? []
        : [
          Misconception(Ideas.downhill + "negatives.", gives: each { times(-pushes[$0], h) }),
          Misconception(
            "You multiplied with the sum of the window's vectors; a negative's slope has their mean.",
            gives: each { times(pushes[$0], sum) }),
          Misconception(
            "You multiplied with the negatives themselves; their slopes have the mean of the window.",
            gives: each { times(pushes[$0], oracle.negatives[$0]) }),
          Misconception(
            "You divided the negatives' slopes by the number of words; they have no share in the mean.",
            gives: each { times(pushes[$0] / Double(rows.count), h) }),
          Misconception(
            "You divided each negative's slope by their number; the loss has their sum.",
            gives: each { times(pushes[$0] / Double(negatives.count), h) }),
        ], notFinite: overflows(takeExpOfNegatives))
  }

  /// The same negatives and center with another mean, all in `Double`.
  private static func pair64(_ h: [Double], _ oracle: Oracle) -> Oracle {
    var moved = oracle
    moved.center = h
    return moved
  }

  private static func checkGradient(_ functions: Chapter2Functions) throws {
    func check(_ window: [[Float]], _ u: [Float], _ negatives: [[Float]]) throws {
      try checkGradient(functions, window, u, negatives)
    }
    try checkFirst(
      { try check([[2, 0], [0, 2]], [1, -1], [[2, 0]]) },
      toldApartBy: [{ try check(telling.window, telling.u, telling.negatives) }])
    try check([[1, 2]], [0.5, 1], [[1, 1]])
    try unfriendly(.chance) {
      // The first word and the last again, among others.
      try check([[1, 2], [0.5, 0], [1, 1]], [0.5, 1], [[1, 1]])
      try check([[1, 2], [2, -1], [1, 1]], [0.5, 1], [[1, 1]])
    }
    try unfriendly(.equalRows) {
      // A word that stands there twice, as a copy of a word's vector, and negatives drawn twice.
      try check([[1, 2], [1, 2], [3, 0], [1, 2]], [0.5, 1], [[1, 1], [0.5, 0], [1, 1]])
    }
    try unfriendly(.edges) {
      try check([[1, 2], [0.5, 1]], [0.5, 1], [])
      try check([], [1, -1], [[2, 0], [1, 1]])
    }
    try large(functions, check)
    try sizes(check, seed: 237)
    try randomCases(11, seed: 234) { random, size in
      let width = size < 9 ? size + 1 : 17
      func row() -> [Float] { Oracle.calm(width, &random) }
      let words = (0..<(1 + size)).map { _ in row() }
      try check(words, row(), (0..<(size * 3 % 5)).map { _ in row() })
    }
  }

  // MARK: The table

  private static func checkTable(_ functions: Chapter2Functions) throws {
    func check(_ table: [[Float]], _ words: [Int], _ u: [Float], _ negatives: [[Float]]) throws {
      let input =
        "table \(text(table)), words \(text(words)), center \(text(u)), negatives "
        + text(negatives)
      let got = try answer(on: input) { try functions.tableGradient(table, words, u, negatives) }
      let all = doubles(table)
      let oracle = Ideas.pair(u.map { _ in 0 }, u, negatives)
      let expected =
        words.isEmpty
        ? table.map { $0.map { _ in Float(0) } }
        : Oracle.differences(all) { rows in pair64(Ideas.mean(words.map { rows[$0] }), oracle).loss
        }
      let count = Float(max(1, words.count))
      let times = table.indices.map { row in Float(max(1, words.count { $0 == row })) }
      func each(_ row: (Int) -> [Float]) -> [[Float]] { table.indices.map(row) }
      let slope = words.first.map { word in expected[word].map { $0 / times[word] } } ?? []
      var ideas = [
        Misconception(Ideas.undivided, gives: each { row in expected[row].map { $0 * count } }),
        Misconception(
          "A word that stands at two places got the slope of one: add, and do not put the second in the "
            + "place of the first.", gives: each { row in expected[row].map { $0 / times[row] } }),
        Misconception(
          "A word that stands at two places got the slope of one, and undivided.",
          gives: each { row in expected[row].map { $0 / times[row] * count } }),
        Misconception(
          "These are the slopes of the window's places; the result has a row for each word of the "
            + "table.", gives: words.map { _ in slope }),
        Misconception(
          "The slopes stand in the first rows; they belong to the rows of their words.",
          gives: each { $0 < words.count ? slope : slope.map { _ in 0 } }),
        Misconception(
          "Every row of the table gets a slope in your answer; those that are not in the window are 0.",
          gives: each { _ in slope }),
        Misconception(Ideas.downhill + "table.", gives: each { row in expected[row].map { -$0 } }),
        Misconception(
          "You took the step: this is the table minus the gradient.",
          gives: each { row in zip(table[row], expected[row]).map { $0 - $1 } }),
      ]
      let isRight = isClose(got, expected, tolerance: 2e-5)
      if !isRight, !words.isEmpty,
        let own = try? functions.bagOfWords(words.map { table[$0] }, u, negatives).window,
        own.count == words.count
      {
        var sums = table.map { $0.map { _ in Float(0) } }
        for (word, slope) in zip(words, own) { sums[word] = zip(sums[word], slope).map(+) }
        if isClose(got, sums, tolerance: 2e-5) {
          ideas = [
            Misconception(
              "The slopes are those of your bagOfWords, which is not right yet: mend that first.",
              gives: sums)
          ]
        }
      }
      try expectClose(
        got, expected, tolerance: 2e-5, "The gradient in the table is another.", on: input,
        misconceptions: ideas, notFinite: overflows(takeExpOfNegatives))
    }
    try checkFirst(
      { try check([[1, 1], [3, 0], [0, 3], [9, 9]], [1, 2, 0], [1, -1], [[1.5, 0]]) },
      toldApartBy: [
        {
          try check(
            [[1, 1], [3, 0], [0, 3], [0.5, 0.5], [2, 1]], [3, 1, 3, 4], [1, -1],
            [[1.5, 0], [1, 1]])
        }
      ])
    try check([[1, 1], [3, 0]], [0, 0], [1, -1], [[1.5, 0]])
    try unfriendly(.equalRows) {
      // Words whose vectors are equal are different words.
      try check([[1, 1], [1, 1], [3, 0]], [1, 2], [1, -1], [[1.5, 0]])
      try check([[0, 0], [0, 0]], [1], [1, -1], [[1, 0]])
    }
    try unfriendly(.edges) { try check([[1, 1], [3, 0]], [], [1, -1], [[1.5, 0]]) }
    try randomCases(8, seed: 235) { random, size in
      let width = 1 + size
      func row() -> [Float] { Oracle.calm(width, &random) }
      let table = (0..<(size == 7 ? 70 : 2 + size)).map { _ in row() }
      let words = (0..<(1 + size)).map { _ in random.integer(below: table.count) }
      try check(table, words, row(), [row(), row()])
    }
  }
}
