import TensorCore

/// A pattern that a surface may carry.
public enum Pattern: String, Sendable, CaseIterable {
  case stripes, checks, dots, blotches

  /// How the pattern changes the brightness at a place, −1…1; `u` and `v` count periods.
  func value(_ u: Float, _ v: Float) -> Float {
    switch self {
    case .stripes: return Pattern.wave(u)
    case .checks: return min(max(2 * Pattern.wave(u) * Pattern.wave(v), -1), 1)
    case .dots:
      let a = Pattern.wave(u)
      let b = Pattern.wave(v)
      return min(max(1.6 * (a + b - 0.4), -1), 1)
    case .blotches:
      // Waves along unrelated directions, bent by each other, repeat nowhere in a picture.
      let a = Pattern.smooth(0.61 * u + 0.23 * v)
      let b = Pattern.smooth(0.67 * v - 0.31 * u + 0.25 * a)
      return 0.5 * (a + b + Pattern.smooth(0.43 * u - 0.53 * v + 0.25 * b))
    }
  }

  /// A wave of period 1 between −1 and 1 that is as round as a sine.
  private static func smooth(_ x: Float) -> Float {
    let w = wave(x)
    return w * (1.5 - 0.5 * w * w)
  }

  /// A triangle wave of period 1 between −1 and 1.
  private static func wave(_ x: Float) -> Float {
    4 * abs(x - x.rounded(.down) - 0.5) - 1
  }
}

/// A pattern laid over a plane: its direction, its place and its period.
struct PatternLaid {
  let pattern: Pattern
  let strength: Float
  private let turn: Turn
  private let offset: Point
  private let frequency: Float

  /// Draws where the pattern lies; the frequency is in periods for a unit of `gain`'s coordinates.
  init(_ pattern: Pattern, strength: Float, frequency: Float, random: inout Random) {
    self.pattern = pattern
    self.strength = strength
    self.frequency = frequency
    turn = Turn(degrees: random.uniform(0..<180))
    offset = Point(random.uniform(), random.uniform())
  }

  /// The factor for the colour at a place.
  func gain(_ p: Point) -> Float {
    let q = turn.apply(p) * frequency + offset
    return 1 + 0.35 * strength * pattern.value(q.x, q.y)
  }
}
