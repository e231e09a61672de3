import TensorCore

/// Where on the body a picture was taken; each site has a skin of its own kind.
public enum BodySite: Int, Sendable, CaseIterable {
  /// An arm, whose two edges are in the picture.
  case arm
  /// A back, with freckles.
  case back
  /// A hand, with folds side by side.
  case hand
  /// A scalp, under hairs.
  case scalp
  /// A foot, with coarse skin and one edge.
  case foot

  /// The site's name.
  public var name: String { "\(self)" }
}

/// The skin of one picture, without the lesion: what lies under it and what lies over it.
struct Skin {
  private let tone: Colour
  private let mottle: PatternLaid
  private let relief: PatternLaid
  /// Freckles and hairs, in the surface's coordinates.
  private let freckles: [Mark]
  private let hairs: [Mark]
  /// The body ends where a coordinate along `across` leaves the range; beyond is `cloth`.
  private let across: Turn
  private let extent: ClosedRange<Float>
  private let cloth: Colour
  private let texture: Float

  init(_ photograph: Photograph, random source: inout Random) {
    let strength = photograph.texture
    // Each kind of detail draws from a generator of its own, so that none moves another.
    var pattern = source.split()
    var spots = source.split()
    var strands = source.split()
    var edges = source.split()
    texture = strength
    tone = Skin.colour(tone: photograph.skinTone)
    mottle = PatternLaid(
      .blotches, strength: 0.4 * strength, frequency: 1.2, random: &pattern)
    switch photograph.site {
    case .hand:
      relief = PatternLaid(
        .stripes, strength: strength, frequency: pattern.uniform(1.2..<2), random: &pattern)
    case .foot:
      relief = PatternLaid(
        .checks, strength: 0.8 * strength, frequency: pattern.uniform(1.5..<2.5), random: &pattern)
    default:
      relief = PatternLaid(.blotches, strength: 0, frequency: 1, random: &pattern)
    }
    func place(_ random: inout Random) -> Point {
      Point(random.uniform(-1.8..<1.8), random.uniform(-1.8..<1.8))
    }
    freckles = (0..<(photograph.site == .back ? Int(14 * strength) : 0)).map { _ in
      .disc(place(&spots), radius: spots.uniform(0.07..<0.2))
    }
    let hairCount: Float = photograph.site == .scalp ? 14 : photograph.site == .arm ? 6 : 0
    let direction = Turn(degrees: strands.uniform(0..<360))
    hairs = (0..<Int(hairCount * strength)).map { _ in
      let middle = place(&strands)
      let half = direction.apply(Point(strands.uniform(0.3..<0.9), strands.uniform(-0.25..<0.25)))
      return .stroke(middle - half, middle + half, width: 0.09)
    }
    across = Turn(degrees: edges.uniform(0..<360))
    let near = edges.uniform(0.95..<1.5)
    let far = edges.uniform(0.95..<1.5)
    switch photograph.site {
    case .arm: extent = -near...far
    case .foot: extent = -near...100
    default: extent = -100...100
    }
    cloth = Colour(
      hue: edges.uniform(), saturation: edges.uniform(0.1..<0.7),
      brightness: edges.uniform(0.15..<0.9))
  }

  /// The colour of healthy skin, from light at 0 to dark at 1.
  static func colour(tone: Float) -> Colour {
    let light = Colour(0.93, 0.76, 0.66)
    let dark = Colour(0.34, 0.22, 0.16)
    return light + (dark - light) * tone
  }

  /// The colour at a place of the surface; `lesion` is what the condition adds there, and a soft edge
  /// is `softness` wide.
  func colour(at p: Point, lesion: Colour, softness: Float) -> Colour {
    var colour = tone * mottle.gain(p) * relief.gain(p)
    for freckle in freckles {
      colour *= 1 - 0.45 * Skin.coverage(freckle.distance(p), softness)
    }
    colour += lesion
    for hair in hairs {
      colour *= 1 - 0.7 * Skin.coverage(hair.distance(p), softness)
    }
    let place = across.cosine * p.x + across.sine * p.y
    let outside = max(extent.lowerBound - place, place - extent.upperBound)
    let cover = Skin.coverage(-outside, softness)
    return cloth + (colour - cloth) * (1 - texture * cover)
  }

  /// 1 within an edge, 0 beyond it, and a slope between.
  static func coverage(_ distance: Float, _ softness: Float) -> Float {
    min(max(0.5 - distance / softness, 0), 1)
  }
}
