import TensorCore

extension Chapter8 {
  static let pairsOfPatients = Exercise<Chapter8Functions>(
    "8.4", "Two pictures of one patient", file: "PairsOfPatients.swift", kind: .heart, minutes: 40,
    difficulty: 2, section: "The algorithm",
    hints: [
      """
      Draw two places in the patient's list that are certainly different: think of a shuffled \
      list, or of drawing the second among those that are left. For the epoch: who has a pair at \
      all? Only these are divided into batches.
      """,
      """
      A pair is the first two of random.permutation(count) places; one picture: that one twice; \
      none: nil. An epoch: the patients in drawn order, those without a pair left out, cut into \
      pieces of batchSize, and a piece of one pair thrown away.
      """,
      """
      patientPair: 0 pictures → nil; 1 → (it, it); else order = random.permutation(count) and \
      (pictures[order[0]], pictures[order[1]])
      epochOfPairs: pairs = []; for patient in random.permutation(patients): append its pair if it \
      has one
      batches = pairs 0..<b, b..<2b, …, the last one shorter; keep those with more than one pair
      """,
    ],
    parts: [
      Part("a patient's pair", points: 1, checkPair),
      Part("an epoch in batches", points: 3, checkEpoch),
      Part("patients without pictures, the last batch", points: 2, checkEpochEdges),
    ])

  static func shown(_ pair: Chapter8Functions.Pair?) -> String {
    pair.map { "(\($0.first), \($0.second))" } ?? "nil"
  }

  // MARK: One pair

  private static func checkPair(_ functions: Chapter8Functions) throws {
    func pair(_ pictures: [Int], _ random: inout Random) throws -> Chapter8Functions.Pair? {
      try answer(on: "pictures \(text(pictures))") {
        try functions.patientPair(pictures, &random)
      }
    }
    let alike = try (0..<12).allSatisfy { seed in
      var random = Random(seed: UInt64(seed))
      return try pair([40, 41], &random).map { $0.first == $0.second } ?? false
    }
    try expect(
      !alike,
      Wrong(
        "Two pictures, and every pair is one of them twice.", expected: "(40, 41) or (41, 40)",
        on: "pictures [40, 41]",
        why: "That is SimCLR's pair; it is for patients with one picture. MICLe's has two."))
    for pictures in [[40, 41], [52], [60, 62, 64], []] {
      for seed in 0..<20 {
        var random = Random(seed: UInt64(seed))
        try expectPair(try pair(pictures, &random), of: pictures)
      }
    }
    // Among five pictures the wrong ideas give different pairs.
    for pictures in [[70, 50, 90, 30, 10], [40, 41, 42]] {
      try expectEven(pictures) { try pair(pictures, &$0) }
    }
    try unfriendly(.sizes) {
      for pictures in [[4, 7, 5, 6], [6, 1, 5, 2, 4, 3]] {
        try expectEven(pictures, each: 400) { try pair(pictures, &$0) }
      }
      // More pictures than eight, and than a word has bits: whichever are first in the list, they are drawn as
      // often as their number.
      for count in [20, 70] {
        try expectEvenAlong((0..<count).map { 3 * $0 }) { try pair($0, &$1) }
      }
    }
    try unfriendly(.edges) {
      for pictures in [[-1, .max, .min], [.min, -5], [0]] {
        for seed in [0, 1, 2, .max] as [UInt64] {
          var random = Random(seed: seed)
          // Whoever draws twice without looking has been found out before.
          try expectPair(try pair(pictures, &random), of: pictures, mayDrawTwice: false)
        }
      }
    }
    func run(_ seed: UInt64) throws -> [Int] {
      var random = Random(seed: seed)
      return try (0..<12).flatMap { _ in
        try pair([40, 41, 42, 43, 44], &random).map { [$0.first, $0.second] } ?? []
      }
    }
    for seed in [5, .max] as [UInt64] {
      try expectSame(
        Wrong(
          "The same seed gave other pairs the second time.",
          on: "pictures [40, 41, 42, 43, 44], Random(seed: \(seed))",
          why:
            "All randomness must come from the generator `random` that you are given, and not from"
            + " the order of a Set or of hash values.")
      ) { try run(seed) }
    }
  }

  static func expectPair(
    _ got: Chapter8Functions.Pair?, of pictures: [Int], mayDrawTwice: Bool = true
  ) throws {
    let input = "pictures \(text(pictures))"
    func wrong(_ what: String, _ expected: String, _ why: String?) -> Wrong {
      Wrong(what, expected: expected, got: shown(got), on: input, why: why)
    }
    guard let got else {
      if pictures.isEmpty { return }
      throw wrong(
        "The patient has pictures, and no pair.",
        pictures.count == 1 ? "(\(pictures[0]), \(pictures[0]))" : "two different pictures",
        pictures.count == 1
          ? "A patient with one picture falls back to SimCLR's pair: that picture twice." : nil)
    }
    if pictures.isEmpty {
      throw wrong("There is no picture, and a pair.", "nil", nil)
    }
    let pair = [got.first, got.second]
    let isOwn = pair.allSatisfy(pictures.contains)
    let idea = Guesses.name(
      isRight: isOwn,
      [
        (
          "You gave back places in the list; asked for are the pictures that stand there.",
          pair.allSatisfy(pictures.indices.contains)
        )
      ])
    if !isOwn {
      throw wrong("The pair is not of this patient's pictures.", "two of them", idea)
    }
    if pictures.count > 1, got.first == got.second {
      throw wrong(
        "Both are the same picture.", "two different pictures",
        mayDrawTwice
          ? "You drew twice without looking: the second must be drawn among the others." : nil)
    }
  }

  /// Of many pictures the first few, however many these are, must come as often as their number.
  private static func expectEvenAlong(
    _ pictures: [Int], _ draw: ([Int], inout Random) throws -> Chapter8Functions.Pair?
  ) throws {
    let draws = 60 * pictures.count
    let input = "pictures \(text(pictures)), \(draws) draws"
    var random = Random(seed: 844)
    var counts: [Int: Int] = [:]
    for _ in 0..<draws {
      let got = try draw(pictures, &random)
      try expectPair(got, of: pictures)
      if let got {
        counts[got.first, default: 0] += 1
        counts[got.second, default: 0] += 1
      }
    }
    var came = 0
    for (place, picture) in pictures.enumerated() {
      let own = counts[picture] ?? 0
      came += own
      let share = Double(place + 1) / Double(pictures.count)
      try expect(
        Evenness.isLikely(own, of: 2 * draws, probability: 1 / Double(pictures.count))
          && Evenness.isLikely(came, of: 2 * draws, probability: share),
        Wrong(
          "Not every two pictures are equally likely.",
          expected:
            "each picture in some 120 pairs, the first \(place + 1) in \((place + 1) * 120)",
          got: "picture \(picture) in \(own), the first \(place + 1) in \(came)", on: input))
    }
  }

  /// Every two pictures must come equally often.
  private static func expectEven(
    _ pictures: [Int], each: Int = 600, _ draw: (inout Random) throws -> Chapter8Functions.Pair?
  ) throws {
    let couples = pictures.count * (pictures.count - 1) / 2
    var counts: [Set<Int>: Int] = [:]
    var random = Random(seed: 841)
    for _ in 0..<each * couples {
      let got = try draw(&random)
      try expectPair(got, of: pictures)
      if let got { counts[[got.first, got.second], default: 0] += 1 }
    }
    let input = "pictures \(text(pictures)), \(each * couples) draws"
    // 600 of each have a deviation of 24 at most: six deviations are exceeded twice in 10⁹.
    let room = Int(6 * Double(each).squareRoot())
    let rare = pictures.indices.flatMap { i in (0..<i).map { [pictures[$0], pictures[i]] } }
      .first { abs((counts[Set($0)] ?? 0) - each) > room }
    let seen = Array(counts.keys)
    let steps = seen.map { pair in
      let places = pair.map { pictures.firstIndex(of: $0)! }.sorted()
      return places[1] - places[0]
    }
    let isNear = steps.map { $0 == 1 || $0 == pictures.count - 1 }
    // Two equal draws, and the next place instead: neighbours come half as often again.
    let share = zip(seen, isNear).filter(\.1).map { counts[$0.0]! }.reduce(0, +)
    let wanted = each * couples * 3 / pictures.count
    var why = Guesses.name(
      isRight: rare == nil,
      [
        (
          "The first picture is in every pair; draw both.",
          seen.count > 1 && seen.allSatisfy { $0.contains(pictures[0]) }
        ),
        (
          "Only neighbours in the list become pairs; each two pictures should.",
          seen.count > 1 && isNear.allSatisfy(\.self)
        ),
        (
          "Where you draw one picture twice you take its neighbour, which so comes too often: draw the"
            + " second among the others.",
          isNear.contains(false) && abs(share - wanted) < each / 5
        ),
      ])
    guard let rare else { return }
    if seen.count == 1 {
      let others = try (1..<30).map { seed -> Set<Int> in
        var random = Random(seed: UInt64(seed))
        return try draw(&random).map { [$0.first, $0.second] } ?? []
      }
      why =
        Set(others).count > 1
        ? "Draw after draw gives the same pair: you draw from a copy of the generator, and "
          + "`random` never moves on." : "You always take the same two pictures; draw them."
    }
    throw Wrong(
      "Not every two pictures are equally likely.", expected: "each pair some \(each) times",
      got: "\(text(rare)) \(counts[Set(rare)] ?? 0) times", on: input, why: why)
  }
}
