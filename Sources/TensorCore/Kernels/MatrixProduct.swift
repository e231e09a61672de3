// C = start + A B.
//
// A product is cut as in Goto and van de Geijn, "Anatomy of high-performance matrix multiplication"
// (ACM TOMS 34, 2008): a panel of B is packed so that it lies densely in the nearest cache, and one
// register tile after another sweeps over it. A is read where it lies, whatever its strides, or
// gathered first where its strides are far.

/// What a product is added to.
enum Start {
  /// Nothing: C is overwritten.
  case zero
  /// What stands in C.
  case existing
  /// A number for each column of C.
  case bias(Pointer)
}

/// How many terms of the sum one pass over C adds.
private let depth = 128

/// C = start + A B, shared over the cores.
///
/// `c` is dense in its rows (`columnStride` 1), the others may have any strides; `c` overlaps
/// neither.
func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, from start: Start = .zero) {
  if c.rows == 1 || c.columns == 1 { return multiplyVector(a, b, into: c, from: start) }
  if a.rows * a.columns * b.columns < 100_000 {
    return multiplySerial(a, b, into: c, from: start)
  }
  #if OpenBLAS
    if multiplyByOpenBLAS(a, b, into: c, from: start) { return }
  #endif
  // A transposed means a gradient of weights: the sum runs over the batch. It is split, so that
  // each core works on the rows of the batch that it worked on before.
  if a.columnStride != 1 && b.rows > 256 {
    multiplySplittingSum(a, b, into: c, from: start)
  } else {
    let tiles = (c.rows + tileRows - 1) / tileRows
    parallelRuns(tiles) { run in
      let rows = run.lowerBound * tileRows..<min(run.upperBound * tileRows, c.rows)
      multiplyTiles(a.rows(rows), b, into: c.rows(rows), from: start)
    }
  }
}

/// C = start + A B without sharing tiles over the cores, with the same bits as `multiply` on small
/// matrices.
func multiplySerial(_ a: Matrix, _ b: Matrix, into c: Matrix, from start: Start = .zero) {
  if c.rows == 1 || c.columns == 1 {
    multiplyVector(a, b, into: c, from: start)
  } else {
    multiplyTiles(a, b, into: c, from: start)
  }
}

/// Halves of the sum, computed apart and then added.
private func multiplySplittingSum(_ a: Matrix, _ b: Matrix, into c: Matrix, from start: Start) {
  let count = c.rows * c.columns
  let scratch = Scratch(count)
  defer { scratch.free() }
  let second = scratch.start
  let half = b.rows / 2
  let groups = max(1, min(Parallel.threads / 2, c.rows / tileRows))
  parallel(2 * groups) { part in
    let group = part % groups
    let rows = group * c.rows / groups..<(group + 1) * c.rows / groups
    if part < groups {
      multiplyTiles(
        a.columns(0..<half).rows(rows), b.rows(0..<half), into: c.rows(rows), from: start)
    } else {
      multiplyTiles(
        a.columns(half..<b.rows).rows(rows), b.rows(half..<b.rows),
        into: Matrix(second, c.rows, c.columns).rows(rows), from: .zero)
    }
  }
  parallelRanges(c.rows, grain: max(1, 8192 / c.columns)) { rows in
    for i in rows {
      let row = c.start + i &* c.rowStride
      map(c.columns, row, second + i &* c.columns, to: row) { $0 + $1 }
    }
  }
}

/// C = start + A B by tiles, on this thread.
///
/// An element's bits depend on neither the number of rows nor their grouping, so that the rows may
/// be shared out freely.
private func multiplyTiles(_ a: Matrix, _ b: Matrix, into c: Matrix, from start: Start) {
  if c.rows == 0 || c.columns == 0 { return }
  if b.rows == 0 { return fill(c, from: start) }
  let tiles = (c.rows + tileRows - 1) / tileRows
  // Columns that lie apart are gathered first where they are read more than once, and rows that
  // lie far apart where they are read often: near each other they meet fewer conflicts in the cache.
  let gathers =
    a.columnStride != 1
    ? c.columns > tileColumns : a.rowStride >= 512 && c.columns > 4 * tileColumns
  let block = min(b.rows, depth)
  let panel = Scratch(block * tileColumns)
  let gathered = Scratch(gathers ? tiles * tileRows * block + laneCount : 0)
  defer {
    panel.free()
    gathered.free()
  }
  for k in stride(from: 0, to: b.rows, by: block) {
    let terms = k..<min(k + block, b.rows)
    if gathers { gather(a.columns(terms), into: gathered.start) }
    for j in stride(from: 0, to: c.columns, by: tileColumns) {
      let columns = j..<min(j + tileColumns, c.columns)
      let vectors = (columns.count + laneCount - 1) / laneCount
      pack(b.rows(terms).columns(columns), vectors, into: panel.start)
      for t in 0..<tiles {
        let rows = tileRange(t, of: c.rows)
        let tileA =
          gathers
          ? gatheredTile(t, rows, terms.count, of: a, gathered.start) : a.rows(rows).columns(terms)
        var target = TileTarget(
          start: c.start + rows.lowerBound &* c.rowStride + j, rowStride: c.rowStride, first: nil,
          firstStride: c.rowStride)
        switch start {
        case _ where k > 0, .existing: target.first = target.start
        case .zero: break
        case .bias(let bias): (target.first, target.firstStride) = (bias + j, 0)
        }
        let sum = Terms(
          length: terms.count, rowStride: tileA.rowStride, step: tileA.columnStride,
          factorStride: vectors &* laneCount)
        if columns.count == vectors &* laneCount {
          sumTile(rows.count, vectors, sum, tileA.start, panel.start, into: target)
        } else {
          sumNarrowTile(rows.count, columns.count, sum, tileA.start, panel.start, into: target)
        }
      }
    }
  }
}

/// The rows of tile t: the rows are shared evenly, so that no tile is left with one or two.
@inline(__always)
func tileRange(_ t: Int, of rows: Int) -> Range<Int> {
  let tiles = (rows &+ tileRows &- 1) / tileRows
  return t &* rows / tiles..<(t &+ 1) &* rows / tiles
}

/// What is left of a product whose sum is empty.
private func fill(_ c: Matrix, from start: Start) {
  for i in 0..<c.rows {
    for j in 0..<c.columns {
      switch start {
      case .zero: c.start[i * c.rowStride + j] = 0
      case .existing: break
      case .bias(let bias): c.start[i * c.rowStride + j] = bias[j]
      }
    }
  }
}

// MARK: Packing

/// Copies columns of B row by row into a dense panel of one or two vectors, padded with zeros.
private func pack(_ b: Matrix, _ vectors: Int, into panel: Pointer) {
  let n = b.columns
  let width = vectors &* laneCount
  if b.columnStride == 1 && n == tileColumns {
    for k in 0..<b.rows {
      let from = b.start + k &* b.rowStride
      let to = panel + k &* tileColumns
      store(load(from), to)
      store(load(from + laneCount), to + laneCount)
    }
    return
  }
  if n < width { panel.update(repeating: 0, count: b.rows * width) }
  if b.columnStride == 1 {
    for k in 0..<b.rows {
      for j in 0..<n { panel[k &* width &+ j] = b.start[k &* b.rowStride &+ j] }
    }
  } else {
    for j in 0..<n {
      let column = b.start + j &* b.columnStride
      for k in 0..<b.rows { panel[k &* width &+ j] = column[k &* b.rowStride] }
    }
  }
}

/// Copies A: row by row if its rows are dense, otherwise tile by tile, so that the columns of a tile
/// follow each other.
private func gather(_ a: Matrix, into gathered: Pointer) {
  if a.columnStride == 1 {
    for r in 0..<a.rows {
      map(a.columns, a.start + r &* a.rowStride, to: gathered + r &* a.columns) { $0 }
    }
    return
  }
  for t in 0..<(a.rows + tileRows - 1) / tileRows {
    let rows = tileRange(t, of: a.rows)
    let to = gathered + t &* a.columns &* tileRows
    // Eight numbers at once may run over the column's end: into what is written next.
    let wide = a.rowStride == 1 && rows.lowerBound &+ 8 <= a.rows
    for k in 0..<a.columns {
      let from = a.start + k &* a.columnStride + rows.lowerBound &* a.rowStride
      if wide {
        let eight = UnsafeRawPointer(from).loadUnaligned(as: SIMD8<Float>.self)
        UnsafeMutableRawPointer(to + k &* tileRows).storeBytes(of: eight, as: SIMD8<Float>.self)
      } else {
        for r in 0..<rows.count { to[k &* tileRows &+ r] = from[r &* a.rowStride] }
      }
    }
  }
}

/// Tile t of A as `gather` left it.
@inline(__always)
private func gatheredTile(
  _ t: Int, _ rows: Range<Int>, _ terms: Int, of a: Matrix, _ gathered: Pointer
) -> Matrix {
  a.columnStride == 1
    ? Matrix(gathered + rows.lowerBound &* terms, rows.count, terms)
    : Matrix(
      gathered + t &* terms &* tileRows, rows.count, terms, rowStride: 1, columnStride: tileRows)
}

// MARK: Rows shared between threads

/// Splits 0..<n in one run for each thread.
///
/// Only for work whose results do not depend on the split.
func parallelRuns(_ n: Int, _ body: (Range<Int>) -> Void) {
  let runs = min(Parallel.threads, n)
  parallel(runs) { body($0 * n / runs..<($0 + 1) * n / runs) }
}
