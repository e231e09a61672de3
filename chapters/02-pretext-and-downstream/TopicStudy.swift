import CourseData
import Notebook
import TensorCore

/// Stories classified with few labels by a linear probe on several kinds of features.
struct TopicStudy {
  /// The accuracy of one probe.
  struct Result {
    let task: String
    let features: String
    let labels: Int
    let seed: UInt64
    let accuracy: Double
  }

  static let tasks = ["fate", "first want"]
  static let bag = "bag of words"
  static let bayes = "bag of words, naive Bayes"

  let results: [Result]
  let majorities: [String: [Double]]
  let labels: [Int]
  private let features: [String]

  /// Probes each seed's vectors.
  ///
  /// - Parameters:
  ///   - trials: the vectors.
  ///   - labels: how many labelled stories a probe sees.
  ///   - counts: how many stories there are to learn from and to test on.
  init(_ trials: [WordTrial], labels: [Int], counts: (Int, Int)) {
    var results: [Result] = []
    var majorities: [String: [Double]] = [:]
    let named = [WordTrial.random, WordTrial.counts, WordTrial.skipGram, WordTrial.cbow]
    features = [Self.bag, Self.bayes] + named
    for trial in trials {
      for (task, make) in zip(Self.tasks, [StoryTopics.fates, StoryTopics.wants]) {
        let probe = TopicProbe(make, trial.corpus, counts: counts, seed: trial.seed)
        majorities[task, default: []].append(probe.test.majority)
        func add(_ name: String, _ accuracy: (Int) -> Double) {
          results += labels.map {
            Result(
              task: task, features: name, labels: $0, seed: trial.seed, accuracy: accuracy($0))
          }
        }
        let words = trial.corpus.words.count
        let bags = probe.representation { $0.bags(words: words) }
        add(Self.bag) { probe.accuracy(bags, labels: $0) }
        add(Self.bayes) { probe.naiveBayesAccuracy(labels: $0, words: words) }
        for name in named {
          let means = probe.representation { $0.averaged(trial.vectors(name)) }
          add(name) { probe.accuracy(means, labels: $0) }
        }
      }
    }
    (self.results, self.majorities, self.labels) = (results, majorities, labels)
  }

  /// The accuracies of one kind of features, one for each seed.
  func accuracies(task: String, features: String, labels: Int) -> [Double] {
    results.filter { $0.task == task && $0.features == features && $0.labels == labels }
      .map(\.accuracy)
  }

  /// A row for each task and each kind of features.
  var table: Table {
    Table(
      "Stories classified with few labels",
      columns: [.text("task"), .text("features")]
        + labels.map { .number("\($0) labels", decimals: 2) },
      rows: Self.tasks.flatMap { task in
        [[.text(task), "most frequent class"] + labels.map { _ in .mean(of: majorities[task]!) }]
          + features.map { name in
            [.text(task), .text(name)]
              + labels.map { .mean(of: accuracies(task: task, features: name, labels: $0)) }
          }
      })
  }
}
