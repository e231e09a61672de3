/// Lines of text that a cell prints.
struct PrintedLines: Showable {
  let lines: [String]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  var summary: String { lines.first ?? "" }

  func terminalLines(_ style: TerminalStyle) -> [String] {
    style.usesUnicode ? lines : lines.map(PlainText.ascii)
  }

  func svg() -> String? { nil }

  func markdownLines() -> [String] { ["```text"] + lines + ["```"] }

  func html() -> String {
    let text = lines.joined(separator: "\n").replacing("&", with: "&amp;")
    return "<pre>\(text.replacing("<", with: "&lt;"))</pre>"
  }
}
