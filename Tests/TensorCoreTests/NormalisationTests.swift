import Testing

@testable import TensorCore

struct NormalisationTests {
  // A row of one number is constant: its gradient is 0, which differences of a rounded β confirm.
  @Test(arguments: [[1, 1], [1, 5], [3, 16], [2, 3, 17], [2, 40]])
  func `layer norm agrees with differences`(shape: [Int]) {
    let n = shape.last!
    checkGradients(
      of: [sample(shape), sample([n], seed: 2, in: 0.5..<2), sample([n], seed: 3)]
    ) { layerNorm($0[0], $0[1], $0[2]) }
  }

  @Test func `layer norm of a constant row is the shift`() {
    let x = Variable(Tensor([2, 3], [7, 7, 7, -1e4, -1e4, -1e4]), needsGradient: true)
    let beta = Variable(Tensor([3], [1, 2, 3]))
    let y = layerNorm(x, Variable(Tensor([3], fill: 5)), beta)
    #expect(y.value == Tensor([2, 3], [1, 2, 3, 1, 2, 3]))
    y.sum().backward()
    #expect(x.gradient!.numbers.allSatisfy { $0.isFinite })
  }

  @Test(arguments: [[1, 1], [3, 1], [3, 16], [2, 3, 17]])
  func `unit length agrees with differences`(shape: [Int]) {
    checkGradients(of: [sample(shape, in: 0.5..<2)]) { l2Normalised($0[0]) }
  }

  @Test func `a zero row stays zero and gets no gradient`() {
    let x = Variable(Tensor([2, 2], [0, 0, 3, 4]), needsGradient: true)
    let y = l2Normalised(x)
    // 1/5 is rounded before 3 and 4 are multiplied with it.
    for (a, b) in zip(y.value.numbers, [0, 0, 0.6, 0.8]) { #expect(abs(a - Float(b)) < 1e-6) }
    y.backward(from: Tensor([2, 2], [1, 1, 3, 4]))
    #expect(x.gradient![0, 0] == 0 && x.gradient![0, 1] == 0)
    // A gradient along the row cannot lengthen it: 3 − 0.6 · 5 up to rounding.
    #expect(abs(x.gradient![1, 0]) < 1e-6 && abs(x.gradient![1, 1]) < 1e-6)
  }
}

struct BatchNormTests {
  @Test(arguments: [[4, 1], [5, 3], [2, 3, 3, 2], [3, 2, 2, 16], [6, 17], [2, 40], [7, 65]])
  func `batch norm agrees with differences, alone, with a sum, and with ReLU`(shape: [Int]) {
    let n = shape.last!
    let x = sample(shape)
    let (gamma, beta) = (sample([n], seed: 2, in: 0.5..<2), sample([n], seed: 3))
    // Two values of a channel may lie so close together that a step of 10⁻² changes their deviation
    // much; a shorter step keeps the third derivative's part small.
    checkGradients(of: [x, gamma, beta], step: 3e-3, tolerance: 1e-2) {
      batchNorm($0[0], $0[1], $0[2], epsilon: 0.1).result
    }
    let other = sample(shape, seed: 4)
    checkGradients(of: [x, gamma, beta, other], step: 3e-3, tolerance: 1e-2) {
      batchNorm($0[0], $0[1], $0[2], epsilon: 0.1, adding: $0[3]).result
    }
    // Sums of at least 4 and at most −4 lie far from the kink at 0, whatever a step does.
    let apart = Tensor(shape, other.numbers.map { $0 < 0 ? -8 : 8 })
    checkGradients(of: [x, gamma, beta, apart], step: 3e-3, tolerance: 1e-2) {
      batchNorm($0[0], $0[1], $0[2], epsilon: 0.1, adding: $0[3], relu: true).result
    }
    let (mean, variance) = (sample([n], seed: 5), sample([n], seed: 6, in: 0.5..<2))
    checkGradients(of: [x, gamma, beta, apart]) {
      batchNorm($0[0], $0[1], $0[2], mean: mean, variance: variance, adding: $0[3], relu: true)
    }
    checkGradients(of: [x, gamma, beta]) {
      batchNorm($0[0], $0[1], $0[2], mean: mean, variance: variance)
    }
  }

  @Test func `the fused sum and ReLU equal the separate operations`() {
    let shape = [3, 5, 5, 3]
    func run(_ isFused: Bool) -> [[Float]] {
      let inputs = [
        sample(shape), sample([3], seed: 2), sample([3], seed: 3), sample(shape, seed: 4),
      ]
      .map { Variable($0, needsGradient: true) }
      let y: Variable
      if isFused {
        y = batchNorm(inputs[0], inputs[1], inputs[2], adding: inputs[3], relu: true).result
      } else {
        y = relu(batchNorm(inputs[0], inputs[1], inputs[2]).result + inputs[3])
      }
      let value = y.value.numbers
      y.backward(from: sample(shape, seed: 5))
      return [value] + inputs.map { $0.gradient!.numbers }
    }
    #expect(run(true) == run(false))
    func alone(_ isFused: Bool) -> [Float] {
      let x = Variable(sample(shape), needsGradient: true)
      let gamma = Variable(sample([3], seed: 2))
      let beta = Variable(sample([3], seed: 3))
      let y =
        isFused
        ? batchNorm(x, gamma, beta, relu: true).result : relu(batchNorm(x, gamma, beta).result)
      y.backward(from: sample(shape, seed: 5))
      return x.gradient!.numbers
    }
    #expect(alone(true) == alone(false))
  }

  @Test func `the batch's mean and unbiased variance are returned`() {
    let x = Variable(Tensor([4, 2], [1, 10, 2, 10, 3, 10, 4, 10]))
    let ones = Variable(Tensor([2], fill: 1))
    let (_, mean, variance) = batchNorm(x, ones, ones)
    #expect(mean == Tensor([2], [2.5, 10]))
    #expect(abs(variance[0] - 5 / 3) < 1e-6 && variance[1] == 0)
  }

  @Test func `a mean far from zero costs the variance no digits`() {
    let noise = sample([1000, 3])
    let x = Tensor([1000, 3], noise.numbers.map { $0 + 4096 })
    let ones = Variable(Tensor([3], fill: 1))
    let variance = batchNorm(Variable(x), ones, ones).variance
    // What x holds is the noise rounded to steps of 2⁻¹¹; its variance can be computed in 64 bits.
    for channel in 0..<3 {
      let values = (0..<1000).map { Double(x[$0, channel]) }
      let mean = values.reduce(0, +) / 1000
      let exact = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 999
      // 1,000 additions of 32 bits: 1000 · 2⁻²⁴ at most.
      #expect(abs(Double(variance[channel]) - exact) < 6e-5 * exact)
    }
  }

  @Test func `one value for each channel stops training with a message`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let ones = Variable(Tensor([3], fill: 1))
      _ = batchNorm(Variable(Tensor([1, 3], fill: 0)), ones, ones)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("batchNorm: input [1, 3] has 1 value for each channel"))
  }
}
