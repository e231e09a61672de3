/// The matrix product of the last two axes: `[…, m, k]` times `[…, k, n]` is `[…, m, n]`.
///
/// The axes before the last two are a batch and broadcast: `[8, 5, 3]` times `[3, 4]` is `[8, 5, 4]`.
///
/// - Parameters:
///   - a: the left factor.
///   - b: the right factor.
///   - transposingA: read `a` as `[…, k, m]`; nothing is copied.
///   - transposingB: read `b` as `[…, n, k]`; nothing is copied.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: the product.
public func matmul(
  _ a: Variable, _ b: Variable, transposingA: Bool = false, transposingB: Bool = false,
  file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let left = Factor(a.value, isTransposed: transposingA)
  let right = Factor(b.value, isTransposed: transposingB)
  let y = product(left, right, file: file, line: line)
  let (needsA, needsB) = (a.needsGradient, b.needsGradient)
  return Variable(y, from: [a, b]) { g in
    // With C = A B: dA = dC Bᵀ and dB = Aᵀ dC; of a transposed factor the transposed gradient.
    let gradient = Factor(g, isTransposed: false)
    func da() -> Tensor {
      (transposingA
        ? product(right, gradient.transposed, file: file, line: line)
        : product(gradient, right.transposed, file: file, line: line)).summed(to: left.value.shape)
    }
    func db() -> Tensor {
      // A factor shared by the whole batch sums over it: one product of all rows, not one each.
      if right.value.shape.count == 2 && !transposingA {
        let rows = Factor(
          left.value.reshaped([left.value.rows, left.value.columns]), isTransposed: false)
        let gradients = Factor(g.reshaped([g.rows, g.columns]), isTransposed: false)
        return transposingB
          ? product(gradients.transposed, rows, file: file, line: line)
          : product(rows.transposed, gradients, file: file, line: line)
      }
      return
        (transposingB
        ? product(gradient.transposed, left, file: file, line: line)
        : product(left.transposed, gradient, file: file, line: line)).summed(to: right.value.shape)
    }
    return [needsA ? da() : nil, needsB ? db() : nil]
  }
}

/// An affine map of the last axis, x W + b, in one pass.
///
/// - Parameters:
///   - x: `[…, inputs]`.
///   - weight: `[inputs, outputs]`.
///   - bias: `[outputs]`, or nil for none.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: `[…, outputs]`.
public func linear(
  _ x: Variable, _ weight: Variable, _ bias: Variable? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  if weight.shape.count != 2 || x.shape.last != weight.shape[0] {
    stop(
      "linear",
      "input \(x.shape) ends in \(x.shape.last ?? 0), weight \(weight.shape) takes "
        + "\(weight.shape.first ?? 0)", file: file, line: line)
  }
  if let bias, bias.shape != [weight.shape[1]] {
    stop("linear", "bias \(bias.shape) for weight \(weight.shape)", file: file, line: line)
  }
  let (input, matrix) = (x.value, weight.value)
  let y = Tensor(uninitialized: x.shape.dropLast() + [weight.shape[1]])
  multiply(
    input.matrix, matrix.matrix, into: y.matrix, from: bias.map { .bias($0.value.start) } ?? .zero)
  let (needsX, needsW) = (x.needsGradient, weight.needsGradient)
  let needsBias = bias?.needsGradient ?? false
  return Variable(y, from: [x, weight] + (bias.map { [$0] } ?? [])) { g in
    var dx: Tensor?
    var dw: Tensor?
    if needsX {
      dx = Tensor(uninitialized: input.shape)
      multiply(g.matrix, matrix.matrix.transposed, into: dx!.matrix)
    }
    if needsW {
      dw = Tensor(uninitialized: matrix.shape)
      multiply(input.matrix.transposed, g.matrix, into: dw!.matrix)
    }
    let db =
      needsBias
      ? g.summed(outer: 1, length: g.rows, inner: g.columns).reshaped([g.columns]) : nil
    withExtendedLifetime((g, input, matrix)) {}
    return [dx, dw, db]
  }
}

/// A tensor as one side of a product: a batch of matrices, perhaps read transposed.
private struct Factor {
  let value: Tensor
  var isTransposed: Bool

  init(_ value: Tensor, isTransposed: Bool) {
    self.value = value
    self.isTransposed = isTransposed
  }

  var transposed: Factor { Factor(value, isTransposed: !isTransposed) }
  /// The axes before the last two.
  var batch: [Int] { Array(value.shape.dropLast(2)) }
  /// Rows and columns as they are read.
  var size: (rows: Int, columns: Int) {
    let (rows, columns) = (value.shape[value.shape.count - 2], value.columns)
    return isTransposed ? (columns, rows) : (rows, columns)
  }

  /// The matrix that begins at an offset.
  func matrix(at offset: Int) -> Matrix {
    let stored = Matrix(value.start + offset, value.shape[value.shape.count - 2], value.columns)
    return isTransposed ? stored.transposed : stored
  }
}

private func product(
  _ a: Factor, _ b: Factor, file: StaticString, line: UInt
) -> Tensor {
  let described =
    "\(a.value.shape)\(a.isTransposed ? "ᵀ" : "")"
    + " and \(b.value.shape)\(b.isTransposed ? "ᵀ" : "")"
  if a.value.shape.count < 2 || b.value.shape.count < 2 {
    stop("matmul", "\(described): each side needs two axes", file: file, line: line)
  }
  let (sizeA, sizeB) = (a.size, b.size)
  if sizeA.columns != sizeB.rows {
    stop(
      "matmul",
      "\(described): \(sizeA.columns) columns on the left, \(sizeB.rows) rows on the "
        + "right", file: file, line: line)
  }
  guard let batch = Shape.broadcast(a.batch, b.batch) else {
    stop("matmul", "\(described): the batches do not broadcast", file: file, line: line)
  }
  let y = Tensor(uninitialized: batch + [sizeA.rows, sizeB.columns])
  defer { withExtendedLifetime((a.value, b.value)) {} }
  if b.batch.allSatisfy({ $0 == 1 }) && !a.isTransposed && a.batch == batch {
    // One matrix for the whole batch: all rows at once.
    multiply(a.value.matrix, b.matrix(at: 0), into: y.matrix)
    return y
  }
  // As if the matrices were the elements of two tensors that broadcast.
  let walkA = Shape.broadcastStrides(a.batch, to: batch)
  let walkB = Shape.broadcastStrides(b.batch, to: batch)
  let (countA, countB) = (sizeA.rows * sizeA.columns, sizeB.rows * sizeB.columns)
  let sizeY = sizeA.rows * sizeB.columns
  func multiplyOne(_ index: Int, _ run: (Matrix, Matrix, Matrix) -> Void) {
    var rest = index
    var (atA, atB) = (0, 0)
    for axis in batch.indices.reversed() {
      atA += rest % batch[axis] * walkA[axis]
      atB += rest % batch[axis] * walkB[axis]
      rest /= batch[axis]
    }
    run(
      a.matrix(at: atA * countA), b.matrix(at: atB * countB),
      Matrix(y.start + index * sizeY, sizeA.rows, sizeB.columns))
  }
  let matrices = Shape.count(batch)
  if matrices < 4 {
    for index in 0..<matrices { multiplyOne(index) { multiply($0, $1, into: $2) } }
  } else {
    let work = max(1, sizeY * sizeA.columns)
    parallelRanges(matrices, grain: max(1, 50_000 / work)) { range in
      for index in range { multiplyOne(index) { multiplySerial($0, $1, into: $2) } }
    }
  }
  return y
}
