/// Computes `rows` × `columns` sums.
///
/// The rows of b hold whole vectors; those of c need not.
func sumTiles(
  rows: Int, columns: Int, _ terms: Terms, _ a: Pointer, _ b: Pointer, into c: TileTarget
) {
  let tiles = (rows &+ tileRows &- 1) / tileRows
  var j = 0
  while j < columns {
    let width = min(tileColumns, columns &- j)
    let vectors = (width &+ laneCount &- 1) / laneCount
    for t in 0..<tiles {
      let range = tileRange(t, of: rows)
      let from = a + range.lowerBound &* terms.rowStride
      var target = c
      target.start += range.lowerBound &* c.rowStride &+ j
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
