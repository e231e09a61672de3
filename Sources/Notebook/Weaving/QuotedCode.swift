/// Where a page's block of code stands in its file, line for line.
///
/// A block is found by its first line. In the page it may be indented less than in the file.
struct QuotedCode {
  let code: Markdown.Code
  let page: String
  /// The file's path, as messages show it.
  let file: String
  let fileLines: [String]

  /// One line of the file with which the block could start.
  private struct Start {
    let line: Int
    /// How much further the file's lines are indented.
    let indentation: Int
    /// How many lines agree from here on.
    let agreeing: Int
  }

  private var start: Start? {
    guard let first = code.lines.first else { return nil }
    let text = first.trimmingSpaces
    let starts = fileLines.indices.filter { fileLines[$0].trimmingSpaces == text }.compactMap {
      line -> Start? in
      let indentation = Self.indentation(fileLines[line]) - Self.indentation(first)
      guard indentation >= 0 else { return nil }
      let agreeing = zip(fileLines[line...], code.lines).prefix { there, here in
        Self.dedented(there, by: indentation) == here
      }.count
      return Start(line: line, indentation: indentation, agreeing: agreeing)
    }
    return starts.max { $0.agreeing < $1.agreeing }
  }

  /// The first place where the page's block and its file differ; nil where they agree.
  func drift() -> PageError? {
    guard let first = code.lines.first, !first.trimmingSpaces.isEmpty else {
      return failure("a block of code starts with the line by which it is found", at: 0)
    }
    guard let start else { return failure("\(file) has no line “\(first.trimmingSpaces)”", at: 0) }
    guard start.agreeing < code.lines.count else { return nil }
    let there = start.line + start.agreeing
    guard there < fileLines.count else {
      return failure("\(file) ends before the block does", at: start.agreeing)
    }
    let line = fileLines[there].trimmingSpaces
    return failure("\(file):\(there + 1) reads “\(line)” here", at: start.agreeing)
  }

  /// The block as the file has it now: from its first line to its last.
  ///
  /// The last line is counted: a block that closes two functions still closes two.
  func refreshed() throws(PageError) -> [String] {
    guard let start, let last = code.lines.last else {
      throw drift() ?? failure("a block of code is not empty", at: 0)
    }
    guard code.lines.count > 1 else {
      return [Self.dedented(fileLines[start.line], by: start.indentation)]
    }
    var missing = code.lines.dropFirst().filter { $0 == last }.count
    var block = [Self.dedented(fileLines[start.line], by: start.indentation)]
    for line in fileLines[(start.line + 1)...] {
      block.append(Self.dedented(line, by: start.indentation))
      if block.last == last { missing -= 1 }
      if missing == 0 { return block }
    }
    throw failure(
      "the block's last line, “\(last.trimmingSpaces)”, is no longer in \(file) behind its first",
      at: code.lines.count - 1)
  }

  private func failure(_ message: String, at offset: Int) -> PageError {
    PageError(page: page, line: code.firstLine + offset, message: message)
  }

  private static func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  private static func dedented(_ line: String, by count: Int) -> String {
    String(line.dropFirst(min(count, indentation(line))))
  }
}
