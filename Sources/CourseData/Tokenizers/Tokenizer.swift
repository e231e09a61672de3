/// Turns text into whole numbers and back.
public protocol Tokenizer: Sendable {
  /// The number of different tokens; they are numbered from 0.
  var vocabularySize: Int { get }
  /// The tokens of a text.
  func encode(_ text: String) throws -> [Int]
  /// The text of tokens.
  func decode(_ tokens: [Int]) throws -> String
}

/// What is wrong with a tokenizer's file, its training text, or what it was asked to encode.
public enum TokenizerError: Error, Equatable, CustomStringConvertible {
  /// The training text has no characters.
  case emptyText
  /// A character that the training text did not have.
  case unknownCharacter(Character)
  /// A number that is no token.
  case unknownToken(Int, vocabularySize: Int)
  /// A file that cannot be read as a tokenizer.
  case unreadable(file: String, reason: String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .emptyText: "the text is empty: a tokenizer needs a text to learn from"
    case .unknownCharacter(let character):
      "the character “\(character)” was not in the training text; use byte pairs for any text"
    case .unknownToken(let token, let size):
      "there is no token \(token): they run from 0 to \(size - 1)"
    case .unreadable(let file, let reason): "\(file) is no tokenizer that can be read: \(reason)"
    }
  }
}
