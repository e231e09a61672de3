import Testing

import TensorCore

struct LinearProbeTests {
  @Test func `a probe separates what a plane separates, and not what none can`() {
    var random = Random(seed: 5)
    let points = Tensor(normal: [400, 2], using: &random)
    let side = (0..<400).map { points[$0, 0] + 2 * points[$0, 1] > 0 ? 1 : 0 }
    // A few points lie so near the plane that 300 updates do not settle them.
    #expect(probed(points, side) > 0.97)
    let quadrants = (0..<400).map { points[$0, 0] * points[$0, 1] > 0 ? 1 : 0 }
    #expect(probed(points, quadrants) < 0.65)
  }

  @Test func `the size of a feature plays no part`() {
    let (points, labels) = heaps()
    // A power of two, so that only the small terms of the scale are rounded in another way.
    let sizes = Tensor([3], [1024, 1.0 / 1024, 1])
    #expect(probed(points, labels) == 1)
    #expect(probed((Variable(points) * Variable(sizes)).value, labels) == 1)
  }

  @Test(arguments: [Float(300), 0.1])
  func `a feature that never varies does no harm, also where its mean is rounded`(value: Float) {
    let (points, labels) = heaps()
    let x = Variable(points)
    let wider = concatenate([x, Variable(Tensor([60, 1], fill: value))], axis: 1)
    let all = Array(0..<60)
    let probe = LinearProbe(wider, labelled: all, labels: labels, classes: 3)
    #expect(probe.predictions(wider) == labels)
    #expect(
      probe.predictions(wider)
        == LinearProbe(x, labelled: all, labels: labels, classes: 3).predictions(x))
  }

  @Test func `a probe of features that never vary names the commonest class`() {
    let x = Tensor([6, 3], fill: 2)
    #expect(probed(x, [0, 0, 0, 0, 1, 1]) == 4.0 / 6)
  }

  @Test func `labels of one class make a probe that names it`() {
    let (points, _) = heaps()
    for (classes, label) in [(1, 0), (3, 2)] {
      let probe = LinearProbe(
        Variable(points), labelled: [0, 7, 30], labels: [label, label, label], classes: classes)
      #expect(probe.predictions(Variable(points)) == Array(repeating: label, count: 60))
    }
  }

  @Test func `no labels and labels that are none stop the program`() async {
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LinearProbe(Variable(Tensor([4, 2], fill: 0)), labelled: [], labels: [], classes: 2)
    }
    let message = String(decoding: none?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("LinearProbe: no labels"))
    let wrong = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LinearProbe(
        Variable(Tensor([4, 2], fill: 0)), labelled: [0, 1], labels: [1, 2], classes: 2)
    }
    let other = String(decoding: wrong?.standardErrorContent ?? [], as: UTF8.self)
    #expect(other.contains("LinearProbe: labels 1 to 2 of 2 classes"))
  }

  @Test func `labels count at the labelled places, and the others can have any order`() {
    let (points, labels) = heaps()
    let x = Variable(points)
    // Two of each class, neither in the order of the rows nor in that of the classes.
    let labelled = [41, 2, 25, 50, 17, 33]
    let probe = LinearProbe(
      x, labelled: labelled, labels: labelled.map { labels[$0] }, classes: 3)
    #expect(probe.predictions(x) == labels)
    // The same labels one place on belong to other heaps: so it learns other names.
    let moved = LinearProbe(
      x, labelled: Array(labelled[1...] + labelled[..<1]), labels: labelled.map { labels[$0] },
      classes: 3)
    #expect(accuracy(moved.predictions(x), labels) < 0.5)
    let others = (0..<60).filter { !labelled.contains($0) }
    let order = labelled + others.reversed()
    let turned = LinearProbe(
      x.gather(order), labelled: Array(0..<6), labels: labelled.map { labels[$0] }, classes: 3)
    #expect(turned.predictions(x) == labels)
  }

  @Test func `fitting twice gives the same, and leaves the features without a gradient`() {
    var random = Random(seed: 7)
    let features = Variable(Tensor(normal: [80, 5], using: &random), needsGradient: true)
    let test = Variable(Tensor(normal: [200, 5], using: &random))
    let labels = (0..<80).map { _ in random.integer(below: 4) }
    let guesses = (0..<2).map { _ in
      LinearProbe(features, labelled: Array(0..<80), labels: labels, classes: 4).predictions(test)
    }
    #expect(guesses[0] == guesses[1])
    #expect(features.gradient == nil)
  }

  @Test func `labels that do not fit their places stop the program`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LinearProbe(
        Variable(Tensor([4, 2], fill: 0)), labelled: [0, 1, 2], labels: [1, 0], classes: 2)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("LinearProbe: features [4, 2], 3 labelled places and 2 labels"))
    #expect(message.contains("LinearProbeTests.swift"))
  }

  /// The share of points that a probe names rightly which saw all of them with their labels.
  private func probed(_ points: Tensor, _ labels: [Int]) -> Double {
    let probe = LinearProbe(
      Variable(points), labelled: Array(labels.indices), labels: labels,
      classes: (labels.max() ?? 0) + 1)
    return accuracy(probe.predictions(Variable(points)), labels)
  }

  /// Twenty points around each of three corners that lie far apart.
  private func heaps() -> (points: Tensor, labels: [Int]) {
    var random = Random(seed: 13)
    let corners: [[Float]] = [[5, 0, 0], [0, 5, 0], [0, 0, 5]]
    let labels = (0..<60).map { $0 / 20 }
    let points = labels.flatMap { label in corners[label].map { $0 + 0.3 * random.normal() } }
    return (Tensor([60, 3], points), labels)
  }
}
