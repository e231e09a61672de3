import CourseData
import Notebook
import TensorCore

/// The unsupervised teacher on one set of features: k-means on them and on their principal components.
struct Clustering {
  /// The test pictures' cluster numbers come from here.
  private let features: Representation
  private let components: PrincipalComponents
  private let centres: Variable
  private let assignments: [Int]
  /// The mean squared distance to the nearest centre in the components, before and after each round.
  let inertias: [Float]
  /// The purity of the clusters of the components.
  let purity: Double
  /// The purity of as many clusters of the features themselves.
  let purityOfPixels: Double
  /// The purity of as many heaps onto which the pictures are drawn by lot.
  let purityByLot: Double

  /// Clusters the training pictures, with as many clusters as there are classes.
  init(_ features: Representation, _ set: PictureSet, components count: Int, mine: Mine? = nil) {
    var random = Random(seed: set.seed)
    self.features = features
    components = PrincipalComponents(features.training, count: count, using: &random)
    let points = components(features.training)
    var clusters = KMeans(points, k: set.classes, random: &random)
    let own = mine?.clustered(points, from: clusters)
    var inertias = [clusters.inertia]
    while clusters.improve(points), inertias.count < 100 { inertias.append(clusters.inertia) }
    self.inertias = inertias
    centres = clusters.centres
    assignments = own ?? clusters.assignments
    purity = ClusterNames.purity(
      clusters: set.classes, assignments: assignments, labels: set.training.labels)

    var ofPixels = KMeans(features.training, k: set.classes, random: &random)
    for _ in 0..<100 where !ofPixels.improve(features.training) { break }
    purityOfPixels = ClusterNames.purity(
      clusters: set.classes, assignments: ofPixels.assignments, labels: set.training.labels)

    var lots = Random(seed: set.seed, stream: 1)
    purityByLot = ClusterNames.purity(
      clusters: set.classes,
      assignments: set.training.labels.map { _ in lots.integer(below: set.classes) },
      labels: set.training.labels)
  }

  /// How pure the clusters are, beside heaps that know nothing: the mean over several sets.
  static func purities(_ clusterings: [Clustering]) -> Table {
    Table(
      "Purity of ten clusters", columns: [.text("points"), .number("purity", decimals: 3)],
      rows: [
        ["pixels", .mean(of: clusterings.map(\.purityOfPixels))],
        ["16 principal components", .mean(of: clusterings.map(\.purity))],
        ["drawn by lot", .mean(of: clusterings.map(\.purityByLot))],
      ])
  }

  /// The share of the variance that lies along the first `count` components.
  func share(of count: Int) -> Float {
    components.variances.prefix(count).reduce(0, +) / components.totalVariance
  }

  /// How closely the first component follows the brightness of the pictures: their correlation.
  func correlationWithBrightness() -> Float {
    let first = components(features.training).sliced(axis: 1, 0..<1)
    let brightness = features.training.mean(axis: 1, keepsAxis: true)
    let (a, b) = (first - first.mean(), brightness - brightness.mean())
    let product = (a * b).mean() / squareRoot(square(a).mean() * square(b).mean())
    return abs(product.value.number)
  }

  /// The test accuracy when each cluster takes the name that most of its labelled pictures have.
  func testAccuracy(_ set: PictureSet, labels count: Int) -> Double {
    let labelled = set.labelled(count)
    let names = ClusterNames(
      clusters: set.classes, assignments: labelled.map { assignments[$0] },
      labels: set.labels(labelled))
    let nearest = KMeans.nearest(components(features.test), centres)
    return accuracy(names.labels(nearest.assignments), set.test.labels)
  }

  /// Some training pictures in the plane of the first two components, coloured by their true class.
  func plane(_ set: PictureSet, points count: Int) -> ScatterPlot {
    let some = Array(0..<min(count, set.training.count))
    let coordinates = components(features.training.gather(some)).value
    return ScatterPlot(
      "Pictures along their two first principal components", xLabel: "first component",
      yLabel: "second component", points: some.map { [coordinates[$0, 0], coordinates[$0, 1]] },
      memberOf: set.labels(some), classNames: set.training.classNames)
  }
}
