import Foundation

extension Table {
  /// The texts of all cells, with the decimals of their columns.
  var cellTexts: [[String]] {
    let decimals = columns.indices.map { index -> Int in
      columns[index].decimals ?? NumberText.commonDecimals(rows.compactMap { $0[index].value })
    }
    return rows.map { row in
      row.indices.map { index in
        guard let value = row[index].value else { return row[index].text ?? "" }
        let text = NumberText.common(value, decimals: decimals[index])
        guard let spread = row[index].spread else { return text }
        return "\(text) ±\(NumberText.spread(spread, decimals: decimals[index]))"
      }
    }
  }

  /// The numbers of the best rows: more than one if they tie, none if no row has a number.
  var bestRows: Set<Int> {
    guard let best, let column = columns.firstIndex(where: { $0.name == best.column }) else {
      return []
    }
    let candidates = rows.indices.filter { rows[$0][column].value?.isFinite == true }
    let values = candidates.compactMap { rows[$0][column].value }
    guard let target = best.isHighest ? values.max() : values.min() else { return [] }
    return Set(candidates.filter { rows[$0][column].value == target })
  }

  /// No picture: a table is text everywhere.
  public func svg() -> String? { nil }

  /// The lines for a terminal; cells that are too wide for it are continued below.
  public func terminalLines(_ style: TerminalStyle) -> [String] {
    let sign = style.usesUnicode ? "±" : "+-"
    let texts = Self.aligned(
      cellTexts.map { $0.map { $0.replacingOccurrences(of: "±", with: sign) } }, sign: sign)
    let widths = columnWidths(texts, style)
    let best = bestRows
    let rule = style.usesUnicode ? "─" : "-"
    var lines = heading(title, style)
    lines += line(columns.map(\.name), widths, mark: " ", style).map(style.bold)
    let total = widths.reduce(0, +) + 2 * max(0, widths.count - 1)
    lines.append(style.faint(String(repeating: rule, count: min(style.width, total))))
    for (index, row) in texts.enumerated() {
      let isBest = best.contains(index)
      let drawn = line(row, widths, mark: isBest ? (style.usesUnicode ? "◀" : "<") : " ", style)
      lines += isBest ? drawn.map(style.bold) : drawn
    }
    return lines
  }

  /// The texts with blanks after numbers that have no spread, where others in the column have one.
  private static func aligned(_ texts: [[String]], sign: String) -> [[String]] {
    guard let count = texts.first?.count else { return texts }
    func tail(_ text: String) -> Int {
      text.range(of: " " + sign).map { text[$0.lowerBound...].count } ?? 0
    }
    let tails = (0..<count).map { column in texts.map { tail($0[column]) }.max() ?? 0 }
    return texts.map { row in
      row.indices.map { column in
        guard row[column].last?.isNumber == true, tail(row[column]) == 0 else { return row[column] }
        // Spaces that do not break: the cell may be broken at the others.
        return row[column] + String(repeating: "\u{A0}", count: tails[column])
      }
    }
  }

  private func columnWidths(_ texts: [[String]], _ style: TerminalStyle) -> [Int] {
    let needs = columns.indices.map { index in
      var need = ColumnWidths.Need()
      for text in [columns[index].name] + texts.map({ $0[index] }) {
        let word = text.split(separator: " ").map { displayWidth($0) }.max() ?? 0
        need.take(whole: displayWidth(text), word: word)
      }
      return need
    }
    let gaps = 2 * max(0, columns.count - 1) + (best == nil ? 0 : 2)
    return ColumnWidths.fitting(needs, total: style.width - gaps)
  }

  private func line(
    _ cells: [String], _ widths: [Int], mark: Character, _ style: TerminalStyle
  ) -> [String] {
    let parts = cells.indices.map { wrapped(cells[$0], toWidth: widths[$0]) }
    return (0..<(parts.map(\.count).max() ?? 0)).map { row in
      let fields = parts.indices.map { index -> String in
        let text = row < parts[index].count ? parts[index][row] : ""
        let pad = String(repeating: " ", count: max(0, widths[index] - displayWidth(text)))
        return columns[index].alignsRight ? pad + text : text + pad
      }
      var result = Substring(fields.joined(separator: "  ") + (row == 0 ? " \(mark)" : ""))
      while result.last == " " || result.last == "\u{A0}" { result.removeLast() }
      return String(result).replacingOccurrences(of: "\u{A0}", with: " ")
    }
  }

  /// A Markdown table; the best row in bold type.
  public func markdownLines() -> [String] {
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    func escaped(_ text: String) -> String {
      text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "|", with: "\\|")
        .replacingOccurrences(of: "*", with: "\\*").replacingOccurrences(of: "\n", with: " ")
        .replacingOccurrences(of: "<", with: "\\<").replacingOccurrences(of: "$", with: "\\$")
        .replacingOccurrences(of: "_", with: "\\_").replacingOccurrences(of: "`", with: "\\`")
    }
    let best = bestRows
    var lines = title.isEmpty ? [] : ["**\(escaped(title))**", ""]
    lines.append(row(columns.map { escaped($0.name) }))
    lines.append(row(columns.map { $0.alignsRight ? "---:" : ":---" }))
    for (index, cells) in cellTexts.enumerated() {
      lines.append(
        row(cells.map { best.contains(index) && !$0.isEmpty ? "**\(escaped($0))**" : escaped($0) }))
    }
    return lines
  }

  /// An HTML table; classes `number` for right-aligned cells and `best` for the best row.
  public func html() -> String {
    func cells(_ texts: [String], _ tag: String) -> String {
      texts.indices.map { index in
        let kind = columns[index].alignsRight ? " class=\"number\"" : ""
        let scope = tag == "th" ? " scope=\"col\"" : ""
        return "<\(tag)\(scope)\(kind)>\(markupEscaped(texts[index]))</\(tag)>"
      }.joined()
    }
    let best = bestRows
    let body = cellTexts.enumerated().map { index, row in
      "<tr\(best.contains(index) ? " class=\"best\"" : "")>\(cells(row, "td"))</tr>\n"
    }.joined()
    let caption = title.isEmpty ? "" : "<caption>\(markupEscaped(title))</caption>\n"
    return "<table>\n\(caption)<thead><tr>\(cells(columns.map(\.name), "th"))</tr></thead>\n"
      + "<tbody>\n\(body)</tbody>\n</table>"
  }

  /// What the best row is, or how large the table is.
  public var summary: String {
    let name = title.isEmpty ? "Table" : title
    guard let best, let row = bestRows.min(),
      let column = columns.firstIndex(where: { $0.name == best.column }), let first = columns.first
    else {
      return "\(name): \(rows.count) rows of \(columns.map(\.name).joined(separator: ", "))."
    }
    let texts = cellTexts
    let kind = best.isHighest ? "highest" : "lowest"
    return "\(name): of \(rows.count) rows, the \(kind) \(best.column) is \(texts[row][column])"
      + (column == 0 ? "." : ", \(first.name) \(texts[row][0]).")
  }
}
