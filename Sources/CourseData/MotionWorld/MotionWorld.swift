import TensorCore

/// A world of short clips, made from a seed: things of the picture world that move, turn, pass behind
/// each other and bounce off the walls.
///
/// Everything about a clip is known (`Clip`): where each thing is in each frame, how fast it moves, who
/// stands in front. Given two frames the next is certain, unless a thing comes to a *fork*: there it goes
/// one of several ways by lot.
///
/// ```swift
/// let world = MotionWorld()
/// let clips = world.clips(1_000, seed: 7)
/// let video = world.paint(clips, frames: 6)     // [1000, 6, 24, 24, 3]
/// clips[0].things.last!.moment(2, size: 24)     // place, velocity and turn in frame 2
/// ```
///
/// One seed gives the same bits on every platform, for any number of threads. Clip *i* of a seed depends
/// on *i* alone.
public struct MotionWorld: Sendable {
  /// The side of the square pictures, in pixels.
  public let size: Int
  /// What varies, and how far.
  public let factors: MotionFactors

  /// Makes a world of clips of a size; it stops the program where a factor cannot be drawn.
  public init(size: Int = 24, factors: MotionFactors = MotionFactors()) {
    if size < 8 || size > 1024 { fatalError("MotionWorld: size \(size), but 8…1024 is possible") }
    if factors.things.lowerBound < 1 || factors.things.upperBound > 4 {
      fatalError("MotionWorld: \(factors.things) things, but 1…4 can move")
    }
    if factors.speed.lowerBound < 0 {
      fatalError("MotionWorld: a speed of \(factors.speed), but it is 0 or more")
    }
    self.size = size
    self.factors = factors
  }

  /// Draws clips, without painting them.
  ///
  /// The thing in front names the clip. Each ten clips in a row are named by all ten classes, in random
  /// order.
  public func clips(_ count: Int, seed: UInt64) -> [Clip] {
    var source = Random(seed: seed)
    let front = scenes(count, seed: source.next())
    let key = source.next()
    return front.indices.map { index in
      var random = Random(seed: key, stream: index)
      let range = factors.things
      let things = range.lowerBound + random.integer(below: range.count)
      var moving: [MovingThing] = []
      for place in 0..<things {
        var own = random.split()
        let scene = place == 0 ? front[index] : another(&own)
        moving.append(set(scene, going: &own))
      }
      return Clip(size: size, things: moving.reversed())
    }
  }

  /// Draws clips of one thing that comes from above and forks in the middle of the picture.
  ///
  /// Up to frame `fork` it moves straight down and does not turn; then it goes to the left, to the right
  /// or, as a third way, further down, by lot and each way equally often. The step after the fork is a
  /// fourth of the picture's side, which takes a small thing clear of where it was.
  ///
  /// - Parameters:
  ///   - count: how many clips.
  ///   - ways: 2 or 3.
  ///   - frame: the last frame before the ways part.
  ///   - seed: where the random numbers start.
  /// - Returns: the clips, of which one way or the other has been taken.
  public func forks(_ count: Int, ways: Int = 2, at frame: Int = 2, seed: UInt64) -> [Clip] {
    if !(2...3 ~= ways) || frame < 0 {
      fatalError("MotionWorld.forks: \(ways) ways at frame \(frame), but there are 2 or 3")
    }
    var source = Random(seed: seed)
    let scenes = scenes(count, seed: source.next())
    let key = source.next()
    let (middle, step) = (Float(size) / 2, Float(size) / 4)
    let velocities = [SIMD2(-step, 0), SIMD2(step, 0), SIMD2(0, step)].prefix(ways)
    return scenes.indices.map { index in
      var random = Random(seed: key, stream: index)
      var scene = scenes[index]
      // From as high as the thing can stand: slower for a large one.
      let room = max(0, middle - scene.reach * Float(size))
      let fall = frame == 0 ? 0 : min(Float(size) / 12, room / Float(frame))
      (scene.x, scene.y) = (0.5, (middle - fall * Float(frame)) / Float(size))
      let fork = MovingThing.Fork(
        frame: frame, velocities: Array(velocities), taken: random.integer(below: ways))
      return Clip(
        size: size,
        things: [MovingThing(scene: scene, velocity: SIMD2(0, fall), spin: 0, fork: fork)])
    }
  }

  /// Paints clips, `[clips.count, frames, size, size, 3]`.
  ///
  /// - Complexity: O(`size`²) for each frame; 1,000 clips of 6 frames of 24 × 24 take about a tenth of a
  ///   second on two cores.
  public func paint(_ clips: [Clip], frames: Int) -> Video {
    if let other = clips.first(where: { $0.size != size }) {
      fatalError("MotionWorld: a clip of size \(other.size) in a world of size \(size)")
    }
    let stride = size * size * 3
    let total = clips.count * frames * stride
    let pixels = [Float](unsafeUninitializedCapacity: total) { buffer, used in
      used = total
      guard let start = buffer.baseAddress, total > 0 else { return }
      // Every block writes its own clips and nothing else.
      let blocks = (clips.count + 15) / 16
      parallel(blocks) { block in
        let canvas = Canvas(size: size)
        for index in block * 16..<min((block + 1) * 16, clips.count) {
          for frame in 0..<frames {
            canvas.paint(clips[index], frame, into: start + (index * frames + frame) * stride)
          }
        }
      }
    }
    return Video(
      count: clips.count, frames: frames, height: size, width: size, channels: 3, pixels: pixels)
  }

  /// The things in front.
  private func scenes(_ count: Int, seed: UInt64) -> [Scene] {
    PictureWorld(size: size, factors: factors.appearance).scenes(count, seed: seed)
  }

  /// A thing behind, of any class.
  private func another(_ random: inout Random) -> Scene {
    let thing = Thing.allCases[random.integer(below: Thing.allCases.count)]
    return Scene(thing, factors: factors.appearance, random: &random)
  }

  /// Puts a thing where its walls let it stand, and gives it a motion.
  private func set(_ scene: Scene, going random: inout Random) -> MovingThing {
    func draw(_ range: ClosedRange<Float>) -> Float {
      range.lowerBound + (range.upperBound - range.lowerBound) * random.uniform()
    }
    var scene = scene
    // A scene leaves room for an upright box; what turns needs the circle that holds it.
    let box = 1 - scene.scale
    let room = max(0, 1 - 2 * scene.reach)
    let share = box > 0 ? room / box : 0
    scene.x = 0.5 + (scene.x - 0.5) * share
    scene.y = 0.5 + (scene.y - 0.5) * share
    let speed = draw(factors.speed)
    let direction = Turn(degrees: draw(factors.direction))
    return MovingThing(
      scene: scene, velocity: SIMD2(direction.cosine, direction.sine) * speed,
      spin: draw(factors.spin))
  }
}

extension Canvas {
  /// Paints one frame of a clip: the ground, then the things, the hindmost first.
  ///
  /// The last thing's scene decides what the whole picture has one of: ground, light, exposure, grain.
  fileprivate func paint(
    _ clip: Clip, _ frame: Int, into pixels: UnsafeMutablePointer<Float>
  ) {
    guard let front = clip.things.last?.scene else { fatalError("MotionWorld: a clip of nothing") }
    var ground = SceneRandom(front)
    paintGround(front, &ground)
    for thing in clip.things {
      var scene = thing.scene(frame, size: size)
      (scene.light, scene.lightAngle) = (front.light, front.lightAngle)
      var sources = SceneRandom(scene)
      paintThing(scene, &sources)
    }
    // The grain is the only thing that is new in each frame.
    var grain = Random(seed: ground.grain.next(), stream: frame)
    develop(exposure: front.exposure, noise: front.noise, random: &grain, into: pixels)
  }
}
