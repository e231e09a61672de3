import CourseData
import TensorCore
import Testing

@testable import chapter3

@Suite struct `Patch localization` {
  private let set = PictureSource.world(.ofParts).draw(training: 60, test: 40, seed: 2)

  @Test func `batch norm of the tower has no parameters, and both patches share the weights`() {
    var random = Random(seed: 1)
    let network = PairNetwork(patch: 12, using: &random)
    #expect(!network.parameters.contains { $0.path.contains("norm") || $0.path.contains("last") })
    let x = Variable(Tensor(normal: [2, 12, 12, 3], using: &random))
    network.setTraining(false)
    let twice = network.tower(concatenate([x, x]))
    #expect(twice.sliced(axis: 0, 0..<2).value == twice.sliced(axis: 0, 2..<4).value)
  }

  @Test func `training lowers the loss, and one seed gives one result`() {
    let plan = LocalizationPlan(steps: 150, batch: 32)
    let first = Localization(set.training, plan, seed: 3, title: "")
    let head = first.losses.prefix(10).reduce(0, +) / 10
    let tail = first.losses.suffix(10).reduce(0, +) / 10
    #expect(tail < head)
    let short = LocalizationPlan(steps: 3, batch: 8)
    let runs = (0..<2).map { _ in Localization(set.training, short, seed: 3, title: "").losses }
    #expect(runs[0] == runs[1])
  }

  @Test func `a patch's own brightness is taken off, and its frame is all that is seen of it`() {
    var random = Random(seed: 4)
    let places = [PatchPlace(picture: 1, top: 3, left: 9)]
    var plan = LocalizationPlan(steps: 0)
    let seen = seenPatches(set.training, places, plan, isTraining: false, using: &random)
    #expect(abs(seen.mean().value.number) < 1e-5)
    plan.frame = 2
    let frame = seenPatches(set.training, places, plan, isTraining: false, using: &random).value
    for y in 0..<12 {
      for x in 0..<12 {
        let isInside = (2..<10).contains(y) && (2..<10).contains(x)
        #expect(frame[0, y, x, 1] == (isInside ? 0 : seen.value[0, y, x, 1]))
      }
    }
  }

  @Test func `projection keeps greys and red against blue, and takes out green against magenta`() {
    func through(_ colour: [Float]) -> [Float] {
      projected(Variable(Tensor([1, 1, 1, 3], colour))).value.numbers
    }
    for (colour, expected) in [
      ([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]), ([1, 0, -1], [1, 0, -1]), ([-1, 2, -1], [0, 0, 0]),
    ] as [([Float], [Float])] {
      // Three products and sums in Float.
      for (a, b) in zip(through(colour), expected) { #expect(abs(a - b) < 1e-6) }
    }
  }

  @Test func `dropping keeps one channel, and the others are its mean and faint noise`() {
    var random = Random(seed: 5)
    let patches = Variable(Tensor(normal: [300, 12, 12, 3], using: &random))
    let (before, after) = (patches.value, dropped(patches, using: &random).value)
    var kept = [0, 0, 0]
    for patch in 0..<300 {
      let same = (0..<3).filter { channel in
        (0..<144).allSatisfy {
          before[patch, $0 / 12, $0 % 12, channel] == after[patch, $0 / 12, $0 % 12, channel]
        }
      }
      #expect(same.count == 1)
      kept[same[0]] += 1
      let other = (same[0] + 1) % 3
      let values = (0..<144).map { after[patch, $0 / 12, $0 % 12, other] }
      let mean = values.reduce(0, +) / 144
      let own = (0..<144).map { before[patch, $0 / 12, $0 % 12, same[0]] }
      // A hundredth of a deviation of about 1, of which 144 numbers' mean has a twelfth.
      #expect(abs(mean - own.reduce(0, +) / 144) < 0.005)
      let spread = (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 144).squareRoot()
      #expect((0.006...0.015).contains(spread))
    }
    // 100 each with a deviation of 8.2.
    #expect(kept.allSatisfy { (60...140).contains($0) })
  }

  @Test func `comparing borders finds every neighbour in a picture that is one slope`() {
    // In a picture whose brightness rises to the right and downwards at different rates, touching patches
    // have nearly equal borders at their true place only.
    var random = Random(seed: 6)
    let pixels = (0..<60 * 60).flatMap { at -> [Float] in
      let (y, x) = (Float(at / 60), Float(at % 60))
      return [y / 60, x / 60, (y * 0.37 - x * 0.2) / 60]
    }
    let slope = Pictures(
      height: 60, width: 60, channels: 3, pixels: pixels, labels: [0], classNames: ["slope"])
    let layout = PatchLayout(size: 12, gap: 0, jitter: 0)
    for pair in layout.pairs(50, of: slope, using: &random) {
      let patches = [pair.middle, pair.neighbour].map {
        slope.patches(at: [$0], size: 12).numbers
      }
      #expect(borderGuess(patches[0], patches[1], size: 12) == pair.label)
    }
  }

  @Test func `puzzles that are far apart differ in more places than near ones`() {
    var random = Random(seed: 7)
    let far = Jigsaw.far(20, using: &random)
    let near = Jigsaw.near(20, using: &random)
    for jigsaw in [far, near] {
      #expect(Set(jigsaw.orders).count == 20)
      #expect(jigsaw.orders.allSatisfy { $0.sorted() == Array(0..<9) })
    }
    // Two exchanges of two places differ in four places at most; of random orders nine differ in eight.
    #expect(near.meanDistance <= 4)
    #expect(far.meanDistance > 8)
  }

  @Test func `a patch is named after the part whose centre it shows`() {
    let map = PartMap(set.scenes!.test, side: 56)
    for (picture, scene) in set.scenes!.test.enumerated().prefix(10) {
      let part = scene.parts[0]
      let place = PatchPlace(
        picture: picture, top: Int(part.y * 56) - 6, left: Int(part.x * 56) - 6)
      #expect(map.part(place, size: 12)?.hasPrefix(scene.thing.name) == true)
      #expect(map.part(PatchPlace(picture: picture, top: -60, left: 0), size: 12) == nil)
    }
  }

  @Test func `a picture's place can be told from a patch that shows it`() {
    // Pictures whose colours say the place: any tower, even a random one, knows where its patch lies.
    let pixels = (0..<30).flatMap { _ -> [Float] in
      (0..<56 * 56).flatMap { at -> [Float] in
        let (y, x) = (Float(at / 56) / 56, Float(at % 56) / 56)
        return [y * x, x, Float(at % 7) / 7]
      }
    }
    let told = Pictures(
      height: 56, width: 56, channels: 3, pixels: pixels,
      labels: Array(repeating: 0, count: 30), classNames: ["slope"])
    let untrained = Localization(told, LocalizationPlan(steps: 0), seed: 1, title: "")
    let (error, chance) = positionError(untrained, told, told, seed: 1)
    #expect(error < chance / 2)
    let grain = PriorStudyPictures.grain(30)
    let blind = positionError(untrained, grain, grain, seed: 1)
    #expect(blind.error > 0.9 * blind.chance)
  }
}

private enum PriorStudyPictures {
  static func grain(_ count: Int) -> Pictures {
    var random = Random(seed: 8)
    return Pictures(
      height: 56, width: 56, channels: 3,
      pixels: (0..<count * 56 * 56 * 3).map { _ in random.uniform() },
      labels: Array(repeating: 0, count: count), classNames: ["grain"])
  }
}
