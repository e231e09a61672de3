extension ScatterPlot {
  /// The plot as SVG, the classes told apart by markers beside the colours.
  public func svg() -> String? {
    var drawing = SVGDrawing(title: title, summary: summary)
    drawing.legend(classes.indices.map { (.points($0), classes[$0].name) })
    let axes = axes(tickCount: (5, 5))
    let frame = SVGFrame(
      xAxis: axes.x, yAxis: axes.y, xLabel: xLabel, yLabel: yLabel, plotHeight: 280, on: &drawing)
    let points = shownPoints
    let count = points.reduce(0) { $0 + $1.count }
    let radius = count > 400 ? 3 : count > 100 ? 3.6 : 4.5
    for (index, members) in points.enumerated() {
      drawing.markers(
        members.map { (frame.x($0.x), frame.y($0.y)) }, series: index, radius: radius,
        css: "marker points")
    }
    drawLabels(points.flatMap(\.self), frame, on: &drawing)
    if count == 0 {
      drawing.text(
        "no data", x: (frame.left + frame.right) / 2, y: (frame.top + frame.bottom) / 2,
        anchor: .middle, isMuted: true)
    }
    return drawing.document()
  }

  /// Puts each label to the right of its point, or where it hides least.
  private func drawLabels(
    _ points: [PointClass.Point], _ frame: SVGFrame, on drawing: inout SVGDrawing
  ) {
    var taken = points.map { point in
      let (x, y) = (frame.x(point.x), frame.y(point.y))
      return (left: x - 4, right: x + 4, top: y - 4, bottom: y + 4)
    }
    for point in points where !point.label.isEmpty {
      let (x, y) = (frame.x(point.x), frame.y(point.y))
      let width = TextMeasure.width(point.label, size: 13)
      let places: [(x: Double, y: Double)] = [
        (x + 8, y + 4.5), (x - 8 - width, y + 4.5), (x - width / 2, y - 9), (x - width / 2, y + 19),
      ]
      let costs = places.map { place -> Double in
        let box = (left: place.x, right: place.x + width, top: place.y - 11, bottom: place.y + 3)
        let isOutside = box.left < frame.left - 6 || box.right > SVGDrawing.width - 2
        return taken.reduce(isOutside ? 1e6 : 0) { sum, other in
          let across = min(box.right, other.right) - max(box.left, other.left)
          let down = min(box.bottom, other.bottom) - max(box.top, other.top)
          return across > 0 && down > 0 ? sum + across * down : sum
        }
      }
      let best = costs.indices.min { costs[$0] < costs[$1] } ?? 0
      let place = places[best]
      drawing.text(point.label, x: place.x, y: place.y, style: .tick, hasHalo: true)
      taken.append((place.x, place.x + width, place.y - 11, place.y + 3))
    }
  }
}
