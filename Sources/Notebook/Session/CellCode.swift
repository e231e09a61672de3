/// The lines of the program that computed a cell.
struct CellCode {
  let file: String
  /// The first of `lines`, counted from 1.
  let firstLine: Int
  let lines: [String]
}

extension RunRecord {
  /// The program from a cell's opening to the next cell or the end; nil where it cannot be read.
  func code(of index: Int) -> CellCode? {
    let source = cells[index].source
    guard let text = try? PagePath.text(source.file) else { return nil }
    let all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard all.indices.contains(source.line - 1) else { return nil }
    let rest = all[source.line...]
    let next = cells.map(\.source).filter { $0.file == source.file && $0.line > source.line }
      .map(\.line).min()
    let end = rest.firstIndex { $0.hasPrefix("page.finish(") } ?? all.count
    var lines = all[(source.line - 1)..<min(end, next.map { $0 - 1 } ?? end)]
    // What stands right above the next cell belongs to that: comments and blank lines.
    while let last = lines.last?.trimmingSpaces, last.isEmpty || last.hasPrefix("//") {
      lines.removeLast()
    }
    let path = source.file.split(separator: "/").last.map(String.init) ?? source.file
    return CellCode(file: path, firstLine: source.line, lines: Array(lines))
  }
}
