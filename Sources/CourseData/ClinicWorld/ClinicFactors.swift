/// What may vary from patient to patient and from picture to picture in a `ClinicWorld`, and how far.
///
/// Each factor is a range from which a value is drawn evenly; a range of one value fixes the factor. Fixing
/// one leaves what the others draw as it was. None of them depends on the pathology.
///
/// ```swift
/// var factors = ClinicFactors()
/// factors.tilt = 0...0          // every picture is taken straight from above
/// factors.cameras = 0...0       // with the hospital's first camera
/// let world = ClinicWorld(factors: factors)
/// ```
public struct ClinicFactors: Sendable, Equatable {
  // MARK: Of a patient

  /// The number of pictures of a patient.
  public var pictures: ClosedRange<Int> = 1...6
  /// The colour of the skin: 0 light, 1 dark.
  ///
  /// It is drawn evenly; real collections are far from even here.
  public var skinTone: ClosedRange<Float> = 0...1
  /// How far the lesion's brightness lies from the skin's: darker on light skin, lighter on dark skin.
  public var contrast: ClosedRange<Float> = 0.26...0.42
  /// The lesion's colour: 0 as the skin's, 1 much redder.
  public var redness: ClosedRange<Float> = 0...1
  /// How far the patient's lesions deviate from the pathology's mean in their own way, 0…1.
  public var individuality: ClosedRange<Float> = 0.4...0.4

  /// The probability that a picture is a retake: of the same lesion as the patient's picture before, in
  /// the same light and with the same camera, from a little beside.
  public var retakes: Float = 0

  // MARK: Of a picture

  /// How far lesions of one patient deviate from each other, 0…1.
  public var variety: ClosedRange<Float> = 0.5...0.5
  /// Where pictures are taken.
  public var sites: [BodySite] = BodySite.allCases
  /// The strength of all that the skin of a site shows, 0…1: hairs, folds, freckles, edges.
  public var texture: ClosedRange<Float> = 0.3...0.8
  /// The lesion's radius as a share of half the picture's side.
  public var magnification: ClosedRange<Float> = 0.6...0.95
  /// Where the lesion lies across and down: 0 in the middle, −1 and 1 as far out as it fits.
  public var position: ClosedRange<Float> = -1...1
  /// The turn of the camera, in degrees clockwise.
  public var rotation: ClosedRange<Float> = 0...360
  /// The viewpoint: the angle between the camera and the skin's vertical, in degrees.
  public var tilt: ClosedRange<Float> = 0...55
  /// The direction in which the camera leans, in degrees clockwise from the right.
  public var tiltAngle: ClosedRange<Float> = 0...360
  /// The strength of the light from one side, 0…1.
  public var light: ClosedRange<Float> = 0...1
  /// Where the light comes from, in degrees clockwise from the right.
  public var lightAngle: ClosedRange<Float> = 0...360
  /// The brightness of the whole picture, as a factor.
  public var exposure: ClosedRange<Float> = 0.75...1.2
  /// The colour of the light: −1 bluish, 1 yellowish.
  public var warmth: ClosedRange<Float> = -1...1
  /// Which of the hospital's three cameras take pictures.
  public var cameras: ClosedRange<Int> = 0...2

  /// The default world: everything varies.
  public init() {}

  /// Every factor fixed or off: one lesion of each pathology, from above, in the middle, evenly lit.
  public static let fixed: ClinicFactors = {
    var factors = ClinicFactors()
    factors.pictures = 3...3
    factors.skinTone = 0.3...0.3
    factors.contrast = 0.3...0.3
    factors.redness = 0.5...0.5
    factors.individuality = 0...0
    factors.variety = 0...0
    factors.sites = [.back]
    factors.texture = 0...0
    factors.magnification = 0.7...0.7
    factors.position = 0...0
    factors.rotation = 0...0
    factors.tilt = 0...0
    factors.tiltAngle = 0...0
    factors.light = 0...0
    factors.lightAngle = 225...225
    factors.exposure = 1...1
    factors.warmth = 0...0
    factors.cameras = 0...0
    return factors
  }()
}
