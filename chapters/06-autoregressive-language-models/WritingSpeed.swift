import Foundation
import TensorCore

/// How many tokens a second a model writes.
struct WritingSpeed {
  /// One text, with keys and values kept.
  let one: Double
  /// Several texts at once, with keys and values kept.
  let many: Double
  /// One text, everything computed anew for each token.
  let uncached: Double

  init(_ model: GPT, texts: Int) {
    var random = Random(seed: 1)
    let context = model.sizes.context
    func speed(_ tokens: Int, _ work: () -> Void) -> Double {
      let start = Date()
      work()
      return Double(tokens) / max(Date().timeIntervalSince(start), 1e-9)
    }
    func write(_ count: Int) {
      _ = model.continuations(
        of: [Corpus.endOfLine], count: count, sampling: Sampling(), using: &random)
    }
    write(1)
    one = speed(8 * (context - 1)) { for _ in 0..<8 { write(1) } }
    many = speed(texts * (context - 1)) { write(texts) }
    uncached = speed(context - 1) {
      var text = [Corpus.endOfLine]
      while text.count < context {
        let last = model.evaluating {
          model.logits(model.features([text]).sliced(axis: 1, text.count - 1..<text.count))
        }
        text += Sampling().draw(
          last.value.reshaped([1, model.sizes.vocabulary]), using: &random)
      }
    }
  }
}
