import Foundation

extension BarPlot {
  /// The names of the bars, each once, in the order of their first appearance.
  var barNames: [String] {
    var names: [String] = []
    for bar in groups.flatMap(\.bars) where !names.contains(bar.name) { names.append(bar.name) }
    return names
  }

  /// The number of a bar's colour: its name's in groups, the highlight in a plot of plain bars.
  func colourNumber(_ bar: Bar) -> Int {
    if groups.count == 1 { return bar.name == highlighted ? 1 : 0 }
    return barNames.firstIndex(of: bar.name) ?? 0
  }

  /// The value axis: zero, all bars with their error bars, all reference lines.
  func axis(tickCount: Int) -> Axis {
    let bars = groups.flatMap(\.bars)
    let values = bars.flatMap { [$0.value - $0.spread, $0.value + $0.spread] }
    return Axis(
      values: values.filter(\.isFinite) + references.map(\.value) + [0], scale: .linear,
      tickCount: tickCount, endsOnTicks: true)
  }

  /// The number beside each bar, with equally many decimals on all.
  func valueText(_ bar: Bar) -> String {
    let decimals = NumberText.commonDecimals(groups.flatMap(\.bars).map(\.value))
    let value = NumberText.common(bar.value, decimals: decimals)
    guard bar.spread > 0 else { return value }
    return "\(value) ±\(NumberText.spread(bar.spread, decimals: decimals))"
  }

  /// The lines for a terminal: one for each bar, with its number.
  public func terminalLines(_ style: TerminalStyle) -> [String] {
    let bars = groups.flatMap(\.bars)
    let texts = bars.map { terminalText($0, style) }
    let textWidth = texts.map { displayWidth($0) }.max() ?? 0
    let nameWidth = min(max(1, style.width / 3), bars.map { displayWidth($0.name) }.max() ?? 0)
    let columns = max(1, min(style.width, 100) - nameWidth - textWidth - 3)
    let axis = axis(tickCount: 4)
    var lines = heading(title, style)
    lines.append(style.faint(truncated(valueLabel, toWidth: style.width, style: style)))
    var index = 0
    for group in groups {
      if !group.name.isEmpty {
        lines.append(style.bold(truncated(group.name, toWidth: style.width, style: style)))
      }
      for bar in group.bars {
        let name = truncated(bar.name, toWidth: nameWidth, style: style)
        let pad = String(repeating: " ", count: nameWidth - displayWidth(name))
        let picture = terminalBar(bar, axis, columns: columns, style)
        let textPad = String(repeating: " ", count: textWidth - displayWidth(texts[index]))
        lines.append(
          truncatedIfNarrow("\(name)\(pad) \(picture)", " \(textPad)\(texts[index])", style))
        index += 1
      }
    }
    if bars.isEmpty { lines.append("(no data)") }
    lines += referenceLines(style)
    return lines
  }

  private func terminalText(_ bar: Bar, _ style: TerminalStyle) -> String {
    let text = valueText(bar)
    return style.usesUnicode ? text : text.replacingOccurrences(of: "±", with: "+-")
  }

  private func truncatedIfNarrow(_ line: String, _ text: String, _ style: TerminalStyle) -> String {
    displayWidth(line) + displayWidth(text) <= style.width ? line + text : line
  }

  private func referenceLines(_ style: TerminalStyle) -> [String] {
    let sign = style.usesUnicode ? "┊" : "|"
    return legendLines(
      references.map {
        TerminalFrame.Entry(
          sign: sign, ink: .muted, text: "\($0.name) (\(NumberText.short($0.value)))")
      }, style)
  }

  /// A bar from zero to its value over `columns` columns, in eighths of a column where there is Unicode.
  private func terminalBar(_ bar: Bar, _ axis: Axis, columns: Int, _ style: TerminalStyle) -> String
  {
    var cells = Array(repeating: Character(" "), count: columns)
    let zero = axis.fraction(0) * Double(columns)
    let end = bar.value.isFinite ? axis.fraction(bar.value) * Double(columns) : zero
    let (first, last) = (min(zero, end), max(zero, end))
    for column in cells.indices {
      let covered = min(last, Double(column + 1)) - max(first, Double(column))
      guard covered > 0 else { continue }
      if style.usesUnicode {
        // The eighths fill a column from the left: right for the end of a bar, not for its start.
        let isEnd = last < Double(column + 1)
        let eighths = isEnd ? Int((covered * 8).rounded()) : covered >= 0.5 ? 8 : 0
        if eighths > 0 { cells[column] = Array("▏▎▍▌▋▊▉█")[eighths - 1] }
      } else if covered >= 0.5 {
        cells[column] = "#"
      }
    }
    for reference in references where axis.shows(reference.value) {
      let column = min(columns - 1, Int(axis.fraction(reference.value) * Double(columns)))
      if cells[column] == " " { cells[column] = style.usesUnicode ? "┊" : "|" }
    }
    return style.coloured(String(cells), Palette.onTerminal(colourNumber(bar)))
  }
}
