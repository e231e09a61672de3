import TensorCore

/// Pictures of one size, each with a label: a data set that fits into memory.
///
/// ```swift
/// let pictures = PictureWorld().pictures(10_000, seed: 7)
/// let (training, test) = pictures.split(at: 8_000)
/// let few = training[0..<100]
/// ```
public struct Pictures: Sendable, Equatable {
  /// The height of every picture, in pixels.
  public let height: Int
  /// The width of every picture, in pixels.
  public let width: Int
  /// The numbers of a pixel: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// All pixels, each from 0 (black) to 1, in the order `[count, height, width, channels]`.
  public let pixels: [Float]
  /// The class of each picture, an index into `classNames`.
  public let labels: [Int]
  /// What the classes are called.
  public let classNames: [String]

  /// The number of pictures.
  public var count: Int { labels.count }

  /// Makes a data set from its parts; it stops the program where they do not fit each other.
  public init(
    height: Int, width: Int, channels: Int, pixels: [Float], labels: [Int], classNames: [String]
  ) {
    if pixels.count != labels.count * height * width * channels {
      fatalError(
        "Pictures: \(pixels.count) numbers for shape "
          + "[\(labels.count), \(height), \(width), \(channels)]")
    }
    if let label = labels.first(where: { !classNames.indices.contains($0) }) {
      fatalError("Pictures: label \(label), but \(classNames.count) classes")
    }
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
    self.labels = labels
    self.classNames = classNames
  }

  /// The pictures at some places, in that order; a place may come more than once.
  ///
  /// - Complexity: O(*n*) in the numbers that are copied.
  public subscript(indices: some Collection<Int>) -> Pictures {
    Pictures(
      height: height, width: width, channels: channels, pixels: pixels(at: indices),
      labels: indices.map { labels[$0] }, classNames: classNames)
  }

  /// The pixels of the pictures at some places, `[indices.count, height, width, channels]`.
  public func pixels(at indices: some Collection<Int>) -> [Float] {
    let stride = height * width * channels
    var chosen: [Float] = []
    chosen.reserveCapacity(indices.count * stride)
    for index in indices { chosen += pixels[index * stride..<(index + 1) * stride] }
    return chosen
  }

  /// The pictures at some places as a tensor, `[indices.count, height, width, channels]`.
  public func tensor(_ indices: some Collection<Int>) -> Tensor {
    Tensor([indices.count, height, width, channels], pixels(at: indices))
  }

  /// All pictures as a tensor, `[count, height, width, channels]`.
  public func tensor() -> Tensor { Tensor([count, height, width, channels], pixels) }

  /// The first `count` pictures, and the others.
  public func split(at count: Int) -> (first: Pictures, rest: Pictures) {
    (self[0..<count], self[count..<self.count])
  }

  /// Where the first `perClass` pictures of every class stand, in rising order.
  ///
  /// This is how a few labels are spread evenly over the classes. A class with fewer pictures gives all
  /// it has.
  public func firstIndices(perClass: Int) -> [Int] {
    var taken = Array(repeating: 0, count: classNames.count)
    return labels.indices.filter { index in
      taken[labels[index]] += 1
      return taken[labels[index]] <= perClass
    }
  }
}
