import TensorCore

/// The brightness that an eye sees in a colour (ITU-R BT.601).
@inline(__always)
private func luminance(_ red: Float, _ green: Float, _ blue: Float) -> Float {
  0.299 * red + 0.587 * green + 0.114 * blue
}

/// Random brightness, contrast, saturation and hue, in random order.
///
/// Grey pictures have no saturation and hue: only brightness and contrast apply to them.
public struct ColourJitter: Augmentation {
  /// The pictures' brightness is multiplied by 1 − b … 1 + b.
  public let brightness: Float
  /// The distance from the mean is multiplied by 1 − c … 1 + c.
  public let contrast: Float
  /// The distance from grey is multiplied by 1 − s … 1 + s.
  public let saturation: Float
  /// The hue is turned by up to so large a part of the colour circle, either way.
  public let hue: Float

  /// Describes the changes; 0 leaves a quality alone.
  public init(brightness: Float, contrast: Float, saturation: Float, hue: Float) {
    self.brightness = brightness
    self.contrast = contrast
    self.saturation = saturation
    self.hue = hue
  }

  /// SimCLR's jitter of strength s: 0.8 s for each quality and 0.2 s for hue.
  ///
  /// Chen et al. 2020, appendix A.
  public init(strength s: Float) {
    self.init(brightness: 0.8 * s, contrast: 0.8 * s, saturation: 0.8 * s, hue: 0.2 * s)
  }

  /// Changes the four qualities in random order.
  public func apply(to picture: inout Picture, using random: inout Random) {
    for quality in random.permutation(4) {
      let share = 2 * random.uniform() - 1
      switch quality {
      case 0: picture.brighten(by: max(0, 1 + brightness * share))
      case 1: picture.contrast(by: max(0, 1 + contrast * share))
      case 2: picture.saturate(by: max(0, 1 + saturation * share))
      default: picture.turnHue(by: hue * share)
      }
    }
  }
}

/// All colours as grey of the same brightness.
public struct Grey: Augmentation {
  /// Makes the augmentation.
  public init() {}

  /// Takes the colours away.
  public func apply(to picture: inout Picture, using random: inout Random) {
    picture.saturate(by: 0)
  }
}

extension Picture {
  fileprivate mutating func brighten(by factor: Float) {
    for index in pixels.indices { pixels[index] = min(pixels[index] * factor, 1) }
  }

  fileprivate mutating func contrast(by factor: Float) {
    var sum: Float = 0
    if channels == 3 {
      for at in stride(from: 0, to: pixels.count, by: 3) {
        sum += luminance(pixels[at], pixels[at + 1], pixels[at + 2])
      }
    } else {
      for pixel in pixels { sum += pixel }
    }
    let mean = sum / Float(pixels.count / channels)
    for index in pixels.indices {
      pixels[index] = min(max(mean + factor * (pixels[index] - mean), 0), 1)
    }
  }

  fileprivate mutating func saturate(by factor: Float) {
    guard channels == 3 else { return }
    for at in stride(from: 0, to: pixels.count, by: 3) {
      let grey = luminance(pixels[at], pixels[at + 1], pixels[at + 2])
      for channel in at..<at + 3 {
        pixels[channel] = min(max(grey + factor * (pixels[channel] - grey), 0), 1)
      }
    }
  }

  /// Turns every colour by a part of the colour circle; value and saturation stay (HSV).
  fileprivate mutating func turnHue(by turn: Float) {
    guard channels == 3, turn != 0 else { return }
    for at in stride(from: 0, to: pixels.count, by: 3) {
      let (red, green, blue) = (pixels[at], pixels[at + 1], pixels[at + 2])
      let most = max(red, green, blue)
      let range = most - min(red, green, blue)
      if range == 0 { continue }
      // The place on the circle in sixths, from red over green to blue.
      var place: Float =
        most == red
        ? (green - blue) / range
        : most == green ? 2 + (blue - red) / range : 4 + (red - green) / range
      place += 6 * turn
      // Each channel is full within one sixth of its own colour and empty beyond two.
      for (channel, full) in [Float(0), 2, 4].enumerated() {
        var distance = place - full
        distance -= 6 * (distance / 6).rounded()
        let share = min(max(2 - abs(distance), 0), 1)
        pixels[at + channel] = most - range * (1 - share)
      }
    }
  }
}
