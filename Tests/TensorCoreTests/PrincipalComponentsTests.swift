import Testing

@testable import TensorCore

struct PrincipalComponentsTests {
  @Test func `an ellipse's axes come out with their variances`() {
    // ±3 along (0.6, 0.8) and ±1 along (−0.8, 0.6), around (5, 7).
    let points: [Float] = [
      5 + 1.8, 7 + 2.4, 5 - 1.8, 7 - 2.4, 5 - 0.8, 7 + 0.6, 5 + 0.8, 7 - 0.6,
    ]
    var random = Random(seed: 2)
    let pca = PrincipalComponents(Variable(Tensor([4, 2], points)), count: 2, using: &random)
    // Variances (9 + 9) / 4 and (1 + 1) / 4; the ratio 9 makes 30 iterations exact to rounding.
    #expect(abs(pca.variances[0] - 4.5) < 1e-4)
    #expect(abs(pca.variances[1] - 0.5) < 1e-4)
    #expect(abs(pca.totalVariance - 5) < 1e-4)
    let first = pca.directions.value.numbers
    #expect(abs(abs(first[0] * 0.6 + first[1] * 0.8) - 1) < 1e-5)
  }

  @Test func `directions are orthonormal eigenvectors of the covariance`() {
    var random = Random(seed: 3)
    // Deviations 8, 4, 2, 1, ½: each eigenvalue a quarter of the one before.
    let scale = Variable(Tensor([5], [8, 4, 2, 1, 0.5]))
    let mixing = PrincipalComponents.orthonormal(Variable(Tensor(normal: [5, 5], using: &random)))
    let points = matmul(Variable(Tensor(normal: [200, 5], using: &random)) * scale, mixing)
    let pca = PrincipalComponents(points, count: 3, using: &random)
    let x = points - points.mean(axis: 0)
    let covariance = matmul(x, x, transposingA: true) / 200
    let w = pca.directions
    let along = matmul(w, covariance)  // [3, 5]
    let scaled = w * Variable(Tensor([3, 1], pca.variances))
    // Errors shrink by about (1/4)³⁰ in 30 iterations; what is left is rounding of numbers near 60.
    #expect((along - scaled).value.numbers.allSatisfy { abs($0) < 1e-3 })
    let products = matmul(w, w, transposingB: true).value
    for row in 0..<3 {
      for column in 0..<3 {
        #expect(abs(products[row, column] - (row == column ? 1 : 0)) < 1e-5)
      }
    }
  }

  @Test func `points that are all one have no direction, and coordinates of 0`() {
    var random = Random(seed: 5)
    let points = Variable(Tensor([20, 4], fill: 0.5))
    let pca = PrincipalComponents(points, count: 2, using: &random)
    #expect(pca.totalVariance == 0)
    #expect(pca.variances == [0, 0])
    #expect(pca(points).value == Tensor([20, 2], fill: 0))
  }

  @Test func `more directions than coordinates stop the program`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Random(seed: 6)
      _ = PrincipalComponents(Variable(Tensor([5, 2], fill: 0)), count: 3, using: &random)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("PrincipalComponents: 3 directions of points [5, 2]"))
    #expect(message.contains("PrincipalComponentsTests.swift"))
  }
}
