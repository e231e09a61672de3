import TensorCore

/// What clusters are called: each gets the label that most of its labelled points carry.
struct ClusterNames {
  /// The label of each cluster; nil for one that holds no labelled point.
  let names: [Int?]
  /// The most frequent label of all, for clusters without a name.
  let fallback: Int

  /// Names the clusters 0 ..< `clusters` by a vote of the labelled points; of equal votes the lower
  /// label wins.
  init(clusters: Int, assignments: [Int], labels: [Int]) {
    names = (0..<clusters).map { cluster in
      let votes = zip(assignments, labels).filter { $0.0 == cluster }.map(\.1)
      return ClusterNames.mostFrequent(votes)
    }
    fallback = ClusterNames.mostFrequent(labels) ?? 0
  }

  /// The labels of points, from their clusters.
  func labels(_ assignments: [Int]) -> [Int] { assignments.map { names[$0] ?? fallback } }

  /// The element that comes most often, the lowest of several; nil for none.
  static func mostFrequent(_ labels: [Int]) -> Int? {
    let counts = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }

  /// Purity: the share of points that carry the most frequent true label of their cluster.
  ///
  /// It says how good clusters could be as classes if an oracle named them. One cluster for each point
  /// would have purity 1, so it compares only clusterings of the same number.
  static func purity(clusters: Int, assignments: [Int], labels: [Int]) -> Double {
    let names = ClusterNames(clusters: clusters, assignments: assignments, labels: labels)
    return accuracy(names.labels(assignments), labels)
  }
}
