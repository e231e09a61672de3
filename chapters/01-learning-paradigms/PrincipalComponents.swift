import TensorCore

/// Principal component analysis: the few directions along which points differ most.
///
/// The directions are the leading eigenvectors of the covariance matrix C = XᵀX / n of the centred
/// points X. They are found by power iteration on all at once: multiply by C, make orthonormal again.
/// C itself, `[coordinates, coordinates]`, is never built.
struct PrincipalComponents {
  /// The mean point, `[coordinates]`.
  let mean: Variable
  /// The directions, one a row and of length 1, `[count, coordinates]`.
  let directions: Variable
  /// The variance of the points along each direction, the largest first.
  let variances: [Float]
  /// The variance along all coordinates together.
  let totalVariance: Float

  /// Finds `count` directions of points `[n, coordinates]`.
  init(_ points: Variable, count: Int, iterations: Int = 30, random: inout Random) {
    let n = Float(points.shape[0])
    mean = points.mean(axis: 0)
    let x = points - mean
    var w = Variable(Tensor(normal: [count, points.shape[1]], using: &random))
    for _ in 0..<iterations {
      let along = matmul(x, w, transposingB: true)  // [n, count]
      w = PrincipalComponents.orthonormal(matmul(along, x, transposingA: true))
    }
    directions = w
    variances = (square(matmul(x, w, transposingB: true)).sum(axis: 0) / n).value.numbers
    totalVariance = square(x).sum().value.number / n
  }

  /// The coordinates of points along the directions, `[n, count]`.
  func callAsFunction(_ points: Variable) -> Variable {
    matmul(points - mean, directions, transposingB: true)
  }

  /// Makes rows orthonormal, each against those before it (Gram–Schmidt).
  static func orthonormal(_ rows: Variable) -> Variable {
    var basis: [Variable] = []  // each [1, coordinates]
    for index in 0..<rows.shape[0] {
      var row = rows.sliced(axis: 0, index..<index + 1)
      // Twice, since after large subtractions rounding leaves some of the old directions behind.
      for _ in 0..<2 {
        for other in basis { row = row - (row * other).sum() * other }
      }
      basis.append(row / squareRoot(square(row).sum()))
    }
    return concatenate(basis)
  }
}
