import TensorCore

/// The six conditions of the clinic world, named by what they look like.
///
/// They are inventions: none is a disease, and nothing learnt from them says anything about one. Ring and
/// target, plaque and satellites, satellites and cluster share most of their parts, so that one has to
/// look at how the parts stand to each other.
public enum Pathology: Int, Sendable, CaseIterable {
  /// One solid patch.
  case plaque
  /// A rim round skin that looks healthy.
  case ring
  /// Spots without order.
  case cluster
  /// A solid patch with spots round it.
  case satellites
  /// A rim round a solid middle.
  case target
  /// Stripes side by side.
  case streaks

  /// The condition's name.
  public var name: String { "\(self)" }

  /// The share of patients that have it; the shares add up to 1.
  public var share: Float {
    switch self {
    case .plaque: 0.3
    case .ring: 0.22
    case .cluster: 0.18
    case .satellites: 0.13
    case .target: 0.1
    case .streaks: 0.07
    }
  }
}

/// A piece of a lesion on the skin.
///
/// The unit is the lesion's radius, its middle is at 0.
enum Mark: Sendable {
  case disc(Point, radius: Float)
  case rim(radius: Float, width: Float)
  case stroke(Point, Point, width: Float)

  /// The distance of a place from the mark's edge, negative inside.
  func distance(_ p: Point) -> Float {
    switch self {
    case .disc(let centre, let radius):
      return length(p - centre) - radius
    case .rim(let radius, let width):
      return abs(length(p) - radius) - width / 2
    case .stroke(let a, let b, let width):
      let edge = b - a
      let way = p - a
      let square = edge.x * edge.x + edge.y * edge.y + 1e-6
      let along = min(max((way.x * edge.x + way.y * edge.y) / square, 0), 1)
      return length(way - edge * along) - width / 2
    }
  }

  private func length(_ p: Point) -> Float { (p.x * p.x + p.y * p.y).squareRoot() }
}

/// How one lesion deviates from its condition's mean: in part the patient's own way, in part chance.
struct LesionVariation {
  private var patient: Random
  private var lesion: Random
  private let individuality: Float
  private let variety: Float

  init(_ photograph: Photograph) {
    patient = Random(seed: photograph.constitution)
    var source = Random(seed: ~photograph.seed)
    lesion = source.split()
    individuality = photograph.individuality
    variety = photograph.variety
  }

  /// A number round the middle of a range.
  mutating func callAsFunction(_ low: Float, _ high: Float) -> Float {
    let deviation =
      individuality * (patient.uniform() - 0.5) + variety * (lesion.uniform() - 0.5)
    return (low + high) / 2 + (high - low) * min(max(deviation, -0.5), 0.5)
  }

  /// A direction that no condition and no patient prefers.
  mutating func direction() -> Turn { Turn(degrees: 360 * lesion.uniform()) }
}

extension Pathology {
  /// The marks of one lesion.
  func marks(_ variation: LesionVariation) -> [Mark] {
    var vary = variation
    switch self {
    case .plaque:
      return [.disc(.zero, radius: vary(0.6, 1))]
    case .ring:
      return [.rim(radius: vary(0.65, 0.95), width: vary(0.22, 0.42))]
    case .cluster:
      return Pathology.spots(&vary, count: Int(vary(4, 9)), away: 0...0.95)
    case .satellites:
      let heart = Mark.disc(.zero, radius: vary(0.38, 0.6))
      return [heart] + Pathology.spots(&vary, count: Int(vary(3, 7)), away: 0.75...1.1)
    case .target:
      return [
        .rim(radius: vary(0.7, 0.98), width: vary(0.2, 0.36)),
        .disc(.zero, radius: vary(0.22, 0.42)),
      ]
    case .streaks:
      let turn = vary.direction()
      let gap = vary(0.42, 0.62)
      let width = vary(0.16, 0.28)
      return (-1...1).map { place in
        let middle = Point(vary(-0.25, 0.25), Float(place) * gap)
        let half = Point(vary(0.55, 0.95), vary(-0.12, 0.12))
        return .stroke(turn.apply(middle - half), turn.apply(middle + half), width: width)
      }
    }
  }

  /// Spots in all directions; `away` is the range of their distances from the middle.
  private static func spots(
    _ vary: inout LesionVariation, count: Int, away: ClosedRange<Float>
  ) -> [Mark] {
    let radius = vary(0.16, 0.28)
    let start = vary.direction()
    return (0..<count).map { index in
      // Even steps round the circle, each missed a little, keep spots from hiding behind each other.
      let share = (Float(index) + vary(-0.35, 0.35)) / Float(count)
      let turn = Turn(degrees: 360 * share)
      // Every other one lies farther out.
      let reach = index % 2 == 0 ? vary(0.5, 1) : vary(0, 0.8)
      let distance = away.lowerBound + (away.upperBound - away.lowerBound) * reach
      let place = start.apply(turn.apply(Point(distance, 0)))
      return .disc(place, radius: radius * vary(0.7, 1.3))
    }
  }
}
