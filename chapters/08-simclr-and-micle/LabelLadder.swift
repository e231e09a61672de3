import CourseData
import Notebook
import TensorCore

/// What features are worth with few labels and with all: the baseline ladder.
struct LabelLadder {
  /// What stands on the ladder, from the ground up.
  enum Rung: String, CaseIterable {
    case pixels = "raw pixels + linear"
    case random = "random encoder + linear"
    case probe = "SimCLR + linear"
    case plain = "from scratch, crop and flip only"
    case scratch = "from scratch, SimCLR's distortions"
    case fineTuned = "SimCLR, fine-tuned"
  }

  /// The shares of the training pictures that have a label.
  static let shares = [0.01, 0.1, 1]

  /// Test accuracies, `runs[rung]![share]`, one for each seed.
  private var runs: [Rung: [[Double]]] = [:]

  /// Climbs once for each set.
  ///
  /// - Parameters:
  ///   - trials: the pre-trainings, one for each set.
  ///   - sets: the pictures.
  ///   - plan: how the last two rungs are trained, both in the same way. The one before sees its
  ///     pictures cropped and flipped only.
  /// - Throws: `ContrastiveError`.
  init(_ trials: [Trial], _ sets: [PictureSet], plan: FineTuningPlan) throws {
    for rung in Rung.allCases { runs[rung] = Self.shares.map { _ in [] } }
    for (trial, set) in zip(trials, sets) {
      var random = Random(seed: set.seed, stream: 1)
      let fresh = ResidualEncoder(
        channels: set.training.channels, width: trial.model.encoder.width / 4, using: &random)
      let pixels = Representation(pixelsOf: set.training, set.test)
      let untrained = Representation(fresh, set.training, set.test)
      for (at, share) in Self.shares.enumerated() {
        let labelled = set.training[set.labelled(share)]
        func learnt(
          from encoder: ResidualEncoder, _ plan: FineTuningPlan, _ title: String
        ) throws -> Double {
          let title = "\(title), \(labelled.count) labels"
          return try fineTune(encoder, on: labelled, plan: plan, seed: set.seed, title: title)
            .accuracy(on: set.test)
        }
        runs[.pixels]![at].append(pixels.probed(set, share: share))
        runs[.random]![at].append(untrained.probed(set, share: share))
        runs[.probe]![at].append(trial.h.probed(set, share: share))
        runs[.scratch]![at].append(try learnt(from: fresh, plan, "Supervised"))
        runs[.plain]![at].append(
          try learnt(from: fresh, plan.croppingOnly, "Supervised, crop and flip"))
        runs[.fineTuned]![at].append(
          try learnt(from: trial.model.encoder, plan, "Fine-tuning"))
      }
    }
  }

  /// The accuracies of all seeds.
  func at(_ rung: Rung, _ share: Double) -> [Double] {
    runs[rung]![Self.shares.firstIndex(of: share)!]
  }

  /// The mean accuracy over the seeds.
  func mean(_ rung: Rung, _ share: Double) -> Double { meanAndDeviation(at(rung, share)).mean }

  /// A row for each rung and a column for each share of labels.
  func table(classes: Int) -> Table {
    let chance = 1 / Double(classes)
    return Table(
      "Test accuracy by the share of labels",
      columns: [.text("")] + ["1 %", "10 %", "100 %"].map { .number($0, decimals: 2) },
      rows: [["chance"] + Self.shares.map { _ in .number(chance) }]
        + Rung.allCases.map { rung in
          [.text(rung.rawValue)] + runs[rung]!.map { .mean(of: $0) }
        })
  }
}
