import Foundation
import TensorCore
import Testing

@testable import CourseData

/// Stories in small letters, one a line, as numbers.
private func stories(_ count: Int, minimumCount: Int = 1) throws -> WordCorpus {
  let text = StoryWorld().stories(count, seed: 3).map { $0.text + "\n" }.joined()
  return try WordCorpus(wordLines(of: text), minimumCount: minimumCount)
}

struct WordCorpusTests {
  @Test func `words are runs of letters or of digits, in small letters, line by line`() {
    #expect(
      wordLines(of: "Don't stop, Ärger_42x!\r\n\n --- \nहिन्दी is Σ'Σ\u{2028}end")
        == [["don", "t", "stop", "ärger", "42", "x"], ["हिन्दी", "is", "σ", "σ"], ["end"]])
    #expect(wordLines(of: "").isEmpty)
  }

  @Test func `the most frequent word is the first, and rare ones are taken out before all else`()
    throws
  {
    let corpus = try WordCorpus(wordLines(of: "b a rare b a c\nc a b"), minimumCount: 2)
    #expect(corpus.words == ["a", "b", "c"])
    #expect(corpus.counts == [3, 3, 2])
    #expect(corpus.sentences == [[1, 0, 1, 0, 2], [2, 0, 1]])
    #expect(corpus.place(of: "rare") == nil)
    #expect(try WordCorpus(wordLines(of: "b a c b a"), largest: 2).words == ["a", "b"])
  }

  @Test func `a line of more than 1000 words is cut, as a text without line breaks must be`() throws
  {
    let line = (0..<2500).map { "w\($0 % 7)" }
    let corpus = try WordCorpus([line])
    #expect(corpus.sentences.map(\.count) == [1000, 1000, 500])
    #expect(corpus.count == 2500)
  }

  @Test func `a thinned text keeps its numbers, its order and its sentences`() throws {
    let corpus = try stories(200)
    var random = Random(seed: 1)
    let thinned = corpus.thinned(threshold: 1e-3, using: &random)
    #expect(thinned.words == corpus.words)
    #expect(thinned.sentences.count == corpus.sentences.count)
    for (short, long) in zip(thinned.sentences, corpus.sentences) {
      var rest = long[...]
      for word in short {
        let next = rest.firstIndex(of: word)
        #expect(next != nil)
        rest = rest[(next ?? rest.startIndex)...].dropFirst()
      }
    }
    for word in corpus.words.indices {
      let count = Double(corpus.counts[word])
      let p = WordVectorSettings.keepProbability(
        frequency: count / Double(corpus.count), threshold: 1e-3)
      #expect(
        abs(Double(thinned.counts[word]) - count * p) <= 5 * (count * p * (1 - p)).squareRoot())
    }
    #expect(thinned.counts.reduce(0, +) == thinned.count && thinned.count < corpus.count)
  }

  @Test(arguments: [
    ("", 1, "it has no words"), (" .,; \n -", 1, "it has no words"),
    ("la la la\nla", 1, "it has one word only, “la”"),
    ("one\ntwo\nthree\none", 1, "no two words stand in one line"),
    ("a b c d", 2, "of its 4 words none occurs 2 times or more"),
    ("a b a c", 2, "of its 3 words one alone occurs 2 times or more"),
  ])
  func `a text in which nothing can be predicted is refused`(
    text: String, minimumCount: Int, reason: String
  ) {
    let error = #expect(throws: DataError.self) {
      try WordCorpus(wordLines(of: text), minimumCount: minimumCount, named: "my text")
    }
    let message = error?.description ?? ""
    #expect(message.hasPrefix("my text: " + reason) && message.contains("; name a"))
  }

  @Test(arguments: [
    ([] as [UInt8], "the file is empty"), ([65, 0, 66], "it holds zero bytes"),
    ([65, 0xFF, 66], "it is not valid UTF-8"),
  ])
  func `a file that is no text is refused by its name`(bytes: [UInt8], reason: String) throws {
    let path = NSTemporaryDirectory() + "words-\(UUID().uuidString).txt"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let error = #expect(throws: DataError.self) { try wordLines(ofFile: path) }
    #expect(error?.description.hasPrefix("\(path): \(reason)") == true)
  }

  @Test func `a missing file and a folder are refused, a long text is cut between characters`()
    throws
  {
    let missing = #expect(throws: DataError.self) { try wordLines(ofFile: "/none/such") }
    #expect(missing?.reason == "there is no such file")
    #expect(throws: DataError.self) { try wordLines(ofFile: "/") }
    let path = NSTemporaryDirectory() + "words-\(UUID().uuidString).txt"
    try Data("ein Käse".utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    // The sixth byte is the first half of the letter ä.
    let (lines, isCut) = try wordLines(ofFile: path, limit: 6)
    #expect(lines == [["ein", "k"]] && isCut)
    #expect(try wordLines(ofFile: path).lines == [["ein", "käse"]])
  }
}

struct NoiseDistributionTests {
  @Test func `counts to the power of 3/4 make the rare less rare`() {
    let noise = NoiseDistribution(counts: [900, 90, 10]).probabilities
    for (a, b) in zip(noise, [0.82505, 0.14672, 0.02824]) { #expect(abs(a - b) < 1e-5) }
    let far = NoiseDistribution(counts: [10_000, 1]).probabilities
    #expect(abs(far[0] / far[1] - 1000) < 1e-9)
    #expect(NoiseDistribution(counts: [3, 1], power: 1).probabilities == [0.75, 0.25])
    #expect(NoiseDistribution(counts: [9, 1, 0], power: 0).probabilities == [0.5, 0.5, 0])
  }

  @Test func `words are drawn as often as their probabilities say`() {
    let counts = [5000, 900, 900, 90, 31, 7, 1, 1]
    let noise = NoiseDistribution(counts: counts)
    var random = Random(seed: 5)
    var drawn = [Double](repeating: 0, count: counts.count)
    let n = 200_000.0
    for _ in 0..<Int(n) { drawn[noise.draw(using: &random)] += 1 }
    for (count, p) in zip(drawn, noise.probabilities) {
      // Five standard deviations of a binomial count.
      #expect(abs(count - n * p) < 5 * (n * p * (1 - p)).squareRoot())
    }
  }
}

struct WindowSamplerTests {
  @Test func `a neighbour at distance d is used in (L − d + 1) / L of the windows`() throws {
    let settings = WordVectorSettings(window: 5)
    #expect((0...6).map { settings.weight(distance: $0) } == [0, 1, 0.8, 0.6, 0.4, 0.2, 0])
    let corpus = try WordCorpus([(0..<1000).map { "w\($0 % 9)" }])
    let sampler = WindowSampler(corpus, settings)
    var random = Random(seed: 1)
    var kept: [Int32] = []
    var used = [Double](repeating: 0, count: 6)
    var windows = 0.0
    corpus.text.withUnsafeBufferPointer { text in
      for _ in 0..<20 {
        sampler.windows(text, kept: &kept, using: &random) { _, at, first, last, _ in
          // At the ends windows are shorter.
          guard (5..<995).contains(at) else { return }
          windows += 1
          for other in first...last { used[abs(other - at)] += 1 }
        }
      }
    }
    for distance in 1...5 {
      let p = settings.weight(distance: distance)
      #expect(
        abs(used[distance] / 2 - windows * p) < 5 * (windows * p * (1 - p)).squareRoot() + 1e-9)
    }
    // On average L + 1 neighbours.
    #expect(abs(used[1...].reduce(0, +) / windows - 6) < 0.1)
  }

  @Test func `frequent words are kept with the probability √(t/f) + t/f`() {
    func keep(_ f: Double) -> Double {
      WordVectorSettings.keepProbability(frequency: f, threshold: 1e-3)
    }
    #expect(abs(keep(0.01) - 0.41623) < 1e-5)
    #expect(keep(2.618e-3) == 1 && keep(2.619e-3) < 1)
  }

  @Test func `words are thinned out before windows are cut: distant words become neighbours`()
    throws
  {
    // Every fiftieth word is b, all others are a.
    let corpus = try WordCorpus([(0..<1000).map { $0 % 50 == 25 ? "b" : "a" }])
    let sampler = WindowSampler(corpus, WordVectorSettings(window: 1, threshold: 0.002))
    let b = Int32(corpus.place(of: "b")!)
    var random = Random(seed: 1)
    var kept: [Int32] = []
    var (neighbours, words) = (0, 0)
    corpus.text.withUnsafeBufferPointer { text in
      for _ in 0..<50 {
        sampler.windows(text, kept: &kept, using: &random) { text, at, first, last, _ in
          words += 1
          if text[at] == b { neighbours += (first...last).count { $0 != at && text[$0] == b } }
        }
      }
    }
    #expect(neighbours > 20)
    let expected = 50 * (980 * Double(sampler.keep![0]) + 20 * Double(sampler.keep![1]))
    #expect(abs(Double(words) - expected) < 5 * expected.squareRoot())
  }
}

@Suite(.serialized) struct WordVectorTrainingTests {
  @Test(arguments: [WordVectorSettings.Task.skipGram, .cbow])
  func `vectors have equal bits for any number of threads`(task: WordVectorSettings.Task) throws {
    let corpus = try stories(300)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    func bits(_ threads: Int, seed: UInt64 = 7) -> [[UInt32]] {
      Parallel.threads = threads
      let settings = WordVectorSettings(task: task, width: 20, epochs: 2, threshold: 0.01)
      let vectors = WordVectors(corpus, settings, seed: seed)
      vectors.train()
      return [vectors.input, vectors.output].map { $0.numbers.map(\.bitPattern) }
    }
    let one = bits(1)
    #expect(bits(2) == one)
    #expect(bits(3) == one)
    #expect(bits(1, seed: 8) != one)
  }

  @Test func `the input table begins within ±1/(2 · width), the output table at 0`() throws {
    let vectors = WordVectors(try stories(20), WordVectorSettings(width: 50), seed: 1)
    #expect(vectors.input.numbers.allSatisfy { abs($0) <= 0.01 })
    #expect(vectors.input.numbers.contains { abs($0) > 0.0099 })
    #expect(vectors.output.numbers.allSatisfy { $0 == 0 })
  }

  @Test func `dealt out in two parts, skip-gram learns as much as in the text's order`() throws {
    let corpus = try stories(1500)
    let settings = WordVectorSettings(width: 30, epochs: 2)
    let objective = NegativeSamplingObjective(
      PairCounts(corpus, window: 5), noise: NoiseDistribution(counts: corpus.counts), settings)
    func loss(_ parts: Int) -> Double {
      let vectors = WordVectors(
        corpus, settings, seed: 1, sharing: WordVectors.Sharing(parts: parts))
      vectors.train()
      return objective.loss(input: vectors.input, output: vectors.output)
    }
    let (ordered, shared) = (loss(1), loss(2))
    #expect(ordered < 2.5)
    // Two seeds of the same order differ by about 0.0005.
    #expect(abs(shared - ordered) < 0.004)
  }

  @Test(arguments: [WordVectorSettings.Task.skipGram, .cbow])
  func `the smallest texts train: two words, a word in every place, a sentence a round`(
    task: WordVectorSettings.Task
  ) throws {
    for lines in [
      [["a", "b"]], [Array(repeating: "a", count: 900) + ["b"]], [["a"], ["b", "a"]],
    ] {
      let corpus = try WordCorpus(lines)
      let vectors = WordVectors(corpus, WordVectorSettings(task: task, width: 3), seed: 1)
      vectors.train()
      #expect(vectors.input.numbers.allSatisfy { $0.isFinite })
      #expect(vectors.output.numbers.allSatisfy { $0.isFinite })
    }
  }

  @Test func `CBOW draws a word towards those that stand where it stands`() throws {
    // x and y have the same neighbours, z has others.
    var random = Random(seed: 1)
    let lines = (0..<3000).map { _ in
      random.chance(0.67)
        ? [
          "a\(random.integer(below: 3))", random.chance(0.5) ? "x" : "y",
          "b\(random.integer(below: 3))",
        ]
        : ["c\(random.integer(below: 3))", "z", "d\(random.integer(below: 3))"]
    }
    let corpus = try WordCorpus(lines)
    let vectors = WordVectors(
      corpus, WordVectorSettings(task: .cbow, width: 8, window: 2, epochs: 10), seed: 1)
    vectors.train()
    let rows = ["x", "y", "z"].map { corpus.place(of: $0)! }
    let found = nearestNeighbours(
      of: Variable(vectors.output).gather([rows[0]]), in: Variable(vectors.output).gather(rows),
      k: 3)
    #expect(found == [[0, 1, 2]])
  }
}
