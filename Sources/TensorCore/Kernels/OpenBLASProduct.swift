#if OpenBLAS
  import COpenBLAS

  /// C = start + A B by the OpenBLAS library; false, with nothing done, where the strides of A or B
  /// are of a kind that the library does not take.
  ///
  /// The library promises no equal bits for different numbers of its own threads. So it runs with
  /// one, and the rows are shared out here: in blocks that depend on their number alone.
  func multiplyByOpenBLAS(
    _ a: Matrix, _ b: Matrix, into c: Matrix, from start: Start
  ) -> Bool {
    guard let left = Operand(a), let right = Operand(b), c.columnStride == 1,
      [c.rows, c.columns, b.rows, left.stride, right.stride, c.rowStride].allSatisfy({
        (1..<Int(Int32.max)).contains($0)
      })
    else { return false }
    _ = useOneThread
    // 1, 2, 4 or 8 blocks of at least 128 rows.
    var blocks = 1
    while blocks < 8 && c.rows / (2 * blocks) >= 128 { blocks *= 2 }
    parallel(blocks) { block in
      let rows = block * c.rows / blocks..<(block + 1) * c.rows / blocks
      let to = c.rows(rows)
      var kept: Float = 1
      switch start {
      case .zero: kept = 0
      case .existing: break
      case .bias(let bias):
        for i in 0..<rows.count {
          (to.start + i * to.rowStride).update(from: bias, count: to.columns)
        }
      }
      cblas_sgemm(
        CblasRowMajor, left.order, right.order, Int32(rows.count), Int32(c.columns),
        Int32(b.rows), 1, a.rows(rows).start, left.stride32, b.start, right.stride32, kept,
        to.start, Int32(to.rowStride))
    }
    return true
  }

  /// Switches the library's own threads off, once.
  private let useOneThread: Void = openblas_set_num_threads(1)

  /// How the library is told of a matrix: dense rows, or dense columns as a transposed matrix.
  private struct Operand {
    let order: CBLAS_TRANSPOSE
    let stride: Int

    init?(_ m: Matrix) {
      if m.columnStride == 1 && m.rowStride >= m.columns {
        (order, stride) = (CblasNoTrans, m.rowStride)
      } else if m.rowStride == 1 && m.columnStride >= m.rows {
        (order, stride) = (CblasTrans, m.columnStride)
      } else {
        return nil
      }
    }

    var stride32: Int32 { Int32(stride) }
  }
#endif
