import Testing

@testable import TensorCore

struct MaskingTests {
  @Test func `embedding takes rows and sums the gradients of a row's uses`() {
    let table = Variable(Tensor([3, 2], [1, 2, 3, 4, 5, 6]), needsGradient: true)
    let y = embedding(table, [2, 0, 2])
    #expect(y.value == Tensor([3, 2], [5, 6, 1, 2, 5, 6]))
    y.backward(from: Tensor([3, 2], [1, 2, 3, 4, 5, 6]))
    #expect(table.gradient == Tensor([3, 2], [3, 4, 0, 0, 6, 8]))
    checkGradients(of: [sample([7, 33])]) { embedding($0[0], [6, 6, 0, 3]) }
  }

  @Test func `an index outside the table stops the program with its place`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = embedding(Variable(Tensor([3, 2], fill: 0)), [0, 3])
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("embedding: index 3 at place 1 is outside the table's 3 entries"))
    #expect(message.contains("MaskingTests.swift"))
  }

  @Test func `dropout drops the asked share, keeps the mean and its gradient follows`() {
    var random = Random(seed: 3)
    let x = Variable(Tensor([100, 100], fill: 1), needsGradient: true)
    let y = dropout(x, 0.25, using: &random)
    let dropped = y.value.numbers.count { $0 == 0 }
    // Binomial: 2,500 ± 43; five deviations.
    #expect(abs(dropped - 2500) < 217)
    #expect(y.value.numbers.allSatisfy { $0 == 0 || $0 == 1 / 0.75 })
    let value = y.value
    y.sum().backward()
    #expect(x.gradient == value)
    #expect(dropout(x, 0, using: &random).value == x.value)
  }

  @Test func `one seed drops the same elements`() {
    var (first, second) = (Random(seed: 5), Random(seed: 5))
    let x = Variable(sample([50]))
    #expect(dropout(x, 0.5, using: &first).value == dropout(x, 0.5, using: &second).value)
  }

  @Test func `a mask replaces elements or whole rows and stops their gradient`() {
    let x = Variable(Tensor([2, 2], [1, 2, 3, 4]), needsGradient: true)
    let rows = masked(x, where: [false, true], with: -1)
    #expect(rows.value == Tensor([2, 2], [1, 2, -1, -1]))
    rows.backward(from: Tensor([2, 2], fill: 1))
    #expect(x.gradient == Tensor([2, 2], [1, 1, 0, 0]))
    let single = masked(x, where: [false, true, false, false], with: .infinity)
    #expect(single.value == Tensor([2, 2], [1, .infinity, 3, 4]))
  }

  @Test func `elementwise functions with kinks agree with differences away from them`() {
    let apart = Tensor([6], [-2, -1.3, -0.6, 0.4, 0.7, 2])
    checkGradients(of: [apart]) { absolute($0[0]) }
    checkGradients(of: [apart]) { clamped($0[0], to: -1...0.5) }
    let other = Tensor([3, 1], [-1, 0, 1])
    checkGradients(of: [apart, other]) { maximum($0[0], $0[1]) }
    checkGradients(of: [apart, other]) { minimum($0[0], $0[1]) }
  }

  @Test func `smooth elementwise functions agree with differences`() {
    let x = sample([37], in: -3..<3)
    checkGradients(of: [x]) { square($0[0]) }
    checkGradients(of: [x]) { power($0[0], 3) }
    checkGradients(of: [x]) { power($0[0], 0) }
    checkGradients(of: [x]) { softplus($0[0]) }
    let positive = sample([37], in: 0.5..<2)
    checkGradients(of: [positive]) { power($0[0], -2) }
    checkGradients(of: [positive]) { power($0[0], 1.5) }
  }

  @Test func `of equal elements the first gets the gradient`() {
    let a = Variable(Tensor([2], [1, 1]), needsGradient: true)
    let b = Variable(Tensor([2], [1, 2]), needsGradient: true)
    (maximum(a, b) + minimum(a, b)).sum().backward()
    #expect(a.gradient == Tensor([2], [2, 1]))
    #expect(b.gradient == Tensor([2], [0, 1]))
  }

  @Test func `softplus neither overflows nor loses its small values`() {
    let y = softplus(Variable(Tensor([4], [1e4, -1e4, -20, 0]))).value
    #expect(y[0] == 1e4 && y[1] == 0)
    // log(1 + e⁻²⁰) and log 2, to a few units in the last of 24 bits.
    #expect(abs(y[2] / 2.0611537e-9 - 1) < 1e-6 && abs(y[3] - 0.6931472) < 1e-6)
  }
}
