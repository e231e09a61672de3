/// A picture with zeros around it.
///
/// One serves many pictures: its zeros stay. Without padding nothing is copied.
struct PaddedPicture {
  /// The first number of the padded picture.
  private(set) var start: Pointer
  /// The numbers of a padded row.
  let rowCount: Int
  private let height: Int
  private let sourceRowCount: Int
  private let before: Int
  private let top: Int
  private let isCopied: Bool

  /// How much memory a picture of these sizes needs.
  static func scratchCount(_ h: Int, _ w: Int, _ c: Int, _ padding: Padding) -> Int {
    padding == .all(0)
      ? 0 : (h + padding.top + padding.bottom) * (w + padding.left + padding.right) * c
  }

  /// Pictures of h × w pixels of c channels, in memory of `scratchCount` numbers.
  init(_ h: Int, _ w: Int, _ c: Int, _ padding: Padding, in scratch: Pointer) {
    start = scratch
    height = h
    sourceRowCount = w * c
    rowCount = (w + padding.left + padding.right) * c
    before = padding.left * c
    top = padding.top
    isCopied = padding != .all(0)
    scratch.update(repeating: 0, count: PaddedPicture.scratchCount(h, w, c, padding))
  }

  /// Takes in a picture of height · width · channels numbers.
  mutating func load(_ picture: Pointer) {
    if !isCopied {
      start = picture
      return
    }
    for row in 0..<height {
      (start + ((row &+ top) &* rowCount &+ before)).update(
        from: picture + row &* sourceRowCount, count: sourceRowCount)
    }
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
