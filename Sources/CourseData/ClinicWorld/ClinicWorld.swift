import TensorCore

/// A clinic that does not exist: patients with pictures of their skin, made from a seed.
///
/// It is not medical data. The six conditions are patterns that we made up, skin tones are drawn
/// evenly, and a lesion can be seen equally well on all of them; in real collections none of this is so. What the world
/// has in common with them is its form: few labels, several pictures of each patient that differ in
/// viewpoint, site, light and camera, conditions of unequal frequency, and a second hospital.
///
/// Everything about a picture is known (`Photograph`), and everything that may vary has a name and a range
/// (`ClinicFactors`). Nothing but the lesion's form depends on the pathology.
///
/// ```swift
/// let world = ClinicWorld()
/// let patients = world.patients(500, seed: 7)
/// let pictures = world.paint(patients.flatMap(\.photographs))   // [about 1750, 24, 24, 3]
/// ```
///
/// One seed gives the same bits on every platform, for any number of threads; patient *i* depends on *i*
/// alone. Both hospitals see the same patients of a seed, and see them with other cameras.
public struct ClinicWorld: Sendable {
  /// The side of the square pictures, in pixels; 16…64 look well.
  public let size: Int
  /// What varies, and how far.
  public let factors: ClinicFactors

  /// Makes a world of pictures of a size; it stops the program where a factor cannot be drawn.
  public init(size: Int = 24, factors: ClinicFactors = ClinicFactors()) {
    if size < 8 || size > 1024 { fatalError("ClinicWorld: size \(size), but 8…1024 is possible") }
    if factors.pictures.lowerBound < 1 {
      fatalError("ClinicWorld: \(factors.pictures) pictures, but a patient has at least one")
    }
    if !(0...1 ~= factors.retakes) {
      fatalError("ClinicWorld: \(factors.retakes) retakes, but a probability is 0…1")
    }
    if factors.sites.isEmpty { fatalError("ClinicWorld: no body site to choose from") }
    if factors.cameras.lowerBound < 0 || factors.cameras.upperBound > 2 {
      fatalError("ClinicWorld: cameras \(factors.cameras), but a hospital has 0…2")
    }
    if factors.tilt.lowerBound < 0 || factors.tilt.upperBound > 80 {
      fatalError("ClinicWorld: a tilt of \(factors.tilt)°, but 0…80 can be painted")
    }
    if factors.magnification.lowerBound < 0.1 {
      fatalError(
        "ClinicWorld: a magnification of \(factors.magnification), but it is 0.1 or more")
    }
    self.size = size
    self.factors = factors
  }

  /// The names of the six conditions, in the order of their labels.
  public static var classNames: [String] { Pathology.allCases.map(\.name) }

  /// Draws patients with all their pictures' truth, without painting them.
  public func patients(
    _ count: Int, at hospital: Hospital = .first, seed: UInt64
  ) -> [Patient] {
    var source = Random(seed: seed)
    let key = source.next()
    return (0..<count).map { index in
      var random = Random(seed: key, stream: index)
      return Patient(index, at: hospital, factors: factors, random: &random)
    }
  }

  /// Paints photographs, `[photographs.count, size, size, 3]`; their labels are the pathologies.
  public func paint(_ photographs: [Photograph]) -> Pictures {
    let stride = size * size * 3
    let pixels = [Float](unsafeUninitializedCapacity: photographs.count * stride) { buffer, used in
      used = photographs.count * stride
      guard let start = buffer.baseAddress, !photographs.isEmpty else { return }
      // Every block writes its own pictures and nothing else.
      let perBlock = 16
      parallel((photographs.count + perBlock - 1) / perBlock) { block in
        let scene = UnsafeMutablePointer<Colour>.allocate(capacity: size * size)
        defer { scene.deallocate() }
        for index in block * perBlock..<min((block + 1) * perBlock, photographs.count) {
          photographs[index].paint(size: size, over: scene, into: start + index * stride)
        }
      }
    }
    return Pictures(
      height: size, width: size, channels: 3, pixels: pixels,
      labels: photographs.map(\.pathology.rawValue), classNames: ClinicWorld.classNames)
  }
}

extension Photograph {
  /// Paints what is before the camera, and takes the picture.
  fileprivate func paint(
    size: Int, over scene: UnsafeMutablePointer<Colour>,
    into pixels: UnsafeMutablePointer<Float>
  ) {
    // The lesion's generators start from `~seed`; everything else from generators beside it.
    var source = Random(seed: seed)
    var surface = source.split()
    var grain = Random(seed: source.next(), stream: retake)
    let skin = Skin(self, random: &surface)
    let marks = pathology.marks(LesionVariation(self))
    let border = PatternLaid(
      .blotches, strength: 1, frequency: surface.uniform(0.8..<1.4), random: &surface)
    let view = Viewpoint(self, size: size)
    let lesion = lesionColour
    let towardsLight = Turn(degrees: lightAngle)
    let slope = Point(towardsLight.cosine, towardsLight.sine) * (0.4 * light)
    let shine = Point(surface.uniform(-1..<1), surface.uniform(-1..<1))
    let lamp = Colour(1 + 0.12 * warmth, 1, 1 - 0.16 * warmth) * exposure
    let middle = Float(size) / 2
    for y in 0..<size {
      for x in 0..<size {
        let p = view.surface(Float(x) + 0.5, Float(y) + 0.5)
        // A border that wavers: the place is looked up a little beside itself.
        let waver = (border.gain(p) - 1) * 0.45 * variety
        let q = p + Point(waver, waver * 0.7)
        var coverage: Float = 0
        for mark in marks {
          coverage = max(coverage, Skin.coverage(mark.distance(q), view.softness))
        }
        var colour = skin.colour(at: p, lesion: lesion * coverage, softness: view.softness)
        let across = (Float(x) + 0.5) / middle - 1
        let down = (Float(y) + 0.5) / middle - 1
        // A bright spot where the skin mirrors the lamp.
        let (dx, dy) = (across - shine.x, down - shine.y)
        let gloss = max(0, 1 - 6 * (dx * dx + dy * dy)) * 0.35 * light
        colour = colour * (1 + slope.x * across + slope.y * down) + gloss
        scene[y * size + x] = colour * lamp
      }
    }
    camera.take(scene, size: size, random: &grain, into: pixels)
  }

  /// What the lesion adds to the skin's colour: as much on every skin.
  private var lesionColour: Colour {
    let away: Float = skinTone < 0.5 ? -1 : 1
    let plain = Colour(repeating: away * contrast)
    // Redder at the same brightness, by the eye's weights.
    return plain + Colour(0.16, -0.075, -0.04) * redness
  }
}

/// How the skin's surface comes to stand in a picture.
private struct Viewpoint {
  private let centre: Point
  private let scale: Float
  private let lean: Turn
  private let spin: Turn
  private let foreshortening: Float
  /// The width of a soft edge of about a pixel and a half, on the surface.
  let softness: Float

  init(_ photograph: Photograph, size: Int) {
    centre = Point(photograph.x, photograph.y) * Float(size)
    scale = photograph.magnification * Float(size) / 2
    lean = Turn(degrees: photograph.tiltAngle)
    spin = Turn(degrees: photograph.rotation)
    foreshortening = Turn(degrees: photograph.tilt).cosine
    softness = 1.5 / scale
  }

  /// The place on the surface, in radii of the lesion, that a place of the picture shows.
  func surface(_ x: Float, _ y: Float) -> Point {
    let p = (Point(x, y) - centre) / scale
    // Along the direction of the lean everything looks shorter: undo it.
    let along = (lean.cosine * p.x + lean.sine * p.y) / foreshortening
    let beside = lean.cosine * p.y - lean.sine * p.x
    let straight = lean.apply(Point(along, beside))
    return Point(
      spin.cosine * straight.x + spin.sine * straight.y,
      spin.cosine * straight.y - spin.sine * straight.x)
  }
}
