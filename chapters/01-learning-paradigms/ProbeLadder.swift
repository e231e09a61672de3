import Notebook

/// Linear probes on features that cost no label, between chance and supervised training on everything.
struct ProbeLadder {
  /// Probes on the pixels, on an encoder with random weights, on one that learnt rotations.
  let pixels, random, rotations: LearningCurve
  /// Supervised training of the whole encoder with the same labels.
  let supervised: LearningCurve
  /// The same with all labels, which is its only number, and twice as many updates.
  let ceiling: LearningCurve

  /// What 100 labels buy on each rung.
  var plot: BarPlot {
    BarPlot(
      "What 100 labels buy", valueLabel: "test accuracy",
      bars: [
        Bar("chance", 0.1), Bar("raw pixels + linear", runs: pixels.at(100)),
        Bar("random encoder + linear", runs: random.at(100)),
        Bar("rotations + linear", runs: rotations.at(100)),
        Bar("supervised, 100 labels", runs: supervised.at(100)),
        Bar("supervised, all labels", runs: ceiling.at(ceiling.labels[0])),
      ], highlighted: "rotations + linear")
  }

  /// The probes by the number of labels.
  var table: Table {
    LearningCurve.table("Test accuracy of linear probes", [pixels, random, rotations])
  }
}
