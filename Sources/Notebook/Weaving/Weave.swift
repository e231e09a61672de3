import Foundation

/// Writes what a run showed and measured, and the code as it is now, into the page.
struct Weave {
  let document: Markdown.Document
  let record: RunRecord
  /// The page's folder.
  let folder: String

  /// The page and its figures, new.
  ///
  /// Nothing in them depends on the page's earlier output, but for
  /// times that are still within their factor: weaving twice changes nothing.
  func files() throws(PageError) -> AtomicFiles {
    var files = AtomicFiles()
    var lines = document.lines
    replaceNumbers(in: &lines)
    for block in document.blocks.reversed() {
      let range = (block.lines.lowerBound - 1)..<block.lines.upperBound
      switch block.content {
      case .cell(let cell):
        guard let run = record.cells.first(where: { $0.name == cell.name }) else { continue }
        lines.replaceSubrange(range, with: marked("cell: \(cell.name)", output(run)))
        for (path, svg) in run.figures { files.add(folder + "/" + path, svg) }
      case .claims:
        let table = MarkdownWriter.lines(.table(Claim.table(record.claims)))
        lines.replaceSubrange(range, with: marked("claims", table))
      case .code(let code):
        guard let quoted = try QuotedCode.open(code, of: document, in: folder) else { continue }
        let first = code.firstLine - 1
        lines.replaceSubrange(first..<(first + code.lines.count), with: try quoted.refreshed())
      default: break
      }
    }
    let page = lines.map { $0 + "\n" }.joined()
    // What a cell shows must be in the dialect as well; otherwise nothing is written.
    _ = try BlockParser.parse(page, path: document.path + " (woven)")
    files.add(folder + "/README.md", page)
    return files
  }

  private func marked(_ mark: String, _ lines: [String]) -> [String] {
    ["<!-- \(mark) -->", ""] + lines + ["", BlockParser.end]
  }

  private func output(_ cell: RunRecord.Cell) -> [String] {
    var figures = cell.figures[...]
    return cell.output.map { shown -> [String] in
      guard shown.svg() != nil, let figure = figures.popFirst() else {
        return shown.markdownLines()
      }
      return ["![\(Markdown.alternative(shown.summary))](\(figure.path))"]
    }.joined(separator: [""]).map(\.trimmingTrailingSpaces)
  }

  private func replaceNumbers(in lines: inout [String]) {
    for value in document.values.reversed() {
      guard let number = record.numbers[value.name], !keeps(value, number.text) else { continue }
      var characters = Array(lines[value.line - 1])
      characters.replaceSubrange(value.columns, with: Array(number.text))
      lines[value.line - 1] = String(characters)
    }
  }

  /// Whether the page keeps its number: a time that is still right within its factor.
  private func keeps(_ value: Markdown.Value, _ run: String) -> Bool {
    guard case .factor = value.tolerance else { return false }
    return value.agrees(with: run)
  }
}

extension Markdown.Value {
  /// Whether a run's number is the page's, within the tolerance that the page writes, or else the one by
  /// the spread.
  func agrees(with run: RunRecord.Number) -> Bool {
    agrees(with: run.text, within: tolerance ?? run.tolerance)
  }

  /// Whether a run's number is the page's, within the tolerance that the page writes.
  func agrees(with run: String) -> Bool { agrees(with: run, within: tolerance) }

  /// Whether the text says what the page's own table shows: the same, or as near as rounding leaves it
  /// where the text writes it in another way.
  func agrees(with number: NamedNumber) -> Bool {
    if text.isEmpty { return true }
    if case .factor = tolerance { return agrees(with: number.text) }
    guard let style = reference?.style, let shown = number.value else { return text == number.text }
    let scale: Double = if case .percent = style { 100 } else { 1 }
    let hair = (NumberReference.unit(of: text) + scale * NumberReference.unit(of: number.text)) / 2
    return agrees(with: style.text(shown), within: .within(hair))
  }

  private func agrees(with run: String, within tolerance: Tolerance?) -> Bool {
    guard let tolerance, let here = NumberStyle.number(in: text),
      let there = NumberStyle.number(in: run)
    else { return run == text }
    return tolerance.allows(there, for: here)
  }
}

extension Markdown {
  /// A sentence without the signs that would end a picture's alternative text.
  static func alternative(_ summary: String) -> String {
    let signs: [Character: Character] = ["[": "(", "]": ")", "<": "‹", "`": "'", "\n": " "]
    return String(summary.compactMap { "*_$\\".contains($0) ? nil : signs[$0] ?? $0 })
  }
}

extension RunRecord.Cell {
  /// The cell's pictures, and where the page keeps them: `figures/name.svg`, `figures/name-2.svg`.
  var figures: [(path: String, svg: String)] {
    output.compactMap { $0.svg() }.enumerated().map { index, svg in
      ("figures/\(name)\(index == 0 ? "" : "-\(index + 1)").svg", svg)
    }
  }
}

extension QuotedCode {
  /// A block and the file that it names; nil for a block that is not checked.
  static func open(
    _ code: Markdown.Code, of document: Markdown.Document, in folder: String
  ) throws(PageError) -> QuotedCode? {
    guard let file = code.file else {
      guard code.language == "swift", !code.isSketch else { return nil }
      throw PageError(
        page: document.path, line: code.firstLine - 1,
        message: "this code names no file: write ```swift Name.swift, or ```swift sketch")
    }
    let beside = folder + "/" + file
    let isBeside = FileManager.default.fileExists(atPath: beside)
    let path = isBeside ? beside : PagePath.package(around: folder) + "/" + file
    guard let text = try? PagePath.text(path) else {
      throw PageError(
        page: document.path, line: code.firstLine - 1,
        message: "no file \(file) stands beside the page or in the package")
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return QuotedCode(
      code: code, page: document.path, file: PagePath.shown(path), fileLines: lines)
  }
}
