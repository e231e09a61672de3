import TensorCore

extension Chapter6 {
  static let nucleus = Exercise<Chapter6Functions>(
    "6.3", "The nucleus and its edges", file: "Nucleus.swift", kind: .extend, minutes: 30,
    difficulty: 2, section: "Writing",
    hints: [
      """
      Sort the tokens' indices, not the probabilities: at the end every number must stand where its \
      token stands. Ask about each token, in order, whether what is already kept is enough.
      """,
      """
      Keep tokens in order while their sum so far is below p (always keep the first). Of equal \
      probabilities the lower index comes first: compare pairs (−probability, index).
      """,
      """
      order = indices sorted by probability, then index
      for each token in order: if something is kept and (the sum has reached p, for p below 1, or the \
      token's probability is 0): stop; keep it, add it to the sum
      result = zeros; for kept tokens probability / sum
      """,
    ],
    parts: [
      Part("the nucleus of ordinary probabilities", points: 2, checkOrdinary),
      Part("ties, and sums of exactly p", points: 1, checkTies),
      Part("p of 0 and 1", points: 1, checkEnds),
    ])

  /// The right answer, or that of a wrong idea: a token stays if those before it fall short of p.
  private static func nucleus(
    _ probabilities: [Float], _ p: Float, isLastOfTies: Bool = false, dropsCrossing: Bool = false,
    keepsEqual: Bool = false, stopsAtOne: Bool = false, divides: Bool = true
  ) -> [Float] {
    let shares = probabilities.enumerated().map { token, own -> Float in
      let before = probabilities.indices.filter {
        probabilities[$0] > own
          || probabilities[$0] == own && $0 != token
            && ($0 < token) != isLastOfTies
      }.map { probabilities[$0] }.reduce(0, +)
      let stays =
        dropsCrossing
        ? before + own <= p : keepsEqual ? before <= p : before < p || p == 1 && !stopsAtOne
      return before == 0 || stays ? own : 0
    }
    let all = shares.reduce(0, +)
    return shares.map { divides ? $0 / all : $0 }
  }

  private static func check(
    _ functions: Chapter6Functions, _ probabilities: [Float], _ p: Float
  ) throws {
    let input = "probabilities \(text(probabilities)), p \(text(p))"
    let got = try answer(on: input) { try functions.nucleus(probabilities, p) }
    let sorted = nucleus(probabilities, p).sorted(by: >)
    // One division by a sum of up to 200 numbers: exact in its leading digits, however small it is.
    try expectClose(
      got, nucleus(probabilities, p), tolerance: 5e-6, least: 1e-30, "The nucleus is another.",
      on: input,
      misconceptions: [
        Misconception(
          "You left out the token with which the sum reaches p; it belongs to the nucleus.",
          gives: nucleus(probabilities, p, dropsCrossing: true)),
        Misconception(
          "You kept one token too many: a sum of exactly p is enough.",
          gives: nucleus(probabilities, p, keepsEqual: true)),
        Misconception(
          "A Float sum may reach 1 before the last token is in; at p = 1 every one stays.",
          gives: nucleus(probabilities, p, stopsAtOne: true)),
        Misconception(
          "Of equally likely tokens you took the one with the higher index first.",
          gives: nucleus(probabilities, p, isLastOfTies: true)),
        Misconception(
          "What is left does not sum to 1: divide it by its sum.",
          gives: nucleus(probabilities, p, divides: false)),
        Misconception(
          "You kept tokens that are likelier than p, each for itself; p is a sum.",
          gives: ownShare(probabilities, p)),
        Misconception(
          "You kept tokens that are likelier than 1 − p, each for itself; p is a sum.",
          gives: ownShare(probabilities, 1 - p)),
        Misconception(
          "Your answer is in the order of likelihood; it belongs in the vocabulary's.",
          gives: sorted),
        Misconception(
          "You walked along the vocabulary instead of from the likeliest token on.",
          gives: walked(probabilities, p)),
        Misconception(
          "You kept all tokens as likely as the last one; of equals only as many as are needed.",
          gives: withTies(probabilities, p)),
        Misconception(
          "Nothing is left: the likeliest token always stays.",
          gives: probabilities.map { _ in 0 }),
      ])
    try expectKept(got, nucleus(probabilities, p), input)
  }

  /// Kept is kept, however small: a tolerance would not notice 1e-38.
  private static func expectKept(
    _ got: [Float], _ expected: [Float], _ input: String
  ) throws {
    for token in got.indices where (got[token] == 0) != (expected[token] == 0) {
      throw Wrong(
        got[token] == 0
          ? "Token \(token) has the probability 0, and belongs to the nucleus."
          : "Token \(token) does not belong to the nucleus: its probability is to be 0.",
        expected: text(expected), got: text(got), on: input)
    }
  }

  private static func withTies(_ probabilities: [Float], _ p: Float) -> [Float] {
    let right = nucleus(probabilities, p)
    let least = right.filter { $0 > 0 }.min() ?? 0
    let limit = zip(right, probabilities).filter { $0.0 == least }.map(\.1).min() ?? 0
    let kept = probabilities.map { $0 >= limit ? $0 : 0 }
    return kept.map { $0 / kept.reduce(0, +) }
  }

  private static func ownShare(_ probabilities: [Float], _ p: Float) -> [Float] {
    let kept = probabilities.map { $0 >= p ? $0 : 0 }
    let sum = kept.reduce(0, +)
    return sum == 0 ? [] : kept.map { $0 / sum }
  }

  private static func walked(_ probabilities: [Float], _ p: Float) -> [Float] {
    var sum: Float = 0
    let kept = probabilities.map { share -> Float in
      defer { if sum < p { sum += share } }
      return sum < p ? share : 0
    }
    return sum == 0 ? [] : kept.map { $0 / sum }
  }

  private static func checkOrdinary(_ functions: Chapter6Functions) throws {
    // Sums of powers of two are exact: no rounding decides what belongs to the nucleus.
    // Here the wrong ideas keep other tokens each.
    let telling: [Float] = [6, 32, 9, 7, 5, 3, 2].map { $0 / 64 }
    try checkFirst(
      { try check(functions, [0.125, 0.5, 0.25, 0.125], 0.6) },
      toldApartBy: [{ try check(functions, telling, 0.72) }])
    try check(functions, [0.25, 0.0625, 0.5, 0.125, 0.0625], 0.8)
    try check(functions, [0.0625, 0.25, 0.1875, 0.5], 0.9)
    try check(functions, [1], 0.5)
    try randomCases(8, seed: 631) { random, size in
      // Shares of 64 parts, no two alike but by chance, and p between two multiples of 1/64.
      var parts = [Int](repeating: 1, count: size + 2)
      for _ in 0..<64 - parts.count { parts[random.integer(below: parts.count)] += 1 }
      let p = (Float(random.integer(below: 63)) + 0.5) / 64
      try check(functions, parts.map { Float($0) / 64 }, p)
    }
    try unfriendly(.sizes) {
      for count in Family.widths + [70, 200] {
        // A likeliest token of half, and all others alike; p between two of their sums.
        let rest = Float(0.5) / Float(max(1, count - 1))
        let all = (0..<count).map { $0 == count / 2 ? (count == 1 ? 1 : 0.5) : rest }
        try check(functions, all, 0.5 + 0.4 * rest)
        try check(functions, all, 0.4)
      }
      // As many tokens again, one with a half and 1,024 with 1/2048 each; p between two of their sums, and 1.
      let all = (0...1024).map { $0 == 1000 ? Float(0.5) : 0x1p-11 }
      for kept in [701, 1024] {
        let p = kept == 1024 ? 1 : 0.5 + (Float(kept) - 0.5) * 0x1p-11
        let input = "probabilities \(text(all)), p \(text(p))"
        let got = try answer(on: input) { try functions.nucleus(all, p) }
        let sum = 0.5 + Float(kept) * 0x1p-11
        let expected = all.enumerated().map { token, share in
          share == 0.5 || token < (token < 1000 ? kept : kept + 1) ? share / sum : 0
        }
        try expectClose(
          got, expected, tolerance: 5e-6, least: 1e-30, "The nucleus is another.", on: input)
      }
    }
    try unfriendly(.nearTies) {
      // 2⁻¹⁰ apart: which is likelier is no matter of rounding, nor is what reaches p.
      let step: Float = 0x1p-10
      try check(functions, [0.25 - step, 0.25 + step, 0.25, 0.25], 0.4)
      try check(functions, [0.25, 0.25, 0.25 + step, 0.25 - step], 0.25 + step / 2)
      try check(functions, [0.5, 0.25 + step, 0.25 - step], 0.75)
      try check(functions, [0.5, step, 0.5 - step], 1 - step / 2)
      // A sum of exactly p, and of the next number above and below it.
      for p in [Float(0.75).nextDown, 0.75, Float(0.75).nextUp] {
        try check(functions, [0.25, 0.5, 0.125, 0.125], p)
      }
      // p just below 1, where all but the least likely are enough.
      let little: Float = 0x1p-20
      let all = [0.25 - little, 0.5, little, 0.25]
      for p in [1 - 2 * little, 1 - little, 1 - little / 2] { try check(functions, all, p) }
    }
  }

  private static func checkTies(_ functions: Chapter6Functions) throws {
    // Without ties: what is wrong here is no matter of ties.
    try check(functions, [6, 32, 9, 7, 5, 3, 2].map { $0 / 64 }, 0.72)
    try unfriendly(.equalRows) {
      // Tokens 1, 2 and 3 are alike; 1 and 2 are enough.
      try check(functions, [0.0625, 0.25, 0.25, 0.25, 0.1875], 0.4)
      try check(functions, [0.25, 0.25, 0.25, 0.25], 0.5)
    }
    try check(functions, [0.125, 0.25, 0.5, 0.125], 0.75)
    try unfriendly(.equalRows) {
      try check(functions, [0.125, 0.375, 0.125, 0.375], 0.3)
      try check(functions, [0.25, 0.5, 0.25], 0.6)
      try check(functions, [Float](repeating: 0.0625, count: 16), 0.25)
      try check(functions, [0, 0.25, 0, 0.25, 0.25, 0.25], 0.7)
    }
  }

  private static func checkEnds(_ functions: Chapter6Functions) throws {
    try check(functions, [0.25, 0.5, 0.25], 0)
    try check(functions, [0.125, 0.375, 0.125, 0.375], 0)
    try check(functions, [0, 1, 0], 0.5)
    try check(functions, [0.5, 0, 0.25, 0.25], 1)
    // Seven sevenths: in Float they sum to a little more or less than 1.
    let sevenths = [Float](repeating: 1 / 7, count: 7)
    try check(functions, sevenths, 1)
    // Their sum is below 1 by rounding; nobody is left out for it.
    try check(functions, [0.3, 0.3, 0.3, 0.0999, 0], 1)
    try check(functions, [0, 1, 0], 1)
    // The sum is 1 in Float before the fourth token is in.
    try check(functions, [0.5, 0.25, 0.25, 1e-9, 0], 1)
    try unfriendly(.edges) {
      // p lies just below 1, and rounding leaves the sum below p: everything stays.
      try check(functions, [0.3, 0.3, 0.3, 0.0999], Float(1).nextDown)
      try check(functions, [0.25, 0.5, 0.24995], 0.99999)
      try check(functions, [1], 1)
      try check(functions, [1], 0)
      try check(functions, [0.5, 0.5], .leastNonzeroMagnitude)
    }
    try unfriendly(.scale) {
      // However small: tokens of 1e-13, 1e-20 and 1e-37, and some of 0.
      try check(functions, [0.5, 1e-13, 0.25, 0, 0.25, 1e-20], 1)
      try check(functions, [0, 1e-37, 1, 0, 1e-20], 1)
      try check(functions, [0.3, 0.3, 0.3, 0.0999, 1e-20], Float(1).nextDown)
    }
  }
}
