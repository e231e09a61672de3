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
  if let joint = JointPhases(s, rows, columns) {
    joint.sum(gradY, weights, into: dX, around)
    return
  }
  let filters = s.outputChannels
  let channels = s.inputChannels
  let gradientWidth = s.outputWidth + around.left + around.right
  let turned = Scratch(s.kernelHeight * s.kernelWidth * filters * roundedUp(channels))
  defer { turned.free() }
  var plans: [PhasePlan] = []
  var free = turned.start
  for row in rows {
    for column in columns where !row.taps.isEmpty && !column.taps.isEmpty {
      var terms = Terms(
        stretches: row.taps.count, length: column.taps.count * filters, rowStride: filters, step: 1,
        skip: (gradientWidth - column.taps.count) * filters, factorStride: roundedUp(channels))
      // As in `convolve`: rows of few pixels go through one tile.
      let areRowsJoined =
        column.count < tileRows && !isWindow(terms.length, terms.rowStride, channels)
      if areRowsJoined {
        terms.lines = Lines(
          length: column.count, skip: (gradientWidth - column.count) * filters,
          targetSkip: s.stride * (s.width - column.count) * channels)
      }
      plans.append(
        PhasePlan(
          runs: areRowsJoined ? 1 : row.count,
          pixels: areRowsJoined ? row.count * column.count : column.count,
          from: ((around.top + row.first) * gradientWidth + around.left + column.first) * filters,
          to: (row.index * s.width + column.index) * channels,
          weights: free, taps: (row.taps, column.taps), terms: terms))
      free += row.taps.count * column.taps.count * filters * roundedUp(channels)
    }
  }
  parallel(plans.count) { plan in
    turn(weights, s, plans[plan].taps.rows, plans[plan].taps.columns, into: plans[plan].weights)
  }
  let scratch = PaddedPicture.scratchCount(s.outputHeight, s.outputWidth, filters, around)
  parallelPictures(s.batch, scratch: scratch) { pictures, memory in
    var padded = PaddedPicture(s.outputHeight, s.outputWidth, filters, around, in: memory)
    for i in pictures {
      padded.load(gradY + i * s.outputCount)
      for plan in plans {
        for r in 0..<plan.runs {
          let row = dX + (i * s.inputCount + plan.to + r * s.stride * s.width * channels)
          sumTiles(
            rows: plan.pixels, columns: channels, plan.terms,
            padded.start + (plan.from + r * gradientWidth * filters), plan.weights,
            into: TileTarget(start: row, rowStride: s.stride * channels))
        }
      }
    }
  }
}

/// The gradient where all phases together fill no more than one vector: pictures of three channels.
///
/// Each phase alone would leave most lanes empty. So one sum is taken over all pixels of the gradient that
/// some phase meets, for all phases at once, with weights of 0 where a phase does not meet them:
///
///     stride 2, a kernel of 4    phase 0 meets pixels -1, 0    phase 1 meets 0, 1    together -1, 0, 1
///
/// Twelve of sixteen lanes and nine terms in the place of four times three lanes and four terms.
private struct JointPhases {
  private let s: ConvolutionShape
  private let rows: [Phase]
  private let columns: [Phase]
  /// The gradient's pixels that some phase meets at its first pixel, along either axis.
  private let window: (rows: Range<Int>, columns: Range<Int>)

  /// Nil where it would not pay, or phases differ in length.
  init?(_ s: ConvolutionShape, _ rows: [Phase], _ columns: [Phase]) {
    let all = rows + columns
    if s.stride < 2 || s.inputChannels * s.stride * s.stride > laneCount
      || all.contains(where: \.taps.isEmpty) || s.height % s.stride != 0 || s.width % s.stride != 0
    {
      return nil
    }
    func met(_ phases: [Phase]) -> Range<Int> {
      phases.map(\.first).min()!..<phases.map { $0.first + $0.taps.count }.max()!
    }
    (self.s, self.rows, self.columns) = (s, rows, columns)
    window = (met(rows), met(columns))
    let met = rows.map(\.taps.count).reduce(0, +) * columns.map(\.taps.count).reduce(0, +)
    if window.rows.count * window.columns.count >= met { return nil }
  }

  func sum(_ gradY: Pointer, _ weights: Pointer, into dX: Pointer, _ around: Padding) {
    let filters = s.outputChannels
    let kernel = Scratch(window.rows.count * window.columns.count * filters * laneCount)
    defer { kernel.free() }
    turn(weights, to: kernel.start)
    let gradientWidth = (s.outputWidth + around.left + around.right) * filters
    let length = window.columns.count * filters
    let terms = Terms(
      stretches: window.rows.count, length: length, rowStride: filters, step: 1,
      skip: gradientWidth - length, factorStride: laneCount)
    let cells = (rows: s.height / s.stride, columns: s.width / s.stride)
    let padded = PaddedPicture.scratchCount(s.outputHeight, s.outputWidth, filters, around)
    let run = s.stride * s.inputChannels  // neighbouring numbers of one cell
    parallelPictures(s.batch, scratch: padded + cells.columns * laneCount) { pictures, memory in
      var gradient = PaddedPicture(s.outputHeight, s.outputWidth, filters, around, in: memory)
      let line = memory + padded
      for i in pictures {
        gradient.load(gradY + i * s.outputCount)
        for r in 0..<cells.rows {
          let from =
            (around.top + window.rows.lowerBound + r) * gradientWidth
            + (around.left + window.columns.lowerBound) * filters
          sumTiles(
            rows: cells.columns, columns: laneCount, terms, gradient.start + from, kernel.start,
            into: TileTarget(start: line, rowStride: laneCount))
          for y in 0..<s.stride {
            let row = dX + (i * s.inputCount + (r * s.stride + y) * s.width * s.inputChannels)
            for c in 0..<cells.columns {
              (row + c * run).update(from: line + (c * laneCount + y * run), count: run)
            }
          }
        }
      }
    }
  }

  /// Writes the weights as [window row, window column, filter, phase row, phase column, channel].
  private func turn(_ weights: Pointer, to start: Pointer) {
    let (filters, channels) = (s.outputChannels, s.inputChannels)
    let count = window.rows.count * window.columns.count * filters * laneCount
    start.update(repeating: 0, count: count)
    for row in rows {
      for column in columns {
        for (y, ky) in row.taps.enumerated() {
          for (x, kx) in column.taps.enumerated() {
            let place =
              (row.first - window.rows.lowerBound + y) * window.columns.count
              + column.first - window.columns.lowerBound + x
            let to =
              start
              + (place * filters * laneCount
                + (row.index * s.stride + column.index) * channels)
            let from = weights + (ky * s.kernelWidth + kx) * channels * filters
            for f in 0..<filters {
              for c in 0..<channels { to[f * laneCount + c] = from[c * filters + f] }
            }
          }
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
  /// How many runs of pixels go through the tiles.
  let runs: Int
  /// How many pixels each has.
  let pixels: Int
  /// Where the first sum begins in the padded gradient.
  let from: Int
  /// The first pixel of the result.
  let to: Int
  /// The taps' weights, turned round.
  let weights: Pointer
  let taps: (rows: [Int], columns: [Int])
  let terms: Terms
}

/// Writes the weights of some taps as [tap row, tap column, filter, channel], the channels widened
/// to whole vectors.
private func turn(
  _ weights: Pointer, _ s: ConvolutionShape, _ rows: [Int], _ columns: [Int], into start: Pointer
) {
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
}
