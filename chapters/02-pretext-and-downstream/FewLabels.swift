import CourseData
import Notebook
import TensorCore

/// What a start is worth with few labels: for a task the curves of every way to use it.
struct FewLabels {
  /// How an encoder is used.
  enum Way: String, CaseIterable {
    /// The encoder stays as it is; a linear layer on it learns.
    case probe = "frozen probe"
    /// Encoder and linear layer learn.
    case tuned = "fine-tuned"
  }

  /// The tasks that labels are bought for.
  static let tasks: [DownstreamTask] = [.kind, .place, .again]
  /// The pretext tasks that a start may come from.
  static let starts: [Pretext] = [.autoencoder, .turns]
  /// The name of training without a start.
  static let scratch = "from scratch"

  /// The numbers of labels.
  let counts: [Int]
  private var curves: [DownstreamTask: [LearningCurve]] = [:]

  /// Learns every task in every way from every number of labels.
  ///
  /// - Parameters:
  ///   - counts: the numbers of labels: for `again` of pictures whose individual is known.
  ///   - sets: the pictures, one set for each seed.
  ///   - crowds: the individuals to judge `again` by.
  ///   - matrix: where the starts come from.
  ///   - plan: how fine-tuning and training from scratch are done, both alike.
  init(
    _ counts: [Int], _ sets: [PictureSet], _ crowds: [Crowd], _ matrix: PretextMatrix,
    plan: PretextPlan
  ) {
    self.counts = counts
    let cases = sets.indices.map { index in
      FewLabelsCase(
        set: sets[index], crowd: crowds[index], known: FewLabels.acquaintances(counts, sets[index]),
        plan: plan)
    }
    for task in FewLabels.tasks {
      var all: [LearningCurve] = []
      for way in Way.allCases {
        for start in FewLabels.starts {
          let encoders = matrix.trained(start).map(\.encoder)
          all.append(
            LearningCurve(
              "\(start.rawValue), \(way.rawValue)", at: counts, over: cases.indices.map { $0 }
            ) {
              cases[$0].score(task, way, encoders[$0], labels: $1)
            })
        }
      }
      all.append(
        LearningCurve(FewLabels.scratch, at: counts, over: cases.indices.map { $0 }) {
          index, labels in
          var random = Random(seed: sets[index].seed, stream: 20)
          return cases[index].score(task, .tuned, Encoder(using: &random), labels: labels)
        })
      curves[task] = all
    }
  }

  /// Other individuals than those to judge by, whose names can be bought.
  private static func acquaintances(_ counts: [Int], _ set: PictureSet) -> Crowd {
    Crowd(
      individuals: (counts.max() ?? 0) / 3, of: .manyFactors, seed: set.seed &+ 1_000_000)
  }

  /// The curve of a start in a way.
  func curve(_ task: DownstreamTask, _ start: Pretext, _ way: Way) -> LearningCurve {
    curves[task]!.first { $0.name == "\(start.rawValue), \(way.rawValue)" }!
  }

  /// The curve of training without a start.
  func scratch(_ task: DownstreamTask) -> LearningCurve { curves[task]![curves[task]!.count - 1] }

  /// The fewest labels from which on pre-training and fine-tuning no longer clearly beat training from
  /// scratch; nil where they do with all numbers that were tried.
  func notWorthIt(_ task: DownstreamTask, _ start: Pretext) -> Int? {
    let tuned = curve(task, start, .tuned)
    let worth = counts.map { tuned.lead(over: scratch(task), at: $0).isClear }
    let last = worth.lastIndex(of: true).map { $0 + 1 } ?? 0
    return last < counts.count ? counts[last] : nil
  }

  /// The scores of a task, a row for each way and a column for each number of labels.
  func table(_ task: DownstreamTask) -> Table {
    let measure = ["kind": "accuracy", "place": "R²"][task.rawValue] ?? "mean average precision"
    return LearningCurve.ladder(
      "\(task.rawValue), \(measure)", "start",
      columns: counts.map { NumberStyle.whole.text(Double($0)) },
      curves[task]!)
  }
}

/// What a seed needs to learn a task from few labels.
struct FewLabelsCase {
  /// The pictures.
  let set: PictureSet
  /// The individuals to judge by.
  let crowd: Crowd
  /// The individuals whose names can be bought.
  let known: Crowd
  /// How it is trained.
  let plan: PretextPlan

  /// The test score of a task learnt from an encoder, which stays as it is, in a way.
  func score(
    _ task: DownstreamTask, _ way: FewLabels.Way, _ encoder: Encoder, labels: Int
  ) -> Double {
    switch task {
    case .kind: kind(way, encoder, set.labelled(labels))
    case .place: place(way, encoder, Array(0..<labels))
    default: again(way, encoder, individuals: labels / known.sightings.each)
    }
  }

  private func kind(_ way: FewLabels.Way, _ encoder: Encoder, _ labelled: [Int]) -> Double {
    if way == .probe {
      let features = Representation(encoder, training: set.x.gather(labelled), test: set.testX)
      let flat = Representation(
        training: flattened(features.training), test: flattened(features.test))
      return flat.probed(set.labels(labelled), set.test.labels, classes: set.classes)
    }
    let predictor = Predictor(encoder.clone(), side: set.training.width, outputs: set.classes)
    tune(predictor, labelled.count) { batch, _ in
      let places = batch.map { labelled[$0] }
      return crossEntropy(predictor(set.x.gather(places)), set.labels(places))
    }
    return accuracy(frozen(predictor, set.testX).value.indicesOfMaximum(), set.test.labels)
  }

  private func place(_ way: FewLabels.Way, _ encoder: Encoder, _ labelled: [Int]) -> Double {
    guard let scenes = set.scenes else { return .nan }
    let truth = DownstreamTask.place.targets(scenes.training[0..<labelled.count])
    let testTruth = DownstreamTask.place.targets(scenes.test)
    if way == .probe {
      let probe = RidgeProbe(flattened(frozen(encoder, set.x.gather(labelled))), targets: truth)
      let r2 = determination(probe(flattened(frozen(encoder, set.testX))), testTruth)
      return r2.reduce(0, +) / Double(r2.count)
    }
    // Places are brought to mean 0 and deviation 1, which is what new weights expect.
    let y = Variable(truth)
    let mean = y.mean(axis: 0)
    let deviation = squareRoot(square(y - mean).mean(axis: 0))
    let predictor = Predictor(encoder.clone(), side: set.training.width, outputs: 2)
    tune(predictor, labelled.count) { batch, _ in
      meanSquaredError(
        predictor(set.x.gather(batch)), ((y.gather(batch) - mean) / deviation).value)
    }
    let guess = (frozen(predictor, set.testX) * deviation + mean).value
    let r2 = determination(guess, testTruth)
    return r2.reduce(0, +) / Double(r2.count)
  }

  /// Learns which pictures show the same individual, by pairs of sightings.
  private func again(_ way: FewLabels.Way, _ encoder: Encoder, individuals: Int) -> Double {
    var random = Random(seed: set.seed, stream: 22)
    let x = set.standardised(known.pictures)
    let own = encoder.clone()
    let side = (0..<3).reduce(set.training.width) { size, _ in (size + 1) / 2 }
    let head = Linear(side * side * Encoder.widths[2], 64, using: &random)
    let h = flattened(frozen(encoder, x))
    let model: Parts = way == .probe ? ["head": head] : ["encoder": own, "head": head]
    tune(model, individuals) { some, random in
      let pairs = some.map { individual in
        random.permutation(known.sightings.each).prefix(2).map { 3 * individual + $0 }
      }
      let places = pairs.map { $0[0] } + pairs.map { $0[1] }
      let seen = way == .probe ? h.gather(places) : flattened(own(x.gather(places)))
      return pairLoss(head(seen))
    }
    let used = way == .probe ? encoder : own
    return crowd.found(by: { head(flattened(frozen(used, $0))) }, set).meanAveragePrecision
  }

  /// Trains on batches of labelled examples, none of them twice in a batch.
  private func tune(
    _ model: some Module, _ count: Int, loss: ([Int], inout Random) -> Variable
  ) {
    var random = Random(seed: set.seed, stream: 23)
    let batch = min(32, count)
    fit(model.parameters, plan: plan, title: "\(count) labels, seed \(set.seed)") {
      loss(Array(random.permutation(count).prefix(batch)), &random)
    }
  }
}

/// The cross-entropy of finding the partner among a batch by the cosine, at a temperature of 0.1.
///
/// - Parameter h: the first pictures of all pairs, then the second ones, `[2n, width]`.
/// - Returns: the loss, a number.
func pairLoss(_ h: Variable) -> Variable {
  let n = h.shape[0] / 2
  let (a, b) = (h.sliced(axis: 0, 0..<n), h.sliced(axis: 0, n..<2 * n))
  let cosines = matmul(l2Normalised(a), l2Normalised(b), transposingB: true)  // [n, n]
  return crossEntropy(cosines / 0.1, Array(0..<n))
}
