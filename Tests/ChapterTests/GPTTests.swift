import CourseData
import Foundation
import TensorCore
import Testing

@testable import chapter6

private func smallModel(vocabulary: Int = 30, context: Int = 16, seed: UInt64 = 3) -> GPT {
  var random = Random(seed: seed)
  let sizes = GPTSizes(
    vocabulary: vocabulary, context: context, width: 32, heads: 4, layers: 2)
  return GPT(sizes, using: &random)
}

private func tokens(_ count: Int, below vocabulary: Int = 30, seed: UInt64) -> [Int] {
  var random = Random(seed: seed)
  return (0..<count).map { _ in random.integer(below: vocabulary) }
}

@Suite struct `GPT scores` {
  @Test func `changing a token leaves all scores before it as they were, bit by bit`() {
    let model = smallModel()
    let text = tokens(16, seed: 1)
    let before = model.logits(model.features([text])).value
    for place in text.indices {
      var changed = text
      changed[place] = (text[place] + 7) % 30
      let after = model.logits(model.features([changed])).value
      #expect(before.numbers[..<(place * 30)] == after.numbers[..<(place * 30)])
      #expect(before.numbers[(place * 30)...] != after.numbers[(place * 30)...])
    }
  }

  @Test func `an untrained model finds every token about equally likely`() {
    for vocabulary in [30, 500] {
      let texts = (0..<8).map { tokens(17, below: vocabulary, seed: $0) }
      let loss = smallModel(vocabulary: vocabulary).loss(texts).value.number
      // Scores of deviation 0.02 · √32 ≈ 0.11: the loss is ln V + 0.11² / 2, give or take the sample.
      #expect(abs(loss - Float(log(Double(vocabulary)))) < 0.05)
    }
  }

  @Test func `the tied table's gradient is the embedding's and the output layer's together`() {
    let model = smallModel()
    let texts = [tokens(17, seed: 5), tokens(17, seed: 6)]
    model.loss(texts).backward()
    let both = model.tokens.weight.gradient!.numbers
    // The same computation with a copy of the table as output layer.
    let untied = model.clone()
    let head = untied.tokens.weight.clone()
    let scores = matmul(
      untied.features(texts.map { Array($0.dropLast()) }), head, transposingB: true)
    crossEntropy(scores, texts.flatMap { Array($0.dropFirst()) }).backward()
    let parts = zip(untied.tokens.weight.gradient!.numbers, head.gradient!.numbers).map { $0 + $1 }
    // Gradients below 1, summed in another order.
    #expect(zip(both, parts).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(untied.tokens.weight.gradient!.numbers.contains { $0 != 0 })
  }

  @Test func `the loss compares each place with the token after it`() {
    let model = smallModel()
    let text = tokens(17, seed: 9)
    let logs = logSoftmax(model.logits(model.features([text.dropLast().map { $0 }]))).value
    let mean = (0..<16).map { -logs[0, $0, text[$0 + 1]] }.reduce(0, +) / 16
    // Means of 16 numbers near 3.4.
    #expect(abs(model.loss([text]).value.number - mean) < 1e-5)
  }

  @Test func `a mask that is off by one lets exactly the next token through`() {
    let model = smallModel()
    let text = tokens(16, seed: 1)
    let block = model.blocks[0]
    var random = Random(seed: 2)
    let x = Variable(Tensor(normal: [1, 16, 32], using: &random))
    let sound = blockSeeingAhead(block, x, by: 0).value.numbers
    // Numbers near 1; the two ways sum in different orders.
    #expect(zip(sound, block(x).value.numbers).allSatisfy { abs($0 - $1) < 1e-4 })
    let leaking = smallModel()
    leaking.run = { blockSeeingAhead($0, $1, by: 1) }
    let before = leaking.features([text]).value.numbers
    var changed = text
    changed[9] = (text[9] + 1) % 30
    let after = leaking.features([changed]).value.numbers
    // Two blocks carry the change two places to the left.
    #expect(before[..<(7 * 32)] == after[..<(7 * 32)])
    #expect(before[(7 * 32)..<(8 * 32)] != after[(7 * 32)..<(8 * 32)])
  }
}

@Suite struct `GPT writing` {
  @Test func `kept keys and values give the scores of the whole computation`() {
    let model = smallModel()
    let texts = [tokens(16, seed: 1), tokens(16, seed: 2)]
    let whole = model.logits(model.features(texts)).value
    var generation = Generation(model)
    for place in 0..<16 {
      let step = generation.read(texts.map { $0[place] }).value
      for text in 0..<2 {
        for token in 0..<30 {
          // Scores below 1, summed in other orders.
          #expect(abs(step[text, token] - whole[text, place, token]) < 1e-5)
        }
      }
    }
  }

  @Test func `temperature 0 takes the likeliest, and so do top-k 1 and a small top-p`() {
    var random = Random(seed: 1)
    let logits = Tensor(normal: [5, 40], using: &random)
    let likeliest = logits.indicesOfMaximum()
    for sampling in [Sampling(temperature: 0), Sampling(topK: 1), Sampling(topP: 1e-6)] {
      #expect(sampling.draw(logits, using: &random) == likeliest)
    }
  }

  @Test func `tokens are drawn as often as their probability says, and none outside the nucleus`() {
    var random = Random(seed: 4)
    // Probabilities ½, ¼, ⅛, ⅛.
    let logits = Tensor([1, 4], [0.5, 0.25, 0.125, 0.125].map { Float(log($0)) })
    func shares(_ sampling: Sampling) -> [Double] {
      var counts = [0, 0, 0, 0]
      for _ in 0..<8000 { counts[sampling.draw(logits, using: &random)[0]] += 1 }
      return counts.map { Double($0) / 8000 }
    }
    let cases: [(Sampling, [Double])] = [
      (Sampling(), [0.5, 0.25, 0.125, 0.125]),
      (Sampling(topP: 0.7), [0.6667, 0.3333, 0, 0]),
      (Sampling(topK: 3), [0.5714, 0.2857, 0.1429, 0]),
    ]
    for (sampling, expected) in cases {
      for (share, wanted) in zip(shares(sampling), expected) {
        // Five standard deviations of a share of 8,000 draws are below 0.03.
        if wanted == 0 { #expect(share == 0) } else { #expect(abs(share - wanted) < 0.03) }
      }
    }
  }

  @Test func `one seed writes one text`() {
    let model = smallModel()
    func written(_ seed: UInt64) -> [[Int]] {
      var random = Random(seed: seed)
      return model.continuations(
        of: [3, 4], count: 2, sampling: Sampling(topP: 0.9), using: &random)
    }
    #expect(written(1) == written(1))
    #expect(written(1) != written(2))
    #expect(written(1).allSatisfy { $0.count == 14 })
  }
}

@Suite struct `Kneser–Ney` {
  private let text = tokens(3000, below: 9, seed: 8).map { $0 * $0 % 9 }

  @Test func `the probabilities of all tokens sum to 1 after any context`() {
    for order in 1...3 {
      let model = KneserNey(order: order, vocabulary: 12, text: text)
      for context in [[], [4], [1, 0], [11, 11], [0, 11], [7, 1, 4]] {
        let sum = (0..<12).map { model.probability(of: $0, after: context[...]) }.reduce(0, +)
        // Twelve Doubles.
        #expect(abs(sum - 1) < 1e-12)
      }
    }
  }

  @Test func `on stories each order beats the one below, and all beat a uniform guess`() throws {
    let corpus = try Corpus.stories(400, seed: 5, merges: 200, context: 64)
    var last = log(Double(corpus.vocabulary))
    for order in 1...3 {
      let model = KneserNey(order: order, vocabulary: corpus.vocabulary, text: corpus.training)
      let loss = model.loss(corpus.validation)
      #expect(loss < last)
      last = loss
    }
  }

  @Test func `a word that follows only one other is unlikely after a third`() {
    // 1 comes often, but only after 0; 2 comes as often, after everything.
    let text = (0..<200).flatMap { [0, 1, 3 + $0 % 5, 2, 8 + $0 % 3, 2] }
    let model = KneserNey(order: 2, vocabulary: 12, text: text)
    #expect(model.probability(of: 2, after: [11]) > 2 * model.probability(of: 1, after: [11]))
  }
}
