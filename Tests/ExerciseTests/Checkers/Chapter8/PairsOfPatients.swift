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
      Part("patients without pictures, the last batch", points: 2, checkEdges),
    ])

  private static func shown(_ pair: Chapter8Functions.Pair?) -> String {
    pair.map { "(\($0.first), \($0.second))" } ?? "nil"
  }

  private static func shown(_ batches: [[Chapter8Functions.Pair]]) -> String {
    let lines = batches.prefix(8).map { batch in
      "[" + batch.prefix(10).map { shown($0) }.joined(separator: ", ")
        + (batch.count > 10 ? ", …" : "") + "]"
    }
    return "[" + lines.joined(separator: ", ") + (batches.count > 8 ? ", …" : "") + "]"
  }

  private static func shown(_ pictures: [[Int]]) -> String {
    "[" + pictures.map { text($0) }.joined(separator: ", ") + "]"
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
    for pictures in [[40, 41, 42], [70, 50, 90, 30, 10]] {
      try expectEven(pictures) { try pair(pictures, &$0) }
    }
    func run(_ seed: UInt64) throws -> [Int] {
      var random = Random(seed: seed)
      return try (0..<12).flatMap { _ in
        try pair([40, 41, 42, 43, 44], &random).map { [$0.first, $0.second] } ?? []
      }
    }
    try expect(
      try run(5) == run(5),
      Wrong(
        "The same seed gave other pairs the second time.",
        on: "pictures [40, 41, 42, 43, 44], Random(seed: 5)",
        why: "All randomness must come from the generator `random` that you are given."))
  }

  private static func expectPair(_ got: Chapter8Functions.Pair?, of pictures: [Int]) throws {
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
    if !pair.allSatisfy(pictures.contains) {
      throw wrong(
        "The pair is not of this patient's pictures.", "two of them",
        pair.allSatisfy(pictures.indices.contains)
          ? "You gave back places in the list; asked for are the pictures that stand there." : nil)
    }
    if pictures.count > 1, got.first == got.second {
      throw wrong(
        "Both are the same picture.", "two different pictures",
        "You drew twice without looking: the second must be drawn among the others.")
    }
  }

  /// Every two pictures must come equally often.
  private static func expectEven(
    _ pictures: [Int], _ draw: (inout Random) throws -> Chapter8Functions.Pair?
  ) throws {
    let couples = pictures.count * (pictures.count - 1) / 2
    var counts: [Set<Int>: Int] = [:]
    var random = Random(seed: 841)
    for _ in 0..<100 * couples {
      let got = try draw(&random)
      try expectPair(got, of: pictures)
      if let got { counts[[got.first, got.second], default: 0] += 1 }
    }
    let input = "pictures \(text(pictures)), \(100 * couples) draws"
    // 100 of each, with a deviation of 10 at most: five deviations are exceeded once in a million.
    let rare = pictures.indices.flatMap { i in (0..<i).map { [pictures[$0], pictures[i]] } }
      .first { !(50...150).contains(counts[Set($0)] ?? 0) }
    guard let rare else { return }
    let seen = Array(counts.keys)
    func place(_ picture: Int) -> Int { pictures.firstIndex(of: picture)! }
    var why: String?
    if seen.count == 1 {
      let others = try (1..<30).map { seed -> Set<Int> in
        var random = Random(seed: UInt64(seed))
        return try draw(&random).map { [$0.first, $0.second] } ?? []
      }
      why =
        Set(others).count > 1
        ? "Draw after draw gives the same pair: you draw from a copy of the generator, and "
          + "`random` never moves on." : "You always take the same two pictures; draw them."
    } else if seen.allSatisfy({ $0.contains(pictures[0]) }) {
      why = "The first picture is in every pair; draw both."
    } else if pictures.count > 3,
      seen.allSatisfy({ pair in
        let places = pair.map(place).sorted()
        let step = places[1] - places[0]
        return step == 1 || step == pictures.count - 1
      })
    {
      why = "Only neighbours in the list become pairs; each two pictures should."
    }
    throw Wrong(
      "Not every two pictures are equally likely.", expected: "each pair some 100 times",
      got: "\(text(rare)) \(counts[Set(rare)] ?? 0) times", on: input, why: why)
  }

  // MARK: An epoch

  private static func checkEpoch(_ functions: Chapter8Functions) throws {
    try expectEpoch(functions, [[40, 41], [52, 53, 54], [60], [70, 71]], 2, seed: 1)
    try expectEpoch(functions, [[40, 41, 42], [52], [60, 61], [70], [80, 81, 82]], 3, seed: 2)
    try expectEpoch(functions, [[40, 41, 42], [52, 53], [60], [70]], 4, seed: 3)
    try randomCases(10, seed: 842) { random, size in
      let batch = 2 + size / 2
      // No remainder of one: that is an edge of its own.
      var count = 4 + random.integer(below: 2 + 2 * size)
      if count % batch == 1 { count += 1 }
      let pictures = drawnPictures(count, fewest: 1, &random)
      try expectEpoch(functions, pictures, batch, seed: UInt64(size))
    }
    try expectDraw(functions)
  }

  private static func drawnPictures(_ patients: Int, fewest: Int, _ random: inout Random)
    -> [[Int]]
  {
    var next = 100
    return (0..<patients).map { _ in
      (0..<fewest + random.integer(below: 4)).map { _ in
        next += 1 + random.integer(below: 3)
        return next
      }
    }
  }

  private static func expectEpoch(
    _ functions: Chapter8Functions, _ pictures: [[Int]], _ batchSize: Int, seed: UInt64
  ) throws {
    let input = "pictures \(shown(pictures)), batchSize \(batchSize)"
    var random = Random(seed: seed)
    let got = try answer(on: input) { try functions.epochOfPairs(pictures, batchSize, &random) }
    func wrong(_ what: String, _ expected: String?, _ why: String?) -> Wrong {
      Wrong(what, expected: expected, got: shown(got), on: input, why: why)
    }
    var owner: [Int: Int] = [:]
    for (patient, own) in pictures.enumerated() { for picture in own { owner[picture] = patient } }
    // What each pair is.
    for pair in got.flatMap(\.self) {
      guard let one = owner[pair.first], let other = owner[pair.second] else {
        throw wrong(
          "\(shown(pair)) is not a pair of pictures that were given.", nil,
          pictures.indices.contains(pair.first)
            ? "You gave back patients or places; asked for are the numbers of their pictures." : nil
        )
      }
      if one != other {
        throw wrong(
          "\(shown(pair)) shows two patients.", nil,
          "A pair belongs to one patient: draw the patient first, then two of his pictures.")
      }
      try expectPair(pair, of: pictures[one])
    }
    try expectPatients(got.map { $0.map { owner[$0.first]! } }, pictures, batchSize, wrong)
  }

  /// Who must come, how often, and in batches of which sizes.
  private static func expectPatients(
    _ batches: [[Int]], _ pictures: [[Int]], _ batchSize: Int,
    _ wrong: (_ what: String, _ expected: String?, _ why: String?) -> Wrong
  ) throws {
    let present = pictures.indices.filter { !pictures[$0].isEmpty }
    let rest = present.count % batchSize
    let came = batches.flatMap(\.self)
    let times = pictures.indices.map { patient in came.count { $0 == patient } }
    if let twice = times.firstIndex(where: { $0 > 1 }) {
      var why = "You drew the patients with replacement; each comes once in an epoch."
      if present.allSatisfy({ times[$0] == pictures[$0].count }) {
        why =
          "You made a pair for each picture; a patient has one pair, or two of his pictures meet "
          + "as negatives."
      } else if present.allSatisfy({
        times[$0] == max(1, pictures[$0].count * (pictures[$0].count - 1) / 2)
      }) {
        why = "You made all pairs of a patient; one of them, drawn, comes in an epoch."
      } else if batches.dropLast().flatMap(\.self).count
        == Set(batches.dropLast().flatMap(\.self)).count,
        batches.last?.count == batchSize, rest != 0
      {
        why = "You filled the last batch up with patients who had come before; let it be shorter."
      }
      throw wrong("Patient \(twice) comes \(times[twice]) times.", "once each", why)
    }
    let missing = present.filter { times[$0] == 0 }
    let isAllowed = rest == 1 ? missing.count <= 1 : missing.isEmpty
    if !isAllowed {
      var why: String?
      let lonely = Set(present.filter { pictures[$0].count == 1 })
      if missing.count == rest, batches.allSatisfy({ $0.count == batchSize }) {
        why =
          "You left the last batch out because it is not full; two pairs are enough to learn from."
      } else if !lonely.isEmpty, lonely.isSubset(of: missing), missing.count <= lonely.count + 1 {
        // One more goes where those who are left do not fill their batches.
        why = "You left out the patients with one picture; theirs is SimCLR's pair."
      }
      throw wrong(
        "Patient \(missing[0]) does not come" + (missing.count > 1 ? ", nor do others." : "."),
        "each patient with pictures", why)
    }
    var sizes = [Int](repeating: batchSize, count: present.count / batchSize)
    if rest > 1 { sizes.append(rest) }
    if batches.map(\.count) == sizes { return }
    var why: String?
    if batches.contains(where: \.isEmpty) {
      why = "There is an empty batch."
    } else if batches.map(\.count) == sizes + [1] {
      why = "A batch of one pair has no negatives: leave it out."
    } else if present.count < pictures.count {
      why = "Those without pictures take a place in your batches: leave them out before you cut."
    } else if let full = batches.first?.count, 2 * full == batchSize || full == 2 * batchSize {
      why = "batchSize counts pairs; you counted pictures or views."
    } else if batches.map(\.count).reversed() == sizes {
      why = "The batch that is not full must be the last."
    }
    throw wrong("The batches have other sizes.", text(sizes), why)
  }

  /// The order of the patients is drawn, and by the generator that was given.
  private static func expectDraw(_ functions: Chapter8Functions) throws {
    let pictures = (0..<30).map { [10 * $0 + 100, 10 * $0 + 105] }
    let input = "30 patients with two pictures each, batchSize 5, Random(seed: 6)"
    func epoch(_ random: inout Random) throws -> [Int] {
      try answer(on: input) { try functions.epochOfPairs(pictures, 5, &random) }
        .flatMap { $0.map { $0.first / 10 - 10 } }
    }
    var random = Random(seed: 6)
    let first = try epoch(&random)
    let next = try epoch(&random)
    var again = Random(seed: 6)
    try expect(
      try epoch(&again) == first,
      Wrong(
        "The same seed gave another epoch the second time.", on: input,
        why: "All randomness must come from the generator `random` that you are given."))
    try expect(
      first != Array(0..<30),
      Wrong(
        "The patients come in the order of the list.", expected: "an order drawn with `random`",
        got: text(first), on: input,
        why: "Whoever stands together in the list would be each other's negatives in every epoch: "
          + "shuffle the patients."))
    // Two orders of 30 never agree by chance.
    try expect(
      first != next,
      Wrong(
        "Two epochs one after another have the same order.", got: text(first), on: input,
        why: "Draw from `random` itself, not from a copy: it must move on."))
  }

  private static func checkEdges(_ functions: Chapter8Functions) throws {
    let cases: [([[Int]], Int)] = [
      ([[40, 41], [], [52]], 2), ([[40, 41], [], [52]], 5),
      ([[], [40, 41], [], [], [50, 51], [60], [70, 71, 72], []], 2),
      ([[40], [50], [60]], 2), ([[40, 41], [50, 51], [60], [70], [80]], 4),
      ([[40, 41]], 3), ([[], []], 2), ([], 2),
    ]
    for (pictures, batchSize) in cases {
      for seed in 1..<4 {
        try expectEpoch(functions, pictures, batchSize, seed: UInt64(seed))
      }
    }
    try randomCases(8, seed: 843) { random, size in
      let pictures = drawnPictures(2 + size, fewest: 0, &random)
      try expectEpoch(functions, pictures, 2 + random.integer(below: 3), seed: UInt64(size))
    }
  }
}
