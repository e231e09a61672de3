/// The Cholesky factor L of a symmetric positive definite matrix A = L Lᵀ, to solve A X = B with.
///
/// Golub and Van Loan, "Matrix Computations", 4th edition, algorithm 4.2.1, row by row. In double
/// precision: normal equations square the condition of what they come from.
struct CholeskyFactor {
  private let factor: [Double]
  private let size: Int

  /// Factors a matrix `[size, size]`; its upper half is not looked at.
  ///
  /// A matrix that is not positive definite stops the program.
  ///
  /// - Complexity: O(`size`³) / 3 multiplications.
  init(_ matrix: [Double], size: Int) {
    if matrix.count != size * size {
      fatalError("CholeskyFactor: \(matrix.count) numbers for [\(size), \(size)]")
    }
    var factor = matrix
    factor.withUnsafeMutableBufferPointer { factor in
      let rows = factor.baseAddress!
      for i in 0..<size {
        let row = rows + i * size
        for j in 0..<i {
          let other = rows + j * size
          row[j] = (row[j] - CholeskyFactor.dot(row, other, j)) / other[j]
        }
        let left = row[i] - CholeskyFactor.dot(row, row, i)
        if !(left > 0) { fatalError("CholeskyFactor: the matrix is not positive definite") }
        row[i] = left.squareRoot()
        for j in i + 1..<max(i + 1, size) { row[j] = 0 }
      }
    }
    self.factor = factor
    self.size = size
  }

  /// The solution X `[size, columns]` of A X = B.
  func solved(_ b: [Double], columns: Int) -> [Double] {
    var x = b
    for column in 0..<columns {
      // L z = b downwards, then Lᵀ x = z upwards.
      var z = (0..<size).map { b[$0 * columns + column] }
      for i in 0..<size {
        var sum = z[i]
        for j in 0..<i { sum -= factor[i * size + j] * z[j] }
        z[i] = sum / factor[i * size + i]
      }
      for i in (0..<size).reversed() {
        z[i] /= factor[i * size + i]
        let value = z[i]
        for j in 0..<i { z[j] -= factor[i * size + j] * value }
      }
      for i in 0..<size { x[i * columns + column] = z[i] }
    }
    return x
  }

  /// The sum of products of the first `count` numbers, in eight running sums.
  @inline(__always)
  private static func dot(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int
  ) -> Double {
    var sums = SIMD8<Double>.zero
    var at = 0
    while at &+ 8 <= count {
      let left = UnsafeRawPointer(a + at).loadUnaligned(as: SIMD8<Double>.self)
      sums.addProduct(left, UnsafeRawPointer(b + at).loadUnaligned(as: SIMD8<Double>.self))
      at &+= 8
    }
    var sum = sums.sum()
    while at < count {
      sum += a[at] * b[at]
      at &+= 1
    }
    return sum
  }
}
