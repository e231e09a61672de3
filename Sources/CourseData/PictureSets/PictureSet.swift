import TensorCore

/// The pictures of one repetition of an experiment: some to learn from, others to judge by.
///
/// ```swift
/// let set = PictureSource.world(world).draw(training: 3000, test: 1000, seed: 1)
/// classifier(set.x.gather(batch))                // standardised
/// set.training[set.labelled(100)]                // 100 pictures whose labels are bought
/// ```
///
/// All true labels are here, because we check what was learnt. What a teacher may see of them is
/// `labelled(_:)`; the pixels of all training pictures are everybody's.
public final class PictureSet {
  /// Where the repetition's random numbers start.
  public let seed: UInt64
  /// The pictures to learn from.
  public let training: Pictures
  /// The pictures to judge by, which no teacher sees.
  public let test: Pictures
  /// What the training and the test pictures show, where the world knows it.
  public let scenes: (training: [Scene], test: [Scene])?

  /// Takes pictures as they are.
  public init(
    seed: UInt64, training: Pictures, test: Pictures,
    scenes: (training: [Scene], test: [Scene])? = nil
  ) {
    self.seed = seed
    self.training = training
    self.test = test
    self.scenes = scenes
  }

  /// The training pictures, standardised, `[count, height, width, channels]`.
  ///
  /// They have mean 0 and deviation 1 over all their numbers, and are made when first asked for.
  public var x: Variable { standardised.training }

  /// The test pictures, standardised with the training pictures' mean and deviation.
  ///
  /// Their own are none of our business: we could not know them for one new picture.
  public var testX: Variable { standardised.test }

  /// The mean and the deviation of the training pictures' numbers.
  public private(set) lazy var statistics: (mean: Variable, deviation: Variable) = {
    let raw = Variable(training.tensor())
    let mean = raw.mean()
    return (mean, squareRoot(square(raw - mean).mean()))
  }()

  /// Other pictures, standardised with the training pictures' mean and deviation.
  public func standardised(_ pictures: Pictures) -> Variable { standardised(pictures.tensor()) }

  /// Other pictures' pixels of any shape, standardised with the training pictures' mean and deviation.
  public func standardised(_ pixels: Tensor) -> Variable {
    (Variable(pixels) - statistics.mean) / statistics.deviation
  }

  private lazy var standardised = (training: standardised(training), test: standardised(test))

  /// The number of classes.
  public var classes: Int { training.classNames.count }

  /// The places of `count` training pictures whose labels are bought, as many of each class.
  public func labelled(_ count: Int) -> [Int] { training.firstIndices(perClass: count / classes) }

  /// The places of the labelled training pictures when one in `share` of them, the same number of
  /// each class and one at least, has a label.
  public func labelled(share: Double) -> [Int] {
    training.firstIndices(
      perClass: max(1, Int((share * Double(training.count) / Double(classes)).rounded())))
  }

  /// The true labels of some training pictures.
  public func labels(_ places: [Int]) -> [Int] { places.map { training.labels[$0] } }
}
