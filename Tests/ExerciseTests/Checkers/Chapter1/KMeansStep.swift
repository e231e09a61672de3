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
      if got == expected { return }
      var why: String?
      if got == points.map({ nearest($0, centres, isLastOfTies: true) }) {
        why =
          "Two centres are equally near here: the lower index gets the point, you took the higher."
      } else if got == points.map({ nearest($0, centres) { abs($0 - $1) } }) {
        why = "You added the absolute differences (the Manhattan distance); here it is Σ(pᵢ − cᵢ)²."
      } else if got == points.map({ nearest($0, centres) { -($0 - $1) * ($0 - $1) } }) {
        why = "You gave each point to the centre that is farthest away."
      } else if got == points.map({ nearest($0, centres) { -$0 * $1 } }) {
        why = "You took the centre with the largest scalar product, which is not the nearest one."
      } else if got == points.map({ nearest([$0[0]], centres.map { [$0[0]] }) }) {
        why = "You compared the first coordinate alone; the distance is over all of them."
      } else if got == expected.map({ $0 + 1 }) {
        why = "Your indices begin at 1; they begin at 0."
      }
      throw Wrong(
        "A point went to another centre than its nearest.", expected: text(expected),
        got: text(got), on: input, why: why)
    }
    // The first input tells the wrong ideas apart: each leads to another centre.
    try check([[2, 1]], [[5, 3], [2, 2], [-1, 8], [-9, -9]])
    try check([[0, 0], [5, 4], [2, 2]], [[0, 0], [4, 4]])
    try check([[0]], [[-1], [1]])
    try check([[3, 3]], [[0, 4], [5, 5]])
    try check([], [[1, 2]])
    try check([[7], [-7]], [[0]])
    try randomCases(12, seed: 21) { random, size in
      let axes = 1 + size / 4
      let points = points(size, axes: axes, &random)
      let centres = Self.points(1 + size / 2, axes: axes, &random)
      try check(points, centres)
    }
  }

  private static func checkMeans(_ functions: Chapter1Functions) throws {
    try randomCases(10, seed: 22) { random, size in
      let clusters = 1 + size / 3
      let axes = 1 + size / 4
      let points = points(clusters + size, axes: axes, &random)
      // The first points fill every cluster, the others fall anywhere.
      let assignments = points.indices.map {
        $0 < clusters ? $0 : random.integer(below: clusters)
      }
      let centres = Self.points(clusters, axes: axes, &random)
      func means(_ divisor: (Int) -> Int, start: (Int) -> [Float]) -> [[Float]] {
        centres.indices.map { cluster in
          let own = points.indices.filter { assignments[$0] == cluster }
          return (0..<axes).map { axis in
            own.reduce(start(cluster)[axis]) { $0 + points[$1][axis] }
              / Float(divisor(own.count))
          }
        }
      }
      let none = { (_: Int) in [Float](repeating: 0, count: axes) }
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
            "These are the sums of the points; the mean is the sum divided by their number.",
            gives: means({ _ in 1 }, start: none)),
        ])
    }
  }

  private static func checkEmpty(_ functions: Chapter1Functions) throws {
    try checkMoved(
      functions, [[0, 0], [2, 0], [9, 9]], [0, 0, 1], [[1, 1], [8, 8], [-5, 3]],
      expected: [[1, 0], [9, 9], [-5, 3]],
      misconceptions: [
        Misconception(
          "Your centre without points went to the origin; it stays where it was.",
          gives: [[1, 0], [9, 9], [0, 0]]),
        Misconception(
          "You dropped the centre without points. It stays where it was, so that the indices of the"
            + " others still hold.", gives: [[1, 0], [9, 9]]),
        Misconception(
          "Your centre without points went to the mean of all points; it stays where it was.",
          gives: [[1, 0], [9, 9], [11 / 3, 3]]),
      ])
    try checkMoved(
      functions, [[4], [6]], [2, 2], [[1], [2], [3], [7]], expected: [[1], [2], [5], [7]])
    try checkMoved(functions, [], [], [[1, 2], [3, 4]], expected: [[1, 2], [3, 4]])
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
    // Sums of a few small whole numbers are exact; dividing early or late costs a rounding or two.
    try expectClose(
      got, expected, tolerance: 1e-5, "The moved centres are not the means.", on: input,
      misconceptions: misconceptions)
  }
}
