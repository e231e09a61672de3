extension ScatterPlot {
  /// How many points there are, and whether the classes lie apart.
  public var summary: String {
    let points = shownPoints
    let known = classes.indices.filter { !points[$0].isEmpty }
    let count = points.reduce(0) { $0 + $1.count }
    var parts = [count == 0 ? "no data" : count == 1 ? "1 point" : "\(count) points"]
    if known.count > 1 {
      parts[0] += " of \(known.count) classes"
      parts.append(separation(known, points))
    }
    let all = classes.flatMap(\.points)
    let unusable = all.count { !$0.x.isFinite || !$0.y.isFinite }
    parts += omissions(notFinite: unusable, notPositive: all.count - unusable - count)
    return "\(title)\(axisNames(xLabel, yLabel)): \(parts.joined(separator: "; "))."
  }

  /// How many points lie nearest to the centre of their own class, in the plot's own proportions.
  private func separation(_ known: [Int], _ points: [[PointClass.Point]]) -> String {
    let axes = axes(tickCount: (5, 5))
    func place(_ point: PointClass.Point) -> (x: Double, y: Double) {
      (axes.x.fraction(point.x), axes.y.fraction(point.y))
    }
    let centres = known.map { index -> (x: Double, y: Double) in
      let places = points[index].map(place)
      let count = Double(places.count)
      return (places.reduce(0) { $0 + $1.x } / count, places.reduce(0) { $0 + $1.y } / count)
    }
    var own = 0
    var total = 0
    for (number, index) in known.enumerated() {
      for point in points[index] {
        let (x, y) = place(point)
        let distances = centres.map { ($0.x - x) * ($0.x - x) + ($0.y - y) * ($0.y - y) }
        if distances[number] == distances.min() { own += 1 }
        total += 1
      }
    }
    let share = Int((100 * Double(own) / Double(max(1, total))).rounded())
    return "\(share)% of them lie nearest to the centre of their own class"
  }
}

extension BarPlot {
  /// The longest and the shortest bar, for each group.
  public var summary: String {
    func text(_ bar: Bar) -> String { "\(bar.name) (\(valueText(bar)))" }
    var parts = groups.compactMap { group -> String? in
      let bars = group.bars.filter { $0.value.isFinite }
      guard let high = bars.max(by: { $0.value < $1.value }),
        let low = bars.min(by: { $0.value < $1.value })
      else { return nil }
      let place = group.name.isEmpty ? "" : "in \(group.name), "
      if bars.count == 1 { return "\(place)\(text(high))" }
      if high.value == low.value { return "\(place)all are \(valueText(high))" }
      var line = "\(place)\(text(high)) is highest and \(text(low)) lowest"
      if let chosen = bars.first(where: { $0.name == highlighted && $0 != high && $0 != low }) {
        line += ", with \(text(chosen)) between them"
      }
      return line
    }
    if parts.isEmpty { parts = ["no data"] }
    let unusable = groups.flatMap(\.bars).count { !$0.value.isFinite }
    if unusable > 0 {
      parts.append(unusable == 1 ? "1 bar is not finite" : "\(unusable) bars are not finite")
    }
    return "\(title)\(axisNames("", valueLabel)): \(parts.joined(separator: "; "))."
  }
}

extension Heatmap {
  /// The size, the largest and the smallest value with their places, and the share on the diagonal.
  public var summary: String {
    let (height, width) = (values.count, values.first?.count ?? 0)
    let places = values.indices.flatMap { row in values[row].indices.map { (row, $0) } }
      .filter { values[$0.0][$0.1].isFinite }
    guard let high = places.max(by: { values[$0.0][$0.1] < values[$1.0][$1.1] }),
      let low = places.min(by: { values[$0.0][$0.1] < values[$1.0][$1.1] })
    else { return "\(title): no data." }
    func text(_ place: (Int, Int)) -> String {
      let row = rowLabels.isEmpty ? "row \(place.0)" : rowLabels[place.0]
      let column = columnLabels.isEmpty ? "column \(place.1)" : columnLabels[place.1]
      return "\(NumberText.short(values[place.0][place.1])) (\(row), \(column))"
    }
    var parts = [
      "\(height) \(height == 1 ? "row" : "rows") and \(width) \(width == 1 ? "column" : "columns")"
    ]
    if values[high.0][high.1] == values[low.0][low.1] {
      parts.append("every value is \(NumberText.short(values[high.0][high.1]))")
    } else {
      parts.append("the largest value is \(text(high)), the smallest \(text(low))")
    }
    if height == width, height > 1, places.count == height * width, values[low.0][low.1] >= 0 {
      let total = values.joined().reduce(0, +)
      let diagonal = values.indices.reduce(0.0) { $0 + values[$1][$1] }
      if total > 0, total.isFinite {
        parts.append("\(Int((100 * diagonal / total).rounded()))% of the sum lies on the diagonal")
      }
    }
    let unusable = height * width - places.count
    if unusable > 0 {
      parts.append(unusable == 1 ? "1 value is not finite" : "\(unusable) values are not finite")
    }
    return "\(title): \(parts.joined(separator: "; "))."
  }
}

extension PictureGrid {
  /// How many pictures of which size there are, and the headings of the rows.
  public var summary: String {
    let pictures = rows.flatMap(\.pictures)
    guard let first = pictures.first else { return "\(title): no pictures." }
    let isEven = pictures.allSatisfy { $0.height == first.height && $0.width == first.width }
    let kind = pictures.allSatisfy { $0.channels == 1 } ? "grey" : "colour"
    let size = isEven ? " of \(first.height) by \(first.width) pixels" : ""
    let count = pictures.count == 1 ? "1 \(kind) picture" : "\(pictures.count) \(kind) pictures"
    let headings = rows.map(\.heading).filter { !$0.isEmpty }
    var parts = [count + size]
    if !headings.isEmpty { parts.append("in rows: " + headings.joined(separator: ", ")) }
    let unusable = pictures.count { $0.numbers.contains { !$0.isFinite } }
    if unusable > 0 {
      parts.append(
        unusable == 1
          ? "1 has numbers that are not finite"
          : "\(unusable) have numbers that are not finite")
    }
    return "\(title): \(parts.joined(separator: "; "))."
  }
}
