import Testing

@testable import TensorCore

struct VariableTests {
  @Test func `a variable used twice gets the sum of both gradients`() {
    let x = Variable(Tensor([2], [3, 4]), needsGradient: true)
    (x * x + x).sum().backward()
    #expect(x.gradient == Tensor([2], [7, 9]))
  }

  @Test func `gradients of two backward passes add up`() {
    let x = Variable(Tensor([1], [3]), needsGradient: true)
    (2 * x).sum().backward()
    (5 * x).sum().backward()
    #expect(x.gradient == Tensor([1], [7]))
  }

  @Test func `no gradient flows through a detached variable`() {
    let x = Variable(Tensor([1], [3]), needsGradient: true)
    (x * x.detached()).sum().backward()
    #expect(x.gradient == Tensor([1], [3]))
  }

  @Test func `nothing is recorded without gradient`() {
    let x = Variable(Tensor([1], [3]), needsGradient: true)
    let y = withoutGradient { x * x }
    #expect(!y.needsGradient)
    #expect((x * x).needsGradient)
  }

  @Test func `the graph is gone after backward and no cycle keeps it`() {
    let x = Variable(Tensor([1], [3]), needsGradient: true)
    weak var inner: Variable?
    weak var outer: Variable?
    do {
      let y = x * x
      let loss = (y + 1).sum()
      inner = y
      outer = loss
      loss.backward()
    }
    #expect(inner == nil)
    #expect(outer == nil)
  }

  @Test func `a graph that backward never saw is freed as well`() {
    let x = Variable(Tensor([1], [3]), needsGradient: true)
    weak var inner: Variable?
    do {
      let y = x * x
      inner = y
      _ = y + 1
    }
    #expect(inner == nil)
  }

  @Test func `a chain of 100,000 operations neither overflows backward nor its release`() {
    let x = Variable(Tensor([1], [1]), needsGradient: true)
    var y = x
    for _ in 0..<100_000 { y = y + 1 }
    y.backward()
    #expect(x.gradient == Tensor([1], [1]))
    var z = x
    for _ in 0..<100_000 { z = z + 1 }
  }

  @Test func `a chain of 100,000 additions to batch norm is released without recursion`() {
    let (x, gamma) = (Variable(Tensor([2, 1], [1, 3])), Variable(Tensor([1], fill: 1)))
    let other = Variable(Tensor([2, 1], fill: 1), needsGradient: true)
    var y = other
    for _ in 0..<100_000 { y = batchNorm(x, gamma, gamma, adding: y).result }
    y.backward(from: Tensor([2, 1], fill: 1))
    #expect(other.gradient == Tensor([2, 1], fill: 1))
    var z = other
    for _ in 0..<100_000 { z = batchNorm(x, gamma, gamma, adding: z).result }
  }

  @Test func `a parameter is changed in place once the graph is released`() {
    let x = Variable(Tensor([3], [1, 2, 3]), needsGradient: true)
    let before = x.value.start
    (x * x).sum().backward()
    x.value.withMutable { $0[0] = 5 }
    #expect(x.value.start == before)
  }

  @Test func `a second backward through a released graph stops with a message`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Variable(Tensor([1], [3]), needsGradient: true)
      let y = x * x
      y.sum().backward()
      y.sum().backward()
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("backward: another backward() has released this part of the graph"))
    #expect(message.contains("VariableTests.swift"))
  }
}
