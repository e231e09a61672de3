/// Draws a page's text for a terminal: wrapped, in colours where there are any.
struct TerminalPage {
  let style: TerminalStyle
  /// This run's text for a number in prose; nil while it is not computed.
  let number: (Markdown.Value) -> String?

  /// The lines of a block, with an empty line behind it.
  func lines(_ block: Markdown.Block) -> [String] {
    lines(block.content, width: style.width) + [""]
  }

  private func lines(_ blocks: [Markdown.Block], width: Int, isLoose: Bool) -> [String] {
    var result: [String] = []
    for (index, block) in blocks.enumerated() {
      if index > 0, isLoose { result.append("") }
      result += lines(block.content, width: width)
    }
    return result
  }

  private func lines(_ content: Markdown.Content, width: Int) -> [String] {
    switch content {
    case .heading(let level, let text): heading(level, text, width: width)
    case .paragraph(let text): wrapped(styled(text), width: width)
    case .figure(let figure):
      wrapped([StyledText("[\(spelled("Figure: " + figure.alternative))]", .quiet)], width: width)
    case .list(let list): self.list(list, width: width)
    case .table(let table): self.table(table, width: width)
    case .quote(let blocks):
      lines(blocks, width: width - 2, isLoose: true).map { bar(.quiet) + $0 }
    case .code(let code): self.code(code, width: width)
    case .mathematics(let formula): display(formula, width: width)
    case .rule:
      [
        StyledText(String(repeating: style.usesUnicode ? "─" : "-", count: width), .quiet)
          .rendered(style)
      ]
    case .cell, .claims: []
    }
  }

  /// A bar at the left edge, and a space.
  func bar(_ look: StyledText.Look) -> String {
    StyledText(style.usesUnicode ? "▎" : "|", look).rendered(style) + " "
  }

  // MARK: Text

  private func heading(_ level: Int, _ text: [Markdown.Inline], width: Int) -> [String] {
    let title = spelled(Markdown.plainText(text))
    var lines = StyledText.wrap([StyledText(title, level <= 2 ? .title : .strong)], width: width)
      .map { StyledText.rendered($0, style) }
    if level <= 2 {
      let length = min(width, displayWidth(title))
      let mark = style.usesUnicode ? (level == 1 ? "━" : "─") : (level == 1 ? "=" : "-")
      lines.append(StyledText(String(repeating: mark, count: length), .title).rendered(style))
    }
    return lines
  }

  func wrapped(_ pieces: [StyledText], width: Int) -> [String] {
    StyledText.wrap(pieces, width: width).map { StyledText.rendered($0, style) }
  }

  /// The text with its markup turned into looks.
  func styled(_ inlines: [Markdown.Inline], in look: StyledText.Look = .plain) -> [StyledText] {
    inlines.flatMap { inline -> [StyledText] in
      switch inline {
      case .text(let text): return [StyledText(spelled(text), look)]
      case .emphasis(let inner): return styled(inner, in: look == .strong ? .strong : .emphasis)
      case .strong(let inner): return styled(inner, in: .strong)
      case .code(let code): return [StyledText(spelled(code), .code)]
      case .link(let inner, let target): return link(inner, target)
      case .mathematics(let formula): return [StyledText(self.formula(formula), .formula)]
      case .value(let value): return self.value(value)
      }
    }
  }

  private func link(_ inner: [Markdown.Inline], _ target: String) -> [StyledText] {
    let text = styled(inner, in: .link)
    guard target.hasPrefix("http"), inner != [.text(target)] else { return text }
    return text + [StyledText(" <\(target)>", .quiet)]
  }

  private func value(_ value: Markdown.Value) -> [StyledText] {
    guard let run = number(value) else {
      return [StyledText(spelled(value.text), .plain), StyledText(" (the page's)", .quiet)]
    }
    let live = StyledText(spelled(run), .live)
    guard run != value.text, !value.text.isEmpty else { return [live] }
    return [live, StyledText(spelled(" (page: \(value.text))"), .quiet)]
  }

  private func spelled(_ text: String) -> String {
    style.usesUnicode ? text : PlainText.ascii(text)
  }

  private func formula(_ formula: String) -> String {
    PageMathematics.lines(formula, style).joined(separator: "; ")
  }

  private func display(_ formula: String, width: Int) -> [String] {
    PageMathematics.lines(formula, style).flatMap { line in
      Self.broken(line, width: width - 4).map {
        "    " + StyledText($0, .formula).rendered(style)
      }
    }
  }

  /// A formula's line in lines of at most `width` columns, broken at its gaps of two spaces and more
  /// first: those stand between formulas.
  private static func broken(_ line: String, width: Int) -> [String] {
    var rows: [String] = []
    var rest = Substring(line)
    while !rest.isEmpty {
      let gap = rest.prefix { $0 == " " }
      rest = rest.dropFirst(gap.count)
      let part = rest.prefix(upTo: rest.firstRange(of: "  ")?.lowerBound ?? rest.endIndex)
      rest = rest.dropFirst(part.count)
      if let last = rows.last, displayWidth(last + gap + part) <= width {
        rows[rows.count - 1] += gap + part
      } else {
        rows += StyledText.wrap([StyledText(String(part), .formula)], width: width).map { row in
          row.map(\.text).joined()
        }
      }
    }
    return rows
  }

  // MARK: Code and lists

  private func code(_ code: Markdown.Code, width: Int) -> [String] {
    let text = spelled(code.lines.joined(separator: "\n"))
    let lines = Highlighter.terminalLines(text, language: code.language, style: style)
    let head = code.file.map { [StyledText($0, .quiet).rendered(style)] } ?? []
    return head + lines.map { "  " + $0 }
  }

  private func list(_ list: Markdown.List, width: Int) -> [String] {
    var result: [String] = []
    let last = (list.start ?? 0) + list.items.count - 1
    let markWidth = list.start == nil ? 2 : "\(last). ".count
    for (index, item) in list.items.enumerated() {
      if index > 0, list.isLoose { result.append("") }
      let bullet = style.usesUnicode ? "•" : "-"
      var mark = list.start.map { "\($0 + index)." } ?? bullet
      mark += String(repeating: " ", count: max(1, markWidth - displayWidth(mark)))
      let indentation = String(repeating: " ", count: markWidth)
      let rows = lines(item, width: max(20, width - markWidth), isLoose: list.isLoose)
      for (row, line) in rows.enumerated() {
        result.append(row == 0 ? mark + line : line.isEmpty ? "" : indentation + line)
      }
    }
    return result
  }

  // MARK: Tables

  private func table(_ table: Markdown.Table, width: Int) -> [String] {
    let rows =
      [table.header.map { styled($0, in: .strong) }]
      + table.rows.map { $0.map { styled($0) } }
    let widths = columnWidths(rows, total: width)
    var result: [String] = []
    for (index, row) in rows.enumerated() {
      let cells = zip(row, widths).map { StyledText.wrap($0, width: $1) }
      let height = cells.map(\.count).max() ?? 1
      for line in 0..<max(height, 1) {
        let parts = cells.indices.map { column in
          aligned(
            line < cells[column].count ? cells[column][line] : [], width: widths[column],
            table.alignments[column])
        }
        result.append(parts.joined(separator: "  ").trimmingTrailingSpaces)
      }
      if index == 0 {
        let mark = style.usesUnicode ? "─" : "-"
        let rule = widths.map { String(repeating: mark, count: $0) }.joined(separator: "  ")
        result.append(StyledText(rule, .quiet).rendered(style))
      }
    }
    return result
  }

  private func aligned(
    _ pieces: [StyledText], width: Int, _ alignment: Markdown.Table.Alignment
  ) -> String {
    let text = StyledText.rendered(pieces, style)
    let space = max(0, width - pieces.reduce(0) { $0 + displayWidth($1.text) })
    let left: Int
    switch alignment {
    case .leading: left = 0
    case .centre: left = space / 2
    case .trailing: left = space
    }
    return String(repeating: " ", count: left) + text
      + String(repeating: " ", count: space - left)
  }

  private func columnWidths(_ rows: [[[StyledText]]], total: Int) -> [Int] {
    var needs = [ColumnWidths.Need](repeating: .init(), count: rows[0].count)
    for row in rows {
      for (column, cell) in row.enumerated() {
        let whole = cell.reduce(0) { $0 + displayWidth($1.text) }
        needs[column].take(whole: whole, word: StyledText.longestWord(cell))
      }
    }
    return ColumnWidths.fitting(needs, total: total - 2 * (needs.count - 1))
  }
}

extension String {
  /// The text without spaces at its end.
  var trimmingTrailingSpaces: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
