import TensorCore

/// A part of a thing: a name, an outline in the thing's own coordinates, and a colour.
///
/// A thing fills −1…1 in both directions, x to the right and y down. Parts are painted in their order, the
/// later ones over the earlier.
struct Part: Sendable {
  let name: String
  let outline: Outline
  let paint: Paint
}

/// A thing while it is put together, part by part.
struct Sketch {
  private(set) var parts: [Part] = []

  /// Adds an ellipse; `turned` is the angle of its first radius, in degrees clockwise from the right.
  mutating func ellipse(
    _ name: String, _ x: Float, _ y: Float, _ rx: Float, _ ry: Float, turned degrees: Float = 0,
    _ paint: Paint
  ) {
    let turn = Turn(degrees: degrees)
    let axis = Point(turn.cosine, turn.sine)
    add(name, .ellipse(Point(x, y), radii: Point(rx, ry), axis: axis), paint)
  }

  /// Adds a circle.
  mutating func disc(_ name: String, _ x: Float, _ y: Float, _ radius: Float, _ paint: Paint) {
    ellipse(name, x, y, radius, radius, paint)
  }

  /// Adds a convex polygon.
  mutating func polygon(_ name: String, _ corners: [(Float, Float)], _ paint: Paint) {
    add(name, .polygon(corners.map { Point($0.0, $0.1) }), paint)
  }

  /// Adds an upright rectangle.
  mutating func box(
    _ name: String, _ left: Float, _ top: Float, _ right: Float, _ bottom: Float, _ paint: Paint
  ) {
    polygon(name, [(left, top), (right, top), (right, bottom), (left, bottom)], paint)
  }

  /// Adds a line through points.
  mutating func stroke(
    _ name: String, _ points: [(Float, Float)], width: Float, _ paint: Paint
  ) {
    add(name, .stroke(points.map { Point($0.0, $0.1) }, width: width), paint)
  }

  private mutating func add(_ name: String, _ outline: Outline, _ paint: Paint) {
    parts.append(Part(name: name, outline: outline, paint: paint))
  }
}

/// How one exemplar deviates from its class: the numbers that its parts are built from.
struct Variation {
  private var random: Random
  private let strength: Float

  init(_ scene: Scene) {
    random = Random(seed: scene.seed)
    strength = scene.proportions
  }

  /// A number from a range round whose middle the exemplars vary.
  mutating func callAsFunction(_ low: Float, _ high: Float) -> Float {
    (low + high) / 2 + strength * (random.uniform() - 0.5) * (high - low)
  }

  /// Whether the exemplar has something that only some have; the mean exemplar has not.
  mutating func has(_ probability: Float) -> Bool { random.chance(probability * strength) }
}
