import CourseData
import TensorCore

extension AugmentationSequence {
  /// SimCLR's augmentations as this chapter uses them: stronger colours, gentler crops.
  ///
  /// A thing of 24 pixels loses what it is in a crop of 8 % of the area; 50 % and more leave its
  /// parts in sight. The colour jitter has the paper's strength for large pictures, 1.
  static let forThings = AugmentationSequence(
    RandomResizedCrop(area: 0.5...1), HorizontalFlip(),
    Sometimes(0.8, ColourJitter(strength: 1)), Sometimes(0.2, Grey()))
}

/// SimCLR's pairs: two random views of each picture of a batch.
///
/// Batches go through all pictures in random order before one comes again, and no picture comes
/// twice in a batch: it would be its own negative. Where a batch is larger than the data, all
/// pictures make a batch.
final class ViewPairs {
  let pictures: Pictures
  let augmentation: AugmentationSequence
  /// N, the pictures of a batch.
  let batch: Int
  private var order: ArraySlice<Int> = []

  /// Prepares batches of pictures.
  ///
  /// - Parameters:
  ///   - pictures: what the views are views of.
  ///   - augmentation: how a view differs from its picture.
  ///   - batch: N; with fewer pictures than this, all of them.
  /// - Throws: `ContrastiveError` where there are fewer than two pictures, or pictures without
  ///   pixels.
  init(
    _ pictures: Pictures, _ augmentation: AugmentationSequence, batch: Int
  ) throws(ContrastiveError) {
    if pictures.count < 2 { throw .tooFewPictures(pictures.count) }
    if pictures.height < 4 || pictures.width < 4 {
      throw .tooSmall(height: pictures.height, width: pictures.width)
    }
    self.pictures = pictures
    self.augmentation = augmentation
    self.batch = min(batch, pictures.count)
  }

  /// The next batch: its first and its second views, each `[N, height, width, channels]`.
  func next(using random: inout Random) -> (first: Variable, second: Variable) {
    if order.count < batch { order = random.permutation(pictures.count)[...] }
    let chosen = Array(order.prefix(batch))
    order = order.dropFirst(batch)
    return (
      Variable(pictures.views(of: chosen, augmentation, using: &random)),
      Variable(pictures.views(of: chosen, augmentation, using: &random))
    )
  }
}
