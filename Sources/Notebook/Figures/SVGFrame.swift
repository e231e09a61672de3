/// Axes, marks and labels of a plot in SVG, and where its data lie.
struct SVGFrame {
  let xAxis: Axis
  let yAxis: Axis
  private(set) var left = 0.0
  private(set) var right = SVGDrawing.width - SVGDrawing.margin - 4
  private(set) var top = 0.0
  private(set) var bottom = 0.0

  /// Draws the axes below what the drawing has so far; `plotHeight` is the height of the data's area.
  init(
    xAxis: Axis, yAxis: Axis, xLabel: String, yLabel: String, plotHeight: Double,
    on drawing: inout SVGDrawing
  ) {
    self.xAxis = xAxis
    self.yAxis = yAxis
    for line in TextMeasure.wrapped(
      yLabel, width: SVGDrawing.width - 2 * SVGDrawing.margin, size: 13)
    {
      drawing.height += 17
      drawing.text(line, x: SVGDrawing.margin, y: drawing.height - 3, style: .tick, isMuted: true)
    }
    let labels = yAxis.ticks.map { NumberText.typeset($0.label) }
    left = SVGDrawing.margin + (labels.map { TextMeasure.width($0, size: 13) }.max() ?? 0) + 8
    top = drawing.height + 9
    bottom = top + plotHeight
    for (tick, label) in zip(yAxis.ticks, labels) {
      let y = y(tick.value)
      drawing.line(left, y, right, y, css: "grid")
      drawing.text(label, x: left - 7, y: y + 4.5, anchor: .end, style: .tick, isMuted: true)
    }
    drawHorizontalAxis(xLabel, on: &drawing)
  }

  private func drawHorizontalAxis(_ xLabel: String, on drawing: inout SVGDrawing) {
    drawing.line(left, bottom, right, bottom, css: "axis")
    var free = 0.0
    for tick in xAxis.ticks {
      let label = NumberText.typeset(tick.label)
      let width = TextMeasure.width(label, size: 13)
      let x = x(tick.value)
      // Labels stay inside the drawing and apart from each other.
      let centre = min(max(x, width / 2 + 2), SVGDrawing.width - 3 - width / 2)
      guard centre - width / 2 >= free else { continue }
      drawing.line(x, bottom, x, bottom + 5, css: "axis")
      drawing.text(label, x: centre, y: bottom + 18, anchor: .middle, style: .tick, isMuted: true)
      free = centre + width / 2 + 7
    }
    drawing.height = bottom + 24
    for line in TextMeasure.wrapped(xLabel, width: right - left, size: 13) {
      drawing.height += 16
      drawing.text(
        line, x: (left + right) / 2, y: drawing.height - 4, anchor: .middle, style: .tick,
        isMuted: true)
    }
    drawing.height += SVGDrawing.margin - 2
  }

  /// Where a horizontal value lies.
  func x(_ value: Double) -> Double { left + (right - left) * xAxis.fraction(value) }

  /// Where a vertical value lies.
  func y(_ value: Double) -> Double { bottom - (bottom - top) * yAxis.fraction(value) }
}
