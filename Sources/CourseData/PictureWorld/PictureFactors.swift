/// What may vary from picture to picture in a `PictureWorld`, and how far.
///
/// Each factor is a range from which every picture draws its own value, evenly; a range of one value fixes
/// the factor, and for a strength `0...0` switches it off. Switching one factor off leaves what the
/// others draw as it was, so that two worlds can be compared picture by picture.
///
/// ```swift
/// var factors = PictureFactors()
/// factors.rotation = 0...0      // everything stands upright
/// factors.clutter = 0...0       // on an empty ground
/// let world = PictureWorld(factors: factors)
/// ```
public struct PictureFactors: Sendable, Equatable {
  /// Where the thing stands across and down: 0 in the middle, −1 and 1 as far out as it fits.
  public var position: ClosedRange<Float> = -1...1
  /// The longer side of the thing as a share of the picture's side.
  public var scale: ClosedRange<Float> = 0.6...0.95
  /// The turn of the thing, in degrees clockwise.
  public var rotation: ClosedRange<Float> = -25...25
  /// The probability that left and right are swapped.
  public var mirroring: Float = 0.5
  /// How far the parts' sizes and places vary within a class, 0…1.
  public var proportions: ClosedRange<Float> = 1...1
  /// The main colour, as a place on the colour circle: 0 red, 1/3 green, 2/3 blue, 1 red again.
  public var hue: ClosedRange<Float> = 0...1
  /// How far the second colour lies from the main one on the circle.
  public var hueContrast: ClosedRange<Float> = 0.25...0.75
  /// How strong all colours are: 0 gives a grey picture.
  public var saturation: ClosedRange<Float> = 0.35...0.9
  /// The brightness of the main colour.
  public var brightness: ClosedRange<Float> = 0.35...1
  /// How far the background's brightness lies from the main colour's: below a light one, above a dark one.
  public var contrast: ClosedRange<Float> = 0.35...0.6
  /// The background's colour on the circle.
  public var backgroundHue: ClosedRange<Float> = 0...1
  /// The strength of the patterns on the thing and on the background, 0…1.
  public var texture: ClosedRange<Float> = 0...1
  /// The strength of the shading by a light from one side, 0…1.
  public var light: ClosedRange<Float> = 0...1
  /// Where that light comes from, in degrees clockwise from the right.
  public var lightAngle: ClosedRange<Float> = 0...360
  /// The brightness of the whole picture, as a factor.
  public var exposure: ClosedRange<Float> = 0.75...1.15
  /// How much stands about behind the thing, 0…1: at 1, twelve shapes that belong to nothing.
  public var clutter: ClosedRange<Float> = 0...1
  /// The standard deviation of the grain that is added to each pixel's channels.
  public var noise: ClosedRange<Float> = 0...0.05

  /// The default world: everything varies.
  public init() {}

  /// Every factor fixed or off: one upright, centred, evenly lit exemplar of each class.
  public static let fixed: PictureFactors = {
    var factors = PictureFactors()
    factors.position = 0...0
    factors.scale = 0.85...0.85
    factors.rotation = 0...0
    factors.mirroring = 0
    factors.proportions = 0...0
    factors.hue = 0.08...0.08
    factors.hueContrast = 0.5...0.5
    factors.saturation = 0.6...0.6
    factors.brightness = 0.85...0.85
    factors.contrast = 0.45...0.45
    factors.backgroundHue = 0.6...0.6
    factors.texture = 0...0
    factors.light = 0...0
    factors.lightAngle = 225...225
    factors.exposure = 1...1
    factors.clutter = 0...0
    factors.noise = 0...0
    return factors
  }()

  /// A tame world: things stand nearly upright on a plain ground, in much the same light.
  ///
  /// - Parameter scale: the longer side of the thing as a share of the picture's side.
  /// - Returns: the factors.
  public static func plain(scale: ClosedRange<Float>) -> PictureFactors {
    var factors = PictureFactors()
    factors.rotation = -10...10
    factors.scale = scale
    factors.clutter = 0...0
    factors.texture = 0...0.3
    factors.light = 0...0.3
    factors.noise = 0...0.03
    return factors
  }
}
