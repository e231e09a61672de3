import CourseData
import Notebook

/// What pseudo-labels do with how many labels, in every repetition.
struct PseudoLabelStudy {
  /// The test accuracy by the number of labels.
  let accuracy: LearningCurve
  /// By the number of labels, for each repetition what the training came to.
  private let results: [Int: [PseudoLabelled]]

  /// Trains once for every set and number of labels.
  init(
    _ name: String, at counts: [Int], over sets: [PictureSet],
    learn: (PictureSet, _ labels: Int) -> PseudoLabelled
  ) {
    var results: [Int: [PseudoLabelled]] = [:]
    accuracy = LearningCurve(name, at: counts, over: sets) { set, labels in
      let result = learn(set, labels)
      results[labels, default: []].append(result)
      return result.classifier.testAccuracy(set)
    }
    self.results = results
  }

  /// For each repetition the share of the commonest pseudo-label at the end.
  func largestShares(_ labels: Int) -> [Double] { results[labels, default: []].map(\.largestShare) }

  /// The share of pseudo-labels that are right, as training goes on.
  private func rightness(_ name: String, _ labels: Int) -> Series {
    smoothed(name, results[labels, default: []].map(\.rightness), pieces: 25)
  }

  /// How many pseudo-labels are right with 300 labels, with the ramp and without.
  static func plot(with ramp: PseudoLabelStudy, without: PseudoLabelStudy) -> LinePlot {
    LinePlot(
      "How many pseudo-labels are right, 300 labels", xLabel: "update", yLabel: "share right",
      series: [ramp.rightness("with the ramp", 300), without.rightness("without", 300)],
      references: [ReferenceLine("chance", 0.1)], yRange: 0...1)
  }

  /// Accuracies and commonest pseudo-labels; a row for each number of labels tried without the ramp.
  static func table(
    _ supervised: LearningCurve, with ramp: PseudoLabelStudy, without: PseudoLabelStudy
  ) -> Table {
    Table(
      "Test accuracy, and the share of the commonest pseudo-label at the end",
      columns: [.text("labels")]
        + ["supervised", "with ramp", "without", "commonest, ramp", "commonest, without"].map {
          .number($0, decimals: 2)
        },
      rows: without.accuracy.labels.map { Int($0) }.map { labels in
        [
          .text("\(labels)"), .mean(of: supervised.at(labels)),
          .mean(of: ramp.accuracy.at(labels)), .mean(of: without.accuracy.at(labels)),
          .mean(of: ramp.largestShares(labels)), .mean(of: without.largestShares(labels)),
        ]
      })
  }
}
