import CourseData
import Notebook
import TensorCore

/// The pictures of a repetition, as this chapter uses them.
struct Photographed {
  /// The pictures.
  let set: PictureSet
  /// What they were seen through.
  var lens = Lens()

  /// Training pictures as the lens shows them.
  var training: Pictures { lens.seen(set.training) }
  /// Test pictures as the lens shows them.
  var test: Pictures { lens.seen(set.test) }
}

/// How well the place of a patch is told, on pictures that were not trained on.
struct Judged {
  /// The pairs that were asked about.
  let pairs: [PatchPair]
  /// What was said of each.
  let answers: [Int]
  /// The probability of the answer.
  let sureness: [Float]

  /// Asks a trained network about pairs of pictures.
  init(_ trained: Localization, _ pictures: Pictures, count: Int, seed: UInt64) {
    var random = Random(seed: seed, stream: 33)
    pairs = trained.plan.layout.pairs(count, of: pictures, using: &random)
    let probabilities = softmax(Variable(trained.logits(pictures, pairs))).value.numbersByRow
    answers = probabilities.map { row in row.indices.max { row[$0] < row[$1] }! }
    sureness = zip(probabilities, answers).map { $0[$1] }
  }

  /// The share of right answers.
  var accuracy: Double { TensorCore.accuracy(answers, pairs.map(\.label)) }

  /// The share of the commonest label: what is reached by always saying it.
  var majority: Double {
    let counts = (0..<PatchLayout.neighbours).map { label in pairs.count { $0.label == label } }
    return Double(counts.max()!) / Double(pairs.count)
  }

  /// The share of right answers among some of the pairs; nil where there are none.
  func accuracy(where isMeant: (PatchPair) -> Bool) -> Double? {
    let meant = pairs.indices.filter { isMeant(pairs[$0]) }
    if meant.isEmpty { return nil }
    return Double(meant.count { answers[$0] == pairs[$0].label }) / Double(meant.count)
  }
}

/// Tells a pair's label from the pixels at the border alone, without learning anything.
///
/// For each of the eight places it compares the two borders that would face each other, and takes the place
/// where they are most alike, by the mean squared difference.
func borderGuess(_ first: [Float], _ second: [Float], size: Int) -> Int {
  func pixel(_ patch: [Float], _ y: Int, _ x: Int, _ channel: Int) -> Float {
    patch[(y * size + x) * 3 + channel]
  }
  func difference(_ label: Int) -> Float {
    let (down, across) = PatchLayout.direction(label)
    // A straight neighbour shares a side, a diagonal one a corner.
    let along = down == 0 || across == 0 ? Array(0..<size) : [0]
    var sum: Float = 0
    for at in along {
      let y = (down == 0 ? at : down < 0 ? 0 : size - 1, down == 0 ? at : down < 0 ? size - 1 : 0)
      let x = (
        across == 0 ? at : across < 0 ? 0 : size - 1,
        across == 0 ? at : across < 0 ? size - 1 : 0
      )
      for channel in 0..<3 {
        let d = pixel(first, y.0, x.0, channel) - pixel(second, y.1, x.1, channel)
        sum += d * d
      }
    }
    return sum / Float(along.count)
  }
  let differences = (0..<PatchLayout.neighbours).map(difference)
  return differences.indices.min { differences[$0] < differences[$1] }!
}

/// The chapter's pretext task, once for each repetition.
struct PretextStudy {
  /// The trained networks.
  let trained: [Localization]
  /// What they say of test pictures.
  let judged: [Judged]
  private let borders: [Double]
  private let sets: [PictureSet]

  /// Trains on each set.
  init(_ sets: [PictureSet], _ plan: LocalizationPlan, pairs: Int) {
    self.sets = sets
    trained = sets.map {
      Localization($0.training, plan, seed: $0.seed, title: "Where? Seed \($0.seed)")
    }
    judged = zip(trained, sets).map {
      Judged($0, $1.test, count: pairs, seed: $1.seed)
    }
    borders = zip(judged, sets).map { judged, set in
      let size = plan.layout.size
      let some = judged.pairs.prefix(1000)
      let firsts = set.test.patches(at: some.map(\.middle), size: size)
      let seconds = set.test.patches(at: some.map(\.neighbour), size: size)
      let one = size * size * 3
      let (a, b) = (firsts.numbers, seconds.numbers)
      let right = some.indices.count { index in
        let range = index * one..<(index + 1) * one
        return borderGuess(Array(a[range]), Array(b[range]), size: size) == some[index].label
      }
      return Double(right) / Double(some.count)
    }
  }

  /// A row for each way to answer.
  var table: Table {
    Table(
      "Which of the eight neighbours is it?",
      columns: [.text("answered by"), .number("right", decimals: 3)],
      rows: [
        [.text("chance"), .number(1.0 / 8)],
        [.text("the commonest label"), .mean(of: judged.map(\.majority))],
        [.text("the most similar border"), .mean(of: borders)],
        [.text("the network"), .mean(of: judged.map(\.accuracy))],
      ])
  }

  /// The means of accuracy and border guessing.
  var accuracies: [Double] { judged.map(\.accuracy) }
  /// The share that comparing borders gets right, one for each repetition.
  var accuraciesOfBorders: [Double] { borders }

  /// What training on the pairs of another sampler comes to, beside the chapter's own (`--mine`).
  ///
  /// - Parameters:
  ///   - sampler: draws pairs of pictures; nil where it has none that can be used.
  ///   - plan: how both are trained.
  ///   - pairs: how many test pairs, drawn by the chapter's sampler, both are asked about.
  /// - Returns: a row for each; nil where the sampler failed.
  func beside(
    _ sampler: @escaping (Pictures, Int, inout Random) -> [PatchPair]?, _ plan: LocalizationPlan,
    pairs: Int
  ) -> Table? {
    let set = sets[0]
    var hasFailed = false
    let trained = [true, false].map { isOwn in
      Localization(
        set.training, plan, seed: set.seed, title: isOwn ? "Your pairs" : "The chapter's pairs"
      ) { count, random in
        if isOwn, let drawn = sampler(set.training, count, &random) { return drawn }
        if isOwn { hasFailed = true }
        return plan.layout.pairs(count, of: set.training, using: &random)
      }
    }
    if hasFailed { return nil }
    let right = trained.map { Judged($0, set.test, count: pairs, seed: set.seed).accuracy }
    return Table(
      "Trained for \(plan.steps) updates",
      columns: [.text("pairs"), .number("right", decimals: 3)],
      rows: [[.text("yours"), .number(right[0])], [.text("the chapter's"), .number(right[1])]])
  }

  /// The loss over the updates, in means of some of them.
  var lossPlot: LinePlot {
    let every = max(1, trained[0].losses.count / 40)
    return LinePlot(
      "The loss, in nats", xLabel: "updates", yLabel: "loss",
      series: [
        Series(
          "training",
          y: stride(from: 0, to: trained[0].losses.count, by: every).map { from in
            let some = trained[0].losses[from..<min(from + every, trained[0].losses.count)]
            return some.reduce(0, +) / Double(some.count)
          }, every: every)
      ], references: [ReferenceLine("guessing, log 8", 2.0794415)])
  }

  /// Which place is taken for which, in shares of the true place.
  var confusion: Heatmap {
    let names = PlaceName.all
    let all = judged.flatMap { zip($0.pairs, $0.answers).map { ($0.label, $1) } }
    let counts = (0..<8).map { label in
      (0..<8).map { answer in all.count { $0 == (label, answer) } }
    }
    return Heatmap(
      "What is said of each place",
      values: counts.map { row in
        row.map { Double($0) / Double(max(1, row.reduce(0, +))) }
      }, rowLabels: names, columnLabels: names, rowsAre: "the place", columnsAre: "the answer",
      showsValues: true)
  }

  /// How well places are told by what the two patches show, where the world knows it.
  var decided: Table? {
    guard sets[0].scenes != nil else { return nil }
    let kinds: [(String, (Bool, Bool) -> Bool)] = [
      ("a part of the thing in both", { $0 && $1 }), ("in one of them", { $0 != $1 }),
      ("in neither", { !$0 && !$1 }),
    ]
    let size = trained[0].plan.layout.size
    func rows(_ isMeant: @escaping (Bool, Bool) -> Bool) -> (share: [Double], right: [Double]) {
      var (share, right): ([Double], [Double]) = ([], [])
      for (judged, set) in zip(judged, sets) {
        let known = PartMap(set.scenes!.test, side: set.test.width)
        let meant = { (pair: PatchPair) in
          isMeant(
            known.part(pair.middle, size: size) != nil,
            known.part(pair.neighbour, size: size) != nil)
        }
        share.append(Double(judged.pairs.count(where: meant)) / Double(judged.pairs.count))
        if let accuracy = judged.accuracy(where: meant) { right.append(accuracy) }
      }
      return (share, right)
    }
    return Table(
      "What the two patches show",
      columns: [
        .text("the centre of"), .number("share of pairs", decimals: 2),
        .number("right", decimals: 2),
      ],
      rows: kinds.map { name, isMeant in
        let row = rows(isMeant)
        return [
          .text(name), .mean(of: row.share), row.right.isEmpty ? .empty : .mean(of: row.right),
        ]
      })
  }

  /// How often the network is right when it is that sure.
  var sureness: Table {
    let edges: [(String, ClosedRange<Float>)] = [
      ("below 0.3", 0...0.3), ("0.3 to 0.6", 0.3...0.6), ("0.6 to 0.9", 0.6...0.9),
      ("above 0.9", 0.9...1),
    ]
    return Table(
      "How sure it is, and how often right",
      columns: [
        .text("probability of the answer"), .number("share of pairs", decimals: 2),
        .number("right", decimals: 2),
      ],
      rows: edges.map { name, range in
        let shares = judged.map { judged -> (Double, Double?) in
          let some = judged.pairs.indices.filter { range.contains(judged.sureness[$0]) }
          let right = some.count { judged.answers[$0] == judged.pairs[$0].label }
          return (
            Double(some.count) / Double(judged.pairs.count),
            some.isEmpty ? nil : Double(right) / Double(some.count)
          )
        }
        let right = shares.compactMap(\.1)
        return [
          .text(name), .mean(of: shares.map(\.0)), right.isEmpty ? .empty : .mean(of: right),
        ]
      })
  }
}

/// What the eight places are called.
enum PlaceName {
  static let all = [
    "above left", "above", "above right", "left", "right", "below left", "below", "below right",
  ]
}

/// Which part of a thing a patch shows.
struct PartMap {
  private let parts: [[(name: String, x: Float, y: Float)]]
  private let kinds: [String]

  /// Knows the parts of scenes whose pictures have `side` pixels.
  init(_ scenes: [Scene], side: Int) {
    kinds = scenes.map(\.thing.name)
    parts = scenes.map { scene in
      scene.parts.map { ($0.name, $0.x * Float(side), $0.y * Float(side)) }
    }
  }

  /// The kind and the part whose centre lies in a patch, the one nearest to its middle; nil for none.
  func part(_ place: PatchPlace, size: Int) -> String? {
    let (x, y) = (Float(place.left) + Float(size) / 2, Float(place.top) + Float(size) / 2)
    let inside = parts[place.picture].filter {
      max(abs($0.x - x), abs($0.y - y)) <= Float(size) / 2
    }
    let nearest = inside.min { a, b in
      (a.x - x) * (a.x - x) + (a.y - y) * (a.y - y) < (b.x - x) * (b.x - x) + (b.y - y) * (b.y - y)
    }
    return nearest.map { "\(kinds[place.picture]), \($0.name)" }
  }
}
