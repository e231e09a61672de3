// Operations that move numbers and compute nothing.

extension Variable {
  /// The same numbers in another shape; one size may be −1 and is computed from the others.
  public func reshaped(
    _ shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Variable {
    let old = self.shape
    return Variable(value.reshaped(shape, file: file, line: line), from: [self]) { g in
      [g.reshaped(old)]
    }
  }

  /// The axes in another order: `x.transposed(0, 2, 1)` swaps the last two of three.
  public func transposed(
    _ axes: Int..., file: StaticString = #fileID, line: UInt = #line
  ) -> Variable {
    if axes.sorted() != Array(shape.indices) {
      stop("transposed", "axes \(axes) do not order shape \(shape)", file: file, line: line)
    }
    return permuted(axes)
  }

  /// The axes in another order, given as an array that has each of them once.
  func permuted(_ axes: [Int]) -> Variable {
    var back = axes
    for (place, axis) in axes.enumerated() { back[axis] = place }
    return Variable(value.permuted(axes), from: [self]) { [back] g in [g.permuted(back)] }
  }

  /// The part of an axis that lies in `range`: `x.sliced(axis: 1, 0..<4)`.
  public func sliced(
    axis: Int, _ range: Range<Int>, file: StaticString = #fileID, line: UInt = #line
  ) -> Variable {
    let split = AxisSplit(shape, axis, "sliced", file: file, line: line)
    if range.lowerBound < 0 || range.upperBound > split.length {
      stop("sliced", "\(range) is outside axis \(axis) of \(shape)", file: file, line: line)
    }
    let y = value.gathered(split, Array(range))
    let shape = shape
    return Variable(y, from: [self]) { g in
      [g.scattered(split, Array(range), to: shape)]
    }
  }

  /// The entries of an axis at the given indices, in that order; an index may come more than once.
  ///
  /// `table.gather([4, 4, 1])` takes three rows of a table: an embedding. The gradient of an entry is
  /// the sum over all its uses.
  public func gather(
    _ indices: [Int], axis: Int = 0, file: StaticString = #fileID, line: UInt = #line
  ) -> Variable {
    let split = AxisSplit(shape, axis, "gather", file: file, line: line)
    if let wrong = indices.first(where: { $0 < 0 || $0 >= split.length }) {
      stop(
        "gather", "index \(wrong) is outside axis \(axis) of shape \(shape)", file: file, line: line
      )
    }
    let shape = shape
    return Variable(value.gathered(split, indices), from: [self]) { g in
      [g.scattered(split, indices, to: shape)]
    }
  }
}

/// Joins variables along an axis: `[2, 3]` and `[2, 5]` along axis 1 give `[2, 8]`.
///
/// - Returns: the joined variable.
public func concatenate(
  _ parts: [Variable], axis: Int = 0, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  guard let first = parts.first else {
    stop("concatenate", "there is nothing to join", file: file, line: line)
  }
  let splits = parts.map { AxisSplit($0.shape, axis, "concatenate", file: file, line: line) }
  for (part, split) in zip(parts, splits) where split.reduced(true) != splits[0].reduced(true) {
    stop(
      "concatenate", "shapes \(first.shape) and \(part.shape) differ off axis \(axis)", file: file,
      line: line)
  }
  let total = splits.reduce(0) { $0 + $1.length }
  let (outer, inner) = (splits[0].outer, splits[0].inner)
  let y = Tensor(uninitialized: splits[0].replaced(by: [total]))
  var at = 0
  for (part, split) in zip(parts, splits) {
    let size = split.length * inner
    for row in 0..<outer {
      (y.start + row * total * inner + at).update(from: part.value.start + row * size, count: size)
    }
    at += size
  }
  return Variable(y, from: parts) { g in
    let whole = AxisSplit(g.shape, splits[0].axis, "concatenate", file: #fileID, line: #line)
    var first = 0
    return splits.map { split in
      defer { first += split.length }
      return g.gathered(whole, Array(first..<first + split.length))
    }
  }
}

extension Tensor {
  /// The entries of an axis at the given indices.
  func gathered(_ split: AxisSplit, _ indices: [Int]) -> Tensor {
    let y = Tensor(uninitialized: split.replaced(by: [indices.count]))
    let inner = split.inner
    var to = y.start
    for outer in 0..<split.outer {
      let from = start + outer * split.length * inner
      for index in indices {
        to.update(from: from + index * inner, count: inner)
        to += inner
      }
    }
    return withExtendedLifetime(self) { y }
  }

  /// The pullback of `gathered`: adds each entry to the place it was taken from.
  func scattered(_ split: AxisSplit, _ indices: [Int], to shape: [Int]) -> Tensor {
    let dx = Tensor(shape, fill: 0)
    let inner = split.inner
    var from = start
    for outer in 0..<split.outer {
      let to = dx.start + outer * split.length * inner
      for index in indices {
        let row = to + index * inner
        map(inner, row, from, to: row) { $0 + $1 }
        from += inner
      }
    }
    return withExtendedLifetime(self) { dx }
  }

  /// The axes in another order: axis i of the result is axis `axes[i]` of this tensor.
  func permuted(_ axes: [Int]) -> Tensor {
    let y = Tensor(uninitialized: axes.map { shape[$0] })
    if y.count == 0 || axes.isEmpty { return axes.isEmpty ? self : y }
    let strides = Shape.strides(shape)
    let steps = axes.map { strides[$0] }
    let (length, step) = (y.shape.last!, steps.last!)
    let outerShape = Array(y.shape.dropLast())
    let (from, to) = (start, y.start)
    parallelRanges(y.count / length, grain: max(1, (1 << 14) / length)) { range in
      for row in range {
        var rest = row
        var source = from
        for axis in outerShape.indices.reversed() {
          source += rest % outerShape[axis] * steps[axis]
          rest /= outerShape[axis]
        }
        let target = to + row * length
        if step == 1 {
          target.update(from: source, count: length)
        } else {
          for column in 0..<length { target[column] = source[column &* step] }
        }
      }
    }
    return withExtendedLifetime(self) { y }
  }
}
