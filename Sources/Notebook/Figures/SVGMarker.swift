/// The shapes that tell series apart without colour: the same ten as in a terminal.
enum SVGMarker {
  /// Whether a marker is drawn as an outline.
  static func isOpen(_ series: Int) -> Bool { (4..<8).contains(series % 10) }

  /// The outline of a marker around a place.
  static func path(_ series: Int, x: Double, y: Double, radius r: Double) -> String {
    func polygon(_ corners: [(Double, Double)]) -> String {
      "M" + corners.map { "\(text(x + $0.0 * r)) \(text(y + $0.1 * r))" }.joined(separator: "L")
        + "Z"
    }
    switch series % 10 {
    case 0, 4:
      return "M\(text(x - r)) \(text(y))a\(text(r)) \(text(r)) 0 1 0 \(text(2 * r)) 0"
        + "a\(text(r)) \(text(r)) 0 1 0 \(text(-2 * r)) 0Z"
    case 1, 5: return polygon([(0, -1.25), (1.15, 0.85), (-1.15, 0.85)])
    case 2, 6: return polygon([(-0.92, -0.92), (0.92, -0.92), (0.92, 0.92), (-0.92, 0.92)])
    case 3, 7: return polygon([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)])
    case 8:
      let a = 0.42
      return polygon([
        (-a, -1.2), (a, -1.2), (a, -a), (1.2, -a), (1.2, a), (a, a), (a, 1.2), (-a, 1.2), (-a, a),
        (-1.2, a), (-1.2, -a), (-a, -a),
      ])
    default:
      // A star of five points: outer radius 1.4, inner 0.55.
      return polygon([
        (0, -1.4), (0.323, -0.445), (1.331, -0.433), (0.523, 0.17), (0.823, 1.133), (0, 0.55),
        (-0.823, 1.133), (-0.523, 0.17), (-1.331, -0.433), (-0.323, -0.445),
      ])
    }
  }

  private static func text(_ value: Double) -> String { NumberText.trimmed(value, decimals: 2) }
}
