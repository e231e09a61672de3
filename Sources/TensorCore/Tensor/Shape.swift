/// Stops the program because an operation was asked for something impossible.
///
/// `precondition` loses its message in optimised code; `fatalError` keeps it. The message names the
/// operation, the shapes and what disagrees; file and line are those of the caller.
func stop(
  _ operation: String, _ problem: String, file: StaticString, line: UInt
) -> Never {
  fatalError("\(operation): \(problem)", file: file, line: line)
}

/// A shape, and how a row-major array of that shape is walked.
enum Shape {
  /// The number of elements.
  static func count(_ shape: [Int]) -> Int {
    var count = 1
    for size in shape {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: size)
      if isTooLarge { fatalError("Tensor: shape \(shape) is too large") }
      count = product
    }
    return count
  }

  /// For each axis, how far apart neighbours are: `[12, 4, 1]` for `[2, 3, 4]`.
  static func strides(_ shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in stride(from: shape.count - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    return strides
  }

  /// An axis counted from the front; −1 means the last.
  static func axis(
    _ axis: Int, of shape: [Int], _ operation: String, file: StaticString, line: UInt
  ) -> Int {
    let index = axis < 0 ? axis + shape.count : axis
    if !shape.indices.contains(index) {
      stop(operation, "shape \(shape) has no axis \(axis)", file: file, line: line)
    }
    return index
  }

  /// The shape to which two shapes broadcast, or nil where they disagree.
  ///
  /// Aligned at their ends, two sizes must be equal or one of them 1 (NumPy's rule).
  static func broadcast(_ a: [Int], _ b: [Int]) -> [Int]? {
    let rank = max(a.count, b.count)
    var result = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      let i = axis - (rank - a.count)
      let j = axis - (rank - b.count)
      let sizeA = i < 0 ? 1 : a[i]
      let sizeB = j < 0 ? 1 : b[j]
      if sizeA != sizeB && sizeA != 1 && sizeB != 1 { return nil }
      result[axis] = sizeA == 1 ? sizeB : sizeA
    }
    return result
  }

  /// Strides that walk an array of `shape` as if it had the larger shape `result`: 0 where it repeats.
  static func broadcastStrides(_ shape: [Int], to result: [Int]) -> [Int] {
    let own = strides(shape)
    let missing = result.count - shape.count
    return result.indices.map { axis in
      let index = axis - missing
      return index < 0 || shape[index] == 1 ? 0 : own[index]
    }
  }
}
