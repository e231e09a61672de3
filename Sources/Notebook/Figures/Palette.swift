/// How the series of a figure are told apart: by colour, and without colour by marker and dashes.
///
/// The eight colours on paper and the eight on a dark ground are chosen so that any two of them stay
/// apart (a distance of at least 7 in Oklab, where 2 can just be seen) also for readers without red,
/// green or blue cones, and so that each has a contrast of at least 3 : 1 with its ground (WCAG 2.2,
/// 1.4.11). The tests compute both.
enum Palette {
  /// The grounds of figures.
  static let paper = Colour(0xFFFFFF)
  static let night = Colour(0x0D1117)
  /// Text.
  static let ink = Colour(0x1F2328)
  static let inkAtNight = Colour(0xE6EDF3)
  /// Axes, captions, reference lines.
  static let muted = Colour(0x59636E)
  static let mutedAtNight = Colour(0x9DA7B3)
  /// Grid lines, which need not be noticed.
  static let grid = Colour(0xE3E6EA)
  static let gridAtNight = Colour(0x2A313C)

  static let onPaper: [Colour] = [
    0x0F62D8, 0xE8500A, 0x045A66, 0x9B69A2, 0x96400A, 0x2B97E8, 0x5E2A2A, 0xD0777B,
  ].map { Colour($0) }

  static let atNight: [Colour] = [
    0x5E76F6, 0xEC6C1A, 0x35D488, 0xB492E2, 0xEDE24C, 0xA8F6FF, 0xF2A8DA, 0xAD7472,
  ].map { Colour($0) }

  /// For terminals, whose ground is not known: a contrast of at least 3 : 1 with black and white.
  static let onTerminal: [Colour] = [
    0x3B82F6, 0xE8500A, 0x16936A, 0xA870B0, 0xA37200, 0x0C93A8, 0x808080, 0xD0777B,
  ].map { Colour($0) }

  static let mutedOnTerminal = Colour(0x808890)

  /// The markers in a terminal with Unicode.
  static let markers: [Character] = ["●", "▲", "■", "◆", "○", "△", "□", "◇", "✚", "★"]
  /// The markers in plain ASCII; a line between them is drawn in the small letter.
  static let letters: [Character] = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// The lengths of dash, gap, dash, gap, … of each series' line, in points; empty is a solid line.
  static let dashes: [[Double]] = [
    [], [7, 4], [2, 3], [9, 3, 2, 3], [13, 4], [5, 2, 2, 2, 2, 2], [4, 6], [1, 2],
  ]

  /// How a series is drawn; after the end of a list it starts again.
  static func marker(_ series: Int, _ style: TerminalStyle) -> Character {
    style.usesUnicode ? markers[series % markers.count] : letters[series % letters.count]
  }

  static func onTerminal(_ series: Int) -> Colour { onTerminal[series % onTerminal.count] }
}
