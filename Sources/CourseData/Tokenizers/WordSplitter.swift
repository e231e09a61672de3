/// Cuts a text into the words within which byte pairs are joined.
///
/// The rule is GPT-2's, which other tokenizers share: an English contraction ending (`'s`, `'ll`), or
/// letters, or digits, or other signs, each with one space before it if there is one; or white space.
/// Of a run of white space before a word the last space goes with the word.
enum WordSplitter {
  private enum Kind {
    case letter, number, space, other
  }

  private struct Symbol {
    let kind: Kind
    let scalar: Unicode.Scalar?
    /// Where the next symbol begins.
    let end: Int
  }

  private static let contractions: [[Unicode.Scalar]] = ["s", "t", "re", "ve", "m", "ll", "d"]
    .map { Array($0.unicodeScalars) }

  /// The words, which together are the bytes; bytes that are no UTF-8 count as other signs.
  static func words(in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let symbols = symbols(of: bytes)
    var words: [ArraySlice<UInt8>] = []
    var first = 0
    var begin = 0
    while first < symbols.count {
      let end = end(of: symbols, from: first)
      words.append(bytes[begin..<symbols[end - 1].end])
      begin = symbols[end - 1].end
      first = end
    }
    return words
  }

  /// The index after the word that begins at a symbol.
  private static func end(of symbols: [Symbol], from first: Int) -> Int {
    if symbols[first].scalar == "'" {
      for ending in contractions where first + ending.count < symbols.count {
        let next = symbols[first + 1...first + ending.count]
        if next.map(\.scalar) == ending.map(Optional.some) { return first + 1 + ending.count }
      }
    }
    var index = first
    if symbols[first].scalar == " ", first + 1 < symbols.count, symbols[first + 1].kind != .space {
      index += 1
    }
    let kind = symbols[index].kind
    var end = index
    while end < symbols.count && symbols[end].kind == kind { end += 1 }
    // White space leaves its last sign to the word that follows.
    if kind == .space && end < symbols.count && end - first > 1 { end -= 1 }
    return end
  }

  private static func symbols(of bytes: [UInt8]) -> [Symbol] {
    var symbols: [Symbol] = []
    symbols.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        let scalar = Unicode.Scalar(bytes[index])
        symbols.append(Symbol(kind: asciiKinds[Int(bytes[index])], scalar: scalar, end: index + 1))
        index += 1
      } else if let (scalar, length) = decoded(bytes, index) {
        symbols.append(Symbol(kind: kind(of: scalar), scalar: scalar, end: index + length))
        index += length
      } else {
        symbols.append(Symbol(kind: .other, scalar: nil, end: index + 1))
        index += 1
      }
    }
    return symbols
  }

  /// The character that begins at an index, where the bytes there are valid UTF-8.
  private static func decoded(_ bytes: [UInt8], _ index: Int) -> (Unicode.Scalar, Int)? {
    let length = bytes[index] >= 0xF0 ? 4 : bytes[index] >= 0xE0 ? 3 : 2
    if index + length > bytes.count { return nil }
    var codec = UTF8()
    var iterator = bytes[index..<index + length].makeIterator()
    guard case .scalarValue(let scalar) = codec.decode(&iterator),
      UTF8.width(scalar) == length
    else { return nil }
    return (scalar, length)
  }

  private static let asciiKinds: [Kind] = (0..<128).map { kind(of: Unicode.Scalar(UInt8($0))) }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    if scalar.properties.isWhitespace { return .space }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    default: return .other
    }
  }
}
