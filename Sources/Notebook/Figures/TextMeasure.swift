/// How wide text will be in a figure, without asking a browser.
///
/// The widths are Helvetica's (Adobe's metrics, in thousandths of the letter size); Arial and Liberation
/// Sans share them, and the other faces that a figure may be shown in are close to them.
enum TextMeasure {
  /// The width of a text at a letter size.
  static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    let thousandths = text.unicodeScalars.reduce(0) { sum, scalar in
      let code = Int(scalar.value)
      if code >= 32 && code < 127 { return sum + ascii[code - 32] }
      if scalar.properties.generalCategory == .nonspacingMark { return sum }
      return sum + (displayWidth(String(scalar)) == 2 ? 1000 : 600)
    }
    return Double(thousandths) / 1000 * size * (isBold ? 1.07 : 1)
  }

  /// A text broken at spaces into lines of at most some width; a long word is broken inside.
  static func wrapped(
    _ text: String, width limit: Double, size: Double, isBold: Bool = false
  ) -> [String] {
    var lines: [String] = []
    var line = ""
    func fits(_ text: String) -> Bool { width(text, size: size, isBold: isBold) <= limit }
    for word in text.split(separator: " ") {
      if !line.isEmpty, fits(line + " " + word) {
        line += " " + word
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      for character in word {
        if !line.isEmpty && !fits(line + String(character)) {
          lines.append(line)
          line = ""
        }
        line.append(character)
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// A text cut to a width, with an ellipsis if something was cut.
  static func truncated(_ text: String, width limit: Double, size: Double) -> String {
    guard width(text, size: size) > limit else { return text }
    var result = text
    while !result.isEmpty, width(result + "…", size: size) > limit { result.removeLast() }
    return result + "…"
  }

  private static let ascii: [Int] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]
}
