/// Rows of texts and numbers under named columns, with the best row marked if it is asked for.
///
/// ```swift
/// Table(
///   "The ladder", columns: [.text("encoder"), .number("accuracy", decimals: 3)],
///   rows: [["chance", 0.1], ["SimCLR", .mean(of: runs)]], best: .highest("accuracy"))
/// ```
public struct Table: Showable {
  /// The title; empty for none.
  public var title: String
  /// The columns from left to right.
  public var columns: [Column]
  /// The rows from top to bottom, one cell for each column.
  public var rows: [[Cell]]
  /// Which row is marked as the best.
  public var best: Best?

  /// Describes a table.
  public init(
    _ title: String = "", columns: [Column], rows: [[Cell]], best: Best? = nil,
    file: StaticString = #filePath, line: UInt = #line
  ) {
    if let wrong = rows.first(where: { $0.count != columns.count }) {
      figureError(
        "table “\(title)” has \(columns.count) columns and a row of \(wrong.count) cells",
        file: file, line: line)
    }
    if let best, !columns.contains(where: { $0.name == best.column }) {
      figureError(
        "table “\(title)” has no column “\(best.column)” to find the best row by",
        file: file, line: line)
    }
    self.title = title
    self.columns = columns
    self.rows = rows
    self.best = best
  }

  /// A column: its name, its alignment and the form of its numbers.
  public struct Column: Sendable, Equatable {
    /// The heading.
    public var name: String
    /// Whether the cells stand at the right edge, as numbers do.
    public var alignsRight: Bool
    /// The number of decimals; without it, as many as the column's numbers need, at most four.
    public var decimals: Int?

    /// A column of texts, at the left edge.
    public static func text(_ name: String) -> Column {
      Column(name: name, alignsRight: false, decimals: nil)
    }

    /// A column of numbers, at the right edge.
    public static func number(_ name: String, decimals: Int? = nil) -> Column {
      Column(name: name, alignsRight: true, decimals: decimals)
    }
  }

  /// Which row is the best.
  public struct Best: Sendable, Equatable {
    let column: String
    let isHighest: Bool

    /// The row with the highest number in a column.
    public static func highest(_ column: String) -> Best { Best(column: column, isHighest: true) }
    /// The row with the lowest number in a column.
    public static func lowest(_ column: String) -> Best { Best(column: column, isHighest: false) }
  }
}

extension Table {
  /// What stands in one place of a table; may be written as a literal.
  public struct Cell: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByFloatLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByStringInterpolation
  {
    var text: String?
    var value: Double?
    var spread: Double?

    /// A text.
    public static func text(_ text: String) -> Cell { Cell(text: text) }

    /// A number and, where it is known, its spread, written as `0.86 ±0.01`.
    public static func number(
      _ value: some FigureNumber, spread: (some FigureNumber)? = Double?.none
    ) -> Cell {
      Cell(value: value.figureValue, spread: spread?.figureValue)
    }

    /// The mean of several runs with their standard deviation.
    public static func mean(of runs: [some FigureNumber]) -> Cell {
      let (mean, deviation) = meanAndDeviation(runs)
      return Cell(value: mean, spread: runs.count > 1 ? deviation : nil)
    }

    /// Nothing.
    public static let empty = Cell(text: "")

    init(text: String) { self.text = text }

    init(value: Double, spread: Double?) {
      self.value = value
      self.spread = spread
    }

    /// A text.
    public init(stringLiteral value: String) { self.init(text: value) }
    /// A number.
    public init(floatLiteral value: Double) { self.init(value: value, spread: nil) }
    /// A number.
    public init(integerLiteral value: Int) { self.init(value: Double(value), spread: nil) }
  }
}
