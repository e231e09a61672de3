extension LinePlot {
  /// The plot as SVG: bands for the spread, dashes and markers beside the colours.
  public func svg() -> String? {
    var drawing = SVGDrawing(title: title, summary: summary)
    let referenceDashes: [[Double]] = [[6, 5], [2, 4], [12, 5]]
    drawing.legend(
      series.indices.map { (.series($0), series[$0].name) }
        + references.enumerated().map { index, reference in
          (
            .dashes(referenceDashes[index % 3]),
            "\(reference.name) (\(NumberText.typeset(NumberText.short(reference.value))))"
          )
        })
    let axes = axes(tickCount: (5, 5))
    let frame = SVGFrame(
      xAxis: axes.x, yAxis: axes.y, xLabel: axisLabel(xLabel, xScale),
      yLabel: axisLabel(yLabel, yScale), plotHeight: 230, on: &drawing)
    for (index, reference) in references.enumerated() where axes.y.shows(reference.value) {
      let y = frame.y(reference.value)
      drawing.line(
        frame.left, y, frame.right, y, css: "reference", dashes: referenceDashes[index % 3])
    }
    let points = shownPoints
    for (index, line) in points.enumerated() where line.contains(where: { $0.spread > 0 }) {
      drawSpread(line, series: index, frame, on: &drawing)
    }
    for (index, line) in points.enumerated() {
      // Twice as many points as the plot has units would only make the file larger.
      let drawn = line.count > 800 ? Self.thinned(line, buckets: 400) : line
      drawing.polyline(drawn.map { (frame.x($0.x), frame.y($0.y)) }, series: index)
    }
    for (index, line) in points.enumerated() {
      let places = marked(line, series: index, of: points.count)
      drawing.markers(places.map { (frame.x($0.x), frame.y($0.y)) }, series: index)
    }
    if points.allSatisfy(\.isEmpty) {
      drawing.text(
        "no data", x: (frame.left + frame.right) / 2, y: (frame.top + frame.bottom) / 2,
        anchor: .middle, isMuted: true)
    }
    return drawing.document()
  }

  /// A band around a line, or a bar where there is only one point.
  private func drawSpread(
    _ line: [Series.Point], series: Int, _ frame: SVGFrame, on drawing: inout SVGDrawing
  ) {
    func edge(_ point: Series.Point, _ sign: Double) -> (x: Double, y: Double) {
      // On a logarithmic axis the lower edge may lie at or below zero.
      let value = max(point.y + sign * point.spread, frame.yAxis.lower)
      return (frame.x(point.x), frame.y(min(value, frame.yAxis.upper)))
    }
    if line.count == 1 {
      let (low, high) = (edge(line[0], -1), edge(line[0], 1))
      drawing.line(low.x, low.y, high.x, high.y, css: "error")
      return
    }
    let drawn = line.count > 800 ? Self.thinned(line, buckets: 400) : line
    drawing.area(drawn.map { edge($0, 1) } + drawn.reversed().map { edge($0, -1) }, series: series)
  }

  /// The lowest and the highest point of each of some equal parts of a long line, in their order.
  static func thinned(_ line: [Series.Point], buckets: Int) -> [Series.Point] {
    (0..<buckets).flatMap { bucket -> [Series.Point] in
      let range = bucket * line.count / buckets..<(bucket + 1) * line.count / buckets
      guard let low = range.min(by: { line[$0].y < line[$1].y }),
        let high = range.max(by: { line[$0].y < line[$1].y })
      else { return [] }
      return low == high ? [line[low]] : [line[min(low, high)], line[max(low, high)]]
    }
  }
}
