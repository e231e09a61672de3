/// Reads the text of one paragraph, heading or table cell.
struct InlineParser {
  private let path: String
  private var characters: [Character] = []
  /// The page's line and column of every character.
  private var places: [(line: Int, column: Int)] = []
  private var position = 0
  private var depth = 0
  private var isInLink = false

  /// Reads `lines` as one run of text.
  static func parse(_ lines: [SourceLine], path: String) throws(PageError) -> [Markdown.Inline] {
    var parser = InlineParser(lines, path: path)
    return try parser.inlines(closing: nil, openedAt: 0)
  }

  private init(_ lines: [SourceLine], path: String) {
    self.path = path
    for line in lines.map(\.trimmed) {
      if !characters.isEmpty {
        characters.append("\n")
        places.append((line.number, 0))
      }
      characters += line.characters
      places += line.columns.map { (line.number, $0) }
    }
  }

  // MARK: Looking around

  private var isAtEnd: Bool { position >= characters.count }
  private func character(_ offset: Int = 0) -> Character? {
    let index = position + offset
    return characters.indices.contains(index) ? characters[index] : nil
  }
  private func isAt(_ text: String) -> Bool { characters[position...].starts(with: text) }

  /// Where `text` stands next, from `start` on.
  private func next(_ text: String, from start: Int) -> Int? {
    guard start <= characters.count else { return nil }
    return (start..<characters.count).first { characters[$0...].starts(with: text) }
  }

  private func failure(_ message: String, at index: Int) -> PageError {
    let place = places.isEmpty ? 0 : places[max(0, min(index, places.count - 1))].line
    return PageError(page: path, line: place, message: message)
  }

  // MARK: Reading

  private mutating func inlines(
    closing: String?, openedAt: Int
  ) throws(PageError) -> [Markdown.Inline] {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 8 else { throw failure("markup is nested too deeply", at: position) }
    var result: [Markdown.Inline] = []
    var text = ""
    while !isAtEnd {
      if let closing, try closes(closing) {
        position += closing.count
        append(&text, to: &result)
        return result
      }
      if let inline = try markup(&text) {
        append(&text, to: &result)
        result.append(inline)
      }
    }
    if let closing { throw failure("‘\(closing)’ is opened here and never closed", at: openedAt) }
    append(&text, to: &result)
    return result
  }

  private func append(_ text: inout String, to result: inout [Markdown.Inline]) {
    if !text.isEmpty { result.append(.text(text)) }
    text = ""
  }

  /// Reads one piece of markup, or one character into `text`.
  private mutating func markup(_ text: inout String) throws(PageError) -> Markdown.Inline? {
    let current = characters[position]
    switch current {
    case "\\": text.append(try escaped())
    case "`": return try codeSpan()
    case "$": return try mathematics()
    case "*", "_": return try delimited(&text)
    case "[": return try link(&text)
    case "<": return try angle(&text)
    case "!" where character(1) == "[":
      throw failure("a picture stands alone, as a paragraph of one line", at: position)
    case "&": text.append(try ampersand())
    case "~":
      throw failure("‘~’ strikes text out on GitHub, and pages do not; write ‘\\~’", at: position)
    case "\n":
      text.append(" ")
      position += 1
    default:
      if current == "h", isAt("http://") || isAt("https://") {
        throw failure("write a bare address as <https://…>", at: position)
      }
      text.append(current)
      position += 1
    }
    return nil
  }

  private mutating func escaped() throws(PageError) -> Character {
    guard let next = character(1), next.isASCII, next.isPunctuation || next.isSymbol else {
      throw failure("a backslash stands only before a punctuation mark", at: position)
    }
    position += 2
    return next
  }

  private mutating func ampersand() throws(PageError) -> Character {
    let word = characters[(position + 1)...].prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "#")
    }
    if !word.isEmpty, word.endIndex < characters.count, characters[word.endIndex] == ";" {
      throw failure("‘&\(String(word));’: write the character itself", at: position)
    }
    position += 1
    return "&"
  }

  private mutating func codeSpan() throws(PageError) -> Markdown.Inline {
    let start = position
    let length = characters[position...].prefix { $0 == "`" }.count
    var index = position + length
    while index < characters.count {
      let run = characters[index...].prefix { $0 == "`" }.count
      if run == length {
        var code = String(characters[(start + length)..<index].map { $0 == "\n" ? " " : $0 })
        if code.hasPrefix(" "), code.hasSuffix(" "), code.contains(where: { $0 != " " }) {
          code = String(code.dropFirst().dropLast())
        }
        position = index + length
        return .code(code)
      }
      index += max(run, 1)
    }
    throw failure("a code span is opened here and never closed", at: start)
  }

  private mutating func mathematics() throws(PageError) -> Markdown.Inline {
    let start = position
    if character(1) == "$" {
      throw failure("displayed mathematics ($$) stands on lines of its own", at: start)
    }
    let isQuoted = character(1) == "`"
    let opening = isQuoted ? "$`" : "$"
    guard let end = next(isQuoted ? "`$" : "$", from: start + opening.count) else {
      throw failure("a formula is opened here and never closed; write \\$ for a dollar", at: start)
    }
    let formula = characters[(start + opening.count)..<end]
    guard let first = formula.first, let last = formula.last, !formula.contains("\n") else {
      throw failure("a formula stands on one line and is not empty", at: start)
    }
    guard !first.isWhitespace, !last.isWhitespace else {
      throw failure("no space inside the dollars of a formula; write \\$ for a dollar", at: start)
    }
    if !isQuoted, let trap = MathematicsOnGitHub.trap(in: formula) {
      throw failure("GitHub does not keep \(trap) inside $…$; write $`…`$ instead", at: start)
    }
    position = end + opening.count
    return .mathematics(String(formula))
  }

  private mutating func angle(_ text: inout String) throws(PageError) -> Markdown.Inline? {
    if isAt("<!-- value:") { return try value() }
    let start = position
    if isAt("<!--") {
      throw failure("a comment that pages do not know; in text there is only ‘value:’", at: start)
    }
    if isAt("<http://") || isAt("<https://") {
      guard let end = next(">", from: start), !characters[start..<end].contains("\n") else {
        throw failure("an address is opened with ‘<’ here and never closed", at: start)
      }
      let address = String(characters[(start + 1)..<end])
      position = end + 1
      return .link([.text(address)], to: address)
    }
    if let next = character(1), next.isLetter || "/!?".contains(next) {
      throw failure("pages hold no HTML; write ‘\\<’ for the sign itself", at: start)
    }
    text.append("<")
    position += 1
    return nil
  }

  private mutating func value() throws(PageError) -> Markdown.Inline {
    let start = position
    let form = "<!-- value: name ±0.02 -->0.81<!-- end -->"
    guard let close = next("-->", from: start), let end = next("<!-- end -->", from: close),
      !characters[start..<end].contains("\n")
    else { throw failure("a number reads, on one line: \(form)", at: start) }
    let shown = String(characters[(close + 3)..<end])
    var words = String(characters[(start + 11)..<close]).split(separator: " ").map(String.init)
    var tolerance: Tolerance?
    if words.count > 1, let last = words.last, "±×".contains(last.prefix(1)) {
      tolerance = Tolerance(last)
      if tolerance == nil {
        throw failure("‘\(last)’: a tolerance reads ±0.02, or ×3 for a factor", at: start)
      }
      words.removeLast()
    }
    let name = words.joined(separator: " ")
    let reference = NumberReference(name)
    guard reference != nil || Markdown.isName(name), !shown.contains("<") else {
      throw failure(
        "a number reads: \(form), its name may be a cell, a row and a column, and its tolerance "
          + "±0.02, or ×3 for a factor", at: start)
    }
    let column = places[close].column + 3
    position = end + "<!-- end -->".count
    return .value(
      Markdown.Value(
        name: name, reference: reference, tolerance: tolerance, text: shown,
        line: places[start].line,
        columns: column..<(column + shown.count)))
  }
}

// MARK: Emphasis and links

extension InlineParser {
  /// Whether the run of `*` or `_` at the position can open and close.
  private func flanking() -> (length: Int, opens: Bool, closes: Bool) {
    let mark = characters[position]
    let length = characters[position...].prefix { $0 == mark }.count
    let before = character(-1) ?? " "
    let after = character(length) ?? " "
    let isMarkBefore = before.isPunctuation || before.isSymbol
    let isMarkAfter = after.isPunctuation || after.isSymbol
    let left = !after.isWhitespace && (!isMarkAfter || before.isWhitespace || isMarkBefore)
    let right = !before.isWhitespace && (!isMarkBefore || after.isWhitespace || isMarkAfter)
    if mark == "*" { return (length, left, right) }
    return (length, left && (!right || isMarkBefore), right && (!left || isMarkAfter))
  }

  private func closes(_ closing: String) throws(PageError) -> Bool {
    guard isAt(closing) else { return false }
    guard closing != "]" else { return true }
    let run = flanking()
    return run.closes && run.length == closing.count
  }

  private mutating func delimited(_ text: inout String) throws(PageError) -> Markdown.Inline? {
    let start = position
    let run = flanking()
    let mark = String(repeating: characters[position], count: run.length)
    guard run.opens || run.closes else {
      text += mark
      position += run.length
      return nil
    }
    guard run.length <= 2, run.opens else {
      throw failure("‘\(mark)’ closes nothing here; write ‘\\\(mark.prefix(1))’", at: start)
    }
    position += run.length
    let inner = try inlines(closing: mark, openedAt: start)
    return run.length == 1 ? .emphasis(inner) : .strong(inner)
  }

  private mutating func link(_ text: inout String) throws(PageError) -> Markdown.Inline? {
    let start = position
    if character(1) == "^" { throw failure("pages have no footnotes", at: start) }
    guard let end = closingBracket() else {
      text.append("[")
      position += 1
      return nil
    }
    let after = end + 1 < characters.count ? characters[end + 1] : " "
    if after == "[" || (after == ":" && start == 0) {
      throw failure("pages have no reference links; write [text](address)", at: start)
    }
    guard after == "(" else {
      text.append("[")
      position += 1
      return nil
    }
    guard !isInLink else { throw failure("a link inside a link", at: start) }
    guard let close = next(")", from: end), close > end + 2,
      !characters[(end + 2)..<close].contains(where: { $0.isWhitespace || "<>(".contains($0) })
    else { throw failure("a link reads [text](address), without spaces or titles", at: start) }
    isInLink = true
    position = start + 1
    let inner = try inlines(closing: "]", openedAt: start)
    isInLink = false
    guard position == end + 1, !inner.isEmpty else {
      throw failure("a link's text ends in the middle of other markup", at: start)
    }
    position = close + 1
    return .link(inner, to: String(characters[(end + 2)..<close]))
  }

  /// The bracket that closes the one at the position, outside code.
  private func closingBracket() -> Int? {
    var level = 0
    var index = position
    while index < characters.count {
      switch characters[index] {
      case "\\": index += 1
      case "`":
        let run = characters[index...].prefix { $0 == "`" }.count
        let fence = String(repeating: "`", count: run)
        guard let end = next(fence, from: index + run) else { return nil }
        index = end + run - 1
      case "[": level += 1
      case "]":
        level -= 1
        if level == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }
}

/// What GitHub's Markdown takes out of a formula before it reaches the formula's renderer.
enum MathematicsOnGitHub {
  /// The first trap in a formula, or nil.
  static func trap(in formula: some Collection<Character>) -> String? {
    var previous: Character = " "
    for character in formula {
      if previous == "\\", character.isPunctuation || character.isSymbol {
        return "‘\\\(character)’"
      }
      if character == "*" { return "‘*’" }
      previous = previous == "\\" && character == "\\" ? " " : character
    }
    return nil
  }
}

extension Markdown {
  /// Whether `text` can name a cell or a number: letters, digits, dots and hyphens.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }
  }
}
