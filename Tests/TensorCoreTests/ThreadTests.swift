import Testing

@testable import TensorCore

/// Whether results have equal bits for any number of threads.
@Suite(.serialized) struct ThreadTests {
  /// An operation with the shapes of its inputs, large enough to be shared between threads.
  struct Case {
    let name: String
    let shapes: [[Int]]
    let operation: ([Variable]) -> Variable

    init(_ name: String, _ shapes: [Int]..., operation: @escaping ([Variable]) -> Variable) {
      (self.name, self.shapes, self.operation) = (name, shapes, operation)
    }

    /// The bits of the value and of all gradients.
    func bits() -> [[UInt32]] {
      let inputs = shapes.enumerated().map { index, shape in
        Variable(
          sample(shape, seed: UInt64(index + 1), in: 0.2..<1.7), needsGradient: true)
      }
      let y = operation(inputs)
      let value = y.value
      y.backward(from: sample(value.shape, seed: 9))
      return ([value] + inputs.compactMap(\.gradient)).map { $0.numbers.map(\.bitPattern) }
    }
  }

  private func expectEqualBits(_ cases: [Case]) {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for item in cases {
      Parallel.threads = 1
      let one = item.bits()
      #expect(one.count == item.shapes.count + 1, "\(item.name): an input received no gradient")
      for threads in [2, 3] {
        Parallel.threads = threads
        #expect(item.bits() == one, "\(item.name): \(threads) threads and 1 differ")
      }
    }
  }

  @Test func `arithmetic and elementwise functions have equal bits`() {
    let rows = [300, 401]
    expectEqualBits([
      Case("+", rows, [401]) { $0[0] + $0[1] }, Case("-", rows, [300, 1]) { $0[0] - $0[1] },
      Case("*", rows, [401]) { $0[0] * $0[1] }, Case("/", rows, rows) { $0[0] / $0[1] },
      Case("numbers", rows) { 2 / ($0[0] * 3 - 7) + 1 },
      Case("exp", rows) { exp($0[0]) }, Case("log", rows) { log($0[0]) },
      Case("tanh", rows) { tanh($0[0]) }, Case("sigmoid", rows) { sigmoid($0[0]) },
      Case("gelu", rows) { gelu($0[0]) }, Case("relu", rows) { relu($0[0] - 1) },
      Case("leakyReLU", rows) { leakyReLU($0[0] - 1) }, Case("softplus", rows) { softplus($0[0]) },
      Case("squareRoot", rows) { squareRoot($0[0]) }, Case("power", rows) { power($0[0], 1.5) },
      Case("absolute", rows) { absolute($0[0] - 1) }, Case("square", rows) { square($0[0]) },
      Case("clamped", rows) { clamped($0[0], to: 0.5...1) },
      Case("maximum", rows, [401]) { maximum($0[0], $0[1]) },
      Case("minimum", rows, [401]) { minimum($0[0], $0[1]) },
    ])
  }

  @Test func `products, reductions and moves have equal bits`() {
    let rows = [300, 401]
    let indices = (0..<1000).map { $0 * 7 % 300 }
    expectEqualBits([
      Case("matmul", [200, 150], [150, 170]) { matmul($0[0], $0[1]) },
      Case("matmul, A transposed", [300, 90], [300, 170]) {
        matmul($0[0], $0[1], transposingA: true)
      },
      Case("matmul, batched", [17, 40, 50], [17, 33, 50]) {
        matmul($0[0], $0[1], transposingB: true)
      },
      Case("linear", [9, 64, 70], [70, 90], [90]) { linear($0[0], $0[1], $0[2]) },
      Case("sum", rows) { $0[0].sum() }, Case("mean", rows) { $0[0].mean() },
      Case("sum, axis 0", rows) { $0[0].sum(axis: 0) },
      Case("sum, axis 1", rows) { $0[0].sum(axis: 1) },
      Case("maximum, axis 0", rows) { $0[0].maximum(axis: 0) },
      Case("transposed", rows) { $0[0].transposed(1, 0) },
      Case("reshaped", rows) { $0[0].reshaped([-1]) },
      Case("sliced", rows) { $0[0].sliced(axis: 1, 5..<390) },
      Case("gather", rows) { $0[0].gather(indices) },
      Case("concatenate", rows, rows) { concatenate($0, axis: 1) },
      Case("embedding", rows) { embedding($0[0], indices) },
    ])
  }

  @Test func `rows, masks and losses have equal bits`() {
    let rows = [300, 401]
    let targets = (0..<300).map { $0 * 7 % 401 }
    let mask = (0..<300).map { $0 % 3 == 0 }
    expectEqualBits([
      Case("softmax", rows) { softmax($0[0]) },
      Case("softmax, axis 0", rows) { softmax($0[0], axis: 0) },
      Case("logSoftmax", rows) { logSoftmax($0[0]) }, Case("logSumExp", rows) { logSumExp($0[0]) },
      Case("crossEntropy", rows) { crossEntropy($0[0], targets, mask: mask) },
      Case("layerNorm", rows, [401], [401]) { layerNorm($0[0], $0[1], $0[2]) },
      Case("l2Normalised", rows) { l2Normalised($0[0]) },
      Case("masked", rows) { masked($0[0], where: mask, with: 3) },
      Case("dropout", rows) {
        var random = Random(seed: 4)
        return dropout($0[0], 0.3, using: &random)
      },
      Case("meanSquaredError", rows) { meanSquaredError($0[0], sample(rows, seed: 5)) },
      Case("meanAbsoluteError", rows) { meanAbsoluteError($0[0], sample(rows, seed: 5)) },
      Case("binaryCrossEntropy", rows) {
        binaryCrossEntropy(logits: $0[0], sample(rows, seed: 5, in: 0..<1))
      },
    ])
  }

  @Test func `operations on pictures have equal bits`() {
    let pictures = [19, 13, 14, 17]
    let (mean, variance) = (sample([17]), sample([17], in: 0.5..<2))
    expectEqualBits([
      Case("batchNorm", pictures, [17], [17], pictures) {
        batchNorm($0[0], $0[1], $0[2], adding: $0[3] - 3, relu: true).result
      },
      Case("batchNorm, few channels", [70, 31, 31, 3], [3], [3]) {
        batchNorm($0[0], $0[1], $0[2]).result
      },
      Case("batchNorm, evaluation", pictures, [17], [17]) {
        batchNorm($0[0], $0[1], $0[2], mean: mean, variance: variance, relu: true)
      },
      Case("convolution", pictures, [3, 3, 17, 18], [18]) {
        convolution($0[0], $0[1], $0[2], stride: 2, padding: 1)
      },
      Case("transposedConvolution", pictures, [4, 4, 9, 17], [9]) {
        transposedConvolution($0[0], $0[1], $0[2], stride: 2, padding: 1)
      },
      Case("maxPool", pictures) { maxPool($0[0], size: 3, stride: 2, padding: 1) },
      Case("averagePool", pictures) { averagePool($0[0], size: 3, stride: 2) },
      Case("globalAveragePool", pictures) { globalAveragePool($0[0]) },
      Case("upsampled", pictures) { upsampled($0[0], by: 2) },
    ])
  }

  @Test func `attention has equal bits`() {
    let mask = (0..<5 * 70).map { $0 % 6 != 2 }
    expectEqualBits([
      Case("attention", [5, 70, 96]) { attention($0[0], heads: 4, mask: mask) },
      Case("attention, causal", [5, 70, 96]) { attention($0[0], heads: 4, isCausal: true) },
      Case("attention, other", [5, 40, 32], [5, 70, 32], [5, 70, 32]) {
        attention(query: $0[0], key: $0[1], value: $0[2], heads: 4, mask: mask)
      },
    ])
  }
}
