/// Sums over rows that several threads share.
///
/// The rows are cut into parts; `body` adds the rows of one part to numbers of its own, which start at
/// zero. The parts' sums are then added in the parts' order. How many parts there are depends on the
/// sizes alone, so the result has the same bits for any number of threads.
///
/// - Parameters:
///   - rows: how many rows there are.
///   - work: about how many numbers one row touches.
///   - count: how many sums.
///   - body: called once for each part with its rows and its sums.
/// - Returns: the sums, `[count]`.
func partialSums(
  rows: Int, work: Int, count: Int, _ body: (_ rows: Range<Int>, _ sums: Pointer) -> Void
) -> Tensor {
  let parts = max(1, min(16, (rows * work) >> 14))
  let sums = Tensor([parts, count], fill: 0)
  let start = sums.start
  parallel(parts) { part in
    body(part * rows / parts..<(part + 1) * rows / parts, start + part * count)
  }
  if parts == 1 { return sums.reshaped([count]) }
  let total = Tensor(uninitialized: [count])
  let to = total.start
  to.update(from: start, count: count)
  for part in 1..<parts { map(count, to, start + part * count, to: to) { $0 + $1 } }
  return withExtendedLifetime(sums) { total }
}
