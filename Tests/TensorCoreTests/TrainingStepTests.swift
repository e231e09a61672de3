import Testing

@testable import TensorCore

// The number of threads is one setting for the whole process.
@Suite(.serialized) struct TrainingStepTests {
  /// The bits of all parameters after some steps with a number of threads.
  private func bits(threads: Int, _ train: () -> any Module) -> [[UInt32]] {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = threads
    return train().variables.map { $0.variable.value.numbers.map(\.bitPattern) }
  }

  @Test func `a transformer trained with one, two or three threads has equal bits`() {
    func train() -> any Module {
      var random = Random(seed: 3)
      let table = Embedding(31, 48, using: &random)
      let block = TransformerBlock(48, heads: 3, isCausal: true, using: &random)
      let model = Both(table, block)
      let optimizer = AdamW(model.parameters, learningRate: 1e-2)
      for _ in 0..<3 {
        let texts = (0..<24).map { _ in (0..<33).map { _ in random.integer(below: 31) } }
        let logits = matmul(
          block(table(texts.map { Array($0.dropLast()) })), table.weight, transposingB: true)
        let loss = crossEntropy(logits, texts.flatMap { $0.dropFirst() })
        optimizer.clearGradients()
        loss.backward()
        optimizer.step()
      }
      return model
    }
    let alone = bits(threads: 1, train)
    #expect(bits(threads: 2, train) == alone)
    #expect(bits(threads: 3, train) == alone)
  }

  @Test func `a convolutional network trained with one, two or three threads has equal bits`() {
    func train() -> any Module {
      var random = Random(seed: 4)
      let stem = Convolution(3, 16, using: &random)
      let block = ResidualBlock(16, 24, stride: 2, using: &random)
      let model = Both(stem, block)
      let optimizer = Adam(model.parameters, learningRate: 1e-2)
      let pictures = Variable(Tensor(normal: [40, 13, 13, 3], using: &random))
      for _ in 0..<3 {
        let z = l2Normalised(globalAveragePool(block(relu(stem(pictures)))))
        let loss = crossEntropy(
          matmul(z, z, transposingB: true) / 0.1, (0..<40).map { ($0 + 20) % 40 })
        optimizer.clearGradients()
        loss.backward()
        optimizer.step()
      }
      return model
    }
    let alone = bits(threads: 1, train)
    #expect(bits(threads: 2, train) == alone)
    #expect(bits(threads: 3, train) == alone)
  }
}

/// Two modules, for their parameters.
private final class Both<First: Module, Second: Module>: Module {
  let first: First
  let second: Second

  init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  var parts: Parts { ["first": first, "second": second] }
  func clone() -> Both { Both(first.clone(), second.clone()) }
}
