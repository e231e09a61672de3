import TensorCore

/// What spoils pictures and says nothing of what they show, as an addition to their pixels.
///
/// Each picture has its own. Grain goes in all directions; the others vary in two or three, whatever the
/// number of pixels. All have the same mean square, so that they can be compared.
///
/// ```swift
/// let spoilt = x + Variable(Nuisance.stripes.drawn(like: x.value, strength: 0.5, using: &random))
/// ```
public enum Nuisance: String, Sendable, CaseIterable {
  /// Every number has its own, from a normal distribution: spread evenly over all directions.
  case grain = "even grain"
  /// Bands across the picture, as flickering lamps make them: their phase varies (two directions).
  case stripes
  /// A round spot, always in the same place, as dirt on the lens: its colour varies (three directions).
  case stain
  /// Brighter towards a side, darker towards the other: level and side vary (three directions).
  case light = "changing light"

  /// Draws one for each picture.
  ///
  /// - Parameters:
  ///   - pictures: their shape is taken, `[count, height, width, channels]`.
  ///   - strength: the root of the mean square of a picture's numbers.
  ///   - random: where the numbers come from.
  /// - Returns: what is added, in the shape of the pictures; sums are not cut off at 0 and 1.
  public func drawn(
    like pictures: Tensor, strength: Float, using random: inout Random
  ) -> Tensor {
    let shape = pictures.shape
    if shape.count != 4 {
      fatalError("Nuisance: pictures \(shape) are not [count, height, width, channels]")
    }
    if self == .grain {
      let grain = Tensor(normal: shape, using: &random)
      return Tensor(shape, grain.numbers.map { $0 * strength })
    }
    let (count, height, width, channels) = (shape[0], shape[1], shape[2], shape[3])
    var numbers = [Float](repeating: 0, count: pictures.count)
    let stride = height * width * channels
    numbers.withUnsafeMutableBufferPointer { numbers in
      for picture in 0..<count {
        let start = numbers.baseAddress! + picture * stride
        switch self {
        case .grain: break
        case .stripes: paintStripes(start, height, width, channels, &random)
        case .stain: paintStain(start, height, width, channels, &random)
        case .light: paintLight(start, height, width, channels, &random)
        }
        scale(start, stride, to: strength)
      }
    }
    return Tensor(shape, numbers)
  }

  private func paintStripes(
    _ pixels: UnsafeMutablePointer<Float>, _ height: Int, _ width: Int, _ channels: Int,
    _ random: inout Random
  ) {
    let phase = random.uniform(0..<360)
    for y in 0..<height {
      // Four bands from top to bottom.
      let value = Turn(degrees: phase + 360 * 4 * Float(y) / Float(height)).sine
      for x in 0..<width {
        for channel in 0..<channels { pixels[(y * width + x) * channels + channel] = value }
      }
    }
  }

  private func paintStain(
    _ pixels: UnsafeMutablePointer<Float>, _ height: Int, _ width: Int, _ channels: Int,
    _ random: inout Random
  ) {
    let centre = Point(0.3 * Float(width), 0.35 * Float(height))
    let radius = 0.22 * Float(max(height, width))
    let colour = (0..<channels).map { _ in random.uniform(-1..<1) }
    for y in 0..<height {
      for x in 0..<width {
        let away = Point(Float(x) + 0.5, Float(y) + 0.5) - centre
        let distance = (away.x * away.x + away.y * away.y).squareRoot()
        // An edge two pixels wide.
        let cover = min(max((radius - distance) / 2 + 0.5, 0), 1)
        for channel in 0..<channels {
          pixels[(y * width + x) * channels + channel] = cover * colour[channel]
        }
      }
    }
  }

  private func paintLight(
    _ pixels: UnsafeMutablePointer<Float>, _ height: Int, _ width: Int, _ channels: Int,
    _ random: inout Random
  ) {
    let turn = Turn(degrees: random.uniform(0..<360))
    let level = random.uniform(-1..<1)
    for y in 0..<height {
      for x in 0..<width {
        let across = 2 * (Float(x) + 0.5) / Float(width) - 1
        let down = 2 * (Float(y) + 0.5) / Float(height) - 1
        let value = level + turn.cosine * across + turn.sine * down
        for channel in 0..<channels { pixels[(y * width + x) * channels + channel] = value }
      }
    }
  }

  private func scale(_ pixels: UnsafeMutablePointer<Float>, _ count: Int, to strength: Float) {
    var sum: Float = 0
    for index in 0..<count { sum += pixels[index] * pixels[index] }
    let factor = strength / max((sum / Float(count)).squareRoot(), 1e-6)
    for index in 0..<count { pixels[index] *= factor }
  }
}
