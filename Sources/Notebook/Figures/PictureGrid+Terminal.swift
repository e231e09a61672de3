extension Picture {
  /// One value, or three, of a place, from 0 to 1.
  func level(_ row: Int, _ column: Int, _ channel: Int) -> Float {
    let value = numbers[(row * width + column) * channels + min(channel, channels - 1)]
    return value.isFinite ? min(1, max(0, value)) : 0
  }

  /// The picture in another size: means of the places where it shrinks, copies where it grows.
  func resized(height newHeight: Int, width newWidth: Int) -> Picture {
    var result: [Float] = []
    result.reserveCapacity(newHeight * newWidth * channels)
    for row in 0..<newHeight {
      let top = row * height / newHeight
      let bottom = max(top + 1, (row + 1) * height / newHeight)
      for column in 0..<newWidth {
        let left = column * width / newWidth
        let right = max(left + 1, (column + 1) * width / newWidth)
        for channel in 0..<channels {
          var sum: Float = 0
          for y in top..<bottom { for x in left..<right { sum += level(y, x, channel) } }
          result.append(sum / Float((bottom - top) * (right - left)))
        }
      }
    }
    return Picture(result, height: newHeight, width: newWidth, channels: channels, caption: caption)
  }

  /// The colour of a place.
  func colour(_ row: Int, _ column: Int) -> Colour {
    let parts = (0..<3).map { UInt8((level(row, column, $0) * 255).rounded()) }
    return Colour(red: parts[0], green: parts[1], blue: parts[2])
  }

  /// The picture as lines of `width` columns: two places in each character, one above the other.
  func terminalLines(_ style: TerminalStyle) -> [String] {
    let shades = Array(" .:-=+*#%@")
    return stride(from: 0, to: height, by: 2).map { row in
      var line = ""
      for column in 0..<width {
        let below = min(row + 1, height - 1)
        if style.usesColour && style.usesUnicode {
          let (top, bottom) = (colour(row, column), colour(below, column))
          line += "\u{1B}[38;2;\(top.red);\(top.green);\(top.blue);"
          line += "48;2;\(bottom.red);\(bottom.green);\(bottom.blue)m▀"
        } else {
          let grey = [row, below].map { y in
            0.299 * level(y, column, 0) + 0.587 * level(y, column, 1) + 0.114 * level(y, column, 2)
          }
          let share = (grey[0] + grey[1]) / 2
          line.append(shades[min(shades.count - 1, Int(share * Float(shades.count)))])
        }
      }
      return style.usesColour && style.usesUnicode ? line + "\u{1B}[0m" : line
    }
  }
}

extension PictureGrid {
  /// The lines for a terminal: half blocks in colour, or shades of ASCII.
  public func terminalLines(_ style: TerminalStyle) -> [String] {
    var lines = heading(title, style)
    if rows.allSatisfy({ $0.pictures.isEmpty }) { lines.append("(no pictures)") }
    let longest = rows.map(\.pictures.count).max() ?? 0
    let widest = rows.flatMap(\.pictures).map(\.width).max() ?? 1
    guard longest > 0 else { return lines }
    let layout = Self.layout(
      count: longest, room: Double(style.width), gap: 2, smallest: Double(min(11, style.width)),
      largest: Double(min(32, max(widest, 11))))
    // A tiny picture is enlarged as often as it fits.
    var size = Int(layout.size)
    if widest < size { size = widest * (size / widest) }
    for chunk in stride(from: 0, to: longest, by: layout.perLine) {
      for row in rows where row.pictures.count > chunk {
        if !row.heading.isEmpty {
          lines += wrapped(row.heading, toWidth: style.width).map(style.bold)
        }
        let pictures = row.pictures[chunk..<min(row.pictures.count, chunk + layout.perLine)]
        lines += strip(Array(pictures), columns: max(1, size), style)
      }
    }
    return lines
  }

  private func strip(_ pictures: [Picture], columns: Int, _ style: TerminalStyle) -> [String] {
    let drawn = pictures.map { picture -> [String] in
      let height = max(1, (picture.height * columns + picture.width / 2) / picture.width)
      return picture.resized(height: height + height % 2, width: columns).terminalLines(style)
    }
    let captions = pictures.map { picture -> [String] in
      guard !picture.caption.isEmpty else { return [] }
      var lines = wrapped(picture.caption, toWidth: columns)
      if lines.count > 3 {
        let rest = lines[2...].joined(separator: " ")
        lines = Array(lines.prefix(2)) + [truncated(rest, toWidth: columns, style: style)]
      }
      return lines
    }
    func sideBySide(_ blocks: [[String]]) -> [String] {
      (0..<(blocks.map(\.count).max() ?? 0)).map { row in
        let cells = blocks.map { block -> String in
          let cell = row < block.count ? block[row] : ""
          return cell + String(repeating: " ", count: max(0, columns - displayWidth(cell)))
        }
        var line = Substring(cells.joined(separator: "  "))
        while line.last == " " { line.removeLast() }
        return String(line)
      }
    }
    return sideBySide(drawn) + sideBySide(captions)
  }
}
