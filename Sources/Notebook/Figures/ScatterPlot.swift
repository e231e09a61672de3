/// Points in the plane, one colour and marker for each class: embeddings, predictions against truth.
///
/// ```swift
/// ScatterPlot(
///   "Features of the encoder", xLabel: "first axis", yLabel: "second axis",
///   classes: names.indices.map { PointClass(names[$0], x: first[$0], y: second[$0]) })
/// ```
public struct ScatterPlot: Showable {
  /// The title.
  public var title: String
  /// What the horizontal axis measures.
  public var xLabel: String
  /// What the vertical axis measures.
  public var yLabel: String
  /// The classes, in the order of the legend.
  public var classes: [PointClass]
  /// How the horizontal axis spaces its values.
  public var xScale: AxisScale
  /// How the vertical axis spaces its values.
  public var yScale: AxisScale

  /// Describes a plot.
  public init(
    _ title: String, xLabel: String, yLabel: String, classes: [PointClass],
    xScale: AxisScale = .linear, yScale: AxisScale = .linear
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.classes = classes
    self.xScale = xScale
    self.yScale = yScale
  }

  /// Describes a plot of points that carry the number of their class.
  ///
  /// Each of `points` is `[x, y]`; `memberOf` has, for each point, an index into `classNames`.
  public init(
    _ title: String, xLabel: String, yLabel: String, points: [[some FigureNumber]],
    memberOf: [Int], classNames: [String], file: StaticString = #filePath, line: UInt = #line
  ) {
    if points.count != memberOf.count {
      figureError(
        "“\(title)” has \(points.count) points and \(memberOf.count) class numbers",
        file: file, line: line)
    }
    if let wrong = points.first(where: { $0.count != 2 }) {
      figureError("“\(title)” has a point of \(wrong.count) numbers", file: file, line: line)
    }
    if let wrong = memberOf.first(where: { !classNames.indices.contains($0) }) {
      figureError(
        "“\(title)” has class number \(wrong) and \(classNames.count) class names",
        file: file, line: line)
    }
    let classes = classNames.enumerated().map { number, name in
      let members = points.indices.filter { memberOf[$0] == number }
      return PointClass(name, x: members.map { points[$0][0] }, y: members.map { points[$0][1] })
    }
    self.init(title, xLabel: xLabel, yLabel: yLabel, classes: classes)
  }
}

/// The points of one class of a `ScatterPlot`.
public struct PointClass: Sendable, Equatable {
  /// One point.
  public struct Point: Sendable, Equatable {
    /// The horizontal value.
    public var x: Double
    /// The vertical value.
    public var y: Double
    /// A text beside the point; empty for none.
    public var label: String
  }

  /// The name, shown in the legend.
  public var name: String
  /// The points.
  public var points: [Point]

  /// A class from the coordinates of its points and, if there are any, their labels.
  public init(
    _ name: String, x: [some FigureNumber], y: [some FigureNumber], labels: [String] = [],
    file: StaticString = #filePath, line: UInt = #line
  ) {
    if x.count != y.count || !(labels.isEmpty || labels.count == x.count) {
      figureError(
        "class “\(name)” has \(x.count) x, \(y.count) y and \(labels.count) labels",
        file: file, line: line)
    }
    self.name = name
    self.points = x.indices.map {
      Point(
        x: x[$0].figureValue, y: y[$0].figureValue, label: labels.isEmpty ? "" : labels[$0])
    }
  }
}
