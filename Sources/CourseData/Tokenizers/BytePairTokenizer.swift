/// Byte-pair encoding on bytes, which can encode any text.
///
/// Sennrich, Haddow and Birch 2016, section 3.2; on bytes, Radford et al. 2019, section 2.2.
///
/// The first 256 tokens are the bytes, so that every sequence of bytes has an encoding and comes back
/// unchanged. Each further token joins two earlier ones: in training, the pair that occurs most often
/// in the words of the text, again and again.
public struct BytePairTokenizer: Tokenizer {
  /// Two tokens that become one.
  public struct Merge: Hashable, Sendable {
    /// The left token.
    public let left: Int
    /// The right token.
    public let right: Int
  }

  /// The merges in the order in which they were learnt; merge i makes token 256 + i.
  public let merges: [Merge]
  /// The bytes of each token.
  public let bytes: [[UInt8]]
  private let ranks: [Merge: Int]

  /// Makes the tokenizer of a list of merges.
  ///
  /// - Throws: `TokenizerError.unknownToken` where a merge joins tokens that come after it.
  public init(merges: [Merge]) throws {
    var bytes = (0...255).map { [UInt8($0)] }
    for merge in merges {
      for token in [merge.left, merge.right] where !bytes.indices.contains(token) {
        throw TokenizerError.unknownToken(token, vocabularySize: bytes.count)
      }
      bytes.append(bytes[merge.left] + bytes[merge.right])
    }
    self.merges = merges
    self.bytes = bytes
    ranks = Dictionary(
      zip(merges, merges.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The number of tokens: 256 and one for each merge.
  public var vocabularySize: Int { bytes.count }

  /// The tokens of a text.
  public func encode(_ text: String) -> [Int] { encode(Array(text.utf8)) }

  /// The tokens of any bytes, valid UTF-8 or not.
  public func encode(_ bytes: [UInt8]) -> [Int] {
    var known: [ArraySlice<UInt8>: [Int]] = [:]
    var tokens: [Int] = []
    for word in WordSplitter.words(in: bytes) {
      if let encoded = known[word] {
        tokens += encoded
      } else {
        let encoded = merged(word)
        known[word] = encoded
        tokens += encoded
      }
    }
    return tokens
  }

  /// The text of tokens; bytes that are no valid UTF-8 become the replacement character.
  ///
  /// - Throws: `TokenizerError.unknownToken`.
  public func decode(_ tokens: [Int]) throws -> String {
    String(decoding: try decodeBytes(tokens), as: UTF8.self)
  }

  /// The bytes of tokens.
  ///
  /// - Throws: `TokenizerError.unknownToken`.
  public func decodeBytes(_ tokens: [Int]) throws -> [UInt8] {
    var result: [UInt8] = []
    for token in tokens {
      guard bytes.indices.contains(token) else {
        throw TokenizerError.unknownToken(token, vocabularySize: vocabularySize)
      }
      result += bytes[token]
    }
    return result
  }

  /// Joins the pairs of a word, always the one learnt first, until none is left.
  private func merged(_ word: ArraySlice<UInt8>) -> [Int] {
    var tokens = word.map { Int($0) }
    while tokens.count > 1 {
      var best: (rank: Int, merge: Merge)?
      for (left, right) in zip(tokens, tokens.dropFirst()) {
        let merge = Merge(left: left, right: right)
        if let rank = ranks[merge], best.map({ rank < $0.rank }) ?? true { best = (rank, merge) }
      }
      guard let best else { break }
      tokens = tokens.joining(best.merge, into: 256 + best.rank)
    }
    return tokens
  }
}

extension [Int] {
  /// The tokens with each occurrence of a pair replaced, from left to right.
  func joining(_ merge: BytePairTokenizer.Merge, into token: Int) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(count)
    var index = 0
    while index < count {
      if index + 1 < count && self[index] == merge.left && self[index + 1] == merge.right {
        result.append(token)
        index += 2
      } else {
        result.append(self[index])
        index += 1
      }
    }
    return result
  }
}
