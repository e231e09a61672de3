/// The number of terminal columns that a text takes, escape sequences not counted.
///
/// Accents that combine with the letter before take no column; East Asian wide characters and emoji
/// take two.
public func displayWidth(_ text: some StringProtocol) -> Int {
  var width = 0
  var isInEscape = false
  for scalar in text.unicodeScalars {
    if isInEscape {
      // A colour sequence ends with its letter.
      if scalar.properties.isAlphabetic { isInEscape = false }
    } else if scalar == "\u{1B}" {
      isInEscape = true
    } else {
      width += displayWidth(of: scalar)
    }
  }
  return width
}

private func displayWidth(of scalar: Unicode.Scalar) -> Int {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0: return 0
  case 0x20..<0x300: return 1
  case 0x200B...0x200F, 0xFE00...0xFE0F: return 0
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
    0x20000...0x3FFFD:
    return 2
  default:
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }
}

/// A text cut to a number of columns, with an ellipsis at its end if something was cut.
///
/// The text holds no escape sequences.
public func truncated(_ text: String, toWidth width: Int, style: TerminalStyle) -> String {
  guard displayWidth(text) > width else { return text }
  let ellipsis = style.usesUnicode ? "…" : "~"
  var result = ""
  var used = 0
  for character in text {
    let size = displayWidth(String(character))
    if used + size > width - 1 { break }
    result.append(character)
    used += size
  }
  return width > 0 ? result + ellipsis : ""
}

/// A text without escape sequences, broken at spaces into lines of at most `width` columns.
///
/// A word that is wider than a line is broken inside. An empty text is one empty line.
public func wrapped(_ text: String, toWidth width: Int) -> [String] {
  let limit = max(1, width)
  var lines: [String] = []
  var line = ""
  var used = 0
  for word in text.split(separator: " ", omittingEmptySubsequences: true) {
    let size = displayWidth(word)
    if used > 0, used + 1 + size <= limit {
      line += " " + word
      used += 1 + size
      continue
    }
    if used > 0 { lines.append(line) }
    (line, used) = ("", 0)
    for character in word {
      let size = displayWidth(String(character))
      if used + size > limit {
        lines.append(line)
        (line, used) = ("", 0)
      }
      line.append(character)
      used += size
    }
  }
  if used > 0 || lines.isEmpty { lines.append(line) }
  return lines
}
