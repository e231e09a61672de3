import CourseData
import Foundation

/// A text as tokens: one part to learn from, one to be tested on.
struct Corpus {
  let tokenizer: BytePairTokenizer
  let training: [Int]
  let validation: [Int]
  /// How many characters a token of the validation text has on average.
  let charactersPerToken: Double
  /// What the text is, for the page.
  let description: String

  /// Learns the tokens from the training text, and encodes both texts.
  ///
  /// - Throws: `DataError` where there is too little text to learn from.
  init(
    training: String, validation: String, merges: Int, description: String, context: Int
  ) throws {
    // Merges are ranked by counts, and a megabyte is enough for those.
    let tokenizer = try BytePairTokenizer(
      training: String(decoding: training.utf8.prefix(1 << 20), as: UTF8.self), merges: merges)
    self.tokenizer = tokenizer
    self.training = tokenizer.encode(training)
    self.validation = tokenizer.encode(validation)
    charactersPerToken = Double(validation.count) / Double(max(1, self.validation.count))
    self.description = description
    if self.training.count < 20 * context || self.validation.count < 2 * context {
      throw DataError(
        .damaged, file: description, reason: "it has \(self.training.count) tokens to learn from",
        remedy: "name a text of 20,000 characters or more")
    }
  }

  /// How many different tokens there are.
  var vocabulary: Int { tokenizer.vocabularySize }

  /// Stories from the story world, one a line; what is validated on are stories of another seed.
  static func stories(_ count: Int, seed: UInt64, merges: Int, context: Int) throws -> Corpus {
    func text(_ count: Int, _ seed: UInt64) -> String {
      StoryWorld().stories(count, seed: seed).map { $0.text + "\n" }.joined()
    }
    return try Corpus(
      training: text(count, seed), validation: text(max(60, count / 40), seed ^ heldOut),
      merges: merges, description: "\(count) stories", context: context)
  }

  /// A text whose last twentieth is what is validated on.
  static func text(
    _ text: String, merges: Int, description: String, context: Int
  ) throws -> Corpus {
    let count = text.count
    let cut = text.index(text.endIndex, offsetBy: -max(count / 20, min(4000, count / 3)))
    return try Corpus(
      training: String(text[..<cut]), validation: String(text[cut...]), merges: merges,
      description: description, context: context)
  }

  /// The token that ends a line and with it a story.
  static let endOfLine = Int(UInt8(ascii: "\n"))

  /// What turns the seed of the stories to learn from into that of the stories to be tested on.
  static let heldOut: UInt64 = 0x5EED_0000_0000_0000

  /// Windows of `length` + 1 tokens that follow each other, each beginning with the last of the one
  /// before, so that every token but the first is predicted once.
  func validationWindows(_ length: Int) -> [[Int]] {
    stride(from: 0, to: validation.count - length, by: length).map {
      Array(validation[$0...$0 + length])
    }
  }

  /// The text of tokens; what is no whole character, or none to be seen, shows as �.
  func text(_ tokens: some Collection<Int>) -> String {
    let text = String(decoding: tokens.flatMap { tokenizer.bytes[$0] }, as: UTF8.self)
    // An untrained model writes control characters too, which would end up in terminals and pages.
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          $0.properties.generalCategory == .control && $0 != "\n" ? "\u{FFFD}" : $0
        }))
  }
}
