import TensorCore

/// A thing and how it moves: on a straight line, off the walls, and perhaps off at a fork.
///
/// Lengths are in pixels, x to the right and y down; a pixel's centre lies at whole numbers and a half.
public struct MovingThing: Sendable, Equatable {
  /// How the thing looks, and where it stands and how it is turned in frame 0.
  public var scene: Scene
  /// How it moves in frame 0, in pixels per frame, to the right and down.
  public var velocity: SIMD2<Float>
  /// How far it turns from frame to frame, in degrees clockwise.
  public var spin: Float
  /// Where it leaves its line, if it does.
  public var fork: Fork?

  /// A place where a thing goes one of several ways, and nothing before tells which.
  public struct Fork: Sendable, Equatable {
    /// The last frame before the ways part; the step to the next one is taken on one of them.
    public let frame: Int
    /// How it may move on, in pixels per frame.
    public let velocities: [SIMD2<Float>]
    /// Which of them it takes.
    public var taken: Int
  }

  /// What is known of a thing in one frame.
  public struct Moment: Sendable, Equatable {
    /// Where its centre is.
    public let place: SIMD2<Float>
    /// How it moves on from there, in pixels per frame.
    public let velocity: SIMD2<Float>
    /// How it is turned, in degrees clockwise.
    public let rotation: Float
  }

  /// Where the thing is in a frame of square pictures, how it moves and how it is turned.
  ///
  /// The walls are the picture's edges. The thing turns back where the circle round its centre that holds
  /// all its parts would cross one, and as a ball does: what it would have gone too far it goes back.
  /// Where the picture is too small for the circle, it stays in the middle.
  public func moment(_ frame: Int, size: Int) -> Moment {
    let walls = Walls(size: size, reach: scene.reach * Float(size))
    let start = SIMD2(scene.x, scene.y) * Float(size)
    let rotation = scene.rotation + spin * Float(frame)
    guard let fork, frame > fork.frame else {
      let (place, velocity) = walls.bounced(from: start, velocity, Float(frame))
      guard let fork, frame == fork.frame else {
        return Moment(place: place, velocity: velocity, rotation: rotation)
      }
      return Moment(place: place, velocity: fork.velocities[fork.taken], rotation: rotation)
    }
    let parting = walls.bounced(from: start, velocity, Float(fork.frame)).place
    let (place, after) = walls.bounced(
      from: parting, fork.velocities[fork.taken], Float(frame - fork.frame))
    return Moment(place: place, velocity: after, rotation: rotation)
  }

  /// What the thing's picture shows in a frame of square pictures.
  public func scene(_ frame: Int, size: Int) -> Scene {
    let moment = moment(frame, size: size)
    var scene = scene
    scene.x = moment.place.x / Float(size)
    scene.y = moment.place.y / Float(size)
    scene.rotation = moment.rotation
    return scene
  }
}

/// Where a thing's centre may be.
private struct Walls {
  let low: Float
  let high: Float

  init(size: Int, reach: Float) {
    low = min(reach, Float(size) / 2)
    high = Float(size) - low
  }

  /// Place and velocity after some time on a straight line that the walls fold.
  func bounced(
    from start: SIMD2<Float>, _ velocity: SIMD2<Float>, _ time: Float
  ) -> (place: SIMD2<Float>, velocity: SIMD2<Float>) {
    var (place, after) = (start, velocity)
    let room = high - low
    for axis in 0..<2 {
      // Along the unfolded line the picture and its mirror image take turns.
      let gone = start[axis] + velocity[axis] * time - low
      let round = room > 0 ? gone - (gone / (2 * room)).rounded(.down) * 2 * room : 0
      place[axis] = low + (round <= room ? round : 2 * room - round)
      after[axis] = room > 0 ? (round <= room ? velocity[axis] : -velocity[axis]) : 0
    }
    return (place, after)
  }
}

extension Scene {
  /// The radius of a circle round the thing's centre that holds all its parts, as a share of the side.
  ///
  /// It is the same however the thing is turned.
  public var reach: Float {
    let farthest = thing.parts(Variation(self)).map(\.outline.reach).max() ?? 0
    return farthest * scale / 2
  }
}

extension Outline {
  /// How far from the origin the outline reaches at most; for an ellipse a little more.
  fileprivate var reach: Float {
    func length(_ p: Point) -> Float { (p.x * p.x + p.y * p.y).squareRoot() }
    switch self {
    case .ellipse(let centre, let radii, _): return length(centre) + max(radii.x, radii.y)
    case .polygon(let corners): return corners.map(length).max() ?? 0
    case .stroke(let points, let width): return (points.map(length).max() ?? 0) + width / 2
    }
  }
}
