/// Lines of text that a cell shows: a generated story, a message, a computed sentence.
///
/// The lines are kept; a line that is wider than the terminal is continued on the next.
public struct Note: Showable {
  /// The title above the text; empty for none.
  public var title: String
  /// The lines.
  public var lines: [String]

  /// A text without a title; line breaks in it are kept.
  public init(_ text: String) {
    self.init(
      "", lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }

  /// Lines under a title.
  public init(_ title: String, lines: [String]) {
    self.title = title
    self.lines = lines
  }
}
