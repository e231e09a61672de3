import Foundation

/// Reads the paragraphs, lists, tables, code and cells of a page.
struct BlockParser {
  /// Where the lines stand: some rules differ inside a list's item, and cells stand outside of all.
  enum Place { case page, cell, item, quote }

  let path: String
  let place: Place
  let depth: Int
  let lines: [SourceLine]
  var index = 0

  /// Reads a page.
  /// - Throws: the first thing that the dialect does not know, with its line.
  static func parse(_ text: String, path: String) throws(PageError) -> Markdown.Document {
    var rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if rows.last == "" { rows.removeLast() }
    for (index, row) in rows.enumerated() {
      for scalar in row.unicodeScalars where scalar.value < 32 || scalar.value == 127 {
        let name = scalar == "\t" ? "a tab" : "a control character"
        throw PageError(
          page: path, line: index + 1, message: "\(name); pages have spaces and plain line ends")
      }
    }
    let lines = rows.enumerated().map { SourceLine($1, number: $0 + 1) }
    var parser = BlockParser(path: path, place: .page, depth: 0, lines: lines)
    let blocks = try parser.blocks()
    var names: Set<String> = []
    for block in blocks {
      guard let name = block.cellName ?? (block.isClaims ? "(claims)" : nil) else { continue }
      guard names.insert(name).inserted else {
        throw PageError(
          page: path, line: block.lines.lowerBound, message: "the cell “\(name)” stands twice")
      }
    }
    return Markdown.Document(path: path, lines: rows, blocks: blocks)
  }

  init(path: String, place: Place, depth: Int, lines: [SourceLine]) {
    self.path = path
    self.place = place
    self.depth = depth
    self.lines = lines
  }

  // MARK: Blocks

  mutating func blocks() throws(PageError) -> [Markdown.Block] {
    guard depth <= 6 else {
      throw failure("lists and quotations are nested too deeply", at: lines[0])
    }
    var blocks: [Markdown.Block] = []
    while index < lines.count {
      if lines[index].isBlank {
        index += 1
        continue
      }
      let first = lines[index]
      let content = try content()
      blocks.append(
        Markdown.Block(lines: first.number...lines[index - 1].number, content: content))
    }
    return blocks
  }

  /// Reads the block that starts at the line `index` and moves `index` behind it.
  private mutating func content() throws(PageError) -> Markdown.Content {
    let line = lines[index]
    guard line.indentation == 0 else {
      throw failure("a line that is indented without belonging to a list", at: line)
    }
    switch line.characters[0] {
    case "#": return try heading()
    case "`" where line.starts(with: "```"): return try fence()
    case "$" where line.starts(with: "$$"): return try mathematics()
    case ">": return try quote()
    case "|": return try table()
    case "<" where line.starts(with: "<!--"): return try marker()
    case "!" where line.starts(with: "!["): return try figure()
    default: break
    }
    if ListMarker(line) != nil { return try list() }
    if line.trimmed.text == "---" {
      index += 1
      return .rule
    }
    if let fault = Self.fault(in: line) { throw failure(fault, at: line) }
    return try paragraph()
  }

  /// Why a line cannot stand in a page at all, or nil.
  private static func fault(in line: SourceLine) -> String? {
    let text = line.trimmed.text
    let marks = Set(text.filter { $0 != " " })
    if text.hasPrefix("~~~") { return "a fence is made of backticks: ```" }
    if line.starts(with: "* ") || line.starts(with: "+ ") || ["*", "+", "-"].contains(text) {
      return "a list's item starts with ‘- ’ and its text"
    }
    if marks.count == 1, text.filter({ $0 != " " }).count > 2, let mark = marks.first,
      "*_-".contains(mark)
    {
      return "a rule is ‘---’, after a blank line"
    }
    if marks == ["="] || marks == ["-"] {
      return "a heading starts with ‘#’; nothing underlines it"
    }
    if marks.isSubset(of: ["|", "-", ":"]), marks.contains("-") {
      return "a table's rows start and end with ‘|’"
    }
    let digits = line.characters.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty, digits.count < 10, line.dropping(digits.count).starts(with: ") ") {
      return "an ordered list's item starts with ‘1. ’"
    }
    return nil
  }

  private mutating func heading() throws(PageError) -> Markdown.Content {
    let line = lines[index]
    let level = line.characters.prefix { $0 == "#" }.count
    let rest = line.dropping(level)
    guard level <= 4, rest.starts(with: " "), !rest.isBlank else {
      throw failure("a heading is one to four ‘#’, a space and its text", at: line)
    }
    guard rest.trimmed.characters.last != "#" else {
      throw failure("a heading does not end in ‘#’", at: line)
    }
    guard place == .page || place == .cell else {
      throw failure("a heading inside a list or a quotation", at: line)
    }
    index += 1
    return .heading(level: level, try InlineParser.parse([rest], path: path))
  }

  private mutating func paragraph() throws(PageError) -> Markdown.Content {
    var text: [SourceLine] = []
    while index < lines.count, !lines[index].isBlank {
      let line = lines[index]
      if !text.isEmpty {
        if place == .item, ListMarker(line) != nil { break }
        try checkContinuation(line)
      }
      if line.trimmed.starts(with: "<!--") {
        throw failure(
          "a line that starts with a comment ends the paragraph on GitHub; break it elsewhere",
          at: line)
      }
      if line.characters.last == "\\" || line.characters.suffix(2) == [" ", " "] {
        throw failure(
          "two spaces or a backslash at the line's end break it on GitHub; take them away", at: line
        )
      }
      text.append(line)
      index += 1
    }
    return .paragraph(try InlineParser.parse(text, path: path))
  }

  /// Stops at a line that would end the paragraph on GitHub, or be taken for something else.
  private func checkContinuation(_ line: SourceLine) throws(PageError) {
    if line.indentation > 0 {
      throw failure("an indented line in a paragraph", at: line)
    }
    if let fault = Self.fault(in: line) { throw failure(fault, at: line) }
    let starts = ["#", "```", "$$", ">", "|", "!["].first { line.starts(with: $0) }
    let marker = ListMarker(line)
    if starts != nil || marker?.number == nil && marker != nil || marker?.number == 1 {
      throw failure("put a blank line before this one", at: line)
    }
  }

  private mutating func figure() throws(PageError) -> Markdown.Content {
    let line = lines[index]
    let text = line.trimmed.text
    index += 1
    let isAlone = index == lines.count || lines[index].isBlank
    guard isAlone, text.hasSuffix(")"), let middle = text.range(of: "](") else {
      throw failure(
        "a picture stands alone, on one line: ![what it shows](figures/x.svg)", at: line)
    }
    let alternative = String(text[text.index(text.startIndex, offsetBy: 2)..<middle.lowerBound])
    let target = String(text[middle.upperBound...].dropLast())
    guard !alternative.isEmpty, !alternative.contains(where: { "[]`*_$<\\".contains($0) }) else {
      throw failure("a picture needs a text without markup that says what it shows", at: line)
    }
    guard !target.isEmpty, !target.contains(where: { $0.isWhitespace || "<>()".contains($0) })
    else {
      throw failure("‘\(target)’ is no picture's path", at: line)
    }
    return .figure(Markdown.Figure(alternative: alternative, path: target))
  }

  private mutating func mathematics() throws(PageError) -> Markdown.Content {
    let opening = lines[index]
    var formula: [String] = []
    let first = opening.trimmed.dropping(2)
    index += 1
    if first.characters.count >= 2, first.characters.suffix(2) == ["$", "$"] {
      formula = [String(first.characters.dropLast(2))]
    } else {
      guard first.isBlank else {
        throw failure("‘$$’ stands on a line of its own, or the formula on one line", at: opening)
      }
      while true {
        guard index < lines.count, !lines[index].isBlank else {
          throw failure("a formula ($$) is opened here and never closed", at: opening)
        }
        index += 1
        if lines[index - 1].trimmed.text == "$$" { break }
        formula.append(lines[index - 1].text)
      }
    }
    let text = formula.joined(separator: "\n").trimmingSpaces
    guard !text.isEmpty, !text.contains("$") else {
      throw failure("a formula is not empty and holds no dollar", at: opening)
    }
    if let trap = MathematicsOnGitHub.trap(in: text) {
      throw failure("GitHub does not keep \(trap) inside $$; write a ```math block", at: opening)
    }
    return .mathematics(text)
  }

  private mutating func quote() throws(PageError) -> Markdown.Content {
    var inner: [SourceLine] = []
    let first = lines[index]
    while index < lines.count, lines[index].starts(with: ">") {
      let rest = lines[index].dropping(1)
      guard rest.characters.isEmpty || rest.starts(with: " ") else {
        throw failure("a quotation's lines start with ‘> ’", at: lines[index])
      }
      inner.append(rest.dropping(1))
      index += 1
    }
    if index < lines.count, !lines[index].isBlank {
      throw failure("put a blank line after the quotation", at: lines[index])
    }
    guard inner.contains(where: { !$0.isBlank }) else {
      throw failure("an empty quotation", at: first)
    }
    var parser = BlockParser(path: path, place: .quote, depth: depth + 1, lines: inner)
    return .quote(try parser.blocks())
  }

  func failure(_ message: String, at line: SourceLine) -> PageError {
    PageError(page: path, line: line.number, message: message)
  }
}

extension String {
  /// The text without spaces and line ends at its ends.
  var trimmingSpaces: String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\n" }
    let start = drop(while: isSpace)
    return String(start.reversed().drop(while: isSpace).reversed())
  }
}
