import CourseData
import TensorCore

/// The pictures of one repetition of the experiments: some to learn from, others to judge by.
///
/// All true labels are here, because we check what was learnt. What a teacher may see of them is
/// `labelled(_:)`; the pixels of all training pictures are everybody's.
struct PictureSet {
  /// Where the repetition's random numbers start.
  let seed: UInt64
  /// The pictures to learn from.
  let training: Pictures
  /// The pictures to judge by, which no teacher sees.
  let test: Pictures
  /// The training pictures, standardised: `[count, height, width, channels]`.
  let x: Variable
  /// The test pictures, standardised with the training pictures' mean and deviation.
  let testX: Variable

  /// Standardises the pixels: mean 0 and deviation 1 over the training pictures.
  init(training: Pictures, test: Pictures, seed: UInt64) {
    self.seed = seed
    self.training = training
    self.test = test
    let raw = PictureSet.tensor(training)
    let mean = raw.mean()
    let deviation = squareRoot(square(raw - mean).mean())
    x = (raw - mean) / deviation
    // The test pictures' own mean is none of our business: we could not know it for one new picture.
    testX = (PictureSet.tensor(test) - mean) / deviation
  }

  /// Pixels as they are, from 0 to 1: `[count, height, width, channels]`.
  static func tensor(_ pictures: Pictures) -> Variable {
    Variable(
      Tensor(
        [pictures.count, pictures.height, pictures.width, pictures.channels], pictures.pixels))
  }

  /// The number of classes.
  var classes: Int { training.classNames.count }

  /// The places of `count` training pictures whose labels are bought, as many of each class.
  func labelled(_ count: Int) -> [Int] { training.firstIndices(perClass: count / classes) }

  /// The true labels of some training pictures.
  func labels(_ indices: [Int]) -> [Int] { indices.map { training.labels[$0] } }
}

/// Where pictures come from: the course's own world, or Fashion-MNIST.
enum PictureSource {
  case world(PictureWorld)
  case photographs(training: Pictures, test: Pictures)

  /// The course's world, tamer than its default: things stand nearly upright, on a plain ground.
  static var plainWorld: PictureSource {
    var factors = PictureFactors()
    factors.rotation = -10...10
    factors.scale = 0.8...0.95
    factors.clutter = 0...0
    factors.texture = 0...0.3
    factors.light = 0...0.3
    factors.noise = 0...0.03
    return .world(PictureWorld(size: 24, factors: factors))
  }

  /// What `--data` names.
  /// - Throws: `DataError` where files are missing or damaged.
  static func named(_ name: String) throws -> PictureSource {
    guard name == "fashion-mnist" else { return plainWorld }
    return .photographs(
      training: try FashionMNIST.load(.training), test: try FashionMNIST.load(.test))
  }

  /// Draws the pictures of one repetition; another seed gives other pictures.
  func draw(training count: Int, test testCount: Int, seed: UInt64) -> PictureSet {
    var random = Random(seed: seed)
    switch self {
    case .world(let world):
      return PictureSet(
        training: world.pictures(count, seed: random.next()),
        test: world.pictures(testCount, seed: random.next()), seed: seed)
    case .photographs(let training, let test):
      return PictureSet(
        training: training[random.permutation(training.count).prefix(count)],
        test: test[random.permutation(test.count).prefix(testCount)], seed: seed)
    }
  }
}
