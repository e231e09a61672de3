extension ScatterPlot {
  /// The points that the axes can show, class by class.
  var shownPoints: [[PointClass.Point]] {
    classes.map { members in
      members.points.filter { point in
        point.x.isFinite && point.y.isFinite && (xScale == .linear || point.x > 0)
          && (yScale == .linear || point.y > 0)
      }
    }
  }

  /// The axes around all points.
  func axes(tickCount: (x: Int, y: Int)) -> (x: Axis, y: Axis) {
    let points = shownPoints.joined()
    return (
      Axis(values: points.map(\.x), scale: xScale, tickCount: tickCount.x, endsOnTicks: false),
      Axis(values: points.map(\.y), scale: yScale, tickCount: tickCount.y, endsOnTicks: false)
    )
  }

  /// The lines for a terminal: a marker for each point.
  public func terminalLines(_ style: TerminalStyle) -> [String] {
    let axes = axes(tickCount: (5, 5))
    let frame = TerminalFrame(
      title: title, xLabel: xLabel, yLabel: yLabel, xAxis: axes.x, yAxis: axes.y, style: style)
    var canvas = PlotCanvas(columns: frame.columns, rows: frame.rows, style: style)
    let points = shownPoints
    // In turn, so that no class hides the others where they overlap.
    for round in 0..<(points.map(\.count).max() ?? 0) {
      for (index, members) in points.enumerated() where round < members.count {
        canvas.mark(
          x: axes.x.fraction(members[round].x), y: axes.y.fraction(members[round].y),
          Palette.marker(index, style), ink: .series(index))
      }
    }
    for (index, members) in points.enumerated() {
      for point in members where !point.label.isEmpty {
        _ = canvas.write(
          point.label, x: axes.x.fraction(point.x), y: axes.y.fraction(point.y), ink: .series(index)
        )
      }
    }
    let entries = classes.indices.map {
      TerminalFrame.Entry(
        sign: String(Palette.marker($0, style)), ink: .series($0), text: classes[$0].name)
    }
    return frame.lines(canvas, legend: entries, notes: points.joined().isEmpty ? ["(no data)"] : [])
  }
}
