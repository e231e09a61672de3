import TensorCore

/// Draws what training reads: which words are kept, how far each window reaches, and the noise.
struct WindowSampler {
  let settings: WordVectorSettings
  let noise: NoiseDistribution
  /// The probability of keeping each word; nil where all are kept.
  let keep: [Float]?

  init(_ corpus: WordCorpus, _ settings: WordVectorSettings) {
    self.settings = settings
    noise = NoiseDistribution(counts: corpus.counts, power: settings.smoothing)
    keep = settings.threshold.map { threshold in
      corpus.counts.map {
        Float(
          WordVectorSettings.keepProbability(
            frequency: Double($0) / Double(corpus.count), threshold: threshold))
      }
    }
  }

  /// Calls body for each kept word of a sentence with the sentence's kept words, the word's place among
  /// them, and the places of its neighbours from first to last (its own is one of them).
  ///
  /// Words are thinned out before windows are cut: the neighbours of one that falls become neighbours.
  @inline(__always)
  func windows(
    _ sentence: UnsafeBufferPointer<Int32>, kept: inout [Int32], using random: inout Random,
    _ body: (UnsafeBufferPointer<Int32>, Int, Int, Int, inout Random) -> Void
  ) {
    var words = sentence
    if let keep {
      kept.removeAll(keepingCapacity: true)
      for word in sentence where keep[Int(word)] >= 1 || random.uniform() < keep[Int(word)] {
        kept.append(word)
      }
    }
    kept.withUnsafeBufferPointer { kept in
      if keep != nil { words = kept }
      for at in 0..<words.count {
        let reach = 1 + random.integer(below: settings.window)
        body(words, at, max(0, at - reach), min(words.count - 1, at + reach), &random)
      }
    }
  }
}
