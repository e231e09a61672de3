import CourseData
import TensorCore

/// The pictures of one repetition of the experiments: some to learn from, others to judge by.
struct PictureSet {
  /// Where the repetition's random numbers start.
  let seed: UInt64
  /// The pictures to learn from; SimCLR never looks at their labels.
  let training: Pictures
  /// The pictures to judge by.
  let test: Pictures

  /// The hue of each thing in six parts of the colour circle, where the world knows it.
  var hues: (training: [Int], test: [Int])?

  /// The number of classes.
  var classes: Int { training.classNames.count }

  /// The places of the labelled training pictures when one in `share` of them, the same number of
  /// each class, has a label.
  func labelled(_ share: Double) -> [Int] {
    training.firstIndices(
      perClass: max(1, Int((share * Double(training.count) / Double(classes)).rounded())))
  }
}

/// Where pictures come from.
enum PictureSource {
  /// The course's own world.
  case world(PictureWorld)
  /// Photographs or drawings that exist.
  case collected(training: Pictures, test: Pictures)

  /// The course's world, tamer than its default: things stand nearly upright on a plain ground.
  static var tamedWorld: PictureWorld {
    var factors = PictureFactors()
    factors.rotation = -10...10
    factors.scale = 0.7...0.95
    factors.clutter = 0...0
    factors.texture = 0...0.3
    factors.light = 0...0.3
    factors.noise = 0...0.03
    return PictureWorld(size: 24, factors: factors)
  }

  /// What `--data` names; a smoke run reads a fourth of the stamps.
  /// - Throws: `DataError` where files are missing or damaged.
  static func named(_ name: String, isQuick: Bool = false) throws -> PictureSource {
    switch name {
    case "fashion-mnist":
      .collected(training: try FashionMNIST.load(.training), test: try FashionMNIST.load(.test))
    case "tuxpaint": stamps(try TuxPaintStamps.load(size: 24, stride: isQuick ? 4 : 1))
    default: .world(tamedWorld)
    }
  }

  /// A fifth of the stamps to judge by, the others to learn from.
  private static func stamps(_ all: Pictures) -> PictureSource {
    // The same split whatever the run's seed: nobody trains on what another run judges by.
    var random = Random(seed: 8)
    let order = random.permutation(all.count)
    return .collected(
      training: all[order[(all.count / 5)...]], test: all[order[..<(all.count / 5)]])
  }

  /// Draws the pictures of one repetition; another seed gives other pictures.
  func draw(training count: Int, test testCount: Int, seed: UInt64) -> PictureSet {
    var random = Random(seed: seed)
    switch self {
    case .world(let world):
      let training = world.scenes(count, seed: random.next())
      let test = world.scenes(testCount, seed: random.next())
      let sixths = { (scenes: [Scene]) in scenes.map { min(Int($0.hue * 6), 5) } }
      return PictureSet(
        seed: seed, training: world.paint(training), test: world.paint(test),
        hues: (sixths(training), sixths(test)))
    case .collected(let training, let test):
      return PictureSet(
        seed: seed, training: training[random.permutation(training.count).prefix(count)],
        test: test[random.permutation(test.count).prefix(testCount)])
    }
  }
}
