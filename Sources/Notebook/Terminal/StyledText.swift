/// A piece of a line in the terminal, and how it looks.
struct StyledText: Equatable {
  /// How text looks: an ANSI sequence, without its beginning and end.
  enum Look: String {
    case plain = ""
    case strong = "1"
    case emphasis = "3"
    case quiet = "2"
    case title = "1;38;2;40;120;200"
    case code = "38;2;190;120;30"
    case link = "4"
    case formula = "38;2;120;110;200"
    case live = "1;38;2;0;140;110"
    case warning = "1;38;2;200;80;0"
  }

  var text: String
  var look: Look

  init(_ text: String, _ look: Look = .plain) {
    self.text = text
    self.look = look
  }

  /// The text with its look, for a terminal.
  func rendered(_ style: TerminalStyle) -> String {
    guard style.usesColour, look != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(look.rawValue)m\(text)\u{1B}[0m"
  }

  /// The pieces of a line; neighbours that look the same share their sequence.
  static func rendered(_ line: [StyledText], _ style: TerminalStyle) -> String {
    var joined: [StyledText] = []
    for piece in line {
      if joined.last?.look == piece.look {
        joined[joined.count - 1].text += piece.text
      } else {
        joined.append(piece)
      }
    }
    return joined.map { $0.rendered(style) }.joined()
  }

  /// Breaks text at its spaces into lines of at most `width` columns.
  ///
  /// A word that is wider than the line stands alone and is cut. No-break spaces hold.
  static func wrap(_ pieces: [StyledText], width: Int) -> [[StyledText]] {
    var lines: [[StyledText]] = []
    var line: [StyledText] = []
    var used = 0
    for word in words(pieces) {
      var parts = word.parts
      let length = parts.reduce(0) { $0 + displayWidth($1.text) }
      let gap = line.isEmpty ? 0 : 1
      if !line.isEmpty, used + gap + length > width {
        lines.append(line)
        line = []
        used = 0
      }
      if length > width { parts = cut(parts, width: width, into: &lines) }
      if !line.isEmpty {
        line.append(StyledText(" ", word.gapLook))
        used += 1
      }
      line += parts
      used += parts.reduce(0) { $0 + displayWidth($1.text) }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// The columns that the widest word takes: a narrower line cuts it.
  static func longestWord(_ pieces: [StyledText]) -> Int {
    words(pieces).map { $0.parts.reduce(0) { $0 + displayWidth($1.text) } }.max() ?? 0
  }

  /// Fills whole lines with a word that is too wide and leaves the rest.
  private static func cut(
    _ parts: [StyledText], width: Int, into lines: inout [[StyledText]]
  ) -> [StyledText] {
    var line: [StyledText] = []
    var used = 0
    for part in parts {
      var piece = StyledText("", part.look)
      for character in part.text {
        let size = displayWidth(String(character))
        if used + size > width, used > 0 {
          lines.append(line + [piece])
          line = []
          piece.text = ""
          used = 0
        }
        piece.text.append(character)
        used += size
      }
      line.append(piece)
    }
    return line
  }

  private static func words(
    _ pieces: [StyledText]
  ) -> [(parts: [StyledText], gapLook: Look)] {
    var words: [(parts: [StyledText], gapLook: Look)] = []
    var isInWord = false
    for piece in pieces {
      var rest = Substring(piece.text)
      var isInside = false
      while let first = rest.first {
        if first == " " {
          isInWord = false
          rest = rest.drop { $0 == " " }
          continue
        }
        let word = String(rest.prefix { $0 != " " })
        rest = rest.dropFirst(word.count)
        let styled = StyledText(word, piece.look)
        if isInWord {
          words[words.count - 1].parts.append(styled)
        } else {
          // A gap between two words of one piece looks like them: a link's line is unbroken.
          words.append(([styled], isInside ? piece.look : .plain))
        }
        isInWord = true
        isInside = true
      }
    }
    return words
  }
}
