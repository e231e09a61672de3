import TensorCore

/// The singular values of the covariance matrix of points: their variances along its axes, the
/// largest first.
///
/// How many of them are far from zero says how many dimensions the points fill. All of them at zero
/// means that all points are one: the representation has collapsed (Jing et al. 2022).
///
/// - Parameter points: `[count, width]`.
/// - Returns: `width` values, the largest first.
func singularValues(_ points: Variable) -> [Double] {
  let centred = points - points.mean(axis: 0)
  let covariance = matmul(centred, centred, transposingA: true) / Float(points.shape[0])
  // A covariance matrix is symmetric and has no negative eigenvalue: they are its singular values.
  return eigenvalues(symmetric: covariance.value.numbers.map(Double.init), points.shape[1])
    .map { max($0, 0) }
}

/// exp of the entropy of the normalised spectrum: how many dimensions are in use.
///
/// n equal values give n; one value that outweighs all others gives 1.
func effectiveRank(_ spectrum: [Double]) -> Double {
  let total = spectrum.reduce(0, +)
  if total <= 0 { return 0 }
  let shares = Variable(Tensor([spectrum.count], spectrum.map { Float($0 / total) }))
  let entropy = -(shares * log(shares + 1e-30)).sum()
  return Double(exp(entropy).value.number)
}

/// The eigenvalues of a symmetric matrix `[n, n]`, the largest first.
///
/// Jacobi's method: turn two axes at a time so that the element between them becomes 0; each sweep
/// over all pairs leaves less outside the diagonal. Power iteration (`PrincipalComponents`) finds the
/// few largest sooner; of a collapse the smallest tell.
func eigenvalues(symmetric matrix: [Double], _ n: Int) -> [Double] {
  var matrix = matrix
  let scale = matrix.reduce(0) { $0 + $1 * $1 }
  matrix.withUnsafeMutableBufferPointer { a in
    for _ in 0..<30 {
      var outside = 0.0
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) { outside += a[p * n + q] * a[p * n + q] }
      }
      if outside <= 1e-20 * scale { break }
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where a[p * n + q] != 0 {
          // The turn's tangent solves t² + 2θt − 1 = 0; the smaller root turns least.
          let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
          let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
          let cosine = 1 / (t * t + 1).squareRoot()
          let sine = t * cosine
          for k in 0..<n {
            let (x, y) = (a[k * n + p], a[k * n + q])
            a[k * n + p] = cosine * x - sine * y
            a[k * n + q] = sine * x + cosine * y
          }
          for k in 0..<n {
            let (x, y) = (a[p * n + k], a[q * n + k])
            a[p * n + k] = cosine * x - sine * y
            a[q * n + k] = sine * x + cosine * y
          }
        }
      }
    }
  }
  return (0..<n).map { matrix[$0 * n + $0] }.sorted(by: >)
}
