extension LinePlot {
  /// What each line does, which lies above which, and what had to be left out.
  public var summary: String {
    let points = shownPoints
    let known = series.indices.filter { !points[$0].isEmpty }
    var parts: [String] = []
    if known.isEmpty {
      parts.append("no data")
    } else if known.count <= 4 {
      parts += known.map { "\(series[$0].name) \(course(of: points[$0], among: points))" }
      if let comparison = comparison(known, points) { parts.append(comparison) }
    } else {
      parts.append(ranking(known, points))
    }
    parts += leftOut(points)
    return "\(title)\(axisNames(xLabel, yLabel)): \(parts.joined(separator: "; "))."
  }

  /// `rises from 0.31 at 10 to 0.86 at 1,000`, with a turn in between where there is a clear one.
  private func course(of line: [Series.Point], among all: [[Series.Point]]) -> String {
    guard let first = line.first, let last = line.last else { return "" }
    func at(_ point: Series.Point) -> String {
      "\(NumberText.short(point.y)) at \(NumberText.short(point.x))"
    }
    guard line.count > 1 else { return "is \(at(first))" }
    let heights = all.joined().map(\.y) + references.map(\.value)
    let whole = (heights.max() ?? 0) / 2 - (heights.min() ?? 0) / 2
    guard let low = line.min(by: { $0.y < $1.y }), let high = line.max(by: { $0.y < $1.y }) else {
      return ""
    }
    let range = high.y / 2 - low.y / 2
    // Less than a fiftieth of the plot's height is not seen as a change.
    if range <= whole * 0.02 || range == 0 { return "stays at \(NumberText.short(first.y))" }
    // A turn counts when it stands out from both ends by a quarter of the line's range.
    let (lowEnd, highEnd) = (min(first.y, last.y), max(first.y, last.y))
    if high.y / 2 - highEnd / 2 > range * 0.25 {
      return "rises from \(at(first)) to \(at(high)) and falls to \(at(last))"
    }
    if lowEnd / 2 - low.y / 2 > range * 0.25 {
      return "falls from \(at(first)) to \(at(low)) and rises to \(at(last))"
    }
    return "\(last.y > first.y ? "rises" : "falls") from \(at(first)) to \(at(last))"
  }

  /// Where the first line lies beside the others, if they share their horizontal values.
  private func comparison(_ known: [Int], _ points: [[Series.Point]]) -> String? {
    guard let first = known.first, known.count > 1 else { return nil }
    let name = series[first].name
    let parts = known.dropFirst().compactMap { other -> String? in
      let heights = Dictionary(points[other].map { ($0.x, $0.y) }, uniquingKeysWith: { $1 })
      let shared = points[first].filter { heights[$0.x] != nil && heights[$0.x] != $0.y }
      guard shared.count > 1 else { return nil }
      let signs = shared.map { $0.y > heights[$0.x, default: 0] }
      let changes = signs.indices.dropFirst().filter { signs[$0] != signs[$0 - 1] }
      let side = signs[0] ? "above" : "below"
      let otherName = series[other].name
      if changes.isEmpty { return "\(side) \(otherName) throughout" }
      guard changes.count == 1, let change = changes.first else { return nil }
      return "\(side) \(otherName) until \(NumberText.short(shared[change - 1].x))"
    }
    return parts.isEmpty ? nil : "\(name) lies \(parts.joined(separator: " and "))"
  }

  /// Of many lines, the one that ends highest and the one that ends lowest.
  private func ranking(_ known: [Int], _ points: [[Series.Point]]) -> String {
    func end(_ index: Int) -> Double { points[index].last?.y ?? 0 }
    let sorted = known.sorted { end($0) > end($1) }
    let (high, low) = (sorted[0], sorted[sorted.count - 1])
    return "of \(known.count) lines, \(series[high].name) ends highest at "
      + "\(NumberText.short(end(high))) and \(series[low].name) lowest at "
      + NumberText.short(end(low))
  }

  private func leftOut(_ points: [[Series.Point]]) -> [String] {
    let all = series.flatMap(\.points)
    let unusable = all.count { !$0.x.isFinite || !$0.y.isFinite }
    let hidden = all.count - unusable - points.reduce(0) { $0 + $1.count }
    return omissions(notFinite: unusable, notPositive: hidden)
  }
}

/// What a summary says about points that could not be drawn.
func omissions(notFinite: Int, notPositive: Int = 0) -> [String] {
  func points(_ count: Int) -> String { count == 1 ? "1 point is" : "\(count) points are" }
  var parts: [String] = []
  if notFinite > 0 { parts.append("\(points(notFinite)) left out as not finite") }
  if notPositive > 0 {
    parts.append("\(points(notPositive)) left out as not positive on a log scale")
  }
  return parts
}

/// ` (accuracy against labels)`, or less where an axis has no name.
func axisNames(_ xLabel: String, _ yLabel: String) -> String {
  let names = [yLabel, xLabel].filter { !$0.isEmpty }
  return names.isEmpty ? "" : " (\(names.joined(separator: " against ")))"
}
