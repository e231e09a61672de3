extension Variable {
  /// The sum of all elements, of shape `[]`.
  public func sum() -> Variable {
    let shape = shape
    let total = value.summed(outer: 1, length: value.count, inner: 1).reshaped([])
    return Variable(total, from: [self]) { g in [Tensor(shape, fill: g.number)] }
  }

  /// The mean of all elements, of shape `[]`.
  public func mean() -> Variable { sum() / Float(value.count) }

  /// The sums along an axis.
  ///
  /// - Parameters:
  ///   - axis: the axis; −1 is the last.
  ///   - keepsAxis: whether the axis stays, with size 1.
  ///   - file: the caller's file, for the message about a wrong axis.
  ///   - line: the caller's line.
  /// - Returns: `[2, 3, 4]` summed along axis 1 gives `[2, 4]`, or `[2, 1, 4]` with `keepsAxis`.
  public func sum(
    axis: Int, keepsAxis: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Variable {
    let split = AxisSplit(shape, axis, "sum", file: file, line: line)
    let sums = value.summed(outer: split.outer, length: split.length, inner: split.inner)
    let shape = shape
    return Variable(sums.reshaped(split.reduced(keepsAxis)), from: [self]) { g in
      [g.reshaped(split.reduced(true)).repeated(to: shape)]
    }
  }

  /// The means along an axis; the parameters are those of `sum(axis:keepsAxis:)`.
  public func mean(
    axis: Int, keepsAxis: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Variable {
    let split = AxisSplit(shape, axis, "mean", file: file, line: line)
    return sum(axis: axis, keepsAxis: keepsAxis, file: file, line: line) / Float(split.length)
  }

  /// The largest elements along an axis; the gradient goes to the first of them.
  ///
  /// The parameters are those of `sum(axis:keepsAxis:)`.
  public func maximum(
    axis: Int, keepsAxis: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Variable {
    let split = AxisSplit(shape, axis, "maximum", file: file, line: line)
    if split.length == 0 {
      stop("maximum", "axis \(axis) of shape \(shape) is empty", file: file, line: line)
    }
    let places = value.largest(split)
    var y = Tensor(uninitialized: split.reduced(keepsAxis))
    let from = value.start
    y.withMutable { to in for (i, place) in places.enumerated() { to[i] = from[place] } }
    let shape = shape
    return Variable(y, from: [self]) { g in
      var dx = Tensor(shape, fill: 0)
      dx.withMutable { to in for (i, place) in places.enumerated() { to[place] = g.start[i] } }
      return [dx]
    }
  }
}

extension Tensor {
  /// For each place along the other axes, the index of the largest element along `axis`.
  ///
  /// Of equal elements the first counts, and not-a-number is larger than any number. `[batch, classes]` gives the predicted classes.
  public func indicesOfMaximum(
    axis: Int = -1, file: StaticString = #fileID, line: UInt = #line
  ) -> [Int] {
    let split = AxisSplit(shape, axis, "indicesOfMaximum", file: file, line: line)
    if split.length == 0 {
      stop("indicesOfMaximum", "axis \(axis) of shape \(shape) is empty", file: file, line: line)
    }
    return largest(split).map { $0 / split.inner % split.length }
  }

  /// Where in the buffer the largest elements along an axis are.
  fileprivate func largest(_ split: AxisSplit) -> [Int] {
    defer { withExtendedLifetime(self) {} }
    var places: [Int] = []
    places.reserveCapacity(split.outer * split.inner)
    for outer in 0..<split.outer {
      for inner in 0..<split.inner {
        var best = outer * split.length * split.inner + inner
        var place = best
        for _ in 1..<split.length {
          place += split.inner
          // Not-a-number is larger than any number, so that it does not vanish here.
          if start[place] > start[best] || start[place].isNaN && !start[best].isNaN { best = place }
        }
        places.append(best)
      }
    }
    return places
  }

  /// Sums `[outer, length, inner]` along its middle axis, to `[outer, inner]`.
  ///
  /// Long sums are cut into short ones, whose sums are summed in turn: so small numbers are not lost
  /// in a large total. The cuts depend on the sizes alone, never on the number of threads.
  func summed(outer: Int, length: Int, inner: Int) -> Tensor {
    let parts = max(1, length / (inner == 1 ? 4096 : 256))
    let partial = Tensor([outer * parts, inner], fill: 0)
    let (from, to) = (start, partial.start)
    let work = max(1, length / parts * inner)
    parallelRanges(outer * parts, grain: max(1, (1 << 14) / work)) { range in
      for item in range {
        let part = item % parts
        let (first, last) = (part * length / parts, (part + 1) * length / parts)
        let source = from + (item / parts * length + first) * inner
        let sums = to + item * inner
        if inner == 1 {
          sums.pointee = sum(last - first, source)
        } else {
          for row in 0..<last - first {
            map(inner, sums, source + row * inner, to: sums) { $0 + $1 }
          }
        }
      }
    }
    withExtendedLifetime(self) {}
    if parts == 1 { return partial.reshaped([outer, inner]) }
    return partial.summed(outer: outer, length: parts, inner: inner)
  }

  /// Repeats axes of size 1 until the shape is `shape`.
  func repeated(to shape: [Int]) -> Tensor {
    broadcast(self, Tensor(uninitialized: shape), "repeated") { x, _ in x }
  }
}

/// A shape seen from one of its axes: what lies before it, its length, what lies after it.
struct AxisSplit {
  let shape: [Int]
  let axis: Int
  let outer: Int
  let length: Int
  let inner: Int

  init(_ shape: [Int], _ axis: Int, _ operation: String, file: StaticString, line: UInt) {
    self.shape = shape
    self.axis = Shape.axis(axis, of: shape, operation, file: file, line: line)
    outer = Shape.count(Array(shape[..<self.axis]))
    length = shape[self.axis]
    inner = Shape.count(Array(shape[(self.axis + 1)...]))
  }

  /// The shape without the axis, or with size 1 in its place.
  func reduced(_ keepsAxis: Bool) -> [Int] { replaced(by: keepsAxis ? [1] : []) }

  /// The shape with other sizes in the place of the axis.
  func replaced(by sizes: [Int]) -> [Int] { shape[..<axis] + sizes + shape[(axis + 1)...] }
}
