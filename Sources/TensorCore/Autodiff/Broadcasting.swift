/// How two tensors of different shapes are walked together.
///
/// Axes that both tensors cross without a jump are merged, so that `[8, 28, 28, 16] + [16]` becomes
/// 6,272 rows of 16. Along the last merged axis each tensor either steps by 1 or stands still.
private struct BroadcastPlan {
  let shape: [Int]
  private var sizes: [Int] = []
  private var stepsA: [Int] = []
  private var stepsB: [Int] = []

  init(_ a: Tensor, _ b: Tensor, _ operation: String, file: StaticString, line: UInt) {
    guard let shape = Shape.broadcast(a.shape, b.shape) else {
      stop(
        operation,
        "shapes \(a.shape) and \(b.shape) do not broadcast: aligned at their ends, "
          + "two sizes must be equal or one of them 1", file: file, line: line)
    }
    self.shape = shape
    let walkA = Shape.broadcastStrides(a.shape, to: shape)
    let walkB = Shape.broadcastStrides(b.shape, to: shape)
    for axis in shape.indices where shape[axis] != 1 {
      let size = shape[axis]
      if let outer = sizes.indices.last, stepsA[outer] == walkA[axis] * size,
        stepsB[outer] == walkB[axis] * size
      {
        sizes[outer] *= size
        stepsA[outer] = walkA[axis]
        stepsB[outer] = walkB[axis]
      } else {
        sizes.append(size)
        stepsA.append(walkA[axis])
        stepsB.append(walkB[axis])
      }
    }
  }

  /// The length of the innermost stretch.
  var length: Int { sizes.last ?? 1 }
  /// The number of stretches.
  var stretches: Int { sizes.dropLast().reduce(1, *) }
  /// 1 where a tensor moves along the stretch, 0 where it stands still.
  var steps: (a: Int, b: Int) { (stepsA.last ?? 0, stepsB.last ?? 0) }

  /// Where a stretch begins in either tensor.
  func offsets(of stretch: Int) -> (a: Int, b: Int) {
    var rest = stretch
    var (a, b) = (0, 0)
    for axis in sizes.indices.dropLast().reversed() {
      let index = rest % sizes[axis]
      rest /= sizes[axis]
      a += index * stepsA[axis]
      b += index * stepsB[axis]
    }
    return (a, b)
  }
}

/// Combines two tensors element by element, repeating the smaller along its axes of size 1.
@inline(__always)
func broadcast(
  _ a: Tensor, _ b: Tensor, _ operation: String, file: StaticString = #fileID, line: UInt = #line,
  _ combine: (Lanes, Lanes) -> Lanes
) -> Tensor {
  if a.shape == b.shape {
    let y = Tensor(uninitialized: a.shape)
    let (pa, pb, py) = (a.start, b.start, y.start)
    parallelRanges(y.count, grain: 1 << 15) { range in
      let at = range.lowerBound
      map(range.count, pa + at, pb + at, to: py + at) { combine($0, $1) }
    }
    withExtendedLifetime((a, b)) {}
    return y
  }
  let plan = BroadcastPlan(a, b, operation, file: file, line: line)
  let y = Tensor(uninitialized: plan.shape)
  if y.count == 0 { return y }
  let (pa, pb, py) = (a.start, b.start, y.start)
  let length = plan.length
  let steps = plan.steps
  parallelRanges(plan.stretches, grain: max(1, (1 << 15) / length)) { range in
    for stretch in range {
      let offsets = plan.offsets(of: stretch)
      let (xa, xb, to) = (pa + offsets.a, pb + offsets.b, py + stretch * length)
      if steps.a == 0 && steps.b == 0 {
        to.pointee = combine(Lanes(repeating: xa.pointee), Lanes(repeating: xb.pointee))[0]
      } else if steps.a == 0 {
        let fixed = Lanes(repeating: xa.pointee)
        map(length, xb, to: to) { combine(fixed, $0) }
      } else if steps.b == 0 {
        let fixed = Lanes(repeating: xb.pointee)
        map(length, xa, to: to) { combine($0, fixed) }
      } else {
        map(length, xa, xb, to: to) { combine($0, $1) }
      }
    }
  }
  withExtendedLifetime((a, b)) {}
  return y
}

extension Tensor {
  /// Sums what broadcasting had repeated: the pullback of broadcasting from `shape` to this shape.
  func summed(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    var result = self
    let missing = self.shape.count - shape.count
    if missing > 0 {
      let outer = Shape.count(Array(self.shape[..<missing]))
      let kept = Array(self.shape[missing...])
      result = result.summed(outer: 1, length: outer, inner: Shape.count(kept)).reshaped(kept)
    }
    for axis in shape.indices where shape[axis] == 1 && result.shape[axis] != 1 {
      var kept = result.shape
      kept[axis] = 1
      let outer = Shape.count(Array(kept[..<axis]))
      let inner = Shape.count(Array(kept[axis...]))
      result = result.summed(outer: outer, length: result.shape[axis], inner: inner).reshaped(kept)
    }
    return result
  }
}
