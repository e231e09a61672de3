import TensorCore

/// One person in the clinic: a condition, a skin, and one to six pictures.
public struct Patient: Sendable, Equatable {
  /// The patient's number.
  public let index: Int
  /// What the patient has; every picture shows it.
  public let pathology: Pathology
  /// The patient's pictures.
  public let photographs: [Photograph]

  /// Draws patient `index` of a hospital and all the pictures.
  ///
  /// Every factor takes the same share of random numbers whatever its range is, and each picture has a
  /// generator of its own: fixing one factor leaves the others as they were.
  init(_ index: Int, at hospital: Hospital, factors: ClinicFactors, random: inout Random) {
    self.index = index
    let pathology = Pathology.allCases[random.index(weights: Pathology.allCases.map(\.share))]
    self.pathology = pathology
    let count = random.draw(factors.pictures)
    let person = Person(
      index: index, pathology: pathology, skinTone: random.draw(factors.skinTone),
      contrast: random.draw(factors.contrast), redness: random.draw(factors.redness),
      individuality: random.draw(factors.individuality), constitution: random.next())
    let key = random.next()
    var photographs: [Photograph] = []
    for place in 0..<count {
      var own = Random(seed: key, stream: place)
      let isRetake = own.chance(factors.retakes)
      let new = Photograph(of: person, at: hospital, factors: factors, random: &own)
      photographs.append(isRetake ? photographs.last?.retaken(using: &own) ?? new : new)
    }
    self.photographs = photographs
  }
}

/// What all pictures of a patient share.
struct Person {
  let index: Int
  let pathology: Pathology
  let skinTone, contrast, redness, individuality: Float
  let constitution: UInt64
}

/// What one picture of the clinic shows, as numbers: the ground truth that experiments ask for.
///
/// A photograph and a size determine the picture. To see what one factor does, change it and paint again.
public struct Photograph: Sendable, Equatable {
  /// The patient's number.
  public let patient: Int
  /// What the patient has.
  public let pathology: Pathology
  /// The patient's skin, from light at 0 to dark at 1.
  public var skinTone: Float
  /// How far the lesion's brightness lies from the skin's.
  public var contrast: Float
  /// How much redder than the skin the lesion is, 0…1.
  public var redness: Float
  /// How far the patient's lesions deviate from the pathology's mean, 0…1.
  public var individuality: Float
  /// Decides in which way they do.
  public var constitution: UInt64
  /// How far this lesion deviates from the patient's others, 0…1.
  public var variety: Float
  /// Where on the body it is.
  public var site: BodySite
  /// The strength of what the skin shows besides the lesion, 0…1.
  public var texture: Float
  /// The lesion's radius as a share of half the picture's side.
  public var magnification: Float
  /// The lesion's middle from the left edge, as a share of the width.
  public var x: Float
  /// The lesion's middle from the top edge, as a share of the height.
  public var y: Float
  /// The turn of the camera, in degrees clockwise.
  public var rotation: Float
  /// The viewpoint: the camera's angle with the skin's vertical, in degrees.
  public var tilt: Float
  /// The direction in which the camera leans, in degrees clockwise from the right.
  public var tiltAngle: Float
  /// The strength of the light from one side, 0…1.
  public var light: Float
  /// Where the light comes from, in degrees clockwise from the right.
  public var lightAngle: Float
  /// The brightness of the whole picture, as a factor.
  public var exposure: Float
  /// The colour of the light: −1 bluish, 1 yellowish.
  public var warmth: Float
  /// What took the picture.
  public var camera: Camera
  /// How many pictures of the same lesion, in the same light, came just before.
  public var retake = 0
  /// Decides what no factor names: the lesion's deviations, the skin's details, the grain.
  public var seed: UInt64

  init(of person: Person, at hospital: Hospital, factors: ClinicFactors, random: inout Random) {
    patient = person.index
    pathology = person.pathology
    skinTone = person.skinTone
    contrast = person.contrast
    redness = person.redness
    individuality = person.individuality
    constitution = person.constitution
    variety = random.draw(factors.variety)
    site = factors.sites[random.draw(0...factors.sites.count - 1)]
    texture = random.draw(factors.texture)
    magnification = random.draw(factors.magnification)
    let room = 0.5 * max(0, 1 - magnification)
    x = 0.5 + room * random.draw(factors.position)
    y = 0.5 + room * random.draw(factors.position)
    rotation = random.draw(factors.rotation)
    tilt = random.draw(factors.tilt)
    tiltAngle = random.draw(factors.tiltAngle)
    light = random.draw(factors.light)
    lightAngle = random.draw(factors.lightAngle)
    exposure = random.draw(factors.exposure)
    warmth = random.draw(factors.warmth)
    camera = hospital.cameras[random.draw(factors.cameras)]
    seed = random.next()
  }

  /// The next picture of the same lesion: the camera has moved by a hand's breadth.
  func retaken(using random: inout Random) -> Photograph {
    var next = self
    next.retake += 1
    next.x += random.draw(-0.04...0.04)
    next.y += random.draw(-0.04...0.04)
    next.rotation += random.draw(-8...8)
    next.tilt = min(max(tilt + random.draw(-6...6), 0), 80)
    next.magnification *= random.draw(0.93...1.07)
    return next
  }
}

extension Random {
  /// An even number of a range, for one random number whatever the range is.
  fileprivate mutating func draw(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A whole number of a range, for one random number whatever the range is.
  fileprivate mutating func draw(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(uniform() * Float(range.count))
  }
}
