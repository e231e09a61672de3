import TensorCore

extension Chapter3 {
  static let colourDropping = Exercise<Chapter3Functions>(
    "3.3", "One channel is enough", file: "ColourDropping.swift", kind: .extend, minutes: 35,
    difficulty: 2, section: "A lens that tells the place",
    hints: [
      """
      Three steps: draw a channel; measure it, its mean and its deviation; go over the pixels and \
      replace the two others. What do copies of the method get wrong? Look at each word of the task: \
      drawn, kept, each number on its own.
      """,
      """
      With c drawn from 0, 1, 2, m the mean of the pixels' numbers c, and σ² the mean of (number − m)²: \
      a dropped number is m + σ / 100 · random.normal(). Measure by the distances from m: the mean of \
      squares minus the squared mean has no digits left where m is thousands.
      """,
      """
      dropped: c = random.integer(below: 3); m, σ of channel c
      for each pixel and each channel other than c: m + σ / 100 · random.normal(), a new one each time
      droppedPair: dropped(first), then dropped(second), with the same `random`, not with a copy
      """,
    ],
    parts: [
      Part("one channel is kept", points: 2, checkKept), Part("the noise", points: 2, checkNoise),
      Part("constant channels, single pixels", points: 1, checkConstant),
      Part("both patches of a pair", points: 1, checkPair),
    ])

  // MARK: The channel

  private static func checkKept(_ functions: Chapter3Functions) throws {
    func check(_ pixels: [[Float]], _ draws: Int, seed: UInt64) throws -> DroppedPatches {
      var patch = DroppedPatches(pixels)
      var random = Random(seed: seed)
      for _ in 0..<draws { try patch.draw(functions, &random) }
      let kept = try patch.expectKept()
      if draws < 100 { return patch }
      let counts = DrawnPairs.counts(kept, below: 3)
      let isEven = DrawnPairs.uneven(counts, of: draws) == nil
      let isOne = Set(kept).count == 1
      let areAlike = Set(patch.results).count == 1
      let why = Guesses.name(
        isRight: isEven,
        [
          (
            "Draw after draw gives the same patch: you draw from a copy of the generator, and `random` never "
              + "moves on.", areAlike
          ),
          (
            "It is the same channel in all draws; each of the three is as likely.",
            isOne && !areAlike
          ),
          (
            "One channel is never kept: integer(below: 3) gives 0, 1 and 2.",
            counts.count { $0 == 0 } == 1
          ),
        ])
      try expect(
        isEven,
        Wrong(
          "The three channels are not kept equally often.",
          expected: "each some \(draws / 3) times in \(draws) draws",
          got: "red, green and blue " + text(counts), on: patch.input, why: why))
      return patch
    }
    let telling = DroppedPatches.patch(12, seed: 331)
    try checkFirst(
      { _ = try check([[0, 5, 5], [2, 5.5, 9]], 20, seed: 330) },
      toldApartBy: [{ _ = try check(telling, 900, seed: 332) }])
    let input = "pixels \(text(telling)), Random(seed: 5)"
    try expectSame(
      Wrong(
        "The same seed gave another patch the second time.", on: input,
        why: "All randomness must come from the generator `random` that you are given.")
    ) {
      var patch = DroppedPatches(telling)
      var random = Random(seed: 5)
      for _ in 0..<4 { try patch.draw(functions, &random) }
      return patch.results
    }
    try randomCases(6, seed: 333) { random, size in
      _ = try check(
        DroppedPatches.patch(2 + 3 * size, seed: random.next(), around: [-20, 0, 20]), 9,
        seed: UInt64(size))
    }
  }

  // MARK: The noise

  private static func checkNoise(_ functions: Chapter3Functions) throws {
    func check(_ pixels: [[Float]], _ draws: Int, seed: UInt64) throws {
      var patch = DroppedPatches(pixels)
      var random = Random(seed: seed)
      for _ in 0..<draws { try patch.draw(functions, &random) }
      try patch.expectNoise(try patch.expectKept())
    }
    try check(DroppedPatches.patch(64, seed: 334), 60, seed: 335)
    try unfriendly(.equalRows) {
      // Pixels of three colours only: equal ones have noise of their own.
      try check(
        (0..<60).map { [[1, 20, 50], [3, 24, 58], [6, 29, 53]][$0 / 20] }, 60, seed: 336)
    }
    try unfriendly(.scale) {
      try check(
        DroppedPatches.patch(64, seed: 337, around: [5000, -6000, 7000]), 60, seed: 338)
    }
    try unfriendly(.sizes) {
      for count in Family.widths.dropFirst() + [70, Family.many] {
        var patch = DroppedPatches(DroppedPatches.patch(count, seed: UInt64(count)))
        var random = Random(seed: 339)
        for _ in 0..<6 { try patch.draw(functions, &random) }
        for (got, kept) in zip(patch.results, try patch.expectKept()) {
          try DroppedPatches.expectFaint(got, of: patch.pixels, kept: kept, on: patch.input)
        }
      }
    }
  }

  // MARK: Constant channels

  private static func checkConstant(_ functions: Chapter3Functions) throws {
    func check(_ pixels: [[Float]]) throws {
      var patch = DroppedPatches(pixels)
      var random = Random(seed: 3310)
      for _ in 0..<12 { try patch.draw(functions, &random) }
      for got in patch.results {
        let kept = DroppedPatches.unchanged(got, pixels)
        try expect(
          !kept.isEmpty,
          Wrong(
            "No channel is what it was.", expected: "one of the three", got: text(got),
            on: patch.input))
        // Where several are what they were, one of them is the kept one.
        let isFaint = kept.contains { kept in
          (try? DroppedPatches.expectFaint(got, of: pixels, kept: kept, on: patch.input)) != nil
        }
        let channel = pixels.map { $0[kept[0]] }
        let isConstant = channel.allSatisfy { $0 == channel[0] }
        let isNoisy = (0..<3).contains { one in got.contains { $0[one] != got[0][one] } }
        try expect(
          isFaint,
          Wrong(
            "The dropped channels are others.",
            expected: isConstant
              ? "\(text(channel[0])) in all three" : "noise around the kept channel's mean",
            got: text(got), on: patch.input,
            why: isConstant && isNoisy && kept.count == 1
              ? "The kept channel is constant: its deviation is 0, and so is the noise's." : nil))
      }
    }
    try check([[1, 5, 9], [1, 7, 9], [1, 5.5, 9]])
    try check([[0.5, 2, 7], [0.5, 2, 7], [0.5, 2, 7], [0.5, 2, 7]])
    try check([[0.1, 0.7, 0.3], [0.1, 0.7, 0.3], [0.1, 0.7, 0.3]])
    try unfriendly(.edges) {
      try check([[0.25, 3, -7]])
      try check([[0, 0, 0], [0, 0, 0]])
      try check([[4, 4, 4]])
    }
  }

  // MARK: A pair

  private static func checkPair(_ functions: Chapter3Functions) throws {
    let first = DroppedPatches.patch(6, seed: 3311)
    let second = DroppedPatches.patch(6, seed: 3312, around: [200, 120, 160])
    let input = "first \(text(first)), second \(text(second))"
    var random = Random(seed: 3313)
    var draws: [Chapter3Functions.TwoPatches] = []
    for _ in 0..<900 {
      let got = try answer(on: input) { try functions.droppedPair(first, second, &random) }
      try DroppedPatches.expectShape(got.first, of: first, on: input)
      try DroppedPatches.expectShape(got.second, of: second, on: input)
      draws.append(got)
    }
    let kept = draws.map {
      (DroppedPatches.unchanged($0.first, first), DroppedPatches.unchanged($0.second, second))
    }
    let isKept = kept.allSatisfy { $0.0.count == 1 && $0.1.count == 1 }
    let whole = Guesses.name(
      isRight: isKept,
      [
        (
          "You changed the order of the two patches.",
          draws.allSatisfy {
            DroppedPatches.unchanged($0.first, second).count == 1
              && DroppedPatches.unchanged($0.second, first).count == 1
          }
        ),
        (
          "The second patch is left as it was.",
          kept.allSatisfy { $0.0.count == 1 && $0.1.count == 3 }
        ),
      ])
    try expect(
      isKept,
      Wrong(
        "Not one channel of each patch is what it was.", expected: "one of three in either",
        got: "first \(text(draws[0].first)), second \(text(draws[0].second))", on: input,
        why: whole))
    for (got, kept) in zip(draws, kept) {
      try DroppedPatches.expectFaint(got.first, of: first, kept: kept.0[0], on: input)
      try DroppedPatches.expectFaint(got.second, of: second, kept: kept.1[0], on: input)
    }
    let counts = DrawnPairs.counts(kept.map { 3 * $0.0[0] + $0.1[0] }, below: 9)
    let isEven = DrawnPairs.uneven(counts, of: draws.count) == nil
    let same = [0, 4, 8].map { counts[$0] }.reduce(0, +)
    let why = Guesses.name(
      isRight: isEven,
      [
        (
          "Both patches keep the same channel; each draws its own, and `random` itself moves on.",
          same == draws.count && Set(kept.map { $0.0[0] }).count > 1
        ),
        (
          "The two never keep the same channel; they know nothing of each other.",
          same == 0 && Set(kept.map { $0.0[0] }).count > 1
        ),
      ])
    try expect(
      isEven,
      Wrong(
        "The two kept channels are not drawn each by itself.",
        expected: "each of nine pairs of channels some 100 times in 900 draws",
        got: "red with red, green and blue, green with …: " + text(counts), on: input, why: why))
    let input2 = input + ", Random(seed: 6)"
    try expectSame(
      Wrong(
        "The same seed gave another pair of patches the second time.", on: input2,
        why: "All randomness must come from `random`.")
    ) {
      var random = Random(seed: 6)
      let got = try answer(on: input2) { try functions.droppedPair(first, second, &random) }
      return got.first + got.second
    }
  }
}
