/// Cuts Swift into tokens.
struct SwiftLexer {
  private let characters: [Character]
  private var position = 0
  private var tokens: [Highlighter.Token] = []

  init(_ code: String) { characters = Array(code) }

  /// All tokens; together they are the text.
  mutating func read() -> [Highlighter.Token] {
    readCode(untilClosingBracket: false)
    return tokens
  }

  private func character(_ offset: Int = 0) -> Character? {
    let index = position + offset
    return characters.indices.contains(index) ? characters[index] : nil
  }

  private mutating func emit(_ kind: Highlighter.Kind, to end: Int) {
    let stop = min(end, characters.count)
    guard stop > position else { return }
    let text = String(characters[position..<stop])
    position = stop
    if let last = tokens.indices.last, tokens[last].kind == kind {
      tokens[last].text += text
    } else {
      tokens.append(.init(kind: kind, text: text))
    }
  }

  /// Reads to the end, or to the bracket that closes an interpolation, which is not read.
  private mutating func readCode(untilClosingBracket: Bool) {
    var depth = 0
    while let next = character() {
      if untilClosingBracket && next == ")" && depth == 0 { return }
      if next == "(" { depth += 1 }
      if next == ")" { depth -= 1 }
      if next == "/" && character(1) == "/" {
        emit(.comment, to: end { !$0.isNewline })
      } else if next == "/" && character(1) == "*" {
        readBlockComment()
      } else if next == "\"" || (next == "#" && startsRawString()) {
        readString()
      } else if next.isASCII && next.isNumber {
        readNumber()
      } else if next == "@" || next == "#", character(1)?.isLetter == true {
        emit(.attribute, to: end(from: position + 1) { $0.isLetter || $0.isNumber || $0 == "_" })
      } else if next.isLetter || next == "_" {
        readWord()
      } else if next == "`" {
        emit(.plain, to: end(from: position + 1) { $0 != "`" && !$0.isNewline } + 1)
      } else {
        emit(.plain, to: position + 1)
      }
    }
  }

  private func end(from start: Int? = nil, while condition: (Character) -> Bool) -> Int {
    var end = start ?? position
    while end < characters.count, condition(characters[end]) { end += 1 }
    return end
  }

  private mutating func readBlockComment() {
    var end = position + 2
    var depth = 1
    while end < characters.count, depth > 0 {
      let pair = String(characters[end..<min(end + 2, characters.count)])
      if pair == "/*" { depth += 1 }
      if pair == "*/" { depth -= 1 }
      end += pair == "/*" || pair == "*/" ? 2 : 1
    }
    emit(.comment, to: end)
  }

  private func startsRawString() -> Bool {
    let after = end { $0 == "#" }
    return after < characters.count && characters[after] == "\""
  }

  private mutating func readString() {
    let hashes = String(repeating: "#", count: end { $0 == "#" } - position)
    let quotes = has("\"\"\"", at: position + hashes.count) ? "\"\"\"" : "\""
    let close = quotes + hashes
    let interpolation = "\\" + hashes + "("
    var end = position + hashes.count + quotes.count
    while end < characters.count {
      if has(close, at: end) {
        emit(.string, to: end + close.count)
        return
      }
      if quotes.count == 1 && characters[end].isNewline { break }
      if has(interpolation, at: end) {
        emit(.string, to: end + interpolation.count)
        readCode(untilClosingBracket: true)
        end = position + 1
      } else {
        // With no hashes, what follows a backslash does not close the string.
        end += characters[end] == "\\" && hashes.isEmpty ? 2 : 1
      }
    }
    emit(.string, to: end)
  }

  private func has(_ text: String, at start: Int) -> Bool {
    start + text.count <= characters.count
      && zip(text, characters[start...]).allSatisfy { $0 == $1 }
  }

  private mutating func readNumber() {
    var stop = end { $0.isHexDigit || $0 == "x" || $0 == "b" || $0 == "o" || $0 == "_" }
    // A point belongs to the number only before a digit: 1.5, but 0..<3 and 2.description.
    if stop + 1 < characters.count, characters[stop] == ".", characters[stop + 1].isNumber {
      stop = end(from: stop + 1) { $0.isHexDigit || $0 == "_" }
    }
    if stop + 1 < characters.count, "+-".contains(characters[stop]),
      "eE".contains(characters[stop - 1]), !has("0x", at: position), characters[stop + 1].isNumber
    {
      stop = end(from: stop + 1) { $0.isNumber || $0 == "_" }
    }
    emit(.number, to: stop)
  }

  private mutating func readWord() {
    let stop = end { $0.isLetter || $0.isNumber || $0 == "_" }
    let word = String(characters[position..<stop])
    let before = position > 0 ? characters[position - 1] : " "
    let isLabel = stop < characters.count && characters[stop] == ":" && !["default"].contains(word)
    let isMember = before == "." && !["self", "init", "Type"].contains(word)
    if Self.keywords.contains(word) && !isMember && !isLabel {
      emit(.keyword, to: stop)
    } else if word.first?.isUppercase == true {
      emit(.type, to: stop)
    } else {
      emit(.plain, to: stop)
    }
  }

  private static let keywords: Set<String> = [
    "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break", "case", "catch",
    "class", "consuming", "continue", "convenience", "default", "defer", "deinit", "do", "dynamic",
    "else", "enum", "extension", "fallthrough", "false", "fileprivate", "final", "for", "func",
    "get", "guard", "if", "import", "in", "indirect", "infix", "init", "inout", "internal", "is",
    "lazy", "let", "mutating", "nil", "nonisolated", "nonmutating", "open", "operator", "override",
    "package", "postfix", "prefix", "private", "protocol", "public", "repeat", "required",
    "rethrows", "return", "self", "Self", "sending", "set", "some", "static", "struct", "subscript",
    "super", "switch", "throw", "throws", "true", "try", "typealias", "unowned", "var", "weak",
    "where", "while",
  ]
}
