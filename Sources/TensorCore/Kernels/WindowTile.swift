// A tile for kernels three pixels wide that move by one pixel, and a single vector of filters.
//
// The tile of the matrix product then reads a number for every product, and the processor can read no
// more than that. But neighbouring windows share two of their three pixels:
//
//     pixels    p0  p1  p2  p3  p4 …
//     window 0  [---------]                 y0 += p0 w0 + p1 w1 + p2 w2
//     window 1      [---------]             y1 += p1 w0 + p2 w1 + p3 w2
//
// so a number that is read once serves three products.

/// The rows of the tallest window tile.
private let windowRows = 10

/// Computes `rows` sums of one vector; each stretch is a window of three pixels of `rowStride` numbers.
func sumWindows(rows: Int, _ terms: Terms, _ a: Pointer, _ b: Pointer, into c: TileTarget) {
  let tiles = (rows &+ windowRows &- 1) / windowRows
  for t in 0..<tiles {
    let first = t &* rows / tiles
    let from = a + first &* terms.rowStride
    let to = c.start + first &* c.rowStride
    switch (t &+ 1) &* rows / tiles &- first {
    case 1: sumWindowTile(zeros() as InlineArray<1, Lanes>, terms, from, b, to, c.rowStride)
    case 2: sumWindowTile(zeros() as InlineArray<2, Lanes>, terms, from, b, to, c.rowStride)
    case 3: sumWindowTile(zeros() as InlineArray<3, Lanes>, terms, from, b, to, c.rowStride)
    case 4: sumWindowTile(zeros() as InlineArray<4, Lanes>, terms, from, b, to, c.rowStride)
    case 5: sumWindowTile(zeros() as InlineArray<5, Lanes>, terms, from, b, to, c.rowStride)
    case 6: sumWindowTile(zeros() as InlineArray<6, Lanes>, terms, from, b, to, c.rowStride)
    case 7: sumWindowTile(zeros() as InlineArray<7, Lanes>, terms, from, b, to, c.rowStride)
    case 8: sumWindowTile(zeros() as InlineArray<8, Lanes>, terms, from, b, to, c.rowStride)
    case 9: sumWindowTile(zeros() as InlineArray<9, Lanes>, terms, from, b, to, c.rowStride)
    default: sumWindowTile(zeros() as InlineArray<10, Lanes>, terms, from, b, to, c.rowStride)
    }
  }
}

@inline(__always)
private func zeros<let rows: Int>() -> InlineArray<rows, Lanes> { .init(repeating: .zero) }

@inline(__always)
private func sumWindowTile<let rows: Int>(
  _ zeros: InlineArray<rows, Lanes>, _ terms: Terms, _ a: Pointer, _ b: Pointer, _ c: Pointer,
  _ cStride: Int
) {
  var sums = zeros
  let pixel = terms.rowStride
  let tap = pixel &* terms.factorStride  // from a pixel's factors to the next pixel's
  var a = a
  var b = b
  for _ in 0..<terms.stretches {
    for _ in 0..<pixel {
      let (w0, w1, w2) = (load(b), load(b + tap), load(b + 2 &* tap))
      var (p0, p1) = (a[0], a[pixel])
      for r in 0..<rows {
        let p2 = a[(r &+ 2) &* pixel]
        sums[r].addProduct(p0, w0)
        sums[r].addProduct(p1, w1)
        sums[r].addProduct(p2, w2)
        (p0, p1) = (p1, p2)
      }
      a += 1
      b += terms.factorStride
    }
    a += 2 &* pixel &+ terms.skip
    b += 2 &* tap
  }
  for r in 0..<rows { store(sums[r], c + r &* cStride) }
}
