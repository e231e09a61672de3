import Foundation
import Notebook

/// Models of one vocabulary, from knowing nothing to the GPT, each with its loss on the same tokens.
struct Ladder {
  /// A model's name and the mean of −log P, in nats for each token.
  struct Rung {
    let name: String
    let loss: Double
  }

  let rungs: [Rung]
  let charactersPerToken: Double

  /// Counts the corpus's training text with contexts of none, one and two tokens, and measures all
  /// models on its validation text.
  ///
  /// - Parameters:
  ///   - corpus: the text.
  ///   - counting: the counting models, shortest context first.
  ///   - gpt: the GPT's loss.
  init(_ corpus: Corpus, counting: [KneserNey], gpt: Double) {
    let names = ["unigram", "bigram", "trigram"]
    rungs =
      [Rung(name: "uniform", loss: log(Double(corpus.vocabulary)))]
      + zip(names, counting).map { Rung(name: $0, loss: $1.loss(corpus.validation)) }
      + [Rung(name: "GPT", loss: gpt)]
    charactersPerToken = corpus.charactersPerToken
  }

  /// The loss of a rung, in nats for each token.
  func loss(_ name: String) -> Double { rungs.first { $0.name == name }!.loss }

  /// The perplexity of a rung: among how many equally likely tokens it would have to guess.
  func perplexity(_ name: String) -> Double { exp(loss(name)) }

  /// What a rung needs for each character of text, in bits.
  func bitsPerCharacter(_ name: String) -> Double { loss(name) / charactersPerToken / log(2) }

  /// A row for each rung.
  var table: Table {
    Table(
      "The ladder, on held-out text",
      columns: [
        .text("model"), .number("nats per token", decimals: 3),
        .number("perplexity", decimals: 2), .number("bits per character", decimals: 3),
      ],
      rows: rungs.map {
        [
          .text($0.name), .number($0.loss), .number(perplexity($0.name)),
          .number(bitsPerCharacter($0.name)),
        ]
      }, best: .lowest("perplexity"))
  }
}
