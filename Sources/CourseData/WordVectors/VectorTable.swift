import TensorCore

/// Rows of floats, each beginning on a cache line and filled up with zeros, for loops on pointers.
final class VectorTable {
  let rows: Int
  let width: Int
  /// From one row to the next, in floats.
  let stride: Int
  let start: UnsafeMutablePointer<Float>
  private static let cacheLine = 64

  /// A table of zeros.
  init(rows: Int, width: Int) {
    (self.rows, self.width) = (rows, width)
    let floats = VectorTable.cacheLine / MemoryLayout<Float>.stride
    let unit = max(floats, rowAlignment)
    stride = (width + unit - 1) / unit * unit
    let bytes = max(1, rows * stride) * MemoryLayout<Float>.stride
    start = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: VectorTable.cacheLine
    ).bindMemory(to: Float.self, capacity: max(1, rows * stride))
    start.initialize(repeating: 0, count: max(1, rows * stride))
  }

  deinit { start.deallocate() }

  func row(_ row: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: start + row * stride, count: width)
  }

  /// Makes some rows 0 again.
  func clear(_ rows: Range<Int>) {
    (start + rows.lowerBound * stride).update(repeating: 0, count: rows.count * stride)
  }

  /// The rows without what fills them up, `[rows, width]`.
  var tensor: Tensor {
    var numbers: [Float] = []
    numbers.reserveCapacity(rows * width)
    for row in 0..<rows { numbers.append(contentsOf: self.row(row)) }
    return Tensor([rows, width], numbers)
  }
}
