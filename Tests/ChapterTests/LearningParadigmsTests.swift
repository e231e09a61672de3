import CourseData
import TensorCore
import Testing

@testable import chapter1

private let things = PictureSource.world(
  PictureWorld(size: 24, factors: .plain(scale: 0.8...0.95)))

@Suite struct `k-means` {
  @Test func `no round raises the inertia, also when points coincide and clusters run empty`() {
    for seed in UInt64(1)...30 {
      var random = Random(seed: seed)
      // Few different points and many clusters, so that centres coincide and lose their points.
      let places = Tensor(normal: [6, 3], using: &random)
      let points = Variable(places).gather((0..<40).map { _ in random.integer(below: 6) })
      var clusters = KMeans(points, k: 8, random: &random)
      var last = clusters.inertia
      for _ in 0..<10 {
        _ = clusters.improve(points)
        // Squared distances are differences of numbers near 10, known to some 10⁻⁶.
        #expect(clusters.inertia <= last + 1e-5)
        last = clusters.inertia
      }
      #expect(last.isFinite)
    }
  }

  @Test func `an empty cluster moves to the point that is farthest from its own centre`() {
    let points = Variable(Tensor([4, 1], [0, 1, 2, 30]))
    // Nothing is near to the last centre.
    var clusters = KMeans(points, centres: Variable(Tensor([2, 1], [1, -500])))
    #expect(clusters.assignments == [0, 0, 0, 0])
    _ = clusters.improve(points)
    #expect(clusters.assignments == [0, 0, 0, 1])
    #expect(clusters.centres.value.numbers[1] == 30)
    _ = clusters.improve(points)
    #expect(clusters.centres.value.numbers == [1, 30])
  }

  @Test func `points that are all the same give an inertia of zero`() {
    var random = Random(seed: 4)
    let points = Variable(Tensor([5, 2], fill: 3))
    var clusters = KMeans(points, k: 3, random: &random)
    while clusters.improve(points) {}
    #expect(clusters.inertia == 0)
  }

  @Test func `well separated heaps are found, whichever start is drawn`() {
    for seed in UInt64(1)...20 {
      var random = Random(seed: seed)
      let heap = (0..<60).map { $0 / 20 }
      let points = Variable(
        Tensor(
          [60, 2],
          heap.flatMap { at -> [Float] in
            [Float(at) * 100 + random.normal(), random.normal()]
          }))
      var clusters = KMeans(points, k: 3, random: &random)
      while clusters.improve(points) {}
      let purity = ClusterNames.purity(clusters: 3, assignments: clusters.assignments, labels: heap)
      #expect(purity == 1)
    }
  }
}

@Suite struct `Named clusters` {
  @Test func `a cluster takes its majority's name, the lower label of two, the commonest for none`()
  {
    let names = ClusterNames(
      clusters: 4, assignments: [0, 0, 0, 1, 1, 2], labels: [7, 7, 2, 5, 3, 7])
    #expect(names.names == [7, 3, 7, nil])
    #expect(names.labels([3, 1]) == [7, 3])
  }

  @Test func `purity is one for clusters that are classes, and the largest class's share for one`()
  {
    #expect(ClusterNames.purity(clusters: 2, assignments: [1, 1, 0], labels: [4, 4, 9]) == 1)
    #expect(
      ClusterNames.purity(clusters: 1, assignments: [0, 0, 0, 0], labels: [1, 2, 2, 3]) == 0.5)
  }
}

@Suite struct `Pseudo-labels` {
  @Test func `their gradient is α times the probabilities minus one at the likeliest class`() {
    var random = Random(seed: 5)
    let known = Variable(Tensor(normal: [3, 4], using: &random), needsGradient: true)
    let unknown = Variable(Tensor(normal: [5, 4], using: &random), needsGradient: true)
    let guess = PseudoLabelLoss(known, [0, 3, 1], unknown, weight: 0.7)
    guess.loss.backward()
    let p = softmax(unknown.detached()).value
    let likeliest = unknown.value.indicesOfMaximum()
    for row in 0..<5 {
      for column in 0..<4 {
        let expected = 0.7 / 5 * (p[row, column] - (column == likeliest[row] ? 1 : 0))
        // One rounding of each of a few factors below 1.
        #expect(abs(unknown.gradient![row, column] - expected) < 1e-6)
      }
    }
    #expect(guess.pseudoLabels == likeliest)
  }

  @Test func `with a weight of zero the network's gradient is the supervised one, bit for bit`() {
    let set = things.draw(training: 40, test: 10, seed: 6)
    func gradients(_ loss: (Classifier) -> Variable) -> [[Float]] {
      var random = Random(seed: 7)
      let classifier = Classifier(for: set, using: &random)
      loss(classifier).backward()
      return classifier.parameters.map { $0.variable.gradient!.numbers }
    }
    let batch = Array(0..<20)
    let others = Array(20..<40)
    let supervised = gradients { crossEntropy($0(set.x.gather(batch)), set.labels(batch)) }
    let both = gradients {
      PseudoLabelLoss(
        $0(set.x.gather(batch)), set.labels(batch), $0(set.x.gather(others)), weight: 0
      ).loss
    }
    #expect(supervised == both)
    #expect(supervised.joined().contains { $0 != 0 })
  }

  @Test
  func `the ramp is zero, then a line, then constant; without it the weight is there at once`() {
    let ramp = Ramp(start: 0.25, end: 0.75, final: 3)
    let weights = (0..<100).map { ramp.weight(step: $0, of: 100) }
    #expect(weights[0] == 0 && weights[25] == 0 && weights[75] == 3 && weights[99] == 3)
    // The middle of the line; a share of steps is exact to the last bits of a Double.
    #expect(abs(weights[50] - 1.5) < 1e-6)
    #expect(zip(weights, weights.dropFirst()).allSatisfy { $0 <= $1 })
    #expect((0..<100).allSatisfy { Ramp.none.weight(step: $0, of: 100) == 3 })
  }
}

@Suite struct `REINFORCE` {
  @Test func `no baseline changes the mean gradient, which is the closed form's`() {
    var random = Random(seed: 8)
    let logits = Tensor(normal: [6, 4], deviation: 2, using: &random)
    let right = [0, 1, 2, 3, 0, 2]
    let policy = softmax(Variable(logits)).value
    for baseline in [-3, 0, 0.4, 1, 10] as [Float] {
      let moments = GradientMoments(logits, right: right, baseline: baseline)
      for row in 0..<6 {
        let earned = policy[row, right[row]]  // the expected reward
        for action in 0..<4 {
          // ∇J = π(a) (R(a) − E R) points uphill; the loss's gradient has the other sign.
          let reward: Float = action == right[row] ? 1 : 0
          let expected = -policy[row, action] * (reward - earned)
          // Four terms of size |b| cancel: their rounding is what remains.
          #expect(abs(moments.mean[row * 4 + action] - expected) < 1e-6 * (1 + abs(baseline)))
        }
      }
    }
  }

  @Test func `two even actions have the variance that one works out by hand`() {
    // g(a) = ∓(R − b) (½, −½): with b = 0 it is (−½, ½) or 0, each half the time. The mean is
    // (−¼, ¼), the mean square ¼, the variance ¼ − ⅛. With b = ½ both actions give (−¼, ¼): none.
    let logits = Tensor([1, 2], [0, 0])
    #expect(abs(GradientMoments(logits, right: [0], baseline: 0).variance - 0.125) < 1e-6)
    #expect(abs(GradientMoments(logits, right: [0], baseline: 0.5).variance) < 1e-6)
  }
}

@Suite struct `Rotations` {
  @Test func `a quarter turn goes to the left, and four are none`() {
    let picture = Variable(Tensor([1, 2, 2, 1], [1, 2, 3, 4]))
    #expect(turned(picture, quarterTurns: 1).value.numbers == [2, 4, 1, 3])
    #expect(turned(picture, quarterTurns: 2).value.numbers == [4, 3, 2, 1])
    var random = Random(seed: 9)
    let pictures = Variable(Tensor(normal: [2, 5, 5, 3], using: &random))
    #expect(turned(pictures, quarterTurns: 4).value == pictures.value)
    #expect(turned(pictures, quarterTurns: 1).value != pictures.value)
  }

  @Test
  func `the task holds each picture in each position, with the number of turns as its answer`() {
    var random = Random(seed: 10)
    let pictures = Variable(Tensor(normal: [3, 4, 4, 1], using: &random))
    let (inputs, answers) = rotationTask(pictures)
    #expect(inputs.shape == [12, 4, 4, 1])
    #expect(answers == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    for (row, answer) in answers.enumerated() {
      let expected = turned(pictures.gather([row % 3]), quarterTurns: answer)
      #expect(inputs.gather([row]).value == expected.value)
    }
  }
}

@Suite struct `Frozen features` {
  @Test func `probing leaves parameters and statistics of the encoder as they are, bit for bit`() {
    let set = things.draw(training: 60, test: 20, seed: 11)
    var random = Random(seed: 12)
    let encoder = Classifier(for: set, using: &random).encoder
    func state() -> [[Float]] {
      (encoder.parameters + encoder.buffers).map { $0.variable.value.numbers }
    }
    let before = state()
    _ = Representation(encoder, set).probed(set, labels: 20)
    #expect(state() == before)
    #expect(encoder.parameters.allSatisfy { $0.variable.gradient == nil })
    // What freezing prevents: one look in training mode moves the statistics.
    _ = encoder(set.x)
    #expect(state() != before)
  }
}

@Suite struct `The labels that are bought` {
  @Test func `as many of each class, and fewer labels are among more`() {
    let set = things.draw(training: 200, test: 20, seed: 14)
    let thirty = set.labelled(30)
    let counts = Dictionary(grouping: set.labels(thirty)) { $0 }.values.map(\.count)
    #expect(counts == Array(repeating: 3, count: 10))
    #expect(Set(set.labelled(10)).isSubset(of: thirty))
  }

  @Test func `pixels are standardised by the training pictures alone`() {
    let set = things.draw(training: 100, test: 20, seed: 15)
    // Means of 170,000 numbers near 1, summed in pieces.
    #expect(abs(set.x.mean().value.number) < 1e-4)
    #expect(abs(square(set.x).mean().value.number - 1) < 1e-3)
    #expect(abs(set.testX.mean().value.number) > 1e-4)
  }
}

@Suite struct `Fill in the blank` {
  @Test func `no cook and no sugar is ever near a birthday`() {
    for sentence in Sentences.all {
      #expect(sentence.count == 8)
      let words = Set(sentence)
      #expect(!words.isSuperset(of: ["cook", "birthday"]))
      #expect(!words.isSuperset(of: ["sugar", "birthday"]))
    }
    #expect(Set(Sentences.all).count == Sentences.all.count)
  }

  @Test func `what stands in the gap has no say, what stands around it has`() {
    var random = Random(seed: 16)
    let model = FillInTheBlank(Sentences.all, using: &random)
    let sentence = Sentences.all[0]
    var other = sentence
    other[3] = "nails"
    #expect(model.probabilities(sentence, at: 3) == model.probabilities(other, at: 3))
    #expect(model.probabilities(sentence, at: 7) != model.probabilities(other, at: 7))
    let total = model.probabilities(sentence, at: 3).values.reduce(0, +)
    // A sum of some forty rounded probabilities.
    #expect(abs(total - 1) < 1e-5)
  }
}
