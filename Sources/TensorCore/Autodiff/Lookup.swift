/// Rows of a table: the vectors that stand for tokens, places or languages.
///
/// The gradient of a row is the sum over all its uses.
///
/// - Parameters:
///   - table: `[entries, width]`.
///   - indices: which rows, each from 0 ..< entries.
///   - file: the caller's file, for the message about a wrong index.
///   - line: the caller's line.
/// - Returns: `[indices.count, width]`; `reshaped([batch, time, width])` costs nothing.
public func embedding(
  _ table: Variable, _ indices: [Int], file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  if table.shape.count != 2 {
    stop("embedding", "table \(table.shape) is not [entries, width]", file: file, line: line)
  }
  let shape = table.shape
  let (entries, width) = (shape[0], shape[1])
  if let place = indices.firstIndex(where: { !(0..<entries ~= $0) }) {
    stop(
      "embedding",
      "index \(indices[place]) at place \(place) is outside the table's \(entries) entries",
      file: file, line: line)
  }
  let rows = table.value
  let y = Tensor(uninitialized: [indices.count, width])
  let (from, to) = (rows.start, y.start)
  parallelRanges(indices.count, grain: max(1, (1 << 15) / max(width, 1))) { range in
    for i in range { (to + i &* width).update(from: from + indices[i] &* width, count: width) }
  }
  return withExtendedLifetime(rows) {
    Variable(y, from: [table]) { g in
      let dTable = Tensor(shape, fill: 0)
      let (from, to) = (g.start, dTable.start)
      // Two uses of a row must not meet: each thread takes some columns of all rows.
      let grain = max(laneCount, (1 << 15) / max(indices.count, 1))
      parallelRanges(width, grain: grain, step: laneCount) { columns in
        let first = columns.lowerBound
        for (i, index) in indices.enumerated() {
          let sums = to + index &* width + first
          map(columns.count, from + i &* width + first, sums, to: sums) { $0 + $1 }
        }
      }
      return withExtendedLifetime(g) { [dTable] }
    }
  }
}
