// Loops over tensors whose last axis is channels, each with a number of its own for scale or shift.
//
// Whole vectors fill a stretch of neighbouring pixels, whatever the number of channels:
//
//     3 channels   | r g b r g b r g b r g b r g b r g b … |   16 pixels, 48 numbers, 3 vectors
//     their scale  | s t u s t u s t u s t u s t u s t u … |   repeated as often

/// A tensor `[…, channels]` cut into stretches of equal length; the last may be shorter.
struct ChannelStretches {
  let channels: Int
  /// The numbers of a stretch: a multiple of the channels and of the vectors' lanes.
  let width: Int
  /// The numbers in all.
  let count: Int

  init(_ shape: [Int]) {
    channels = max(shape.last ?? 1, 1)
    count = Shape.count(shape)
    var (a, b) = (channels, laneCount)
    while b != 0 { (a, b) = (b, a % b) }  // the greatest common divisor, in a
    let shortest = channels / a * laneCount
    width = shortest * ((63 + shortest) / shortest)
  }

  /// The number of values of each channel.
  var pixels: Int { count / channels }
  var stretches: Int { (count + width - 1) / width }

  /// Runs body(offset, length) for each of some stretches.
  @inline(__always)
  func each(_ range: Range<Int>, _ body: (Int, Int) -> Void) {
    for stretch in range {
      let at = stretch &* width
      body(at, min(width, count &- at))
    }
  }

  /// Runs body(offset, length) for all stretches, on several threads.
  @inline(__always)
  func each(_ body: (Int, Int) -> Void) {
    parallelRanges(stretches, grain: max(1, (1 << 14) / width)) { each($0, body) }
  }

  /// One number for each channel, repeated for a stretch.
  func repeated(_ numbers: (Int) -> Float) -> Tensor {
    let wide = Tensor(uninitialized: [width])
    for i in 0..<width { wide.start[i] = numbers(i % channels) }
    return wide
  }

  /// Adds the sums of a stretch's places up to one for each channel.
  func folded(_ wide: Pointer) -> [Double] {
    var sums = [Double](repeating: 0, count: channels)
    for i in 0..<width { sums[i % channels] += Double(wide[i]) }
    return sums
  }
}

/// Adds x − origin to `sums` and its square to `squares`.
@inline(__always)
func addMoments(
  _ n: Int, _ x: Pointer, _ origin: Pointer, _ sums: Pointer, _ squares: Pointer
) {
  var j = 0
  while j &+ laneCount <= n {
    let d = load(x + j) - load(origin + j)
    store(load(sums + j) + d, sums + j)
    store(load(squares + j).addingProduct(d, d), squares + j)
    j &+= laneCount
  }
  while j < n {
    let d = x[j] - origin[j]
    sums[j] += d
    squares[j].addProduct(d, d)
    j &+= 1
  }
}

/// Adds d to `sums` and d · (x − origin) to `products`.
@inline(__always)
func addProducts(
  _ n: Int, _ d: Pointer, _ x: Pointer, _ origin: Pointer, _ sums: Pointer, _ products: Pointer
) {
  var j = 0
  while j &+ laneCount <= n {
    let v = load(d + j)
    store(load(sums + j) + v, sums + j)
    store(load(products + j).addingProduct(v, load(x + j) - load(origin + j)), products + j)
    j &+= laneCount
  }
  while j < n {
    sums[j] += d[j]
    products[j].addProduct(d[j], x[j] - origin[j])
    j &+= 1
  }
}

/// y = d · scale + x · slope + shift; `y` may be `d`.
@inline(__always)
func combine(
  _ n: Int, _ d: Pointer, _ scale: Pointer, _ x: Pointer, _ slope: Pointer, _ shift: Pointer,
  to y: Pointer
) {
  var j = 0
  while j &+ laneCount <= n {
    let affine = load(shift + j).addingProduct(load(x + j), load(slope + j))
    store(affine.addingProduct(load(d + j), load(scale + j)), y + j)
    j &+= laneCount
  }
  while j < n {
    y[j] = shift[j].addingProduct(x[j], slope[j]).addingProduct(d[j], scale[j])
    j &+= 1
  }
}
