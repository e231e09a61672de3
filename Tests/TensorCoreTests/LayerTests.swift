import Testing

@testable import TensorCore

/// Compares a layer's gradients, of its input and of each parameter, with central differences.
///
/// Step and tolerance are those of `checkGradients(of:)`, for the reasons given there.
private func checkGradients(
  of layer: some Layer, at input: Tensor, sourceLocation: SourceLocation = #_sourceLocation
) {
  let x = Variable(input, needsGradient: true)
  let result = layer(x)
  let weights = sample(result.shape, seed: 99)
  result.backward(from: weights)
  func weighted() -> Double {
    let value = withoutGradient { layer(x) }.value
    return zip(value.numbers, weights.numbers).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
  let step: Float = 1e-2
  for parameter in layer.parameters + [NamedVariable("x", x)] {
    let variable = parameter.variable
    guard let analytic = variable.gradient?.numbers else {
      Issue.record("\(parameter.path) received no gradient", sourceLocation: sourceLocation)
      continue
    }
    let original = variable.value
    let size = max(1e-2, analytic.map(abs).max() ?? 0)
    for index in analytic.indices {
      func shifted(_ by: Float) -> Double {
        var numbers = original.numbers
        numbers[index] += by
        variable.value = Tensor(original.shape, numbers)
        defer { variable.value = original }
        return weighted()
      }
      let numeric = Float((shifted(step) - shifted(-step)) / Double(2 * step))
      if !(abs(numeric - analytic[index]) <= 5e-3 * size) {
        Issue.record(
          "\(parameter.path)[\(index)]: gradient \(analytic[index]), differences \(numeric)",
          sourceLocation: sourceLocation)
        break
      }
    }
  }
}

/// Moves every parameter off its special starting point (zeros and ones hide mistakes).
private func shake(_ module: some Module, by size: Float = 0.3) {
  for (index, parameter) in module.parameters.enumerated() {
    let noise = sample(parameter.variable.shape, seed: UInt64(index) + 50, in: -size..<size)
    parameter.variable.value.add(noise)
  }
}

struct LayerTests {
  @Test func `layers agree with differences, through their parameters too`() {
    var random = Random(seed: 1)
    let layers: [any Layer] = [
      Linear(4, 3, using: &random), LayerNorm(4), BatchNorm(4),
      MultiHeadAttention(4, heads: 2, isCausal: true, using: &random),
      TransformerBlock(4, heads: 2, hidden: 6, isCausal: true, using: &random),
      TransformerBlock(
        4, heads: 1, hidden: 6, isCausal: false, normPlace: .after, using: &random),
      Sequential(Linear(4, 5, using: &random), Apply(tanh), LayerNorm(5)),
    ]
    for layer in layers {
      shake(layer)
      checkGradients(of: layer, at: sample([2, 3, 4]))
    }
  }

  @Test func `layers of pictures agree with differences, through their parameters too`() {
    var random = Random(seed: 1)
    let layers: [any Layer] = [
      Convolution(2, 3, using: &random),
      Convolution(2, 3, kernel: 4, stride: 2, padding: 1, bias: false, using: &random),
      TransposedConvolution(2, 3, using: &random),
      TransposedConvolution(2, 3, kernel: 3, stride: 2, outputPadding: 1, using: &random),
    ]
    for layer in layers { checkGradients(of: layer, at: sample([2, 5, 4, 2])) }
  }

  @Test(arguments: [(2, 1), (4, 2)])
  func `a residual block agrees with differences away from the kinks`(outputs: Int, stride: Int) {
    var random = Random(seed: 1)
    let block = ResidualBlock(2, outputs, stride: stride, using: &random)
    // A normalised channel seldom leaves −4 … 4: shifted so far it is all on or all off, and no
    // difference crosses the kink of ReLU.
    let shifts = (0..<outputs).map { $0 % 2 == 0 ? Float(6) : -6 }
    block.norm1.bias.value = Tensor([outputs], shifts)
    block.norm2.bias.value = Tensor([outputs], shifts.map { -2 * $0 })
    checkGradients(of: block, at: sample([2, 4, 4, 2]))
  }

  @Test func `batch norm in use does not depend on the rest of the batch`() {
    let norm = BatchNorm(2)
    let batch = sample([6, 2], in: 0..<4)
    for _ in 0..<100 { _ = norm(Variable(batch)) }
    let one = Variable(batch).sliced(axis: 0, 2..<3)
    #expect(
      norm.evaluating { norm(one) }.value
        == norm.evaluating { norm(Variable(batch)) }.sliced(axis: 0, 2..<3).value)
    #expect(norm.isTraining)
    // After 100 equal batches what is left of the first average is 0.9¹⁰⁰ = 3e-5.
    let mean = Variable(batch).mean(axis: 0).value
    for channel in 0..<2 { #expect(abs(norm.mean.value[channel] - mean[channel]) < 1e-3) }
  }

  @Test func `use leaves the running statistics alone, and training moves them by the momentum`() {
    let norm = BatchNorm(1, momentum: 0.25)
    let batch = Variable(Tensor([2, 1], [2, 6]))
    _ = norm.evaluating { norm(batch) }
    #expect(norm.mean.value == Tensor([1], [0]))
    _ = norm(batch)
    #expect(norm.mean.value == Tensor([1], [1]))  // 0.25 · 4
    #expect(norm.variance.value == Tensor([1], [2.75]))  // 0.75 · 1 + 0.25 · 8
  }

  @Test func `switching to use reaches every module within`() {
    var random = Random(seed: 1)
    let model = Sequential(
      Sequential(Linear(4, 4, using: &random), Dropout(0.5, using: &random)),
      ResidualBlock(1, 1, using: &random))
    model.setTraining(false)
    let modes = model.everyPart.compactMap { ($0.part as? any TrainingDependent)?.isTraining }
    #expect(modes == [false, false, false])
    model.setTraining(true)
    model.evaluating {}
    #expect(
      model.everyPart.compactMap { ($0.part as? any TrainingDependent)?.isTraining }
        == [true, true, true])
  }

  @Test func `dropout drops in training only, and keeps the mean`() {
    var random = Random(seed: 1)
    let layer = Dropout(0.25, using: &random)
    let ones = Variable(Tensor([10_000], fill: 1))
    let numbers = layer(ones).value.numbers
    #expect(Set(numbers) == [0, Float(4) / 3])
    // Three standard errors of a share of 1/4 among 10,000: 3 √(3/16 / 10,000) = 0.013.
    #expect(abs(Double(numbers.count { $0 == 0 }) / 10_000 - 0.25) < 0.013)
    #expect(layer(ones).value.numbers != numbers)
    #expect(layer.evaluating { layer(ones) }.value == ones.value)
  }

  @Test func `a frozen encoder receives no gradient and keeps its statistics`() {
    var random = Random(seed: 1)
    let encoder = Sequential(Linear(3, 4, using: &random), BatchNorm(4))
    let head = Linear(4, 2, using: &random)
    let before = encoder.buffers.map(\.variable.value)
    let features = encoder.evaluating { encoder(Variable(sample([5, 3]))) }
    head(features).sum().backward()
    #expect(encoder.parameters.allSatisfy { $0.variable.gradient == nil })
    #expect(head.weight.gradient != nil)
    #expect(encoder.buffers.map(\.variable.value) == before)
  }

  @Test func `parameter counts follow the formulas`() {
    var random = Random(seed: 1)
    let width = 32
    // GPT-2's block: two norms 4 d, attention 4 d² + 4 d, network 8 d² + 5 d.
    let block = TransformerBlock(width, heads: 4, isCausal: true, using: &random)
    #expect(block.parameterCount == 12 * width * width + 13 * width)
    #expect(block.parameters.count == 12)
    #expect(Embedding(65, width, using: &random).parameterCount == 65 * width)
    // 3 · 3 · 16 · 32 + 3 · 3 · 32 · 32 + 16 · 32 for the shortcut, and three norms of 2 · 32.
    let residual = ResidualBlock(16, 32, stride: 2, using: &random)
    #expect(residual.parameterCount == 9 * 16 * 32 + 9 * 32 * 32 + 16 * 32 + 3 * 64)
    #expect(residual.buffers.count == 6)
    #expect(ResidualBlock(16, 16, using: &random).parameterCount == 2 * 9 * 16 * 16 + 2 * 32)
  }

  @Test func `causal blocks do not look ahead, and masked keys do not count`() {
    var random = Random(seed: 1)
    let causal = TransformerBlock(8, heads: 2, isCausal: true, using: &random)
    let x = sample([1, 4, 8])
    var changed = x
    for column in 0..<8 { changed[0, 3, column] = 9 }
    let (a, b) = (causal(Variable(x)).value, causal(Variable(changed)).value)
    #expect(a.numbers.prefix(24) == b.numbers.prefix(24))
    #expect(a.numbers.suffix(8) != b.numbers.suffix(8))

    let full = TransformerBlock(8, heads: 2, isCausal: false, using: &random)
    let mask = paddingMask(lengths: [3], time: 4)
    let (c, d) = (full(Variable(x), mask: mask).value, full(Variable(changed), mask: mask).value)
    #expect(c.numbers.prefix(24) == d.numbers.prefix(24))
    #expect(full(Variable(x)).value.numbers.prefix(24) != c.numbers.prefix(24))
  }

  @Test func `an embedding looks texts up and gathers their gradients`() {
    let table = Embedding(
      weight: Variable(Tensor([3, 2], [0, 1, 10, 11, 20, 21]), needsGradient: true))
    let texts = table([[2, 0], [2, 2]])
    #expect(texts.value == Tensor([2, 2, 2], [20, 21, 0, 1, 20, 21, 20, 21]))
    texts.sum().backward()
    #expect(table.weight.gradient == Tensor([3, 2], [1, 1, 0, 0, 3, 3]))
  }

  @Test func `every layer's clone computes the same and shares nothing`() {
    var random = Random(seed: 1)
    let layers: [any Layer] = [
      LayerNorm(4), BatchNorm(4), Dropout(0.5, using: &random),
      TransformerBlock(4, heads: 2, isCausal: true, dropout: 0.1, using: &random),
    ]
    for layer in layers { checkClone(of: layer, at: sample([2, 3, 4])) }
    let pictures: [any Layer] = [
      Convolution(4, 2, using: &random), TransposedConvolution(4, 2, using: &random),
      ResidualBlock(4, 3, stride: 2, using: &random),
    ]
    for layer in pictures { checkClone(of: layer, at: sample([2, 4, 4, 4])) }
  }

  private func checkClone(of layer: some Layer, at x: Tensor) {
    shake(layer)
    let copy = layer.clone()
    #expect(copy(Variable(x)).value == layer(Variable(x)).value)
    #expect(copy.variables.map(\.path) == layer.variables.map(\.path))
    for (a, b) in zip(layer.variables, copy.variables) {
      #expect(a.variable !== b.variable)
      #expect(a.variable.needsGradient == b.variable.needsGradient)
      let before = a.variable.value.numbers
      b.variable.value.scale(by: 2)
      #expect(a.variable.value.numbers == before)
    }
  }
}
