import Testing

@testable import TensorCore

struct SoftmaxTests {
  @Test(arguments: [[1], [5], [3, 4], [2, 3, 17], [1, 1, 1], [4, 33]])
  func `softmax, its logarithm and log-sum-exp agree with differences`(shape: [Int]) {
    let x = sample(shape, in: -2..<2)
    for axis in shape.indices {
      checkGradients(of: [x]) { softmax($0[0], axis: axis) }
      checkGradients(of: [x]) { logSoftmax($0[0], axis: axis) }
      checkGradients(of: [x]) { logSumExp($0[0], axis: axis, keepsAxis: axis == 0) }
    }
  }

  @Test func `softmax over an inner axis sums to one along it`() {
    let y = softmax(Variable(sample([2, 5, 3])), axis: 1)
    #expect(y.shape == [2, 5, 3])
    // Five numbers below 1, each rounded to 2⁻²⁴.
    for sum in y.sum(axis: 1).value.numbers { #expect(abs(sum - 1) < 1e-6) }
  }

  @Test func `large logits neither overflow nor lose what is exact`() {
    let x = Variable(Tensor([2, 3], [1e4, -1e4, 1e4, -1e4, -1e4, -1e4 + 1]), needsGradient: true)
    let p = softmax(x).value
    #expect(p[0, 0] == 0.5 && p[0, 1] == 0 && p[0, 2] == 0.5)
    // 1 / (2 + e); x itself is exact, so only exp and the quotient round.
    #expect(abs(p[1, 0] - 0.2119416) < 1e-6)
    // Two elements are largest: −20,000 − log 2, where neighbours are 2⁻⁹ apart.
    #expect(abs(logSoftmax(x).value[0, 1] + 20_000.693) < 4e-3)
    // 10⁴ + log 2, where neighbours are 2⁻¹⁰ apart.
    #expect(abs(logSumExp(x).value[0] - 10_000.693) < 2e-3)
    logSoftmax(x).sliced(axis: 1, 0..<1).sum().backward()
    #expect(x.gradient!.numbers.allSatisfy { $0.isFinite })
  }

  @Test func `beside logits of any size the logarithm of the sum keeps its digits`() {
    let x = Variable(Tensor([2, 2], [1e8, 1e8, 1e6, 1e6 - 1]), needsGradient: true)
    // −log 2 and −log(1 + 1/e); the logits' differences are exact, so a few ulps of 6e-8 remain.
    let y = logSoftmax(x).value
    #expect(abs(y[0, 0] + 0.6931472) < 3e-7)
    #expect(abs(y[1, 0] + 0.3132617) < 3e-7)
    #expect(abs(crossEntropy(x, [0, 0]).value.number - (0.6931472 + 0.3132617) / 2) < 3e-7)
    logSumExp(x).sum().backward()
    #expect(x.gradient![0, 0] == 0.5 && x.gradient![0, 1] == 0.5)
  }

  @Test func `an element of minus infinity gets no probability and no gradient`() {
    let x = Variable(Tensor([1, 3], [1, -.infinity, 1]), needsGradient: true)
    let p = softmax(x)
    #expect(p.value == Tensor([1, 3], [0.5, 0, 0.5]))
    p.backward(from: Tensor([1, 3], [1, 7, 3]))
    #expect(x.gradient == Tensor([1, 3], [-0.5, 0, 0.5]))
    #expect(logSoftmax(x).value[0, 1] == -.infinity)
  }

  @Test func `a row of minus infinity alone gives zeros and never not-a-number`() {
    let x = Variable(Tensor([2, 2], [-.infinity, -.infinity, 0, 0]), needsGradient: true)
    let p = softmax(x)
    #expect(p.value == Tensor([2, 2], [0, 0, 0.5, 0.5]))
    p.backward(from: Tensor([2, 2], [1, 2, 1, 1]))
    #expect(x.gradient == Tensor([2, 2], fill: 0))
    x.gradient = nil
    #expect(logSoftmax(x).value[0, 0] == -.infinity)
    let sums = logSumExp(x)
    #expect(sums.value[0] == -.infinity)
    sums.sum().backward()
    #expect(x.gradient == Tensor([2, 2], [0, 0, 0.5, 0.5]))
  }

  @Test func `not-a-number is passed on`() {
    let x = Variable(Tensor([2], [.nan, .nan]))
    #expect(softmax(x).value.numbers.allSatisfy { $0.isNaN })
    #expect(logSumExp(x).value.number.isNaN)
    #expect(crossEntropy(Variable(Tensor([1, 2], [.nan, 0])), [1]).value.number.isNaN)
  }
}

struct CrossEntropyTests {
  @Test(arguments: [[1, 1], [3, 4], [2, 3, 17], [5, 33]])
  func `cross-entropy agrees with differences`(shape: [Int]) {
    let rows = shape.dropLast().reduce(1, *)
    let targets = (0..<rows).map { $0 * 7 % shape.last! }
    let x = sample(shape, in: -2..<2)
    checkGradients(of: [x]) { crossEntropy($0[0], targets) }
    checkGradients(of: [x]) { crossEntropy($0[0], targets, ignoring: targets[0]) }
    checkGradients(of: [x]) { crossEntropy($0[0], targets, mask: targets.map { $0 % 2 == 0 }) }
  }

  @Test func `targets that are ignored or masked do not count in the mean`() {
    let x = Variable(Tensor([3, 2], [0, 0, 5, -5, 1, 1]), needsGradient: true)
    let loss = crossEntropy(x, [0, -100, 1], ignoring: -100)
    // Both rows that count give log 2.
    #expect(abs(loss.value.number - 0.6931472) < 1e-6)
    loss.backward()
    #expect(x.gradient == Tensor([3, 2], [-0.25, 0.25, 0, 0, 0.25, -0.25]))
    let masked = crossEntropy(x, [0, 1, 1], mask: [true, false, true])
    #expect(masked.value == loss.value)
  }

  @Test func `when no target counts the loss and its gradient are zero`() {
    let x = Variable(Tensor([2, 2], [1, 2, 3, 4]), needsGradient: true)
    let loss = crossEntropy(x, [9, 9], ignoring: 9)
    #expect(loss.value.number == 0)
    loss.backward()
    #expect(x.gradient == Tensor([2, 2], fill: 0))
  }

  @Test func `logits of ten thousand give the exact loss`() {
    let x = Variable(Tensor([2, 2], [1e4, -1e4, -1e4, 1e4]), needsGradient: true)
    let loss = crossEntropy(x, [0, 0])
    #expect(loss.value.number == 1e4)  // the mean of 0 and 20,000
    loss.backward()
    #expect(x.gradient == Tensor([2, 2], [0, 0, -0.5, 0.5]))
  }

  @Test func `classes ruled out by minus infinity leave the others' loss finite`() {
    let x = Variable(Tensor([1, 3], [0, -.infinity, 0]), needsGradient: true)
    let loss = crossEntropy(x, [2])
    #expect(abs(loss.value.number - 0.6931472) < 1e-6)
    loss.backward()
    #expect(x.gradient == Tensor([1, 3], [0.5, 0, -0.5]))
    #expect(crossEntropy(x, [1]).value.number == .infinity)
  }

  @Test func `a target outside the classes stops the program with its row`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Variable(Tensor([2, 3], fill: 0)), [0, 3])
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("crossEntropy: target 3 of row 1 is not one of the 3 classes"))
    #expect(message.contains("SoftmaxTests.swift"))
  }
}
