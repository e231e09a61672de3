/// Horizontal bars from zero, alone or in groups, with error bars: the baseline ladder, times.
///
/// ```swift
/// BarPlot(
///   "The ladder", valueLabel: "accuracy",
///   bars: [Bar("chance", 0.1), Bar("random encoder", runs: random), Bar("SimCLR", runs: simclr)],
///   highlighted: "SimCLR")
/// ```
public struct BarPlot: Showable {
  /// The title.
  public var title: String
  /// What the bars measure.
  public var valueLabel: String
  /// The groups from top to bottom; a plot of plain bars is one group without a name.
  public var groups: [BarGroup]
  /// Vertical lines to compare with.
  public var references: [ReferenceLine]
  /// The name of the bar that the figure is about, drawn in another colour; for plain bars.
  public var highlighted: String?

  /// Describes a plot of plain bars.
  public init(
    _ title: String, valueLabel: String, bars: [Bar], highlighted: String? = nil,
    references: [ReferenceLine] = []
  ) {
    self.title = title
    self.valueLabel = valueLabel
    self.groups = [BarGroup("", bars)]
    self.highlighted = highlighted
    self.references = references
  }

  /// Describes a plot of groups; bars of the same name have the same colour in every group.
  public init(
    _ title: String, valueLabel: String, groups: [BarGroup], references: [ReferenceLine] = []
  ) {
    self.title = title
    self.valueLabel = valueLabel
    self.groups = groups
    self.references = references
  }
}

/// A named bar of a `BarPlot`.
public struct Bar: Sendable, Equatable {
  /// The name beside the bar.
  public var name: String
  /// The length of the bar.
  public var value: Double
  /// The half width of the error bar; 0 draws none.
  public var spread: Double

  /// A bar of a value and, where it is known, its spread.
  public init(_ name: String, _ value: some FigureNumber, spread: some FigureNumber = 0) {
    self.name = name
    self.value = value.figureValue
    self.spread = spread.figureValue
  }

  /// A bar of the mean of several runs, with their standard deviation as spread.
  public init(_ name: String, runs: [some FigureNumber]) {
    let (mean, deviation) = meanAndDeviation(runs)
    self.init(name, mean, spread: deviation)
  }
}

/// Bars that belong together in a `BarPlot`.
public struct BarGroup: Sendable, Equatable {
  /// The heading of the group.
  public var name: String
  /// The bars from top to bottom.
  public var bars: [Bar]

  /// Makes a group.
  public init(_ name: String, _ bars: [Bar]) {
    self.name = name
    self.bars = bars
  }
}
