// The heart of the matrix product and of convolution: a tile of C that is summed in registers.

#if WideVectors
  /// Rows of the tile: 8 × 2 of the 32 registers hold sums.
  let tileRows = 8
#else
  /// Rows of the tile: 6 × 2 of the 16 registers hold sums; on ARM 6 × 2 pairs of the 32.
  let tileRows = 6
#endif

/// The columns of the widest tile: two vectors.
let tileColumns = 2 * laneCount

/// Where a tile's sums find their factors.
///
///     C[r, j] = first[r, j] + Σ a[r · rowStride + at] · b[term, j]
///
/// The sum runs over `stretches` of `length` terms each, and over `repeats` of all stretches. `at` moves
/// by `step` from one term to the next, by a further `skip` between stretches and by a further
/// `repeatSkip` between repeats; each term has a row of b of its own. A matrix product is one stretch; a
/// convolution has one for each row of its kernel, and its weights' gradient a repeat for each picture.
struct Terms {
  var repeats = 1
  var stretches = 1
  var length: Int
  var rowStride: Int
  var step: Int
  var skip = 0
  var repeatSkip = 0
  /// The distance of b's rows.
  var factorStride: Int
  /// A further distance between stretches.
  var factorSkip = 0
  /// Where the rows are pixels of several lines of a picture.
  var lines = Lines()
}

/// Rows of a tile that go on in another line: after every `length` rows, `skip` further on.
struct Lines {
  /// How many rows a line has; 0 where all are in one.
  var length = 0
  /// From the end of a line to the next, in the factors of the sums.
  var skip = 0
  /// The same in the result.
  var targetSkip = 0

  /// How many lines lie before a row.
  @inline(__always)
  func before(_ row: Int) -> Int { length == 0 ? 0 : row / length }
}

/// Where a tile's result goes, and what its sums begin with.
struct TileTarget {
  var start: Pointer
  var rowStride: Int
  /// How far into a line of rows the first one stands.
  var firstRow = 0
  /// What the sums begin with, a row of it `firstStride` after another; nil for zeros.
  var first: Pointer?
  var firstStride = 0
}

/// Sums one tile of 1...tileRows rows and 1 or 2 vectors of columns.
///
/// Each size is a loop of its own, unrolled; an even split of the rows needs no other sizes.
func sumTile(
  _ rows: Int, _ vectors: Int, _ terms: Terms, _ a: Pointer, _ b: Pointer, into c: TileTarget
) {
  switch rows {
  case 1: sumTile(InlineArray<1, Pointer>(repeating: a), vectors, terms, b, c)
  case 2: sumTile(InlineArray<2, Pointer>(repeating: a), vectors, terms, b, c)
  case 3: sumTile(InlineArray<3, Pointer>(repeating: a), vectors, terms, b, c)
  case 4: sumTile(InlineArray<4, Pointer>(repeating: a), vectors, terms, b, c)
  case 5: sumTile(InlineArray<5, Pointer>(repeating: a), vectors, terms, b, c)
  case 6: sumTile(InlineArray<6, Pointer>(repeating: a), vectors, terms, b, c)
  #if WideVectors
    case 7: sumTile(InlineArray<7, Pointer>(repeating: a), vectors, terms, b, c)
    case 8: sumTile(InlineArray<8, Pointer>(repeating: a), vectors, terms, b, c)
  #endif
  default: fatalError("a tile has 1...\(tileRows) rows, not \(rows)")
  }
}

@inline(__always)
private func sumTile<let rows: Int>(
  _ a: InlineArray<rows, Pointer>, _ vectors: Int, _ terms: Terms, _ b: Pointer, _ c: TileTarget
) {
  if vectors == 2 {
    sumTile(a, zeros() as InlineArray<rows, InlineArray<2, Lanes>>, terms, b, c)
  } else {
    sumTile(a, zeros() as InlineArray<rows, InlineArray<1, Lanes>>, terms, b, c)
  }
}

@inline(__always)
private func zeros<let rows: Int, let vectors: Int>()
  -> InlineArray<rows, InlineArray<vectors, Lanes>>
{ .init(repeating: .init(repeating: .zero)) }

@inline(__always)
private func sumTile<let rows: Int, let vectors: Int>(
  _ a: InlineArray<rows, Pointer>, _ zeros: InlineArray<rows, InlineArray<vectors, Lanes>>,
  _ terms: Terms, _ b: Pointer, _ c: TileTarget
) {
  var sums = zeros
  if let first = c.first {
    for r in 0..<rows {
      for q in 0..<vectors { sums[r][q] = load(first + (r &* c.firstStride &+ q &* laneCount)) }
    }
  }
  var a = a  // a pointer for each row, so that no address waits for another
  for r in 0..<rows {
    a[r] += r &* terms.rowStride &+ terms.lines.before(c.firstRow &+ r) &* terms.lines.skip
  }
  var at = 0
  var b = b
  for _ in 0..<terms.repeats {
    for _ in 0..<terms.stretches {
      for _ in 0..<terms.length {
        for r in 0..<rows {
          let factor = a[r][at]
          for q in 0..<vectors { sums[r][q].addProduct(factor, load(b + q &* laneCount)) }
        }
        at &+= terms.step
        b += terms.factorStride
      }
      at &+= terms.skip
      b += terms.factorSkip
    }
    at &+= terms.repeatSkip
  }
  for r in 0..<rows {
    let row = r &* c.rowStride &+ terms.lines.before(c.firstRow &+ r) &* terms.lines.targetSkip
    for q in 0..<vectors { store(sums[r][q], c.start + (row &+ q &* laneCount)) }
  }
}

/// Sums a tile whose columns are not whole vectors, through a whole tile of its own.
///
/// The rows of b hold whole vectors all the same.
func sumNarrowTile(
  _ rows: Int, _ columns: Int, _ terms: Terms, _ a: Pointer, _ b: Pointer, into c: TileTarget
) {
  let vectors = (columns &+ laneCount &- 1) / laneCount
  withUnsafeTemporaryAllocation(of: Float.self, capacity: tileRows * tileColumns) { tile in
    let tile = tile.baseAddress!
    let width = vectors &* laneCount
    var whole = TileTarget(
      start: tile, rowStride: width, firstRow: c.firstRow, first: nil, firstStride: width)
    var dense = terms
    dense.lines.targetSkip = 0
    if let first = c.first {
      whole.first = tile
      for r in 0..<rows {
        for j in 0..<columns { tile[r &* width &+ j] = first[r &* c.firstStride &+ j] }
      }
    }
    sumTile(rows, vectors, dense, a, b, into: whole)
    for r in 0..<rows {
      let row = r &* c.rowStride &+ terms.lines.before(c.firstRow &+ r) &* terms.lines.targetSkip
      for j in 0..<columns { c.start[row &+ j] = tile[r &* width &+ j] }
    }
  }
}
