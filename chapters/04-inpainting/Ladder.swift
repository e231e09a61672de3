import CourseData
import Notebook
import TensorCore

/// The kind of the thing from few labels, by everything that an encoder may have learnt before.
struct Ladder {
  /// The starts, in the order of the tables.
  enum Start: String, CaseIterable {
    case random
    case autoencoder = "autoencoder, no hole"
    case turns
    case centre = "inpainting, the middle"
    case blocks = "inpainting, blocks"
    case region = "inpainting, regions"
    case supervised
  }

  private(set) var frozen: [LearningCurve] = []
  private(set) var tuned: [LearningCurve] = []
  private let counts: [Int]
  private let starts: [Start]
  private var seconds: [Start: Double] = [:]

  /// Trains the starts and judges all of them.
  init(
    _ starts: [Start], _ counts: [Int], _ sets: [PictureSet], steps: Int, tuning: Int
  ) throws(InpaintingError) {
    self.counts = counts
    self.starts = starts
    let seen = sets.map { (training: scaled($0.training.tensor()), test: scaled($0.test.tensor())) }
    var encoders: [Start: [Encoder]] = [:]
    for start in starts {
      let clock = ContinuousClock.now
      var made: [Encoder] = []
      for (index, set) in sets.enumerated() {
        made.append(try Ladder.encoder(start, set, seen[index].training, steps))
      }
      encoders[start] = made
      seconds[start] = clock.duration(to: .now) / .seconds(1) / Double(sets.count)
    }
    let all = Array(sets.indices)
    func probed(_ features: [Variable], _ index: Int, _ labels: Int) -> Double {
      let some = sets[index].labelled(labels)
      return Representation(training: features[0].gather(some), test: features[1]).probed(
        sets[index].labels(some), sets[index].test.labels, classes: sets[index].classes)
    }
    let pixels = seen.map { ends in
      [ends.training, ends.test].map { averagePool($0, size: 4).reshaped([$0.shape[0], -1]) }
    }
    frozen = [LearningCurve("pixels", at: counts, over: all) { probed(pixels[$0], $0, $1) }]
    for start in starts {
      let features = all.map { index in
        [seen[index].training, seen[index].test].map {
          quartered(TensorCore.frozen(encoders[start]![index], $0))
        }
      }
      frozen.append(
        LearningCurve(start.rawValue, at: counts, over: all) { probed(features[$0], $0, $1) })
      if start == .supervised { continue }
      var runs: [[Double]] = []
      for (index, set) in sets.enumerated() {
        var run: [Double] = []
        for labels in counts {
          run.append(
            try Ladder.tuned(
              encoders[start]![index], set, seen[index], labels: labels, steps: tuning,
              title: "\(labels) labels from \(start.rawValue)"))
        }
        runs.append(run)
      }
      tuned.append(LearningCurve(start.rawValue, at: counts, runs: runs))
    }
  }

  /// An encoder that has learnt what the start says.
  private static func encoder(
    _ start: Start, _ set: PictureSet, _ x: Variable, _ steps: Int
  ) throws(InpaintingError) -> Encoder {
    func painter(_ hole: Hole?) throws(InpaintingError) -> Encoder {
      try Masked(
        set.training, hole: hole, steps: steps, seed: set.seed,
        title: "\(start.rawValue), seed \(set.seed)"
      ).network.encoder
    }
    switch start {
    case .autoencoder: return try painter(nil)
    case .centre: return try painter(.centre)
    case .blocks: return try painter(.blocks)
    case .region: return try painter(.region)
    case .random, .turns, .supervised: break
    }
    var random = Random(seed: set.seed, stream: 44)
    let encoder = Encoder(width: 32, using: &random)
    if start == .random { return encoder }
    let isTurns = start == .turns
    let model = Classifier(encoder, outputs: isTurns ? 4 : set.classes)
    let upwards = Array((0..<x.shape[1]).reversed())
    try descend(
      model.parameters, steps: steps, rate: 2e-3, title: "\(start.rawValue), seed \(set.seed)"
    ) {
      if isTurns {
        var positions = [x.gather((0..<8).map { _ in random.integer(below: set.training.count) })]
        for _ in 1..<4 {
          let last = positions[positions.count - 1]
          positions.append(last.transposed(0, 2, 1, 3).gather(upwards, axis: 1))
        }
        return crossEntropy(model(concatenate(positions)), (0..<32).map { $0 / 8 })
      }
      let batch = (0..<32).map { _ in random.integer(below: set.training.count) }
      return crossEntropy(model(x.gather(batch)), batch.map { set.training.labels[$0] })
    }
    encoder.setTraining(false)
    return encoder
  }

  /// The test accuracy after all weights were trained on some labels.
  private static func tuned(
    _ encoder: Encoder, _ set: PictureSet, _ seen: (training: Variable, test: Variable),
    labels: Int, steps: Int, title: String
  ) throws(InpaintingError) -> Double {
    let some = set.labelled(labels)
    var random = Random(seed: set.seed, stream: 48)
    let model = Classifier(encoder.clone(), outputs: set.classes)
    model.setTraining(true)
    let (truth, x) = (set.labels(some), seen.training.gather(some))
    try descend(model.parameters, steps: steps, rate: 2e-3, title: title) {
      let batch = (0..<32).map { _ in random.integer(below: some.count) }
      return crossEntropy(model(x.gather(batch)), batch.map { truth[$0] })
    }
    return accuracy(
      TensorCore.frozen(model, seen.test).value.indicesOfMaximum(), set.test.labels)
  }

  /// Whether a start was tried.
  func has(_ start: Start) -> Bool { starts.contains(start) }

  /// How much better one start is than another.
  func lead(
    _ first: Start, over second: Start, at labels: Int, tuned isTuned: Bool = false
  ) -> PairedDifference {
    curve(first, isTuned).lead(over: curve(second, isTuned), at: labels)
  }

  /// The mean accuracy of a start.
  func mean(_ start: Start, at labels: Int, tuned isTuned: Bool = false) -> Double {
    curve(start, isTuned).mean(labels)
  }

  private func curve(_ start: Start, _ isTuned: Bool) -> LearningCurve {
    (isTuned ? tuned : frozen).first { $0.name == start.rawValue }!
  }

  /// What each start took.
  var costs: Table {
    Table(
      "What the starts took", columns: [.text("start"), .number("seconds", decimals: 1)],
      rows: starts.filter { $0 != .random }.map { [.text($0.rawValue), .number(seconds[$0]!)] })
  }

  /// The tables: frozen, and fine-tuned.
  var tables: [Table] {
    let columns = counts.map { NumberStyle.whole.text(Double($0)) }
    return [
      LearningCurve.ladder("Kinds by a linear probe, frozen", "start", columns: columns, frozen),
      LearningCurve.ladder("Kinds after fine-tuning", "start", columns: columns, tuned),
    ]
  }
}
