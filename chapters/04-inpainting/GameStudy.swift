import CourseData
import Foundation
import Notebook
import TensorCore

/// Games between painter and discriminator, step by step.
struct GameStudy {
  /// The games, each with what it is called.
  let games: [(name: String, game: Inpainting)]

  /// The joint loss as it was trained, and one whose discriminator learns ten times as fast and five times
  /// as often, for half as long.
  init(_ joint: Inpainting, _ pictures: Pictures, seed: UInt64) throws(InpaintingError) {
    var plan = joint.plan
    plan.judgesRate *= 10
    plan.lead /= 10
    plan.judgings = 5
    plan.steps = max(2, plan.steps / 2)
    let early = try Inpainting(pictures, plan, seed: seed, title: "A discriminator too fast")
    games = [("as trained", joint), ("a discriminator too fast", early)]
  }

  /// Both losses of a game.
  func losses(_ place: Int) -> LinePlot {
    let (name, game) = games[place]
    return plot(
      "Losses, \(name)", "nats",
      [
        series("discriminator", game) { $0.discriminator }, series("painter", game) { $0.painter },
      ], [ReferenceLine("log 4", 1.3862944)], range: 0...4)
  }

  /// What the discriminator names rightly, in both games.
  var rights: LinePlot {
    plot(
      "What the discriminator names rightly", "share",
      games.flatMap { name, game in
        [
          series("real, \(name)", game) { $0.real },
          series("painted, \(name)", game) { $0.painted },
        ]
      }, [ReferenceLine("guessing", 0.5)], range: 0...1)
  }

  /// The ends of both games, and what came of them.
  func table(_ set: PictureSet) -> Table {
    let truth = middle(set.test).value
    return Table(
      "The last quarter of the steps",
      columns: [
        .text("game"), .number("discriminator's loss", decimals: 2),
        .number("painter's loss", decimals: 2), .number("named rightly", decimals: 2),
        .number("slope of log(1 − D)", decimals: 3), .number("slope of −log D", decimals: 3),
        .number("L2, %", decimals: 2),
      ],
      rows: games.map { name, game in
        let last = game.steps.suffix(max(1, game.steps.count / 4))
        func mean(_ measure: (InpaintingStep) -> Double) -> Double {
          last.map(measure).reduce(0, +) / Double(last.count)
        }
        let errors = squaredErrors(game.holes(set.test), truth)
        // The painter's loss is −log D, so e^−loss is about what D says of a painted piece.
        let d = Foundation.exp(-mean { $0.painter })
        return [
          .text(name), .number(mean { $0.discriminator }), .number(mean { $0.painter }),
          .number(mean { ($0.real + $0.painted) / 2 }), .number(-d), .number(d - 1),
          .number(100 * errors.reduce(0, +) / Double(errors.count)),
        ]
      })
  }

  private func series(
    _ name: String, _ game: Inpainting, _ measure: (InpaintingStep) -> Double
  ) -> Series {
    let every = max(1, game.steps.count / 40)
    return Series(
      name,
      y: stride(from: 0, to: game.steps.count, by: every).map { from in
        let some = game.steps[from..<min(from + every, game.steps.count)]
        return some.map(measure).reduce(0, +) / Double(some.count)
      }, every: every)
  }

  private func plot(
    _ title: String, _ unit: String, _ series: [Series], _ references: [ReferenceLine],
    range: ClosedRange<Double>
  ) -> LinePlot {
    LinePlot(
      title, xLabel: "updates", yLabel: unit, series: series, references: references,
      yRange: range)
  }
}
