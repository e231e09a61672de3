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

  private static func softmaxOf(_ scores: [Float]) -> [Float] {
    softmax(Variable(Tensor([1, scores.count], scores))).value.numbers
  }

  private static func score(_ vector: [Float], _ head: [Float]) -> Float {
    zip(vector, head).map { $0 * $1 }.reduce(0, +)
  }

  private static func shown(_ features: [[[Float]]]) -> String {
    "[" + features.map { text($0) }.joined(separator: ", ") + "]"
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
      let many = (0..<70).map { [[Float($0 % 7)], [Float($0 % 5)]] }
      try check(many, [0.25], many.indices.map { $0 % 2 })
    }
  }

  private static func checkProbabilities(_ functions: Chapter6Functions) throws {
    func check(_ features: [[[Float]]], _ head: [Float]) throws {
      let input = "features \(shown(features)), head \(text(head))"
      let got = try answer(on: input) { try functions.choiceProbabilities(features, head) }
      let scores = features.map { $0.map { score($0, head) } }
      let all = softmaxOf(scores.flatMap(\.self) + [-.infinity])
      var at = 0
      let together = scores.map { row in
        defer { at += row.count }
        return Array(all[at..<at + row.count])
      }
      // Probabilities of moderate scores: rounding costs some 1e-6.
      try expectClose(
        got, scores.map(softmaxOf), tolerance: 1e-4, "The probabilities are others.", on: input,
        misconceptions: [
          Misconception(
            "Your softmax runs over the endings of all questions together.", gives: together),
          Misconception(
            "You gave each ending a probability of its own (a sigmoid); one of them is right, so "
              + "they share 1.", gives: scores.map { $0.map { 1 / (1 + exp(-$0)) } }),
          Misconception("These are the scores, before the softmax.", gives: scores),
          Misconception(
            "You divided the scores by their sum instead of their exponentials.",
            gives: scores.map { row in row.map { $0 / row.reduce(0, +) } }),
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
      func gradient(_ weight: (_ question: Int, _ ending: Int, _ p: Float) -> Float) -> [Float] {
        head.indices.map { axis in
          features.indices.map { question in
            let p = softmaxOf(features[question].map { score($0, head) })
            return p.indices.map { weight(question, $0, p[$0]) * features[question][$0][axis] }
              .reduce(0, +)
          }.reduce(0, +)
        }
      }
      let count = Float(features.count)
      let expected = gradient { ($2 - ($1 == answers[$0] ? 1 : 0)) / count }
      let sizes = features.map { Float($0.count) }
      var misconceptions: [Misconception<[Float]>] = []
      if !isClose(got, expected, tolerance: 1e-4),
        let theirs = try? functions.choiceProbabilities(features, head),
        theirs.map(\.count) == features.map(\.count)
      {
        misconceptions = [
          Misconception(
            "Your headGradient may be right: it uses choiceProbabilities, which is not.",
            gives: gradient { q, e, _ in (theirs[q][e] - (e == answers[q] ? 1 : 0)) / count })
        ]
      }
      let dividedByOwn =
        "You divided each question's gradient by the number of its endings; only the number of "
        + "questions divides."
      let endings = Float(features.map(\.count).reduce(0, +))
      // Sums of some ten products of numbers below 10.
      try expectClose(
        got, expected, tolerance: 1e-4, "The gradient of the head is another.", on: input,
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
