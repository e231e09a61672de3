import CourseData
import Foundation
import Notebook
import TensorCore
import Testing

@testable import chapter2

struct WordStudyTests {
  let corpus: WordCorpus

  init() throws { corpus = try WordTexts.stories(400, seed: 2) }

  /// Vectors in which every word's row is the unit vector of its own number.
  private var unit: Variable {
    let words = corpus.words.count
    return Variable(
      Tensor([words, words], (0..<words * words).map { $0 / words == $0 % words ? 1 : 0 }))
  }

  @Test
  func `the world's relations ask only for words of the text, and never for one that is given`() {
    var random = Random(seed: 1)
    let analogies = WordAnalogies(corpus, using: &random)
    #expect(analogies.relations.map(\.name) == ["name : pronoun", "thing : want", "place : deed"])
    for relation in analogies.relations {
      #expect(relation.questions.count > 50)
      for question in relation.questions {
        #expect(!question.answers.isEmpty && !question.answers.contains(question.b))
        #expect(question.answers.allSatisfy { corpus.words.indices.contains($0) })
      }
    }
    let pronouns = analogies.relations[0].questions[0]
    #expect(pronouns.answers.allSatisfy { ["he", "she"].contains(corpus.words[$0]) })
  }

  @Test func `vectors that hold a relation answer it, vectors without one are at chance`() {
    var random = Random(seed: 1)
    let analogies = WordAnalogies(corpus, using: &random)
    // Each thing is the sum of a part of its own and its want: b − a + c is then the want of c.
    let words = corpus.words.count
    var numbers = unit.value.numbers
    for want in StoryWorld.wants {
      for remedy in want.remedies {
        guard let thing = corpus.place(of: remedy), let want = corpus.place(of: want.name)
        else { continue }
        for column in 0..<words where column != thing { numbers[thing * words + column] = 0 }
        numbers[thing * words + thing] = 0.1
        numbers[thing * words + want] = 1
      }
    }
    let shares = analogies.shares(Variable(Tensor([words, words], numbers)))
    #expect(shares[1] == 1)
    #expect(shares[0] == 0)
    #expect(analogies.chances(words: words).allSatisfy { $0 > 0 && $0 < 0.05 })
  }

  @Test func `a nearest neighbour is never the word itself, and chance is what random vectors get`()
  {
    let kinds = WordKinds(corpus)
    var random = Random(seed: 4)
    let chances = kinds.chances(words: corpus.words.count)
    let drawn = (0..<20).map { _ in
      kinds.shares(Variable(Tensor(normal: [corpus.words.count, 40], using: &random)))
    }
    for (kind, chance) in chances.enumerated() {
      let mean = drawn.map { $0[kind] }.reduce(0, +) / 20
      // Twenty draws of at least ten words each.
      #expect(abs(mean - chance) < 4 * (chance / 200).squareRoot())
    }
  }

  @Test func `counted vectors keep the angles of positive PMI where no coordinate is left out`()
    throws
  {
    var random = Random(seed: 1)
    let small = try WordCorpus(
      StoryWorld().stories(30, seed: 1).flatMap { wordLines(of: $0.text) }, largest: 12)
    let counts = PairCounts(small, window: 5)
    let vectors = countedVectors(counts, width: 4, using: &random)
    #expect(vectors.shape == [12, 4])
    // Coordinates of one length that do not go together.
    let products = matmul(vectors, vectors, transposingA: true).value.numbers
    for (at, product) in products.enumerated() {
      #expect(abs(Double(product) / 12 - (at / 4 == at % 4 ? 1 : 0)) < 0.02)
    }
  }

  @Test func `the words that name the label are not in the bag, and counts suffice where they are`()
  {
    let stories = StoryWorld().stories(200, seed: 9)
    let topics = StoryTopics.wants(stories, corpus)
    let names = Set(StoryWorld.wants.compactMap { corpus.place(of: $0.name) })
    #expect(topics.stories.joined().allSatisfy { !names.contains($0) })
    #expect(topics.stories.count == topics.labels.count && topics.stories.count > 100)
    let bags = topics.bags(words: corpus.words.count)
    #expect(bags.sum(axis: 1).value.numbers.allSatisfy { abs($0 - 1) < 1e-4 })
    // Averages of unit vectors are the bag.
    #expect(topics.averaged(unit).value.numbers == bags.value.numbers)
    let probe = TopicProbe(StoryTopics.wants, corpus, counts: (300, 300), seed: 3)
    let accuracy = probe.naiveBayesAccuracy(labels: 200, words: corpus.words.count)
    #expect(accuracy > 2 * probe.test.majority)
  }

  @Test func `training pair by pair on arrays comes where the kernel comes`() throws {
    var calls = 0
    let note = try trainingByOwnGradient(stories: 15, seed: 1) { center, context, negatives in
      calls += 1
      let v = Variable(Tensor([1, center.count], center), needsGradient: true)
      let u = Variable(
        Tensor([1 + negatives.count, center.count], context + negatives.joined()),
        needsGradient: true)
      let signs = Variable(Tensor([1, 1 + negatives.count], [-1] + negatives.map { _ in 1 }))
      let loss = softplus(matmul(v, u, transposingB: true) * signs).sum()
      loss.backward()
      let rows = u.gradient!.numbers
      return PairGradient(
        loss: loss.value.number, center: v.gradient!.numbers,
        context: Array(rows[..<center.count]),
        negatives: negatives.indices.map {
          Array(rows[($0 + 1) * center.count..<($0 + 2) * center.count])
        })
    }
    #expect(calls > 1000)
    let losses = note!.lines.map { Double($0.split(separator: " ").last!.dropLast())! }
    // One term of log 2, and k = 5 more, of which those fall that are the true neighbour: of pairs with
    // the neighbour c a share P(c). The note has three decimals.
    let corpus = try WordTexts.stories(15, seed: 1)
    let (pairs, noise) = (PairCounts(corpus, window: 5), NoiseDistribution(counts: corpus.counts))
    let fallen = zip(pairs.sums, noise.probabilities).reduce(0) { $0 + $1.0 * $1.1 } / pairs.total
    #expect(abs(losses[0] - (1 + 5 * (1 - fallen)) * log(2)) < 0.0006)
    #expect(losses[1] < losses[0] - 0.5)
    // The same pairs drawn by other random numbers.
    #expect(abs(losses[1] - losses[2]) < 0.05)
    #expect(try trainingByOwnGradient(stories: 15, seed: 1) { _, _, _ in nil } == nil)
  }

  @Test func `a short text of the reader's keeps its rare words, a long one loses them`() throws {
    let path = NSTemporaryDirectory() + "words-\(UUID().uuidString).txt"
    defer { try? FileManager.default.removeItem(atPath: path) }
    func corpus(_ text: String) throws -> WordCorpus {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return try WordTexts.file(path).corpus
    }
    #expect(try corpus("one line of seven different words only").words.count == 7)
    let long = try corpus(String(repeating: "again and again\n", count: 4000) + "once")
    #expect(long.words == ["again", "and"])
    #expect(throws: DataError.self) { try corpus("word") }
    #expect(throws: DataError.self) { try corpus(String(repeating: "word\n", count: 9)) }
  }
}
