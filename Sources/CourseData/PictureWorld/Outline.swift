/// The outline of a part: what is inside, and how far a pixel is from the edge.
enum Outline: Sendable {
  /// An ellipse with its two radii; `axis` is the direction of the first, of length 1.
  case ellipse(Point, radii: Point, axis: Point)
  /// A convex polygon, its corners in order either way round.
  case polygon([Point])
  /// A line through points, with round ends.
  case stroke([Point], width: Float)

  /// The middle of an ellipse, or the mean of the points.
  var centre: Point {
    switch self {
    case .ellipse(let centre, _, _): centre
    case .polygon(let points), .stroke(let points, _):
      points.reduce(Point.zero, +) / Float(points.count)
    }
  }

  /// The corners of an upright box that holds the outline.
  var bounds: (low: Point, high: Point) {
    switch self {
    case .ellipse(let centre, let radii, let axis):
      let first = axis * radii.x
      let second = Point(-axis.y, axis.x) * radii.y
      let reach = (first * first + second * second).squareRoot()
      return (centre - reach, centre + reach)
    case .polygon(let points):
      return Outline.bounds(points, margin: 0)
    case .stroke(let points, let width):
      return Outline.bounds(points, margin: width / 2)
    }
  }

  private static func bounds(_ points: [Point], margin: Float) -> (low: Point, high: Point) {
    var low = points[0]
    var high = points[0]
    for point in points {
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
    return (low - margin, high + margin)
  }

  /// The distance of each pixel's centre in a row from the edge, negative inside, in pixels.
  ///
  /// It is exact near the edge, which is all that smooth edges need; the centre of pixel column c is at c + ½.
  func distances(y: Float, columns: Range<Int>, into row: UnsafeMutablePointer<Float>) {
    let start = Float(columns.lowerBound) + 0.5
    let count = columns.count
    switch self {
    case .ellipse(let centre, let radii, let axis):
      // With f(p) = |p / r| and g(p) = |p / r²|, f (f − 1) / g is the distance to first order.
      let dy = y - centre.y
      let inverse = 1 / radii
      for i in 0..<count {
        let dx = start + Float(i) - centre.x
        let u = (axis.x * dx + axis.y * dy) * inverse.x
        let v = (axis.x * dy - axis.y * dx) * inverse.y
        let f = (u * u + v * v).squareRoot()
        let a = u * inverse.x
        let b = v * inverse.y
        let g = (a * a + b * b).squareRoot()
        row[i] = f * (f - 1) / (g + 1e-6)
      }
    case .polygon(let corners):
      for i in 0..<count { row[i] = -1e6 }
      let inward = Outline.turnsClockwise(corners) ? Float(1) : -1
      for (index, corner) in corners.enumerated() {
        let next = corners[index + 1 == corners.count ? 0 : index + 1]
        let edge = next - corner
        let length = (edge.x * edge.x + edge.y * edge.y).squareRoot() + 1e-6
        let normal = Point(edge.y, -edge.x) * (inward / length)
        let offset = normal.y * (y - corner.y) - normal.x * corner.x
        for i in 0..<count {
          row[i] = max(row[i], normal.x * (start + Float(i)) + offset)
        }
      }
    case .stroke(let points, let width):
      for i in 0..<count { row[i] = 1e6 }
      for index in 1..<points.count {
        let a = points[index - 1]
        let edge = points[index] - a
        let dy = y - a.y
        let inverse = 1 / (edge.x * edge.x + edge.y * edge.y + 1e-6)
        for i in 0..<count {
          let dx = start + Float(i) - a.x
          let along = min(max((dx * edge.x + dy * edge.y) * inverse, 0), 1)
          let ox = dx - along * edge.x
          let oy = dy - along * edge.y
          row[i] = min(row[i], (ox * ox + oy * oy).squareRoot() - width / 2)
        }
      }
    }
  }

  /// Whether the corners run clockwise as seen with y pointing down.
  private static func turnsClockwise(_ corners: [Point]) -> Bool {
    var doubledArea: Float = 0
    for (index, corner) in corners.enumerated() {
      let next = corners[index + 1 == corners.count ? 0 : index + 1]
      doubledArea += corner.x * next.y - next.x * corner.y
    }
    return doubledArea > 0
  }
}
