import Foundation
import TensorCore
import Testing

@testable import chapter8

@Suite struct `The spectrum of a representation` {
  @Test func `a diagonal spectrum is found, also between turned axes`() {
    var random = Random(seed: 1)
    // Rows of a random orthogonal matrix, from the pairs of axes that are turned.
    var matrix: [Double] = [9, 0, 0, 0, 0, 4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    for (p, q) in [(0, 1), (1, 3), (2, 3), (0, 2), (1, 2)] {
      let angle = Double(random.uniform()) * 6
      let (c, s) = (cos(angle), sin(angle))
      for k in 0..<4 {
        let (x, y) = (matrix[k * 4 + p], matrix[k * 4 + q])
        matrix[k * 4 + p] = c * x - s * y
        matrix[k * 4 + q] = s * x + c * y
      }
      for k in 0..<4 {
        let (x, y) = (matrix[p * 4 + k], matrix[q * 4 + k])
        matrix[p * 4 + k] = c * x - s * y
        matrix[q * 4 + k] = s * x + c * y
      }
    }
    let found = eigenvalues(symmetric: matrix, 4)
    // Jacobi leaves some 10⁻¹⁵ of the largest value.
    for (a, b) in zip(found, [9, 4, 1, 0.0]) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func `eigenvalues keep the trace and the sum of squares`() {
    var random = Random(seed: 2)
    let n = 9
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0...i {
        matrix[i * n + j] = Double(random.normal())
        matrix[j * n + i] = matrix[i * n + j]
      }
    }
    let found = eigenvalues(symmetric: matrix, n)
    let trace = (0..<n).reduce(0) { $0 + matrix[$1 * n + $1] }
    #expect(abs(found.reduce(0, +) - trace) < 1e-10)
    let squares = matrix.reduce(0) { $0 + $1 * $1 }
    #expect(abs(found.reduce(0) { $0 + $1 * $1 } - squares) < 1e-10)
  }

  @Test func `points that are all one have a spectrum of zeros and rank 0`() {
    let spectrum = singularValues(Variable(Tensor([50, 6], fill: 0.4)))
    #expect(spectrum.count == 6)
    #expect(spectrum.allSatisfy { $0 < 1e-12 })
    #expect(effectiveRank([0, 0, 0]) == 0)
  }

  @Test func `points along one line use one dimension, a round cloud uses all`() {
    var random = Random(seed: 3)
    let along = Variable(Tensor(normal: [200, 1], using: &random))
    let line = matmul(along, Variable(Tensor([1, 4], [1, 2, -1, 0.5])))
    // The rest is rounding: 10⁻⁷ of the variance along the line.
    #expect(abs(effectiveRank(singularValues(line)) - 1) < 1e-3)
    let cloud = Variable(Tensor(normal: [20_000, 4], using: &random))
    // Variances of 20,000 draws vary by a hundredth.
    #expect(effectiveRank(singularValues(cloud)) > 3.99)
  }
}
