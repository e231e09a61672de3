import TensorCore

/// What one picture shows, as numbers: the ground truth that later experiments ask for.
///
/// A scene and a size determine the picture. To see what one factor does, change it and paint again:
///
/// ```swift
/// var scene = world.scenes(1, seed: 7)[0]
/// scene.rotation += 90
/// let turned = world.paint([scene])
/// ```
public struct Scene: Sendable, Equatable {
  /// The class.
  public var thing: Thing
  /// The thing's centre from the left edge, as a share of the width.
  public var x: Float
  /// The thing's centre from the top edge, as a share of the height.
  public var y: Float
  /// The thing's longer side, as a share of the picture's side.
  public var scale: Float
  /// The thing's turn, in degrees clockwise.
  public var rotation: Float
  /// Whether left and right are swapped.
  public var isMirrored: Bool
  /// How far this exemplar's parts may deviate from the class's mean, 0…1.
  public var proportions: Float
  /// The main colour's place on the colour circle, 0…1.
  public var hue: Float
  /// The second colour's place on the colour circle, 0…1; the third lies opposite the two.
  public var secondHue: Float
  /// The strength of the colours, 0…1.
  public var saturation: Float
  /// The brightness of the main colour, 0…1.
  public var brightness: Float
  /// The background's place on the colour circle, 0…1.
  public var backgroundHue: Float
  /// The brightness of the background, 0…1.
  public var backgroundBrightness: Float
  /// The pattern on the thing.
  public var pattern: Pattern
  /// The strength of the patterns, 0…1.
  public var texture: Float
  /// The strength of the light from one side, 0…1.
  public var light: Float
  /// Where the light comes from, in degrees clockwise from the right.
  public var lightAngle: Float
  /// The brightness of the whole picture, as a factor.
  public var exposure: Float
  /// How much stands about behind the thing, 0…1.
  public var clutter: Float
  /// The standard deviation of the grain.
  public var noise: Float
  /// Decides what no factor names of the exemplar: its proportions and how its pattern lies.
  public var seed: UInt64
  /// Decides what no factor names of all else: the background, the clutter, the grain.
  ///
  /// A drawn scene has it equal to `seed`; only another sighting of the same exemplar has another one.
  public var surroundings: UInt64

  /// Draws a scene of a given thing.
  ///
  /// Every factor takes the same share of random numbers whatever its range is, so that fixing one
  /// leaves the others as they were.
  public init(_ thing: Thing, factors: PictureFactors, random: inout Random) {
    func draw(_ range: ClosedRange<Float>) -> Float {
      let share = random.uniform()
      return range.lowerBound + (range.upperBound - range.lowerBound) * share
    }
    func onCircle(_ place: Float) -> Float { place - place.rounded(.down) }
    self.thing = thing
    scale = draw(factors.scale)
    // A thing is as long as the picture's side times its scale: so much room is left on either side.
    let room = 0.5 * max(0, 1 - scale)
    x = 0.5 + room * draw(factors.position)
    y = 0.5 + room * draw(factors.position)
    rotation = draw(factors.rotation)
    isMirrored = random.chance(factors.mirroring)
    proportions = draw(factors.proportions)
    hue = draw(factors.hue)
    secondHue = onCircle(hue + draw(factors.hueContrast))
    saturation = draw(factors.saturation)
    brightness = draw(factors.brightness)
    backgroundHue = draw(factors.backgroundHue)
    let contrast = draw(factors.contrast)
    backgroundBrightness =
      brightness > 0.65 ? max(brightness - contrast, 0.12) : min(brightness + contrast, 1)
    pattern = Pattern.allCases[random.integer(below: Pattern.allCases.count)]
    texture = draw(factors.texture)
    light = draw(factors.light)
    lightAngle = draw(factors.lightAngle)
    exposure = draw(factors.exposure)
    clutter = draw(factors.clutter)
    noise = draw(factors.noise)
    seed = random.next()
    surroundings = seed
  }

  /// The direction of the main colour on the colour circle, a vector of length 1.
  ///
  /// As a number the hue jumps from 1 to 0 at red; as a direction it does not.
  public var hueDirection: (x: Float, y: Float) {
    let turn = Turn(degrees: 360 * hue)
    return (turn.cosine, turn.sine)
  }

  /// Where the thing's lower side points, a vector of length 1: as a number the turn jumps at 360°.
  public var uprightDirection: (x: Float, y: Float) {
    let turn = Turn(degrees: rotation)
    return (turn.cosine, turn.sine)
  }

  /// How many shapes stand about behind the thing, 0…12.
  public var clutterCount: Int { Int(12 * clutter + 0.5) }

  /// Where each named part of the thing has its centre, from the left and from the top, as shares of the side.
  ///
  /// A name comes once for each such part: a face has two of `"eye"`.
  public var parts: [(name: String, x: Float, y: Float)] {
    let pose = Pose(self, size: 1)
    return thing.parts(Variation(self)).map { part in
      let centre = pose.place(part.outline).centre
      return (part.name, centre.x, centre.y)
    }
  }
}

/// How a thing's own coordinates (−1…1 both ways) come to stand in a picture, in pixels.
struct Pose {
  private let centre: Point
  private let half: Float
  private let turn: Turn
  private let flip: Float

  init(_ scene: Scene, size: Int) {
    centre = Point(scene.x, scene.y) * Float(size)
    half = scene.scale * Float(size) / 2
    turn = Turn(degrees: scene.rotation)
    flip = scene.isMirrored ? -1 : 1
  }

  /// The outline, in pixels.
  func place(_ outline: Outline) -> Outline {
    switch outline {
    case .ellipse(let middle, let radii, let axis):
      .ellipse(place(middle), radii: radii * half, axis: turn.apply(Point(flip * axis.x, axis.y)))
    case .polygon(let corners):
      .polygon(corners.map(place))
    case .stroke(let points, let width):
      .stroke(points.map(place), width: width * half)
    }
  }

  private func place(_ p: Point) -> Point {
    turn.apply(Point(flip * p.x, p.y)) * half + centre
  }

  /// The thing's own coordinates of the pixel whose centre is at `x`, `y`.
  func own(_ x: Float, _ y: Float) -> Point {
    let p = (Point(x, y) - centre) / half
    return Point(flip * (turn.cosine * p.x + turn.sine * p.y), turn.cosine * p.y - turn.sine * p.x)
  }
}
