import CourseData
import Notebook

/// What rewards teach with how many pictures to ask about, in every repetition.
struct RewardStudy {
  /// The test accuracy by the number of pictures.
  let accuracy: LearningCurve
  /// For each repetition the mean reward of every update, with 1,000 pictures.
  let rewards: [[Double]]

  /// Trains once for every set and number of pictures, 1,000 among them.
  init(
    _ name: String, at counts: [Int], over sets: [PictureSet],
    learn: (PictureSet, _ labels: Int) -> Reinforced
  ) {
    var rewards: [[Double]] = []
    accuracy = LearningCurve(name, at: counts, over: sets) { set, labels in
      let result = learn(set, labels)
      if labels == 1000 { rewards.append(result.rewards) }
      return result.classifier.testAccuracy(set)
    }
    self.rewards = rewards
  }

  /// How much chance moves results: the largest deviation over the seeds of some curves.
  static func spread(_ curves: [LearningCurve], at labels: Int) -> Double {
    curves.map { meanAndDeviation($0.at(labels)).deviation }.max() ?? 0
  }

  /// How the reward grows, with the baseline and without.
  static func plot(with baseline: RewardStudy, without: RewardStudy) -> LinePlot {
    LinePlot(
      "Mean reward while learning from 1,000 pictures", xLabel: "update", yLabel: "reward",
      series: [
        smoothed("with baseline", baseline.rewards, pieces: 25),
        smoothed("without", without.rewards, pieces: 25),
      ], references: [ReferenceLine("chance", 0.1)], yRange: 0...1)
  }
}
