import Testing

import TensorCore

struct RepresentationTests {
  @Test func `a frozen layer gives each example what it gives it alone, and stays as it is`() {
    var random = Random(seed: 9)
    let norm = BatchNorm(4)
    // Statistics of something else than what is asked.
    _ = norm(Variable(Tensor(normal: [30, 4], using: &random)) * 3 + 2)
    let layer = Sequential(Linear(6, 4, using: &random), norm)
    let before = layer.buffers.map { $0.variable.value.numbers }
    let x = Variable(Tensor(normal: [600, 6], using: &random))
    let all = frozen(layer, x)
    #expect(all.shape == [600, 4])
    #expect(!all.needsGradient)
    for place in [0, 249, 250, 599] {
      let alone = frozen(layer, x.gather([place]))
      // Sums of six products, perhaps in another order.
      #expect(largestDifference(all.gather([place]).value, alone.value) < 1e-5)
    }
    #expect(layer.buffers.map { $0.variable.value.numbers } == before)
  }

  @Test func `a probe sees the labels at the labelled places alone`() {
    var random = Random(seed: 10)
    let labels = (0..<40).map { $0 % 2 }
    let x = Variable(
      Tensor([40, 2], labels.flatMap { [Float($0) * 6 + random.normal(), random.normal()] }))
    let features = Representation(training: x, test: x)
    #expect(features.probed(labels, labels, classes: 2) > 0.9)
    let wrong = labels.enumerated().map { $0.offset < 10 ? $0.element : 1 - $0.element }
    let few = Array(0..<10)
    #expect(
      features.probed(wrong, labels, classes: 2, labelled: few)
        == features.probed(labels, labels, classes: 2, labelled: few))
    // All thirty wrong ones count, where none is left out.
    #expect(features.probed(wrong, labels, classes: 2) < 0.5)
  }
}
