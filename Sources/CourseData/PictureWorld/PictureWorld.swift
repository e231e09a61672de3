import TensorCore

/// A world of colour pictures, made from a seed: ten classes of things that are built from parts.
///
/// Everything about a picture is known (`Scene`), and everything that may vary has a name and a range
/// (`PictureFactors`). Neither colour, background nor place says anything about the class: they are drawn
/// in the same way for all ten. What is left is how the parts stand to each other.
///
/// ```swift
/// let world = PictureWorld()
/// let pictures = world.pictures(10_000, seed: 7)   // [10000, 32, 32, 3]
/// let scenes = world.scenes(10_000, seed: 7)       // what each of them shows
/// print(pictures.classNames[pictures.labels[0]], scenes[0].rotation)
/// ```
///
/// One seed gives the same bits on every platform, for any number of threads. Picture *i* of a seed
/// depends on *i* alone: the first thousand pictures of ten thousand are the thousand of the same seed.
public struct PictureWorld: Sendable {
  /// The side of the square pictures, in pixels; 16…128 look well.
  public let size: Int
  /// What varies, and how far.
  public let factors: PictureFactors

  /// Makes a world of pictures of a size.
  public init(size: Int = 32, factors: PictureFactors = PictureFactors()) {
    if size < 8 || size > 1024 { fatalError("PictureWorld: size \(size), but 8…1024 is possible") }
    self.size = size
    self.factors = factors
  }

  /// The names of the ten classes, in the order of their labels.
  public static var classNames: [String] { Thing.allCases.map(\.name) }

  /// Draws scenes and paints them, `[count, size, size, 3]`.
  ///
  /// Each ten in a row show all ten classes, in random order.
  public func pictures(_ count: Int, seed: UInt64) -> Pictures {
    paint(scenes(count, seed: seed))
  }

  /// Draws what the pictures of a seed show, without painting them.
  public func scenes(_ count: Int, seed: UInt64) -> [Scene] {
    var source = Random(seed: seed)
    let key = source.next()
    var order: [Int] = []
    return (0..<count).map { index in
      var random = Random(seed: key, stream: index)
      if index % Thing.allCases.count == 0 { order = random.permutation(Thing.allCases.count) }
      let thing = Thing.allCases[order[index % Thing.allCases.count]]
      // The permutation came from the first of each ten only; splitting keeps the scenes alike.
      var own = random.split()
      return Scene(thing, factors: factors, random: &own)
    }
  }

  /// Paints scenes, `[scenes.count, size, size, 3]`.
  ///
  /// - Complexity: O(`size`²) for each scene; 10,000 of 32 × 32 take about a quarter of a second on two cores.
  public func paint(_ scenes: [Scene]) -> Pictures {
    let stride = size * size * 3
    let pixels = [Float](unsafeUninitializedCapacity: scenes.count * stride) { buffer, used in
      used = scenes.count * stride
      guard let start = buffer.baseAddress, !scenes.isEmpty else { return }
      // Every block writes its own pictures and nothing else.
      let blocks = (scenes.count + 63) / 64
      parallel(blocks) { block in
        let canvas = Canvas(size: size)
        for index in block * 64..<min((block + 1) * 64, scenes.count) {
          canvas.paint(scenes[index], into: start + index * stride)
        }
      }
    }
    return Pictures(
      height: size, width: size, channels: 3, pixels: pixels,
      labels: scenes.map(\.thing.rawValue), classNames: PictureWorld.classNames)
  }
}

extension Canvas {
  /// Paints one scene, background first, and writes its pixels.
  func paint(_ scene: Scene, into pixels: UnsafeMutablePointer<Float>) {
    var sources = SceneRandom(scene)
    paintGround(scene, &sources)
    paintThing(scene, &sources)
    develop(
      exposure: scene.exposure, noise: scene.noise, random: &sources.grain, into: pixels)
  }

  /// Paints what stands behind a scene's thing: the background and the clutter.
  func paintGround(_ scene: Scene, _ sources: inout SceneRandom) {
    paintBackground(scene, &sources.background)
    paintClutter(scene, &sources.clutter)
  }

  /// Paints a scene's thing over what is there.
  func paintThing(_ scene: Scene, _ sources: inout SceneRandom) {
    let pose = Pose(scene, size: size)
    let palette = Palette(scene)
    let pattern = PatternLaid(
      scene.pattern, strength: scene.texture, frequency: sources.surface.uniform(1.5..<3),
      random: &sources.surface)
    lay(pattern) { pose.own($0, $1) }
    let light = self.light(scene)
    for part in scene.thing.parts(Variation(scene)) {
      let isTextured = part.paint == .main || part.paint == .second
      paint(
        pose.place(part.outline), palette[part.paint], light: light, isTextured: isTextured,
        rim: min(rim, 0.06 * scene.scale * Float(size)))
    }
  }

  private func light(_ scene: Scene) -> Point {
    let towardsLight = Turn(degrees: scene.lightAngle)
    return Point(towardsLight.cosine, towardsLight.sine) * (0.45 * scene.light)
  }

  private var rim: Float { max(0.7, 0.025 * Float(size)) }

  private func paintBackground(_ scene: Scene, _ random: inout Random) {
    let side = Float(size)
    let pattern = PatternLaid(
      Pattern.allCases[random.integer(below: Pattern.allCases.count)], strength: scene.texture,
      frequency: random.uniform(3..<7), random: &random)
    lay(pattern) { Point($0 / side, $1 / side) }
    func colour(_ shift: Float, _ gain: Float) -> Colour {
      Colour(
        hue: scene.backgroundHue + shift, saturation: 0.7 * scene.saturation,
        brightness: scene.backgroundBrightness * gain)
    }
    // The light falls on the ground too: without it, the blend is of one brightness.
    let fall = 0.3 * scene.light
    fill(
      from: colour(-0.04, 1 - fall), to: colour(0.04, 1 + fall),
      along: Turn(degrees: scene.lightAngle))
  }

  /// Shapes that belong to nothing, made like parts and painted like parts, behind the thing.
  private func paintClutter(_ scene: Scene, _ random: inout Random) {
    let side = Float(size)
    let light = self.light(scene)
    for _ in 0..<scene.clutterCount {
      let centre = Point(random.uniform(), random.uniform()) * side
      let reach = random.uniform(0.06..<0.22) * side
      let turn = Turn(degrees: random.uniform(0..<360))
      let narrow = random.uniform(0.3..<1)
      let colour = Colour(
        hue: random.uniform(), saturation: scene.saturation * random.uniform(0.3..<1),
        brightness: random.uniform(0.1..<1))
      let axis = Point(turn.cosine, turn.sine)
      func corner(_ x: Float, _ y: Float) -> Point {
        centre + turn.apply(Point(x, y * narrow)) * reach
      }
      let outline: Outline
      switch random.integer(below: 4) {
      case 0:
        outline = .ellipse(centre, radii: Point(reach, reach * narrow), axis: axis)
      case 1:
        outline = .polygon([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)])
      case 2:
        outline = .polygon([corner(-1, 1), corner(0, -1), corner(1, 1)])
      default:
        outline = .stroke([corner(-1.5, 0), corner(1.5, 0)], width: 0.3 * reach)
      }
      paint(outline, colour, light: light, isTextured: false, rim: rim)
    }
  }
}

/// The generators of what no factor of a scene names, each thing's own.
struct SceneRandom {
  var background, clutter, surface, grain: Random

  init(_ scene: Scene) {
    // The exemplar's own numbers come from the seed itself (`Variation`); everything else from
    // generators beside it.
    var own = Random(seed: ~scene.seed)
    _ = (own.split(), own.split())
    surface = own.split()
    var source = Random(seed: ~scene.surroundings)
    background = source.split()
    clutter = source.split()
    _ = source.split()
    grain = source.split()
  }
}
