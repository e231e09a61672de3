// The matrix product's heart: a tile of C that is summed in registers.

#if WideVectors
  /// Rows of the tile: 8 × 2 of the 32 registers hold sums.
  let tileRows = 8
#else
  /// Rows of the tile: 6 × 2 of the 16 registers hold sums.
  let tileRows = 6
#endif

/// C = initial + A B for one tile of at most `tileRows` rows and two vectors of columns.
///
/// `b` is a dense panel, a row of it two vectors. Each count of rows is a loop of its own, unrolled.
func tile(
  _ a: Matrix, _ b: Pointer, _ c: Pointer, _ cStride: Int,
  from initial: Pointer?, _ initialStride: Int
) {
  switch a.rows {
  case 1: sumTile(zeros() as InlineArray<1, Lanes>, a, b, c, cStride, initial, initialStride)
  case 2: sumTile(zeros() as InlineArray<2, Lanes>, a, b, c, cStride, initial, initialStride)
  case 3: sumTile(zeros() as InlineArray<3, Lanes>, a, b, c, cStride, initial, initialStride)
  case 4: sumTile(zeros() as InlineArray<4, Lanes>, a, b, c, cStride, initial, initialStride)
  case 5: sumTile(zeros() as InlineArray<5, Lanes>, a, b, c, cStride, initial, initialStride)
  case 6: sumTile(zeros() as InlineArray<6, Lanes>, a, b, c, cStride, initial, initialStride)
  #if WideVectors
    case 7: sumTile(zeros() as InlineArray<7, Lanes>, a, b, c, cStride, initial, initialStride)
    case 8: sumTile(zeros() as InlineArray<8, Lanes>, a, b, c, cStride, initial, initialStride)
  #endif
  default: fatalError("a tile has 1...\(tileRows) rows, not \(a.rows)")
  }
}

@inline(__always)
private func zeros<let rows: Int>() -> InlineArray<rows, Lanes> { .init(repeating: .zero) }

@inline(__always)
private func sumTile<let rows: Int>(
  _ zeros: InlineArray<rows, Lanes>, _ a: Matrix, _ b: Pointer, _ c: Pointer, _ cStride: Int,
  _ initial: Pointer?, _ initialStride: Int
) {
  var left = zeros
  var right = zeros
  if let initial {
    for r in 0..<rows {
      left[r] = load(initial + r &* initialStride)
      right[r] = load(initial + r &* initialStride + laneCount)
    }
  }
  let rowStride = a.rowStride
  let columnStride = a.columnStride
  var a = (start: a.start, terms: a.columns)
  var b = b
  while a.terms > 0 {
    let b0 = load(b)
    let b1 = load(b + laneCount)
    for r in 0..<rows {
      let factor = a.start[r &* rowStride]
      left[r].addProduct(factor, b0)
      right[r].addProduct(factor, b1)
    }
    a.start += columnStride
    a.terms &-= 1
    b += panelColumns
  }
  for r in 0..<rows {
    store(left[r], c + r &* cStride)
    store(right[r], c + r &* cStride + laneCount)
  }
}
