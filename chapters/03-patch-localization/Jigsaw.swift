import CourseData
import Notebook
import TensorCore

/// The jigsaw puzzle of Noroozi and Favaro (2016): nine patches in one of a few orders, which is to be told.
struct Jigsaw {
  /// The orders, each a permutation of the nine places.
  let orders: [[Int]]

  /// In how many places two orders differ.
  static func distance(_ a: [Int], _ b: [Int]) -> Int { zip(a, b).count { $0 != $1 } }

  /// The mean distance between two of the orders.
  var meanDistance: Double {
    var (sum, pairs) = (0, 0)
    for i in orders.indices {
      for j in orders.indices.prefix(i) {
        sum += Jigsaw.distance(orders[i], orders[j])
        pairs += 1
      }
    }
    return Double(sum) / Double(max(1, pairs))
  }

  /// Orders that are far apart: each next one is the farthest, of many drawn, from those that are there.
  static func far(_ count: Int, using random: inout Random) -> Jigsaw {
    var orders = [random.permutation(9)]
    while orders.count < count {
      let drawn = (0..<200).map { _ in random.permutation(9) }
      let nearest = drawn.map { order in orders.map { distance($0, order) }.min()! }
      orders.append(drawn[drawn.indices.max { nearest[$0] < nearest[$1] }!])
    }
    return Jigsaw(orders: orders)
  }

  /// Orders that are near each other: the first with two places exchanged, each time two others.
  static func near(_ count: Int, using random: inout Random) -> Jigsaw {
    let first = random.permutation(9)
    var orders = [first]
    while orders.count < count {
      var next = first
      next.swapAt(random.integer(below: 9), random.integer(below: 9))
      if !orders.contains(next) { orders.append(next) }
    }
    return Jigsaw(orders: orders)
  }

  /// The nine places of a picture, each moved by its own jitter, row by row.
  static func places(
    _ layout: PatchLayout, of pictures: Pictures, using random: inout Random
  ) -> [PatchPlace] {
    let picture = random.integer(below: pictures.count)
    let top = random.integer(below: pictures.height - layout.extent + 1)
    let left = random.integer(below: pictures.width - layout.extent + 1)
    return (0..<9).map { cell in
      PatchPlace(
        picture: picture,
        top: top + cell / 3 * (layout.size + layout.gap)
          + random.integer(below: 2 * layout.jitter + 1),
        left: left + cell % 3 * (layout.size + layout.gap)
          + random.integer(below: 2 * layout.jitter + 1))
    }
  }

  /// One training: how many puzzles are solved, and what the tower is worth.
  struct Outcome {
    let solved: Double
    let kind: Double
  }

  /// Trains a tower on puzzles; as many patches go through it as with pairs.
  func outcome(
    _ set: PictureSet, _ plan: LocalizationPlan, labels: Int, title: String
  ) -> Outcome {
    var random = Random(seed: set.seed, stream: 39)
    let network = PairNetwork(
      patch: plan.layout.size, patches: 9, classes: orders.count, using: &random)
    func batch(_ pictures: Pictures, _ count: Int, isTraining: Bool, _ random: inout Random)
      -> (logits: Variable, answers: [Int])
    {
      let answers = (0..<count).map { _ in random.integer(below: orders.count) }
      let nine = (0..<count).map { _ in
        Jigsaw.places(plan.layout, of: pictures, using: &random)
      }
      // All patches that lie first, then all that lie second, …
      let places = (0..<9).flatMap { slot in
        (0..<count).map { nine[$0][orders[answers[$0]][slot]] }
      }
      let patches = seenPatches(pictures, places, plan, isTraining: isTraining, using: &random)
      let h = network.tower(patches)
      let features = (0..<9).map { h.sliced(axis: 0, $0 * count..<($0 + 1) * count) }
      return (network.fused(features), answers)
    }
    let puzzles = max(2, 2 * plan.batch / 9)
    descend(network.parameters, steps: plan.steps, rate: plan.learningRate, title: title) {
      let (logits, answers) = batch(set.training, puzzles, isTraining: true, &random)
      return crossEntropy(logits, answers)
    }
    network.setTraining(false)
    let solved = network.evaluating {
      let (logits, answers) = batch(set.test, 200, isTraining: false, &random)
      return accuracy(logits.value.indicesOfMaximum(), answers)
    }
    let kinds =
      set.sharesClasses
      ? kindProbe(network.tower, Photographed(set: set), labels: labels) : .nan
    return Outcome(solved: solved, kind: kinds)
  }
}

/// Puzzles of orders that are far apart, and near each other, beside patch localization.
struct JigsawStudy {
  static let far = "far apart"
  static let near = "near each other"
  /// The outcomes.
  let comparison: Comparison<Jigsaw.Outcome>
  private let distances: [Double]

  /// Trains both on every set.
  init(_ sets: [PictureSet], _ plan: LocalizationPlan, orders: Int, labels: Int) {
    var random = Random(seed: 3, stream: 40)
    let both = [
      (JigsawStudy.far, Jigsaw.far(orders, using: &random)),
      (JigsawStudy.near, Jigsaw.near(orders, using: &random)),
    ]
    distances = both.map(\.1.meanDistance)
    comparison = Comparison(both, over: sets) { name, jigsaw, set in
      jigsaw.outcome(set, plan, labels: labels, title: "\(name), seed \(set.seed)")
    }
  }

  /// A row for each choice of orders.
  var table: Table {
    Table(
      "Puzzles of nine patches",
      columns: [
        .text("orders"), .number("places that differ", decimals: 1),
        .number("solved", decimals: 3), .number("kind", decimals: 3),
      ],
      rows: comparison.names.enumerated().map { index, name in
        let kinds = comparison.values(of: name) { $0.kind }
        return [
          .text(name), .number(distances[index]),
          .mean(of: comparison.values(of: name) { $0.solved }),
          kinds.contains { $0.isNaN } ? .empty : .mean(of: kinds),
        ]
      })
  }
}
