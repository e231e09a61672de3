import CourseData
import TensorCore
import Testing

@testable import chapter2

/// A few small pictures with their scenes.
private func tinySet(_ seed: UInt64 = 1) -> PictureSet {
  PictureSource.world(.manyFactors).draw(training: 60, test: 20, seed: seed)
}

private let tinyPlan = PretextPlan(steps: 2, batch: 8)

@Suite struct `Pretext tasks` {
  @Test func `four quarter turns bring a picture back, and each is told by its number`() {
    let x = Variable(Tensor([2, 3, 3, 1], (0..<18).map { Float($0) }))
    let (turned, quarters) = inFourPositions(x)
    #expect(turned.shape == [8, 3, 3, 1] && quarters == [0, 0, 1, 1, 2, 2, 3, 3])
    let once = turned.sliced(axis: 0, 2..<4)
    let twice = inFourPositions(once).pictures.sliced(axis: 0, 2..<4)
    #expect(twice.value == turned.sliced(axis: 0, 4..<6).value)
    #expect(inFourPositions(once).pictures.sliced(axis: 0, 6..<8).value == x.value)
    // Anticlockwise: the right column becomes the upper row.
    #expect(once.value.numbers.prefix(3) == [2, 5, 8])
  }

  @Test func `grey has three equal channels, and grey pictures stay as they are`() {
    let set = tinySet()
    let seen = grey(set.x).value.numbers
    for pixel in stride(from: 0, to: seen.count, by: 3) {
      #expect(seen[pixel] == seen[pixel + 1])
      #expect(seen[pixel] == seen[pixel + 2])
    }
    let again = grey(Variable(Tensor(set.x.shape, seen))).value.numbers
    // The weights sum to 1 but for rounding.
    #expect(zip(seen, again).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func `all tasks start from the same weights, and all but nothing move them`() {
    let set = tinySet()
    let start = learn(.nothing, set, plan: tinyPlan).encoder.parameters.map(\.variable.value)
    for pretext in Pretext.allCases {
      let still = learn(pretext, set, plan: PretextPlan(steps: 0, batch: 8))
      #expect(still.encoder.parameters.map(\.variable.value) == start, "\(pretext)")
      let moved = learn(pretext, set, plan: tinyPlan)
      #expect((moved.encoder.parameters.map(\.variable.value) == start) == (pretext == .nothing))
      #expect(moved.picturesSeen == (pretext == .nothing ? 0 : 16))
    }
  }

  @Test func `the encoder of colours from grey never sees a colour`() {
    let set = tinySet()
    let trained = learn(.colour, set, plan: tinyPlan)
    let plain = learn(.autoencoder, set, plan: tinyPlan)
    let (x, same) = (set.testX, grey(set.testX))
    let close = { (a: Tensor, b: Tensor) in
      zip(a.numbers, b.numbers).allSatisfy { abs($0 - $1) < 1e-3 }
    }
    #expect(close(trained.features(x).value, trained.features(same).value))
    #expect(!close(plain.features(x).value, plain.features(same).value))
  }

  @Test func `a decoder gives pictures of the encoder's size`() {
    var random = Random(seed: 1)
    let x = Variable(Tensor([2, 24, 24, 3], fill: 0))
    #expect(Decoder(using: &random)(Encoder(using: &random)(x)).shape == x.shape)
  }
}

@Suite struct `The matrix` {
  @Test func `every task has a score, from probes that leave the encoder alone`() {
    let set = tinySet()
    let crowd = Crowd(individuals: 8, of: .manyFactors, seed: 1)
    let trained = learn(.turns, set, plan: tinyPlan)
    let before = (trained.encoder.parameters + trained.encoder.buffers).map(\.variable.value)
    let scores = DownstreamScores(trained.features, set, crowd, labels: 40)
    #expect(DownstreamTask.allCases.allSatisfy { scores[$0].isFinite && scores[$0] <= 1 })
    #expect(
      before == (trained.encoder.parameters + trained.encoder.buffers).map(\.variable.value))
  }

  @Test func `features that are the answers get them all`() {
    let set = tinySet()
    let scenes = set.scenes!
    let world = PictureWorld(size: 24)
    // The individuals' own numbers, in place of what an encoder sees.
    let crowd = Crowd(individuals: 8, of: .manyFactors, seed: 1)
    var random = Random(seed: 1)
    let names = Variable(Tensor(normal: [8, 30], using: &random))
    let turned = set.turnedRound(60)
    let scores = DownstreamScores(
      { x in
        let known: [(Variable, [Scene])] = [
          (set.x, scenes.training), (set.testX, scenes.test), (turned.x, turned.scenes),
          (turned.testX, turned.testScenes),
        ]
        if let (_, own) = known.first(where: { $0.0.value == x.value }) {
          let rows = own.map { scene in
            [DownstreamTask.place, .size, .turn, .hue, .number].flatMap { $0.quantities(scene) }
              + (0..<10).map { $0 == scene.thing.rawValue ? Float(1) : 0 }
          }
          return Variable(Tensor([own.count, 18], rows.flatMap { $0 }))
        }
        return names.gather(crowd.sightings.identities)
      }, set, crowd, labels: 60)
    #expect(scores[.kind] == 1 && scores[.again] == 1 && scores.recallAtOne == 1)
    for task in [DownstreamTask.place, .size, .turn, .hue, .number] {
      // Ridge with the smallest penalty shrinks by a thousandth or so.
      #expect(scores[task] > 0.98, "\(task)")
    }
    #expect(world.size == 24)
  }

  @Test func `partners that agree have the smallest loss`() {
    var random = Random(seed: 2)
    let h = Variable(Tensor(normal: [6, 20], using: &random))
    let pairs = pairLoss(concatenate([h, h])).value.number
    let strangers = pairLoss(Variable(Tensor(normal: [12, 20], using: &random))).value.number
    #expect(pairs < 0.2 && strangers > 1)
  }
}

@Suite struct `How one fools oneself` {
  @Test func `what lies in the corners is all that differs between the sets`() {
    let set = tinySet()
    #expect(set.with(.clean) === set)
    #expect(set.with(.stamped).training != set.training)
    #expect(set.with(.covered).test == DateStamp.covered(set.test))
    #expect(set.with(.stamped).labels([3]) == set.labels([3]))
  }

  @Test
  func `a linear autoencoder reaches the principal components, and a mixed code costs nothing`() {
    var random = Random(seed: 3)
    // Three directions of large variance among eight.
    let scales = Variable(Tensor([8], [3, 2.5, 2, 0.5, 0.4, 0.3, 0.2, 0.1]))
    let x = Variable(Tensor(normal: [200, 8], using: &random)) * scales
    let linear = LinearAutoencoder(x, steps: 2000, seed: 1)
    #expect(linear.distance < 0.01)
    #expect(linear.loss < 1.001 * linear.leastLoss && linear.loss > 0.999 * linear.leastLoss)
    #expect(abs(linear.lossWhenMixed - linear.loss) < 1e-3 * linear.loss)
  }

  @Test func `batch statistics are tried on copies`() {
    let set = tinySet()
    let crowd = Crowd(individuals: 8, of: .manyFactors, seed: 1)
    let matrix = PretextMatrix([set], [crowd], plan: tinyPlan, labels: 40)
    let encoder = matrix.trained(.turns)[0].encoder
    let before = encoder.buffers.map(\.variable.value)
    let statistics = BatchStatistics(matrix, [.evening(set, labels: 40)])
    #expect(encoder.buffers.map(\.variable.value) == before)
    #expect(
      BatchStatistics.Mode.allCases.allSatisfy { mode in
        (0...1).contains(statistics.comparison.mean(of: Pretext.turns.rawValue) { $0[mode]! })
      })
    let few = FewLabels([10, 30], [set], [crowd], matrix, plan: tinyPlan)
    #expect(FewLabels.tasks.allSatisfy { few.scratch($0).mean(30).isFinite })
  }
}
