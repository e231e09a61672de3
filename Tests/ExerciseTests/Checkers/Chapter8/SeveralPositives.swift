import Foundation
import TensorCore

extension Chapter8 {
  static let severalPositives = Exercise<Chapter8Functions>(
    "8.3", "More than one positive", file: "SeveralPositives.swift", kind: .extend, minutes: 35,
    difficulty: 2, section: "The algorithm",
    hints: [
      """
      Pretend for a moment that view p is the only positive and write down its term: exercise 8.1. \
      Do that for each positive, with one and the same sum below the bar, and take the mean of the \
      terms.
      """,
      """
      loss = L − (1/|P|) Σ over p in P of s[p]/τ, with L = log Σ over k ≠ anchor of exp(s[k]/τ). \
      For the batch: the mean of these losses over the anchors whose P is not empty.
      """,
      """
      severalPositivesLoss: others = all but the anchor; P = the others of its patient; if P is \
      empty: 0;
      m = largest s[k]/τ over others; L = m + log(Σ over others of exp(s[k]/τ − m)); mean of L − \
      s[p]/τ.
      meanOverAnchors: the anchors with another view of their patient; the mean of their losses, \
      or 0.
      """,
    ],
    parts: [
      Part("one anchor, several positives", points: 2, checkAnchor),
      Part("cold temperatures and lonely anchors", points: 1, checkEdges),
      Part("the mean over anchors", points: 2, checkMean),
    ])

  /// log Σ exp of the similarities of some views over the temperature, in Double.
  private static func total(_ s: [Float], _ views: [Int], _ temperature: Float) -> Double {
    let exponents = views.map { Double(s[$0]) / Double(temperature) }
    guard let most = exponents.max() else { return -.infinity }
    return most + log(exponents.reduce(0) { $0 + exp($1 - most) })
  }

  /// The mean exponent of some views.
  private static func pull(_ s: [Float], _ views: [Int], _ temperature: Float) -> Double {
    views.reduce(0) { $0 + Double(s[$1]) } / Double(temperature) / Double(views.count)
  }

  private static func positives(_ patients: [Int], _ anchor: Int) -> [Int] {
    patients.indices.filter { $0 != anchor && patients[$0] == patients[anchor] }
  }

  private static func loss(_ s: [Float], _ patients: [Int], _ anchor: Int, _ t: Float) -> Float {
    let p = positives(patients, anchor)
    let others = s.indices.filter { $0 != anchor }
    if p.isEmpty { return 0 }
    return Float(total(s, others, t) - pull(s, p, t))
  }

  /// How far a loss in Float may be off: by some roundings of exponents, which reach 1/τ.
  private static func tolerance(_ t: Float) -> Float { 2e-6 * max(1, 1 / t) }

  private static func check(
    _ functions: Chapter8Functions, _ s: [Float], _ patients: [Int], _ anchor: Int, _ t: Float,
    tolerance: Float? = nil
  ) throws {
    let input =
      "similarities \(text(s)), patients \(text(patients)), anchor \(anchor), temperature "
      + text(t)
    let got = try answer(on: input) { try functions.severalPositivesLoss(s, patients, anchor, t) }
    let expected = loss(s, patients, anchor, t)
    let p = positives(patients, anchor)
    var ideas: [Misconception<Float>] = []
    if !p.isEmpty {
      let all = Array(s.indices)
      let others = all.filter { $0 != anchor }
      let negatives = others.filter { patients[$0] != patients[anchor] }
      let pull = pull(s, p, t)
      let together = Float(total(s, others, t) - total(s, p, t))
      ideas = [
        Misconception(
          "You took the mean of the positives' probabilities and then its logarithm; here each "
            + "positive has its own −log, and the mean comes last.",
          gives: together + log(Float(p.count))),
        Misconception(
          "You took the probability that any of the positives is chosen, and one logarithm of "
            + "it; here each positive has its own −log.", gives: together),
        Misconception(
          "You summed over the positives; divide by their number.",
          gives: expected * Float(p.count)),
        Misconception(
          "You divided by the number of all views; the mean is over the positives.",
          gives: expected * Float(p.count) / Float(s.count)),
        Misconception(
          "You left the anchor among the views below the bar.",
          gives: Float(total(s, all, t) - pull)),
        Misconception(
          "You counted the anchor among its own positives: it belongs to its patient, but it is "
            + "no pair with itself.",
          gives: Float(total(s, others, t) - Self.pull(s, p + [anchor], t))),
        Misconception(
          "You took one positive and left the others out.",
          gives: Float(total(s, others, t) - Self.pull(s, [p[0]], t))),
        Misconception(
          "Each positive meets only itself and the negatives in your answer; the other positives "
            + "stand below the bar, too.",
          gives: Float(p.reduce(0) { $0 + total(s, negatives + [$1], t) } / Double(p.count) - pull)),
        Misconception("You forgot the temperature.", gives: loss(s, patients, anchor, 1)),
        Misconception(
          "You multiplied by the temperature instead of dividing.",
          gives: loss(s, patients, anchor, 1 / t)),
        Misconception(
          "This is the mean of log P, uphill; the loss is −log P.", gives: -expected),
      ]
      if !negatives.isEmpty {
        ideas.append(
          Misconception(
            "The positives are missing below the bar: it has all views but the anchor.",
            gives: Float(total(s, negatives, t) - pull)))
      }
    }
    try expectClose(
      got, expected, tolerance: tolerance ?? Self.tolerance(t), "The loss is another.", on: input,
      misconceptions: ideas)
  }

  private static func checkAnchor(_ functions: Chapter8Functions) throws {
    try checkFirst(
      { try check(functions, [1, 1, 0, 0], [7, 7, 7, 3], 0, 1) },
      toldApartBy: [
        { try check(functions, [0.5, -0.75, 1, 0.25, 0.75, -1], [7, 3, 7, 7, 3, 9], 2, 0.5) }
      ])
    try check(functions, [0.1, 0.9, 1, -0.5, 0.25], [7, 7, 7, 3, 7], 2, 0.2)
    try check(functions, [0.3, 1, 0.6], [5, 5, 5], 1, 0.5)
    try check(functions, [0.3, 1], [5, 5], 1, 0.5)
    try randomCases(10, seed: 831) { random, size in
      let count = size + 3
      let patients = (0..<count).map { $0 < 2 ? 40 : 40 - 3 * random.integer(below: 2 + size / 3) }
      var s = (0..<count).map { _ in random.uniform(-1..<1) }
      let paired = (0..<count).filter { !positives(patients, $0).isEmpty }
      let anchor = paired[random.integer(below: paired.count)]
      s[anchor] = 1
      try check(functions, s, patients, anchor, [0.1, 0.5, 1][size % 3])
    }
    try unfriendly(.chance) {
      // The same similarities with other patients or another anchor, and again.
      for (patients, anchor) in [
        ([7, 3, 7, 7], 2), ([7, 7, 7, 3], 2), ([7, 7, 7, 3], 0), ([7, 3, 7, 7], 2),
      ] {
        try check(functions, [0.5, -0.75, 1, 0.25], patients, anchor, 0.5)
        try check(functions, [0.25, 0.5, 1, -1], patients, anchor, 0.5)
      }
    }
    try unfriendly(.equalRows) {
      try check(functions, [0.5, 0.5, 1, 0.5, 0.5], [7, 3, 7, 7, 3], 2, 0.5)
      try check(functions, [1, 1, 1, 1], [7, 3, 7, 3], 2, 0.5)
    }
    try unfriendlyLists(.sizes, seed: 833) { list, random in
      // Two views more than numbers, so that the anchor has a positive.
      let s = ([0.5, 1] + list).map { max(-1, min(1, $0 / 2)) }
      try check(functions, s, [7, 7] + list.map { _ in 7 - random.integer(below: 3) }, 1, 0.5)
    }
    try unfriendly(.edges) {
      try check(functions, [0.1, 0.9, 1, -0.5], [-4, .max, -4, .min], 2, 0.5)
      try check(functions, [0.1, 1, 0.9], [1 << 40, 1 << 40, -1], 1, 0.5)
    }
    try unfriendly(.scale) {
      try check(functions, [0.5, -0.75, 1, 0.25], [7, 3, 7, 7], 2, 10)
      try check(functions, [0.5, -0.75, 1, 0.25], [7, 3, 7, 7], 2, 2)
    }
    try unfriendly(.nearTies) {
      // Next to no loss. The similarities are 0 and −1, and their exponents 0, −8 to −12: rounding costs
      // 1e-7 of 1, and not of the exponents.
      for t in [0.125, 0.1, 1 / 12] as [Float] {
        try check(functions, [1, 0, -1, -1], [7, 7, 3, 4], 0, t, tolerance: 4e-7)
        try check(functions, [-1, 0, 1, -1], [3, 7, 7, 3], 2, t, tolerance: 4e-7)
      }
    }
  }

  private static func checkEdges(_ functions: Chapter8Functions) throws {
    // First the positives are the likest views, so that no small power counts; then all powers are small;
    // last the positives lie opposite, and a view between: from the ones to the other it is 2 / 0.01.
    for (s, patients, name) in [
      ([1, 1, 1, 0], [7, 7, 7, 3], "exp(1 / 0.01) is too large"),
      ([1, -1, 1, 1], [7, 3, 7, 7], "exp(1 / 0.01) is too large"),
      ([1, -1, -1], [7, 7, 7], "exp(−1 / 0.01), or what is left of it, is too small"),
      ([1, 1, 0.5, 0], [7, 7, 7, 3], "exp(2 / 0.01) is too large, and exp(−2 / 0.01) too small"),
      (
        [1, -1, -0.5, 1], [7, 7, 7, 3], "exp(2 / 0.01) is too large, and exp(−2 / 0.01) too small"
      ),
    ] as [([Float], [Int], String)] {
      let input = "similarities \(text(s)), patients \(text(patients)), anchor 0, temperature 0.01"
      let got = try answer(on: input) { try functions.severalPositivesLoss(s, patients, 0, 0.01) }
      try unfriendly(.stability) {
        try expect(
          got.isFinite,
          Wrong(
            "The loss is no number.", expected: text(loss(s, patients, 0, 0.01)), got: text(got),
            on: input,
            why: "\(name) for a Float. \(takeOffTheLargest)"))
        try check(functions, s, patients, 0, 0.01)
      }
    }
    for (s, patients) in [([1, 0.5, 0.5], [7, 3, 3]), ([1], [4])] as [([Float], [Int])] {
      let input = "similarities \(text(s)), patients \(text(patients)), anchor 0, temperature 0.5"
      let got = try answer(on: input) { try functions.severalPositivesLoss(s, patients, 0, 0.5) }
      try expect(
        got == 0,
        Wrong(
          "The anchor's patient has no other view: its loss is 0.", expected: "0", got: text(got),
          on: input, why: got.isNaN ? "You divided by the number of positives, which is 0." : nil))
    }
    try unfriendly(.stability) {
      // The largest similarity comes first, in the middle, last.
      for s in [[1, 0.9, 0, -1, 0], [0, 1, 0.9, -1, 0.5], [-1, 0, 0.5, 0.9, 1]] as [[Float]] {
        for anchor in s.indices { try check(functions, s, [7, 7, 3, 7, 3], anchor, 0.01) }
      }
    }
  }

  private static func checkMean(_ functions: Chapter8Functions) throws {
    func check(
      _ rows: [[Float]], _ patients: [Int], _ t: Float, _ more: [Misconception<Float>] = []
    ) throws {
      let input =
        "similarities \(text(rows)), patients \(text(patients)), temperature \(text(t))"
      let got = try answer(on: input) { try functions.meanOverAnchors(rows, patients, t) }
      let losses = rows.indices.map { loss(rows[$0], patients, $0, t) }
      let counts = rows.indices.map { positives(patients, $0).count }
      let paired = counts.count { $0 > 0 }
      let sum = losses.reduce(0, +)
      let expected = paired == 0 ? 0 : sum / Float(paired)
      let byPatient = Set(patients).compactMap { patient -> Float? in
        let own = rows.indices.filter { patients[$0] == patient }
        return own.count < 2 ? nil : own.map { losses[$0] }.reduce(0, +) / Float(own.count)
      }
      let weighted = zip(losses, counts).map { $0 * Float($1) }.reduce(0, +)
      // A mean of numbers each of which is as exact as one anchor's loss.
      let tolerance = tolerance(t)
      // Where the anchors' losses are wrong, the mean of them may still be the right one.
      let own =
        try? rows.indices.filter { counts[$0] > 0 }
        .map { try functions.severalPositivesLoss(rows[$0], patients, $0, t) }
        .reduce(0, +) / Float(max(1, paired))
      if let own, !isClose(got, expected, tolerance: tolerance),
        isClose(got, own, tolerance: tolerance)
      {
        throw Wrong(
          "The batch's loss is another.", expected: text(expected), got: text(got), on: input,
          why: "It is the mean of your anchors' losses, which are not right yet: mend them first.")
      }
      try expectClose(
        got, expected, tolerance: tolerance, "The batch's loss is another.", on: input,
        misconceptions: paired == 0
          ? []
          : more + [
            Misconception(
              "You divided by the number of all views; those without a positive do not count.",
              gives: sum / Float(rows.count)),
            Misconception(
              "This is the sum over the anchors; the loss is their mean.", gives: sum),
            Misconception(
              "You took a mean for each patient, and the mean of these; each anchor counts once.",
              gives: byPatient.reduce(0, +) / Float(byPatient.count)),
            Misconception(
              "You took the mean over all pairs, so that an anchor with many positives counts "
                + "more; each anchor counts once.",
              gives: weighted / Float(counts.reduce(0, +))),
            Misconception(
              "You divided by the number of patients; the mean is over anchors.",
              gives: sum / Float(Set(patients).count)),
          ])
    }
    func similarities(_ count: Int, _ random: inout Random) -> [[Float]] {
      let views = ContrastiveOracle.randomViews(count, width: 3, &random)
      let u = l2Normalised(Variable(Tensor([count, 3], views.flatMap(\.self))))
      let all = matmul(u, u, transposingB: true).value.numbers
      return (0..<count).map { Array(all[$0 * count..<($0 + 1) * count]) }
    }
    let six: [[Float]] = [
      [1, 0.5, 0, -0.5, 0.25, 0], [0.5, 1, 0.5, 0, 0, 0.25], [0, 0.5, 1, 0.5, -0.5, 0],
      [-0.5, 0, 0.5, 1, 0.5, -0.25], [0.25, 0, -0.5, 0.5, 1, 0.5], [0, 0.25, 0, -0.25, 0.5, 1],
    ]
    try checkFirst(
      { try check([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [7, 7, 3], 1) },
      toldApartBy: [{ try check(six, [7, 7, 7, 3, 3, 9], 0.5) }])
    try check([[1, 0.5], [0.5, 1]], [1, 2], 0.5)
    // Two anchors are sure of their positive: their loss is 0, and they count.
    let sure: [[Float]] = [
      [1, 1, -1, -1, 0], [1, 1, -1, -1, 0], [-1, -1, 1, 0.5, 0.5], [-1, -1, 0.5, 1, 0.5],
      [0, 0, 0.5, 0.5, 1],
    ]
    try check(
      sure, [7, 7, 3, 3, 5], 0.01,
      [
        Misconception(
          "You left out the anchors whose loss is 0: they have a positive, and count.",
          gives: log(Float(2)))
      ])
    try check([], [], 0.5)
    try randomCases(6, seed: 832) { random, size in
      let patients = (0..<size + 4).map { $0 < 2 ? 8 : 8 - random.integer(below: 2 + size / 3) }
      try check(similarities(size + 4, &random), patients, [0.2, 0.5, 1][size % 3])
    }
    try unfriendly(.equalRows) {
      let alike = [[Float]](repeating: [1, 1, 1, 1], count: 4)
      try check(alike, [7, 7, 3, 7], 0.5)
      try check([[1, 1, 0], [1, 1, 0], [0, 0, 1]], [7, 3, 3], 0.5)
    }
    try unfriendly(.sizes) {
      var random = Random(seed: 834)
      for count in Family.widths.dropFirst(2) {
        try check(similarities(count, &random), (0..<count).map { $0 % 3 == 1 ? 0 : $0 }, 0.5)
      }
      try check(similarities(70, &random), (0..<70).map { $0 / 3 }, 0.5)
    }
    try unfriendly(.edges) { try check(six, [-1, .max, -1, .max, .min, 0], 0.5) }
    try unfriendly(.chance) {
      // The same similarities with other patients, the same patients with others, and again.
      for patients in [[7, 7, 7, 3, 3, 9], [7, 3, 7, 3, 9, 9], [7, 7, 7, 3, 3, 9]] {
        try check(six, patients, 0.5)
        try check(six.reversed().map { $0.reversed() }, patients, 0.5)
      }
    }
    try unfriendly(.stability) { try check(six, [7, 7, 7, 3, 3, 9], 0.01) }
  }
}
