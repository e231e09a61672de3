import Testing

@testable import TensorCore

/// A model as a chapter would write it: named parts, an array of blocks, something optional.
private final class SmallModel: Layer {
  let blocks: [Linear]
  let head: Linear
  let extra: Linear?

  init(blocks: [Linear], head: Linear, extra: Linear? = nil) {
    self.blocks = blocks
    self.head = head
    self.extra = extra
  }

  convenience init(using random: inout Random) {
    self.init(
      blocks: [Linear(3, 4, using: &random), Linear(4, 4, bias: false, using: &random)],
      head: Linear(4, 2, using: &random))
  }

  var parts: Parts { ["block": blocks, "head": head, "extra": extra] }

  func callAsFunction(_ x: Variable) -> Variable {
    head(blocks.reduce(x) { relu($1($0)) })
  }

  func clone() -> SmallModel {
    SmallModel(blocks: blocks.clone(), head: head.clone(), extra: extra?.clone())
  }
}

struct ModuleTests {
  @Test func `parameters are named by their path, in the order of the parts`() {
    var random = Random(seed: 1)
    let model = SmallModel(using: &random)
    #expect(
      model.parameters.map(\.path) == [
        "block0.weight", "block0.bias", "block1.weight", "head.weight", "head.bias",
      ])
    #expect(model.parameterCount == 3 * 4 + 4 + 4 * 4 + 4 * 2 + 2)
    #expect(model.buffers.isEmpty)
  }

  @Test func `several models together are one module`() {
    var random = Random(seed: 1)
    let together: Parts = [
      "encoder": SmallModel(using: &random), "head": Linear(2, 1, using: &random),
    ]
    #expect(together.parameters.first?.path == "encoder.block0.weight")
    #expect(together.parameters.last?.path == "head.bias")
    #expect(together.clone().parameters.map(\.path) == together.parameters.map(\.path))
  }

  @Test func `what layers share is shared in their clone too, and not with the clone`() {
    var random = Random(seed: 1)
    let first = Linear(3, 3, using: &random)
    let model = Sequential(first, Linear(weight: first.weight, bias: nil), first)
    for copy: any Module in [model.clone(), (["model": model] as Parts).clone()] {
      #expect(copy.parameters.count == model.parameters.count)
      for parameter in copy.parameters {
        #expect(!model.parameters.contains { $0.variable === parameter.variable })
      }
    }
    let layers = [first, first].clone()
    #expect(layers[0].weight === layers[1].weight && layers[0].weight !== first.weight)
    #expect(first.clone().weight !== first.clone().weight)
  }

  @Test func `a variable that two modules share is one parameter`() {
    var random = Random(seed: 1)
    let first = Linear(3, 3, using: &random)
    let second = Linear(weight: first.weight, bias: nil)
    #expect(Sequential(first, second).parameters.map(\.path) == ["0.weight", "0.bias"])
  }

  @Test func `training a clone leaves the original alone`() {
    var random = Random(seed: 1)
    let model = SmallModel(using: &random)
    let before = model.parameters.map(\.variable.value)
    let copy = model.clone()
    #expect(copy.parameters.map(\.variable.value) == before)
    let optimizer = SGD(copy.parameters, learningRate: 1)
    copy(Variable(sample([5, 3]))).sum().backward()
    optimizer.step()
    #expect(model.parameters.map(\.variable.value) == before)
    #expect(copy.head.bias?.value != before.last)
    #expect(model.parameters.allSatisfy { $0.variable.gradient == nil })
  }

  @Test func `copying parameters makes two models compute the same`() {
    var random = Random(seed: 1)
    let (a, b) = (SmallModel(using: &random), SmallModel(using: &random))
    let x = Variable(sample([5, 3]))
    #expect(a(x).value != b(x).value)
    b.copyParameters(from: a)
    #expect(a(x).value == b(x).value)
  }

  @Test func `copying between models that differ names the parameter`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Random(seed: 1)
      Linear(2, 3, using: &random).copyParameters(from: Linear(2, 4, using: &random))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("copyParameters: weight [2, 4] does not fit weight [2, 3]"))
  }

  @Test func `the summary lists each parameter and the total`() {
    var random = Random(seed: 1)
    let model = Sequential(
      Linear(784, 64, using: &random), Apply(relu), Linear(64, 10, using: &random))
    let expected = """
      path      kind    shape      parameters
      0         Linear  → [8, 64]      50,240
      0.weight          [784, 64]      50,176
      0.bias            [64]               64
      1         Apply   → [8, 64]            
      2         Linear  → [8, 10]         650
      2.weight          [64, 10]          640
      2.bias            [10]               10
      total                            50,890
      input [8, 784], output [8, 10]
      """
    #expect(model.summary(of: Tensor([8, 784], fill: 0)) == expected)
    #expect(!model.summary().contains("→"))
  }

  @Test(arguments: [
    (Initialisation.he, 0.1), (.xavier, 0.0707), (.normal(0.02), 0.02), (.fanIn, 0.0408),
    (.zero, 0),
  ])
  func `weights have the deviation that their rule says`(rule: Initialisation, deviation: Double) {
    var random = Random(seed: 3)
    // √(2 / 200), √(2 / 400), 0.02, √(1 / 600), 0
    let weights = Linear(200, 200, initialisation: rule, using: &random).weight.value
    let measured = (weights.sumOfSquares / Double(weights.count)).squareRoot()
    // Three standard errors of a deviation estimated from 40,000 draws: 3 / √80,000 = 1.1 %.
    #expect(abs(measured - deviation) <= 0.011 * deviation)
  }
}
