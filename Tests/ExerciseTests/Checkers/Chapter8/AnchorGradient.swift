import TensorCore

extension Chapter8 {
  static let anchorGradient = Exercise<Chapter8Functions>(
    "8.2", "A gradient that only turns", file: "AnchorGradient.swift", kind: .derive, minutes: 60,
    difficulty: 2, section: "The mathematics",
    hints: [
      """
      Go backwards. First the loss in the exponents s/τ: that is a softmax. Then the exponents in \
      u. Then u in z: which steps of z leave u where it is?
      """,
      """
      ∂loss/∂u = (Σ over k ≠ anchor of p[k] u[k] − u[positive]) / τ, with p the softmax of the \
      anchor. ∂loss/∂z = (g − u (u·g)) / |z| for g = ∂loss/∂u. In the batch u[j] gets, besides, \
      p[k][j] u[k] / τ from each other anchor k, and −u[k] / τ from the one whose positive it is.
      """,
      """
      slopeBeforeNormalisation: u = z/|z|; (slope − u · (u·slope)) / |z|
      anchorGradient: p = softmax of cosines/τ without the anchor; g = (Σ p[k] u[k] − u[positive]) \
      / τ;
      slopeBeforeNormalisation(anchor's z, g)
      batchGradient: p[i] for every anchor i; for each j: g = (Σₖ (p[j][k] + p[k][j]) u[k] − 2 \
      u[partner]) / (2N τ); slopeBeforeNormalisation(z[j], g)
      """,
    ],
    parts: [
      Part("back through the length", points: 2, checkLength),
      Part("the anchor's own gradient", points: 3, checkAnchor),
      Part("every view of the batch", points: 2, checkBatch),
    ])

  /// What to say where no misconception fits: of an answer that would change the length of z.
  private static func lengthens(_ got: [Float], _ z: [Float]) -> String? {
    guard got.count == z.count else { return nil }
    let along = ContrastiveOracle.cosine(got, z)
    if !(abs(along) > 0.01) { return nil }
    return
      "Your gradient is not orthogonal to z (the cosine between them is \(text(along))): a step "
      + "along it would lengthen or shorten z, and of that the loss knows nothing."
  }

  /// What the learner's own way back makes of slopes in u that are right.
  private static let ownWayBack =
    "Up to u = z / |z| your answer is right; your slopeBeforeNormalisation is not yet: mend it first."

  private static func checkLength(_ functions: Chapter8Functions) throws {
    func check(
      _ z: [Float], _ slope: [Float], notFinite: String = overflows(takeOffTheLargest)
    ) throws {
      let input = "z \(text(z)), slope \(text(slope))"
      let got = try answer(on: input) { try functions.slopeBeforeNormalisation(z, slope) }
      let (rows, factors) = ContrastiveOracle.scaled([z])
      let x = Variable(Tensor([1, z.count], rows[0]), needsGradient: true)
      (l2Normalised(x) * Variable(Tensor([1, z.count], slope))).sum().backward()
      let expected = x.gradient!.numbers.map { $0 * factors[0] }
      let length = ContrastiveOracle.length(z)
      let raw = Float(zip(z, slope).reduce(0) { $0 + Double($1.0) * Double($1.1) })
      // Two slopes, of which one is taken off the other, over the length: each with some roundings.
      let size = ContrastiveOracle.length(slope) / (length == 0 ? 1 : length)
      try expectClose(
        got, expected, tolerance: 4e-6, least: .all(size), "The slope in z is another.", on: input,
        misconceptions: [
          Misconception(
            "You gave back the slope in u. A longer z turns less by the same step.", gives: slope),
          Misconception(
            "You divided by the length, but left the part along z in: u does not change when z "
              + "grows longer.", gives: slope.map { $0 / length }),
          Misconception(
            "You took the part along z away, but did not divide by the length.",
            gives: expected.map { $0 * length }),
          Misconception(
            "You multiplied by the length instead of dividing.",
            gives: expected.map { $0 * length * length }),
          Misconception(
            "You divided by the squared length; once is right.",
            gives: expected.map { $0 / length }),
          Misconception(
            "This is the part along z. It is the one to take away.",
            gives: z.map { $0 / length * raw / length / length }),
          Misconception(
            "You added the part along z once more instead of taking it away.",
            gives: zip(z, slope).map { ($1 + $0 / length * raw / length) / length }),
          Misconception(
            "You took z for u in the part along z: bring z to length 1 before you project on it.",
            gives: zip(z, slope).map { ($1 - $0 * raw) / length }),
        ], otherwise: lengthens(got, z), notFinite: notFinite)
    }
    try checkFirst(
      { try check([3, 4], [1, 0]) }, toldApartBy: [{ try check([1, 2, -2], [0.5, 1, 0.25]) }])
    try check([0.5, 0], [2, 3])
    try check([2, 1], [4, 2])
    try check([5], [3])
    try check([0, 0], [1, 2])
    try randomCases(8, seed: 821) { random, size in
      let view = ContrastiveOracle.randomViews(1, width: 2 + size / 2, &random)[0]
      try check(view, view.map { _ in random.uniform(-2..<2) })
    }
    try unfriendlyTables(.sizes, .equalRows, seed: 824) { table, _ in
      try check(table[0], table[1])
      try check(table[2], table[2])
    }
    try unfriendly(.scale) {
      // A longer z turns less: with the length z · 2ⁿ the slope is 2⁻ⁿ times as large.
      let slope = try answer(on: "z [3, 4], slope [1, 0]") {
        try functions.slopeBeforeNormalisation([3, 4], [1, 0])
      }
      for exponent in [-98, -76, -40, -20, 20, 33, 66, 98] {
        let factor = Float(sign: .plus, exponent: exponent, significand: 1)
        let z = [3 * factor, 4 * factor]
        let input = "z \(z), slope [1, 0]"
        let got = try answer(on: input) { try functions.slopeBeforeNormalisation(z, [1, 0]) }
        // Powers of two round nothing; the length's rounding is that of [3, 4].
        try expectClose(
          got.map { $0 * factor }, slope, tolerance: 1e-5,
          "The slope, times 2 to the power \(exponent), is another than that of z [3, 4].",
          on: input, notFinite: squaresAreNoFloats)
      }
    }
    try unfriendlyTables(.scale, seed: 827) { table, random in
      for z in table {
        try check(z, z.map { _ in random.uniform(-2..<2) }, notFinite: squaresAreNoFloats)
      }
      // Slopes as tiny and as large as they come back from short and long vectors.
      for size in [1e-20, 1e20] as [Float] { try check([3, 4], [size, size / 2]) }
    }
    try unfriendly(.chance) {
      // The same z with another slope, another z with the same slope, and again.
      for slope in [[1, 0], [0.5, 2], [1, 0]] as [[Float]] {
        try check([3, 4], slope)
        try check([4, -1], slope)
      }
    }
  }

  private static func checkAnchor(_ functions: Chapter8Functions) throws {
    func check(
      _ views: [[Float]], _ anchor: Int, _ positive: Int, _ temperature: Float,
      notFinite: String = overflows(takeOffTheLargest)
    ) throws {
      let input =
        "views \(text(views)), anchor \(anchor), positive \(positive), temperature "
        + text(temperature)
      let got = try answer(on: input) {
        try functions.anchorGradient(views, anchor, positive, temperature)
      }
      func gradient(isOfUnits: Bool = false, _ change: (inout ContrastiveOracle) -> Void = { _ in })
        -> [Float]
      {
        func ofOne(_ oracle: ContrastiveOracle) -> [[Float]] {
          var oracle = oracle
          oracle.flows.others = false
          change(&oracle)
          return oracle.gradient(of: [(anchor, positive)], isOfUnits: isOfUnits)
        }
        // The slopes in units depend on no length.
        let all =
          isOfUnits
          ? ofOne(
            ContrastiveOracle(
              views: ContrastiveOracle.scaled(views).rows, temperature: temperature))
          : ContrastiveOracle.gradient(views, temperature, ofOne)
        return all[anchor]
      }
      let expected = gradient()
      let length = ContrastiveOracle.length(views[anchor])
      let inUnits = gradient(isOfUnits: true)
      let push = gradient { $0.flows.pull = false }
      var ideas = [
        Misconception(
          "Your gradient stops at u = z / |z|: take it back through the length, too.",
          gives: inUnits),
        Misconception(
          "You divided by the length of z, but left in the part along z.",
          gives: inUnits.map { $0 / length }),
        Misconception(
          "You took the part along z away, but did not divide by the length of z.",
          gives: expected.map { $0 * length }),
        Misconception(
          "Downhill: this is minus the gradient.", gives: expected.map { -$0 }),
        Misconception(
          "The factor 1/τ is missing: the exponents are s/τ.",
          gives: expected.map { $0 * temperature }),
        Misconception(
          "Your temperature multiplies; the factor is 1/τ.",
          gives: expected.map { $0 * temperature * temperature }),
        Misconception(
          "The softmax forgot the temperature: its exponents are s/τ.",
          gives: gradient { $0.temperature = 1 }.map { $0 / temperature }),
        Misconception(
          "You left the anchor itself in the softmax.",
          gives: gradient { $0.denominator = { _, _, _ in true } }),
        Misconception(
          "Only the others' push is in your gradient: the positive pulls with −1/τ.", gives: push),
        Misconception(
          "Only the positive's pull is in your gradient: all others push with p/τ.",
          gives: zip(expected, push).map { $0 - $1 }),
        Misconception(
          "You took the others as they are, not brought to length 1.",
          gives: gradient {
            let own = views.indices.map { Float($0 == anchor ? 1 : 0) }
            let mask = Variable(Tensor([views.count, 1], own))
            let lengths = ContrastiveOracle.scaled(views).factors.map { 1 / $0 }
            let scale = Variable(Tensor([views.count, 1], lengths))
            $0.unit = { l2Normalised($0) * mask + $0 * scale * (1 - mask) }
          }),
      ]
      if views.count > 2 {
        ideas.append(
          Misconception(
            "The positive is missing from your softmax: it is one of the classes, too.",
            gives: gradient { $0.denominator = { k, a, p in k != a && k != p } }))
      }
      let (tolerance, least) = accuracy([views[anchor]], temperature)
      let own = try? functions.slopeBeforeNormalisation(views[anchor], inUnits)
      let isRight = isClose(got, expected, tolerance: tolerance, least: least)
      if !isRight, let own, isClose(got, own, tolerance: tolerance, least: least) {
        ideas = [Misconception(ownWayBack, gives: own)]
      }
      try expectClose(
        got, expected, tolerance: tolerance, least: least,
        "The gradient in the anchor's z is another.", on: input,
        misconceptions: ideas, otherwise: lengthens(got, views[anchor]), notFinite: notFinite)
    }
    try checkFirst(
      { try check([[2, 0], [5, 0], [0, 1]], 0, 1, 1) },
      toldApartBy: [
        {
          try check(
            [[3, 1, 1], [1, 2, 0], [-1, 1, 2], [2, -1, 1], [0.5, 0.25, -1]], 0, 1, 0.5)
        }
      ])
    try check([[1, 2], [3, 1], [2, -1], [-1, 1]], 2, 0, 0.2)
    try check([[1, 0], [2, 0], [0, 1]], 0, 1, 0.01)
    try check([[1, 0], [-1, 0.01], [-3, 0]], 0, 1, 0.01)
    // A view that equals the anchor is a view all the same.
    try check([[1, 2], [2, -1], [1, 2], [2, 1]], 0, 1, 0.5)
    try check([[1, 2], [-2, 1]], 1, 0, 0.1)
    try randomCases(8, seed: 822) { random, size in
      let count = size + 2
      let views = ContrastiveOracle.randomViews(count, width: 2 + size / 3, &random)
      let anchor = random.integer(below: count)
      let positive = (anchor + 1 + random.integer(below: count - 1)) % count
      try check(views, anchor, positive, [0.1, 0.5, 1][size % 3])
    }
    try unfriendly(.chance) {
      // The same views with another anchor, positive or temperature, other views with the same, and again.
      for (anchor, positive, temperature) in [
        (0, 1, 0.5), (2, 1, 0.5), (2, 0, 0.5), (2, 0, 0.2), (0, 1, 0.5),
      ] as [(Int, Int, Float)] {
        try check([[3, 1], [1, 2], [-1, 1], [2, -1]], anchor, positive, temperature)
        try check([[1, 0], [1, 3], [-2, 1], [1, -1]], anchor, positive, temperature)
      }
    }
    try unfriendlyTables(.equalRows, .sizes, seed: 825) { views, random in
      let anchor = random.integer(below: views.count)
      try check(views, anchor, (anchor + 2) % views.count, 0.5)
      try check(views, views.count - 1, 0, 1)
    }
    try unfriendly(.stability) {
      for views in [
        [[1, 0], [1, 0.1], [0, 1], [-1, 0]], [[0, 1], [1, 0], [1, 0.1], [-1, 0]],
        [[-1, 0], [0, 1], [1, 0.1], [1, 0]],
      ] as [[[Float]]] {
        for anchor in views.indices { try check(views, anchor, (anchor + 2) % views.count, 0.01) }
      }
    }
    try unfriendly(.scale) {
      try check([[2, 0], [5, 0], [0, 1]], 0, 1, 10)
      try check([[2, 0], [5000, 1], [0, 0.001], [-3, 2]], 0, 1, 2)
    }
    try unfriendlyTables(.scale, seed: 828) { views, _ in
      for anchor in views.indices {
        for temperature in [0.2, 1] as [Float] {
          try check(
            views, anchor, (anchor + 1) % views.count, temperature, notFinite: squaresAreNoFloats)
        }
      }
    }
    try unfriendly(.nearTies) {
      // All but sure of the positive: what is left of the pull is some 1e-4 and 1e-7 of it.
      for temperature in [0.1, 0.0625] as [Float] {
        try check([[2, 1], [-1, 2], [-2, -1], [-4, -2]], 0, 1, temperature)
        try check([[2, 1], [4, 2.125], [-1, 2], [-4, -2]], 0, 1, temperature)
      }
    }
  }

  /// How exact gradients in rows are that are computed in Float: relative to 1/τ over the row's length,
  /// exponents of size 1/τ being off by some roundings.
  private static func accuracy(
    _ rows: [[Float]], _ temperature: Float
  ) -> (tolerance: Float, least: LeastSizes) {
    let sizes = rows.map { row in
      row.map { _ in 1 / temperature / max(ContrastiveOracle.length(row), 1e-37) }
    }
    return (max(4e-6, 1e-6 / temperature), .each(sizes))
  }

  /// The weighted sum of two tables.
  private static func sum(_ a: [[Float]], _ weight: Float, _ b: [[Float]], _ other: Float)
    -> [[Float]]
  {
    zip(a, b).map { zip($0, $1).map { weight * $0 + other * $1 } }
  }

  private static func checkBatch(_ functions: Chapter8Functions) throws {
    func check(
      _ views: [[Float]], _ temperature: Float, notFinite: String = overflows(takeOffTheLargest)
    ) throws {
      let input = "views \(text(views)), temperature \(text(temperature))"
      let got = try answer(on: input) { try functions.batchGradient(views, temperature) }
      let (rows, factors) = ContrastiveOracle.scaled(views)
      let oracle = ContrastiveOracle(views: rows, temperature: temperature)
      let count = Float(views.count)
      func gradient(
        _ pairs: [(Int, Int)], isOfUnits: Bool = false, over divisor: Float,
        _ change: (inout ContrastiveOracle) -> Void = { _ in }
      ) -> [[Float]] {
        var wrong = oracle
        change(&wrong)
        return zip(wrong.gradient(of: pairs, isOfUnits: isOfUnits), factors).map { row, factor in
          row.map { $0 / divisor * (isOfUnits ? 1 : factor) }
        }
      }
      let pairs = oracle.pairs()
      let expected = gradient(pairs, over: count)
      let asAnchor = gradient(pairs, over: count) { $0.flows.others = false }
      let push = gradient(pairs, over: count) { $0.flows.pull = false }
      // Both halves of the pull are alike: as an anchor, and as another anchor's positive.
      let halfPull = sum(expected, 0.5, push, -0.5)
      let inUnits = gradient(pairs, isOfUnits: true, over: count)
      let (tolerance, least) = accuracy(views, temperature)
      let own = try? zip(views, inUnits).map { try functions.slopeBeforeNormalisation($0, $1) }
      let isRight = isClose(got, expected, tolerance: tolerance, least: least)
      let isOwn =
        !isRight && own.map { isClose(got, $0, tolerance: tolerance, least: least) } ?? false
      try expectClose(
        got, expected, tolerance: tolerance, least: least,
        "The batch's gradient is another.", on: input,
        misconceptions: isOwn
          ? [Misconception(ownWayBack, gives: got)]
          : [
            Misconception(
              "Each view counts only as an anchor in your gradient; it is a positive and a negative "
                + "of other anchors as well.", gives: asAnchor),
            Misconception(
              "You doubled each view's own term as an anchor; as one of the others it has p[k][j], "
                + "which is not p[j][k].", gives: sum(asAnchor, 2, push, 0)),
            Misconception(
              "A view's partner pulls once in your gradient; it pulls twice: as the positive of the "
                + "view, and as the anchor whose positive the view is.",
              gives: sum(expected, 1, halfPull, -1)),
            Misconception(
              "The partner pulls twice in your gradient, but the others push only with p[j][k]; "
                + "as anchors they push with p[k][j] as well.",
              gives: sum(asAnchor, 1, halfPull, 1)),
            Misconception(
              "Each view counts only among the others in your gradient; it is an anchor as well.",
              gives: gradient(pairs, over: count) { $0.flows.anchor = false }),
            Misconception(
              "The partner does not pull in your gradient: take 1 off the softmax at the positive.",
              gives: push),
            Misconception(
              "You divided by N: the loss is the mean over 2N anchors.",
              gives: expected.map { $0.map { 2 * $0 } }),
            Misconception(
              "This is the gradient of the sum over the anchors; the loss is their mean.",
              gives: expected.map { $0.map { count * $0 } }),
            Misconception(
              "You took neighbouring rows for pairs; a row's partner stands N rows away.",
              gives: gradient(oracle.pairs(isInterleaved: true), over: count)),
            Misconception(
              "Only the first N rows are anchors in your gradient; their partners are, too.",
              gives: gradient(Array(pairs.prefix(views.count / 2)), over: count / 2)),
            Misconception(
              "The batch's gradient stops at u = z / |z| in your answer.",
              gives: inUnits),
            Misconception(
              "This points downhill: it is minus the batch's gradient.",
              gives: expected.map { $0.map { -$0 } }),
          ], otherwise: zip(got, views).lazy.compactMap { lengthens($0, $1) }.first,
        notFinite: notFinite)
    }
    try checkFirst(
      { try check([[1, 0], [0, 1], [2, 0], [0, 3]], 1) },
      toldApartBy: [
        { try check([[3, 1], [1, 2], [-1, 1], [2, -1], [0.5, 0.25], [-1, -3]], 0.5) }
      ])
    try check([[1, 1], [2, -1]], 0.1)
    try check([[1, 0], [0, 1], [-2, 0.1], [0, 3]], 0.01)
    try randomCases(6, seed: 823) { random, size in
      let views = ContrastiveOracle.randomViews(4 + 2 * size, width: 2 + size / 2, &random)
      try check(views, [0.2, 0.5, 1][size % 3])
    }
    try unfriendlyTables(.equalRows, .sizes, seed: 826) { views, _ in
      try check(views, 0.5)
      try check(Array(views.suffix(2)), 2)
    }
    try unfriendlyTables(.scale, seed: 829) { views, _ in
      for temperature in [0.2, 1] as [Float] {
        try check(views, temperature, notFinite: squaresAreNoFloats)
      }
    }
    try unfriendly(.nearTies) {
      // All but sure of the positives: what is left of the pulls is some 1e-4 and 1e-6 of them.
      for temperature in [0.125, 0.1] as [Float] {
        try check([[2, 1], [-1, 2], [4, 2.125], [-2, 4.5]], temperature)
      }
    }
    try unfriendly(.chance) {
      for temperature in [0.5, 1, 0.5] as [Float] {
        try check([[3, 1], [1, 2], [-1, 1], [2, -1]], temperature)
        try check([[1, 0], [1, 3], [-2, 1], [1, -1]], temperature)
      }
    }
    try unfriendly(.stability) {
      for views in [
        [[1, 0], [1, 0.1], [0, 1], [-1, 0]], [[-1, 0], [0, 1], [1, 0.1], [1, 0]],
      ] as [[[Float]]] { try check(views, 0.01) }
    }
  }
}
