import TensorCore

extension Chapter2 {
  static let averagePrecision = Exercise<Chapter2Functions>(
    "2.4", "Found again, or nearly", file: "AveragePrecision.swift", kind: .extend, minutes: 50,
    difficulty: 2, section: "Pictures",
    hints: [
      """
      Without ties it is a walk down the ranking: count pictures, count matches, and add a fraction at \
      each match. With ties walk from group to group. How likely is it that a match stands at the \
      third place of a group? And if one stands there, how many others stand above it, on average?
      """,
      """
      A group of n tied pictures with m matches, after N pictures with M matches, adds Σ over j = \
      1…n of (m/n) · (M + 1 + (j − 1)(m − 1)/(n − 1)) / (N + j); for n = 1 the fraction in the middle \
      is 0. The sum over all groups is divided by the number of matches.
      """,
      """
      averagePrecision: sort indices by distance; group by group of equal distance: add the sum \
      above, then N += n, M += m; result: sum / M
      meanAveragePrecision: for queries with a match: averagePrecision(row, gallery == query); mean, \
      or 0
      recallAtOne: for queries with a match: those at the least distance; matches among them / their \
      number; mean, or 0
      """,
    ],
    parts: [
      Part("one query, all distances different", points: 1, checkPlain),
      Part("one query with ties", points: 3, checkTies),
      Part("the mean over queries", points: 2, checkMean),
      Part("recall at 1", points: 2, checkRecall),
    ])

  // MARK: One query

  private static func check(
    _ functions: Chapter2Functions, _ distances: [Float], _ isMatch: [Bool]
  ) throws {
    let input = "distances \(exactText(distances)), isMatch \(shown(isMatch))"
    let got = try answer(on: input) { try functions.averagePrecision(distances, isMatch) }
    let oracle = RankingOracle(distances: distances, isMatch: isMatch)
    // A sum of fractions below 1, up to a thousand of them.
    try expectClose(
      got, Float(oracle.mean), tolerance: 1e-5, "The average precision is another.", on: input,
      misconceptions: RankingIdeas.ideas(oracle), notFinite: dividesByZero)
  }

  /// Distances with all their digits where five would make two of them look alike.
  private static func exactText(_ distances: [Float]) -> String {
    let known = Set(distances)
    return known.count == Set(known.map { text($0) }).count ? text(distances) : "\(distances)"
  }

  private static func shown(_ flags: [Bool]) -> String {
    flags.count <= 24
      ? "\(flags)" : "[\(flags.count(where: \.self)) true among \(flags.count)]"
  }

  private static func checkPlain(_ functions: Chapter2Functions) throws {
    try checkFirst(
      { try check(functions, [0.3, 0.1, 0.2], [true, false, false]) },
      toldApartBy: [
        {
          try check(
            functions, [0.9, 0.4, 0.1, 0.7, 0.3, 0.8, 0.2, 1.5],
            [true, true, false, false, true, false, true, false])
        }
      ])
    // Ranks 1, 2, 4 and 7; a single match, last of all; nothing but matches.
    try check(
      functions, [1, 2, 3, 4, 5, 6, 7], [true, true, false, true, false, false, true])
    try check(functions, [5, 4, 3, 2, 1], [true, false, false, false, false])
    try check(functions, [2, 3, 1], [true, true, true])
    try check(functions, [7], [true])
    // Distances below 0, as negative products are; huge, tiny, and a last digit apart.
    try unfriendly(.scale) {
      try check(functions, [-0.5, 0.5, -2, 1e30], [false, true, true, false])
      try check(functions, [3e-20, 1e-20, 2e-20], [false, true, true])
      try check(functions, [5000.5, 5000, 5000.25], [true, false, true])
    }
    try unfriendly(.nearTies) {
      let one: Float = 0.5
      try check(functions, [one, one.nextDown, one.nextUp], [false, true, true])
      try check(functions, [one.nextUp, one, one.nextDown], [true, false, true])
    }
    try unfriendly(.sizes) {
      for count in Family.widths + [70, Family.many] {
        try check(
          functions, (0..<count).map { Float(($0 * 29 + 7) % (count > 70 ? 1103 : 71)) },
          (0..<count).map { $0 % 3 == 0 })
      }
    }
    try randomCases(10, seed: 241) { random, size in
      let count = size == 9 ? 300 : size + 2
      var isMatch = (0..<count).map { _ in random.chance(0.4) }
      isMatch[random.integer(below: count)] = true
      try check(functions, random.permutation(count).map { Float($0) / 8 }, isMatch)
    }
  }

  private static func checkTies(_ functions: Chapter2Functions) throws {
    try checkFirst(
      { try check(functions, [0.5, 0.2, 0.5, 0.9], [true, false, false, true]) },
      toldApartBy: [
        {
          try check(
            functions, [0.5, 0.2, 0.5, 0.5, 0.9, 0.5, 0.1, 0.5],
            [false, true, true, false, true, true, false, false])
        },
        {
          try check(
            functions, [2, 1, 2, 1, 2, 3, 3, 3],
            [true, true, true, false, false, false, true, true])
        },
      ])
    try unfriendly(.equalRows) {
      // All equally far: a match first, last, alone; all matches.
      try check(functions, [1, 1, 1, 1], [true, false, false, false])
      try check(functions, [1, 1, 1, 1], [false, false, false, true])
      try check(functions, [1, 1, 1], [true, true, true])
      try check(functions, [1, 1], [false, true])
    }
    try unfriendly(.edges) {
      // 0 and −0 are equal, and so is ∞ to itself.
      try check(functions, [0, -0.0, 0, 1], [false, true, false, true])
      try check(functions, [.infinity, 3, .infinity, .infinity], [false, false, true, false])
      try check(functions, [.infinity, 3, .infinity, 1], [true, true, false, false])
    }
    try unfriendly(.nearTies) {
      // Near is not equal.
      let one: Float = 0.5
      try check(functions, [one, one.nextDown, one, one.nextUp], [false, true, true, true])
      try check(functions, [5000, 5000.5, 5000, 5000.5], [false, true, true, false])
    }
    try unfriendly(.sizes) {
      for count in Family.widths {
        try check(functions, (0..<count).map { _ in 0.25 }, (0..<count).map { $0 % 3 == 0 })
      }
      // A collapsed network: a thousand pictures at one place.
      try check(functions, (0..<1000).map { _ in 0.25 }, (0..<1000).map { $0 % 97 == 5 })
      try check(functions, (0..<70).map { _ in 0.25 }, (0..<70).map { $0 > 60 })
    }
    try randomCases(12, seed: 242) { random, size in
      let count = size == 11 ? 200 : size + 3
      var isMatch = (0..<count).map { _ in random.chance(0.4) }
      isMatch[random.integer(below: count)] = true
      let distances = (0..<count).map { _ in Float(random.integer(below: 2 + size / 3)) / 4 }
      try check(functions, distances, isMatch)
    }
  }

  // MARK: Several queries

  private static func shown(_ distances: [[Float]], _ queries: [Int], _ gallery: [Int]) -> String {
    "distances [\(distances.prefix(12).map(exactText).joined(separator: ", "))], queries \(text(queries)), "
      + "gallery \(text(gallery))"
  }

  private static func checkMean(_ functions: Chapter2Functions) throws {
    func check(_ distances: [[Float]], _ queries: [Int], _ gallery: [Int]) throws {
      let input = shown(distances, queries, gallery)
      let got = try answer(on: input) {
        try functions.meanAveragePrecision(distances, queries, gallery)
      }
      let rankings = zip(queries, distances).map { query, row in
        RankingOracle(distances: row, isMatch: gallery.map { $0 == query })
      }
      let counted = rankings.filter { $0.isMatch.contains(true) }
      let precisions = counted.map { Float($0.mean) }
      let sum = precisions.reduce(0, +)
      func over(_ count: Int, _ sum: Float) -> Float { count == 0 ? .nan : sum / Float(count) }
      let expected = counted.isEmpty ? 0 : over(counted.count, sum)
      let matches = counted.map { Float($0.isMatch.count(where: \.self)) }
      let weighted = zip(precisions, matches).map { $0 * $1 }.reduce(0, +)
      let left = Float(rankings.count - counted.count)
      func mean(_ rule: (RankingOracle) -> Double) -> Float {
        over(counted.count, counted.map { Float(rule($0)) }.reduce(0, +))
      }
      var firsts: [Int: Float] = [:]
      for (query, ranking) in zip(queries, rankings) where ranking.isMatch.contains(true) {
        firsts[query] = firsts[query] ?? Float(ranking.mean)
      }
      let pooled = RankingOracle(
        distances: rankings.flatMap(\.distances), isMatch: rankings.flatMap(\.isMatch))
      let noQueries = Misconception(
        "You divided by a number of matching queries that is 0; without any the result is 0.",
        gives: Float.nan)
      var ideas =
        counted.isEmpty
        ? [noQueries]
        : [
          Misconception(
            "A query without a match counts as 0 in your mean; it is left out.",
            gives: over(rankings.count, sum)),
          Misconception(
            "A query without a match counts as 1 in your mean; it is left out.",
            gives: over(rankings.count, sum + left)),
          Misconception("This is the sum over the queries; divide by their number.", gives: sum),
          Misconception(
            "A query with many matches counts more in your mean; each query counts once.",
            gives: over(1, weighted / max(1, matches.reduce(0, +)))),
          Misconception(
            "Two queries that show the same thing count once in your mean; each query counts.",
            gives: over(firsts.count, firsts.values.reduce(0, +))),
          Misconception(
            "You ranked all queries' distances together; each query has a ranking of its own.",
            gives: Float(pooled.mean)),
          Misconception(
            "You took the precisions with tied pictures in the order in which they came.",
            gives: mean { RankingOracle.precision($0.hits()) }),
          Misconception(
            "You took the precisions with matches before others that are equally far.",
            gives: mean { RankingOracle.precision($0.optimistic) }),
          Misconception(
            "You ranked from the farthest on; a small distance is near.",
            gives: mean {
              RankingOracle(distances: $0.distances.map { -$0 }, isMatch: $0.isMatch).mean
            }),
        ]
      if !isClose(got, expected, tolerance: 1e-5), !counted.isEmpty {
        let own = try? counted.map { try functions.averagePrecision($0.distances, $0.isMatch) }
        if let own, isClose(got, over(own.count, own.reduce(0, +)), tolerance: 1e-5) {
          ideas = [
            Misconception(
              "It is the mean of your average precisions, which are not right yet: mend these first.",
              gives: got)
          ]
        }
      }
      // A mean of numbers from 0 to 1, each as exact as one query's.
      try expectClose(
        got, expected, tolerance: 1e-5, "The mean average precision is another.", on: input,
        misconceptions: ideas, notFinite: dividesByZero)
    }
    try checkFirst(
      { try check([[0.1, 0.2], [0.1, 0.2], [0.1, 0.2]], [7, 3, 5], [3, 7]) },
      toldApartBy: [
        {
          try check(
            [
              [0.3, 0.1, 0.2, 0.4, 0.5], [0.25, 0.25, 0.1, 0.3, 0.6], [0.1, 0.2, 0.3, 0.4, 0.5],
              [0.5, 0.4, 0.05, 0.6, 0.02], [0.9, 0.1, 0.2, 0.3, 0.4],
            ], [7, 3, 5, 7, 4], [7, 7, 3, 7, 4])
        }
      ])
    try check([[0.1, 0.2], [0.2, 0.1]], [7, 8], [3, 4])
    try check([], [], [3, 4])
    try check([[], []], [3, 4], [])
    try check([[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]], [-3, -3], [-3, 4, -3])
    // The same query twice, with the same and with other distances.
    try unfriendly(.equalRows) {
      try check([[0.1, 0.2], [0.1, 0.2], [0.2, 0.1]], [4, 4, 4], [3, 4])
    }
    // Numbers of things may be any.
    try unfriendly(.edges) {
      try check([[0.1, 0.2, 0.3], [0.3, 0.1, 0.2]], [-3, 3], [3, -3, 4_000_000_000])
    }
    try randomCases(9, seed: 243) { random, size in
      let count = 2 + size
      let gallery = (0..<count).map { _ in 50 - 7 * random.integer(below: 2 + size / 2) }
      let queries = (0..<(size == 8 ? 70 : 1 + size)).map { _ in
        50 - 7 * random.integer(below: 3 + size / 2)
      }
      let rows = queries.map { _ in gallery.map { _ in Float(random.integer(below: 6)) / 4 } }
      try check(rows, queries, gallery)
    }
  }

  private static func checkRecall(_ functions: Chapter2Functions) throws {
    func check(_ distances: [[Float]], _ queries: [Int], _ gallery: [Int]) throws {
      let input = shown(distances, queries, gallery)
      let got = try answer(on: input) { try functions.recallAtOne(distances, queries, gallery) }
      let all = zip(queries, distances).filter { gallery.contains($0.0) }
      func mean(_ count: Int? = nil, _ share: (_ query: Int, _ row: [Float]) -> Float) -> Float {
        let count = count ?? all.count
        return all.map { share($0.0, $0.1) }.reduce(0, +) / Float(count)
      }
      func nearest(_ row: [Float]) -> [Int] {
        gallery.indices.filter { one in !row.contains { $0 < row[one] } }
      }
      func share(_ query: Int, _ row: [Float]) -> Float {
        let first = nearest(row)
        return Float(first.count { gallery[$0] == query }) / Float(first.count)
      }
      let expected = all.isEmpty ? 0 : mean(nil, share)
      // A mean of quotients of whole numbers.
      try expectClose(
        got, expected, tolerance: 1e-5, "The recall is another.", on: input,
        misconceptions: all.isEmpty
          ? [
            Misconception(
              "You divided by a number of matching queries that is 0; without any the result is 0.",
              gives: .nan)
          ]
          : [
            Misconception(
              "A query without a match counts as missed in your answer; it is left out.",
              gives: mean(queries.count, share)),
            Misconception(
              "This is the sum over the queries; divide by their number.", gives: mean(1, share)),
            Misconception(
              "A match among the nearest counts in full in your answer, though others are as near; count "
                + "the share of matches among these.",
              gives: mean { query, row in nearest(row).contains { gallery[$0] == query } ? 1 : 0 }),
            Misconception(
              "You count a query only if all its nearest match; count the share of matches among these.",
              gives: mean { query, row in nearest(row).allSatisfy { gallery[$0] == query } ? 1 : 0 }
            ),
            Misconception(
              "Of several nearest pictures you took the first that came; count the share of matches among "
                + "them.", gives: mean { query, row in gallery[nearest(row)[0]] == query ? 1 : 0 }),
            Misconception(
              "Of several nearest pictures you took the last that came; count the share of matches among "
                + "them.",
              gives: mean { query, row in gallery[nearest(row).last!] == query ? 1 : 0 }),
            Misconception(
              "You counted how many of a query's matches stand first; recall at 1 asks only whether one "
                + "does.",
              gives: mean { query, row in
                Float(nearest(row).count { gallery[$0] == query })
                  / Float(gallery.count { $0 == query })
              }),
            Misconception(
              "You looked at the farthest; a small distance is near.",
              gives: mean { query, row in share(query, row.map { -$0 }) }),
            Misconception(
              "You divided whole numbers: 1 / 2 is 0 among them.",
              gives: mean { query, row in share(query, row).rounded(.down) }.rounded(.down)),
          ], notFinite: dividesByZero)
    }
    try checkFirst(
      { try check([[0.1, 0.2], [0.2, 0.1], [0.1, 0.2]], [3, 3, 5], [3, 7]) },
      toldApartBy: [
        {
          try check(
            [
              [0.25, 0.5, 0.25, 0.25, 0.25], [0.5, 0.25, 0.75, 0.5, 0.25],
              [0.1, 0.2, 0.3, 0.4, 0.5],
              [0.9, 0.3, 0.2, 0.5, 0.6], [0.1, 0.1, 0.4, 0.1, 0.2], [0.25, 0.5, 0.5, 0.25, 0.75],
              [0.5, 0.25, 0.75, 0.5, 0.25],
            ], [7, 3, 5, 3, 4, 3, 7], [7, 7, 3, 3, 4])
        },
        { try check([[0.5, 0.25, 0.25, 0.25], [0.5, 0.5, 0.75, 0.5]], [3, 3], [3, 7, 3, 3]) },
        { try check([[0.5, 0.25, 0.25, 0.5], [0.5, 0.5, 0.75, 0.5]], [3, 7], [3, 7, 3, 3]) },
        { try check([[0.25, 0.5, 0.25], [0.25, 0.5, 0.25]], [3, 3], [3, 3, 7]) },
      ])
    try check([[0.1, 0.2], [0.2, 0.2], [0.1, 0.2]], [3, 3, 5], [3, 7])
    try check([[0.1, 0.2], [0.2, 0.1]], [7, 8], [3, 4])
    try check([], [], [3, 4])
    try check([[], []], [3, 4], [])
    try unfriendly(.edges) {
      try check([[0, -0.0, 5]], [4], [3, 4, 4])
      try check([[-2, -1], [.infinity, .infinity]], [4, 4], [4, 3])
      try check([[0.1, 0.2, 0.3], [0.3, 0.1, 0.2]], [-3, 3], [3, -3, 3])
    }
    try unfriendly(.nearTies) {
      try check([[5000, 5000.5], [0.5, Float(0.5).nextUp]], [4, 4], [3, 4])
    }
    try unfriendly(.scale) {
      try check([[2_000_000, 3_000_000, 2_500_000]], [4], [4, 3, 3])
    }
    try randomCases(9, seed: 244) { random, size in
      let count = 1 + size
      let gallery = (0..<count).map { _ in 50 - 7 * random.integer(below: 2 + size / 2) }
      let queries = (0..<(size == 8 ? 70 : 1 + size)).map { _ in
        50 - 7 * random.integer(below: 3 + size / 2)
      }
      let rows = queries.map { _ in gallery.map { _ in Float(random.integer(below: 4)) / 4 } }
      try check(rows, queries, gallery)
    }
  }
}
