import CourseData
import TensorCore

extension Chapter3 {
  static let pairLabels = Exercise<Chapter3Functions>(
    "3.4", "Turned, mirrored, counted", file: "PairLabels.swift", kind: .derive, minutes: 35,
    difficulty: 2, section: "The task, detail by detail",
    hints: [
      """
      Turn a label into steps, (down, across) with −1, 0 or 1 each; change the steps; turn them back \
      into a label. For the count: in a grid of five columns, how many cells have a right neighbour? \
      How many have one below to the right?
      """,
      """
      The other way round both steps change their sign; in the mirror the step across does; a quarter \
      to the right turns (down, across) into (across, −down). A step across is possible from columns \
      − 1 columns, a step down from rows − 1 rows, a diagonal one from (rows − 1)(columns − 1) cells.
      """,
      """
      steps: n = label, one more from 4 on; (n / 3 − 1, n % 3 − 1)
      label: n = 3 (down + 1) + across + 1, one less behind 4
      labelShares: counts: left and right rows · (columns − 1), up and down (rows − 1) · columns, \
      diagonals (rows − 1)(columns − 1); each over the sum of the eight, 0 if that is 0
      """,
    ],
    parts: [
      Part("the other way round", points: 1, checkExchange),
      Part("in the mirror", points: 1, checkMirror),
      Part("after a quarter turn", points: 1, checkTurn),
      Part("labels in a grid", points: 2, checkShares),
    ])

  // MARK: Labels of moved pictures

  /// What a change of the steps makes of the eight labels.
  private static func labels(
    _ change: (_ down: Int, _ across: Int) -> (Int, Int)
  ) -> [Int] {
    let steps = (0..<8).map { PatchLayout.direction($0) }
    return steps.map { step in
      let moved = change(step.down, step.across)
      return steps.firstIndex { $0 == moved }!
    }
  }

  private static func check(
    _ expected: [Int], _ what: String, _ ideas: [(sentence: String, gives: [Int])],
    _ function: (Int) throws -> Int
  ) throws {
    let got = try (0..<8).map { label in try answer(on: "label \(label)") { try function(label) } }
    let why = Guesses.name(
      isRight: got == expected, ideas.map { ($0.sentence, $0.gives == got) })
    // The first label that is wrong: the others are the learner's to find.
    guard let wrong = got.indices.first(where: { got[$0] != expected[$0] }) else { return }
    throw Wrong(
      what, expected: "\(expected[wrong])", got: "\(got[wrong])", on: "label \(wrong)", why: why)
  }

  private static let plain = Array(0..<8)
  private static let exchanged = labels { (-$0, -$1) }
  private static let mirrored = labels { ($0, -$1) }
  private static let upsideDown = labels { (-$0, $1) }
  private static let turnedRight = labels { ($1, -$0) }
  private static let turnedLeft = labels { (-$1, $0) }
  private static let transposed = labels { ($1, $0) }
  private static let unchanged = "The label stays what it was in your answer."
  private static let rowByRow =
    "You counted as if labels went around the middle; they run row by row, so adding to a label does not "
    + "turn it."

  private static func checkExchange(_ functions: Chapter3Functions) throws {
    try check(
      exchanged, "The other way round it is another label.",
      [
        (unchanged, plain), (rowByRow, plain.map { ($0 + 4) % 8 }),
        ("Eight labels, from 0 to 7: label 0 becomes 7, not 8.", plain.map { 8 - $0 }),
        ("This is the mirror's label: exchanged patches change up and down as well.", mirrored),
        ("You changed up and down alone; left and right change as well.", upsideDown),
      ]
    ) { try functions.labelTheOtherWayRound($0) }
  }

  private static func checkMirror(_ functions: Chapter3Functions) throws {
    try check(
      mirrored, "In the mirrored picture it is another label.",
      [
        (unchanged, plain),
        (
          "This is upside down: above and below have changed places, not left and right.",
          upsideDown
        ),
        ("This is the label of a half turn; a mirror leaves above what is above.", exchanged),
        ("You mirrored along the diagonal, rows for columns.", transposed),
        (
          "You took the remainder of the label by 3, but the middle has no label.",
          plain.map { $0 / 3 * 3 + 2 - $0 % 3 }
        ),
      ]
    ) { try functions.labelInTheMirror($0) }
  }

  private static func checkTurn(_ functions: Chapter3Functions) throws {
    try check(
      turnedRight, "In the turned picture it is another label.",
      [
        (unchanged, plain),
        ("You turned to the left; turn as the hands of a clock go.", turnedLeft),
        ("This is half a turn.", exchanged),
        ("You exchanged rows for columns, which is a mirror along the diagonal.", transposed),
        (rowByRow, plain.map { ($0 + 2) % 8 }),
        ("You mirrored left and right; nothing is turned so.", mirrored),
      ]
    ) { try functions.labelAfterAQuarterTurn($0) }
  }

  // MARK: Labels of a grid

  /// How often each label comes, pair by pair, with a weight for the pairs of a cell by how many it has.
  private static func counted(
    _ rows: Int, _ columns: Int, wraps: Bool = false,
    weight: (_ neighbours: Int) -> Double = { _ in 1 }
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: 8)
    for cell in 0..<rows * columns {
      let own = (0..<8).filter { label in
        let step = PatchLayout.direction(label)
        return wraps
          || (0..<rows).contains(cell / columns + step.down)
            && (0..<columns).contains(cell % columns + step.across)
      }
      for label in own { sums[label] += weight(own.count) }
    }
    return sums
  }

  private static func shares(_ counts: [Double], of total: Double? = nil) -> [Float] {
    let total = total ?? counts.reduce(0, +)
    return counts.map { Float($0 / total) }
  }

  private static func checkShares(_ functions: Chapter3Functions) throws {
    func check(_ rows: Int, _ columns: Int, _ expected: [Float]? = nil) throws {
      let input = "rows \(rows), columns \(columns)"
      let got = try answer(on: input) { try functions.labelShares(rows, columns) }
      let isSmall = rows * columns < 500
      let counts = isSmall ? counted(rows, columns) : []
      let total = counts.reduce(0, +)
      var ideas: [Misconception<[Float]>] = []
      if isSmall, total == 0 {
        ideas = [
          Misconception(
            "You divided by a number of pairs that is 0; without pairs all shares are 0.",
            gives: [Float](repeating: .nan, count: 8))
        ]
      } else if isSmall {
        let straight = (0..<8).map { [1, 3, 4, 6].contains($0) ? counts[$0] : 0 }
        ideas = [
          Misconception(
            "You took all eight labels for equally frequent; cells at the border lack neighbours.",
            gives: [Float](repeating: 0.125, count: 8)),
          Misconception(
            "Rows and columns have changed places in your counts.",
            gives: shares(counted(columns, rows))),
          Misconception(
            "These are numbers of pairs; asked for are shares of all pairs.",
            gives: counts.map { Float($0) }),
          Misconception(
            "You divided by the number of cells; divide by the number of pairs.",
            gives: shares(counts, of: Double(rows * columns))),
          Misconception(
            "Two neighbours are two pairs, one in either order; you counted one.",
            gives: shares(counts.enumerated().map { $0 > 3 ? $1 : 0 })),
          Misconception(
            "You divided by the number of neighbours regardless of their order: your shares have the sum 2.",
            gives: shares(counts, of: total / 2)),
          Misconception(
            "You drew a cell and then one of its neighbours, which makes pairs at the border likelier; here "
              + "all pairs count alike.",
            gives: shares(counted(rows, columns) { $0 == 0 ? 0 : 1 / Double($0) })),
          Misconception(
            "Diagonal neighbours are missing from your counts.", gives: shares(straight)),
        ]
      }
      // Quotients of whole numbers; the limits of long strips are off by about 1e-6.
      try expectClose(
        got, expected ?? (total == 0 ? counts.map { _ in 0 } : shares(counts)), tolerance: 1e-5,
        "The shares are others.", on: input, misconceptions: ideas)
    }
    try checkFirst({ try check(2, 2) }, toldApartBy: [{ try check(3, 5) }])
    try check(3, 3)
    try check(4, 3)
    try unfriendly(.edges) {
      try check(1, 1)
      try check(1, 2)
      try check(1, 7)
      try check(6, 1)
    }
    try unfriendly(.sizes) {
      for side in Family.widths { try check(side, 18 - side) }
      try check(70, 3)
      try check(2, 65)
    }
    try unfriendly(.scale) {
      // Of a long strip each cell but those at the ends has as many neighbours as its row lets it.
      for rows in [2, 3, 9] {
        let all = Double(8 * rows - 6)
        let straight = Double(rows) / all
        let inner = Double(rows - 1) / all
        try check(
          rows, 1_000_000,
          [inner, inner, inner, straight, straight, inner, inner, inner].map { Float($0) })
      }
      try check(1_000_000, 1_000_000, [Float](repeating: 0.125, count: 8))
    }
    try randomCases(6, seed: 341) { random, size in
      try check(1 + random.integer(below: 2 + 2 * size), 1 + random.integer(below: 2 + 2 * size))
    }
  }
}
