import TensorCore

extension Chapter3 {
  static let patchSampler = Exercise<Chapter3Functions>(
    "3.1", "One pair of patches", file: "PatchSampler.swift", kind: .heart, minutes: 40,
    difficulty: 1, section: "The task, detail by detail",
    hints: [
      """
      Draw three things in a row: the place of the nine, one of eight neighbours, and four small \
      numbers for the two jitters. How far from the upper border must the middle patch stay, so that \
      the one above it can be moved up and still lies in the picture? And from the lower border?
      """,
      """
      With p = size + gap: the middle's row runs from p + jitter to height − p − size − jitter, both \
      included, its column likewise with the width. Among nine places, row by row, the middle is number \
      4; place n lies n / 3 − 1 steps down and n % 3 − 1 across, and its label is n below 4, n − 1 above.
      """,
      """
      row, column = drawn evenly from their ranges
      label = drawn from 0…7; (down, across) = its direction
      move(r, c) = (r + a number from −jitter…jitter, c + another one)
      result: move(row, column), move(row + down · p, column + across · p), label
      """,
    ],
    parts: [
      Part("the second patch lies where the label says", points: 2, checkLabels),
      Part("every place is equally likely", points: 1, checkPlaces),
      Part("each patch has its own jitter", points: 2, checkJitter),
      Part("any picture, any seed", points: 1, checkAll),
    ])

  // MARK: Labels

  private static func checkLabels(_ functions: Chapter3Functions) throws {
    func check(_ pairs: DrawnPairs, _ count: Int) throws {
      var pairs = pairs
      try pairs.draw(count, functions, seed: 311)
      try pairs.expectPossible()
    }
    // One place in a column of six, no jitter: the wrong ideas differ.
    let telling = DrawnPairs(places: (1, 6), size: 4, gap: 3, jitter: 0)
    try checkFirst(
      { try check(DrawnPairs(height: 8, width: 8, size: 2, gap: 1, jitter: 0), 40) },
      toldApartBy: [{ try check(telling, 300) }])
    var many = telling
    try many.draw(4000, functions, seed: 312)
    try many.expectPossible()
    try many.expectEvenLabels()
    try unfriendly(.edges) {
      // Patches of one pixel, patches without a gap.
      try check(DrawnPairs(places: (3, 1), size: 1, gap: 2, jitter: 0), 60)
      try check(DrawnPairs(places: (1, 1), size: 3, gap: 0, jitter: 0), 60)
    }
  }

  // MARK: Places

  private static func checkPlaces(_ functions: Chapter3Functions) throws {
    func check(_ rows: Int, _ columns: Int, _ count: Int) throws {
      var drawn = DrawnPairs(places: (rows, columns), size: 4, gap: 3, jitter: 0)
      try drawn.draw(count, functions, seed: 313)
      try drawn.expectPossible()
      let places = drawn.pairs.map {
        ($0.first.top - drawn.pitch) * columns + $0.first.left - drawn.pitch
      }
      let counts = DrawnPairs.counts(places, below: rows * columns)
      let wrong = DrawnPairs.uneven(counts, of: count)
      let seen = counts.indices.filter { counts[$0] > 0 }
      let (seenRows, seenColumns) = (Set(seen.map { $0 / columns }), Set(seen.map { $0 % columns }))
      let why = Guesses.name(
        isRight: wrong == nil,
        [
          (DrawnPairs.isCopied, drawn.areAllAlike),
          (
            "All draws give one place; all places at which the nine fit are equally likely.",
            seen.count == 1 && !drawn.areAllAlike
          ),
          (
            "The last row or column never comes: from a to b there are b − a + 1 numbers.",
            seen.count > 1 && seenRows.count >= rows - 1 && seenColumns.count >= columns - 1
              && seen.count == seenRows.count * seenColumns.count
              && (!seenRows.contains(rows - 1) || !seenColumns.contains(columns - 1))
          ),
          (
            "The row and the column go together, as from one draw: take two.",
            seen.count < min(rows + columns, seenRows.count * seenColumns.count)
          ),
        ])
      if let wrong {
        throw Wrong(
          "The places are not equally likely.",
          expected: "each some \(count / counts.count) times in \(count) draws",
          got: "the first at (\(drawn.pitch + wrong / columns), \(drawn.pitch + wrong % columns)) "
            + "\(counts[wrong]) times", on: drawn.input, why: why)
      }
      try drawn.expectEvenLabels()
      // Whatever the row, each label is as likely: 24 or more cells.
      let both = drawn.pairs.map { ($0.first.top - drawn.pitch) * 8 + $0.label }
      try expect(
        DrawnPairs.uneven(DrawnPairs.counts(both, below: 8 * rows), of: count) == nil,
        Wrong(
          "The label depends on the place.", expected: "each label equally likely in each row",
          on: drawn.input,
          why: "A network would learn the label from the place: draw one, then the other."))
    }
    try check(3, 5, 4500)
    try check(4, 2, 4000)
    try unfriendly(.sizes) {
      // A large picture, as the paper's: each tenth of its rows and columns comes.
      var drawn = DrawnPairs(places: (300, 1000), size: 96, gap: 48, jitter: 7)
      try drawn.draw(1000, functions, seed: 314)
      try drawn.expectPossible()
      for (name, tenths) in [
        ("row", drawn.pairs.map { ($0.first.top - drawn.pitch) * 10 / 314 }),
        ("column", drawn.pairs.map { ($0.first.left - drawn.pitch) * 10 / 1014 }),
      ] {
        let counts = DrawnPairs.counts(tenths, below: 10)
        // The jitter takes some 20 from the outer tenths; six deviations are 57.
        let wrong = counts.firstIndex { abs($0 - 100) > 80 }
        try expect(
          wrong == nil,
          Wrong(
            "The places are not equally likely.",
            expected: "some 100 of 1,000 in each tenth of the possible \(name)s",
            got: text(counts), on: drawn.input))
      }
    }
  }

  // MARK: Jitter

  private static func checkJitter(_ functions: Chapter3Functions) throws {
    func check(_ drawn: DrawnPairs, _ count: Int) throws {
      var drawn = drawn
      try drawn.draw(count, functions, seed: 315)
      try drawn.expectPossible()
      try expectJitter(drawn)
    }
    // One place for the nine, so that what is left is the jitter.
    try check(DrawnPairs(places: (1, 1), size: 4, gap: 5, jitter: 2), 5000)
    try unfriendly(.edges) {
      // Patches without a gap overlap when they are moved; and no jitter at all.
      try check(DrawnPairs(places: (1, 1), size: 3, gap: 0, jitter: 1), 2000)
      try check(DrawnPairs(places: (1, 1), size: 3, gap: 2, jitter: 0), 50)
    }
  }

  /// Pairs of a picture with one place: the four offsets are within the jitter, even, and independent.
  private static func expectJitter(_ drawn: DrawnPairs) throws {
    let (jitter, count) = (drawn.jitter, drawn.pairs.count)
    let home = drawn.pitch + jitter
    // How far each was moved: first down, first across, second down, second across.
    let moves = drawn.pairs.map { pair in
      let step = DrawnPairs.directions[pair.label]
      return [
        pair.first.top - home, pair.first.left - home,
        pair.second.top - home - step.down * drawn.pitch,
        pair.second.left - home - step.across * drawn.pitch,
      ]
    }
    let names = ["the first down", "the first across", "the second down", "the second across"]
    let kinds = 2 * jitter + 1
    var wrong: (what: String, expected: String, got: String)?
    if let far = moves.first(where: { $0.contains { abs($0) > jitter } }) {
      wrong = (
        "A patch was moved farther than the jitter.", "from −\(jitter) to \(jitter)",
        zip(names, far).map { "\($0) \($1)" }.joined(separator: ", ")
      )
    }
    for one in 0..<4 where wrong == nil {
      let counts = DrawnPairs.counts(moves.map { $0[one] + jitter }, below: kinds)
      if DrawnPairs.uneven(counts, of: count) != nil {
        wrong = (
          "The jitters are not equally likely.", "each some \(count / kinds) times",
          "\(names[one]) by −\(jitter)…\(jitter): \(text(counts))"
        )
      }
    }
    for one in 0..<4 where wrong == nil {
      for other in 0..<one {
        let both = moves.map { ($0[one] + jitter) * kinds + $0[other] + jitter }
        if DrawnPairs.uneven(DrawnPairs.counts(both, below: kinds * kinds), of: count) != nil {
          wrong = (
            "Two jitters depend on each other.", "four draws of their own",
            "\(names[other]) and \(names[one]) in step"
          )
        }
      }
      let both = zip(moves, drawn.pairs).map { ($0[one] + jitter) * 8 + $1.label }
      if wrong == nil,
        DrawnPairs.uneven(DrawnPairs.counts(both, below: kinds * 8), of: count) != nil
      {
        wrong = (
          "A jitter depends on the label.", "each jitter equally likely for each label",
          "\(names[one]), and the label"
        )
      }
    }
    let why = Guesses.name(
      isRight: wrong == nil, jitter == 0 ? [] : jitterIdeas(moves, jitter))
    guard let wrong else { return }
    throw Wrong(wrong.what, expected: wrong.expected, got: wrong.got, on: drawn.input, why: why)
  }

  private static func jitterIdeas(
    _ moves: [[Int]], _ jitter: Int
  ) -> [(sentence: String, fits: Bool)] {
    let numbers = moves.flatMap(\.self)
    let isStill = (0..<4).map { place in moves.allSatisfy { $0[place] == 0 } }
    let isSame = moves.allSatisfy { $0[0] == $0[2] && $0[1] == $0[3] }
    let isDiagonal = moves.allSatisfy { $0[0] == $0[1] && $0[2] == $0[3] }
    let isMoved = isStill == [false, false, false, false]
    let (least, most) = (numbers.min() ?? 0, numbers.max() ?? 0)
    let ends = numbers.count { abs($0) == jitter }
    let zeros = numbers.count { $0 == 0 }
    return [
      ("Your patches are not moved at all.", isStill == [true, true, true, true]),
      (
        "Both patches are moved by the same jitter, which leaves the gap between them always the same; each "
          + "has its own.", isMoved && isSame && !isDiagonal
      ),
      (
        "You move each patch as far across as down: draw two numbers for a patch.",
        isMoved && isDiagonal && !isSame
      ),
      ("Only the second patch is moved.", isStill == [true, true, false, false]),
      ("Only the first patch is moved.", isStill == [false, false, true, true]),
      (
        "You move patches in one direction only; a jitter may be negative.",
        isMoved && (least == 0 || most == 0)
      ),
      (
        "Your jitter never reaches its largest value: from −j to j there are 2j + 1 numbers.",
        isMoved && (most == jitter - 1 && least == -jitter || most == jitter && least == 1 - jitter)
          && !(least == 0 || most == 0)
      ),
      (
        "Small jitters come more often than large ones: do not add two draws.",
        isMoved && !isSame && !isDiagonal && least == -jitter && most == jitter
          && 2 * zeros > 3 * ends / 2
      ),
      (
        "You move patches by more than the jitter in both directions.",
        least < -jitter && most > jitter
      ),
    ]
  }

  // MARK: All together

  private static func checkAll(_ functions: Chapter3Functions) throws {
    var small = DrawnPairs(places: (4, 7), size: 5, gap: 4, jitter: 1)
    try small.draw(2000, functions, seed: 316)
    try small.expectPossible()
    try small.expectEvenLabels()
    try unfriendly(.edges) {
      for (rows, columns, size, gap, jitter) in [
        (1, 1, 1, 0, 0), (1, 1, 1, 0, 3), (1, 9, 1, 1, 0), (9, 1, 7, 1, 2), (2, 2, 2, 0, 5),
      ] {
        var drawn = DrawnPairs(places: (rows, columns), size: size, gap: gap, jitter: jitter)
        try drawn.draw(100, functions, seed: .max)
        try drawn.expectPossible()
      }
    }
    let input = "height 60, width 70, size 9, gap 5, jitter 2, Random(seed: 7)"
    try expectSame(
      Wrong(
        "The same seed gave other pairs the second time.", on: input,
        why: "All randomness must come from the generator `random` that you are given.")
    ) {
      var drawn = DrawnPairs(height: 60, width: 70, size: 9, gap: 5, jitter: 2)
      try drawn.draw(8, functions, seed: 7)
      return drawn.pairs.map(DrawnPairs.shown)
    }
    try randomCases(9, seed: 317) { random, size in
      var drawn = DrawnPairs(
        places: (1 + random.integer(below: 3 + size), 1 + random.integer(below: 4 + size)),
        size: 1 + random.integer(below: 2 + size), gap: random.integer(below: 2 + size),
        jitter: random.integer(below: 1 + size / 2))
      try drawn.draw(60, functions, seed: UInt64(size))
      try drawn.expectPossible()
    }
  }
}
