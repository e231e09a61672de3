import Notebook

/// All teachers side by side: how much each makes of a label.
struct Efficiency {
  let teachers: [LearningCurve]
  /// What supervised training reaches with all labels.
  let ceiling: LearningCurve

  /// Accuracy over labels, a line for each teacher.
  var plot: LinePlot {
    LinePlot(
      "Accuracy by number of labels, five teachers", xLabel: "labels", yLabel: "test accuracy",
      series: teachers.map(\.series), xScale: .logarithmic,
      references: [
        ReferenceLine("chance", 0.1),
        ReferenceLine("all labels", ceiling.mean(ceiling.labels[0])),
      ], yRange: 0...1)
  }

  /// The same numbers with their deviations.
  var table: Table {
    LearningCurve.table("Test accuracy, mean and spread over three seeds", teachers)
  }
}
