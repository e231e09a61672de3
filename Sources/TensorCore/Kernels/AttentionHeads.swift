// Attention of all heads of all sequences, each head a strided view of the rows.
//
//     a row of q       | head 0 | head 1 | … | head h−1 |      one row for each time step
//     q of head 1               [--------]                      rows `rowStride` apart

/// The sizes of attention, and which keys a query may look at.
struct AttentionShape {
  let batch: Int
  let queries: Int
  let keys: Int
  let heads: Int
  let headWidth: Int
  /// Whether query i sees only the keys 0...i.
  let isCausal: Bool
  /// 0 for a key that counts and −∞ for one that does not, `[batch, keys]`; nil if all count.
  let mask: Tensor?

  /// What scores are multiplied with, so that their spread does not grow with the head's width.
  var scale: Float { 1 / Float(headWidth).squareRoot() }
  /// Queries that are handled together: in causal attention a block is spared the keys after it.
  private var block: Int { isCausal ? 64 : max(queries, 1) }
  var blocks: Int { (queries + block - 1) / block }

  /// A block's queries.
  func queries(_ index: Int) -> Range<Int> { index * block..<min((index + 1) * block, queries) }

  /// The keys that some of these queries see.
  func keys(_ queries: Range<Int>) -> Range<Int> { 0..<(isCausal ? queries.upperBound : keys) }

  /// The probabilities of head `item`, counted over the whole batch: `[queries, keys]`.
  func probabilities(_ p: Pointer, _ item: Int) -> Matrix {
    Matrix(p + item * queries * keys, queries, keys)
  }

  /// Runs `body` for each head of each sequence, on several threads.
  func eachHead(_ body: (Int) -> Void) {
    let work = max(1, queries * keys * headWidth)
    parallelRanges(batch * heads, grain: max(1, 30_000 / work)) { range in
      for item in range { body(item) }
    }
  }
}

/// Queries, keys, values or results: where the rows begin and how far apart they are.
struct HeadRows {
  let start: Pointer
  let rowStride: Int

  /// The rows of head `item`, counted over the whole batch: `[time, headWidth]`.
  func head(_ item: Int, _ shape: AttentionShape, time: Int) -> Matrix {
    let first = item / shape.heads * time * rowStride + item % shape.heads * shape.headWidth
    return Matrix(start + first, time, shape.headWidth, rowStride: rowStride)
  }
}

/// Probabilities of one block of queries, from their scores q kᵀ.
///
/// Returns the view `[queries of the block, keys they see]`; what they do not see is set to 0.
func attend(
  _ shape: AttentionShape, _ item: Int, block: Int, _ q: Matrix, _ k: Matrix, into p: Pointer
) -> Matrix {
  let queries = shape.queries(block)
  let keys = shape.keys(queries)
  let scores = shape.probabilities(p, item).rows(queries).columns(keys)
  multiplySerial(q.rows(queries), k.rows(keys).transposed, into: scores)
  let mask = shape.mask.map { $0.start + item / shape.heads * shape.keys }
  for (i, query) in queries.enumerated() {
    let row = scores.start + i &* scores.rowStride
    let seen = shape.isCausal ? query + 1 : shape.keys
    if let mask { map(seen, row, mask, to: row) { $0 + $1 } }
    softmaxRow(seen, row, to: row, scale: shape.scale)
    (row + seen).update(repeating: 0, count: shape.keys - seen)
  }
  return scores
}

/// y = softmax(q kᵀ · scale) v for each head; the probabilities are kept in `p`.
func attend(
  _ shape: AttentionShape, _ q: HeadRows, _ k: HeadRows, _ v: HeadRows, into y: HeadRows,
  probabilities p: Pointer
) {
  shape.eachHead { item in
    let q = q.head(item, shape, time: shape.queries)
    let k = k.head(item, shape, time: shape.keys)
    let v = v.head(item, shape, time: shape.keys)
    let y = y.head(item, shape, time: shape.queries)
    for block in 0..<shape.blocks {
      let weights = attend(shape, item, block: block, q, k, into: p)
      let queries = shape.queries(block)
      multiplySerial(weights, v.rows(shape.keys(queries)), into: y.rows(queries))
    }
  }
}

/// The gradients of q, k and v from that of y; `dq`, `dk` and `dv` are overwritten.
///
/// With y = p v and p = softmax(s): dv = pᵀ dy, dp = dy vᵀ, ds = p (dp − Σ p dp) · scale, and then
/// dq = ds k, dk = dsᵀ q. The last block of queries sees all keys and writes dk and dv; the others
/// add to it.
func attendBackward(
  _ shape: AttentionShape, _ q: HeadRows, _ k: HeadRows, _ v: HeadRows, probabilities p: Pointer,
  _ dy: HeadRows, _ dq: HeadRows, _ dk: HeadRows, _ dv: HeadRows
) {
  shape.eachHead { item in
    let p = shape.probabilities(p, item)
    let scratch = Scratch(shape.queries(0).count * shape.keys)
    defer { scratch.free() }
    for block in (0..<shape.blocks).reversed() {
      let start: Start = block == shape.blocks - 1 ? .zero : .existing
      let queries = shape.queries(block)
      let keys = shape.keys(queries)
      let weights = p.rows(queries).columns(keys)
      let dyBlock = dy.head(item, shape, time: shape.queries).rows(queries)
      let ds = Matrix(scratch.start, queries.count, keys.count)
      multiplySerial(
        weights.transposed, dyBlock, into: dv.head(item, shape, time: shape.keys).rows(keys),
        from: start)
      multiplySerial(
        dyBlock, v.head(item, shape, time: shape.keys).rows(keys).transposed, into: ds)
      for i in 0..<queries.count {
        let (weight, slope) = (weights.start + i &* weights.rowStride, ds.start + i &* keys.count)
        let mean = sum(keys.count, weight, slope) { $0 * $1 }
        let scale = shape.scale
        map(keys.count, weight, slope, to: slope) { $0 * ($1 - mean) * scale }
      }
      multiplySerial(
        ds, k.head(item, shape, time: shape.keys).rows(keys),
        into: dq.head(item, shape, time: shape.queries).rows(queries))
      multiplySerial(
        ds.transposed, q.head(item, shape, time: shape.queries).rows(queries),
        into: dk.head(item, shape, time: shape.keys).rows(keys), from: start)
    }
  }
}
