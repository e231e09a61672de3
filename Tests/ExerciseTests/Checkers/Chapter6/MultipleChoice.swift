import Foundation
import TensorCore

extension Chapter6 {
  static let multipleChoice = Exercise<Chapter6Functions>(
    "6.5", "Which sentence follows?", file: "MultipleChoice.swift", kind: .extend, minutes: 30,
    difficulty: 2, section: "Fine-tuning",
    hints: [
      """
      One question at a time. How many probabilities does a question with three endings have, and \
      what do they sum to? Nothing of another question enters.
      """,
      """
      score = vector · head; P = softmax over the endings of one question. \
      Gradient = (1/questions) Σ over questions Σ over endings (P − [ending is right]) · vector.
      """,
      """
      choiceProbabilities: for each question: the scores; take off the largest; exp; divide by the sum.
      headGradient: zeros; for each question and ending: add (P − 1 or P) · vector / questions.
      """,
    ],
    parts: [
      Part("a softmax for each question", points: 2, checkProbabilities),
      Part("the gradient in the head", points: 2, checkHead),
    ])

  /// Shares of 1, each as its score's lead over all others has it, in Double.
  private static func softmaxOf(_ scores: [Double]) -> [Double] {
    scores.map { own in 1 / scores.reduce(0) { $0 + exp($1 - own) } }
  }

  private static func score(_ vector: [Float], _ head: [Float]) -> Double {
    zip(vector, head).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// How far probabilities may be off by the rounding of their scores.
  private static func tolerance(_ features: [[[Float]]], _ head: [Float]) -> Float {
    // And by that of their powers' sum, which grows with their number.
    shareTolerance(
      ofProducts: head.count,
      features.joined().map { zip($0, head).reduce(0) { $0 + abs($1.0 * $1.1) } })
      + 1e-8 * Float(features.map(\.count).max() ?? 0)
  }

  private static func shown(_ features: [[[Float]]]) -> String {
    "[" + features.prefix(12).map { text($0) }.joined(separator: ", ")
      + (features.count > 12 ? ", … \(features.count) in all]" : "]")
  }

  private static func questions(_ size: Int, _ random: inout Random) -> [[[Float]]] {
    (0..<1 + size / 2).map { _ in
      (0..<2 + random.integer(below: 3)).map { _ in
        (0..<1 + size / 3).map { _ in random.uniform(-2..<2) }
      }
    }
  }

  /// Questions that are equal, of any width and number, and with large scores anywhere.
  private static func meetFamilies(
    _ check: (_ features: [[[Float]]], _ head: [Float], _ answers: [Int]) throws -> Void
  ) throws {
    try unfriendly(.chance) {
      // The same head with other questions, the same questions with another head or answers, and again.
      let one: [[[Float]]] = [[[1, 0], [0, 1], [1, 1]], [[2, 1], [0, 1]]]
      let other: [[[Float]]] = [[[0, 2], [1, 1], [3, 1]], [[-1, 1], [0, 1]]]
      for (features, head, answers) in [
        (one, [1, -0.5], [2, 0]), (other, [1, -0.5], [2, 0]), (other, [0.5, 1], [2, 0]),
        (other, [0.5, 1], [0, 1]), (one, [0.5, 1], [0, 1]), (one, [1, -0.5], [2, 0]),
      ] as [([[[Float]]], [Float], [Int])] { try check(features, head, answers) }
    }
    try unfriendlyLists(.nearTies, seed: 654) { scores, _ in
      // Endings that have nearly all of the probability, and some that nearly agree.
      try check([scores.map { [$0] }], [1], [0])
      try check([scores.map { [$0, 1] }, scores.map { [2, $0] }], [1, 0.5], [1, 0])
    }
    try unfriendlyTables(.equalRows, .sizes, seed: 653) { table, random in
      let head = table[0].map { _ in Float(random.integer(below: 9) - 4) / 4 }
      // The same question twice, with other answers, and one with fewer endings.
      let features = [table, table, Array(table.prefix(2))]
      try check(features, head, [0, table.count - 1, 1])
    }
    try unfriendly(.stability) {
      let scores: [[Float]] = [
        [1000, 0, -5], [0, 1000, 990], [-5, 0, 1000], [-1000, -999, -1001], [90, -90], [-90, 90],
      ]
      try check(scores.map { $0.map { [$0] } }, [1], [1, 1, 0, 2, 1, 0])
    }
    try unfriendly(.sizes) {
      for count in [70, Family.many] {
        let many = (0..<count).map { [[Float($0 % 7)], [Float($0 % 5)]] }
        try check(many, [0.25], many.indices.map { $0 % 2 })
      }
      try check([(0..<Family.many).map { [Float($0 % 7)] }], [0.25], [1000])
    }
  }

  private static func checkProbabilities(_ functions: Chapter6Functions) throws {
    func check(_ features: [[[Float]]], _ head: [Float]) throws {
      let input = "features \(shown(features)), head \(text(head))"
      let got = try answer(on: input) { try functions.choiceProbabilities(features, head) }
      let scores = features.map { $0.map { score($0, head) } }
      let top = scores.joined().max() ?? 0
      let total = scores.joined().reduce(0) { $0 + exp($1 - top) }
      let together = scores.map { $0.map { Float(exp($0 - top) / total) } }
      func shares(_ of: ([Double]) -> [Double]) -> [[Float]] {
        scores.map { of($0).map { Float($0) } }
      }
      // Exact in their leading digits, however small they are, up to the rounding of scores.
      try expectClose(
        got, shares(softmaxOf), tolerance: tolerance(features, head), least: 1e-20,
        "The probabilities are others.", on: input,
        misconceptions: [
          Misconception(
            "Your softmax runs over the endings of all questions together.", gives: together),
          Misconception(
            "You gave each ending a probability of its own (a sigmoid); one of them is right, so "
              + "they share 1.", gives: shares { $0.map { 1 / (1 + exp(-$0)) } }),
          Misconception("These are the scores, before the softmax.", gives: shares { $0 }),
          Misconception(
            "You divided the scores by their sum instead of their exponentials.",
            gives: shares { row in row.map { $0 / row.reduce(0, +) } }),
        ])
    }
    try check([[[1], [3]], [[7]]], [0.5])
    try check([[[1, 0], [0, 1], [1, 1]], [[2, 1], [0, 0]]], [1, -0.5])
    try check([[[1000], [999]], [[-1000], [-999]]], [1])
    try check([], [2])
    try randomCases(8, seed: 651) { random, size in
      let features = questions(size, &random)
      try check(features, (0..<features[0][0].count).map { _ in random.uniform(-1..<1) })
    }
    try meetFamilies { features, head, _ in try check(features, head) }
  }

  private static func checkHead(_ functions: Chapter6Functions) throws {
    func check(_ features: [[[Float]]], _ head: [Float], _ answers: [Int]) throws {
      let input = "features \(shown(features)), head \(text(head)), answers \(text(answers))"
      let got = try answer(on: input) { try functions.headGradient(features, head, answers) }
      let shares = features.map { softmaxOf($0.map { score($0, head) }) }
      func gradient(_ weight: (_ question: Int, _ ending: Int, _ p: Double) -> Double) -> [Float] {
        head.indices.map { axis in
          var sum = 0.0
          for (question, p) in shares.enumerated() {
            for ending in p.indices {
              sum += weight(question, ending, p[ending]) * Double(features[question][ending][axis])
            }
          }
          return Float(sum)
        }
      }
      let count = Double(features.count)
      let expected = gradient { ($2 - ($1 == answers[$0] ? 1 : 0)) / count }
      let sizes = features.map { Double($0.count) }
      // Slopes, up to the rounding of scores, times numbers of the vectors, and a mean of such.
      let tolerance = tolerance(features, head)
      let least = LeastSizes.all(features.joined().joined().map { abs($0) }.max()!)
      var misconceptions: [Misconception<[Float]>] = []
      if !isClose(got, expected, tolerance: tolerance, least: least),
        let theirs = try? functions.choiceProbabilities(features, head),
        theirs.map(\.count) == features.map(\.count)
      {
        misconceptions = [
          Misconception(
            "Your headGradient may be right: it uses choiceProbabilities, which is not.",
            gives: gradient { q, e, _ in (Double(theirs[q][e]) - (e == answers[q] ? 1 : 0)) / count
            })
        ]
      }
      let dividedByOwn =
        "You divided each question's gradient by the number of its endings; only the number of "
        + "questions divides."
      let endings = Double(features.map(\.count).reduce(0, +))
      try expectClose(
        got, expected, tolerance: tolerance, least: least, "The gradient of the head is another.",
        on: input,
        misconceptions: misconceptions + [
          Misconception(
            "This is the gradient of log P, uphill; the loss is −log P.",
            gives: gradient { (($1 == answers[$0] ? 1 : 0) - $2) / count }),
          Misconception(
            "You forgot to take 1 off at the right ending: P − 1 there, P at the others.",
            gives: gradient { $2 / count }),
          Misconception(
            "You summed over the questions; the loss is their mean.",
            gives: gradient { question, ending, p in p - (ending == answers[question] ? 1 : 0) }),
          Misconception(
            "You divided by the number of all endings; the mean is over the questions.",
            gives: gradient { ($2 - ($1 == answers[$0] ? 1 : 0)) / endings }),
          Misconception(
            dividedByOwn, gives: gradient { ($2 - ($1 == answers[$0] ? 1 : 0)) / sizes[$0] }),
          Misconception(
            dividedByOwn,
            gives: gradient { ($2 - ($1 == answers[$0] ? 1 : 0)) / sizes[$0] / count }),
          Misconception(
            "Only the right ending enters your gradient; the wrong ones push as well.",
            gives: gradient { $1 == answers[$0] ? ($2 - 1) / count : 0 }),
        ])
    }
    // The first input tells the wrong ideas apart: each leads to another gradient.
    try check([[[1, 0], [0, 1], [1, 1]], [[2, 1], [0, 1]]], [1, -0.5], [2, 0])
    try check([[[1], [3]]], [0], [1])
    try check([[[1000, 1], [0, 1]], [[-1000, 1], [-1001, 0]]], [1, 0.5], [1, 0])
    try randomCases(8, seed: 652) { random, size in
      let features = questions(size, &random)
      try check(
        features, (0..<features[0][0].count).map { _ in random.uniform(-1..<1) },
        features.map { random.integer(below: $0.count) })
    }
    try meetFamilies(check)
  }
}
