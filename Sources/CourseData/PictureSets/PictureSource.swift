import TensorCore

/// Where the pictures of an experiment come from.
///
/// ```swift
/// let source = try PictureSource.named("fashion-mnist", world: world)
/// let sets = seeds.map { source.draw(training: 3000, test: 1000, seed: $0) }
/// ```
public enum PictureSource: Sendable {
  /// The course's own world: each repetition has pictures of its own, and their scenes.
  case world(PictureWorld)
  /// Photographs or drawings that exist, parted once for all repetitions.
  case collected(training: Pictures, test: Pictures)
  /// Square crops of so many pixels from photographs, parted once for all repetitions.
  case crops(training: Photographs, test: Photographs, size: Int)

  /// What `--data` names: `things`, `fashion-mnist`, `tuxpaint`, `photographs`, or a folder.
  ///
  /// - Parameters:
  ///   - name: one of the names, or the path of a folder of the reader's own pictures
  ///     (`PictureFolder`).
  ///   - world: the chapter's world, which is `things`; its size is that of stamps, crops and the
  ///     pictures of a folder too.
  ///   - isQuick: a smoke run reads a fourth of the stamps.
  /// - Returns: where the pictures come from.
  /// - Throws: `DataError` where files or the programs that read them are missing, or pictures are
  ///   damaged, too few or too small.
  public static func named(
    _ name: String, world: PictureWorld, isQuick: Bool = false
  ) throws(DataError) -> PictureSource {
    switch name {
    case "things":
      return .world(world)
    case "fashion-mnist":
      return .collected(
        training: try FashionMNIST.load(.training), test: try FashionMNIST.load(.test))
    case "tuxpaint":
      return parted(try TuxPaintStamps.load(size: world.size, stride: isQuick ? 4 : 1))
    case "photographs":
      return try parted(try Photographs.load(), size: world.size)
    default:
      return parted(try PictureFolder.load(name, size: world.size))
    }
  }

  /// Where the split of collected pictures starts: the same whatever the run's seed is, so that
  /// nobody trains on what another run judges by.
  private static let splitSeed: UInt64 = 8

  /// A fifth of the pictures to judge by, the others to learn from.
  public static func parted(_ all: Pictures) -> PictureSource {
    var random = Random(seed: splitSeed)
    let order = random.permutation(all.count)
    return .collected(
      training: all[order[(all.count / 5)...]], test: all[order[..<(all.count / 5)]])
  }

  /// Crops of a fifth of the photographs to judge by, and of the others to learn from: no photograph
  /// is on both sides.
  ///
  /// - Throws: `DataError` for fewer than two photographs, or one that is smaller than a crop.
  public static func parted(
    _ all: Photographs, size: Int
  ) throws(DataError) -> PictureSource {
    try all.check(crop: size)
    if all.count < 2 {
      throw DataError(
        .damaged, file: all.folder, reason: "it holds one photograph",
        remedy: "put in another one, to judge by")
    }
    var random = Random(seed: splitSeed)
    let order = random.permutation(all.count)
    let test = max(1, all.count / 5)
    return .crops(training: all[order[test...]], test: all[order[..<test]], size: size)
  }

  /// Draws the pictures of one repetition; another seed gives other pictures.
  ///
  /// Of collected pictures there may be fewer than asked for: then all of them are drawn.
  public func draw(training count: Int, test testCount: Int, seed: UInt64) -> PictureSet {
    var random = Random(seed: seed)
    switch self {
    case .world(let world):
      let training = world.scenes(count, seed: random.next())
      let test = world.scenes(testCount, seed: random.next())
      return PictureSet(
        seed: seed, training: world.paint(training), test: world.paint(test),
        scenes: (training, test))
    case .collected(let training, let test):
      return PictureSet(
        seed: seed, training: training[random.permutation(training.count).prefix(count)],
        test: test[random.permutation(test.count).prefix(testCount)])
    case .crops(let training, let test, let size):
      return PictureSet(
        seed: seed, training: training.crops(count, size: size, using: &random),
        test: test.crops(testCount, size: size, using: &random))
    }
  }
}
