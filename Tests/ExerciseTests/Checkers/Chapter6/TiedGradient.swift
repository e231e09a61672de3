import Foundation
import TensorCore

extension Chapter6 {
  static let tiedGradient = Exercise<Chapter6Functions>(
    "6.4", "The gradient of a table used twice", file: "TiedGradient.swift", kind: .derive,
    minutes: 35, difficulty: 2, section: "The model",
    hints: [
      """
      Write the loss as log Σ exp(zᵤ) − z_target and differentiate it in each zᵤ. Then give the table \
      two names, one for each use, find both gradients, and add them.
      """,
      """
      slope[u] = softmax(z)ᵤ − [u = target]. As output layer: row u gets slope[u] · h. As embedding: \
      row `input` gets Σᵤ slope[u] · table[u].
      """,
      """
      h = table[input]; z[u] = table[u] · h; slope = logitGradient(z, target)
      gradient[u] = slope[u] · h for every u
      gradient[input] += Σᵤ slope[u] · table[u]
      """,
    ],
    parts: [
      Part("the slope in the logits", points: 2, checkLogits),
      Part("both uses of the table", points: 3, checkTied),
    ])

  /// The loss of a row of logits, in Double.
  private static func loss(_ logits: [Double], _ target: Int) -> Double {
    let top = logits.max()!
    return top + log(logits.reduce(0) { $0 + exp($1 - top) }) - logits[target]
  }

  /// Central differences of the loss in each logit: errors of some 1e-9.
  private static func slopes(_ logits: [Float], _ target: Int) -> [Float] {
    let exact = logits.map(Double.init)
    return exact.indices.map { index in
      var (up, down) = (exact, exact)
      up[index] += 1e-4
      down[index] -= 1e-4
      return Float((loss(up, target) - loss(down, target)) / 2e-4)
    }
  }

  private static func checkLogits(_ functions: Chapter6Functions) throws {
    func check(_ logits: [Float], _ target: Int) throws {
      let input = "logits \(text(logits)), target \(target)"
      let got = try answer(on: input) { try functions.logitGradient(logits, target) }
      let expected = slopes(logits, target)
      let p = softmax(Variable(Tensor([1, logits.count], logits))).value.numbers
      // Probabilities, and at the target the difference of one and 1, up to the differences' errors.
      let sizes = p.indices.map { $0 == target ? 1 : max(1e-2, p[$0]) }
      try expectClose(
        got, expected, tolerance: shareTolerance(logits), least: .each(sizes),
        "The slopes are others.", on: input,
        misconceptions: [
          Misconception(
            "This is the gradient of log P, uphill; the loss is −log P.",
            gives: expected.map { -$0 }),
          Misconception(
            "You forgot to take 1 off at the target.", gives: p),
          Misconception(
            "Only the target's logit has a slope in your answer; the sum in the softmax moves with "
              + "all of them.",
            gives: p.indices.map { $0 == target ? p[$0] - 1 : 0 }),
          Misconception(
            "This is the gradient of the probability, not of its logarithm.",
            gives: p.indices.map { p[target] * (p[$0] - ($0 == target ? 1 : 0)) }),
        ])
    }
    // The first input tells the wrong ideas apart.
    try check([1, -1, 0.5], 2)
    try check([0, 0], 1)
    try check([3], 0)
    try check([1000, 999, -1000], 1)
    try check([-1000, -1001], 1)
    try unfriendlyLists(.sizes, .stability, .equalRows, .nearTies, seed: 643) { logits, _ in
      for target in Set([0, logits.count / 2, logits.count - 1]).sorted() {
        try check(logits, target)
      }
    }
    try randomCases(8, seed: 641) { random, size in
      try check(
        (0..<size + 2).map { _ in random.uniform(-3..<3) }, random.integer(below: size + 2))
    }
    try unfriendly(.chance) {
      // The same logits with another target, other logits with the same target, and again.
      for target in [0, 2, 0] {
        try check([1, -1, 0.5], target)
        try check([2, 1, -0.5], target)
      }
    }
  }

  private static func checkTied(_ functions: Chapter6Functions) throws {
    func check(_ table: [[Float]], _ input: Int, _ target: Int) throws {
      let (vocabulary, width) = (table.count, table[0].count)
      let words = "table \(text(table)), input \(input), target \(target)"
      let got = try answer(on: words) { try functions.tiedGradient(table, input, target) }
      /// The gradient of the loss, or of logits · slopes, by the uses of the table that count.
      func gradient(reads: Bool, scores: Bool, slopes: [Float]? = nil) -> [[Float]] {
        let e = Variable(Tensor([vocabulary, width], table.flatMap(\.self)), needsGradient: true)
        let h = embedding(reads ? e : e.detached(), [input])
        let z = matmul(h, scores ? e : e.detached(), transposingB: true)
        if let slopes {
          (z * Variable(Tensor([1, vocabulary], slopes))).sum().backward()
        } else {
          crossEntropy(z, [target]).backward()
        }
        let all = e.gradient!.numbers
        return (0..<vocabulary).map { Array(all[$0 * width..<($0 + 1) * width]) }
      }
      let expected = gradient(reads: true, scores: true)
      let head = gradient(reads: false, scores: true)
      let reading = gradient(reads: true, scores: false)
      var replaced = head
      replaced[input] = reading[input]
      func added(_ share: [Float], to row: Int) -> [[Float]] {
        var rows = head
        rows[row] = zip(rows[row], share).map { $0 + $1 }
        return rows
      }
      let logits = table.map { zip($0, table[input]).map { $0 * $1 }.reduce(0, +) }
      let slopes = softmax(Variable(Tensor([1, vocabulary], logits))).value.numbers
        .enumerated().map { $0.element - ($0.offset == target ? 1 : 0) }
      // Slopes, up to the rounding of logits, times numbers of the table.
      let sizes = table.map { row in zip(row, table[input]).reduce(0) { $0 + abs($1.0 * $1.1) } }
      let tolerance = shareTolerance(ofProducts: width, sizes)
      let least = LeastSizes.all(table.joined().map { abs($0) }.max()!)
      var misconceptions: [Misconception<[[Float]]>] = []
      if !isClose(got, expected, tolerance: tolerance, least: least),
        let theirs = try? functions.logitGradient(logits, target), theirs.count == vocabulary
      {
        misconceptions = [
          Misconception(
            "Your tiedGradient may be right: it uses logitGradient, which is not.",
            gives: gradient(reads: true, scores: true, slopes: theirs))
        ]
      }
      try expectClose(
        got, expected, tolerance: tolerance, least: least, "The gradient of the table is another.",
        on: words,
        misconceptions: misconceptions + [
          Misconception(
            "You counted the table as output layer only; it also made h.", gives: head),
          Misconception(
            "You counted the table as embedding only; it also scores the tokens.", gives: reading),
          Misconception(
            "Row `input` lacks one of its two shares: it is scored like every other row, and it made "
              + "h, whose slope sums over every token, `input` too.", gives: replaced),
          Misconception(
            "You added the embedding's share to row `target`; the row that was read is `input`.",
            gives: added(reading[input], to: target)),
          Misconception(
            "You gave each row a share of the embedding's gradient; their sum belongs to one row, "
              + "`input`.",
            gives: head.indices.map { row in
              zip(head[row], table[row]).map { $0 + slopes[row] * $1 }
            }),
          Misconception(
            "You halved the gradient: two uses are added, not averaged.",
            gives: gradient(reads: true, scores: true).map { $0.map { $0 / 2 } }),
        ])
    }
    // The first input tells the wrong ideas apart: each leads to another gradient.
    try check([[0.5, -1], [1, 1], [-1, 0.5]], 0, 2)
    try check([[1], [0]], 0, 1)
    try check([[30, 1], [1, 2]], 0, 1)
    try check([[0.5, -1], [1, 1], [-1, 0.5]], 1, 1)
    try randomCases(8, seed: 642) { random, size in
      let vocabulary = 2 + size / 2
      try check(
        (0..<vocabulary).map { _ in (0..<1 + size / 3).map { _ in random.uniform(-1.5..<1.5) } },
        random.integer(below: vocabulary), random.integer(below: vocabulary))
    }
    try unfriendlyTables(.equalRows, .sizes, seed: 644) { table, random in
      try check(table, 0, table.count - 1)
      try check(table, table.count - 1, 0)
      try check(table, 2, 2)
      try check(table, random.integer(below: table.count), 1)
    }
    try unfriendly(.stability) {
      // Logits up to 900, the largest anywhere.
      try check([[30, 1], [1, 2], [2, 1]], 0, 1)
      try check([[1, 2], [30, 1], [29, 1]], 1, 2)
      try check([[1, 2], [2, 1], [30, 1]], 2, 0)
      try check([[-30, 0], [-29, 0], [-30.5, 0]], 1, 1)
    }
    try unfriendly(.nearTies) {
      // Slopes of some 1e-5 and 1e-6 besides one of nearly 1; rows that nearly agree.
      try check([[4, 0], [1, 1], [0.5, 2]], 0, 0)
      try check([[4, 0], [1, 1], [0.5, 2]], 0, 1)
      try check([[1, 0x1p-23], [1, 0], [1 - 0x1p-23, 1]], 1, 0)
    }
    try unfriendly(.chance) {
      // The same table with other tokens, another table with the same tokens, and again.
      for (input, target) in [(0, 2), (1, 2), (1, 0), (0, 2)] {
        try check([[0.5, -1], [1, 1], [-1, 0.5]], input, target)
        try check([[1, 1], [0.5, 0], [-1, 1]], input, target)
      }
    }
  }
}
