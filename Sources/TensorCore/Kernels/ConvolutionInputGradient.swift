// The gradient of a convolution's input, which is also the transposed convolution.

/// dX[y, x, c] = Σ gradY[(y + top - ky) / stride, (x + left - kx) / stride, f] · W[ky, kx, c, f] over
/// the taps for which both divisions leave no rest and meet a pixel; dX is overwritten.
///
/// With stride s the pixels of dX fall into s · s phases (row and column modulo s). Within a phase
/// the same taps take part everywhere, and the sum is a plain convolution of gradY with these taps
/// turned round.
func convolveBackwardInput(
  _ gradY: Pointer, _ weights: Pointer, into dX: Pointer, _ shape: ConvolutionShape
) {
  let s = shape
  let rows = (0..<s.stride).map {
    Phase($0, size: s.kernelHeight, stride: s.stride, padding: s.padding.top, length: s.height)
  }
  let columns = (0..<s.stride).map {
    Phase($0, size: s.kernelWidth, stride: s.stride, padding: s.padding.left, length: s.width)
  }
  if s.outputCount == 0 || (rows + columns).contains(where: \.taps.isEmpty) {
    dX.update(repeating: 0, count: s.batch * s.inputCount)
    if s.outputCount == 0 { return }
  }
  let around = Padding(
    top: rows.map(\.before).max()!, left: columns.map(\.before).max()!,
    bottom: rows.map { $0.after(s.outputHeight) }.max()!,
    right: columns.map { $0.after(s.outputWidth) }.max()!)
  let filters = s.outputChannels
  let channels = s.inputChannels
  let gradientWidth = s.outputWidth + around.left + around.right
  let turned = Scratch(s.kernelHeight * s.kernelWidth * filters * roundedUp(channels))
  defer { turned.free() }
  var plans: [PhasePlan] = []
  var free = turned.start
  for row in rows {
    for column in columns where !row.taps.isEmpty && !column.taps.isEmpty {
      plans.append(
        PhasePlan(
          rows: row.count, columns: column.count,
          from: ((around.top + row.first) * gradientWidth + around.left + column.first) * filters,
          to: (row.index * s.width + column.index) * channels,
          weights: free,
          terms: Terms(
            stretches: row.taps.count, length: column.taps.count * filters, rowStride: filters,
            step: 1, skip: (gradientWidth - column.taps.count) * filters,
            factorStride: roundedUp(channels))))
      free = turn(weights, s, row.taps, column.taps, into: free)
    }
  }
  let scratch = PaddedPicture.scratchCount(s.outputHeight, s.outputWidth, filters, around)
  parallelPictures(s.batch, scratch: scratch) { pictures, memory in
    var padded = PaddedPicture(s.outputHeight, s.outputWidth, filters, around, in: memory)
    for i in pictures {
      padded.load(gradY + i * s.outputCount)
      for plan in plans {
        for r in 0..<plan.rows {
          let row = dX + (i * s.inputCount + plan.to + r * s.stride * s.width * channels)
          sumTiles(
            rows: plan.columns, columns: channels, plan.terms,
            padded.start + (plan.from + r * gradientWidth * filters), plan.weights,
            into: TileTarget(start: row, rowStride: s.stride * channels))
        }
      }
    }
  }
}

/// One phase of the stride along one axis: every stride-th pixel from `index` on.
private struct Phase {
  let index: Int
  /// How many pixels it has.
  let count: Int
  /// The kernel's taps that meet it, in the order of the gradient's pixels they meet.
  let taps: [Int]
  /// The gradient's pixel that the first tap meets at the first pixel; below 0 in the padding.
  let first: Int

  init(_ index: Int, size: Int, stride: Int, padding: Int, length: Int) {
    self.index = index
    count = max(0, (length - index + stride - 1) / stride)
    taps = (0..<size).filter { (index + padding - $0) % stride == 0 }.reversed()
    first = taps.isEmpty ? 0 : (index + padding - taps[0]) / stride
  }

  /// Zeros needed before the gradient's pixels.
  var before: Int { max(0, -first) }

  /// Zeros needed after n pixels of gradient.
  func after(_ n: Int) -> Int {
    count == 0 || taps.isEmpty ? 0 : max(0, first + count - 1 + taps.count - n)
  }
}

/// The work of one phase of the rows and one of the columns, on one picture.
private struct PhasePlan {
  let rows: Int
  let columns: Int
  /// Where the first sum begins in the padded gradient.
  let from: Int
  /// The first pixel of the result.
  let to: Int
  /// The taps' weights, turned round.
  let weights: Pointer
  let terms: Terms
}

/// Writes the weights of some taps as [tap row, tap column, filter, channel], the channels widened
/// to whole vectors, and returns what follows.
private func turn(
  _ weights: Pointer, _ s: ConvolutionShape, _ rows: [Int], _ columns: [Int], into start: Pointer
) -> Pointer {
  var to = start
  for ky in rows {
    for kx in columns {
      let tap = weights + (ky * s.kernelWidth + kx) * s.inputChannels * s.outputChannels
      for f in 0..<s.outputChannels {
        for c in 0..<s.inputChannels { to[c] = tap[c * s.outputChannels + f] }
        for c in s.inputChannels..<roundedUp(s.inputChannels) { to[c] = 0 }
        to += roundedUp(s.inputChannels)
      }
    }
  }
  return to
}
