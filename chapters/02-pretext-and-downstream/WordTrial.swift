import CourseData
import TensorCore

/// One seed's text and the vectors that were made from it, learnt and otherwise.
struct WordTrial {
  /// Vectors and what they are called.
  struct Named {
    let name: String
    /// `[words, width]`.
    let vectors: Variable
  }

  let seed: UInt64
  let corpus: WordCorpus
  let named: [Named]

  /// Names of vectors that claims are about.
  static let (random, counts, skipGram, cbow) = ("random", "counts", "skip-gram", "CBOW")
  static let (thinnedCounts, thinned) = ("counts, thinned", "skip-gram, thinned")
  /// From which share of the text on words are thinned out.
  static let threshold = 1e-3

  /// Makes random, counted and learnt vectors of one width.
  init(_ corpus: WordCorpus, width: Int, epochs: Int, seed: UInt64) {
    (self.corpus, self.seed) = (corpus, seed)
    var random = Random(seed: seed ^ 0xC0DE)
    let counts = PairCounts(corpus, window: 5)
    var named = [
      Named(
        name: Self.random,
        vectors: Variable(Tensor(normal: [corpus.words.count, width], using: &random))),
      Named(name: Self.counts, vectors: countedVectors(counts, width: width, using: &random)),
      Named(
        name: Self.thinnedCounts,
        vectors: countedVectors(
          PairCounts(
            corpus.thinned(threshold: Self.threshold, using: &random), window: 5),
          width: width, using: &random)),
    ]
    let settings = [
      (Self.skipGram, WordVectorSettings(width: width, epochs: epochs)),
      (Self.cbow, WordVectorSettings(task: .cbow, width: width, epochs: epochs)),
      (Self.thinned, WordVectorSettings(width: width, epochs: epochs, threshold: Self.threshold)),
      ("skip-gram, plain noise", WordVectorSettings(width: width, epochs: epochs, smoothing: 1)),
    ]
    for (name, settings) in settings {
      let vectors = trained(corpus, settings, seed: seed, title: "Word vectors, \(name)")
      named.append(Named(name: name, vectors: Variable(vectors.input)))
    }
    self.named = named
  }

  /// The vectors of a name.
  func vectors(_ name: String) -> Variable { named.first { $0.name == name }!.vectors }
}
