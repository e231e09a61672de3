// Softmax and its logarithm, over one axis.

/// The softmax: e to the power of each element, divided by the sum of these along an axis.
///
/// Computed relative to the largest element, so large logits do not overflow. An element of −∞ gets
/// exactly 0. Where all elements along the axis are −∞ there is nothing to choose from: the result is
/// 0 everywhere, and so is the gradient.
///
/// - Parameters:
///   - x: logits.
///   - axis: the axis along which the results sum to 1; −1 is the last.
///   - file: the caller's file, for the message about a wrong axis.
///   - line: the caller's line.
/// - Returns: probabilities, of the shape of `x`.
public func softmax(
  _ x: Variable, axis: Int = -1, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  alongLastAxis(x, axis, "softmax", file: file, line: line) { x in
    let y = Tensor(uninitialized: x.shape)
    eachRow(of: x.value, y) { n, from, to in softmaxRow(n, from, to: to) }
    return Variable(y, from: [x]) { g in
      let dx = Tensor(uninitialized: y.shape)
      eachRow(of: g, y, dx) { n, g, y, to in
        let mean = sum(n, g, y) { $0 * $1 }
        map(n, g, y, to: to) { g, y in y * (g - mean) }
      }
      return [dx]
    }
  }
}

/// The logarithm of the softmax, x − log Σ eˣ, exact also where the softmax itself rounds to 0.
///
/// Where all elements along the axis are −∞ the result is −∞ everywhere.
///
/// - Parameters:
///   - x: logits.
///   - axis: the axis along which the probabilities sum to 1; −1 is the last.
///   - file: the caller's file, for the message about a wrong axis.
///   - line: the caller's line.
/// - Returns: logarithms of probabilities, of the shape of `x`.
public func logSoftmax(
  _ x: Variable, axis: Int = -1, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  alongLastAxis(x, axis, "logSoftmax", file: file, line: line) { x in
    let y = Tensor(uninitialized: x.shape)
    eachRow(of: x.value, y) { n, from, to in
      let total = logSumExpRow(n, from)
      let largest = total.largest == -.infinity ? 0 : total.largest
      map(n, from, to: to) { ($0 - largest) - total.rest }
    }
    return Variable(y, from: [x]) { g in
      let dx = Tensor(uninitialized: y.shape)
      eachRow(of: g, y, dx) { n, g, y, to in
        let total = sum(n, g)
        map(n, g, y, to: to) { g, y in g - exp(y) * total }
      }
      return [dx]
    }
  }
}

/// The logarithm of the sum of exponentials along an axis: a maximum with rounded corners.
///
/// Where all elements along the axis are −∞ the result is −∞ and the gradient 0.
///
/// - Parameters:
///   - x: logits.
///   - axis: the axis to sum along; −1 is the last.
///   - keepsAxis: whether the axis stays, with size 1.
///   - file: the caller's file, for the message about a wrong axis.
///   - line: the caller's line.
/// - Returns: log Σ eˣ, of the shape of `x` without the axis.
public func logSumExp(
  _ x: Variable, axis: Int = -1, keepsAxis: Bool = false, file: StaticString = #fileID,
  line: UInt = #line
) -> Variable {
  let split = AxisSplit(x.shape, axis, "logSumExp", file: file, line: line)
  let sums = alongLastAxis(x, axis, "logSumExp", file: file, line: line) { x in
    let input = x.value
    let y = Tensor(uninitialized: x.shape.dropLast() + [1])
    eachRow(of: input, y) { n, from, to in to.pointee = logSumExpRow(n, from).total }
    return Variable(y, from: [x]) { g in
      let dx = Tensor(uninitialized: input.shape)
      let (from, gradients, to, n) = (input.start, g.start, dx.start, input.columns)
      parallelRanges(input.rows, grain: max(1, (1 << 13) / max(n, 1))) { rows in
        for row in rows {
          let (gradient, slopes) = (gradients[row], to + row * n)
          softmaxRow(n, from + row * n, to: slopes)
          map(n, slopes, to: slopes) { $0 * gradient }
        }
      }
      return withExtendedLifetime((g, input)) { [dx] }
    }
  }
  return keepsAxis ? sums : sums.reshaped(split.reduced(false))
}

/// Runs an operation on rows along another axis than the last, which is moved there and back.
private func alongLastAxis(
  _ x: Variable, _ axis: Int, _ operation: String, file: StaticString, line: UInt,
  _ body: (Variable) -> Variable
) -> Variable {
  let axis = Shape.axis(axis, of: x.shape, operation, file: file, line: line)
  if axis == x.shape.count - 1 { return body(x) }
  let order = x.shape.indices.filter { $0 != axis } + [axis]
  var back = order
  for (place, axis) in order.enumerated() { back[axis] = place }
  return body(x.permuted(order)).permuted(back)
}

/// Calls `body` for each row of a tensor with the row's length and where it begins in each tensor.
@inline(__always)
private func eachRow(of x: Tensor, _ y: Tensor, _ body: (Int, Pointer, Pointer) -> Void) {
  let (from, to, n, step) = (x.start, y.start, x.columns, y.columns)
  parallelRanges(x.rows, grain: max(1, (1 << 13) / max(n, 1))) { rows in
    for row in rows { body(n, from + row * n, to + row * step) }
  }
  withExtendedLifetime((x, y)) {}
}

/// Calls `body` for each row of three tensors of one shape.
@inline(__always)
private func eachRow(
  of x: Tensor, _ y: Tensor, _ z: Tensor, _ body: (Int, Pointer, Pointer, Pointer) -> Void
) {
  let (from, other, to, n) = (x.start, y.start, z.start, x.columns)
  parallelRanges(x.rows, grain: max(1, (1 << 13) / max(n, 1))) { rows in
    for row in rows { body(n, from + row * n, other + row * n, to + row * n) }
  }
  withExtendedLifetime((x, y, z)) {}
}
