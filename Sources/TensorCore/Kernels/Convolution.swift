// Convolution of pictures [batch, height, width, channels] with weights
// [kernelHeight, kernelWidth, inputChannels, outputChannels].
//
// Nothing is unfolded into a matrix. In a padded picture the numbers under one row of the kernel
// lie next to each other:
//
//     row y     | a0 a1 b0 b1 c0 c1 d0 d1 …      two channels, pixels a, b, c, d
//     kernel      [---------------]              3 pixels wide: one stretch of 6 numbers
//     next            [---------------]          one pixel on, overlapping
//
// so an output pixel is a sum over `kernelHeight` stretches, and the matrix product's tile computes
// several neighbouring pixels at once. The gradients have the same form.

/// Zeros added around a picture.
struct Padding: Equatable {
  var top = 0
  var left = 0
  var bottom = 0
  var right = 0

  /// The same on all four sides.
  static func all(_ n: Int) -> Padding { Padding(top: n, left: n, bottom: n, right: n) }
}

/// The sizes of a convolution.
struct ConvolutionShape: Equatable {
  var batch: Int
  var height: Int
  var width: Int
  var inputChannels: Int
  var outputChannels: Int
  var kernelHeight: Int
  var kernelWidth: Int
  var stride: Int
  var padding: Padding

  var paddedHeight: Int { height + padding.top + padding.bottom }
  var paddedWidth: Int { width + padding.left + padding.right }
  /// Zero where the kernel does not fit.
  var outputHeight: Int {
    paddedHeight < kernelHeight ? 0 : (paddedHeight - kernelHeight) / stride + 1
  }
  var outputWidth: Int {
    paddedWidth < kernelWidth ? 0 : (paddedWidth - kernelWidth) / stride + 1
  }
  var inputCount: Int { height * width * inputChannels }
  var outputCount: Int { outputHeight * outputWidth * outputChannels }
  var weightCount: Int { kernelHeight * kernelWidth * inputChannels * outputChannels }
}

/// y = the convolution of x with the weights; y is overwritten.
func convolve(_ x: Pointer, _ weights: Pointer, into y: Pointer, _ shape: ConvolutionShape) {
  let s = shape
  if s.outputCount == 0 { return }
  let channels = s.inputChannels
  let rowCount = s.paddedWidth * channels
  let filters = roundedUp(s.outputChannels)
  let taps = s.kernelHeight * s.kernelWidth * channels
  let isWide = s.outputChannels == filters
  let wide = Scratch(isWide ? 0 : taps * filters)
  defer { wide.free() }
  if !isWide { widen(weights, s.outputChannels, to: wide.start, filters, rows: taps) }
  let kernel = isWide ? weights : wide.start
  var terms = Terms(
    stretches: s.kernelHeight, length: s.kernelWidth * channels, rowStride: s.stride * channels,
    step: 1, skip: rowCount - s.kernelWidth * channels, factorStride: filters)
  // A row of few pixels fills no tile: all rows of a picture then go through one.
  let areRowsJoined =
    s.outputWidth < tileRows && !isWindow(terms.length, terms.rowStride, s.outputChannels)
  let (runs, pixels) =
    areRowsJoined ? (1, s.outputHeight * s.outputWidth) : (s.outputHeight, s.outputWidth)
  if areRowsJoined {
    terms.lines = Lines(
      length: s.outputWidth, skip: s.stride * (rowCount - s.outputWidth * channels))
  }
  let scratch = PaddedPicture.scratchCount(s.height, s.width, channels, s.padding)
  parallelPictures(s.batch, scratch: scratch) { pictures, memory in
    var padded = PaddedPicture(s.height, s.width, channels, s.padding, in: memory)
    for i in pictures {
      padded.load(x + i * s.inputCount)
      for r in 0..<runs {
        let row = y + (i * s.outputHeight + r) * s.outputWidth * s.outputChannels
        sumTiles(
          rows: pixels, columns: s.outputChannels, terms,
          padded.start + r * s.stride * rowCount, kernel,
          into: TileTarget(start: row, rowStride: s.outputChannels))
      }
    }
  }
}

/// Whether some columns of these sums go through the tile for windows of three pixels (`sumWindows`),
/// which adds up in another order.
func isWindow(_ length: Int, _ rowStride: Int, _ columns: Int) -> Bool {
  length == 3 * rowStride && columns % tileColumns == laneCount
}

/// The gradient of the weights: dW[ky, kx, c, f] = Σ x[pixel under the tap, c] · gradY[pixel, f],
/// the sum running over all the pixels of all the pictures; dW is overwritten.
func convolveBackwardWeights(
  _ x: Pointer, _ gradY: Pointer, into dW: Pointer, _ shape: ConvolutionShape
) {
  let s = shape
  let channels = s.inputChannels
  let filters = roundedUp(s.outputChannels)
  let rowCount = s.paddedWidth * channels
  let paddedCount = PaddedPicture.scratchCount(s.height, s.width, channels, s.padding)
  let pixels = s.outputHeight * s.outputWidth
  /// The numbers under one row of the kernel.
  let window = s.kernelWidth * channels
  let taps = s.kernelHeight * window
  // From the last window of an output row to the first of the next.
  let skip = s.stride * (rowCount - s.outputWidth * channels)
  // A tile is best two vectors wide. Where the filters fill only one, the window may fill more.
  let isTurned =
    s.outputChannels == laneCount && window % laneCount == 0 && window >= tileColumns
  // Each run of pictures has a sum of its own.
  let parts = min(sumParts, max(s.batch, 1))
  let count = taps * filters
  let sums = Scratch(parts * count)
  defer { sums.free() }
  // Some rows of a picture at a time, so that they stay in the nearest cache; or some small pictures.
  let block = max(1, 128 / max(s.outputWidth, 1))
  let pictureCount = s.paddedHeight * rowCount
  let together =
    isTurned || block < s.outputHeight
    ? 1 : max(1, min(128 / max(pixels, 1), nearMemory / max(pictureCount, 1)))
  let gradientCount = s.outputChannels == filters ? 0 : pixels * filters
  parallel(pixels == 0 ? 0 : parts) { part in
    let scratch = Scratch(together * (paddedCount + gradientCount))
    defer { scratch.free() }
    var padded = (0..<together).map {
      PaddedPicture(
        s.height, s.width, channels, s.padding, in: scratch.start + $0 * paddedCount)
    }
    let wide = scratch.start + together * paddedCount
    let to = sums.start + part * count
    let pictures = part * s.batch / parts..<(part + 1) * s.batch / parts
    for i in stride(from: pictures.lowerBound, to: pictures.upperBound, by: together) {
      let some = min(together, pictures.upperBound - i)
      for place in 0..<some { padded[place].load(x + (i + place) * s.inputCount) }
      var gradient = gradY + i * s.outputCount
      if gradientCount > 0 {
        widen(gradient, s.outputChannels, to: wide, filters, rows: some * pixels)
        gradient = wide
      }
      for r in stride(from: 0, to: s.outputHeight, by: block) {
        let rows = min(block, s.outputHeight - r)
        for ky in 0..<s.kernelHeight {
          let sum = to + ky * window * filters
          let pictureRow = padded[0].start + (r * s.stride + ky) * rowCount
          let gradientRow = gradient + r * s.outputWidth * filters
          let first = i == pictures.lowerBound && r == 0 ? nil : sum
          if isTurned {
            sumTiles(
              rows: filters, columns: window,
              Terms(
                stretches: rows, length: s.outputWidth, rowStride: 1, step: filters,
                factorStride: s.stride * channels, factorSkip: skip),
              gradientRow, pictureRow,
              into: TileTarget(start: sum, rowStride: window, first: first, firstStride: window))
          } else {
            sumTiles(
              rows: window, columns: filters,
              Terms(
                repeats: some, stretches: rows, length: s.outputWidth, rowStride: 1,
                step: s.stride * channels, skip: skip,
                repeatSkip: pictureCount - rows * s.stride * rowCount, factorStride: filters),
              pictureRow, gradientRow,
              into: TileTarget(start: sum, rowStride: filters, first: first, firstStride: filters))
          }
        }
      }
    }
  }
  if pixels == 0 || s.batch == 0 { sums.start.update(repeating: 0, count: parts * count) }
  let isTight = !isTurned && s.outputChannels == filters
  let total = isTight ? dW : sums.start
  parallelRanges(count, grain: 1 << 13, step: laneCount) { range in
    let at = range.lowerBound
    if parts == 1 && isTight { (dW + at).update(from: sums.start + at, count: range.count) }
    for part in 0..<parts where part > 0 {
      let first = part == 1 ? sums.start : total
      map(range.count, first + at, sums.start + (part * count + at), to: total + at) { $0 + $1 }
    }
  }
  if isTight { return }
  if isTurned {
    for ky in 0..<s.kernelHeight {
      let (from, to) = (sums.start + ky * window * filters, dW + ky * window * filters)
      for tap in 0..<window {
        for f in 0..<filters { to[tap * filters + f] = from[f * window + tap] }
      }
    }
    return
  }
  for tap in 0..<taps {
    (dW + tap * s.outputChannels).update(
      from: sums.start + tap * filters, count: s.outputChannels)
  }
}

/// How many numbers of pictures are worked on together: a share of the second cache.
private let nearMemory = 1 << 16

/// More parts than a usual machine has cores; fixed, so that the sum's bits are too.
private let sumParts = 8

/// The floats that whole vectors need for n.
func roundedUp(_ n: Int) -> Int { (n + laneCount - 1) / laneCount * laneCount }

/// Copies rows of `n` numbers into rows of `wide` numbers, the rest zero.
func widen(_ x: Pointer, _ n: Int, to y: Pointer, _ wide: Int, rows: Int) {
  for r in 0..<rows {
    (y + r * wide).update(from: x + r * n, count: n)
    (y + r * wide + n).update(repeating: 0, count: wide - n)
  }
}
