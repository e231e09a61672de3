// Pooling: pictures made smaller, pixel group by pixel group, each channel by itself.

/// The largest value of each window of pixels; the gradient goes to the first pixel that has it.
///
/// - Parameters:
///   - x: `[batch, height, width, channels]`.
///   - size: height and width of a window.
///   - stride: how far apart windows begin; nil for side by side.
///   - padding: how far windows reach over the edge, at most half their size; what is there never
///     counts.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: `[batch, outputHeight, outputWidth, channels]`, where
///   outputHeight = (height + 2 padding − size) / stride + 1, rounded down.
public func maxPool(
  _ x: Variable, size: Int, stride: Int? = nil, padding: Int = 0, file: StaticString = #fileID,
  line: UInt = #line
) -> Variable {
  let windows = Windows(
    x.shape, size: size, stride: stride ?? size, padding: padding, "maxPool", file: file, line: line
  )
  let input = x.value
  let y = Tensor(uninitialized: windows.outputShape)
  let winners = Tensor(uninitialized: windows.outputShape)  // which tap of the window, as a number
  let (from, to, first, n) = (input.start, y.start, winners.start, windows.channels)
  windows.eachWindow { window, taps in
    let (best, winner) = (to + window &* n, first + window &* n)
    var isFirst = true
    taps { pixel, tap in
      let numbers = from + pixel &* n
      if isFirst {
        best.update(from: numbers, count: n)
        winner.update(repeating: Float(tap), count: n)
        isFirst = false
      } else {
        takeLarger(n, numbers, Float(tap), best, winner)
      }
    }
  }
  return withExtendedLifetime(input) {
    Variable(y, from: [x]) { g in
      let dx = Tensor(windows.inputShape, fill: 0)
      let (from, winner, to) = (g.start, winners.start, dx.start)
      windows.eachWindow { window, taps in
        let (gradient, winner) = (from + window &* n, winner + window &* n)
        taps { pixel, tap in
          let sums = to + pixel &* n
          let number = Float(tap)
          map(n, gradient, winner, sums, to: sums) { g, winner, sum in
            sum + g.replacing(with: 0, where: winner .!= number)
          }
        }
      }
      return withExtendedLifetime((g, winners)) { [dx] }
    }
  }
}

/// Replaces numbers by larger ones and notes where these came from; not-a-number wins.
@inline(__always)
private func takeLarger(
  _ n: Int, _ x: Pointer, _ tap: Float, _ best: Pointer, _ winner: Pointer
) {
  var j = 0
  while j &+ laneCount <= n {
    let (v, old) = (load(x + j), load(best + j))
    let wins = (v .> old) .| (v .!= v)
    store(old.replacing(with: v, where: wins), best + j)
    store(load(winner + j).replacing(with: tap, where: wins), winner + j)
    j &+= laneCount
  }
  while j < n {
    if x[j] > best[j] || x[j].isNaN { (best[j], winner[j]) = (x[j], tap) }
    j &+= 1
  }
}

/// The mean of each window of pixels.
///
/// - Parameters:
///   - x: `[batch, height, width, channels]`.
///   - size: height and width of a window.
///   - stride: how far apart windows begin; nil for side by side.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: `[batch, outputHeight, outputWidth, channels]`, where
///   outputHeight = (height − size) / stride + 1, rounded down.
public func averagePool(
  _ x: Variable, size: Int, stride: Int? = nil, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let windows = Windows(
    x.shape, size: size, stride: stride ?? size, padding: 0, "averagePool", file: file, line: line)
  let input = x.value
  let y = Tensor(windows.outputShape, fill: 0)
  let (from, to, n) = (input.start, y.start, windows.channels)
  let share = 1 / Float(size * size)
  windows.eachWindow { window, taps in
    let sums = to + window &* n
    taps { pixel, _ in map(n, from + pixel &* n, sums, to: sums) { $1.addingProduct($0, share) } }
  }
  return withExtendedLifetime(input) {
    Variable(y, from: [x]) { g in
      let dx = Tensor(windows.inputShape, fill: 0)
      let (from, to) = (g.start, dx.start)
      windows.eachWindow { window, taps in
        let gradient = from + window &* n
        taps { pixel, _ in
          map(n, gradient, to + pixel &* n, to: to + pixel &* n) { $1.addingProduct($0, share) }
        }
      }
      return withExtendedLifetime(g) { [dx] }
    }
  }
}

/// The mean over all pixels of a picture: `[batch, height, width, channels]` to `[batch, channels]`.
public func globalAveragePool(
  _ x: Variable, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let shape = x.shape
  if shape.count != 4 || shape[1] * shape[2] == 0 {
    stop(
      "globalAveragePool", "\(shape) is not [batch, height, width, channels]", file: file,
      line: line)
  }
  let pixels = shape[1] * shape[2]
  let share = 1 / Float(pixels)
  let sums = x.value.summed(outer: shape[0], length: pixels, inner: shape[3])
  return Variable(sums.reshaped([shape[0], shape[3]]).mapped { $0 * share }, from: [x]) { g in
    let dx = Tensor(uninitialized: shape)
    let (from, to, n) = (g.start, dx.start, shape[3])
    parallelRanges(shape[0], grain: max(1, (1 << 14) / max(pixels * n, 1))) { pictures in
      for picture in pictures {
        for pixel in picture * pixels..<(picture + 1) * pixels {
          map(n, from + picture &* n, to: to + pixel &* n) { $0 * share }
        }
      }
    }
    return withExtendedLifetime(g) { [dx] }
  }
}

/// Pictures made larger by repeating each pixel `factor` times in each direction.
///
/// - Parameters:
///   - x: `[batch, height, width, channels]`.
///   - factor: how often.
///   - file: the caller's file, for the message about a wrong shape.
///   - line: the caller's line.
/// - Returns: `[batch, factor · height, factor · width, channels]`.
public func upsampled(
  _ x: Variable, by factor: Int, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let s = x.shape
  if s.count != 4 || factor < 1 || s[1] * s[2] == 0 {
    stop(
      "upsampled",
      "\(s) by \(factor): [batch, height, width, channels] with pixels, and a factor of at least 1",
      file: file, line: line)
  }
  // Each pixel of x is one window of the larger picture.
  let windows = Windows(
    [s[0], s[1] * factor, s[2] * factor, s[3]], size: factor, stride: factor, padding: 0,
    "upsampled", file: file, line: line)
  let input = x.value
  let y = Tensor(uninitialized: windows.inputShape)
  let (from, to, n) = (input.start, y.start, s[3])
  windows.eachWindow { window, taps in
    taps { pixel, _ in (to + pixel &* n).update(from: from + window &* n, count: n) }
  }
  return withExtendedLifetime(input) {
    Variable(y, from: [x]) { g in
      let dx = Tensor(s, fill: 0)
      let (from, to) = (g.start, dx.start)
      windows.eachWindow { window, taps in
        let sums = to + window &* n
        taps { pixel, _ in map(n, from + pixel &* n, sums, to: sums) { $0 + $1 } }
      }
      return withExtendedLifetime(g) { [dx] }
    }
  }
}

/// Square windows that move over pictures.
private struct Windows {
  let inputShape: [Int]
  let size: Int
  let stride: Int
  let padding: Int
  let outputHeight: Int
  let outputWidth: Int

  var channels: Int { inputShape[3] }
  var outputShape: [Int] { [inputShape[0], outputHeight, outputWidth, channels] }

  init(
    _ shape: [Int], size: Int, stride: Int, padding: Int, _ operation: String, file: StaticString,
    line: UInt
  ) {
    let isPossible = shape.count == 4 && size > 0 && stride > 0 && 0...size / 2 ~= padding
    if !isPossible || min(shape[1], shape[2]) + 2 * padding < size {
      stop(
        operation,
        "windows of \(size) × \(size), stride \(stride), padding \(padding), do not fit \(shape), "
          + "[batch, height, width, channels]", file: file, line: line)
    }
    inputShape = shape
    (self.size, self.stride, self.padding) = (size, stride, padding)
    outputHeight = (shape[1] + 2 * padding - size) / stride + 1
    outputWidth = (shape[2] + 2 * padding - size) / stride + 1
  }

  /// Calls body(window, taps) for each window; taps(f) calls f(pixel, tap) for each pixel in it.
  ///
  /// A picture is always one thread's, because neighbouring windows may share pixels.
  @inline(__always)
  func eachWindow(_ body: (Int, ((Int, Int) -> Void) -> Void) -> Void) {
    let (height, width) = (inputShape[1], inputShape[2])
    let work = max(1, outputHeight * outputWidth * size * size * channels)
    parallelRanges(inputShape[0], grain: max(1, (1 << 14) / work)) { pictures in
      for picture in pictures {
        for row in 0..<outputHeight {
          for column in 0..<outputWidth {
            let top = row &* stride &- padding
            let left = column &* stride &- padding
            body((picture &* outputHeight &+ row) &* outputWidth &+ column) { visit in
              for y in max(top, 0)..<min(top &+ size, height) {
                for x in max(left, 0)..<min(left &+ size, width) {
                  visit(
                    (picture &* height &+ y) &* width &+ x, (y &- top) &* size &+ (x &- left))
                }
              }
            }
          }
        }
      }
    }
  }
}
