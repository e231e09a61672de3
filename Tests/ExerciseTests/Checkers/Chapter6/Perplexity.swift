import Foundation
import TensorCore

extension Chapter6 {
  static let perplexities = Exercise<Chapter6Functions>(
    "6.1", "Perplexities side by side", file: "Perplexity.swift", kind: .derive, minutes: 20,
    difficulty: 1, section: "One number for every model",
    hints: [
      """
      Write down the surprise of the whole text, −log P(text), once with each tokenizer's tokens. What \
      does the perplexity divide it by? That number is all that changes.
      """,
      """
      −log P(text) = tokens · ln(perplexity). In bits: tokens · log₂(perplexity). Over several texts: \
      Σ losses[i] · tokens[i], divided by Σ tokens[i], and only then exp.
      """,
      """
      corpusPerplexity: sum loss · count over the texts; divide by the sum of the counts; exp.
      bitsPerCharacter: log2(perplexity) · tokens / characters.
      perplexity: perplexity to the power tokens / otherTokens.
      """,
    ],
    parts: [
      Part("texts of different lengths", points: 1, checkCorpus),
      Part("bits for each character", points: 1, checkBits),
      Part("the same surprise over other tokens", points: 1, checkOther),
    ])

  private static let wholeNumbers =
    "You divided whole numbers: 100 / 400 is 0 among them. Make them Float before you divide."

  private static let tooLarge =
    "An intermediate result is too large for a Float or a Double: 16^100, 16^1000, for instance. "

  private static func checkCorpus(_ functions: Chapter6Functions) throws {
    func check(_ losses: [Float], _ tokens: [Int]) throws {
      let input = "losses \(text(losses)), tokens \(text(tokens))"
      let got = try answer(on: input) { try functions.corpusPerplexity(losses, tokens) }
      let all = Float(tokens.reduce(0, +))
      let surprise = Float(zip(losses, tokens).map { Double($0) * Double($1) }.reduce(0, +))
      let exact = zip(losses, tokens).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      let mean = exact / Double(tokens.reduce(0, +))
      // A sum, whose rounding adds up with the number of texts, and one exp in Float.
      try expectClose(
        got, Float(exp(mean)), tolerance: 2e-6 + Float(mean) * (2e-6 + 1e-7 * Float(losses.count)),
        "The perplexity is another.", on: input,
        misconceptions: [
          Misconception(
            "You averaged the texts' losses as if all texts were equally long.",
            gives: exp(losses.reduce(0, +) / Float(losses.count))),
          Misconception(
            "You averaged perplexities. The average is taken of the losses, and exp comes last.",
            gives: zip(losses, tokens).map { exp($0) * Float($1) }.reduce(0, +) / all),
          Misconception(
            "You averaged perplexities, and of texts of different lengths too.",
            gives: losses.map { exp($0) }.reduce(0, +) / Float(losses.count)),
          Misconception(
            "You summed the losses of all tokens and did not divide by their number.",
            gives: exp(surprise)),
          Misconception(
            tooLarge + "Add the losses, and take exp of their mean.",
            gives: pow(exp(surprise), 1 / all)),
          Misconception(
            tooLarge + "Add the losses, and take exp of their mean.",
            gives: Float(pow(exp(Double(surprise)), 1 / Double(all)))),
          Misconception(
            "This is the mean loss; the perplexity is its exponential.", gives: surprise / all),
          Misconception(
            "You took 2 to the power of the loss; the losses are in nats, so it is e.",
            gives: exp2(surprise / all)),
        ])
    }
    // The first input tells the wrong ideas apart.
    try check([3, 1], [1, 4])
    try check([0.6931, 0], [1, 3])
    try check([2], [7])
    try check([0, 1.5], [0, 2])
    // Texts of a usual length, whose probabilities are no numbers, not even as Doubles.
    try check([2, 3], [5000, 100])
    try randomCases(8, seed: 611) { random, size in
      let count = 2 + size / 2
      try check(
        (0..<count).map { _ in random.uniform(0.1..<5) },
        (0..<count).map { _ in 1 + random.integer(below: 20) })
    }
    try unfriendly(.sizes) {
      // Millions of tokens, more than a Float counts one by one, and seventy texts.
      try check([2, 3], [1_000_000, 3_000_000])
      try check([1, 4], [30_000_000, 20_000_000])
      try check([1, 3], [3_000_000_000, 5_000_000_000])
      try check((0..<Family.many).map { Float($0) / 400 }, (0..<Family.many).map { 1 + $0 % 9 })
      try check((0..<70).map { Float($0) / 20 }, (0..<70).map { 1 + $0 % 9 })
      for size in Family.widths { try check((1...size).map { Float($0) / 4 }, Array(1...size)) }
    }
    try unfriendly(.equalRows) { try check([2, 2, 3, 2], [1, 5, 2, 1]) }
    try unfriendly(.edges) {
      try check([0, 0], [3, 4])
      try check([0, 11.5, 0], [0, 1, 0])
    }
  }

  private static func checkBits(_ functions: Chapter6Functions) throws {
    func check(_ perplexity: Float, _ tokens: Int, _ characters: Int) throws {
      let input = "perplexity \(text(perplexity)), \(tokens) tokens, \(characters) characters"
      let got = try answer(on: input) {
        try functions.bitsPerCharacter(perplexity, tokens, characters)
      }
      let ratio = Float(tokens) / Float(characters)
      let exact = log2(Double(perplexity)) * Double(tokens) / Double(characters)
      // A logarithm, a product and a quotient in Float, however small they are.
      try expectClose(
        got, Float(exact), tolerance: 1e-6, least: 1e-12, "These are not the bits.", on: input,
        misconceptions: [
          Misconception(
            "These are nats for each character: take the logarithm to base 2.",
            gives: log(perplexity) * ratio),
          Misconception(
            wholeNumbers, gives: log2(perplexity) * Float(tokens / characters)),
          Misconception(
            "These are bits for each token; a character has only its share of a token.",
            gives: log2(perplexity)),
          Misconception(
            "Your ratio stands upside down: tokens / characters.",
            gives: log2(perplexity) / ratio),
          Misconception(
            tooLarge + "Take the logarithm first.",
            gives: log2(pow(perplexity, Float(tokens))) / Float(characters)),
          Misconception(
            tooLarge + "Take the logarithm first.",
            gives: Float(log2(pow(Double(perplexity), Double(tokens))) / Double(characters))),
          Misconception(
            "You spread the perplexity itself over the characters, before the logarithm.",
            gives: log2(perplexity * ratio)),
        ])
    }
    try check(16, 100, 400)
    try check(5, 30, 90)
    try check(1, 10, 50)
    try check(40, 20, 20)
    try check(16, 4000, 10_000)
    try check(3, 90, 60)
    try randomCases(8, seed: 612) { random, size in
      try check(random.uniform(1.5..<90), 3 + size, 10 + size + random.integer(below: 90))
    }
    try unfriendly(.sizes) {
      try check(16, 1_000_000, 4_000_000)
      try check(1000, 7_000_000, 2_000_000)
      try check(20, 3_000_000_000, 5_000_000_000)
      try check(3, 1, 5)
    }
    try unfriendly(.nearTies) {
      // Nearly no surprise: log2(1.0001) for each of many tokens.
      try check(1.0001, 100, 1)
      try check(1 + 0x1p-20, 3_000_000, 3)
    }
  }

  private static func checkOther(_ functions: Chapter6Functions) throws {
    func check(_ perplexity: Float, _ tokens: Int, _ others: Int) throws {
      let input = "perplexity \(text(perplexity)), \(tokens) tokens, \(others) other tokens"
      let got = try answer(on: input) { try functions.perplexity(perplexity, tokens, others) }
      let ratio = Float(tokens) / Float(others)
      let exponent = log(Double(perplexity)) * Double(tokens) / Double(others)
      // A power's relative error is that of its exponent, in nats: some roundings of it.
      try expectClose(
        got, Float(exp(exponent)), tolerance: 1e-6 * Float(max(1, exponent)),
        "The perplexity is another.", on: input,
        misconceptions: [
          Misconception(
            "You multiplied by tokens / otherTokens. Losses scale like that; a perplexity is the "
              + "exponential of a loss.", gives: perplexity * ratio),
          Misconception(
            "Your exponent stands upside down: fewer tokens mean more surprise for each.",
            gives: pow(perplexity, 1 / ratio)),
          Misconception(wholeNumbers, gives: pow(perplexity, Float(tokens / others))),
          Misconception(
            tooLarge + "Divide the exponents first.",
            gives: pow(pow(perplexity, Float(tokens)), 1 / Float(others))),
          Misconception(
            tooLarge + "Divide the exponents first.",
            gives: Float(pow(pow(Double(perplexity), Double(tokens)), 1 / Double(others)))),
          Misconception(
            "You left the perplexity as it was; it is an average over other tokens now.",
            gives: perplexity),
        ])
    }
    try check(16, 100, 200)
    try check(9, 20, 10)
    try check(3, 7, 7)
    try check(1, 5, 50)
    try check(16, 4000, 8000)
    try randomCases(8, seed: 613) { random, size in
      try check(random.uniform(1.5..<20), 5 + size, 4 + random.integer(below: 12))
    }
    try unfriendly(.sizes) {
      try check(16, 1_000_000, 2_000_000)
      try check(1.5, 9_000_000, 1_000_000)
      try check(20, 3_000_000_000, 5_000_000_000)
      try check(2, 7, 1)
    }
    try unfriendly(.nearTies) {
      try check(1 + 0x1p-12, 4096, 1)
      // Ratios that few digits do not hold.
      try check(19, 30_001, 30_000)
      try check(50, 10_000, 29_999)
    }
  }
}
