import CourseData
import Foundation
import TensorCore

/// Stories with a label, as bags of words.
struct StoryTopics {
  let name: String
  /// The words of each story, as places in a vocabulary.
  let stories: [[Int]]
  let labels: [Int]
  let classes: Int

  /// What became of the thing taken last: used up, given away, or left lying.
  static func fates(_ stories: [Story], _ corpus: WordCorpus) -> StoryTopics {
    let texts = StoryTasks.fates(of: stories)
    return StoryTopics(
      name: "fate",
      stories: texts.map { corpus.places(of: wordLines(of: $0.text).flatMap(\.self)) },
      labels: texts.map(\.label), classes: StoryTasks.fates.count)
  }

  /// What somebody in the story wanted first, the words for wants taken out.
  static func wants(_ stories: [Story], _ corpus: WordCorpus) -> StoryTopics {
    let names = StoryWorld.wants.map(\.name)
    let hidden = Set(names.compactMap(corpus.place))
    var (texts, labels): ([[Int]], [Int]) = ([], [])
    for story in stories {
      let felt = story.events.compactMap { event -> String? in
        if case .feels(_, let want) = event { want.name } else { nil }
      }
      guard let first = felt.first else { continue }
      texts.append(
        corpus.places(of: wordLines(of: story.text).flatMap(\.self)).filter { !hidden.contains($0) }
      )
      labels.append(names.firstIndex(of: first)!)
    }
    return StoryTopics(name: "first want", stories: texts, labels: labels, classes: names.count)
  }

  /// The share of the most frequent label.
  var majority: Double {
    let most = (0..<classes).map { label in labels.count { $0 == label } }.max() ?? 0
    return Double(most) / Double(max(1, labels.count))
  }

  /// Each story as the mean of its words' vectors, `[stories, width]`.
  func averaged(_ vectors: Variable) -> Variable {
    withoutGradient { matmul(bags(words: vectors.shape[0]), vectors) }
  }

  /// Each story as the shares of its words, `[stories, words]`.
  func bags(words: Int) -> Variable {
    var numbers = [Float](repeating: 0, count: stories.count * words)
    for (row, story) in stories.enumerated() {
      let share = 1 / Float(max(1, story.count))
      for word in story { numbers[row * words + word] += share }
    }
    return Variable(Tensor([stories.count, words], numbers))
  }
}

/// The test accuracy of a linear probe on a few labelled stories.
struct TopicProbe {
  let training: StoryTopics
  let test: StoryTopics

  /// Stories of two seeds that the vectors have not been learnt from.
  init(
    _ task: ([Story], WordCorpus) -> StoryTopics, _ corpus: WordCorpus, counts: (Int, Int),
    seed: UInt64
  ) {
    training = task(StoryWorld().stories(counts.0, seed: seed ^ 0x7A1E), corpus)
    test = task(StoryWorld().stories(counts.1, seed: seed ^ 0x7E57), corpus)
  }

  /// The features of all stories.
  func representation(_ features: (StoryTopics) -> Variable) -> Representation {
    Representation(training: features(training), test: features(test))
  }

  /// The accuracy on the test stories where the first `labels` training stories have a label.
  func accuracy(_ features: Representation, labels: Int) -> Double {
    features.probed(
      training.labels, test.labels, classes: training.classes,
      labelled: Array(0..<min(labels, training.labels.count)))
  }

  /// The accuracy of naive Bayes on the words themselves: counting, with one sighting of each word in
  /// each class added.
  func naiveBayesAccuracy(labels: Int, words: Int) -> Double {
    let classes = training.classes
    var seen = [[Double]](repeating: [Double](repeating: 1, count: words), count: classes)
    var stories = [Double](repeating: 1, count: classes)
    for (story, label) in zip(training.stories, training.labels).prefix(labels) {
      for word in story { seen[label][word] += 1 }
      stories[label] += 1
    }
    let logs = seen.map { row in
      let total = row.reduce(0, +)
      return row.map { log($0 / total) }
    }
    let guesses = test.stories.map { story in
      let scores = (0..<classes).map { label in
        story.reduce(log(stories[label])) { $0 + logs[label][$1] }
      }
      return scores.indices.max { scores[$0] < scores[$1] }!
    }
    return TensorCore.accuracy(guesses, test.labels)
  }
}
