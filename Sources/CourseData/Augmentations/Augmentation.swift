import TensorCore

/// A random change of a picture that leaves what it shows.
public protocol Augmentation: Sendable {
  /// Changes a picture; the same random numbers make the same change.
  func apply(to picture: inout Picture, using random: inout Random)
}

/// Augmentations applied one after the other.
public struct AugmentationSequence: Augmentation {
  /// The augmentations, in their order.
  public let steps: [any Augmentation]

  /// Puts augmentations in a row.
  public init(_ steps: any Augmentation...) { self.steps = steps }

  /// Puts augmentations in a row.
  public init(_ steps: [any Augmentation]) { self.steps = steps }

  /// SimCLR's augmentations for small pictures.
  ///
  /// Chen et al. 2020, appendices A and B.9: a crop of 8 % to 100 % of the area, a flip, colour jitter with probability 0.8 and grey with
  /// probability 0.2; for small pictures the paper takes a jitter of strength 0.5 and leaves blur out.
  ///
  /// - Parameter strength: s, the strength of the colour jitter.
  /// - Returns: the augmentations in SimCLR's order.
  public static func simCLR(strength: Float = 0.5) -> AugmentationSequence {
    AugmentationSequence(
      RandomResizedCrop(), HorizontalFlip(),
      Sometimes(0.8, ColourJitter(strength: strength)), Sometimes(0.2, Grey()))
  }

  /// Applies each in turn.
  public func apply(to picture: inout Picture, using random: inout Random) {
    for step in steps { step.apply(to: &picture, using: &random) }
  }
}

/// An augmentation that is left out now and then.
public struct Sometimes: Augmentation {
  /// How often it is applied.
  public let probability: Float
  /// What is applied.
  public let augmentation: any Augmentation

  /// Applies an augmentation with a probability.
  public init(_ probability: Float, _ augmentation: any Augmentation) {
    self.probability = probability
    self.augmentation = augmentation
  }

  /// Throws the coin, and applies the augmentation or not.
  public func apply(to picture: inout Picture, using random: inout Random) {
    if random.chance(probability) { augmentation.apply(to: &picture, using: &random) }
  }
}

extension Pictures {
  /// Augmented views of the pictures at some places, `[indices.count, height, width, channels]`.
  ///
  /// View i of a seed depends on the seed and i alone, not on the number of threads.
  ///
  /// - Parameters:
  ///   - indices: which pictures; a place may come more than once.
  ///   - augmentation: how they are changed.
  ///   - random: where the seed of these views comes from.
  /// - Returns: the views, in the order of the indices.
  public func views(
    of indices: [Int], _ augmentation: some Augmentation, using random: inout Random
  ) -> Tensor {
    let key = random.next()
    let size = height * width * channels
    let numbers = [Float](unsafeUninitializedCapacity: indices.count * size) { buffer, used in
      used = indices.count * size
      guard let start = buffer.baseAddress, used > 0 else { return }
      // Every block writes its own views and nothing else.
      let perBlock = 8
      parallel((indices.count + perBlock - 1) / perBlock) { block in
        for view in block * perBlock..<min((block + 1) * perBlock, indices.count) {
          var own = Random(seed: key, stream: view)
          let first = indices[view] * size
          var picture = Picture(
            height: height, width: width, channels: channels,
            pixels: Array(pixels[first..<first + size]))
          augmentation.apply(to: &picture, using: &own)
          if picture.pixels.count != size {
            fatalError(
              "\(type(of: augmentation)): a picture of \(size) numbers became one of "
                + "\(picture.pixels.count)")
          }
          picture.pixels.withUnsafeBufferPointer { augmented in
            (start + view * size).update(from: augmented.baseAddress!, count: size)
          }
        }
      }
    }
    return Tensor([indices.count, height, width, channels], numbers)
  }
}
