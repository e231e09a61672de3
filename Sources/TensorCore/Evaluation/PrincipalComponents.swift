/// Principal component analysis: the few directions along which points differ most.
///
/// The directions are the leading eigenvectors of the covariance matrix C = XᵀX / n of the centred
/// points X. They are found by power iteration on all at once: multiply by C, make orthonormal again.
/// C itself, `[coordinates, coordinates]`, is never built, so that points may have thousands of
/// coordinates.
///
/// ```swift
/// let plane = PrincipalComponents(features, count: 2, using: &random)
/// plane(features)  // [n, 2]
/// ```
public struct PrincipalComponents {
  /// The mean point, `[coordinates]`.
  public let mean: Variable
  /// The directions, one a row and of length 1, `[count, coordinates]`; 0 where no variance is left.
  public let directions: Variable
  /// The variance of the points along each direction, the largest first.
  public let variances: [Float]
  /// The variance along all coordinates together.
  public let totalVariance: Float

  /// Finds the leading directions of points.
  ///
  /// - Parameters:
  ///   - points: `[n, coordinates]`.
  ///   - count: how many directions; no more than there are coordinates.
  ///   - iterations: how often C is multiplied by. An error shrinks each time by the ratio of the next
  ///     smaller eigenvalue to the direction's own.
  ///   - random: where the first directions come from.
  ///   - file: the caller's file, for the message about wrong shapes.
  ///   - line: the caller's line.
  public init(
    _ points: Variable, count: Int, iterations: Int = 30, using random: inout Random,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    if points.shape.count != 2 || !(1...max(1, points.shape[1]) ~= count) {
      stop(
        "PrincipalComponents",
        "\(count) directions of points \(points.shape): it needs [n, coordinates] and as many "
          + "coordinates as directions", file: file, line: line)
    }
    let points = points.detached()
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
  public func callAsFunction(_ points: Variable) -> Variable {
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
      // What is left of a direction without variance is 0, and stays it.
      basis.append(row / (squareRoot(square(row).sum()) + 1e-30))
    }
    return concatenate(basis)
  }
}
