import CourseData
import TensorCore
import Testing

@testable import chapter8

private func model(seed: UInt64 = 1, channels: Int = 3) -> ContrastiveModel {
  var random = Random(seed: seed)
  return ContrastiveModel(channels: channels, width: 4, projection: 8, using: &random)
}

private let things = PictureWorld(size: 12).pictures(40, seed: 5)

/// Trains on two views of each thing.
private func trained(
  _ model: ContrastiveModel, _ plan: ContrastivePlan, seed: UInt64 = 1
) throws -> PretrainingTrace {
  let pairs = try ViewPairs(things, .simCLR(), batch: plan.batch)
  return try pretrain(model, plan: plan, seed: seed) { _, random in pairs.next(using: &random) }
}

@Suite struct `Contrastive pre-training` {
  @Test func `the loss falls below that of a guess`() throws {
    for method in [ContrastivePlan.Method.adam, .lars] {
      let plan = ContrastivePlan(
        steps: 40, batch: 20, learningRate: method == .adam ? 3e-3 : 4, method: method)
      let trace = try trained(model(), plan)
      #expect(trace.losses.count == 40)
      #expect(trace.views == 40 * 40)
      let first = trace.losses.prefix(4).reduce(0, +) / 4
      #expect(Float(trace.finalLoss) < first - 0.2)
    }
  }

  @Test func `one seed gives one result, with one thread or two`() throws {
    let plan = ContrastivePlan(steps: 4, batch: 10)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = 1
    let one = try trained(model(), plan).losses
    Parallel.threads = 2
    let two = try trained(model(), plan).losses
    #expect(two == one)
    let other = try trained(model(), plan, seed: 2).losses
    #expect(other != one)
  }

  @Test func `the model is observed at the start, in between, and at the end`() throws {
    var seen: [Int] = []
    let pairs = try ViewPairs(things, .simCLR(), batch: 4)
    var plan = ContrastivePlan(steps: 7, batch: 4)
    plan.observations = 3
    try pretrain(model(), plan: plan, seed: 1) { _, random in
      pairs.next(using: &random)
    } observe: {
      seen.append($0)
    }
    #expect(seen == [0, 2, 4, 7])
  }

  @Test func `a picture without a number stops the run, which names step and quantity`() throws {
    let x = Variable(Tensor([4, 8, 8, 3], fill: 0.5))
    let broken = Variable(Tensor([4, 8, 8, 3], fill: .nan))
    #expect(throws: ContrastiveError.notFinite(quantity: "the loss", step: 2)) {
      try pretrain(model(), plan: ContrastivePlan(steps: 5, batch: 4), seed: 1) { step, _ in
        (x, step == 2 ? broken : x)
      }
    }
  }

  @Test func `a gradient that is not a number stops the run before a weight is touched`() throws {
    let one = model()
    let before = one.parameters.map { $0.variable.value.numbers }
    var plan = ContrastivePlan(steps: 3, batch: 4)
    // A finite loss whose slope is infinite.
    plan.loss = { z, _ in squareRoot((z * 0).sum()) }
    var thrown: ContrastiveError?
    do { _ = try trained(one, plan) } catch let error as ContrastiveError { thrown = error }
    guard case .notFinite(let quantity, let step) = thrown else {
      Issue.record("expected a gradient that is not finite, got \(String(describing: thrown))")
      return
    }
    #expect(step == 0)
    #expect(quantity.hasPrefix("the gradient of "))
    #expect(one.parameters.map { $0.variable.value.numbers } == before)
  }

  @Test func `pairs that cannot be used are named`() {
    func error(_ first: [Int], _ second: [Int]) -> ContrastiveError? {
      do {
        try pretrain(model(), plan: ContrastivePlan(steps: 1, batch: 2), seed: 1) { _, _ in
          (Variable(Tensor(first, fill: 0)), Variable(Tensor(second, fill: 0)))
        }
        return nil
      } catch { return error as? ContrastiveError }
    }
    #expect(error([4, 8, 8, 1], [4, 8, 8, 1]) == .channels(pictures: [4, 8, 8, 1], expected: 3))
    #expect(
      error([4, 8, 8, 3], [3, 8, 8, 3]) == .unevenPairs(first: [4, 8, 8, 3], second: [3, 8, 8, 3]))
    #expect(error([4, 2, 8, 3], [4, 2, 8, 3]) == .tooSmall(height: 2, width: 8))
    #expect(error([1, 8, 8, 3], [1, 8, 8, 3]) == .tooFewPairs(1))
    #expect(error([0, 8, 8, 3], [0, 8, 8, 3]) == .tooFewPairs(0))
    #expect(error([3, 9, 5, 3], [3, 9, 5, 3]) == nil)
  }

  @Test func `settings that make no sense are named before anything is computed`() {
    func error(_ change: (inout ContrastivePlan) -> Void) -> ContrastiveError? {
      var plan = ContrastivePlan(steps: 1, batch: 4)
      change(&plan)
      do { _ = try trained(model(), plan) } catch { return error as? ContrastiveError }
      return nil
    }
    #expect(error { $0.batch = 1 } == .tooFewPairs(1))
    for change: (inout ContrastivePlan) -> Void in [
      { $0.steps = -1 }, { $0.temperature = 0 }, { $0.temperature = .nan },
      { $0.learningRate = .infinity }, { $0.warmUp = 1.5 },
    ] {
      guard case .setting = error(change) else {
        Issue.record("a wrong setting was taken")
        continue
      }
    }
    #expect(error { $0.steps = 0 } == nil)
  }

  @Test func `one picture is too few, and a batch larger than the data takes all of them`() throws {
    #expect(throws: ContrastiveError.tooFewPictures(1)) {
      try ViewPairs(things[0..<1], .simCLR(), batch: 4)
    }
    #expect(throws: ContrastiveError.tooFewPictures(0)) {
      try ViewPairs(things[0..<0], .simCLR(), batch: 4)
    }
    let pairs = try ViewPairs(things[0..<3], .simCLR(), batch: 400)
    var random = Random(seed: 1)
    for _ in 0..<3 {
      let (first, second) = pairs.next(using: &random)
      #expect(first.shape == [3, 12, 12, 3])
      #expect(second.shape == first.shape)
    }
  }

  @Test func `an epoch shows every picture once, in its own two views`() throws {
    let pairs = try ViewPairs(things, AugmentationSequence([]), batch: 8)
    var random = Random(seed: 2)
    for _ in 0..<2 {
      var seen: [[Float]] = []
      for _ in 0..<5 {
        let (first, second) = pairs.next(using: &random)
        // Without augmentation both views are the picture itself.
        #expect(first.value.numbers == second.value.numbers)
        for row in 0..<8 { seen.append(first.sliced(axis: 0, row..<row + 1).value.numbers) }
      }
      #expect(Set(seen).count == 40)
    }
  }

  @Test func `an encoder with a new head is trained in place, its clone stays`() throws {
    let old = model()
    let kept = old.encoder.clone()
    var random = Random(seed: 9)
    let next = ContrastiveModel(old.encoder, kind: .linear, using: &random)
    _ = try trained(next, ContrastivePlan(steps: 2, batch: 4))
    let weight = { (encoder: ResidualEncoder) in encoder.stem.weight.value.numbers }
    #expect(weight(old.encoder) == weight(next.encoder))
    #expect(weight(kept) != weight(next.encoder))
  }

  @Test func `grey pictures of any size are encoded`() throws {
    let (height, width) = (9, 7)
    let grey = Pictures(
      height: height, width: width, channels: 1,
      pixels: (0..<6 * height * width).map { Float($0 % 17) / 17 }, labels: [0, 1, 0, 1, 0, 1],
      classNames: ["even", "odd"])
    let pairs = try ViewPairs(grey, .simCLR(), batch: 6)
    let one = model(channels: 1)
    let trace = try pretrain(one, plan: ContrastivePlan(steps: 3, batch: 6), seed: 1) {
      _, random in pairs.next(using: &random)
    }
    #expect(trace.losses.allSatisfy { $0.isFinite })
    #expect(frozen(one.encoder, Variable(grey.tensor())).shape == [6, 16])
  }
}

@Suite struct `Fine-tuning` {
  @Test func `the given encoder stays as it is, and the labels are learnt`() throws {
    var random = Random(seed: 3)
    let encoder = ResidualEncoder(channels: 3, width: 8, using: &random)
    let before = encoder.stem.weight.value.numbers
    var plan = FineTuningPlan(steps: 80, batch: 20)
    plan.augmentation = AugmentationSequence([])
    let classifier = try fineTune(encoder, on: things, plan: plan, seed: 1)
    #expect(encoder.stem.weight.value.numbers == before)
    // Forty pictures that are seen forty times each; chance is 0.1.
    #expect(classifier.accuracy(on: things) > 0.5)
  }

  @Test func `one class, one picture and wrong channels are named`() {
    var random = Random(seed: 3)
    let encoder = ResidualEncoder(channels: 1, width: 4, using: &random)
    let colour = ResidualEncoder(channels: 3, width: 4, using: &random)
    let plan = FineTuningPlan(steps: 1)
    let class0 = things[things.labels.indices.filter { things.labels[$0] == 0 }]
    #expect(throws: ContrastiveError.oneClass(things.classNames[0])) {
      try fineTune(colour, on: class0, plan: plan, seed: 1)
    }
    #expect(throws: ContrastiveError.tooFewPictures(1)) {
      try fineTune(colour, on: things[0..<1], plan: plan, seed: 1)
    }
    #expect(throws: ContrastiveError.channels(pictures: [40, 12, 12, 3], expected: 1)) {
      try fineTune(encoder, on: things, plan: plan, seed: 1)
    }
  }
}
