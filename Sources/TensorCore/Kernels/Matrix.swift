/// A view of numbers as a matrix: element (i, j) is at `start[i * rowStride + j * columnStride]`.
///
/// The strides make a transposed matrix, one attention head or a column block a view like any other.
/// The view does not keep its numbers alive: `withExtendedLifetime` around temporaries.
struct Matrix {
  var start: Pointer
  var rows: Int
  var columns: Int
  var rowStride: Int
  var columnStride: Int

  /// A view of `rows` × `columns` numbers, dense and row by row unless strides are given.
  init(_ start: Pointer, _ rows: Int, _ columns: Int, rowStride: Int? = nil, columnStride: Int = 1)
  {
    self.start = start
    self.rows = rows
    self.columns = columns
    self.rowStride = rowStride ?? columns
    self.columnStride = columnStride
  }

  var transposed: Matrix {
    Matrix(start, columns, rows, rowStride: columnStride, columnStride: rowStride)
  }

  func rows(_ range: Range<Int>) -> Matrix {
    Matrix(
      start + range.lowerBound &* rowStride, range.count, columns,
      rowStride: rowStride, columnStride: columnStride)
  }

  func columns(_ range: Range<Int>) -> Matrix {
    Matrix(
      start + range.lowerBound &* columnStride, rows, range.count,
      rowStride: rowStride, columnStride: columnStride)
  }
}
