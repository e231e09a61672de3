import Foundation

extension BytePairTokenizer {
  /// Writes the tokenizer as a `tokenizer.json` that Python's `tokenizers` opens as well.
  ///
  /// - Throws: the system's error where the file cannot be written; an older file then stays whole.
  public func save(to file: URL) throws {
    let names = bytes.map { ByteName.name(of: $0) }
    let contents = TokenizerFile(
      model: .init(
        vocab: Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first }),
        merges: merges.map { "\(names[$0.left]) \(names[$0.right])" }))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(contents).write(to: file, options: .atomic)
  }

  /// Reads a tokenizer that `save(to:)` wrote, or another byte-level one with the same layout.
  ///
  /// - Throws: `TokenizerError.unreadable`, which says what is wrong with the file.
  public init(contentsOf file: URL) throws {
    func unreadable(_ reason: String) -> TokenizerError {
      .unreadable(file: file.path, reason: reason)
    }
    let data: Data
    do { data = try Data(contentsOf: file) } catch { throw unreadable("the file cannot be opened") }
    let contents: TokenizerFile
    do {
      contents = try JSONDecoder().decode(TokenizerFile.self, from: data)
    } catch {
      throw unreadable("it is no JSON of the form that byte-pair tokenizers have")
    }
    // The tokens are numbered here by bytes and merges, whatever numbers the file gives them.
    var tokens: [String: Int] = [:]
    for byte in 0...255 { tokens[ByteName.name(of: [UInt8(byte)])] = byte }
    var merges: [Merge] = []
    for (index, line) in contents.model.merges.enumerated() {
      let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let left = tokens[parts[0]], let right = tokens[parts[1]] else {
        throw unreadable("merge \(index + 1), “\(line)”, joins tokens that do not exist by then")
      }
      let joined = parts[0] + parts[1]
      guard tokens[joined] == nil else {
        throw unreadable("merge \(index + 1), “\(line)”, makes a token that exists already")
      }
      tokens[joined] = 256 + index
      merges.append(Merge(left: left, right: right))
    }
    guard contents.model.vocab == tokens else {
      throw unreadable("its vocabulary does not number the 256 bytes and then the merges")
    }
    try self.init(merges: merges)
  }
}

/// The parts of a `tokenizer.json` that a byte-level byte-pair tokenizer has.
private struct TokenizerFile: Codable {
  struct ByteLevel: Codable {
    var type = "ByteLevel"
    var addPrefixSpace = false
    var trimOffsets = true
    var useRegex = true

    enum CodingKeys: String, CodingKey {
      case type
      case addPrefixSpace = "add_prefix_space"
      case trimOffsets = "trim_offsets"
      case useRegex = "use_regex"
    }
  }

  struct Model: Codable {
    var type = "BPE"
    var vocab: [String: Int]
    var merges: [String]
  }

  var version = "1.0"
  var addedTokens: [String] = []
  var preTokenizer = ByteLevel()
  var decoder = ByteLevel()
  var model: Model

  enum CodingKeys: String, CodingKey {
    case version, decoder, model
    case addedTokens = "added_tokens"
    case preTokenizer = "pre_tokenizer"
  }
}

/// The printable names of bytes in token files: a byte that prints stands for itself, the others
/// follow from character 256 on, in their order.
private enum ByteName {
  private static let characters: [Character] = {
    var next: UInt32 = 256
    return (0...255).map { (byte: UInt32) in
      let prints = (33...126).contains(byte) || (161...172).contains(byte) || byte >= 174
      if prints { return Character(Unicode.Scalar(byte)!) }
      defer { next += 1 }
      return Character(Unicode.Scalar(next)!)
    }
  }()

  static func name(of bytes: [UInt8]) -> String { String(bytes.map { characters[Int($0)] }) }
}
