/// The words of a text in small letters, line by line: what word vectors are trained on.
///
/// A word is a run of letters, or of digits; everything else separates. Lines without words are left
/// out.
///
/// ```swift
/// wordLines(of: "After school Mike went home.\nHe sat.")  // [["after", "school", …], ["he", "sat"]]
/// ```
public func wordLines(of text: String) -> [[String]] {
  var lines: [[String]] = []
  var line: [String] = []
  var word: [UInt8] = []
  var kind = LetterKind.other
  func endWord() {
    if !word.isEmpty { line.append(String(decoding: word, as: UTF8.self)) }
    word.removeAll(keepingCapacity: true)
  }
  func endLine() {
    endWord()
    if !line.isEmpty { lines.append(line) }
    line = []
  }
  for scalar in text.unicodeScalars {
    let next = LetterKind(scalar)
    // A vowel sign or an accent belongs to the letter before it.
    if next == .mark && kind == .letter {
      word.append(contentsOf: UTF8.encode(scalar)!)
      continue
    }
    if next != kind { endWord() }
    kind = next
    switch next {
    case .letter:
      if scalar.isASCII {
        word.append(UInt8(scalar.value) | 0x20)
      } else {
        word.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      }
    case .digit: word.append(contentsOf: UTF8.encode(scalar)!)
    case .mark, .other: if lineEnds.contains(scalar) { endLine() }
    }
  }
  endLine()
  return lines
}

private let lineEnds: Set<Unicode.Scalar> = [
  "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}",
]

private enum LetterKind {
  case letter, digit, mark, other

  init(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      switch UInt8(scalar.value) {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        self = .letter
      case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
      default: self = .other
      }
      return
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      self = .letter
    case .decimalNumber, .letterNumber, .otherNumber: self = .digit
    case .nonspacingMark, .spacingMark: self = .mark
    default: self = .other
    }
  }
}
