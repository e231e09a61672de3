extension BlockParser {
  // MARK: Tables

  /// Reads a table: a header, a line of hyphens, rows with as many cells.
  mutating func table() throws(PageError) -> Markdown.Content {
    let first = index
    var rows: [[SourceLine]] = []
    while index < lines.count, !lines[index].isBlank {
      rows.append(try cells(of: lines[index]))
      index += 1
    }
    guard rows.count >= 2 else {
      throw failure("a table has a header, a line of hyphens and rows", at: lines[first])
    }
    var alignments: [Markdown.Table.Alignment] = []
    for cell in rows[1] {
      let text = cell.text
      let hyphens = text.drop { $0 == ":" }.prefix { $0 == "-" }
      let ends = (text.hasPrefix(":"), text.hasSuffix(":"))
      let length = hyphens.count + (ends.0 ? 1 : 0) + (ends.1 ? 1 : 0)
      guard !hyphens.isEmpty, length == text.count else {
        throw failure("under a table’s header stands a line of hyphens: |---|--:|", at: cell)
      }
      alignments.append(ends.1 ? (ends.0 ? .centre : .trailing) : .leading)
    }
    var parsed: [[[Markdown.Inline]]] = []
    for (offset, row) in rows.enumerated() where offset != 1 {
      guard row.count == alignments.count else {
        throw failure(
          "\(row.count) cells where the table has \(alignments.count) columns",
          at: lines[first + offset])
      }
      var cells: [[Markdown.Inline]] = []
      for cell in row { cells.append(try InlineParser.parse([cell], path: path)) }
      parsed.append(cells)
    }
    return .table(
      Markdown.Table(
        alignments: alignments, header: parsed[0], rows: Array(parsed.dropFirst())))
  }

  /// The cells between the bars of a line; `\|` is a bar in the text.
  private func cells(of line: SourceLine) throws(PageError) -> [SourceLine] {
    let line = line.trimmed
    guard line.characters.count > 1, line.starts(with: "|"), line.characters.last == "|",
      line.characters.suffix(2) != ["\\", "|"]
    else { throw failure("a table’s rows start and end with ‘|’", at: line) }
    var cells: [SourceLine] = []
    var cell = line.dropping(line.characters.count)
    var index = 1
    while index < line.characters.count {
      let isEscaped = line.characters[index] == "\\" && index + 1 < line.characters.count
      if isEscaped, line.characters[index + 1] == "|" {
        index += 1
      } else if line.characters[index] == "|" {
        cells.append(cell.trimmed)
        cell = line.dropping(line.characters.count)
        index += 1
        continue
      }
      cell.characters.append(line.characters[index])
      cell.columns.append(line.columns[index])
      index += 1
    }
    return cells
  }

  // MARK: Code

  /// The languages of fenced blocks.
  static let languages = ["swift", "text", "sh", "math", "json", "python", "diff"]

  /// Reads a fenced block.
  mutating func fence() throws(PageError) -> Markdown.Content {
    let opening = lines[index]
    let length = opening.characters.prefix { $0 == "`" }.count
    let words = opening.dropping(length).text.split(separator: " ").map(String.init)
    index += 1
    var code: [String] = []
    var isClosed = false
    while index < lines.count, !isClosed {
      let line = lines[index].trimmed
      let run = line.characters.prefix { $0 == "`" }.count
      isClosed = run >= length && run == line.characters.count
      if !isClosed { code.append(lines[index].text) }
      index += 1
    }
    guard isClosed else { throw failure("a fence is opened here and never closed", at: opening) }
    guard let language = words.first, Self.languages.contains(language) else {
      throw failure(
        "a fence names its language: \(Self.languages.joined(separator: ", "))", at: opening)
    }
    if language == "math" {
      guard words.count == 1, code.contains(where: { !$0.trimmingSpaces.isEmpty }) else {
        throw failure("a ```math block holds a formula", at: opening)
      }
      return .mathematics(code.joined(separator: "\n").trimmingSpaces)
    }
    let isSketch = words.dropFirst() == ["sketch"]
    guard words.count <= 2 else {
      throw failure("a fence says its language and its file, or ‘sketch’", at: opening)
    }
    if words.count == 2, !isSketch, place != .page {
      throw failure("code of a file stands outside lists, quotations and cells", at: opening)
    }
    return .code(
      Markdown.Code(
        language: language, file: isSketch || words.count == 1 ? nil : words[1],
        isSketch: isSketch, lines: code, firstLine: opening.number + 1))
  }

  // MARK: Cells

  static let end = "<!-- end -->"

  /// Reads a cell, or the place of the claims.
  mutating func marker() throws(PageError) -> Markdown.Content {
    let opening = lines[index]
    let text = opening.trimmed.text
    let form = "alone on a line stands <!-- cell: name -->, <!-- claims --> or <!-- end -->"
    let words = text.split(separator: " ").map(String.init)
    let isClaims = text == "<!-- claims -->"
    let isCell =
      words.count == 4 && words[0] == "<!--" && words[1] == "cell:" && words[3] == "-->"
    guard text != Self.end else { throw failure("an end without its beginning", at: opening) }
    guard !text.hasPrefix("<!-- value") else {
      throw failure(
        "a line that starts with a comment is no paragraph on GitHub; break it elsewhere",
        at: opening)
    }
    guard isClaims || isCell && Markdown.isName(words[2]) else {
      throw failure("\(form); other comments and HTML stand in no page", at: opening)
    }
    guard place == .page else { throw failure("a cell inside something else", at: opening) }
    index += 1
    let inner = try linesUpToEnd(opening)
    var parser = BlockParser(path: path, place: .cell, depth: depth + 1, lines: inner)
    let cell = Markdown.Cell(name: isClaims ? "claims" : words[2], output: try parser.blocks())
    return isClaims ? .claims(cell) : .cell(cell)
  }

  private mutating func linesUpToEnd(_ opening: SourceLine) throws(PageError) -> [SourceLine] {
    var inner: [SourceLine] = []
    var fence = 0
    while index < lines.count {
      let line = lines[index].trimmed
      let run = line.characters.prefix { $0 == "`" }.count
      if run >= 3, fence == 0 {
        fence = run
      } else if fence > 0, run >= fence, run == line.characters.count {
        fence = 0
      }
      index += 1
      if fence == 0, line.text == Self.end { return inner }
      if fence == 0, line.starts(with: "<!-- cell:") { break }
      inner.append(lines[index - 1])
    }
    throw failure("a cell is opened here and never closed by \(Self.end)", at: opening)
  }
}
