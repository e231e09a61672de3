import Foundation
import TensorCore
import Testing

@testable import chapter8

@Suite struct `Alignment and uniformity` {
  @Test func `alignment is 0 for equal pairs, 2 for orthogonal ones, 4 for opposite ones`() {
    let z = Variable(Tensor([2, 2], [1, 0, 0, 1]))
    #expect(alignment(z, z) == 0)
    #expect(alignment(z, Variable(Tensor([2, 2], [0, 1, 1, 0]))) == 2)
    #expect(alignment(z, -z) == 4)
  }

  @Test func `uniformity is 0 where all points coincide and falls as they spread`() {
    #expect(
      abs(
        uniformity(
          Variable(
            Tensor(
              [5, 3],
              [Float](repeating: 0, count: 15)
                .enumerated().map { $0.offset % 3 == 0 ? 1 : 0 })))) < 1e-5)
    // Four corners of a square: of the three others two lie at distance² 2 and one at 4.
    let square = Variable(Tensor([4, 2], [1, 0, 0, 1, -1, 0, 0, -1]))
    let expected = log((2 * exp(-4.0) + exp(-8.0)) / 3)
    #expect(abs(uniformity(square) - expected) < 1e-5)
    var random = Random(seed: 4)
    let sphere = l2Normalised(Variable(Tensor(normal: [500, 32], using: &random)))
    // On a sphere of 32 dimensions the mean lies near −4 + 1/8·… : above −4, below the square's.
    #expect(uniformity(sphere) < -3.5)
    #expect(uniformity(sphere) > -4)
  }
}
