import CourseData
import Notebook
import TensorCore
import Foundation

/// A sampler whose labels are not equally frequent, on pictures of which nothing can be learnt.
struct PriorStudy {
  /// One training: its losses, and what it reaches on new pictures.
  struct Outcome {
    let losses: [Double]
    let loss: Double
    let accuracy: Double
    let majority: Double
    let entropy: Double
  }

  /// The outcomes: evenly drawn labels, then all pairs of a grid.
  let outcomes: [(name: String, outcome: Outcome)]

  /// Trains on pure grain, with either sampler.
  init(steps: Int, seed: UInt64) {
    var random = Random(seed: seed, stream: 38)
    let side = 56
    func grain(_ count: Int) -> Pictures {
      let numbers = (0..<count * side * side * 3).map { _ in random.uniform() }
      return Pictures(
        height: side, width: side, channels: 3, pixels: numbers,
        labels: Array(repeating: 0, count: count), classNames: ["grain"])
    }
    let (training, test) = (grain(100), grain(100))
    let plan = LocalizationPlan(steps: steps, learningRate: 5e-4)
    typealias Sampler = (Pictures, Int, inout Random) -> [PatchPair]
    let samplers: [(String, Sampler)] = [
      ("one of eight, evenly", { plan.layout.pairs($1, of: $0, using: &$2) }),
      (
        "all pairs of 2 × 2",
        { pictures, count, random in
          let all = plan.layout.pairsOfGrid(rows: 2, columns: 2, of: pictures, using: &random)
          return (0..<count).map { _ in all[random.integer(below: all.count)] }
        }
      ),
    ]
    outcomes = samplers.map { name, sampler in
      let trained = Localization(training, plan, seed: seed, title: name) {
        sampler(training, $0, &$1)
      }
      let pairs = sampler(test, 2000, &random)
      let logits = trained.logits(test, pairs)
      let labels = pairs.map(\.label)
      let shares = (0..<8).map { label in
        Double(labels.count { $0 == label }) / Double(labels.count)
      }
      return (
        name,
        Outcome(
          losses: trained.losses,
          loss: Double(crossEntropy(Variable(logits), labels).value.number),
          accuracy: accuracy(logits.indicesOfMaximum(), labels), majority: shares.max()!,
          entropy: -shares.reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) })
      )
    }
  }

  /// A row for each sampler.
  var table: Table {
    Table(
      "Trained on grain, of which nothing can be learnt",
      columns: [
        .text("pairs"), .number("commonest label", decimals: 3),
        .number("entropy of the labels", decimals: 3), .number("loss", decimals: 3),
        .number("right", decimals: 3),
      ],
      rows: outcomes.map { name, outcome in
        [
          .text(name), .number(outcome.majority), .number(outcome.entropy),
          .number(outcome.loss), .number(outcome.accuracy),
        ]
      })
  }

  /// Both losses over the updates.
  var plot: LinePlot {
    let count = outcomes[0].outcome.losses.count
    let every = max(1, count / 30)
    return LinePlot(
      "The loss on grain, in nats", xLabel: "updates", yLabel: "loss",
      series: outcomes.map { name, outcome in
        Series(
          name,
          y: stride(from: 0, to: count, by: every).map { from in
            let some = outcome.losses[from..<min(count, from + every)]
            return some.reduce(0, +) / Double(some.count)
          }, every: every)
      }, references: [ReferenceLine("guessing, log 8", 2.0794415)])
  }
}
