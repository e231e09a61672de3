extension Heatmap {
  /// The colours of the cells.
  var scale: ColourScale { ColourScale(values: values.flatMap(\.self), range: range) }

  /// The numbers in the cells.
  var valueTexts: [[String]] {
    let decimals = min(2, NumberText.commonDecimals(values.flatMap(\.self)))
    return values.map { row in
      row.map { value in
        guard value.isFinite else { return NumberText.unusual(value) }
        let text = NumberText.common(value, decimals: decimals)
        // 0.25 as .25: the cells are small.
        return text.hasPrefix("0.") ? String(text.dropFirst()) : text
      }
    }
  }

  /// The lines for a terminal: coloured cells, or numbers or shades where there is no colour.
  public func terminalLines(_ style: TerminalStyle) -> [String] {
    let count = values.first?.count ?? 0
    guard count > 0 else { return heading(title, style) + ["(no data)"] }
    let rowNames = rowLabels.isEmpty ? values.indices.map { String($0) } : rowLabels
    let columnNames = columnLabels.isEmpty ? (0..<count).map { String($0) } : columnLabels
    let nameWidth = min(max(1, style.width / 4), rowNames.map { displayWidth($0) }.max() ?? 0)
    let room = max(1, style.width - nameWidth - 1)
    let texts = valueTexts
    let scale = scale
    let textWidth = (texts.joined().map { displayWidth($0) }.max() ?? 0) + 1
    let showsNumbers = (showsValues ?? true) && textWidth * count <= room
    // Cells as wide as the columns' names where there is room; otherwise the names stand upright.
    let headWidth = max(textWidth, (columnNames.map { displayWidth($0) }.max() ?? 0) + 1)
    let numberWidth = headWidth * count <= room && headWidth <= 10 ? headWidth : textWidth
    let cellWidth = showsNumbers ? numberWidth : max(1, min(2, room / count))
    let shown = min(count, room / cellWidth)

    var lines = heading(title, style)
    let axes = [
      rowsAre.isEmpty ? "" : "rows: \(rowsAre)", columnsAre.isEmpty ? "" : "columns: \(columnsAre)",
    ]
    let named = axes.filter { !$0.isEmpty }.joined(separator: ", ")
    if !named.isEmpty { lines += wrapped(named, toWidth: style.width).map(style.faint) }
    let indent = String(repeating: " ", count: nameWidth + 1)
    lines += columnHeads(Array(columnNames.prefix(shown)), cellWidth, style).map { indent + $0 }
    for (row, rowValues) in values.enumerated() {
      let name = truncated(rowNames[row], toWidth: nameWidth, style: style)
      let pad = String(repeating: " ", count: nameWidth - displayWidth(name))
      let cells = (0..<shown).map { column in
        cell(
          rowValues[column], showsNumbers ? texts[row][column] : "", width: cellWidth, scale, style)
      }
      lines.append("\(pad)\(name) \(cells.joined())")
    }
    if shown < count {
      lines += wrapped("(\(count - shown) more columns do not fit)", toWidth: style.width)
    }
    if !showsNumbers { lines.append(contentsOf: key(style)) }
    return lines
  }

  private func cell(
    _ value: Double, _ text: String, width: Int, _ scale: ColourScale, _ style: TerminalStyle
  ) -> String {
    let pad = String(repeating: " ", count: max(0, width - displayWidth(text)))
    guard value.isFinite else {
      return text.isEmpty ? String(repeating: "?", count: width) : pad + text
    }
    if style.usesColour {
      return style.onGround(style.coloured(pad + text, scale.ink(on: value)), scale.colour(value))
    }
    if !text.isEmpty { return pad + text }
    return String(repeating: shade(value, scale, style), count: width)
  }

  private func shade(_ value: Double, _ scale: ColourScale, _ style: TerminalStyle) -> Character {
    let shades = Array(style.usesUnicode ? " ░▒▓█" : " .:-=+*#%@")
    return shades[min(shades.count - 1, Int(scale.fraction(value) * Double(shades.count)))]
  }

  /// The names of the columns, upright where they fit in a cell, otherwise letter below letter.
  private func columnHeads(_ names: [String], _ width: Int, _ style: TerminalStyle) -> [String] {
    if names.allSatisfy({ displayWidth($0) < width || (width == 1 && displayWidth($0) <= 1) }) {
      return [
        names.map { String(repeating: " ", count: width - displayWidth($0)) + $0 }.joined()
      ]
    }
    let letters = names.map { Array($0.prefix(12)) }
    let height = letters.map(\.count).max() ?? 0
    return (0..<height).map { row in
      letters.map { name in
        // The names end where the cells begin.
        let offset = row - (height - name.count)
        let letter = offset >= 0 ? String(name[offset]) : " "
        return String(repeating: " ", count: max(0, width - displayWidth(letter))) + letter
      }.joined()
    }
  }

  /// What the palest and the strongest cell stand for.
  private func key(_ style: TerminalStyle) -> [String] {
    let scale = scale
    let steps = 10
    let bar = (0..<steps).map { step -> String in
      let share = Double(step) / Double(steps - 1)
      let value = scale.lower + (scale.upper - scale.lower) * share
      return cell(value, "", width: 1, scale, style)
    }
    let text = "\(NumberText.short(scale.lower)) [\(bar.joined())] \(NumberText.short(scale.upper))"
    return displayWidth(text) <= style.width ? [text] : []
  }
}
