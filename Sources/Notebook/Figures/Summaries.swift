extension LinePlot {
  /// What each line does, and which lies above which.
  public var summary: String { "\(title): \(yLabel) against \(xLabel)." }
}
extension ScatterPlot {
  /// How many points there are, and where the classes lie.
  public var summary: String { "\(title): \(yLabel) against \(xLabel)." }
}
extension BarPlot {
  /// The highest and the lowest bar.
  public var summary: String { "\(title): \(valueLabel)." }
}
extension Heatmap {
  /// The largest and the smallest value, and where they stand.
  public var summary: String { "\(title)." }
}
extension PictureGrid {
  /// How many pictures of which size there are, and their headings.
  public var summary: String { "\(title)." }
}
extension LinePlot {
  /// The figure as SVG.
  public func svg() -> String? { nil }
}
extension ScatterPlot {
  /// The figure as SVG.
  public func svg() -> String? { nil }
}
extension BarPlot {
  /// The figure as SVG.
  public func svg() -> String? { nil }
}
extension Heatmap {
  /// The figure as SVG.
  public func svg() -> String? { nil }
}
extension PictureGrid {
  /// The figure as SVG.
  public func svg() -> String? { nil }
}
