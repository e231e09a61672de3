import TensorCore

extension Chapter1 {
  static let kMeansStep = Exercise<Chapter1Functions>(
    "1.2", "One step of k-means", file: "KMeansStep.swift", kind: .extend, minutes: 20,
    difficulty: 1, section: "Unsupervised learning",
    hints: [
      """
      Do the example by hand first. For `nearestCentres`: which comparison, < or ≤, lets the lower \
      index win a tie? For `movedCentres`: what do you divide by, and when is that 0?
      """,
      """
      nearest(p) = the first index with the smallest Σᵢ (pᵢ − cᵢ)²; the square root changes no \
      order. centre(k) = (1/nₖ) Σ of the nₖ points assigned to k, for nₖ > 0.
      """,
      """
      nearestCentres: for each point: best = 0; for each centre: if its distance is smaller than \
      best's, it is the best.
      movedCentres: a sum and a count for each centre; add each point to its centre's sum; then each \
      centre with a count above 0 becomes sum / count, the others stay.
      """,
    ],
    parts: [
      Part("each point goes to its nearest centre", points: 2, checkNearest),
      Part("centres move to the means of their points", points: 1, checkMeans),
      Part("a centre without points stays", points: 1, checkEmpty),
    ])

  // All coordinates are small whole numbers: their distances and ties are exact in Float, whichever
  // way they are summed.
  private static func points(_ count: Int, axes: Int, _ random: inout Random) -> [[Float]] {
    (0..<count).map { _ in (0..<axes).map { _ in Float(random.integer(below: 9) - 4) } }
  }

  private static func nearest(
    _ point: [Float], _ centres: [[Float]], isLastOfTies: Bool = false,
    distance: (Float, Float) -> Float = { ($0 - $1) * ($0 - $1) }
  ) -> Int {
    let all = centres.map { zip(point, $0).map(distance).reduce(0, +) }
    return (isLastOfTies ? all.lastIndex(of: all.min()!) : all.firstIndex(of: all.min()!))!
  }

  private static func checkNearest(_ functions: Chapter1Functions) throws {
    func check(_ points: [[Float]], _ centres: [[Float]]) throws {
      let input = "points \(text(points)), centres \(text(centres))"
      let got = try answer(on: input) { try functions.nearestCentres(points, centres) }
      let expected = points.map { nearest($0, centres) }
      func assigned(isLastOfTies: Bool = false, by distance: (Float, Float) -> Float) -> [Int] {
        points.map { nearest($0, centres, isLastOfTies: isLastOfTies, distance: distance) }
      }
      let square: (Float, Float) -> Float = { ($0 - $1) * ($0 - $1) }
      let firsts = points.map { point in nearest([point[0]], centres.map { [$0[0]] }) }
      let ideas: [Misconception<[Int]>] = [
        Misconception(
          "Two centres are equally near here: the lower index gets the point, you took the higher.",
          gives: assigned(isLastOfTies: true, by: square)),
        Misconception(
          "You added the absolute differences (the Manhattan distance); here it is Σ(pᵢ − cᵢ)².",
          gives: assigned { abs($0 - $1) }),
        Misconception(
          "You gave each point to the centre that is farthest away.",
          gives: assigned { -square($0, $1) }),
        Misconception(
          "You took the centre with the largest scalar product, which is not the nearest one.",
          gives: assigned { -$0 * $1 }),
        Misconception(
          "You compared the first coordinate alone; the distance is over all of them.",
          gives: firsts),
        Misconception(
          "Your indices begin at 1; they begin at 0.", gives: expected.map { $0 + 1 }),
      ]
      try expectEqual(
        got, expected, "A point went to another centre than its nearest.", on: input,
        shown: { text($0) }, misconceptions: ideas)
    }
    // The first input tells the wrong ideas apart: each leads to another centre.
    try check([[2, 1]], [[5, 3], [2, 2], [-1, 8], [-9, -9]])
    try check([[0, 0], [5, 4], [2, 2]], [[0, 0], [4, 4]])
    try check([[0]], [[-1], [1]])
    try check([[3, 3]], [[0, 4], [5, 5]])
    try check([], [[1, 2]])
    try check([[7], [-7]], [[0]])
    // Far centres, and distances that differ by less than 1: all exact in Float.
    try check([[30_000, 0]], [[-30_000, 0], [20_000, 0]])
    try check([[0, 0], [0.5, 0.25]], [[0.5, 0], [0.25, 0.25], [0.5, 0.5]])
    try randomCases(12, seed: 21) { random, size in
      let axes = 1 + size / 4
      let points = points(size, axes: axes, &random)
      let centres = Self.points(1 + size / 2, axes: axes, &random)
      try check(points, centres)
    }
    try unfriendly(.scale) {
      // Halves at 5,000 are exact in Float, and so are the squares of their differences.
      try check(
        [[5000, 5000.5], [4999.5, 5001]], [[5001, 5001], [4999.5, 5000.5], [5000.5, 5000.5]])
      try check([[5000.5, 0]], [[5001.5, 0], [5000, 0]])
    }
    try unfriendlyTables(.equalRows, .nearTies, seed: 23) { table, _ in
      try check(table, table)
      try check(table, Array(table.reversed()))
    }
    try unfriendly(.scale) { try check([[1e-6, 0]], [[0, 0], [1.5e-6, 0]]) }
    try unfriendly(.scale) {
      // Squares of distances up to 2¹²², which Floats are still: no number is large enough to begin with.
      for far in [0x1p16, 0x1p20, 0x1p60] as [Float] {
        try check([[far, 0]], [[-far, 0], [0, far], [far, far], [0, 0]])
        try check([[0, far]], [[-far, 0], [far, -far], [far, far / 2]])
      }
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 24)
      for axes in Family.widths {
        try check(points(6, axes: axes, &random), points(4, axes: axes, &random))
      }
      try check(points(70, axes: 2, &random), points(70, axes: 2, &random))
      try check(points(3, axes: 130, &random), points(3, axes: 130, &random))
      try check(points(Family.many, axes: 1, &random), [[2], [-2], [3]])
      try check([[7], [400]], (0..<Family.many).map { [Float($0) - 600] })
    }
    try unfriendly(.chance) {
      // The same points with other centres, the same centres with other points, and again.
      for (points, centres) in [
        ([[1, 2], [3, 4]], [[0, 0], [4, 4]]), ([[1, 2], [3, 4]], [[4, 4], [0, 0]]),
        ([[4, 4], [1, 2]], [[4, 4], [0, 0]]), ([[1, 2], [3, 4]], [[0, 0], [4, 4]]),
      ] as [([[Float]], [[Float]])] { try check(points, centres) }
    }
  }

  private static func checkMeans(_ functions: Chapter1Functions) throws {
    func check(_ points: [[Float]], _ assignments: [Int], _ centres: [[Float]]) throws {
      func means(_ divisor: (Int) -> Int, start: (Int) -> [Float]) -> [[Float]] {
        centres.indices.map { cluster in
          let own = points.indices.filter { assignments[$0] == cluster }
          return centres[0].indices.map { axis in
            own.reduce(start(cluster)[axis]) { $0 + points[$1][axis] }
              / Float(divisor(own.count))
          }
        }
      }
      let none = { (_: Int) in [Float](repeating: 0, count: centres[0].count) }
      try checkMoved(
        functions, points, assignments, centres, expected: means({ $0 }, start: none),
        misconceptions: [
          Misconception(
            "You divided by the number of all points; a centre's mean is over its own points.",
            gives: means({ _ in points.count }, start: none)),
          Misconception(
            "The old centre counts in your mean as if it were a point.",
            gives: means({ $0 + 1 }, start: { centres[$0] })),
          Misconception(
            "You added the old centre to the sum; the new centre does not depend on the old one.",
            gives: means({ $0 }, start: { centres[$0] })),
          Misconception(
            noSum,
            gives: zip(means({ $0 }, start: none), centres).map { moved, old in
              moved.allSatisfy { $0 == 0 } ? old : moved
            }),
          Misconception(
            "These are the sums of the points; the mean is the sum divided by their number.",
            gives: means({ _ in 1 }, start: none)),
        ])
    }
    // The first input tells the wrong ideas apart.
    try check([[1, 2], [3, 5], [8, 2], [-4, 7]], [0, 0, 0, 1], [[2, 2], [1, 1]])
    try randomCases(10, seed: 22) { random, size in
      let clusters = 1 + size / 3
      let axes = 1 + size / 4
      let points = points(clusters + size, axes: axes, &random)
      // The first points fill every cluster, the others fall anywhere.
      let assignments = points.indices.map {
        $0 < clusters ? $0 : random.integer(below: clusters)
      }
      try check(points, assignments, Self.points(clusters, axes: axes, &random))
    }
    try unfriendly(.equalRows) {
      // Equal points may belong to different centres.
      try check([[1, 2], [1, 2], [4, 2], [1, 2]], [0, 1, 1, 0], [[3, 3], [3, 3]])
      try check([[1], [1], [3]], [1, 0, 1], [[0], [0]])
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 25)
      for axes in Family.widths {
        try check(
          points(6, axes: axes, &random), [0, 1, 2, 0, 1, 0], points(3, axes: axes, &random))
      }
      try check(
        points(1000, axes: 1, &random), (0..<1000).map { $0 % 70 }, points(70, axes: 1, &random))
    }
    try unfriendly(.scale) {
      try check([[5000, 5000.5], [5001, 4999.5]], [0, 0], [[0, 0]])
      try check([[-30_000, 0.5], [30_000, 0.5], [3, 0.5]], [0, 0, 0], [[0, 0]])
      try check([[0x1p60, 0x1p-60], [0x1p61, 0x1p-61]], [0, 0], [[0, 0]])
    }
    try unfriendly(.chance) {
      // The same points with other assignments, the same assignments with other points, and again.
      let points: [[Float]] = [[1, 2], [3, 4], [7, 8]]
      for assignments in [[0, 0, 1], [1, 0, 1], [1, 0, 0], [0, 0, 1]] {
        try check(points, assignments, [[5, 5], [6, 6]])
        try check(points.reversed(), assignments, [[5, 5], [6, 6]])
      }
    }
  }

  private static let noSum =
    "A sum of 0 does not mean that a centre has no points: count them."

  private static func checkEmpty(_ functions: Chapter1Functions) throws {
    // The last centre has no points.
    func check(_ points: [[Float]], _ assignments: [Int], _ old: [[Float]], _ moved: [[Float]])
      throws
    {
      let all = points[0].indices.map { axis in
        points.map { $0[axis] }.reduce(0, +) / Float(points.count)
      }
      try checkMoved(
        functions, points, assignments, old, expected: moved + [old.last!],
        misconceptions: [
          Misconception(
            "Your centre without points went to the origin; it stays where it was.",
            gives: moved + [all.map { _ in 0 }]),
          Misconception(
            "You dropped the centre without points. It stays where it was, so that the indices of the"
              + " others still hold.", gives: moved),
          Misconception(
            "Your centre without points went to the mean of all points; it stays where it was.",
            gives: moved + [all]),
        ]
          + points.map { point in
            Misconception(
              "Your centre without points went to one of the points, as on the chapter's page; here it"
                + " stays where it was.", gives: moved + [point])
          })
    }
    try checkFirst(
      { try check([[4]], [0], [[1], [7]], [[4]]) },
      toldApartBy: [
        {
          try check(
            [[1, 0], [3, 0], [9, 9]], [0, 0, 1], [[1, 1], [8, 8], [-5, 3]], [[2, 0], [9, 9]])
        }
      ])
    try check(
      [[0, 0], [2, 0], [9, 9]], [0, 0, 1], [[1, 1], [8, 8], [-5, 3]], [[1, 0], [9, 9]])
    try checkMoved(
      functions, [[4], [6]], [2, 2], [[1], [2], [3], [7]], expected: [[1], [2], [5], [7]])
    try checkMoved(functions, [], [], [[1, 2], [3, 4]], expected: [[1, 2], [3, 4]])
    // A centre whose points sum to 0 has points all the same.
    try checkMoved(
      functions, [[3, -1], [-3, 1]], [0, 0], [[5, 5], [8, 8]], expected: [[0, 0], [8, 8]],
      misconceptions: [
        Misconception(
          noSum,
          gives: [[5, 5], [8, 8]])
      ])
  }

  private static func checkMoved(
    _ functions: Chapter1Functions, _ points: [[Float]], _ assignments: [Int],
    _ centres: [[Float]], expected: [[Float]], misconceptions: [Misconception<[[Float]]>] = []
  ) throws {
    let input =
      "points \(text(points)), assignments \(text(assignments)), centres \(text(centres))"
    let got = try answer(on: input) { try functions.movedCentres(points, assignments, centres) }
    let hasEmpty = centres.indices.contains { !assignments.contains($0) }
    if hasEmpty, got.contains(where: { $0.contains { $0.isNaN } }) {
      throw Wrong(
        "A centre is not a number.", expected: text(expected), got: text(got), on: input,
        why: "You divided 0 by 0: no point belongs to one of the centres, and that one stays where"
          + " it was.")
    }
    // Sums of a few small whole numbers are exact; dividing early or late costs a rounding or two. The sums
    // of tiny coordinates are as exact.
    let sizes = centres.map { centre in
      centre.indices.map { axis in min(1, points.map { abs($0[axis]) }.max() ?? 1) }
    }
    try expectClose(
      got, expected, tolerance: 1e-5, least: .each(sizes), "The moved centres are not the means.",
      on: input,
      misconceptions: misconceptions)
  }
}
