/// Title, axes, marks and legend of a plot in a terminal, around a `PlotCanvas`.
struct TerminalFrame {
  /// One entry of a legend.
  struct Entry {
    let sign: String
    let ink: PlotCanvas.Ink
    let text: String
  }

  let title: String
  let xLabel: String
  let yLabel: String
  let xAxis: Axis
  let yAxis: Axis
  let style: TerminalStyle

  /// The width of the marks' labels at the left, the axis itself not counted.
  private var margin: Int {
    min(max(1, style.width / 3), yAxis.ticks.map { displayWidth(text($0.label)) }.max() ?? 1)
  }

  /// The columns between the axes; at least one.
  var columns: Int { max(1, min(style.width, 100) - margin - 3) }

  /// The rows between the axes.
  var rows: Int { min(18, max(8, columns / 4)) }

  /// A row (from the top) for a value of the vertical axis.
  private func row(of value: Double) -> Int {
    let height = style.usesUnicode ? rows * 4 : rows
    let point = height - 1 - Int((yAxis.fraction(value) * Double(height - 1)).rounded())
    return style.usesUnicode ? point / 4 : point
  }

  /// The whole figure.
  func lines(_ canvas: PlotCanvas, legend: [Entry], notes: [String]) -> [String] {
    var lines = heading(title, style)
    lines += [style.faint(truncated(yLabel, toWidth: style.width, style: style))]
    let labels = Dictionary(
      yAxis.ticks.map { (row(of: $0.value), text($0.label)) },
      uniquingKeysWith: { first, _ in first })
    for (row, line) in canvas.lines().enumerated() {
      let label = truncated(labels[row] ?? "", toWidth: margin, style: style)
      let pad = String(repeating: " ", count: margin - displayWidth(label))
      let bar =
        style.usesUnicode ? (labels[row] == nil ? "│" : "┤") : (labels[row] == nil ? "|" : "+")
      lines.append("\(pad)\(label) \(style.faint(bar))\(line)")
    }
    lines += horizontalAxis()
    lines += legendLines(legend, style)
    lines += notes.flatMap { wrapped($0, toWidth: style.width) }
    return lines
  }

  private func horizontalAxis() -> [String] {
    var rule = Array(repeating: Character(style.usesUnicode ? "─" : "-"), count: columns)
    var labels = Array(repeating: Character(" "), count: columns + margin + 3)
    var free = 0
    for tick in xAxis.ticks {
      let column = Int((xAxis.fraction(tick.value) * Double(columns - 1)).rounded())
      guard rule.indices.contains(column) else { continue }
      let label = text(tick.label)
      let start = max(0, min(margin + 2 + column - label.count / 2, labels.count - label.count))
      guard start >= free, label.count <= labels.count else { continue }
      rule[column] = style.usesUnicode ? "┬" : "+"
      for (offset, character) in label.enumerated() { labels[start + offset] = character }
      free = start + label.count + 1
    }
    let corner = style.usesUnicode ? "└" : "+"
    let pad = String(repeating: " ", count: margin + 1)
    let name = truncated(xLabel, toWidth: columns, style: style)
    let shift = String(repeating: " ", count: max(0, (columns - displayWidth(name)) / 2))
    var result = [pad + style.faint(corner + String(rule)), Self.trimmed(String(labels))]
    if !name.isEmpty { result.append(pad + " " + shift + style.faint(name)) }
    return result
  }

  private func text(_ label: String) -> String {
    style.usesUnicode ? NumberText.typeset(label) : label
  }

  private static func trimmed(_ line: String) -> String {
    var view = Substring(line)
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}

/// A figure's title as lines of a terminal; none for an empty title.
func heading(_ title: String, _ style: TerminalStyle) -> [String] {
  title.isEmpty ? [] : wrapped(title, toWidth: style.width).map(style.bold)
}

/// The legend as lines of a terminal, several entries on a line where they fit.
func legendLines(_ entries: [TerminalFrame.Entry], _ style: TerminalStyle) -> [String] {
  var lines: [String] = []
  var line = ""
  var used = 0
  for entry in entries {
    let text = truncated(
      entry.text, toWidth: max(1, style.width - displayWidth(entry.sign) - 3), style: style)
    let size = displayWidth(entry.sign) + 1 + displayWidth(text)
    if used > 0 && used + 3 + size > style.width {
      lines.append(line)
      (line, used) = ("", 0)
    }
    line += (used == 0 ? "  " : "   ") + style.coloured(entry.sign, entry.ink.colour) + " " + text
    used += (used == 0 ? 2 : 3) + size
  }
  if used > 0 { lines.append(line) }
  return lines
}
