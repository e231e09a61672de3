/// Computes `rows` × `columns` sums.
///
/// The rows of b hold whole vectors; those of c need not.
func sumTiles(
  rows: Int, columns: Int, _ terms: Terms, _ a: Pointer, _ b: Pointer, into c: TileTarget
) {
  let tiles = (rows &+ tileRows &- 1) / tileRows
  let isWindow =
    terms.length == 3 &* terms.rowStride && terms.step == 1 && c.first == nil
    && terms.lines.length == 0 && terms.repeats == 1
  var j = 0
  while j < columns {
    let width = min(tileColumns, columns &- j)
    let vectors = (width &+ laneCount &- 1) / laneCount
    if isWindow && width == laneCount {
      var target = c
      target.start += j
      sumWindows(rows: rows, terms, a, b + j, into: target)
      return
    }
    for t in 0..<tiles {
      let range = tileRange(t, of: rows)
      let lines = terms.lines.before(range.lowerBound)
      let from = a + (range.lowerBound &* terms.rowStride &+ lines &* terms.lines.skip)
      var target = c
      target.start += range.lowerBound &* c.rowStride &+ lines &* terms.lines.targetSkip &+ j
      target.firstRow = range.lowerBound &- lines &* terms.lines.length
      if let first = c.first { target.first = first + (range.lowerBound &* c.firstStride &+ j) }
      if width == vectors &* laneCount {
        sumTile(range.count, vectors, terms, from, b + j, into: target)
      } else {
        sumNarrowTile(range.count, width, terms, from, b + j, into: target)
      }
    }
    j &+= width
  }
}
