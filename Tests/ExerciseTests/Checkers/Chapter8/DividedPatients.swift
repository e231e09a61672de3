import TensorCore

extension Chapter8 {
  static let dividedPatients = Exercise<Chapter8Functions>(
    "8.6", "Patients on both sides", file: "DividedPatients.swift", kind: .diagnose, minutes: 40,
    difficulty: 3, section: "Where it breaks: the patient on both sides",
    hints: [
      """
      What does a classifier need to know of the pathology if it has seen another picture of the \
      very same skin in the very same room? And print the keys of a Dictionary in a loop, in three \
      runs of your program.
      """,
      """
      One leak: pictures are divided, not patients. One riddle: a Dictionary and a Set have \
      another order in each run, so the same random numbers meet other diagnoses. Sort before you \
      draw. leakedShare = leaked test pictures / all test pictures.
      """,
      """
      leakedShare: known = patients of train; the share of test whose patient is in known; 0 if \
      none
      splitByPatient: random = Random(seed: seed); for each diagnosis in ascending order: its \
      patients, each once, sorted; shuffle; the first round(share · n) are tested
      train = indices of pictures whose patient is not tested; test = the others
      """,
    ],
    parts: [
      Part("the leak is measured", points: 1, checkLeak),
      Part("every patient stands on one side", points: 2, checkSides),
      Part("each diagnosis keeps its share", points: 1, checkShares),
      Part("the seed decides, and nothing else", points: 2, checkSeed),
    ])

  private static func checkLeak(_ functions: Chapter8Functions) throws {
    func check(_ patients: [Int], _ train: [Int], _ test: [Int]) throws {
      let input = "patients \(text(patients)), train \(text(train)), test \(text(test))"
      let got = try answer(on: input) { try functions.leakedShare(patients, train, test) }
      // Brute force: each test picture against each training picture.
      let leaked = test.filter { one in train.contains { patients[$0] == patients[one] } }
      let people = Set(leaked.map { patients[$0] }).count
      let pairs = test.map { one in train.count { patients[$0] == patients[one] } }.reduce(0, +)
      func share(_ part: Int, _ whole: Int) -> Float { Float(part) / Float(max(1, whole)) }
      // One division of whole numbers.
      try expectClose(
        got, share(leaked.count, test.count), tolerance: 1e-5, "The share is another.", on: input,
        misconceptions: [
          Misconception(
            "You compared indices: no picture is on both sides, but patients are.",
            gives: share(test.count { train.contains($0) }, test.count)),
          Misconception(
            "You divided whole numbers: 2 / 3 is 0 among them. Make them Float before you divide.",
            gives: Float(leaked.count / max(1, test.count))),
          Misconception(
            "You divided by the number of all pictures; it is the share of the test pictures.",
            gives: share(leaked.count, train.count + test.count)),
          Misconception(
            "You divided by the number of training pictures; it is the share of the test pictures.",
            gives: share(leaked.count, train.count)),
          Misconception(
            "This is the share of the patients on test; asked for is that of their pictures.",
            gives: share(people, Set(test.map { patients[$0] }).count)),
          Misconception(
            "You counted patients above the bar and pictures below it.",
            gives: share(people, test.count)),
          Misconception(
            "You counted pairs of pictures: a test picture leaks once, however many of its patient "
              + "were trained on.", gives: share(pairs, test.count)),
          Misconception(
            "This is the share of the training pictures that have a companion in the test.",
            gives: share(
              train.count { one in test.contains { patients[$0] == patients[one] } }, train.count)),
          Misconception(
            "You say only whether there is a leak; asked for is how large a share has leaked.",
            gives: leaked.isEmpty ? 0 : 1),
        ])
    }
    // Two inputs tell the wrong ideas apart: here everything has leaked, there a part.
    try checkFirst(
      { try check([7, 7, 7, 3, 9], [0, 3], [1, 2, 4]) },
      toldApartBy: [
        { try check([7, 7, 3, 3, 3], [0, 2], [1, 3, 4]) },
        { try check([7, 7, 7, 3, 9, 7, 3, 3, 5, 4, 4], [0, 3, 6, 9, 10], [1, 2, 4, 5, 7, 8]) },
      ])
    // Some pictures are on neither side.
    try check([7, 7, 3, 3, 5, 9], [0, 4], [3, 5])
    try check([7, 7, 3, 3, 5, 9], [0], [1, 4])
    try check([7, 3], [0, 1], [])
    try check([7, 3], [], [0, 1])
    try check([], [], [])
    try randomCases(8, seed: 861) { random, size in
      let patients = (0..<2 * size + 2).map { _ in 50 - 3 * random.integer(below: 2 + size) }
      let order = random.permutation(patients.count)
      try check(patients, Array(order[(size / 2 + 1)...]), Array(order[..<(size / 2 + 1)]))
    }
    try unfriendly(.edges) {
      try check([-4, .max, -4, .min, .max, 0], [0, 1, 3], [2, 4, 5])
    }
    try unfriendly(.sizes) {
      try check((0..<140).map { $0 / 2 }, (0..<130).map { $0 }, (130..<140).map { $0 })
      try check((0..<141).map { $0 / 2 }, (0..<135).map { $0 }, (135..<141).map { $0 })
      // The last pictures alone have leaked.
      try check(
        Array(0..<Family.many) + [Family.many - 1], Array(1000..<Family.many), [5, Family.many])
    }
  }

  /// Patients with one to six pictures each, unevenly many of each diagnosis, all mixed.
  private static func clinic(_ size: Int, _ random: inout Random) -> (
    patients: [Int], diagnoses: [Int]
  ) {
    var pictures: [(patient: Int, diagnosis: Int)] = []
    for index in 0..<size {
      let diagnosis = 9 - 4 * random.integer(below: 1 + size / 4)
      for _ in 0...random.integer(below: 6) { pictures.append((900 - 7 * index, diagnosis)) }
    }
    random.shuffle(&pictures)
    return (pictures.map(\.patient), pictures.map(\.diagnosis))
  }

  private static func shown(_ split: Chapter8Functions.Split) -> String {
    "train \(text(split.train.sorted())), test \(text(split.test.sorted()))"
  }

  private static func expectSound(
    _ functions: Chapter8Functions, _ patients: [Int], _ diagnoses: [Int], _ share: Float,
    seed: UInt64
  ) throws -> (split: Chapter8Functions.Split, input: String) {
    let input =
      "patients \(text(patients)), diagnoses \(text(diagnoses)), testShare \(text(share)), "
      + "seed \(seed)"
    let got = try answer(on: input) {
      try functions.splitByPatient(patients, diagnoses, share, seed)
    }
    let all = (got.train + got.test).sorted()
    let isWhole = all == Array(patients.indices)
    var why = Guesses.name(
      isRight: isWhole,
      [
        (
          "You gave back patients; asked for are the indices of their pictures.",
          Set(all).isSubset(of: Set(patients)) && all.isEmpty == patients.isEmpty
        )
      ])
    if !isWhole {
      if why == nil, let missing = patients.indices.first(where: { !all.contains($0) }) {
        why = "Picture \(missing) stands on no side: every picture of a patient is used."
      } else if why == nil,
        let twice = patients.indices.first(where: { one in all.count { $0 == one } > 1 })
      {
        why = "Picture \(twice) stands there more than once."
      }
      throw Wrong(
        "Each index from 0 to \(patients.count - 1) must stand in train or in test, once.",
        got: shown(got), on: input, why: why)
    }
    let both = Set(got.train.map { patients[$0] }).intersection(got.test.map { patients[$0] })
    let groups = Dictionary(grouping: patients.indices, by: { diagnoses[$0] }).values
    let counts = [
      Int((share * Float(patients.count)).rounded()),
      groups.map { Int((share * Float($0.count)).rounded()) }.reduce(0, +),
    ]
    let dividesPictures = Guesses.name(
      isRight: both.isEmpty,
      [
        (
          "You divide pictures. Divide the patients, and let each picture follow its patient.",
          counts.contains(got.test.count)
        )
      ])
    if let one = both.sorted().first {
      throw Wrong(
        "It still leaks: pictures of patient \(one) stand on both sides.", got: shown(got),
        on: input, why: dividesPictures)
    }
    return (got, input)
  }

  private static func checkSides(_ functions: Chapter8Functions) throws {
    _ = try expectSound(functions, [7, 7, 3, 4, 4, 9], [0, 0, 0, 1, 1, 1], 0.5, seed: 1)
    var divided = 0
    try randomCases(10, seed: 862) { random, size in
      let (patients, diagnoses) = clinic(size + 3, &random)
      let (split, _) = try expectSound(functions, patients, diagnoses, 0.5, seed: UInt64(size))
      if !split.train.isEmpty && !split.test.isEmpty { divided += 1 }
    }
    try expect(
      divided > 0,
      Wrong("With a share of a half, one side was empty in each of ten clinics."))
  }

  private static func checkShares(_ functions: Chapter8Functions) throws {
    func check(
      _ patients: [Int], _ diagnoses: [Int], _ share: Float, _ seed: UInt64,
      isOfRounding: Bool = false
    ) throws {
      let (got, input) = try expectSound(functions, patients, diagnoses, share, seed: seed)
      let tested = Set(got.test.map { patients[$0] })
      let ill = Set(diagnoses).sorted().map { diagnosis in
        Set(patients.indices.filter { diagnoses[$0] == diagnosis }.map { patients[$0] })
      }
      func rounded(_ share: Float, _ count: Int) -> Int { Int((share * Float(count)).rounded()) }
      let wanted = ill.map { rounded(share, $0.count) }
      let came = ill.map { $0.intersection(tested).count }
      let isRight = came == wanted
      let roundings = Family.wrongRoundings.map { idea in
        (idea.sentence, came == ill.map { idea.count(share, $0.count) })
      }
      let total = Set(patients).count
      let ofPictures = "You took the share of the pictures; it is that of the patients."
      let ownPictures = Set(diagnoses).sorted().map { one in diagnoses.count { $0 == one } }
      let exact =
        [
          (
            ofPictures,
            came == zip(ill, ownPictures).map { min($0.count, rounded(share, $1)) }
          ),
          (
            "You took the share for training; it is that of the test.",
            came == ill.map { $0.count - rounded(share, $0.count) }
              || came == ill.map { rounded(1 - share, $0.count) }
          ),
          (
            "You drew among all patients: a rare diagnosis may be missing on one side.",
            tested.count == rounded(share, total)
          ),
        ] + roundings
      let nearPictures = (
        ofPictures,
        // Whole patients until a diagnosis' share of the pictures is reached: the last one may bring some
        // too many, or is left away for that.
        zip(ill, ownPictures).allSatisfy { people, all in
          let pictures = people.map { one in patients.count { $0 == one } }
          let came = people.intersection(tested).map { one in patients.count { $0 == one } }
          return abs(came.reduce(0, +) - rounded(share, all)) < (pictures.max() ?? 0)
        }
      )
      // So wide a net counts only where the narrow ones catch nothing.
      var why =
        Guesses.name(isRight: isRight, exact)
        ?? Guesses.name(isRight: isRight, [exact[0], nearPictures])
      if isRight { return }
      if isOfRounding {
        // One patient more or less than half of few: there a share of the pictures is as near.
        why = Guesses.name(isRight: isRight, roundings)
      }
      if why == nil, tested.count == wanted.reduce(0, +) {
        why = "The number of patients is right, but they are of other diagnoses."
      }
      throw Wrong(
        "Of the diagnoses \(text(Set(diagnoses).sorted())) other numbers of patients are tested.",
        expected: text(wanted), got: text(came), on: input, why: why)
    }
    // Five patients with 7 pictures and four with 13: 1.5 and 1.2 are tested, of the pictures 2.1
    // and 3.9. Each wrong idea rounds these to other numbers.
    let nine = zip(20..., [1, 2, 1, 2, 1, 4, 3, 3, 3]).flatMap { [Int](repeating: $0, count: $1) }
    try checkFirst(
      { try check([7, 7, 3, 4, 4, 9], [0, 0, 0, 1, 1, 1], 0.5, 2) },
      // Whole patients up to a share of the pictures come now like this, now like that.
      toldApartBy: (11..<19).map { seed in
        { try check(nine, nine.map { $0 < 25 ? 2 : 4 }, 0.3, seed) }
      } + [
        // 1.8 of six, and 0.9 of three: rounded, up, and the rest of what is rounded on the other side.
        { try check(Array(60..<69), (60..<69).map { $0 < 66 ? 2 : 4 }, 0.3, 19) }
      ])
    try check([7, 7, 3, 4, 4, 9], [0, 0, 0, 1, 1, 1], 0, 3)
    try check([7, 7, 3, 4, 4, 9], [0, 0, 0, 1, 1, 1], 1, 4)
    try unfriendly(.rounding) { try check([8], [3], 0.5, 5, isOfRounding: true) }
    try check([], [], 0.5, 6)
    try randomCases(12, seed: 863) { random, size in
      let (patients, diagnoses) = clinic(2 * size + 4, &random)
      try check(patients, diagnoses, 0.1 + 0.8 * random.uniform(), UInt64(size))
    }
    try unfriendly(.rounding) {
      func round(_ share: Float, _ count: Int) throws {
        let patients = (0..<2 * count).map { 30 - $0 / 2 }
        try check(patients, patients.map { _ in 4 }, share, 7, isOfRounding: true)
        try check(
          patients + [99], patients.map { _ in 4 } + [5], share, 8, isOfRounding: true)
      }
      // All of them first, for what is ruled out: in one of them several ways give the same number.
      for (share, count) in Family.betweenWholeNumbers { try? round(share, count) }
      for (share, count) in Family.betweenWholeNumbers { try round(share, count) }
    }
    try unfriendly(.edges) {
      try check([-1, .max, -1, .min, 1 << 40, 0], [-9, .max, -9, -9, .max, .max], 0.5, .max)
    }
    try unfriendly(.sizes) {
      try check((0..<140).map { $0 / 2 }, (0..<140).map { $0 / 2 % 70 % 2 }, 0.3, 9)
      // As many patients of one diagnosis, and as many diagnoses with two patients each.
      try check(Array(0..<500), (0..<500).map { _ in 3 }, 0.3, 10)
      try check(Array(0..<280), (0..<280).map { $0 / 2 }, 0.5, 11)
    }
  }

  private static func checkSeed(_ functions: Chapter8Functions) throws {
    // 40 patients with two pictures each, of eight diagnoses. Of five patients with ten pictures two are
    // tested; a share of the pictures would be four, and no split is all or nothing.
    let patients = (0..<80).map { 7 * ($0 / 2) + 11 }
    let diagnoses = patients.map { $0 % 8 }
    func tested(_ seed: UInt64) throws -> Set<Int> {
      let input = "40 patients with two pictures each, eight diagnoses, testShare 0.4, seed \(seed)"
      let got = try answer(on: input) {
        try functions.splitByPatient(patients, diagnoses, 0.4, seed)
      }
      let people = Set(got.test.filter(patients.indices.contains).map { patients[$0] })
      let seen = Set(got.train.filter(patients.indices.contains).map { patients[$0] })
      try expect(
        people.isDisjoint(with: seen),
        Wrong("Pictures are drawn, not patients: some patient stands on both sides.", on: input))
      return people
    }
    let first = try expectSame(
      Wrong(
        "The same seed gave another split the second time.", on: "seed 1",
        why: "Either a random number does not come from Random(seed: seed), or you draw in the "
          + "order of a Set or a Dictionary, or of hash values, which change: sort first.")
    ) { try tested(1) }
    let isOneSided = first.isEmpty || first.count == 40
    // There are a hundred million such splits: five draws never agree.
    let others = try (2..<6).map { try tested($0) }
    try expect(
      others.contains { $0 != first },
      Wrong(
        "Five seeds gave the same split.", expected: "patients drawn by the seed",
        got: "in test " + text(first.sorted()),
        why: isOneSided
          ? "\(first.isEmpty ? "None" : "All") of the patients are tested in every split, though the "
            + "share is 0.4: look at the number of each diagnosis first."
          : "You take the patients as they come, or never use the seed: draw them with "
            + "Random(seed: seed)."))
    // The same seed with other data, and the largest.
    try unfriendly(.chance) {
      for seed in [1, .max] as [UInt64] {
        for shift in [3, 100] {
          _ = try expectSound(functions, patients.map { $0 + shift }, diagnoses, 0.5, seed: seed)
        }
        _ = try expectSound(functions, [4, 4, 5, 6], [1, 1, 1, 2], 0.5, seed: seed)
      }
    }
    // A patient who is tested with a chance of 2/5 is missed by 60 draws once in 10¹³.
    var ever = first
    for seed in 6..<66 { ever.formUnion(try tested(UInt64(seed))) }
    try expect(
      ever.count == 40,
      Wrong(
        "Some patients are never tested, whatever the seed.", expected: "each of 40 at times",
        got: "\(ever.count) of them in 65 draws"))
    try unfriendly(.chance) { try checkEveryChoice(functions) }
  }

  /// Two of four patients, with seed after seed: each of the six choices comes as often.
  private static func checkEveryChoice(_ functions: Chapter8Functions) throws {
    let patients = [30, 10, 40, 20]
    let input = "patients \(text(patients)), one diagnosis, testShare 0.5, seeds 0 to 1199"
    var counts: [Set<Int>: Int] = [:]
    for seed in 0..<1200 {
      let got = try answer(on: input) {
        try functions.splitByPatient(patients, [2, 2, 2, 2], 0.5, UInt64(seed))
      }
      counts[Set(got.test), default: 0] += 1
    }
    let choices = patients.indices.flatMap { i in (0..<i).map { Set([$0, i]) } }
    let came = choices.map { counts[$0] ?? 0 }
    try expect(
      Evenness.isLikely(came) && came.reduce(0, +) == 1200,
      Wrong(
        "Not every two of four patients are tested equally often.",
        expected: "each two some 200 times",
        got: zip(choices, came).map { "\(text($0.map { patients[$0] }.sorted())) \($1) times" }
          .joined(separator: ", "), on: input))
  }
}
