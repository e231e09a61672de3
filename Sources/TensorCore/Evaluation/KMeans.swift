/// k-means (Lloyd 1982): k centres, each the mean of the points that are nearest to it.
///
/// ```swift
/// var clusters = KMeans(points, k: 10, random: &random)
/// while clusters.improve(points) {}
/// ```
public struct KMeans {
  /// The centres, `[k, coordinates]`.
  public private(set) var centres: Variable
  /// For each point the number of its centre.
  public private(set) var assignments: [Int]
  /// The mean squared distance between a point and its centre; it never rises.
  public private(set) var inertia: Float

  /// Chooses k points as the first centres, far apart from each other (k-means++, Arthur and
  /// Vassilvitskii 2007), and gives each point to the nearest.
  ///
  /// The first centre is drawn evenly; each next one with a probability proportional to the squared
  /// distance to the nearest centre so far.
  public init(_ points: Variable, k: Int, random: inout Random) {
    var centres = points.gather([random.integer(below: points.shape[0])])
    var distances = KMeans.squaredDistances(points, centres).value.numbers
    for _ in 1..<k {
      // Where all points sit on centres already, any point is as good as another.
      let isSpread = distances.contains { $0 > 0 }
      let next =
        isSpread ? random.index(weights: distances) : random.integer(below: points.shape[0])
      let centre = points.gather([next])
      centres = concatenate([centres, centre])
      let toNew = KMeans.squaredDistances(points, centre).value.numbers
      distances = zip(distances, toNew).map { min($0, $1) }
    }
    self.init(points, centres: centres)
  }

  /// Starts from given centres `[k, coordinates]`.
  public init(_ points: Variable, centres: Variable) {
    self.centres = centres
    (assignments, inertia) = KMeans.nearest(points, centres)
  }

  /// Moves each centre to the mean of its points, then each point to its nearest centre.
  ///
  /// A centre without points has no mean. It moves to the point that is farthest from its own centre,
  /// where it is of most use.
  ///
  /// - Returns: whether any point changed its centre.
  public mutating func improve(_ points: Variable) -> Bool {
    let old = assignments
    let k = centres.shape[0]
    var membership = Tensor([points.shape[0], k], fill: 0)
    for (point, centre) in assignments.enumerated() { membership[point, centre] = 1 }
    let counts = Variable(membership).sum(axis: 0).value.numbers
    let sums = matmul(Variable(membership), points, transposingA: true)  // [k, coordinates]
    centres = sums / Variable(Tensor([k, 1], counts.map { max(1, $0) }))
    for empty in 0..<k where counts[empty] == 0 { refill(empty, points) }
    (assignments, inertia) = KMeans.nearest(points, centres)
    return assignments != old
  }

  private mutating func refill(_ empty: Int, _ points: Variable) {
    let distances = KMeans.squaredDistances(points, centres).value
    let own = assignments.indices.map { distances[$0, assignments[$0]] }
    let farthest = own.indices.max { own[$0] < own[$1] } ?? 0
    let places = (0..<centres.shape[0]).map { $0 == empty ? centres.shape[0] : $0 }
    centres = concatenate([centres, points.gather([farthest])]).gather(places)
    assignments[farthest] = empty
  }

  /// Gives each point to its nearest centre.
  ///
  /// - Returns: the number of each point's centre, and the mean squared distance to it.
  public static func nearest(
    _ points: Variable, _ centres: Variable
  ) -> (assignments: [Int], inertia: Float) {
    let distances = squaredDistances(points, centres)
    let nearness = -distances
    return (
      nearness.value.indicesOfMaximum(), -nearness.maximum(axis: 1).mean().value.number
    )
  }

  /// Squared distances `[points, centres]`, as ‖p‖² − 2 p·c + ‖c‖²: one matrix product.
  static func squaredDistances(_ points: Variable, _ centres: Variable) -> Variable {
    let products = matmul(points, centres, transposingB: true)
    let ofPoints = square(points).sum(axis: 1, keepsAxis: true)
    let ofCentres = square(centres).sum(axis: 1)
    // Rounding can leave a distance of 0 a little below it.
    return relu(ofPoints - 2 * products + ofCentres)
  }
}
