import TensorCore

extension Chapter1 {
  static let leakySplit = Exercise<Chapter1Functions>(
    "1.3", "A score too good to be true", file: "LeakySplit.swift", kind: .diagnose, minutes: 30,
    difficulty: 2, section: "Where it breaks",
    hints: [
      """
      What does the classifier know about a validation picture when a brighter copy of it was among \
      the pictures it was trained on? And which other number in the result was computed from \
      pictures that should not have been seen?
      """,
      """
      Two leaks. The copies of one source lie on both sides: draw among the sources, not among the \
      copies. And the mean is learnt from data: Σ over the numbers of the training pictures, divided \
      by how many these are.
      """,
      """
      sources in order, each once → shuffle → the first round(share · n) are held out.
      train = the indices whose source is not held out; validation = the others.
      mean = over the training pictures' numbers; 0 if there are none.
      """,
    ],
    parts: [
      Part("leaks are found", points: 1, checkLeakedSources),
      Part("every source stands on one side", points: 2, checkFamilies),
      Part("the draw follows the seed", points: 1, checkDraw),
      Part("the mean is learnt from training pictures alone", points: 1, checkMean),
    ])

  private static func checkLeakedSources(_ functions: Chapter1Functions) throws {
    func check(_ sources: [Int], _ train: [Int], _ validation: [Int]) throws {
      let input = "sources \(text(sources)), train \(text(train)), validation \(text(validation))"
      let got = try answer(on: input) { try functions.leakedSources(sources, train, validation) }
      // Brute force: every pair of a training and a validation index.
      var expected: [Int] = []
      for one in train {
        for other in validation where sources[one] == sources[other] {
          if !expected.contains(sources[one]) { expected.append(sources[one]) }
        }
      }
      expected.sort()
      let isRight = got == expected
      let idea = Guesses.name(
        isRight: isRight,
        [
          (
            "You compared indices. No index is on both sides; what is on both sides is a source that"
              + " two different indices are copies of.",
            got == train.filter { validation.contains($0) }.sorted()
          ),
          (
            "These are the right sources, but they should be in ascending order.",
            got.sorted() == expected
          ),
          (
            "These are the right sources, but each should be listed once.",
            Set(got) == Set(expected) && (isRight || got.count > expected.count)
          ),
          (
            "You listed every source; asked for are those with copies on both sides.",
            Set(got) == Set((train + validation).map { sources[$0] })
          ),
        ])
      if isRight { return }
      throw Wrong(
        "These are not the sources that stand on both sides.", expected: text(expected),
        got: text(got), on: input, why: idea)
    }
    try check([7, 7, 3, 3, 9], [0, 2, 3], [1, 4])
    try check([], [], [])
    try check([5, 5], [0, 1], [])
    try check([9, 9, 4, 4, 4, 4], [0, 2, 3], [1, 4, 5])
    // Some indices stand on neither side.
    try check([5, 5, 8, 8, 6], [0, 4], [3])
    try check([5, 5, 8, 8, 6], [0, 2], [1])
    try randomCases(10, seed: 31) { random, size in
      let sources = (0..<2 * size).map { _ in 100 - 7 * random.integer(below: 1 + size) }
      let order = random.permutation(sources.count)
      try check(sources, Array(order[size...]), Array(order[..<size]))
    }
    try unfriendly(.edges) {
      try check([-4, .max, -4, .min, .max, 0, 0], [0, 1, 3, 5], [2, 4, 6])
      try check([1 << 40, 3, 1 << 40, -3], [3, 2], [0, 1])
    }
    try unfriendly(.sizes) {
      for count in [140, 2 * Family.many] {
        let many = (0..<count).map { count / 2 - 1 - $0 / 2 }
        try check(many, (0..<count).filter { $0 % 2 == 0 }, (0..<count).filter { $0 % 2 == 1 })
      }
    }
  }

  /// Sources that are neither consecutive nor in order nor equally many.
  private static func sources(_ count: Int, _ random: inout Random) -> [Int] {
    var sources: [Int] = []
    for index in 0..<count {
      for _ in 0...random.integer(below: 4) { sources.append(1000 - 13 * index) }
    }
    random.shuffle(&sources)
    return sources
  }

  private static func checkFamilies(_ functions: Chapter1Functions) throws {
    func check(
      _ sources: [Int], _ pictures: [[Float]], _ share: Float, seed: UInt64,
      isOfRounding: Bool = false
    ) throws {
      let input = "sources \(text(sources)), validationShare \(text(share))"
      var theirs = Random(seed: seed)
      let got = try answer(on: input) {
        try functions.soundPreparation(pictures, sources, share, &theirs)
      }
      let shown = "train \(text(got.train.sorted())), validation \(text(got.validation.sorted()))"
      try expectPartition(got.train, got.validation, sources, shown, input)
      let seen = Set(got.train.map { sources[$0] })
      let heldOut = Set(got.validation.map { sources[$0] })
      let leaked = seen.intersection(heldOut).sorted()
      let ofCopies =
        "You divide the copies. Divide the sources, and let each copy follow its source."
      let dividesCopies = Guesses.name(
        isRight: leaked.isEmpty,
        [(ofCopies, got.validation.count == Int((share * Float(sources.count)).rounded()))])
      try expect(
        leaked.isEmpty,
        Wrong(
          "It still leaks: copies of source \(leaked.first ?? 0) stand on both sides.", got: shown,
          on: input, why: dividesCopies))
      let count = Set(sources).count
      let wanted = Int((share * Float(count)).rounded())
      let isRight = heldOut.count == wanted
      // One source more or less than half of few: there a share of the copies is as near.
      let idea =
        isOfRounding
        ? Guesses.name(
          isRight: isRight,
          Family.wrongRoundings.map { ($0.sentence, heldOut.count == $0.count(share, count)) })
        : shareIdea(got.validation.count, seen.count, wanted, isRight, sources, share)
      try expect(
        isRight,
        Wrong(
          "The share is not right.",
          expected: "\(wanted) of \(Checkers.count(count, "source")) in validation",
          got: Checkers.count(heldOut.count, "source"), on: input, why: idea))
    }
    try randomCases(14, seed: 32) { random, size in
      let sources = sources(size, &random)
      // The first cases are the boundaries: nothing, everything, one source.
      let boundaries: [Float] = [0, 1, 0, 0.3, 1]
      let share =
        size < boundaries.count ? boundaries[size] : (0.1 + 0.8 * random.uniform())
      let pictures = sources.map { _ in [random.uniform(), random.uniform()] }
      try check(sources, pictures, share, seed: UInt64(size))
    }
    try unfriendly(.rounding) {
      func round(_ share: Float, _ count: Int) throws {
        let sources = (0..<2 * count).map { 5 - $0 / 2 }
        try check(sources, sources.map { [Float($0)] }, share, seed: 7, isOfRounding: true)
      }
      // All of them first, for what is ruled out: in one of them several ways give the same number.
      for (share, count) in Family.betweenWholeNumbers { try? round(share, count) }
      for (share, count) in Family.betweenWholeNumbers { try round(share, count) }
    }
    try unfriendly(.sizes) {
      let sources = (0..<Family.many).map { 3 * $0 }
      try check(sources, sources.map { [Float($0)] }, 0.25, seed: 3)
    }
    try unfriendly(.equalRows) {
      // Equal pictures of different sources.
      let sources = [3, 1, 2, 3, 1, 2]
      for seed in 0..<4 {
        try check(sources, sources.map { _ in [1, 2] }, 0.34, seed: UInt64(seed))
      }
    }
    try unfriendly(.edges) {
      let sources = [-1, .max, 0, -1, .min, 1 << 40]
      for seed in [0, 1, .max] as [UInt64] {
        try check(sources, sources.map { _ in [] }, 0.4, seed: seed)
      }
    }
  }

  private static func expectPartition(
    _ train: [Int], _ validation: [Int], _ sources: [Int], _ shown: String, _ input: String
  ) throws {
    let all = (train + validation).sorted()
    let isRight = all == Array(sources.indices)
    var why = Guesses.name(
      isRight: isRight,
      [
        (
          "You gave back sources; asked for are the indices of their pictures.",
          Set(all).isSubset(of: Set(sources)) && all.isEmpty == sources.isEmpty
        )
      ])
    if isRight { return }
    if why == nil, let missing = sources.indices.first(where: { !all.contains($0) }) {
      why = "Index \(missing) stands in neither list: every copy is used."
    } else if why == nil,
      let twice = sources.indices.first(where: { index in all.count { $0 == index } > 1 })
    {
      why = "Index \(twice) stands there more than once."
    }
    throw Wrong(
      "Each index from 0 to \(sources.count - 1) must stand in train or in validation, once.",
      got: shown, on: input, why: why)
  }

  /// What a wrong share may come from: the share of training, or a share of copies.
  private static func shareIdea(
    _ validationCount: Int, _ seenSources: Int, _ wanted: Int, _ isRight: Bool, _ sources: [Int],
    _ share: Float
  ) -> String? {
    let ofTraining = (
      "You took the share for training; it is that of validation.", seenSources == wanted
    )
    // Whole sources until a share of the copies is reached: the last one may bring some too many, or is
    // left away for that.
    let copies = Int((share * Float(sources.count)).rounded())
    let most = Dictionary(grouping: sources, by: \.self).values.map(\.count).max() ?? 0
    let ofCopies = (
      "You took the share of the copies; it is that of the sources.",
      abs(validationCount - copies) < max(1, most)
    )
    // So wide a net counts only where the narrow one catches nothing.
    let isTrapped = !isRight && ofTraining.1
    return Guesses.name(isRight: isRight, isTrapped ? [ofTraining] : [ofTraining, ofCopies])
  }

  private static func checkDraw(_ functions: Chapter1Functions) throws {
    let sources = (0..<80).map { 3 * ($0 / 2) }
    let pictures = sources.map { [Float($0)] }
    func heldOut(_ seed: UInt64) throws -> [Int] {
      var theirs = Random(seed: seed)
      let got = try answer(on: "40 sources with 2 copies each, share 0.5, Random(seed: \(seed))") {
        try functions.soundPreparation(pictures, sources, 0.5, &theirs)
      }
      let seen = Set(got.train.filter(sources.indices.contains).map { sources[$0] })
      let heldOut = Set(got.validation.filter(sources.indices.contains).map { sources[$0] })
      try expect(
        seen.isDisjoint(with: heldOut),
        Wrong("Copies are drawn, not sources: some source stands on both sides."))
      return heldOut.sorted()
    }
    let first = try expectSame(
      Wrong(
        "The same seed gave another split the second time.",
        why:
          "All randomness must come from the generator `random` that you are given. And the order"
          + " of a Set or a Dictionary changes, and hash values do: sort before you draw.")
    ) { try heldOut(1) }
    // 20 of 40 sources can be held out in 138 thousand million ways: two draws never agree.
    try expect(
      try heldOut(2) != first,
      Wrong(
        "Two seeds gave the same split.",
        expected: "sources drawn with the generator `random`", got: text(first),
        why: first == Set(sources).sorted().prefix(first.count).map { $0 }
          ? "You hold out the first sources as they come; draw them." : nil))
    var random = Random(seed: 1)
    let splits = try (0..<2).map { _ in
      try answer(on: "the same 40 sources, twice with one Random(seed: 1)") {
        try functions.soundPreparation(pictures, sources, 0.5, &random)
      }.validation.sorted()
    }
    try expect(
      splits[0] != splits[1],
      Wrong(
        "Two draws one after another gave the same split.", got: text(splits[0]),
        why: "Draw from `random` itself, not from a copy: it must move on."))
    // A source is missed by 60 draws of one half once in 10¹⁸.
    var everHeldOut = Set<Int>()
    for seed in 3..<63 { everHeldOut.formUnion(try heldOut(UInt64(seed))) }
    try expect(
      everHeldOut.count == 40,
      Wrong(
        "Some sources are never held out, whatever the seed.", expected: "each of 40 at times",
        got: "\(everHeldOut.count) of them in 60 draws"))
    try unfriendly(.chance) { try checkEveryChoice(functions) }
  }

  /// Two of four sources, again and again: each of the six choices comes as often.
  private static func checkEveryChoice(_ functions: Chapter1Functions) throws {
    let sources = [30, 10, 40, 20]
    let input =
      "sources \(text(sources)), validationShare 0.5, 1,200 draws with one Random(seed: 4)"
    var random = Random(seed: 4)
    var counts: [Set<Int>: Int] = [:]
    for _ in 0..<1200 {
      let got = try answer(on: input) {
        try functions.soundPreparation([[1], [2], [3], [4]], sources, 0.5, &random)
      }
      counts[Set(got.validation), default: 0] += 1
    }
    let choices = sources.indices.flatMap { i in (0..<i).map { Set([$0, i]) } }
    let came = choices.map { counts[$0] ?? 0 }
    try expect(
      Evenness.isLikely(came) && came.reduce(0, +) == 1200,
      Wrong(
        "Not every two of four sources are held out equally often.",
        expected: "each two some 200 times",
        got: zip(choices, came).map { "\(text($0.map { sources[$0] }.sorted())) \($1) times" }
          .joined(separator: ", "), on: input))
  }

  private static func checkMean(_ functions: Chapter1Functions) throws {
    try randomCases(10, seed: 33) { random, size in
      let sources = sources(2 + size, &random)
      let share: Float = size < 8 ? 0.5 : Float(size - 8)
      // Whole numbers, so that the sums are exact in any order.
      let pictures = sources.map { source in
        (0..<2).map { _ in Float(source % 17 + random.integer(below: 5)) }
      }
      let input =
        "pictures \(text(pictures)), sources \(text(sources)), validationShare \(text(share))"
      var theirs = Random(seed: UInt64(size))
      let got = try answer(on: input) {
        try functions.soundPreparation(pictures, sources, share, &theirs)
      }
      func mean(_ chosen: [Int]) -> Float {
        let numbers = chosen.filter(pictures.indices.contains).flatMap { pictures[$0] }
        return numbers.isEmpty ? 0 : numbers.reduce(0, +) / Float(numbers.count)
      }
      // One division of exact sums; a mean of means of equal size rounds once more.
      try expectClose(
        got.mean, mean(got.train), tolerance: 1e-5,
        "The mean is not that of your training pictures.", on: input,
        misconceptions: [
          Misconception(
            "You took the mean over all pictures, so it tells of the validation pictures too: that"
              + " is the second leak.", gives: mean(Array(sources.indices))),
          Misconception(
            "You took the mean over the validation pictures.", gives: mean(got.validation)),
          Misconception(
            "You divided by the number of pictures; the mean is over all their numbers.",
            gives: 2 * mean(got.train)),
        ])
    }
  }
}
