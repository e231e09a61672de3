import Testing

@testable import TensorCore

@Suite struct RidgeProbeTests {
  @Test(arguments: [1, 7, 8, 33])
  func `a Cholesky factor solves systems of all sizes`(size: Int) {
    var random = Random(seed: 1)
    let root = (0..<size * size).map { _ in Double(random.normal()) }
    var matrix = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0..<size {
        for k in 0..<size { matrix[i * size + j] += root[i * size + k] * root[j * size + k] }
      }
      matrix[i * size + i] += 1
    }
    let x = (0..<2 * size).map { _ in Double(random.normal()) }
    var b = [Double](repeating: 0, count: 2 * size)
    for i in 0..<size {
      for j in 0..<size {
        for column in 0..<2 { b[2 * i + column] += matrix[i * size + j] * x[2 * j + column] }
      }
    }
    let solved = CholeskyFactor(matrix, size: size).solved(b, columns: 2)
    // The matrix's condition is some thousands, and doubles carry 16 digits.
    #expect(zip(solved, x).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func `a linear law is found on features of very different scales`() {
    var random = Random(seed: 2)
    let x = Variable(Tensor(normal: [400, 5], using: &random))
    let law = Variable(Tensor(normal: [5, 2], using: &random))
    let y = (matmul(x, law) + 3).value
    let probe = RidgeProbe(x, targets: y)
    #expect(determination(probe(x), y).allSatisfy { $0 > 0.9999 })
    let scales = Variable(Tensor([5], [30, 0.3, 1, 10, 3]))
    let scaled = RidgeProbe(x * scales + 50, targets: y)
    // The mean of 50 costs three of single precision's seven digits in the smallest feature.
    #expect(determination(scaled(x * scales + 50), y).allSatisfy { $0 > 0.999 })
  }

  @Test func `noise is not predicted, and strongly shrunk weights show it`() {
    var random = Random(seed: 3)
    let x = Variable(Tensor(normal: [60, 40], using: &random))
    let y = Tensor(normal: [60, 1], using: &random)
    let probe = RidgeProbe(x, targets: y)
    #expect(probe.penalty >= 1)
    let test = Variable(Tensor(normal: [500, 40], using: &random))
    #expect(determination(probe(test), Tensor(normal: [500, 1], using: &random))[0] < 0.05)
  }

  @Test func `only labelled examples teach`() {
    var random = Random(seed: 4)
    let x = Variable(Tensor(normal: [100, 3], using: &random))
    let y = x.sliced(axis: 1, 0..<1).value
    let some = Array(0..<50)
    let probe = RidgeProbe(x, targets: Variable(y).gather(some).value, labelled: some)
    #expect(determination(probe(x), y)[0] > 0.999)
  }

  @Test func `R² is 1 for the truth, 0 for its mean, and below for worse`() {
    let truth = Tensor([4, 1], [1, 2, 3, 4])
    #expect(determination(truth, truth) == [1])
    #expect(determination(Tensor([4, 1], fill: 2.5), truth) == [0])
    #expect(determination(Tensor([4, 1], fill: 5), truth)[0] < -1)
  }
}
