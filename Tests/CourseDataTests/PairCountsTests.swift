import Foundation
import TensorCore
import Testing

@testable import CourseData

struct PairCountsTests {
  private func corpus() throws -> WordCorpus {
    var random = Random(seed: 2)
    return try WordCorpus(
      (0..<40).map { _ in
        (0..<1 + random.integer(below: 9)).map { _ in "w\(random.integer(below: 6))" }
      })
  }

  @Test func `pairs are counted as a double loop over each sentence counts them`() throws {
    let corpus = try corpus()
    let counts = PairCounts(corpus, window: 3)
    var expected = [Double](repeating: 0, count: 36)
    for sentence in corpus.sentences {
      for (i, w) in sentence.enumerated() {
        for (j, c) in sentence.enumerated() where i != j && abs(i - j) <= 3 {
          expected[w * 6 + c] += Double(4 - abs(i - j)) / 3
        }
      }
    }
    for w in 0..<6 {
      for c in 0..<6 { #expect(abs(counts.count(w, c) - expected[w * 6 + c]) < 1e-9) }
      #expect(abs(counts.sums[w] - expected[w * 6..<w * 6 + 6].reduce(0, +)) < 1e-9)
      #expect(counts.neighbours(of: w).map(\.count).allSatisfy { $0 > 0 })
    }
    #expect(abs(counts.total - expected.reduce(0, +)) < 1e-9)
    #expect(counts.pairs == expected.count { $0 > 0 })
  }

  @Test func `positive PMI is the logarithm of how much more often than by chance, never below 0`()
    throws
  {
    let counts = PairCounts(try corpus(), window: 2)
    let table = counts.positivePMI.numbers
    for w in 0..<6 {
      for c in 0..<6 {
        let n = counts.count(w, c)
        let pmi = log(n * counts.total / (counts.sums[w] * counts.sums[c]))
        #expect(abs(Double(table[w * 6 + c]) - (n > 0 ? max(0, pmi) : 0)) < 1e-6)
        #expect(n == 0 || abs(counts.pmi(w, c) - pmi) < 1e-12)
      }
    }
  }

  @Test func `with noise by plain counts and nothing dropped the optimum is PMI − log k, exactly`()
    throws
  {
    let corpus = try corpus()
    let counts = PairCounts(corpus, window: 3)
    var settings = WordVectorSettings(negatives: 4)
    settings.dropsTrueNeighbours = false
    let plain = NegativeSamplingObjective(
      counts,
      noise: NoiseDistribution(counts: counts.sums.map { Int(($0 * 3).rounded()) }, power: 1),
      settings)
    let pairs = plain.pairs(
      input: Tensor([6, 2], fill: 1), output: Tensor([6, 2], fill: 0.5))
    #expect(pairs.count == counts.pairs)
    for pair in pairs {
      #expect(abs(pair.optimum - (counts.pmi(pair.word, pair.neighbour) - log(4))) < 1e-9)
      #expect(abs(pair.optimum - pair.shiftedPMI) < 1e-9)
      #expect(pair.score == 1)
    }
    // Zeros: every one of the 1 + k terms is log 2.
    let zeros = Tensor([6, 2], fill: 0)
    #expect(abs(plain.loss(input: zeros, output: zeros) - 5 * log(2)) < 1e-12)
  }

  @Test func `the loss is least where each score is at its optimum, dropped neighbours or not`()
    throws
  {
    let counts = PairCounts(try corpus(), window: 3)
    for drops in [true, false] {
      var settings = WordVectorSettings(negatives: 3)
      settings.dropsTrueNeighbours = drops
      let objective = NegativeSamplingObjective(
        counts, noise: NoiseDistribution(counts: [4, 3, 3, 2, 2, 1]), settings)
      // Vectors of the whole width give any matrix of scores: v = the row of scores, u = a unit vector.
      func loss(_ change: Double) -> Double {
        let scores = (0..<36).map {
          let optimum = objective.optimum($0 / 6, $0 % 6)
          return Float(max(-60, optimum) + change)
        }
        let unit = (0..<36).map { Float($0 / 6 == $0 % 6 ? 1 : 0) }
        return objective.loss(input: Tensor([6, 6], scores), output: Tensor([6, 6], unit))
      }
      // Scores in single precision.
      #expect(abs(loss(0) - objective.leastLoss) < 1e-6)
      #expect(loss(0.05) > loss(0) + 1e-5 && loss(-0.05) > loss(0) + 1e-5)
    }
  }

  @Test func `training comes near the optimum where every cell is free and pairs are frequent`()
    throws
  {
    // Six words in a chain of chance; each pair is seen hundreds of times.
    var random = Random(seed: 4)
    let weights: [[Float]] = (0..<6).map { _ in (0..<6).map { _ in random.uniform(0.2..<2) } }
    let lines = (0..<2000).map { _ in
      var word = random.integer(below: 6)
      return (0..<12).map { _ in
        word = random.index(weights: weights[word])
        return "w\(word)"
      }
    }
    let corpus = try WordCorpus(lines)
    let settings = WordVectorSettings(width: 6, window: 2, negatives: 2, epochs: 40)
    let vectors = WordVectors(corpus, settings, seed: 1)
    vectors.train()
    let objective = NegativeSamplingObjective(
      PairCounts(corpus, window: 2), noise: NoiseDistribution(counts: corpus.counts), settings)
    let pairs = objective.pairs(input: vectors.input, output: vectors.output)
    #expect(pairs.count == 36)
    // Descent by chance ends near the optimum, not at it.
    for pair in pairs { #expect(abs(pair.score - pair.optimum) < 0.12) }
    // PMI − log k is another target, and further away.
    let distances = pairs.map { (abs($0.score - $0.optimum), abs($0.score - $0.shiftedPMI)) }
    #expect(distances.map(\.0).reduce(0, +) < 0.5 * distances.map(\.1).reduce(0, +))
  }
}
