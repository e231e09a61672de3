/// A matrix as coloured cells: attention weights, similarities, a confusion matrix.
///
/// Values of one sign run from pale to strong; values of both signs run from one colour over white to
/// another, with zero in the middle.
///
/// ```swift
/// Heatmap("Attention", values: weights, rowLabels: words, columnLabels: words)
/// ```
public struct Heatmap: Showable {
  /// The title.
  public var title: String
  /// The matrix, `values[row][column]`; a value that is not a number leaves its cell empty.
  public var values: [[Double]]
  /// A label for each row, or none.
  public var rowLabels: [String]
  /// A label for each column, or none.
  public var columnLabels: [String]
  /// What the rows are, for instance `true class`; empty for nothing.
  public var rowsAre: String
  /// What the columns are, for instance `predicted class`; empty for nothing.
  public var columnsAre: String
  /// The range of values that the colours span; without it, the data's.
  public var range: ClosedRange<Double>?
  /// Whether the numbers stand in the cells; without it, where they fit.
  public var showsValues: Bool?

  /// Describes a matrix `[rows][columns]`.
  public init(
    _ title: String, values: [[some FigureNumber]], rowLabels: [String] = [],
    columnLabels: [String] = [], rowsAre: String = "", columnsAre: String = "",
    range: ClosedRange<Double>? = nil, showsValues: Bool? = nil,
    file: StaticString = #filePath, line: UInt = #line
  ) {
    let width = values.first?.count ?? 0
    if let wrong = values.first(where: { $0.count != width }) {
      figureError(
        "“\(title)” has rows of \(width) and of \(wrong.count) values", file: file, line: line)
    }
    if !(rowLabels.isEmpty || rowLabels.count == values.count)
      || !(columnLabels.isEmpty || columnLabels.count == width)
    {
      figureError(
        "“\(title)” is [\(values.count), \(width)] and has \(rowLabels.count) row labels and "
          + "\(columnLabels.count) column labels", file: file, line: line)
    }
    self.title = title
    self.values = values.map { $0.map(\.figureValue) }
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.rowsAre = rowsAre
    self.columnsAre = columnsAre
    self.range = range
    self.showsValues = showsValues
  }
}
