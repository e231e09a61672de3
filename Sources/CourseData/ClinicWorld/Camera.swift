import TensorCore

/// A hospital, which is to say the cameras that it has.
public enum Hospital: Int, Sendable, CaseIterable {
  case first, second

  /// Its three cameras.
  public var cameras: [Camera] {
    switch self {
    case .first:
      [
        Camera(
          name: "A", cast: [1, 0.97, 0.9], contrast: 1.05, blur: 0.05, noise: 0.02, vignette: 0.1),
        Camera(
          name: "B", cast: [0.9, 0.98, 1.02], contrast: 0.85, blur: 0.15, noise: 0.03,
          vignette: 0.35),
        Camera(
          name: "C", cast: [1.02, 0.9, 0.95], contrast: 1.2, blur: 0.08, noise: 0.04, vignette: 0),
      ]
    case .second:
      [
        Camera(
          name: "D", cast: [0.82, 1.02, 0.9], contrast: 0.75, blur: 0.2, noise: 0.04, vignette: 0.25
        ),
        Camera(
          name: "E", cast: [1.05, 0.85, 0.72], contrast: 1.3, blur: 0, noise: 0.05, vignette: 0.5),
        Camera(
          name: "F", cast: [0.85, 0.85, 1.05], contrast: 0.95, blur: 0.25, noise: 0.02,
          vignette: 0.4),
      ]
    }
  }
}

/// What a camera does to a picture.
public struct Camera: Sendable, Equatable {
  /// What it is called; no two cameras share a name.
  public let name: String
  /// The factors of red, green and blue.
  public let cast: SIMD3<Float>
  /// The factor of each channel's distance from the middle, ½.
  public let contrast: Float
  /// The share of light that a pixel loses to each of its two neighbours, across and then down; 0…⅓.
  public let blur: Float
  /// The standard deviation of the grain.
  public let noise: Float
  /// The share of brightness that is missing in the corners, 0…1.
  public let vignette: Float

  /// A camera that changes nothing.
  public static let perfect = Camera(
    name: "perfect", cast: [1, 1, 1], contrast: 1, blur: 0, noise: 0, vignette: 0)

  /// Describes a camera.
  public init(
    name: String, cast: SIMD3<Float>, contrast: Float, blur: Float, noise: Float, vignette: Float
  ) {
    self.name = name
    self.cast = cast
    self.contrast = contrast
    self.blur = blur
    self.noise = noise
    self.vignette = vignette
  }
}

extension Camera {
  /// Takes the picture of a square of colours, in steps of 1/255.
  ///
  /// - Parameters:
  ///   - scene: what is before the camera, `[size · size]`; it is used up.
  ///   - size: the side in pixels.
  ///   - random: where the grain comes from.
  ///   - pixels: room for `[size, size, 3]`.
  func take(
    _ scene: UnsafeMutablePointer<Colour>, size: Int, random: inout Random,
    into pixels: UnsafeMutablePointer<Float>
  ) {
    if blur > 0 {
      smear(scene, size: size, step: 1, line: size)
      smear(scene, size: size, step: size, line: 1)
    }
    let middle = Float(size) / 2
    for y in 0..<size {
      for x in 0..<size {
        let across = (Float(x) + 0.5) / middle - 1
        let down = (Float(y) + 0.5) / middle - 1
        let dark = 1 - vignette * (across * across + down * down) / 2
        let seen = ((scene[y * size + x] * cast - 0.5) * contrast + 0.5) * dark
        let at = (y * size + x) * 3
        for channel in 0..<3 {
          // The sum of two even numbers has a triangle's distribution, of deviation 6^−½.
          let grain = (random.uniform() + random.uniform() - 1) * 2.4494897 * noise
          let value = min(max(seen[channel] + grain, 0), 1)
          pixels[at + channel] = (value * 255).rounded(.toNearestOrEven) / 255
        }
      }
    }
  }

  /// Mixes each pixel with its two neighbours along lines; at the ends it is its own neighbour.
  private func smear(_ scene: UnsafeMutablePointer<Colour>, size: Int, step: Int, line: Int) {
    for first in 0..<size {
      var before = scene[first * line]
      for place in 0..<size {
        let at = first * line + place * step
        let here = scene[at]
        let after = place + 1 < size ? scene[at + step] : here
        scene[at] = here + (before + after - 2 * here) * blur
        before = here
      }
    }
  }
}
