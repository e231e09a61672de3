import Notebook
import TensorCore

/// What models write with the same random numbers, from the beginning of a line.
struct Writing {
  private let corpus: Corpus
  private let seed: UInt64
  private let nucleus: Sampling

  /// Writes in a corpus's tokens.
  ///
  /// - Parameters:
  ///   - corpus: whose tokens the models know.
  ///   - seed: where the random numbers come from, the same for each text.
  ///   - mine: whose nucleus the samples with top-p are drawn from; nil for the chapter's.
  init(_ corpus: Corpus, seed: UInt64, mine: Mine?) {
    self.corpus = corpus
    self.seed = seed
    nucleus = Sampling(topP: 0.9, nucleus: mine.map { mine in { mine.nucleus($0, $1) } })
  }

  /// A text up to the end of its line or 180 characters; with top-p 0.9 unless told otherwise.
  func line(_ model: GPT, _ sampling: Sampling? = nil) -> String {
    var random = Random(seed: seed ^ 0x7E87)
    let tokens = model.continuations(
      of: [Corpus.endOfLine], count: 1, sampling: sampling ?? nucleus, using: &random)[0]
    let line = corpus.text(tokens.prefix { $0 != Corpus.endOfLine })
    return line.count > 180 ? line.prefix(180) + " …" : line
  }

  /// What a run's model wrote early, and what it writes at its end with knobs turned.
  func samples(_ run: Pretraining) -> Note {
    Note(
      "The same random numbers, from the beginning of a line",
      lines: [
        "After \(run.points[0].step) steps, top-p 0.9: " + run.earlySample, "",
        "Trained, top-p 0.9: " + line(run.model), "",
        "Always the likeliest: " + line(run.model, Sampling(temperature: 0)), "",
        "Temperature 1: " + line(run.model, Sampling()), "",
        "Temperature 0.7, top-k 20: " + line(run.model, Sampling(temperature: 0.7, topK: 20)), "",
        "Temperature 2: " + line(run.model, Sampling(temperature: 2)),
      ])
  }
}
