import TensorCore

extension Chapter1 {
  static let labelsFromHalves = Exercise<Chapter1Functions>(
    "1.1", "Labels from nothing", file: "LabelsFromHalves.swift", kind: .heart, minutes: 20,
    difficulty: 1, section: "Self-supervised learning",
    hints: [
      """
      Draw a picture of height 2 and width 4 on paper and number its places 0 to 7. Which places does \
      row 1 take? Where does its right half begin?
      """,
      """
      Row r takes the places r·width to r·width + width − 1, and its right half begins at \
      r·width + width/2. In formulas: swapped(r, c) = picture(r, (c + width/2) mod width).
      """,
      """
      swappedHalves: for each row, append its right half, then its left half, to a list that is empty \
      at first.
      labelsFromHalves: for each picture: draw a label; append it; append the picture if the label is \
      0, the swapped picture if it is 1.
      """,
    ],
    parts: [
      Part("the halves change places", points: 2, checkSwappedHalves),
      Part("each label tells what was done", points: 2, checkLabelsAreTrue),
      Part("labels are drawn evenly and by the seed", points: 1, checkLabelsAreDrawn),
    ])

  /// Number (r, c) of the answer is number (r, c + width/2) of the picture, counted round the row.
  private static func rolled(_ picture: [Float], _ width: Int) -> [Float] {
    picture.indices.map { place in
      let row = place / width
      let column = place % width
      return picture[row * width + (column + width / 2) % width]
    }
  }

  private static func checkSwappedHalves(_ functions: Chapter1Functions) throws {
    func check(_ picture: [Float], _ height: Int, _ width: Int) throws {
      let input = "picture \(text(picture)), height \(height), width \(width)"
      let got = try answer(on: input) { try functions.swappedHalves(picture, height, width) }
      let half = picture.count / 2
      let mirrored = picture.indices.map { picture[$0 / width * width + width - 1 - $0 % width] }
      try expectClose(
        got, rolled(picture, width), tolerance: 0, "The halves are not swapped.", on: input,
        misconceptions: [
          Misconception("You gave the picture back as it was.", gives: picture),
          Misconception(
            "You swapped the first and the second half of the list: that is the top and the bottom"
              + " of the picture. Left and right halves are made of half of every row.",
            gives: Array(picture[half...] + picture[..<half])),
          Misconception(
            "You mirrored the picture. The halves change places, but inside a half the columns keep"
              + " their order.", gives: mirrored),
        ])
    }
    // The first picture tells the wrong ideas apart.
    for (height, width) in [
      (2, 4), (1, 2), (2, 2), (1, 4), (3, 2), (4, 4), (3, 6), (6, 4), (5, 8),
    ] {
      try check((1...height * width).map { Float($0) }, height, width)
    }
    try unfriendly(.equalRows) {
      // Numbers stand in several places; two rows are equal.
      try check((0..<24).map { Float($0 * $0 % 5) }, 4, 6)
      try check([1, 2, 3, 4, 1, 2, 3, 4, 4, 3, 2, 1], 3, 4)
    }
    try unfriendly(.sizes) {
      for half in Family.widths {
        try check((0..<6 * half).map { Float($0) }, 3, 2 * half)
        try check((0..<4 * half).map { Float($0) }, 2 * half, 2)
      }
      try check((0..<2 * 9 * 70).map { Float($0) }, 9, 140)
      try check((0..<4 * Family.many).map { Float($0) }, Family.many, 4)
      try check((0..<2 * Family.many).map { Float($0) }, 1, 2 * Family.many)
    }
  }

  private static func pictures(_ count: Int, _ size: Int, _ random: inout Random) -> [[Float]] {
    (0..<count).map { _ in (0..<size).map { _ in (random.uniform() * 1000).rounded() } }
  }

  private static func checkLabelsAreTrue(_ functions: Chapter1Functions) throws {
    func check(_ pictures: [[Float]], _ height: Int, _ width: Int, seed: UInt64) throws {
      var theirs = Random(seed: seed)
      let input =
        "\(count(pictures.count, "picture")) of height \(height) and width \(width): "
        + text(pictures)
      let got = try answer(on: input) {
        try functions.labelsFromHalves(pictures, height, width, &theirs)
      }
      let isPaired = got.inputs.count == pictures.count && got.labels.count == pictures.count
      let idea = Guesses.name(
        isRight: isPaired,
        [
          (
            "You made both versions of every picture; one of them is drawn.",
            got.inputs.count == 2 * pictures.count
          )
        ])
      try expect(
        isPaired,
        Wrong(
          "There must be one input and one label for each picture.",
          expected: "\(pictures.count) inputs and \(pictures.count) labels",
          got: "\(got.inputs.count) inputs and \(got.labels.count) labels", on: input, why: idea))
      for (index, picture) in pictures.enumerated() {
        try checkPair(
          (got.inputs[index], got.labels[index]), of: picture, width: width, index: index)
      }
    }
    try randomCases(8, seed: 11) { random, size in
      let height = 1 + size / 2
      let width = 2 * (1 + size / 3)
      // No pictures, then a few, then enough to see both labels.
      let pictures = pictures(size < 3 ? size : 4 * size, height * width, &random)
      try check(pictures, height, width, seed: UInt64(size))
    }
    var random = Random(seed: 12)
    try unfriendly(.equalRows) {
      let few = pictures(3, 4, &random)
      try check(few + few + few, 1, 4, seed: 1)
      try check([[1, 1], [2, 2], [1, 1], [3, 4]], 1, 2, seed: 2)
    }
    try unfriendly(.sizes) {
      for half in Family.widths {
        try check(pictures(half, 2 * half, &random), 1, 2 * half, seed: 3)
      }
      try check(pictures(140, 2, &random), 1, 2, seed: 4)
    }
    // The same seed and the same sizes with other pictures.
    try unfriendly(.chance) {
      for _ in 0..<2 { try check(pictures(8, 6, &random), 1, 6, seed: 5) }
    }
  }

  private static func checkPair(
    _ pair: (input: [Float], label: Int), of picture: [Float], width: Int, index: Int
  ) throws {
    let swapped = rolled(picture, width)
    let input = "picture number \(index), \(text(picture)), width \(width)"
    try expect(
      pair.label == 0 || pair.label == 1,
      Wrong("A label is 0 or 1.", got: "label \(pair.label)", on: input))
    let right = pair.label == 0 ? picture : swapped
    if pair.input == right { return }
    var why: String?
    if pair.input == (pair.label == 0 ? swapped : picture) {
      why =
        pair.label == 0
        ? "This picture was swapped, but its label says that it was not: the label must come from"
          + " what you did with the picture."
        : "This picture was left as it was, but its label says that it was swapped: the label must"
          + " come from what you did with the picture."
    }
    throw Wrong(
      "Input and label do not belong together.",
      expected: "for label \(pair.label): \(text(right))", got: text(pair.input), on: input,
      why: why)
  }

  private static func checkLabelsAreDrawn(_ functions: Chapter1Functions) throws {
    var random = Random(seed: 5)
    let pictures = pictures(1000, 2, &random)
    func labels(_ seed: UInt64) throws -> [Int] {
      var theirs = Random(seed: seed)
      return try answer(on: "1,000 pictures of height 1 and width 2, Random(seed: \(seed))") {
        try functions.labelsFromHalves(pictures, 1, 2, &theirs).labels
      }
    }
    let first = try expectSame(
      Wrong(
        "The same seed gave other labels the second time.",
        why: "All randomness must come from the generator `random` that you are given.")
    ) { try labels(1) }
    try expect(
      first.count == 1000,
      Wrong("There must be a label for each of 1,000 pictures.", got: "\(first.count) labels"))
    // Tossing a coin 1,000 times, heads lie within 500 ± 95 (six standard deviations) but for one
    // time in 500 million; the same holds for the neighbours that agree.
    let ones = first.count { $0 == 1 }
    if ones % 1000 == 0, try (2..<30).contains(where: { try labels($0) != first }) {
      throw Wrong(
        "All 1,000 labels are \(first[0]).", expected: "about 500 ones among 1,000 labels",
        got: "\(ones)", why: "You toss one coin for all pictures; each picture has its own.")
    }
    try expect(
      abs(ones - 500) <= 95,
      Wrong(
        "Labels 0 and 1 must be equally likely: a network could do well by always giving the more"
          + " frequent one.", expected: "about 500 ones among 1,000 labels", got: "\(ones)"))
    let agreeing = zip(first, first.dropFirst()).count { $0 == $1 }
    try expect(
      abs(agreeing - 500) <= 95,
      Wrong(
        "The labels follow a pattern: each picture's label is drawn on its own.",
        expected: "about 500 labels equal to the one before", got: "\(agreeing)"))
    let others = try (2..<10).map { try labels(UInt64($0)) }
    // A sum of exactly as many ones comes once in 40 times: eight times in a row never.
    try expect(
      others.contains { $0.count { $0 == 1 } != ones } || others.allSatisfy { $0 == first },
      Wrong(
        "Every seed gives exactly \(ones) ones among 1,000 labels.",
        why: "You shuffle labels whose numbers are fixed: the last of them follow from the others."
          + " Each picture's label is drawn on its own."))
    try expect(
      others[0] != first,
      Wrong(
        "Two seeds gave the same 1,000 labels.",
        why: "You draw from a generator of your own. Draw from the generator `random` that you are"
          + " given."))
    try checkEveryPlace(functions, pictures)
    try checkEveryKind(functions)
    // Enough for a coin of 0.48 to show, and for a label that follows from two or more before it.
    try unfriendly(.chance) {
      try expectCoins(try (10..<70).flatMap { try labels(UInt64($0)) })
    }
  }

  private static func expectCoins(_ labels: [Int]) throws {
    let count = labels.count
    let input = "\(count) labels: those of 1,000 pictures with the seeds 10 to 69"
    let ones = labels.count { $0 == 1 }
    try expect(
      Evenness.isLikely(ones, of: count, probability: 0.5),
      Wrong(
        "Labels 0 and 1 must be equally likely: a network could do well by always giving the more"
          + " frequent one.", expected: "about \(count / 2) ones", got: "\(ones)", on: input))
    guard let sum = Evenness.patternedSum(labels) else { return }
    let places = sum.placesBack.map { $0 == 0 ? "i" : "i − \($0)" }.joined(separator: ", ")
    throw Wrong(
      "The labels follow a pattern: each picture's label is drawn on its own.",
      expected: "the sum of the labels \(places) even about \(sum.count / 2) times",
      got: "even \(sum.evenCount) times", on: input)
  }

  /// Whatever the pictures show, each has its own coin.
  private static func checkEveryKind(_ functions: Chapter1Functions) throws {
    var random = Random(seed: 6)
    let kinds: [(name: String, pictures: [[Float]])] = [
      ("1,000 pictures with equal halves", pictures(1000, 1, &random).map { [$0[0], $0[0]] }),
      ("1,000 times one picture", [[Float]](repeating: [1, 2], count: 1000)),
    ]
    func labels(_ name: String, _ pictures: [[Float]], _ seed: UInt64) throws -> [Int] {
      var theirs = Random(seed: seed)
      return try answer(on: "\(name), height 1, width 2, Random(seed: \(seed))") {
        try functions.labelsFromHalves(pictures, 1, 2, &theirs).labels
      }
    }
    func expectEven(_ labels: [Int], _ name: String) throws {
      // 1,000 tosses: six standard deviations are exceeded once in 500 million; the same holds for
      // those that agree with the label so many places before.
      let ones = labels.count { $0 == 1 }
      let steps = [1, 2, 3, 7, 64].map { step in
        zip(labels, labels.dropFirst(step)).count { $0 == $1 } + step / 2
      }
      try expect(
        ([ones] + steps).allSatisfy { abs($0 - 500) <= 95 },
        Wrong(
          "These labels are not drawn evenly, each on its own.",
          expected: "about 500 ones of 1,000",
          got: "\(ones) ones, " + text(Array(labels.prefix(16))) + " at first", on: name,
          why: "Every picture's label is drawn, whatever it shows and wherever it stands."))
    }
    try unfriendly(.chance) {
      for (name, pictures) in kinds { try expectEven(labels(name, pictures, .max), name) }
      // A list of four, again and again from one generator.
      var theirs = Random(seed: .max)
      let name = "four pictures of height 1 and width 2, 250 times with one Random"
      let drawn = try (0..<250).flatMap { _ in
        try answer(on: name) {
          try functions.labelsFromHalves([[1, 2], [3, 4], [5, 5], [1, 2]], 1, 2, &theirs).labels
        }
      }
      try expectEven(drawn, name)
    }
  }

  private static func checkEveryPlace(
    _ functions: Chapter1Functions, _ pictures: [[Float]]
  ) throws {
    let few = Array(pictures.prefix(4))
    let input = "four pictures of height 1 and width 2, 60 times with one Random(seed: 3)"
    var theirs = Random(seed: 3)
    let drawn = try (0..<60).map { _ in
      try answer(on: input) { try functions.labelsFromHalves(few, 1, 2, &theirs).labels }
    }
    try expect(
      Set(drawn).count > 1,
      Wrong(
        "Sixty times the same four labels.", got: text(drawn[0]), on: input,
        why: "Draw from `random` itself, not from a copy: it must move on."))
    // A coin shows one side 60 times running once in 10¹⁸.
    for place in few.indices where Set(drawn.compactMap { $0.dropFirst(place).first }).count < 2 {
      throw Wrong(
        "The label of picture number \(place) is always the same.",
        expected: "0 and 1 equally often", on: input,
        why: "Every picture's label is drawn, the first and the last too.")
    }
  }
}
