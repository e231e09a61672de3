/// What the place that text is written to can show.
public struct TerminalStyle: Sendable, Equatable {
  /// The number of columns.
  public var width: Int
  /// Whether colours (24 bits) and bold type may be used.
  public var usesColour: Bool
  /// Whether more than ASCII may be used: braille, blocks, mathematical symbols.
  public var usesUnicode: Bool

  /// Describes a place to write to.
  public init(width: Int, usesColour: Bool, usesUnicode: Bool) {
    self.width = width
    self.usesColour = usesColour
    self.usesUnicode = usesUnicode
  }

  /// Eighty columns of plain ASCII: what a pipe or a file gets.
  public static let plain = TerminalStyle(width: 80, usesColour: false, usesUnicode: false)
}
