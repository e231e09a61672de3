import Foundation

/// A named sequence of points of a `LinePlot`, each with an optional spread.
///
/// The spread is a standard deviation over seeds (or any half width): a band in the web page, bars in
/// the terminal.
public struct Series: Sendable, Equatable {
  /// One point.
  public struct Point: Sendable, Equatable {
    /// The horizontal value.
    public var x: Double
    /// The vertical value.
    public var y: Double
    /// The half width of the error bar; 0 draws none.
    public var spread: Double

    /// Makes a point.
    public init(x: Double, y: Double, spread: Double = 0) {
      (self.x, self.y, self.spread) = (x, y, spread)
    }
  }

  /// The name, shown in the legend.
  public var name: String
  /// The points, from left to right.
  public var points: [Point]

  /// A series of ready points.
  public init(_ name: String, points: [Point]) {
    self.name = name
    self.points = points
  }

  /// A series from a list of horizontal and a list of vertical values of the same length.
  public init(
    _ name: String, x: [some FigureNumber], y: [some FigureNumber],
    file: StaticString = #filePath, line: UInt = #line
  ) {
    self.init(
      name, x: x, y: y, spread: [Double](repeating: 0, count: y.count), file: file, line: line)
  }

  /// A series with a spread, as a half width, for each point.
  public init(
    _ name: String, x: [some FigureNumber], y: [some FigureNumber], spread: [some FigureNumber],
    file: StaticString = #filePath, line: UInt = #line
  ) {
    if x.count != y.count || y.count != spread.count {
      figureError(
        "series “\(name)” has \(x.count) x, \(y.count) y and \(spread.count) spreads",
        file: file, line: line)
    }
    self.init(
      name,
      points: x.indices.map {
        Point(x: x[$0].figureValue, y: y[$0].figureValue, spread: spread[$0].figureValue)
      })
  }

  /// A series from several runs: the mean over the runs, with their standard deviation as spread.
  ///
  /// The values are `runs[run][point]`, for instance one run for each seed.
  public init(
    _ name: String, x: [some FigureNumber], runs: [[some FigureNumber]],
    file: StaticString = #filePath, line: UInt = #line
  ) {
    if let wrong = runs.first(where: { $0.count != x.count }) {
      figureError(
        "series “\(name)” has \(x.count) x and a run of \(wrong.count) values",
        file: file, line: line)
    }
    self.init(
      name,
      points: x.indices.map { index in
        let (mean, deviation) = meanAndDeviation(runs.map { $0[index].figureValue })
        return Point(x: x[index].figureValue, y: mean, spread: deviation)
      })
  }

  /// A series of values taken at equal distances: one every so many steps.
  public init(_ name: String, y: [some FigureNumber], every: Int = 1) {
    self.init(
      name,
      points: y.enumerated().map { Point(x: Double($0.offset * every), y: $0.element.figureValue) })
  }
}

/// A straight line across a plot: chance, the figure of a paper, the best possible value.
public struct ReferenceLine: Sendable, Equatable {
  /// The name, shown in the legend.
  public var name: String
  /// Where the line crosses the value axis.
  public var value: Double

  /// Makes a line at a value.
  public init(_ name: String, _ value: some FigureNumber) {
    self.name = name
    self.value = value.figureValue
  }
}

/// How an axis spaces its values.
public enum AxisScale: Sendable, Equatable {
  /// Equal differences at equal distances.
  case linear
  /// Equal ratios at equal distances; zero and negative values have no place and are left out.
  case logarithmic
}

/// The mean and the sample standard deviation (n − 1) of some values; 0 for fewer than two.
public func meanAndDeviation(_ values: [some FigureNumber]) -> (mean: Double, deviation: Double) {
  guard !values.isEmpty else { return (.nan, 0) }
  let numbers = values.map(\.figureValue)
  let mean = numbers.reduce(0, +) / Double(numbers.count)
  guard numbers.count > 1 else { return (mean, 0) }
  let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (squares / Double(numbers.count - 1)).squareRoot())
}
