import TensorCore

/// The parts of exercise 8.4 that look at whole epochs.
extension Chapter8 {
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

  static func checkEpoch(_ functions: Chapter8Functions) throws {
    // Patients with four and five pictures tell the wrong ideas apart.
    try checkFirst(
      { try expectEpoch(functions, [[40, 41], [52, 53, 54], [60], [70, 71]], 2, seed: 1) },
      toldApartBy: [
        {
          try expectEpoch(
            functions, [[40, 41, 42, 43], [52, 53], [60], [70, 71, 72, 73, 74]], 2, seed: 1)
        }
      ])
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
    try unfriendly(.sizes) {
      var random = Random(seed: 845)
      for batch in [2, 3, 4, 6, 9, 17, 70, 300] {
        let pictures = drawnPictures(batch < 70 ? 72 : 2 * batch, fewest: 1, &random)
        if pictures.count % batch == 1 { continue }
        try expectEpoch(functions, pictures, batch, seed: .max)
      }
    }
    // The same seed and number of patients with other pictures.
    try unfriendly(.chance) {
      for shift in [0, 1000, -5000] {
        let pictures = [[40, 41], [52, 53, 54], [60], [70, 71]].map { $0.map { $0 + shift } }
        try expectEpoch(functions, pictures, 2, seed: 1)
      }
    }
    try unfriendly(.edges) {
      try expectEpoch(functions, [[-1, .max], [.min], [0, 1 << 40]], 1_000_000, seed: 3)
    }
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
    let numbers = got.flatMap { $0.flatMap { [$0.first, $0.second] } }
    let placesIdea = Guesses.name(
      isRight: numbers.allSatisfy { owner[$0] != nil },
      [
        (
          "You gave back patients or places; asked for are the numbers of their pictures.",
          numbers.allSatisfy(pictures.indices.contains)
        )
      ])
    // What each pair is.
    for pair in got.flatMap(\.self) {
      guard let one = owner[pair.first], let other = owner[pair.second] else {
        throw wrong(
          "\(shown(pair)) is not a pair of pictures that were given.", nil, placesIdea)
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
    let missing = present.filter { times[$0] == 0 }
    var sizes = [Int](repeating: batchSize, count: present.count / batchSize)
    if rest > 1 { sizes.append(rest) }
    let isOnce = times.allSatisfy { $0 <= 1 }
    let isComplete = rest == 1 ? missing.count <= 1 : missing.isEmpty
    let isCut = batches.map(\.count) == sizes
    let takesPlaces = couldTakePlaces(
      batches.map(\.count), sizes, missing.count, pictures, batchSize)

    let twiceIdea = Guesses.name(
      isRight: isOnce, repetitionIdeas(batches, times, pictures, batchSize))
    if let twice = times.firstIndex(where: { $0 > 1 }) {
      throw wrong("Patient \(twice) comes \(times[twice]) times.", "once each", twiceIdea)
    }
    let lonely = Set(present.filter { pictures[$0].count == 1 })
    let missingIdea = Guesses.name(
      isRight: isComplete,
      [
        (
          "You left the last batch out because it is not full; two pairs are enough to learn from.",
          missing.count == rest && batches.allSatisfy { $0.count == batchSize }
        ),
        (placesAreTaken, takesPlaces),
        (
          // One more goes where those who are left do not fill their batches.
          "You left out the patients with one picture; theirs is SimCLR's pair.",
          lonely.isSubset(of: missing) && missing.count <= lonely.count + 1
            && (isComplete || !lonely.isEmpty)
        ),
      ])
    if !isComplete {
      throw wrong(
        "Patient \(missing[0]) does not come" + (missing.count > 1 ? ", nor do others." : "."),
        "each patient with pictures", missingIdea)
    }
    var why = Guesses.name(
      isRight: isCut,
      cuttingIdeas(batches.map(\.count), sizes, rest, takesPlaces, batchSize))
    if isCut { return }
    if batches.contains(where: \.isEmpty) { why = "There is an empty batch." }
    throw wrong("The batches have other sizes.", text(sizes), why)
  }

  /// Why patients may come several times.
  private static func repetitionIdeas(
    _ batches: [[Int]], _ times: [Int], _ pictures: [[Int]], _ batchSize: Int
  ) -> [(sentence: String, fits: Bool)] {
    let present = pictures.indices.filter { !pictures[$0].isEmpty }
    let came = batches.flatMap(\.self)
    let early = batches.dropLast().flatMap(\.self)
    let rest = present.count % batchSize
    let isOfPictures = present.allSatisfy { times[$0] == pictures[$0].count }
    let isOfPairs = present.allSatisfy {
      times[$0] == max(1, pictures[$0].count * (pictures[$0].count - 1) / 2)
    }
    let isOfHalves = present.allSatisfy { times[$0] == max(1, pictures[$0].count / 2) }
    let isFilled =
      rest == 0
      ? Set(came).count == came.count
      : Set(early).count == early.count && batches.last?.count == batchSize
    return [
      (
        "You made a pair for each picture; a patient has one pair, or two of his pictures meet "
          + "as negatives.", isOfPictures
      ),
      ("You made all pairs of a patient; one of them, drawn, comes in an epoch.", isOfPairs),
      (
        "You divided all pictures of a patient into pairs; one pair of his comes in an epoch.",
        isOfHalves
      ),
      (
        "You filled the last batch up with patients who had come before; let it be shorter.",
        isFilled
      ),
      (
        "You drew the patients with replacement; each comes once in an epoch.",
        !(isOfHalves && times.contains { $0 > 1 })
          && (!isFilled
            && (came.count == present.count || came.count == present.count - 1 && rest == 1)
            || Set(came).count == came.count)
      ),
    ]
  }

  private static let placesAreTaken =
    "Those without pictures take a place in your batches: leave them out before you cut."

  /// Whether the list may have been cut before those without pictures were left out.
  private static func couldTakePlaces(
    _ got: [Int], _ sizes: [Int], _ missing: Int, _ pictures: [[Int]], _ batchSize: Int
  ) -> Bool {
    let rest = pictures.count { !$0.isEmpty } % batchSize
    if got == sizes, missing == (rest == 1 ? 1 : 0) { return true }
    // A batch that is not there had one pair at most; so a missing patient costs a batch.
    let cut = (pictures.count - 1) / batchSize + 1
    return pictures.contains(where: \.isEmpty) && got.allSatisfy { $0 <= batchSize }
      && missing <= cut - got.count && got != sizes + [1]
  }

  /// Why batches may have other sizes, though each patient comes once.
  private static func cuttingIdeas(
    _ got: [Int], _ sizes: [Int], _ rest: Int, _ takesPlaces: Bool, _ batchSize: Int
  ) -> [(sentence: String, fits: Bool)] {
    let isCut = got == sizes
    return [
      (
        "A batch of one pair has no negatives: leave it out.",
        got == sizes + (rest == 1 ? [1] : [])
      ),
      (placesAreTaken, takesPlaces),
      (
        "You joined the pair that was left over to the batch before; leave it out: no batch has "
          + "more than batchSize.",
        rest == 1 && !sizes.isEmpty ? got == sizes.dropLast() + [sizes.last! + 1] : isCut
      ),
      (
        "batchSize counts pairs; you counted pictures or views.",
        got.first.map {
          2 * $0 == batchSize || $0 / 2 == batchSize && $0 % 2 == 0 || $0 == sizes.reduce(0, +)
        }
          ?? isCut
      ),
      ("The batch that is not full must be the last.", got.reversed() == sizes),
    ]
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
    try expectSame(
      Wrong(
        "The same seed gave another epoch the second time.", on: input,
        why: "All randomness must come from the generator `random` that you are given, and not from"
          + " the order of a Set, a Dictionary or of hash values.")
    ) {
      var again = Random(seed: 6)
      return try epoch(&again)
    }
    try expect(
      first != Array(0..<30),
      Wrong(
        "The patients come in the order of the list.", expected: "an order drawn with `random`",
        got: text(first), on: input,
        why: "Whoever stands together in the list would be each other's negatives in every epoch: "
          + "shuffle the patients."))
    try expectEveryOrder(functions)
    // Two orders of 30 never agree by chance.
    try expect(
      first != next,
      Wrong(
        "Two epochs one after another have the same order.", got: text(first), on: input,
        why: "Draw from `random` itself, not from a copy: it must move on."))
  }

  /// Over many epochs each order of few patients comes, and each two pictures of a patient.
  private static func expectEveryOrder(_ functions: Chapter8Functions) throws {
    let pictures = [[40, 41, 42], [52, 53], [60, 61], [70]]
    let input = "pictures \(shown(pictures)), batchSize 2, 1,000 epochs with one Random(seed: 7)"
    var random = Random(seed: 7)
    var orders: Set<[Int]> = []
    var counts: [Set<Int>: Int] = [:]
    for _ in 0..<1000 {
      let pairs = try answer(on: input) { try functions.epochOfPairs(pictures, 2, &random) }
        .flatMap(\.self)
      orders.insert(pairs.map { $0.first / 10 })
      for pair in pairs where pair.first < 50 {
        counts[[pair.first, pair.second], default: 0] += 1
      }
    }
    // Of 24 orders one is missed in 1,000 epochs once in 10¹⁷.
    try expect(
      orders.count == 24 || orders.count == 1,
      Wrong(
        "Some orders of four patients never come.", expected: "24 orders in 1,000 epochs",
        got: "\(orders.count)", on: input,
        why: "Shuffle the patients one by one, before you cut them into batches."))
    // Epochs that are all alike are told so by the caller.
    if orders.count == 1 { return }
    try unfriendly(.chance) { try expectEvenOrders(functions) }
    try expectCompany(functions)
    try expectLeftOut(functions)
    // A third of the epochs each, with a deviation of 15: six deviations are exceeded twice in 10⁹.
    let isEven = counts.count == 3 && counts.values.allSatisfy { abs($0 - 333) <= 90 }
    try expect(
      isEven,
      Wrong(
        "In your epochs not every two pictures of a patient are equally likely.",
        expected: "the pairs of 40, 41 and 42 some 333 times each",
        got: counts.map { (text($0.key.sorted()), $0.value) }.sorted { $0.0 < $1.0 }
          .map { "\($0.0) \($0.1) times" }.joined(separator: ", "), on: input,
        why: "Draw each pair as in patientPair, with `random` itself."))
  }

  /// Each order of four patients comes as often as every other.
  private static func expectEvenOrders(_ functions: Chapter8Functions) throws {
    let pictures = [[40], [50], [60], [70]]
    let input = "pictures \(shown(pictures)), batchSize 4, 3,600 epochs with one Random(seed: 10)"
    var random = Random(seed: 10)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<3600 {
      let batches = try answer(on: input) { try functions.epochOfPairs(pictures, 4, &random) }
      counts[batches.flatMap { $0.map(\.first) }, default: 0] += 1
    }
    let came = counts.values + [Int](repeating: 0, count: max(0, 24 - counts.count))
    if counts.count <= 24, Evenness.isLikely(came) { return }
    let sorted = counts.sorted {
      $0.value == $1.value ? $0.key.lexicographicallyPrecedes($1.key) : $0.value < $1.value
    }
    let (least, most) = (sorted[0], sorted[sorted.count - 1])
    throw Wrong(
      "Not all orders of four patients are equally likely.",
      expected: "each of 24 orders some 150 times",
      got: "\(text(most.key)) \(most.value) times, \(text(least.key)) \(least.value) times",
      on: input,
      why:
        "`random.permutation` and `random.shuffle` make them so. Of a shuffle of your own: list what it"
        + " does with three patients; each of the six orders must come out equally often.")
  }

  /// In the course of the epochs each two patients meet in a batch.
  private static func expectCompany(_ functions: Chapter8Functions) throws {
    let pictures = (0..<30).map { [10 * $0 + 100] + ($0 % 3 > 0 ? [10 * $0 + 105] : []) }
    let input = "30 patients with one or two pictures, batchSize 5, 240 epochs with one Random"
    var random = Random(seed: 8)
    var isMet = [[Bool]](repeating: [Bool](repeating: false, count: 30), count: 30)
    for _ in 0..<240 {
      let batches = try answer(on: input) { try functions.epochOfPairs(pictures, 5, &random) }
      for batch in batches {
        let patients = batch.map { $0.first / 10 - 10 }.filter(pictures.indices.contains)
        for one in patients { for other in patients { isMet[one][other] = true } }
      }
    }
    // Two meet in an epoch with a chance of 4/29: one of 435 couples never does once in 10¹³.
    let strangers = pictures.indices.lazy.flatMap { one in (0..<one).lazy.map { ($0, one) } }
      .first { !isMet[$0.0][$0.1] }
    guard let strangers else { return }
    throw Wrong(
      "Some patients are never each other's negatives.", expected: "each two of them, at times",
      got: "patients \(strangers.0) and \(strangers.1) never in one batch", on: input,
      why: "Who stands where must not depend on the place in the list or the number of pictures: "
        + "shuffle all patients, then cut.")
  }

  /// Where one must be left out, chance decides who.
  private static func expectLeftOut(_ functions: Chapter8Functions) throws {
    let pictures = [[40, 41, 42], [52, 53], [60, 61], [70], [80]]
    let input = "pictures \(shown(pictures)), batchSize 2, 200 epochs with one Random(seed: 9)"
    var random = Random(seed: 9)
    var isLeftOut = Set<Int>()
    for _ in 0..<200 {
      let pairs = try answer(on: input) { try functions.epochOfPairs(pictures, 2, &random) }
        .flatMap(\.self)
      isLeftOut.formUnion(Set(4...8).subtracting(pairs.map { $0.first / 10 }))
    }
    // A chance of one fifth passes by somebody in all 200 epochs once in 10¹⁸. Who leaves nobody out
    // is told so in the next part.
    try expect(
      isLeftOut.count == 5 || isLeftOut.isEmpty,
      Wrong(
        "Some patients are never left out, others are.", expected: "each of five at times",
        got: "only patients \(text(isLeftOut.map { $0 - 4 }.sorted()))", on: input,
        why: "Leave out whoever comes last in the drawn order, whatever the number of pictures."))
  }

  static func checkEpochEdges(_ functions: Chapter8Functions) throws {
    let cases: [([[Int]], Int)] = [
      ([[40, 41], [50], [60, 61], [70]], 2), ([[40, 41], [], [52, 53], [60, 61], [70, 71]], 2),
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
