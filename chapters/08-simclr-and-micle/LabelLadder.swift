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

  private let curves: [Rung: LearningCurve]

  /// Climbs once for each set.
  ///
  /// - Parameters:
  ///   - trials: the pre-trainings, one for each set.
  ///   - sets: the pictures.
  ///   - plan: how the last two rungs are trained, both in the same way. The one before sees its
  ///     pictures cropped and flipped only.
  /// - Throws: `ContrastiveError`.
  init(_ trials: [Trial], _ sets: [PictureSet], plan: FineTuningPlan) throws {
    var runs = Rung.allCases.reduce(into: [Rung: [[Double]]]()) { $0[$1] = [] }
    for (trial, set) in zip(trials, sets) {
      var random = Random(seed: set.seed, stream: 1)
      let fresh = ResidualEncoder(
        channels: set.training.channels, width: trial.model.encoder.width / 4, using: &random)
      let pixels = Representation(pixelsOf: set.training, set.test)
      let untrained = Representation(fresh, set.training, set.test)
      for rung in Rung.allCases { runs[rung]!.append([]) }
      func note(_ rung: Rung, _ accuracy: Double) {
        runs[rung]![runs[rung]!.count - 1].append(accuracy)
      }
      for share in Self.shares {
        let labelled = set.training[set.labelled(share: share)]
        func learnt(
          from encoder: ResidualEncoder, _ plan: FineTuningPlan, _ title: String
        ) throws -> Double {
          let title = "\(title), \(labelled.count) labels"
          return try fineTune(encoder, on: labelled, plan: plan, seed: set.seed, title: title)
            .accuracy(on: set.test)
        }
        note(.pixels, pixels.probed(set, share: share))
        note(.random, untrained.probed(set, share: share))
        note(.probe, trial.h.probed(set, share: share))
        note(.scratch, try learnt(from: fresh, plan, "Supervised"))
        note(
          .plain,
          try learnt(from: fresh, plan.croppingOnly, "Supervised, crop and flip"))
        note(
          .fineTuned,
          try learnt(from: trial.model.encoder, plan, "Fine-tuning"))
      }
    }
    curves = runs.reduce(into: [:]) { curves, rung in
      curves[rung.key] = LearningCurve(rung.key.rawValue, at: Self.shares, runs: rung.value)
    }
  }

  /// The accuracies of all seeds.
  func at(_ rung: Rung, _ share: Double) -> [Double] { curves[rung]!.at(share) }

  /// The mean accuracy over the seeds.
  func mean(_ rung: Rung, _ share: Double) -> Double { curves[rung]!.mean(share) }

  /// A row for each rung and a column for each share of labels.
  func table(classes: Int) -> Table {
    LearningCurve.ladder(
      "Test accuracy by the share of labels", columns: ["1 %", "10 %", "100 %"],
      chance: 1 / Double(classes), Rung.allCases.map { curves[$0]! })
  }
}
