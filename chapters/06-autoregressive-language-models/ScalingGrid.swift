import Foundation
import Notebook

/// Small models on small texts: how the loss falls with parameters, data and computation.
struct ScalingGrid {
  /// `byWidth[width]`, all with the whole text.
  let byWidth: [ScalingRun]
  /// `byData[part]`, all with the second-largest width.
  let byData: [ScalingRun]

  /// Trains every model.
  ///
  /// - Throws: `GradientNotFinite` where a run diverged.
  init(_ corpus: Corpus, widths: [Int], parts: [Int], steps: Int, seed: UInt64) throws {
    byWidth = try widths.map {
      try ScalingRun(width: $0, layers: 2, part: 1, corpus: corpus, steps: steps, seed: seed)
    }
    let middle = byWidth[widths.count - 2]
    let width = widths[widths.count - 2]
    byData =
      try parts.dropLast().map {
        try ScalingRun(width: width, layers: 2, part: $0, corpus: corpus, steps: steps, seed: seed)
      } + [middle]
  }

  /// α in loss ≈ c · parameters^−α.
  var parameterExponent: Double {
    fittedExponent(byWidth.map { Double($0.parameters) }, byWidth.map(\.loss))
  }

  /// What twice the parameters take off the loss, as a share of it, after the fitted line.
  var gainOfDoublingParameters: Double { 1 - pow(2, -parameterExponent) }

  /// What the second half of its steps took off the largest model's loss, as a share of it.
  var gainOfSecondHalf: Double {
    let curve = byWidth.last!.curve
    let half = curve.min {
      abs($0.compute - curve.last!.compute / 2) < abs($1.compute - curve.last!.compute / 2)
    }!
    return 1 - curve.last!.loss / half.loss
  }

  /// Whether every larger text gave a lower loss.
  var fallsWithData: Bool { zip(byData, byData.dropFirst()).allSatisfy { $0.loss > $1.loss } }

  /// The smallest text whose loss is above the least by no more than a share of it: a larger one is of
  /// little use.
  func enoughData(within share: Double = 0.02) -> ScalingRun {
    let least = byData.map(\.loss).min()!
    return byData.first { $0.loss <= (1 + share) * least }!
  }

  /// α in loss ≈ c · computation^−α, along the points that no cheaper point beats.
  var computeExponent: Double {
    var frontier: [(compute: Double, loss: Double)] = []
    for point in byWidth.flatMap(\.curve).sorted(by: { $0.compute < $1.compute })
    where point.loss < frontier.last?.loss ?? .infinity {
      frontier.append(point)
    }
    // One point has no slope: a run that never got better.
    if frontier.count < 2 { return 0 }
    return fittedExponent(frontier.map(\.compute), frontier.map(\.loss))
  }

  /// A row for each run.
  var table: Table {
    Table(
      "Each model's best validation loss",
      columns: [
        .number("weights in the blocks", decimals: 0), .number("tokens of text", decimals: 0),
        .number("nats per token", decimals: 3),
      ],
      rows: (byWidth + byData.dropLast()).map {
        [.number($0.parameters), .number($0.tokens), .number($0.loss)]
      })
  }

  /// Loss against computation, a line for each width.
  var curves: LinePlot {
    LinePlot(
      "Loss and computation", xLabel: "multiplications and additions, 6 · weights · tokens read",
      yLabel: "nats per token",
      series: byWidth.map { run in
        Series(
          "\(run.parameters) weights", x: run.curve.map(\.compute), y: run.curve.map(\.loss))
      }, xScale: .logarithmic, yScale: .logarithmic)
  }
}
