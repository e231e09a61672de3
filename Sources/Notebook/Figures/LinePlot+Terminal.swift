extension LinePlot {
  /// The points that the axes can show, series by series, from left to right.
  var shownPoints: [[Series.Point]] {
    series.map { series in
      series.points.filter { point in
        point.x.isFinite && point.y.isFinite && (xScale == .linear || point.x > 0)
          && (yScale == .linear || point.y > 0)
      }.sorted { $0.x < $1.x }
    }
  }

  /// The axes around all points, error bars and reference lines.
  func axes(tickCount: (x: Int, y: Int)) -> (x: Axis, y: Axis) {
    let points = shownPoints.joined()
    let xs = points.map(\.x)
    var ys = points.flatMap { [$0.y, $0.y - $0.spread, $0.y + $0.spread] }
    ys += references.map(\.value)
    if let yRange { ys += [yRange.lowerBound, yRange.upperBound] }
    return (
      Axis(values: xs, scale: xScale, tickCount: tickCount.x, endsOnTicks: false, marked: xs),
      Axis(values: ys, scale: yScale, tickCount: tickCount.y, endsOnTicks: true)
    )
  }

  /// What the axes say: the label, and whether equal ratios lie at equal distances.
  func axisLabel(_ label: String, _ scale: AxisScale) -> String {
    scale == .logarithmic ? "\(label) (log scale)" : label
  }

  /// The lines for a terminal: braille, or letters in plain ASCII.
  public func terminalLines(_ style: TerminalStyle) -> [String] {
    let axes = axes(tickCount: (5, 5))
    let frame = TerminalFrame(
      title: title, xLabel: axisLabel(xLabel, xScale), yLabel: axisLabel(yLabel, yScale),
      xAxis: axes.x, yAxis: axes.y, style: style)
    var canvas = PlotCanvas(columns: frame.columns, rows: frame.rows, style: style)
    for (index, reference) in references.enumerated() where axes.y.shows(reference.value) {
      let y = axes.y.fraction(reference.value)
      var travelled = 0
      canvas.line(
        from: (0, y), to: (1, y), ink: .muted, letter: "-",
        dashes: [[3, 3], [6, 3], [1, 3]][index % 3],
        travelled: &travelled)
    }
    let points = shownPoints
    for (index, line) in points.enumerated() {
      draw(line, series: index, axes, on: &canvas)
    }
    for (index, line) in points.enumerated() {
      let marker = Palette.marker(index, style)
      for point in marked(line, series: index, of: points.count) {
        canvas.mark(
          x: axes.x.fraction(point.x), y: axes.y.fraction(point.y), marker, ink: .series(index))
      }
    }
    let entries = series.indices.map {
      TerminalFrame.Entry(
        sign: String(Palette.marker($0, style)), ink: .series($0), text: series[$0].name)
    }
    let lines = references.map {
      TerminalFrame.Entry(
        sign: style.usesUnicode ? "┄" : "-", ink: .muted,
        text: "\($0.name) (\(NumberText.short($0.value)))")
    }
    return frame.lines(
      canvas, legend: entries + lines, notes: points.joined().isEmpty ? ["(no data)"] : [])
  }

  private func draw(
    _ line: [Series.Point], series index: Int, _ axes: (x: Axis, y: Axis),
    on canvas: inout PlotCanvas
  ) {
    let letter = Character(Palette.letters[index % Palette.letters.count].lowercased())
    // Dashes of the page, in dots; several short ones would merge at this resolution.
    let dashes: [[Int]] = [[], [4, 2], [1, 2], [5, 2, 1, 2]]
    let isSparse = line.count <= 25
    var travelled = 0
    for (offset, point) in line.enumerated() {
      let place = (x: axes.x.fraction(point.x), y: axes.y.fraction(point.y))
      if isSparse && point.spread > 0 {
        let bottom = max(point.y - point.spread, axes.y.lower)
        let top = min(point.y + point.spread, axes.y.upper)
        var height = 0
        canvas.line(
          from: (place.x, axes.y.fraction(bottom)), to: (place.x, axes.y.fraction(top)),
          ink: .series(index), letter: "|", travelled: &height)
      }
      guard offset + 1 < line.count else { continue }
      let next = line[offset + 1]
      canvas.line(
        from: place, to: (axes.x.fraction(next.x), axes.y.fraction(next.y)), ink: .series(index),
        letter: letter, dashes: canvas.style.usesUnicode ? dashes[index % dashes.count] : [],
        travelled: &travelled)
    }
  }

  /// The points that get a marker: all of a few, otherwise six at places that differ by series.
  func marked(_ line: [Series.Point], series index: Int, of count: Int) -> [Series.Point] {
    guard line.count > 25 else { return line }
    return (0..<6).map { mark in
      let share = (Double(mark) + (Double(index) + 0.5) / Double(count)) / 6
      return line[Int(share * Double(line.count - 1))]
    }
  }
}
