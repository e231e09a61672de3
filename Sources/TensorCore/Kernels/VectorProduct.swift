// Products with a single row or column: every number of the matrix is used once, so there is
// nothing to pack, and the order of its memory decides how it is read.

/// C = start + A B where C has one row or one column.
func multiplyVector(_ a: Matrix, _ b: Matrix, into c: Matrix, from start: Start) {
  // A column is a row of the transposed product, Cᵀ = Bᵀ Aᵀ.
  let (v, m, out) =
    c.rows == 1 ? (a, b, c) : (b.transposed, a.transposed, c.transposed)
  let columns = out.columns
  if columns == 0 { return }
  for j in 0..<columns {
    switch start {
    case .existing: break
    case .zero: out.start[j &* out.columnStride] = 0
    case .bias(let bias): out.start[j &* out.columnStride] = bias[c.rows == 1 ? j : 0]
    }
  }
  let terms = m.rows
  if terms == 0 { return }
  let dense = Scratch(terms)
  defer { dense.free() }
  let factors = dense.start
  for k in 0..<terms { factors[k] = v.start[k &* v.columnStride] }
  let grain = max(laneCount, 32_768 / terms)
  parallelRanges(columns, grain: grain, step: laneCount) { range in
    if m.columnStride == 1 && out.columnStride == 1 {
      addScaledRows(factors, m.columns(range), to: out.start + range.lowerBound)
    } else if m.rowStride == 1 {
      for j in range {
        out.start[j &* out.columnStride] +=
          sum(terms, factors, m.start + j &* m.columnStride) { $0 * $1 }
      }
    } else {
      for j in range {
        var total: Float = 0
        for k in 0..<terms {
          total.addProduct(factors[k], m.start[k &* m.rowStride &+ j &* m.columnStride])
        }
        out.start[j &* out.columnStride] += total
      }
    }
  }
}

/// out[j] += Σ factors[k] · m[k, j], where the rows of `m` are dense.
private func addScaledRows(_ factors: Pointer, _ m: Matrix, to out: Pointer) {
  for k in 0..<m.rows {
    let factor = Lanes(repeating: factors[k])
    map(m.columns, m.start + k &* m.rowStride, out, to: out) { $1.addingProduct($0, factor) }
  }
}
