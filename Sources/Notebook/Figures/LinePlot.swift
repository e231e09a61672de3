/// Lines over a common pair of axes: learning curves, label efficiency.
///
/// ```swift
/// LinePlot(
///   "Label efficiency", xLabel: "labels", yLabel: "accuracy",
///   series: [
///     Series("self-supervised", x: labels, runs: pretrained),
///     Series("supervised", x: labels, runs: scratch),
///   ],
///   xScale: .logarithmic, references: [ReferenceLine("chance", 0.1)])
/// ```
public struct LinePlot: Showable {
  /// The title.
  public var title: String
  /// What the horizontal axis measures.
  public var xLabel: String
  /// What the vertical axis measures.
  public var yLabel: String
  /// The lines, in the order of the legend.
  public var series: [Series]
  /// How the horizontal axis spaces its values.
  public var xScale: AxisScale
  /// How the vertical axis spaces its values.
  public var yScale: AxisScale
  /// Horizontal lines to compare with.
  public var references: [ReferenceLine]
  /// The vertical range to show at least; without it, the data's.
  public var yRange: ClosedRange<Double>?

  /// Describes a plot.
  public init(
    _ title: String, xLabel: String, yLabel: String, series: [Series],
    xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    references: [ReferenceLine] = [], yRange: ClosedRange<Double>? = nil
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
    self.xScale = xScale
    self.yScale = yScale
    self.references = references
    self.yRange = yRange
  }
}
