import CourseData
import TensorCore
import Testing

@testable import chapter4

@Suite struct `Painting what was dropped` {
  private let set = PictureSource.world(.ofHoles).draw(training: 64, test: 40, seed: 2)

  @Test func `what is painted does not depend on what was dropped`() throws {
    let painter = try Inpainting(set.training, .alone(2), seed: 1, title: "")
    var pixels = set.test.pixels
    let middle = Hole.middle(32)
    for place in pixels.indices {
      let pixel = place / 3 % (32 * 32)
      if middle.contains(pixel / 32) && middle.contains(pixel % 32) { pixels[place] = 0.9 }
    }
    let changed = Pictures(
      height: 32, width: 32, channels: 3, pixels: pixels, labels: set.test.labels,
      classNames: set.test.classNames)
    #expect(painter.holes(changed) == painter.holes(set.test))
  }

  @Test func `the band is seen, and carries its share of the weight`() throws {
    let sketch = Sketch(32, band: 2)
    let truth = Tensor([1, 16, 16, 3], fill: 0)
    let made = Variable(Tensor([1, 16, 16, 3], fill: 1), needsGradient: true)
    sketch.error(made, truth, .squared).backward()
    let slopes = made.gradient!
    // 12 × 12 pixels of weight 1, and a band of 16² − 12² pixels of weight 10.
    #expect(abs(slopes[0, 0, 0, 0] / slopes[0, 8, 8, 0] - 10) < 1e-4)
    let band = Float(16 * 16 - 12 * 12)
    let share = 10 * band / (10 * band + 144)
    let sum = (0..<16).flatMap { y in (0..<16).map { (y, $0) } }.filter {
      min($0.0, $0.1) < 2 || max($0.0, $0.1) > 13
    }.reduce(Float(0)) { $0 + slopes[0, $1.0, $1.1, 0] }
    #expect(abs(sum / slopes.numbers.reduce(0, +) * 3 - share) < 1e-3)
    let seen = sketch.seen(Variable(Tensor([1, 32, 32, 3], fill: 1))).value
    #expect(seen[0, 9, 9, 0] == 1 && seen[0, 10, 10, 0] == 0 && seen[0, 21, 21, 2] == 0)
  }

  @Test func `a square that is pasted back gives the picture again`() {
    let x = set.test.tensor()
    #expect(pasted(middle(set.test).value, into: set.test) == x)
  }

  @Test func `training lowers the loss, and one seed gives one result`() throws {
    let first = try Inpainting(set.training, .alone(60), seed: 3, title: "")
    func mean(_ steps: some Collection<InpaintingStep>) -> Double {
      steps.map(\.reconstruction).reduce(0, +) / Double(steps.count)
    }
    #expect(mean(first.steps.suffix(10)) < mean(first.steps.prefix(10)))
    let plan = InpaintingPlan(width: 8, steps: 3, batch: 8)
    let runs = try (0..<2).map { _ in
      try Inpainting(set.training, plan, seed: 3, title: "").steps.map {
        [$0.reconstruction, $0.painter, $0.discriminator]
      }
    }
    #expect(runs[0] == runs[1])
  }

  @Test func `the painter's step leaves the discriminator's weights alone`() {
    var random = Random(seed: 1)
    let discriminator = Discriminator(side: 16, width: 4, using: &random)
    let game = Game(
      discriminator, real: Tensor([4, 1], fill: 1), painted: Tensor([4, 1], fill: 0))
    let painted = Variable(
      Tensor(normal: [4, 16, 16, 3], using: &random), needsGradient: true)
    game.applause(painted: painted).backward()
    #expect(painted.gradient != nil)
    #expect(discriminator.parameters.allSatisfy { $0.variable.gradient == nil })
    painted.gradient = nil
    let verdict = game.verdict(real: painted, painted: painted.detached())
    verdict.loss.backward()
    #expect(discriminator.parameters.allSatisfy { $0.variable.gradient != nil })
  }

  @Test func `without the layer nothing beyond the receptive field counts`() throws {
    let world = PictureWorld(size: 64, factors: .plain(scale: 0.75...0.95))
    let pictures = world.pictures(20, seed: 1)
    var plan = InpaintingPlan(width: 4, reconstruction: 1, steps: 1, batch: 4)
    func depends(_ isChannelWise: Bool) throws -> Bool {
      plan.isChannelWise = isChannelWise
      let painter = try Inpainting(pictures, plan, seed: 1, title: "")
      var pixels = pictures.pixels
      for at in 0..<64 * 3 { pixels[at] = 1 - pixels[at] }  // the first row of the first picture
      let changed = Pictures(
        height: 64, width: 64, channels: 3, pixels: pixels, labels: pictures.labels,
        classNames: pictures.classNames)
      let (a, b) = (painter.holes(pictures), painter.holes(changed))
      return (0..<3).contains { a[0, 16, 16, $0] != b[0, 16, 16, $0] }
    }
    #expect(try depends(true))
    #expect(try !depends(false))
  }

  @Test func `sides that cannot be halved, and losses that are no numbers, are refused`() {
    #expect(throws: InpaintingError.side(20)) {
      try Inpainting(
        PictureWorld(size: 20).pictures(10, seed: 1), .alone(1), seed: 1, title: "")
    }
    let error = #expect(throws: InpaintingError.self) {
      var step = 0
      _ = try Inpainting(set.training, .alone(5), seed: 1, title: "") { made, truth in
        step += 1
        return meanSquaredError(made, truth) * (step == 3 ? .nan : 1)
      }
    }
    #expect(error == .notFinite("the reconstruction loss", step: 2))
    var pixels = set.training.pixels
    for at in pixels.indices { pixels[at] = .nan }
    let broken = Pictures(
      height: 32, width: 32, channels: 3, pixels: pixels, labels: set.training.labels,
      classNames: set.training.classNames)
    #expect(throws: InpaintingError.self) {
      try Masked(broken, hole: .blocks, steps: 2, seed: 1, title: "blocks")
    }
  }

  @Test func `holes that cover everything or nothing are refused by picture`() {
    #expect(throws: InpaintingError.hole(picture: 1, isEmpty: true)) {
      try checkHoles(Tensor([2, 1, 2, 1], [1, 0, 0, 0]))
    }
    #expect(throws: InpaintingError.hole(picture: 0, isEmpty: false)) {
      try checkHoles(Tensor([1, 1, 2, 1], [1, 1]))
    }
    #expect(throws: Never.self) { try checkHoles(Tensor([1, 1, 2, 1], [1, 0])) }
  }

  @Test func `judges find nothing wrong with the truth, and a blur in a mean`() throws {
    let jury = try Jury(set, steps: 2)
    let truth = try jury.judged(Filling(name: "truth", holes: middle(set.test).value))
    #expect(truth.absolute == 0 && truth.sharpness == 1 && truth.spread == 1)
    #expect(truth.ratio == 60)
    let mean = try jury.judged(Baseline.mean.filled(set.test, from: set.training, seed: 1))
    #expect(mean.sharpness < 1e-6 && mean.spread < 1e-3 && mean.squared > 0.01)
    let nearest = Baseline.nearest.filled(set.training, from: set.training, seed: 1)
    #expect(nearest.holes == middle(set.training).value)
  }
}

@Suite struct `A masked autoencoder` {
  private let pictures = PictureWorld.ofHoles.pictures(6, seed: 1)
  private func network() -> MaskedAutoencoder {
    var random = Random(seed: 1)
    return MaskedAutoencoder(side: 32, using: &random)
  }

  @Test func `patches put together again are the pictures`() {
    let x = Variable(pictures.tensor())
    let patches = MaskedAutoencoder.patches(x)
    #expect(patches.shape == [6, 64, 48])
    #expect(MaskedAutoencoder.pictures(patches, grid: 8).value == x.value)
    // The second patch begins with the fifth pixel of the first row.
    #expect(patches.value[0, 1, 0] == x.value[0, 0, 4, 0])
  }

  @Test func `hidden patches do not change what is painted`() {
    let network = network()
    let patches = MaskedAutoencoder.patches(Variable(pictures.tensor()))
    let seen = (0..<6).map { [3 + $0, 40, 17, 60 - $0] }
    var keep = [Float](repeating: 0, count: 6 * 64)
    for (picture, places) in seen.enumerated() {
      for place in places { keep[picture * 64 + place] = 1 }
    }
    let covered = patches * Variable(Tensor([6, 64, 1], keep))
    #expect(network(patches, seen: seen).value == network(covered, seen: seen).value)
  }

  @Test func `the order in which seen patches are given does not matter`() {
    let network = network()
    let patches = MaskedAutoencoder.patches(Variable(pictures.tensor()))
    let one = network(patches, seen: (0..<6).map { _ in [3, 40, 17, 60] }).value.numbers
    let other = network(patches, seen: (0..<6).map { _ in [60, 3, 17, 40] }).value.numbers
    // Attention adds the same terms in another order.
    for (a, b) in zip(one, other) { #expect(abs(a - b) < 1e-4) }
  }

  @Test func `painting grey costs (n − 1) ⁄ n of a normalised target, and a flat patch is 0`() {
    var random = Random(seed: 3)
    let target = MaskedAutoencoder.normalised(
      Variable(Tensor(normal: [5, 64, 48], using: &random)))
    #expect(abs(square(target).mean().value.number - 47 / 48) < 1e-4)
    let flat = MaskedAutoencoder.normalised(Variable(Tensor([1, 1, 48], fill: 0.7)))
    #expect(flat.value.numbers.allSatisfy { abs($0) < 1e-3 })
  }

  @Test func `training lowers the loss on hidden patches`() throws {
    let trained = try MaskedTraining(
      PictureWorld.ofHoles.pictures(100, seed: 1), ratio: 0.75, isNormalised: true, steps: 40,
      seed: 1, title: "")
    #expect(trained.seen == 16)
    let (head, tail) = (trained.losses.prefix(5), trained.losses.suffix(5))
    #expect(tail.reduce(0, +) < head.reduce(0, +))
  }
}

@Suite struct `Bright or dark by lot` {
  @Test func `the world is what the formulas say of it`() {
    let pictures = LotWorld(bright: 0.7).pictures(2000, seed: 1)
    let share = Double(pictures.labels.reduce(0, +)) / 2000
    // Three standard deviations of a share of 2,000.
    #expect(abs(share - 0.7) < 0.031)
    let centre = (8 * 16 + 8) * 3
    for picture in 0..<20 {
      let level = pictures.pixels[picture * 768 + centre] * 2 - 1
      #expect(abs(level - (pictures.labels[picture] == 1 ? 0.8 : -0.8)) < 1e-6)
    }
  }

  @Test func `L2 paints the mean and L1 the median of an uneven lot`() throws {
    let study = try LotStudy(steps: 150, seed: 1)
    #expect(abs(study.outcome("L2", bright: 0.7).mean - 0.32) < 0.12)
    #expect(study.outcome("L1", bright: 0.7).mean > 0.6)
  }
}
