import Foundation
import TensorCore

/// A part of the picture, brought back to its size.
///
/// The part has a random area and a random ratio of width to height (Szegedy et al. 2015, section 6);
/// where no such part fits after ten draws the whole picture stays.
public struct RandomResizedCrop: Augmentation {
  /// The part's area, as a share of the picture's.
  public let area: ClosedRange<Float>
  /// The part's width divided by its height, relative to the picture's.
  public let ratio: ClosedRange<Float>

  /// Describes the parts to take.
  public init(area: ClosedRange<Float> = 0.08...1, ratio: ClosedRange<Float> = 0.75...4 / 3) {
    self.area = area
    self.ratio = ratio
  }

  /// Takes a random part.
  public func apply(to picture: inout Picture, using random: inout Random) {
    let (width, height) = (Float(picture.width), Float(picture.height))
    let (low, high) = (Foundation.log(ratio.lowerBound), Foundation.log(ratio.upperBound))
    for _ in 0..<10 {
      let area = area.lowerBound + (area.upperBound - area.lowerBound) * random.uniform()
      let ratio = Foundation.exp(low + (high - low) * random.uniform())
      let across = (area * ratio).squareRoot()
      let down = (area / ratio).squareRoot()
      if across > 1 || down > 1 { continue }
      let left = (1 - across) * random.uniform() * width
      let top = (1 - down) * random.uniform() * height
      // The centre of pixel x lies at x + ½ from the left edge.
      picture.resample { x, y in
        (left + (x + 0.5) * across - 0.5, top + (y + 0.5) * down - 0.5)
      }
      return
    }
  }
}

/// Left and right swapped, in half of the pictures.
public struct HorizontalFlip: Augmentation {
  /// How often they are swapped.
  public let probability: Float

  /// Flips with a probability.
  public init(probability: Float = 0.5) { self.probability = probability }

  /// Throws the coin, and flips or not.
  public func apply(to picture: inout Picture, using random: inout Random) {
    if !random.chance(probability) { return }
    let (width, channels) = (picture.width, picture.channels)
    for row in 0..<picture.height {
      for column in 0..<width / 2 {
        let left = (row * width + column) * channels
        let right = (row * width + width - 1 - column) * channels
        for channel in 0..<channels { picture.pixels.swapAt(left + channel, right + channel) }
      }
    }
  }
}

/// A turn about the centre; what turns in from outside has the border's colour.
public struct RandomRotation: Augmentation {
  /// The turn in degrees, clockwise.
  public let degrees: ClosedRange<Float>

  /// Describes the turns.
  public init(degrees: ClosedRange<Float>) { self.degrees = degrees }

  /// Turns by a random angle.
  public func apply(to picture: inout Picture, using random: inout Random) {
    let share = random.uniform()
    let angle = degrees.lowerBound + (degrees.upperBound - degrees.lowerBound) * share
    let (cosine, sine) = (Foundation.cos(angle * .pi / 180), Foundation.sin(angle * .pi / 180))
    let (centreX, centreY) = (Float(picture.width - 1) / 2, Float(picture.height - 1) / 2)
    picture.resample { x, y in
      let (dx, dy) = (x - centreX, y - centreY)
      return (centreX + cosine * dx + sine * dy, centreY - sine * dx + cosine * dy)
    }
  }
}

/// A blur with a bell curve of random width.
public struct GaussianBlur: Augmentation {
  /// The curve's standard deviation, in pixels.
  public let deviation: ClosedRange<Float>

  /// Describes the blurs; SimCLR's deviations are 0.1 to 2 on pictures of 224 pixels.
  public init(deviation: ClosedRange<Float> = 0.1...2) { self.deviation = deviation }

  /// Blurs rows, then columns; beyond the border the border's colour goes on.
  public func apply(to picture: inout Picture, using random: inout Random) {
    let share = random.uniform()
    let deviation = deviation.lowerBound + (deviation.upperBound - deviation.lowerBound) * share
    // Beyond three deviations lie 0.3 % of the curve.
    let reach = max(1, Int((3 * deviation).rounded(.up)))
    var weights = (-reach...reach).map { offset -> Float in
      let distance = Float(offset) / deviation
      return Foundation.exp(-distance * distance / 2)
    }
    let total = weights.reduce(0, +)
    for index in weights.indices { weights[index] /= total }
    let (width, height, channels) = (picture.width, picture.height, picture.channels)
    for alongRows in [true, false] {
      let old = picture.pixels
      for row in 0..<height {
        for column in 0..<width {
          for channel in 0..<channels {
            var sum: Float = 0
            for (index, weight) in weights.enumerated() {
              let offset = index - reach
              let x = alongRows ? min(max(column + offset, 0), width - 1) : column
              let y = alongRows ? row : min(max(row + offset, 0), height - 1)
              sum += weight * old[(y * width + x) * channels + channel]
            }
            picture.pixels[(row * width + column) * channels + channel] = sum
          }
        }
      }
    }
  }
}
