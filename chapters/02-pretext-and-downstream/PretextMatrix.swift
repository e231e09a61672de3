import CourseData
import Notebook
import TensorCore

/// What one row of the matrix came to with one seed.
struct PretextTrial {
  /// The trained encoder; nil for the pixels themselves.
  let trained: PretextTrained?
  /// What its features are worth.
  let scores: DownstreamScores
}

/// Every pretext task against every downstream task.
struct PretextMatrix {
  /// The name of the row that needs no encoder.
  static let pixels = "raw pixels"

  /// The rows, each with one trial for each seed.
  let comparison: Comparison<PretextTrial>
  private let chance: (recallAtOne: Double, meanAveragePrecision: Double)
  private let classes: Int

  /// Trains every pretext task on every set and asks what came of it.
  ///
  /// - Parameters:
  ///   - sets: the pictures, one set for each seed.
  ///   - crowds: the individuals to be found again, one crowd for each set.
  ///   - plan: how all of them are trained.
  ///   - labels: how many training pictures the probes learn from.
  init(_ sets: [PictureSet], _ crowds: [Crowd], plan: PretextPlan, labels: Int) {
    let rows: [(String, Pretext?)] =
      [(PretextMatrix.pixels, nil)] + Pretext.allCases.map { ($0.rawValue, $0) }
    comparison = Comparison(rows, over: Array(zip(sets, crowds))) { _, pretext, repetition in
      let (set, crowd) = repetition
      let trained = pretext.map { learn($0, set, plan: plan) }
      // Pixels as means of four, which leaves a probe on them about as many numbers as on a map.
      let features = { (x: Variable) in trained?.features(x) ?? flattened(averagePool(x, size: 2)) }
      return PretextTrial(
        trained: trained, scores: DownstreamScores(features, set, crowd, labels: labels))
    }
    chance = crowds[0].chance
    classes = sets[0].classes
  }

  /// The scores of a pretext for a task, one for each seed.
  func scores(_ pretext: Pretext, _ task: DownstreamTask) -> [Double] {
    comparison.values(of: pretext.rawValue) { $0.scores[task] }
  }

  /// The encoders of a pretext, one for each seed.
  func trained(_ pretext: Pretext) -> [PretextTrained] {
    comparison.trials[comparison.names.firstIndex(of: pretext.rawValue)!].compactMap(\.trained)
  }

  /// How much more a row is worth for a task than the random encoder, seed by seed.
  func gain(_ name: String, _ task: DownstreamTask) -> PairedDifference {
    comparison.lead(of: name, over: Pretext.nothing.rawValue) { $0.scores[task] }
  }

  /// How much more a pretext is worth for a task than another one.
  func lead(_ first: Pretext, over second: Pretext, _ task: DownstreamTask) -> PairedDifference {
    comparison.lead(of: first.rawValue, over: second.rawValue) { $0.scores[task] }
  }

  /// The self-supervised pretext with the best mean for a task.
  func best(_ task: DownstreamTask) -> Pretext {
    let taught: [Pretext] = [.nothing, .supervised]
    return Pretext.allCases.filter { !taught.contains($0) }
      .max { mean($0, task) < mean($1, task) }!
  }

  /// The mean score of a pretext for a task.
  func mean(_ pretext: Pretext, _ task: DownstreamTask) -> Double {
    meanAndDeviation(scores(pretext, task)).mean
  }

  /// The scores, a row for each representation.
  var table: Table {
    let guessing: [Table.Cell] =
      [.text("chance"), .number(1 / Double(classes))]
      + DownstreamTask.allCases.dropFirst().map { task in
        .number(task == .again ? chance.meanAveragePrecision : 0)
      } + [.number(chance.recallAtOne)]
    let measures = DownstreamTask.allCases.map { task in
      (name: task.rawValue, decimals: 2, measure: { (trial: PretextTrial) in trial.scores[task] })
    }
    var table = comparison.table(
      "What frozen features are worth", "pretext",
      measures + [(name: "again, first", decimals: 2, measure: { $0.scores.recallAtOne })])
    table.rows.insert(guessing, at: 0)
    return table
  }

  /// The rows but for the random encoder, which is what they are compared with.
  private var rowsOfGains: [String] {
    comparison.names.filter { $0 != Pretext.nothing.rawValue }
  }

  /// The gains over the random encoder, as a picture.
  var heatmap: Heatmap {
    Heatmap(
      "Gain over a random encoder",
      values: rowsOfGains.map { name in DownstreamTask.allCases.map { gain(name, $0).mean } },
      rowLabels: rowsOfGains, columnLabels: DownstreamTask.allCases.map(\.rawValue),
      rowsAre: "pretext", columnsAre: "downstream task", showsValues: true)
  }

  /// The gains with their deviations over the seeds.
  var tableOfGains: Table {
    Table(
      "The same gains with their spread",
      columns: [.text("pretext")]
        + DownstreamTask.allCases.map { .number($0.rawValue, decimals: 2) },
      rows: rowsOfGains.map { name in
        [.text(name)]
          + DownstreamTask.allCases.map { task in
            let gain = gain(name, task)
            return .number(gain.mean, spread: gain.runs > 1 ? gain.deviation : nil)
          }
      })
  }
}

extension PictureWorld {
  /// The chapter's world: everything that a downstream task asks for varies, and little else.
  static var manyFactors: PictureWorld {
    var factors = PictureFactors.plain(scale: 0.6...0.9)
    factors.rotation = -25...25
    factors.clutter = 0...0.34
    return PictureWorld(size: 24, factors: factors)
  }
}
