/// Something that a chapter's cell can show: a plot, a grid of pictures, a table, lines of text.
///
/// The same value is drawn in the terminal, in the web page, in the notebook file and in the page.
public protocol Showable: Sendable {
  /// One sentence, computed from the data, that says what there is to see; also the alternative text.
  var summary: String { get }
  /// The lines for a terminal, none wider than `style.width`, without newline characters.
  func terminalLines(_ style: TerminalStyle) -> [String]
  /// A complete SVG document, with title and description, or nil for what is text.
  func svg() -> String?
  /// The lines that stand for this in a Markdown page, for what has no SVG.
  func markdownLines() -> [String]
  /// A fragment of HTML, for what has no SVG.
  func html() -> String
  /// The numbers that the page's text can point at.
  var namedNumbers: [NamedNumber] { get }
}

extension Showable {
  /// The summary: what has an SVG needs no more than its alternative text.
  public func markdownLines() -> [String] { [summary] }

  /// The SVG to stand in the page itself, or the summary.
  public func html() -> String {
    svg() ?? "<p>\(markupEscaped(summary))</p>"
  }
}
