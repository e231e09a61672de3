/// Where a sum over stretches of numbers finds its factors.
///
///     C[r, j] = Σ over stretches, over i in 0..<length:  a[r · rowStride + at] · b[term, j]
///
/// `at` moves by `step` from one term to the next and by a further `skip` between stretches; row
/// `term` of b is the next one at every term.
struct Stretches {
  var count: Int
  var length: Int
  var rowStride: Int
  var step: Int
  var skip: Int
  /// The distance of b's rows.
  var factorStride: Int
  /// The distance of C's rows.
  var outputStride: Int
  /// Whether C is added to.
  var accumulates: Bool
}

/// Computes `rows` × `columns` numbers of C.
///
/// The rows of b hold whole vectors; C need not.
func sumStretches(
  _ s: Stretches, rows: Int, columns: Int, _ a: Pointer, _ b: Pointer, _ c: Pointer
) {
  let tiles = (rows &+ tileRows &- 1) / tileRows
  var j = 0
  while j < columns {
    let vectors = j &+ panelColumns <= columns ? 2 : 1
    for t in 0..<tiles {
      let range = tileRange(t, of: rows)
      let from = a + range.lowerBound &* s.rowStride
      let to = c + range.lowerBound &* s.outputStride + j
      if j &+ laneCount <= columns {
        stretchTile(s, range.count, vectors, from, b + j, to)
      } else {
        narrowStretchTile(s, range.count, columns &- j, from, b + j, to)
      }
    }
    j &+= vectors &* laneCount
  }
}

/// A tile of less than a vector of columns, through a whole one of its own.
private func narrowStretchTile(
  _ s: Stretches, _ rows: Int, _ columns: Int, _ a: Pointer, _ b: Pointer, _ c: Pointer
) {
  withUnsafeTemporaryAllocation(of: Float.self, capacity: tileRows * laneCount) { edge in
    let edge = edge.baseAddress!
    var whole = s
    whole.outputStride = laneCount
    if s.accumulates {
      for r in 0..<rows {
        store(load(c + r &* s.outputStride, columns), edge + r &* laneCount)
      }
    }
    stretchTile(whole, rows, 1, a, b, edge)
    for r in 0..<rows {
      store(load(edge + r &* laneCount), c + r &* s.outputStride, columns)
    }
  }
}

/// A tile of 1...tileRows rows and one or two vectors; each is a loop of its own, unrolled.
private func stretchTile(
  _ s: Stretches, _ rows: Int, _ vectors: Int, _ a: Pointer, _ b: Pointer, _ c: Pointer
) {
  switch rows {
  case 1: stretchTile(InlineArray<1, Pointer>(repeating: a), vectors, s, b, c)
  case 2: stretchTile(InlineArray<2, Pointer>(repeating: a), vectors, s, b, c)
  case 3: stretchTile(InlineArray<3, Pointer>(repeating: a), vectors, s, b, c)
  case 4: stretchTile(InlineArray<4, Pointer>(repeating: a), vectors, s, b, c)
  case 5: stretchTile(InlineArray<5, Pointer>(repeating: a), vectors, s, b, c)
  case 6: stretchTile(InlineArray<6, Pointer>(repeating: a), vectors, s, b, c)
  #if WideVectors
    case 7: stretchTile(InlineArray<7, Pointer>(repeating: a), vectors, s, b, c)
    case 8: stretchTile(InlineArray<8, Pointer>(repeating: a), vectors, s, b, c)
  #endif
  default: fatalError("a tile has 1...\(tileRows) rows, not \(rows)")
  }
}

@inline(__always)
private func stretchTile<let rows: Int>(
  _ a: InlineArray<rows, Pointer>, _ vectors: Int, _ s: Stretches, _ b: Pointer, _ c: Pointer
) {
  if vectors == 2 {
    sumTile(a, zeros() as InlineArray<rows, InlineArray<2, Lanes>>, s, b, c)
  } else {
    sumTile(a, zeros() as InlineArray<rows, InlineArray<1, Lanes>>, s, b, c)
  }
}

@inline(__always)
private func zeros<let rows: Int, let vectors: Int>()
  -> InlineArray<rows, InlineArray<vectors, Lanes>>
{ .init(repeating: .init(repeating: .zero)) }

@inline(__always)
private func sumTile<let rows: Int, let vectors: Int>(
  _ a: InlineArray<rows, Pointer>, _ zeros: InlineArray<rows, InlineArray<vectors, Lanes>>,
  _ s: Stretches, _ b: Pointer, _ c: Pointer
) {
  var sums = zeros
  if s.accumulates {
    for r in 0..<rows {
      for q in 0..<vectors { sums[r][q] = load(c + (r &* s.outputStride &+ q &* laneCount)) }
    }
  }
  var a = a  // a pointer for each row, so that no address waits for another
  for r in 0..<rows { a[r] += r &* s.rowStride }
  var at = 0
  var b = b
  for _ in 0..<s.count {
    for _ in 0..<s.length {
      for r in 0..<rows {
        let factor = a[r][at]
        for q in 0..<vectors { sums[r][q].addProduct(factor, load(b + q &* laneCount)) }
      }
      at &+= s.step
      b += s.factorStride
    }
    at &+= s.skip
  }
  for r in 0..<rows {
    for q in 0..<vectors { store(sums[r][q], c + (r &* s.outputStride &+ q &* laneCount)) }
  }
}

// MARK: Pictures

/// Shares pictures out over the cores, each part with `scratch` floats of its own to work in.
func parallelPictures(_ batch: Int, scratch: Int, _ body: (Range<Int>, Pointer) -> Void) {
  parallelRanges(batch, grain: 1) { pictures in
    let own = Scratch(scratch)
    defer { own.free() }
    body(pictures, own.start)
  }
}

/// Copies a picture of h × w pixels of c channels into the middle of zeros.
func pad(
  _ x: Pointer, _ h: Int, _ w: Int, _ c: Int, _ padding: Padding, into padded: Pointer
) {
  let row = (w + padding.left + padding.right) * c
  padded.update(repeating: 0, count: padding.top * row)
  for i in 0..<h {
    let to = padded + (i + padding.top) * row
    to.update(repeating: 0, count: padding.left * c)
    (to + padding.left * c).update(from: x + i * w * c, count: w * c)
    (to + (padding.left + w) * c).update(repeating: 0, count: padding.right * c)
  }
  (padded + (padding.top + h) * row).update(repeating: 0, count: padding.bottom * row)
}
