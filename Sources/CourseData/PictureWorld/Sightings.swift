import TensorCore

/// The same things seen again, in other places: what re-identification is tried on.
///
/// Each *individual* has its class, proportions, colours and pattern; each *sighting* of it its own
/// place, size, turn, light, ground and clutter. Nothing but the individual is common to two sightings.
///
/// ```swift
/// let sightings = Sightings(individuals: 200, each: 3, of: world, seed: 7)
/// let pictures = world.paint(sightings.scenes)     // sightings[3 · i] … [3 · i + 2] show individual i
/// ```
public struct Sightings: Sendable {
  /// What each picture shows, all sightings of an individual one after the other.
  public let scenes: [Scene]
  /// Which individual it shows.
  public let identities: [Int]
  /// The sightings of each individual.
  public let each: Int

  /// Draws individuals and sightings of them; individual *i* of a seed depends on *i* alone.
  public init(individuals: Int, each: Int, of world: PictureWorld, seed: UInt64) {
    var source = Random(seed: seed)
    let originals = world.scenes(individuals, seed: source.next())
    let key = source.next()
    scenes = originals.enumerated().flatMap { index, original in
      var random = Random(seed: key, stream: index)
      return (0..<each).map { _ in
        original.seenAgain(factors: world.factors, random: &random)
      }
    }
    identities = (0..<individuals * each).map { $0 / each }
    self.each = each
  }

  /// The places of each individual's sighting number `number`.
  public func places(_ number: Int) -> [Int] {
    Array(stride(from: number, to: scenes.count, by: each))
  }
}

extension Scene {
  /// The same individual elsewhere: another place, size, turn, light and ground, drawn from factors.
  public func seenAgain(factors: PictureFactors, random: inout Random) -> Scene {
    var scene = Scene(thing, factors: factors, random: &random)
    // The new ground's brightness was chosen beside the other thing's; here it stands beside this one.
    let contrast = abs(scene.backgroundBrightness - scene.brightness)
    scene.backgroundBrightness =
      brightness > 0.65 ? max(brightness - contrast, 0.12) : min(brightness + contrast, 1)
    scene.surroundings = scene.seed
    scene.isMirrored = isMirrored
    scene.proportions = proportions
    (scene.hue, scene.secondHue) = (hue, secondHue)
    (scene.saturation, scene.brightness) = (saturation, brightness)
    (scene.pattern, scene.texture) = (pattern, texture)
    scene.seed = seed
    return scene
  }
}
