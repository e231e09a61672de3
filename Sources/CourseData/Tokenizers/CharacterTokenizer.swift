/// One token for each character of the training text, numbered in the order of their code points.
public struct CharacterTokenizer: Tokenizer {
  /// The characters; a character's index is its token.
  public let characters: [Character]
  private let tokens: [Character: Int]

  /// Learns the characters of a text.
  ///
  /// - Throws: `TokenizerError.emptyText`.
  public init(text: String) throws {
    if text.isEmpty { throw TokenizerError.emptyText }
    characters = Set(text).sorted()
    tokens = Dictionary(uniqueKeysWithValues: zip(characters, characters.indices))
  }

  /// The number of different characters.
  public var vocabularySize: Int { characters.count }

  /// The tokens of a text's characters.
  ///
  /// - Throws: `TokenizerError.unknownCharacter` for a character that the training text did not have.
  public func encode(_ text: String) throws -> [Int] {
    try text.map { character in
      guard let token = tokens[character] else {
        throw TokenizerError.unknownCharacter(character)
      }
      return token
    }
  }

  /// The characters of tokens.
  ///
  /// - Throws: `TokenizerError.unknownToken`.
  public func decode(_ tokens: [Int]) throws -> String {
    String(
      try tokens.map { token in
        guard characters.indices.contains(token) else {
          throw TokenizerError.unknownToken(token, vocabularySize: vocabularySize)
        }
        return characters[token]
      })
  }
}
