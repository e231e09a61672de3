import Testing

@testable import TensorCore

/// Whether each operation agrees with PyTorch, value and gradients.
struct FixtureTests {
  @Test func `arithmetic and elementwise functions agree with PyTorch`() throws {
    try Fixture.compare(
      "arithmetic.json",
      with: [
        "add": { $1[0] + $1[1] }, "subtract": { $1[0] - $1[1] }, "multiply": { $1[0] * $1[1] },
        "divide": { $1[0] / $1[1] }, "numbers": { 2 / (3 - $1[0] * 0.5) + 1 },
        "maximum": { maximum($1[0], $1[1]) }, "minimum": { minimum($1[0], $1[1]) },
        "exp": { exp($1[0]) }, "log": { log($1[0]) }, "tanh": { tanh($1[0]) },
        "sigmoid": { sigmoid($1[0]) }, "relu": { relu($1[0]) },
        "leakyReLU": { leakyReLU($1[0], slope: 0.2) }, "gelu": { gelu($1[0]) },
        "softplus": { softplus($1[0]) }, "absolute": { absolute($1[0]) },
        "square": { square($1[0]) }, "squareRoot": { squareRoot($1[0]) },
        "cube": { power($1[0], 3) }, "power": { power($1[0], -1.5) },
        "clamped": { clamped($1[0], to: -1...2) },
      ])
  }

  @Test func `products, reductions and moves agree with PyTorch`() throws {
    let mask = [true, false, false, true, false, true]
    try Fixture.compare(
      "shapes.json",
      with: [
        "sum": { $1[0].sum() }, "mean": { $1[0].mean() },
        "sum along axis": { $1[0].sum(axis: $0.options[0]) },
        "mean along axis": { $1[0].mean(axis: $0.options[0], keepsAxis: true) },
        "maximum along axis": { $1[0].maximum(axis: $0.options[0]) },
        "transposed": { $1[0].transposed(2, 0, 1) }, "reshaped": { $1[0].reshaped([4, 6]) },
        "sliced": { $1[0].sliced(axis: 1, 1..<3) }, "gather": { $1[0].gather([2, 0, 2], axis: 1) },
        "concatenate": { concatenate($1, axis: 1) },
        "embedding": { embedding($1[0], [4, 0, 4, 1]) },
        "masked": { masked($1[0], where: mask, with: -2) },
        "matmul": {
          matmul(
            $1[0], $1[1], transposingA: $0.options[0] == 1, transposingB: $0.options[1] == 1)
        },
        "linear": { linear($1[0], $1[1], $1[2]) },
      ])
  }

  @Test func `softmax and normalisations agree with PyTorch`() throws {
    try Fixture.compare(
      "rows.json",
      with: [
        "softmax": { softmax($1[0]) }, "softmax, axis 0": { softmax($1[0], axis: 0) },
        "logSoftmax": { logSoftmax($1[0]) }, "logSumExp": { logSumExp($1[0]) },
        "layerNorm": { layerNorm($1[0], $1[1], $1[2]) }, "l2Normalised": { l2Normalised($1[0]) },
        "batchNorm": { batchNorm($1[0], $1[1], $1[2]).result },
        "batchNorm, sum and ReLU": {
          batchNorm($1[0], $1[1], $1[2], adding: $1[3], relu: true).result
        },
        "batchNorm, statistics": {
          let ones = Variable(Tensor([$1[0].shape.last!], fill: 1))
          let (_, mean, variance) = batchNorm($1[0], ones, ones)
          return concatenate([Variable(mean), Variable(variance)])
        },
        "batchNorm, evaluation": {
          batchNorm($1[0], $1[1], $1[2], mean: $1[3].value, variance: $1[4].value)
        },
      ])
  }

  @Test func `convolution and pooling agree with PyTorch`() throws {
    try Fixture.compare(
      "pictures.json",
      with: [
        "convolution": {
          convolution($1[0], $1[1], $1[2], stride: $0.options[0], padding: $0.options[1])
        },
        "transposedConvolution": {
          transposedConvolution(
            $1[0], $1[1], $1[2], stride: $0.options[0], padding: $0.options[1],
            outputPadding: $0.options[2])
        },
        "maxPool": {
          maxPool($1[0], size: $0.options[0], stride: $0.options[1], padding: $0.options[2])
        },
        "averagePool": { averagePool($1[0], size: $0.options[0], stride: $0.options[1]) },
        "globalAveragePool": { globalAveragePool($1[0]) }, "upsampled": { upsampled($1[0], by: 3) },
      ])
  }

  /// `MASK` of make_fixtures.py.
  static let mask = [true, true, true, false, false, true, false, true, true, true]

  @Test func `attention agrees with PyTorch`() throws {
    let mask = Self.mask
    try Fixture.compare(
      "attention.json",
      with: [
        "attention": { attention($1[0], heads: $0.options[0]) },
        "attention, causal": { attention($1[0], heads: $0.options[0], isCausal: true) },
        "attention, masked": { attention($1[0], heads: $0.options[0], mask: mask) },
        "attention, other": {
          attention(
            query: $1[0], key: $1[1], value: $1[2], heads: $0.options[0], mask: mask)
        },
        "attention, weights": { Variable(attentionWeights($1[0].value, heads: 2, mask: mask)) },
      ])
  }

  @Test func `losses agree with PyTorch`() throws {
    let targets = [2, 0, 4, 4, 1, 3]
    let chosen = [true, false, true, true, false, false]
    let rows = Tensor([3, 1], [1, 0, 1])
    func yesOrNo(_ goal: Tensor) -> Tensor {
      Tensor(goal.shape, goal.numbers.map { $0 > 0 ? 1 : 0 })
    }
    try Fixture.compare(
      "losses.json",
      with: [
        "crossEntropy": { crossEntropy($1[0], targets) },
        "crossEntropy, ignoring": { crossEntropy($1[0], targets, ignoring: 4) },
        "crossEntropy, masked": { crossEntropy($1[0], targets, mask: chosen) },
        "meanSquaredError": { meanSquaredError($1[0], $1[1].value) },
        "meanSquaredError, masked": { meanSquaredError($1[0], $1[1].value, mask: rows) },
        "meanAbsoluteError": { meanAbsoluteError($1[0], $1[1].value) },
        "meanAbsoluteError, masked": { meanAbsoluteError($1[0], $1[1].value, mask: rows) },
        "binaryCrossEntropy": { binaryCrossEntropy(logits: $1[0], yesOrNo($1[1].value)) },
        "binaryCrossEntropy, masked": {
          binaryCrossEntropy(logits: $1[0], yesOrNo($1[1].value), mask: rows)
        },
      ])
  }

  @Test func `optimizers agree with PyTorch after three steps`() throws {
    func steps(
      _ make: @escaping ([NamedVariable]) -> any Optimizer
    ) -> (Fixture, [Variable]) -> Variable {
      { _, inputs in
        let weights = Variable(inputs[0].value, needsGradient: true)
        let optimizer = make([NamedVariable("w", weights)])
        for gradient in inputs.dropFirst() {
          weights.gradient = gradient.value
          optimizer.step()
        }
        return Variable(weights.value)
      }
    }
    try Fixture.compare(
      "optimizers.json",
      with: [
        "SGD": steps { SGD($0, learningRate: 0.1) },
        "SGD, momentum": steps {
          SGD($0, learningRate: 0.1, momentum: 0.9, weightDecay: 0.01)
        },
        "SGD, Nesterov": steps {
          SGD($0, learningRate: 0.1, momentum: 0.9, isNesterov: true)
        },
        "Adam": steps { Adam($0, learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 1e-6) },
        "AdamW": steps { AdamW($0, learningRate: 0.1, beta1: 0.9, beta2: 0.95, weightDecay: 0.2) },
        "clipGradients": { _, inputs in
          for input in inputs { input.gradient = input.value }
          let parameters = inputs.enumerated().map { NamedVariable("\($0)", $1) }
          _ = try? clipGradients(of: parameters, to: 0.5)
          return concatenate(inputs.map { Variable($0.gradient!.reshaped([-1])) })
        },
      ])
  }
}
