extension BarPlot {
  /// The plot as SVG: names at the left, numbers at the right, error bars on the bars.
  public func svg() -> String? {
    var drawing = SVGDrawing(title: title, summary: summary)
    drawLegend(on: &drawing)
    let bars = groups.flatMap(\.bars)
    let texts = bars.map { NumberText.typeset(valueText($0)) }
    let names = bars.map { TextMeasure.wrapped($0.name, width: 150, size: 14) }
    let nameWidth = names.joined().map { TextMeasure.width($0, size: 14) }.max() ?? 0
    let textWidth = texts.map { TextMeasure.width($0, size: 13) }.max() ?? 0
    let left = SVGDrawing.margin + nameWidth + 8
    let right = SVGDrawing.width - SVGDrawing.margin - textWidth - 8
    let axis = axis(tickCount: 5)
    func x(_ value: Double) -> Double { left + (right - left) * axis.fraction(value) }

    let top = drawing.height + 4
    let rows = layout(names, top: top)
    let bottom = (rows.last.map { $0.y + $0.height } ?? top + 40) + 6
    let spans = spans(rows)
    for span in spans {
      for tick in axis.ticks {
        drawing.line(x(tick.value), span.top, x(tick.value), span.bottom, css: "grid")
      }
    }
    var row = 0
    for group in groups {
      if let first = group.bars.indices.first, !group.name.isEmpty {
        let heading = TextMeasure.truncated(group.name, width: 400, size: 14)
        drawing.text(heading, x: SVGDrawing.margin, y: rows[row + first].y - 6, hasHalo: true)
      }
      for bar in group.bars {
        let (y, height) = rows[row]
        let middle = y + height / 2
        for (index, line) in names[row].enumerated() {
          let offset = Double(index) * 16 - Double(names[row].count - 1) * 8
          drawing.text(
            line, x: left - 8, y: middle + 5 + offset, anchor: .end, isMuted: !group.name.isEmpty)
        }
        drawBar(bar, middle: middle, x, on: &drawing)
        drawing.text(
          texts[row], x: SVGDrawing.width - SVGDrawing.margin, y: middle + 4.5, anchor: .end,
          style: .tick)
        row += 1
      }
    }
    for span in spans {
      drawing.line(x(0), span.top, x(0), span.bottom, css: "axis")
      for (index, reference) in references.enumerated() where axis.shows(reference.value) {
        drawing.line(
          x(reference.value), span.top, x(reference.value), span.bottom, css: "reference",
          dashes: Self.dashes(index))
      }
    }
    drawing.height = bottom
    drawAxis(axis, x, from: left, to: right, on: &drawing)
    return drawing.document()
  }

  private func drawLegend(on drawing: inout SVGDrawing) {
    drawing.legend(
      references.enumerated().map { index, reference in
        let value = NumberText.typeset(NumberText.short(reference.value))
        return (.dashes(Self.dashes(index)), "\(reference.name) (\(value))")
      })
  }

  /// A bar from zero around the middle of its row, with its error bar.
  private func drawBar(
    _ bar: Bar, middle: Double, _ x: (Double) -> Double, on drawing: inout SVGDrawing
  ) {
    guard bar.value.isFinite else { return }
    let (from, to) = (min(x(0), x(bar.value)), max(x(0), x(bar.value)))
    drawing.bar(
      x: from, y: middle - 9, width: max(to - from, 0.5), height: 18, series: colourNumber(bar))
    guard bar.spread > 0, bar.spread.isFinite else { return }
    let (low, high) = (x(bar.value - bar.spread), x(bar.value + bar.spread))
    drawing.line(low, middle, high, middle, css: "error")
    drawing.line(low, middle - 4, low, middle + 4, css: "error")
    drawing.line(high, middle - 4, high, middle + 4, css: "error")
  }

  private static func dashes(_ index: Int) -> [Double] { [[6, 5], [2, 4], [12, 5]][index % 3] }

  /// Where the bars of each group begin and end; the headings between them stay free of lines.
  private func spans(_ rows: [(y: Double, height: Double)]) -> [(top: Double, bottom: Double)] {
    var first = 0
    return groups.compactMap { group in
      guard let count = group.bars.isEmpty ? nil : group.bars.count else { return nil }
      let last = first + count - 1
      defer { first += count }
      return (rows[first].y - 3, rows[last].y + rows[last].height + 3)
    }
  }

  /// Top and height of each bar's row, with room for headings above the groups.
  private func layout(_ names: [[String]], top: Double) -> [(y: Double, height: Double)] {
    var y = top + 4
    var rows: [(y: Double, height: Double)] = []
    for group in groups {
      if !group.name.isEmpty { y += rows.isEmpty ? 22 : 28 }
      for _ in group.bars {
        let height = max(26, Double(names[rows.count].count) * 16 + 6)
        rows.append((y, height))
        y += height
      }
    }
    return rows
  }

  private func drawAxis(
    _ axis: Axis, _ x: (Double) -> Double, from left: Double, to right: Double,
    on drawing: inout SVGDrawing
  ) {
    var free = 0.0
    for tick in axis.ticks {
      let label = NumberText.typeset(tick.label)
      let width = TextMeasure.width(label, size: 13)
      guard x(tick.value) - width / 2 >= free else { continue }
      drawing.text(
        label, x: x(tick.value), y: drawing.height + 15, anchor: .middle, style: .tick,
        isMuted: true)
      free = x(tick.value) + width / 2 + 7
    }
    drawing.height += 20
    for line in TextMeasure.wrapped(valueLabel, width: SVGDrawing.width - 20, size: 13) {
      let width = TextMeasure.width(line, size: 13)
      let centre = min((left + right) / 2, SVGDrawing.width - 10 - width / 2)
      drawing.height += 16
      drawing.text(
        line, x: max(centre, 10 + width / 2), y: drawing.height - 3, anchor: .middle, style: .tick,
        isMuted: true)
    }
    drawing.height += SVGDrawing.margin
  }
}
