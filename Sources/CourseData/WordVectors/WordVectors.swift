import TensorCore

/// Two tables of vectors, one for a word as the one that predicts, one for it as the predicted:
/// word2vec with negative sampling.
///
/// Mikolov, Chen, Corrado and Dean 2013, *Efficient estimation of word representations in vector
/// space*; Mikolov, Sutskever, Chen, Corrado and Dean 2013, *Distributed representations of words and
/// phrases and their compositionality*.
///
/// ```swift
/// let corpus = try WordCorpus(wordLines(of: text), minimumCount: 5)
/// let vectors = WordVectors(corpus, WordVectorSettings(width: 50), seed: 1)
/// vectors.train()
/// vectors.input  // [words, 50]
/// ```
public final class WordVectors {
  /// The text that is learnt from.
  public let corpus: WordCorpus
  /// How.
  public let settings: WordVectorSettings
  let inputs: VectorTable
  let outputs: VectorTable
  let sampler: WindowSampler
  let seed: UInt64
  let sharing: Sharing

  /// How the work is cut up, whatever the number of threads.
  struct Sharing {
    /// Into how many parts the words are dealt out, and so how many threads can help.
    ///
    /// With 1 all is done in the order of the text.
    var parts = 2
    /// About how many words a round of skip-gram has: enough to make waiting for each other rare, few
    /// enough that the order of the pairs stays nearly that of the text.
    var pairRound = 4096
    /// About how many words a round of CBOW has, in which the means stay what they are.
    var meanRound = 1024
  }

  /// The vectors before training: the input table drawn evenly from ±1/(2 · width), the output table 0.
  ///
  /// All scores are 0 then, and the loss of a word with k negatives is (1 + k) log 2.
  ///
  /// - Parameters:
  ///   - corpus: the text.
  ///   - settings: how to train.
  ///   - seed: decides the first vectors, the windows and the noise.
  public convenience init(_ corpus: WordCorpus, _ settings: WordVectorSettings, seed: UInt64) {
    self.init(corpus, settings, seed: seed, sharing: Sharing())
  }

  init(_ corpus: WordCorpus, _ settings: WordVectorSettings, seed: UInt64, sharing: Sharing) {
    (self.corpus, self.settings, self.seed) = (corpus, settings, seed)
    self.sharing = sharing
    inputs = VectorTable(rows: corpus.words.count, width: settings.width)
    outputs = VectorTable(rows: corpus.words.count, width: settings.width)
    sampler = WindowSampler(corpus, settings)
    var random = Random(seed: seed)
    let bound = 0.5 / Float(settings.width)
    for row in 0..<inputs.rows {
      for column in 0..<settings.width {
        inputs.row(row)[column] = random.uniform(-bound..<bound)
      }
    }
  }

  /// The vectors v of the words as those that predict, `[words, width]`: what is kept as *the* word
  /// vectors.
  public var input: Tensor { inputs.tensor }

  /// The vectors u of the words as the predicted ones, `[words, width]`.
  public var output: Tensor { outputs.tensor }

  /// Trains the vectors on the whole text, as often as the settings say.
  ///
  /// - Parameter progress: is told now and then which share is done, 0…1.
  public func train(progress: (Double) -> Void = { _ in }) {
    switch settings.task {
    case .skipGram: trainSkipGram(progress)
    case .cbow: trainCBOW(progress)
    }
  }

  /// Runs body on rounds of about so many words each, whole sentences, over all epochs.
  ///
  /// - Parameters:
  ///   - words: the size of a round.
  ///   - progress: is told the share that is done.
  ///   - body: gets the round's number, its sentences and the learning rate.
  func rounds(
    of words: Int, _ progress: (Double) -> Void, _ body: (Int, Range<Int>, Float) -> Void
  ) {
    let total = Double(max(1, corpus.count * settings.epochs))
    var (round, read) = (0, 0)
    for _ in 0..<settings.epochs {
      var first = 0
      while first < corpus.ends.count {
        let start = first == 0 ? 0 : corpus.ends[first - 1]
        var last = first + 1
        while last < corpus.ends.count, corpus.ends[last - 1] - start < words { last += 1 }
        body(round, first..<last, settings.learningRate(done: Double(read) / total))
        read += corpus.ends[last - 1] - start
        (round, first) = (round + 1, last)
        progress(Double(read) / total)
      }
    }
  }

  /// How many words some sentences have together.
  func length(of sentences: Range<Int>) -> Int {
    if sentences.isEmpty { return 0 }
    let start = sentences.lowerBound == 0 ? 0 : corpus.ends[sentences.lowerBound - 1]
    return corpus.ends[sentences.upperBound - 1] - start
  }

  /// The sentence's words, for loops on pointers.
  @inline(__always)
  func sentence(_ number: Int, in text: UnsafeBufferPointer<Int32>) -> UnsafeBufferPointer<Int32> {
    let start = number == 0 ? 0 : corpus.ends[number - 1]
    return UnsafeBufferPointer(rebasing: text[start..<corpus.ends[number]])
  }
}
