/// What one clip shows, as things that move: the ground truth for every frame.
public struct Clip: Sendable, Equatable {
  /// The side of its square pictures, in pixels.
  public let size: Int
  /// The things, the hindmost first; the last one stands in front of all others and names the clip.
  public var things: [MovingThing]

  /// Makes a clip of things that move.
  public init(size: Int, things: [MovingThing]) {
    self.size = size
    self.things = things
  }

  /// The class of the thing in front.
  public var label: Int { things.last?.scene.thing.rawValue ?? 0 }

  /// Where the thing in front is in a frame, how it moves and how it is turned.
  public func moment(_ frame: Int) -> MovingThing.Moment? {
    things.last?.moment(frame, size: size)
  }

  /// The same clip, had every thing that comes to a fork gone a given way.
  ///
  /// ```swift
  /// let futures = (0..<2).map { way in clip.taking(way) }   // alike up to the fork
  /// ```
  public func taking(_ way: Int) -> Clip {
    var clip = self
    for index in things.indices {
      guard let fork = things[index].fork else { continue }
      if !fork.velocities.indices.contains(way) {
        fatalError("Clip.taking(\(way)): a fork of \(fork.velocities.count) ways")
      }
      clip.things[index].fork?.taken = way
    }
    return clip
  }
}
