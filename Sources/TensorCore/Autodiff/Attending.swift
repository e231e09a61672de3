// Scaled dot-product attention with several heads (Vaswani et al. 2017, "Attention is all you need",
// section 3.2), each as one operation.
//
// The heads lie side by side in a row: head i of width w has columns i · w ..< (i + 1) · w. The
// projections before and after attention are `linear`.

/// Attention of a sequence to itself, from queries, keys and values in one tensor.
///
/// For each head softmax(q kᵀ / √headWidth) v. A query all of whose keys are masked gets 0, and so do
/// its gradients.
///
/// - Parameters:
///   - qkv: `[batch, time, 3 · width]`, in each row the queries, then the keys, then the values.
///   - heads: how many heads share the width.
///   - isCausal: whether each time step sees only itself and those before it.
///   - mask: which keys count, `[batch, time]` row after row, for texts filled up to one length
///     (`paddingMask`); nil for all.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: `[batch, time, width]`.
public func attention(
  _ qkv: Variable, heads: Int, isCausal: Bool = false, mask: [Bool]? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let shape = AttentionShape(qkv.shape, heads, isCausal, mask, file: file, line: line)
  let input = qkv.value
  let width = input.columns / 3
  func parts(_ tensor: Tensor) -> [HeadRows] {
    (0..<3).map { HeadRows(start: tensor.start + $0 * width, rowStride: 3 * width) }
  }
  let y = Tensor(uninitialized: [shape.batch, shape.queries, width])
  let p = Tensor(uninitialized: [shape.batch, heads, shape.queries, shape.keys])
  let x = parts(input)
  attend(shape, x[0], x[1], x[2], into: rows(y), probabilities: p.start)
  return withExtendedLifetime(input) {
    Variable(y, from: [qkv]) { g in
      let dx = Tensor(uninitialized: input.shape)
      let (x, d) = (parts(input), parts(dx))
      attendBackward(
        shape, x[0], x[1], x[2], probabilities: p.start, rows(g), d[0], d[1], d[2])
      return withExtendedLifetime((input, p, g)) { [dx] }
    }
  }
}

/// Attention of queries to the keys and values of another sequence.
///
/// For each head softmax(q kᵀ / √headWidth) v. A query all of whose keys are masked gets 0, and so do
/// its gradients.
///
/// - Parameters:
///   - query: `[batch, queries, width]`.
///   - key: `[batch, keys, width]`.
///   - value: `[batch, keys, width]`.
///   - heads: how many heads share the width.
///   - isCausal: whether query i sees only the keys 0...i; there are then as many keys as queries.
///   - mask: which keys count, `[batch, keys]` row after row; nil for all.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: `[batch, queries, width]`.
public func attention(
  query: Variable, key: Variable, value: Variable, heads: Int, isCausal: Bool = false,
  mask: [Bool]? = nil, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let shape = AttentionShape(
    query.shape, key.shape, heads, isCausal, mask, file: file, line: line)
  if value.shape != key.shape {
    stop(
      "attention", "keys \(key.shape) and values \(value.shape) differ", file: file, line: line)
  }
  let (q, k, v) = (query.value, key.value, value.value)
  let y = Tensor(uninitialized: q.shape)
  let p = Tensor(uninitialized: [shape.batch, heads, shape.queries, shape.keys])
  attend(shape, rows(q), rows(k), rows(v), into: rows(y), probabilities: p.start)
  return withExtendedLifetime((q, k, v)) {
    Variable(y, from: [query, key, value]) { g in
      let dq = Tensor(uninitialized: q.shape)
      // Without queries no block would write these.
      let dk = shape.queries == 0 ? Tensor(k.shape, fill: 0) : Tensor(uninitialized: k.shape)
      let dv = shape.queries == 0 ? Tensor(v.shape, fill: 0) : Tensor(uninitialized: v.shape)
      attendBackward(
        shape, rows(q), rows(k), rows(v), probabilities: p.start, rows(g), rows(dq), rows(dk),
        rows(dv))
      return withExtendedLifetime((q, k, v, p, g)) { [dq, dk, dv] }
    }
  }
}

/// What attention looks at: the probabilities with which `attention(_:heads:)` weighs the values.
///
/// - Parameters:
///   - qkv: `[batch, time, 3 · width]`.
///   - heads: how many heads share the width.
///   - isCausal: whether each time step sees only itself and those before it.
///   - mask: which keys count, `[batch, time]` row after row; nil for all.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: `[batch, heads, time, time]`; each row sums to 1, or is 0 where no key counts.
public func attentionWeights(
  _ qkv: Tensor, heads: Int, isCausal: Bool = false, mask: [Bool]? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  let shape = AttentionShape(qkv.shape, heads, isCausal, mask, file: file, line: line)
  let step = qkv.columns
  return withExtendedLifetime(qkv) {
    weights(
      shape, HeadRows(start: qkv.start, rowStride: step),
      HeadRows(start: qkv.start + step / 3, rowStride: step))
  }
}

/// What attention looks at: the probabilities with which `attention(query:key:value:heads:)` weighs
/// the values.
///
/// - Parameters:
///   - query: `[batch, queries, width]`.
///   - key: `[batch, keys, width]`.
///   - heads: how many heads share the width.
///   - isCausal: whether query i sees only the keys 0...i.
///   - mask: which keys count, `[batch, keys]` row after row; nil for all.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: `[batch, heads, queries, keys]`; each row sums to 1, or is 0 where no key counts.
public func attentionWeights(
  query: Tensor, key: Tensor, heads: Int, isCausal: Bool = false, mask: [Bool]? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  let shape = AttentionShape(query.shape, key.shape, heads, isCausal, mask, file: file, line: line)
  return withExtendedLifetime((query, key)) { weights(shape, rows(query), rows(key)) }
}

private func weights(_ shape: AttentionShape, _ q: HeadRows, _ k: HeadRows) -> Tensor {
  let p = Tensor(uninitialized: [shape.batch, shape.heads, shape.queries, shape.keys])
  shape.eachHead { item in
    for block in 0..<shape.blocks {
      _ = attend(
        shape, item, block: block, q.head(item, shape, time: shape.queries),
        k.head(item, shape, time: shape.keys), into: p.start)
    }
  }
  return p
}

/// The rows of a tensor `[batch, time, width]`.
private func rows(_ x: Tensor) -> HeadRows { HeadRows(start: x.start, rowStride: x.columns) }

extension AttentionShape {
  /// The sizes of self-attention from `[batch, time, 3 · width]`.
  fileprivate init(
    _ qkv: [Int], _ heads: Int, _ isCausal: Bool, _ mask: [Bool]?, file: StaticString, line: UInt
  ) {
    if qkv.count != 3 || heads < 1 || qkv[2] % (3 * heads) != 0 {
      stop(
        "attention",
        "queries, keys and values \(qkv) are not [batch, time, 3 · width] with a width that "
          + "\(heads) heads share", file: file, line: line)
    }
    let one = [qkv[0], qkv[1], qkv[2] / 3]
    self.init(one, one, heads, isCausal, mask, file: file, line: line)
  }

  /// The sizes of attention of `[batch, queries, width]` to `[batch, keys, width]`.
  fileprivate init(
    _ q: [Int], _ k: [Int], _ heads: Int, _ isCausal: Bool, _ mask: [Bool]?, file: StaticString,
    line: UInt
  ) {
    if q.count != 3 || k.count != 3 || q[0] != k[0] || q[2] != k[2] {
      stop(
        "attention",
        "queries \(q) and keys \(k) are not [batch, time, width] of one batch and width",
        file: file, line: line)
    }
    if heads < 1 || q[2] % heads != 0 {
      stop("attention", "\(heads) heads cannot share width \(q[2])", file: file, line: line)
    }
    if isCausal && q[1] != k[1] {
      stop(
        "attention", "\(q[1]) queries and \(k[1]) keys: causal attention needs as many",
        file: file, line: line)
    }
    if let mask, mask.count != k[0] * k[1] {
      stop(
        "attention", "a mask of \(mask.count) for \(k[0]) × \(k[1]) keys", file: file, line: line)
    }
    let bias = mask.map { Tensor([k[0], k[1]], $0.map { $0 ? 0 : -.infinity }) }
    self.init(
      batch: q[0], queries: q[1], keys: k[1], heads: heads, headWidth: q[2] / heads,
      isCausal: isCausal, mask: bias)
  }
}
