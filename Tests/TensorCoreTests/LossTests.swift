import Testing

@testable import TensorCore

struct LossTests {
  @Test func `errors are means over the elements`() {
    let x = Variable(Tensor([2, 2], [1, 2, 3, 4]))
    let target = Tensor([2, 2], [1, 0, 4, 8])
    #expect(meanSquaredError(x, target).value == Tensor((0 + 4 + 1 + 16) / 4))
    #expect(meanAbsoluteError(x, target).value == Tensor((0 + 2 + 1 + 4) / 4))
  }

  @Test func `a mask selects elements, and a smaller mask is repeated`() {
    let x = Variable(Tensor([2, 2], [1, 2, 3, 4]))
    let target = Tensor([2, 2], [1, 0, 4, 8])
    let rows = Tensor([2, 1], [0, 1])
    #expect(meanSquaredError(x, target, mask: rows).value == Tensor((1 + 16) / 2))
    #expect(meanAbsoluteError(x, target, mask: rows).value == Tensor((1 + 4) / 2))
    let weights = Tensor([2, 2], [3, 1, 0, 0])
    #expect(meanSquaredError(x, target, mask: weights).value == Tensor(4 / 4))
  }

  @Test func `what a mask hides has no part in the loss, even infinity and not-a-number`() {
    let x = Variable(Tensor([4], [1, .infinity, .nan, 2]), needsGradient: true)
    let loss = meanSquaredError(x, Tensor([4], fill: 0), mask: Tensor([4], [1, 0, 0, 1]))
    #expect(loss.value == Tensor(2.5))
    loss.backward()
    #expect(x.gradient == Tensor([4], [1, 0, 0, 2]))
  }

  @Test func `a mask that selects nothing gives 0 and no slope`() {
    let x = Variable(Tensor([2], [1, 2]), needsGradient: true)
    let loss = meanAbsoluteError(x, Tensor([2], fill: 0), mask: Tensor([2], fill: 0))
    loss.backward()
    #expect(loss.value == Tensor(0))
    #expect(x.gradient == Tensor([2], [0, 0]))
  }

  @Test func `losses agree with differences, with a mask and without`() {
    let target = sample([3, 5], seed: 2, in: 2..<3)
    let labels = sample([3, 5], seed: 4, in: 0..<1)
    let mask = Tensor([3, 1], [1, 0, 0.5])
    for mask in [nil, mask] {
      checkGradients(of: [sample([3, 5])]) { meanSquaredError($0[0], target, mask: mask) }
      // The targets are at least 1 away, so no difference crosses the kink.
      checkGradients(of: [sample([3, 5])]) { meanAbsoluteError($0[0], target, mask: mask) }
      checkGradients(of: [sample([3, 5], in: -3..<3)]) {
        binaryCrossEntropy(logits: $0[0], labels, mask: mask)
      }
    }
  }

  @Test func `binary cross-entropy stays finite for scores of any size`() {
    let x = Variable(Tensor([4], [200, -200, 200, -200]), needsGradient: true)
    let loss = binaryCrossEntropy(logits: x, Tensor([4], [1, 0, 0, 1]))
    // Right and sure costs nothing, wrong and sure costs |x|.
    #expect(loss.value == Tensor(100))
    loss.backward()
    #expect(x.gradient == Tensor([4], [0, 0, 0.25, -0.25]))
    let even = binaryCrossEntropy(logits: Variable(Tensor([1], [0])), Tensor([1], [1]))
    #expect(abs(even.value.number - 0.693_147_2) < 1e-6)  // log 2; one ulp is 6e-8
  }

  @Test func `binary cross-entropy keeps its digits where it is small`() {
    // log(1 + e⁻²⁰) = 2.0611536e-9, which 1 + e⁻²⁰ would round away; 4 ulps for exp and log.
    let loss = binaryCrossEntropy(logits: Variable(Tensor([1], [-20])), Tensor([1], [0]))
    #expect(abs(loss.value.number / 2.0611536e-9 - 1) < 5e-7)
  }

  @Test func `a target of another shape is not broadcast but refused`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = meanSquaredError(Variable(Tensor([3], fill: 0)), Tensor([3, 1], fill: 0))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      message.contains("meanSquaredError: prediction [3] and target [3, 1] differ in shape"))
  }
}
