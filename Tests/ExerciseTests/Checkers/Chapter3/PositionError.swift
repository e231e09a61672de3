import TensorCore

extension Chapter3 {
  static let positionError = Exercise<Chapter3Functions>(
    "3.5", "How much a patch knows of its place", file: "PositionError.swift", kind: .extend,
    minutes: 40, difficulty: 2, section: "A lens that tells the place",
    hints: [
      """
      One error is the root of a mean of squares: what is squared is a distance, which has a part down \
      and a part across. The guess that has seen nothing may use the training patches, never the test \
      ones. For the best tenth make a list with one number for each picture first.
      """,
      """
      error = √(Σ over the n patches of ((p₀ − c₀)² + (p₁ − c₁)²) / n), the division by n and not by 2n. \
      The guess: the mean of the training centres, down and across. Of N pictures max(1, N / 10), divided as \
      whole numbers, have the least errors; their mean is the plain one.
      """,
      """
      positionError: 0 if empty; sum += both squares, for each patch; √(sum / patches)
      chanceError: g = (mean of the first numbers, mean of the second); positionError(g for each, test)
      bestTenthError: patches by picture number; an error for each picture; sort; mean of the first \
      max(1, count / 10)
      """,
    ],
    parts: [
      Part("the error", points: 2, checkError), Part("chance", points: 1, checkChance),
      Part("the best tenth of the pictures", points: 2, checkBest),
    ])

  // MARK: Oracles

  private static func distances(_ predicted: [[Float]], _ centres: [[Float]]) -> [Double] {
    zip(predicted, centres).map { one, other in
      let (down, across) = (Double(one[0]) - Double(other[0]), Double(one[1]) - Double(other[1]))
      return (down * down + across * across).squareRoot()
    }
  }

  private static func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }

  /// The root of the mean square.
  private static func quadratic(_ numbers: [Double]) -> Double {
    numbers.isEmpty ? 0 : mean(numbers.map { $0 * $0 }).squareRoot()
  }

  private static func middle(_ centres: [[Float]]) -> [Double] {
    [0, 1].map { axis in mean(centres.map { Double($0[axis]) }) }
  }

  /// Places in sixteenths, which are exact.
  private static func places(_ count: Int, _ random: inout Random) -> [[Float]] {
    (0..<count).map { _ in (0..<2).map { _ in Float(random.integer(below: 17)) / 16 } }
  }

  // MARK: The error

  private static func checkError(_ functions: Chapter3Functions) throws {
    func check(_ predicted: [[Float]], _ centres: [[Float]]) throws {
      let input = "predicted \(text(predicted)), centres \(text(centres))"
      let got = try answer(on: input) { try functions.positionError(predicted, centres) }
      let all = distances(predicted, centres)
      let expected = quadratic(all)
      func axis(_ one: Int) -> Double {
        quadratic(zip(predicted, centres).map { Double($0[one]) - Double($1[one]) })
      }
      // A root of a sum of squares below some hundreds.
      try expectClose(
        got, Float(expected), tolerance: 1e-5, "The error is another.", on: input,
        misconceptions: all.isEmpty
          ? [Misconception("You divided by the number of patches, which is 0.", gives: .nan)]
          : [
            Misconception(
              "This is the mean distance; square the distances, and take the root of their mean.",
              gives: Float(mean(all))),
            Misconception(
              "You took the mean over all numbers; a patch has two, and there are half as many patches.",
              gives: Float(expected / 2.squareRoot())),
            Misconception(
              "The root is missing: this is the mean squared distance.",
              gives: Float(expected * expected)),
            Misconception(
              "This is the root of the sum; divide the sum by the number of patches.",
              gives: Float(expected * Double(all.count).squareRoot())),
            Misconception(
              "You looked at the places down alone; a distance has a part across, too.",
              gives: Float(axis(0))),
            Misconception(
              "You looked at the places across alone; a distance has a part down, too.",
              gives: Float(axis(1))),
            Misconception(
              "You added the errors down and across; add their squares, then take the root.",
              gives: Float(axis(0) + axis(1))),
            Misconception(
              "This is the largest distance of all.", gives: Float(all.max() ?? 0)),
            Misconception(
              "You divided by one patch less than there are.",
              gives: Float(expected * (Double(all.count) / Double(all.count - 1)).squareRoot())),
          ])
    }
    try checkFirst(
      { try check([[0.5, 0.5], [0.5, 0.5]], [[0.5, 0.5], [0.8, 0.9]]) },
      toldApartBy: [
        {
          try check(
            [[0.5, 0.25], [0.75, 0], [0.125, 1], [0.5, 0.5]],
            [[0.25, 0.5], [1, 0.125], [0.125, 0.25], [0.625, 1]])
        }
      ])
    try check([[1, 0]], [[0, 1]])
    try unfriendly(.edges) {
      try check([], [])
      // Outside the picture, and exactly right.
      try check([[-3, 2]], [[0.5, 0.5]])
      try check([[0.3, 0.7], [0.1, 0.9]], [[0.3, 0.7], [0.1, 0.9]])
    }
    try unfriendly(.equalRows) {
      try check(
        [[0.5, 0.25], [0.5, 0.25], [0.25, 0.25]], [[0, 0.25], [0, 0.25], [0.25, 0.25]])
      try check([[0.5, 0.25], [0.5, 0.25], [0, 1]], [[0, 0], [1, 0.25], [0, 1]])
      try check([[0, 0], [1, 0.25], [0, 1]], [[0.5, 0.25], [0.5, 0.25], [0, 1]])
    }
    try unfriendly(.nearTies) {
      // All but right: the squares of the places do not tell them apart.
      let step: Float = 0x1p-10
      try check([[0.7, 0.9], [0.8, 0.6]], [[0.7 + step, 0.9], [0.8, 0.6 - step]])
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 350)
      for count in Family.widths + [70, Family.many] {
        try check(places(count, &random), places(count, &random))
      }
    }
    try randomCases(8, seed: 351) { random, size in
      let count = 1 + 2 * size
      try check(places(count, &random), places(count, &random))
    }
  }

  // MARK: Chance

  private static func checkChance(_ functions: Chapter3Functions) throws {
    func check(_ training: [[Float]], _ test: [[Float]]) throws {
      let input = "training \(text(training)), test \(text(test))"
      let got = try answer(on: input) { try functions.chanceError(training, test) }
      func error(_ guess: [Double], on centres: [[Float]]) -> Float {
        Float(
          quadratic(
            centres.map { one in
              let (down, across) = (guess[0] - Double(one[0]), guess[1] - Double(one[1]))
              return (down * down + across * across).squareRoot()
            }))
      }
      func median(_ axis: Int) -> Double {
        let sorted = training.map { Double($0[axis]) }.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
      }
      let guess = middle(training)
      // As exact as the error.
      try expectClose(
        got, test.isEmpty ? 0 : error(guess, on: test), tolerance: 1e-5,
        "The chance level is another.",
        on: input,
        misconceptions: test.isEmpty
          ? [Misconception("You divided by the number of test patches, which is 0.", gives: .nan)]
          : [
            Misconception(
              "You guessed the mean of the test patches, which a guess that has seen nothing cannot know; "
                + "take the mean of the training patches.", gives: error(middle(test), on: test)),
            Misconception(
              "You guessed the mean of training and test patches together; the test is not to be known.",
              gives: error(middle(training + test), on: test)),
            Misconception(
              "You guessed the middle of the picture, (0.5, 0.5); the best guess is the mean of the training "
                + "patches.", gives: error([0.5, 0.5], on: test)),
            Misconception(
              "You guessed (0, 0), the upper left corner.", gives: error([0, 0], on: test)),
            Misconception(
              "You guessed the median; of all guesses the mean has the least squared error.",
              gives: error([median(0), median(1)], on: test)),
            Misconception(
              "This is the error on the training patches; it is asked for on the test patches.",
              gives: error(guess, on: training)),
            Misconception(
              "You guessed the first training patch's place.",
              gives: error(training[0].map(Double.init), on: test)),
            Misconception(
              "You guessed one number for down and across; each has its own mean.",
              gives: error([mean(guess), mean(guess)], on: test)),
          ])
    }
    try checkFirst(
      { try check([[0, 0], [0, 1]], [[0, 1], [0, 1]]) },
      toldApartBy: [
        {
          try check(
            [[0.25, 0.125], [0.5, 1], [0.375, 0.5], [0.125, 1]],
            [[0.75, 0.25], [1, 0.625], [0.5, 0]])
        }
      ])
    try check([[0.25, 0.5]], [[1, 0]])
    try unfriendly(.edges) {
      try check([[0.25, 0.5]], [])
      try check([[0.25, 0.5], [0.75, 0.5]], [[0.5, 0.5]])
    }
    try unfriendly(.equalRows) {
      // A place that comes twice counts twice.
      try check([[0, 0], [0, 0], [0, 0], [1, 1]], [[0.25, 0.5], [0.25, 0.5], [1, 0]])
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 352)
      for count in Family.widths + [70, Family.many] {
        try check(places(count, &random), places(18 - count % 18, &random))
      }
    }
    try randomCases(6, seed: 353) { random, size in
      try check(places(1 + 2 * size, &random), places(1 + size, &random))
    }
  }

  // MARK: The best tenth

  /// Patches with a distance each, in the direction of (0.6, 0.8), and the number of their picture.
  private static func patches(
    _ distances: [(picture: Int, distance: Float)]
  ) -> (predicted: [[Float]], centres: [[Float]], pictures: [Int]) {
    (
      distances.map { [0.25 + 0.6 * $0.distance, 0.125 + 0.8 * $0.distance] },
      distances.map { _ in [0.25, 0.125] }, distances.map(\.picture)
    )
  }

  private static func checkBest(_ functions: Chapter3Functions) throws {
    func check(_ list: [(picture: Int, distance: Float)]) throws {
      let (predicted, centres, pictures) = patches(list)
      let input =
        "predicted \(text(predicted)), centres \(text(centres)), pictures \(text(pictures))"
      let got = try answer(on: input) {
        try functions.bestTenthError(predicted, centres, pictures)
      }
      let all = distances(predicted, centres)
      let numbers = Set(pictures).sorted()
      let own = numbers.map { number in all.indices.filter { pictures[$0] == number } }
      let errors = own.map { indices in quadratic(indices.map { all[$0] }) }.sorted()
      func least(_ list: [Double], _ count: Int) -> [Double] {
        Array(list.sorted().prefix(max(1, count)))
      }
      let best = least(errors, errors.count / 10)
      let upward = (errors.count + 9) / 10
      let patchesOfBest = own.filter { indices in
        quadratic(indices.map { all[$0] }) <= (best.last ?? 0)
      }.flatMap(\.self)
      // A mean of roots.
      try expectClose(
        got, best.isEmpty ? 0 : Float(mean(best)), tolerance: 1e-5,
        "The best tenth's error is another.",
        on: input,
        misconceptions: best.isEmpty
          ? [Misconception("You divided by the number of pictures, which is 0.", gives: .nan)]
          : [
            Misconception(
              "These are the pictures with the largest errors; take those with the least.",
              gives: Float(mean(Array(errors.suffix(best.count))))),
            Misconception(
              "You took a tenth of the patches; take a tenth of the pictures, with all of their patches.",
              gives: Float(quadratic(least(all, all.count / 10)))),
            Misconception(
              "You took a tenth of the patches; take a tenth of the pictures, with all of their patches.",
              gives: Float(mean(least(all, all.count / 10)))),
            Misconception(
              "You rounded the tenth up; it is rounded down, but at least one picture.",
              gives: Float(mean(least(errors, upward)))),
            Misconception(
              "You rounded the tenth to the nearest number; it is rounded down, but at least one picture.",
              gives: Float(mean(least(errors, (errors.count + 5) / 10)))),
            Misconception(
              "This is the error of all the best pictures' patches together; it is the mean of the pictures' "
                + "errors.", gives: Float(quadratic(patchesOfBest.map { all[$0] }))),
            Misconception(
              "You took the root of the mean square of the errors; it is their plain mean.",
              gives: Float(quadratic(best))),
            Misconception(
              "This is the mean over all pictures; only the best tenth is asked for.",
              gives: Float(mean(errors))),
            Misconception(
              "This is the best picture's error alone.", gives: Float(best[0])),
            Misconception(
              "This is the largest error among the best tenth; it is asked for their mean.",
              gives: Float(best[best.count - 1])),
            Misconception(
              "Each picture's error is the mean distance in your answer; it is the root of the mean square.",
              gives: Float(
                mean(
                  least(own.map { indices in mean(indices.map { all[$0] }) }, errors.count / 10)))),
            Misconception(
              "Equal errors count once in your answer; two pictures may have the same.",
              gives: Float(mean(least(Array(Set(errors)), errors.count / 10)))),
          ])
    }
    /// So many pictures with one, two or three patches, in an order of their own.
    func many(
      _ count: Int, from least: Int = 1, _ random: inout Random
    ) -> [(picture: Int, distance: Float)] {
      var list = (0..<count).flatMap { picture in
        (0...picture % 3).map { _ in
          (picture: picture * 7 - 20, distance: Float(least + random.integer(below: 60)) / 64)
        }
      }
      random.shuffle(&list)
      return list
    }
    var random = Random(seed: 354)
    // Of 26 pictures two are the best, one of them with three patches.
    let telling =
      many(24, from: 12, &random)
      + [(200, 0.125), (201, 0.03125), (201, 0.09375), (201, 0.015625)]
    let other = many(23, &random)
    try checkFirst(
      { try check([(4, 0.3), (8, 0.2), (9, 0.1), (9, 0.9)]) },
      toldApartBy: [{ try check(telling) }, { try check(other) }])
    try unfriendly(.edges) {
      try check([])
      try check([(-4, 0.5)])
      try check([(.max, 0.5), (.min, 0.25), (.max, 0.125)])
      try check([(1, 0.5), (4_294_967_297, 0.25), (-4, 0.75)])
    }
    try unfriendly(.rounding) {
      for count in [9, 10, 11, 15, 19, 25, 29, 30, 35] { try check(many(count, &random)) }
    }
    try unfriendly(.equalRows) {
      // Thirty pictures of which six have the least error, and ten that are all alike.
      try check((0..<30).map { ($0, $0 % 5 == 2 ? 0.125 : 0.5) })
      try check((0..<30).map { ($0, $0 == 8 ? 0.125 : $0 % 5 == 2 ? 0.25 : 0.5) })
      try check((0..<10).map { ($0, 0.25) })
    }
    try unfriendly(.sizes) {
      for count in [1, 2, 7, 64, 70, 130] { try check(many(count, &random)) }
    }
    try randomCases(6, seed: 355) { random, size in try check(many(5 + 9 * size, &random)) }
  }
}
