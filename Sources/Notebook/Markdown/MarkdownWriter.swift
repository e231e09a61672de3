/// Writes blocks as Markdown that the parser reads back to the same blocks.
///
/// Formulas stand between plain dollars, which every renderer of notebooks knows.
enum MarkdownWriter {
  /// The lines of a block.
  static func lines(
    _ content: Markdown.Content, number: (Markdown.Value) -> String = { $0.text }
  ) -> [String] {
    func text(_ inlines: [Markdown.Inline]) -> String { self.text(inlines, number: number) }
    switch content {
    case .heading(let level, let inlines):
      return [String(repeating: "#", count: level) + " " + text(inlines)]
    case .paragraph(let inlines): return [startingPlainly(text(inlines))]
    case .figure(let figure): return ["![\(figure.alternative)](\(figure.path))"]
    case .list(let list): return lines(list, number: number)
    case .table(let table): return lines(table, number: number)
    case .quote(let blocks):
      return blocks.map { lines($0.content, number: number) }.joined(separator: [""])
        .map { $0.isEmpty ? ">" : "> " + $0 }
    case .code(let code):
      let runs = code.lines.map { $0.trimmingSpaces.prefix { $0 == "`" }.count }
      let fence = String(repeating: "`", count: max(3, (runs.max() ?? 0) + 1))
      let rest = code.isSketch ? " sketch" : code.file.map { " \($0)" } ?? ""
      return [fence + code.language + rest] + code.lines + [fence]
    case .mathematics(let formula):
      return ["$$"] + formula.split(separator: "\n").map(String.init) + ["$$"]
    case .rule: return ["---"]
    case .cell(let cell), .claims(let cell):
      return cell.output.map { lines($0.content, number: number) }.joined(separator: [""])
        .map(\.self)
    }
  }

  private static func lines(
    _ list: Markdown.List, number: (Markdown.Value) -> String
  ) -> [String] {
    var result: [String] = []
    for (index, item) in list.items.enumerated() {
      let mark = list.start.map { "\($0 + index). " } ?? "- "
      let indentation = String(repeating: " ", count: mark.count)
      let gap: [[String]] = [list.isLoose ? [""] : []]
      let rows = item.map { lines($0.content, number: number) }.joined(separator: gap[0])
      if index > 0, list.isLoose { result.append("") }
      for (row, line) in rows.enumerated() {
        result.append(row == 0 ? mark + line : line.isEmpty ? "" : indentation + line)
      }
    }
    return result
  }

  private static func lines(
    _ table: Markdown.Table, number: (Markdown.Value) -> String
  ) -> [String] {
    func row(_ cells: [[Markdown.Inline]]) -> String {
      "| "
        + cells.map { text($0, number: number).replacing("|", with: "\\|") }
        .map { $0.replacing("\\\\|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    let marks = table.alignments.map { alignment in
      switch alignment {
      case .leading: "---"
      case .centre: ":-:"
      case .trailing: "--:"
      }
    }
    return [row(table.header), "|" + marks.joined(separator: "|") + "|"] + table.rows.map(row)
  }

  /// A line of text with its markup.
  static func text(
    _ inlines: [Markdown.Inline], number: (Markdown.Value) -> String
  ) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): return escaped(text)
      case .emphasis(let inner):
        // Beside two stars a third would be read with them.
        let text = text(inner, number: number)
        return text.hasPrefix("*") || text.hasSuffix("*") ? "_\(text)_" : "*\(text)*"
      case .strong(let inner):
        let text = text(inner, number: number)
        guard text.hasPrefix("*") || text.hasSuffix("*") else { return "**\(text)**" }
        return "__\(text)__"
      case .code(let code): return quoted(code)
      case .link(let inner, let target):
        if inner == [.text(target)], target.hasPrefix("http") { return "<\(target)>" }
        return "[\(text(inner, number: number))](\(target))"
      case .mathematics(let formula): return "$\(formula)$"
      case .value(let value): return escaped(number(value))
      }
    }.joined()
  }

  /// A paragraph that does not start like a list, a heading or a quotation.
  private static func startingPlainly(_ text: String) -> String {
    if let first = text.first, "#>|+-=".contains(first) { return "\\" + text }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text.dropFirst(digits.count)
    guard !digits.isEmpty, rest.hasPrefix(". ") || rest.hasPrefix(") ") else { return text }
    return digits + "\\" + rest
  }

  private static func quoted(_ code: String) -> String {
    let longest = code.split { $0 != "`" }.map(\.count).max() ?? 0
    let marks = String(repeating: "`", count: longest + 1)
    let isTouching = code.hasPrefix("`") || code.hasSuffix("`")
    let isSpaced = code.hasPrefix(" ") && code.hasSuffix(" ") && code.contains { $0 != " " }
    let space = isTouching || isSpaced ? " " : ""
    return marks + space + code + space + marks
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_$[]<&~".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result.replacing("http://", with: "http\\://").replacing("https://", with: "https\\://")
  }
}
