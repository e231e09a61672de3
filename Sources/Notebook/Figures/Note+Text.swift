import Foundation

extension Note {
  /// The first line.
  public var summary: String { title.isEmpty ? lines.first { !$0.isEmpty } ?? "No text." : title }

  /// The lines, continued where they are wider than the terminal.
  public func terminalLines(_ style: TerminalStyle) -> [String] {
    heading(title, style)
      + lines.flatMap { line -> [String] in
        // Lines that fit keep their spaces: they may be aligned by hand.
        displayWidth(line) <= style.width ? [line] : wrapped(line, toWidth: style.width)
      }
  }

  /// No picture.
  public func svg() -> String? { nil }

  /// The lines as a block of plain text.
  public func markdownLines() -> [String] {
    // A fence longer than any run of backticks inside.
    let runs = lines.flatMap { $0.split { $0 != "`" }.map(\.count) }
    let fence = String(repeating: "`", count: max(3, (runs.max() ?? 0) + 1))
    let head = title.isEmpty ? [] : ["**\(title)**", ""]
    return head + [fence + "text"] + lines + [fence]
  }

  /// The lines in `<pre>`, under the title in `<p><strong>`.
  public func html() -> String {
    let head = title.isEmpty ? "" : "<p><strong>\(markupEscaped(title))</strong></p>\n"
    return head + "<pre class=\"note\">\(markupEscaped(lines.joined(separator: "\n")))</pre>"
  }
}
