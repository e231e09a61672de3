import CourseData
import Notebook
import TensorCore

/// A labelled task about stories, in the form that a fine-tuned model reads.
struct TransferTask {
  let name: String
  /// How many outputs the head has: the classes, or 1 where each choice gets one score.
  let outputs: Int
  let training: [Question]
  let test: [Question]
  /// How many questions a step reads.
  let batch: Int

  /// The share of the test's most frequent answer, which needs no model.
  var majority: Double {
    let counts = Dictionary(grouping: test, by: \.answer).mapValues(\.count)
    return Double(counts.values.max() ?? 0) / Double(max(1, test.count))
  }

  /// The three tasks, from stories that the pre-training has not seen.
  ///
  /// - Parameters:
  ///   - tokenizer: the pre-trained model's.
  ///   - form: how questions become sequences.
  ///   - counts: how many questions there are to learn from, and to be tested on.
  ///   - seed: decides the stories and the questions.
  /// - Returns: classification, entailment, multiple choice.
  static func all(
    _ tokenizer: BytePairTokenizer, form: InputForm, counts: (training: Int, test: Int),
    seed: UInt64
  ) -> [TransferTask] {
    // Some stories make no question: twice as many are enough.
    let stories = StoryWorld().stories(
      2 * (counts.training + counts.test), seed: seed ^ 0x1ABE_1000_0000)
    func task(_ name: String, outputs: Int, batch: Int, _ questions: [Question]) -> TransferTask {
      TransferTask(
        name: name, outputs: outputs,
        training: Array(questions.dropFirst(counts.test).prefix(counts.training)),
        test: Array(questions.prefix(counts.test)), batch: batch)
    }
    return [
      task(
        "classification", outputs: StoryTasks.fates.count, batch: 16,
        StoryTasks.fates(of: stories).map {
          form.classification(tokenizer.encode($0.text), answer: $0.label)
        }),
      task(
        "entailment", outputs: 2, batch: 16,
        StoryTasks.entailment(from: stories, seed: seed).map {
          form.entailment(
            tokenizer.encode($0.premise), tokenizer.encode(" " + $0.hypothesis),
            answer: $0.isEntailed ? 1 : 0)
        }),
      task(
        "multiple choice", outputs: 1, batch: 8,
        StoryTasks.continuations(of: stories, seed: seed).map {
          form.multipleChoice(
            tokenizer.encode($0.context), $0.choices.map { tokenizer.encode(" " + $0) },
            answer: $0.answer)
        }),
    ]
  }
}

/// One way to begin and to train, and its accuracies: scratch or pre-trained, with or without L₁.
struct TransferResult {
  let isPretrained: Bool
  let lambda: Float
  let task: String
  let labels: Int
  /// One accuracy for each seed.
  var accuracies: [Double] = []

  var name: String {
    (isPretrained ? "pre-trained" : "from scratch") + (lambda > 0 ? ", with L₁" : "")
  }
}

/// Fine-tunes on every task with every number of labels, in all four ways.
///
/// - Parameters:
///   - model: the pre-trained model; a fresh one of its sizes is the start from scratch.
///   - tasks: for each seed the tasks.
///   - labels: the numbers of labelled questions.
///   - steps: how long each is trained.
/// - Returns: a result for each way, task and number of labels.
/// - Throws: `GradientNotFinite` where a run diverged.
func transfer(
  _ model: GPT, _ tasks: [(seed: UInt64, tasks: [TransferTask])], labels: [Int], steps: Int
) throws -> [TransferResult] {
  let ways: [(Bool, Float)] = [(false, 0), (false, 0.5), (true, 0), (true, 0.5)]
  var progress = Progress(
    "Fine-tuning", total: tasks.count * tasks[0].tasks.count * labels.count * ways.count,
    unit: "runs")
  var results: [TransferResult] = []
  for number in tasks[0].tasks.indices {
    for count in labels {
      for (isPretrained, lambda) in ways {
        var result = TransferResult(
          isPretrained: isPretrained, lambda: lambda, task: tasks[0].tasks[number].name,
          labels: count)
        for (seed, tasks) in tasks {
          let task = tasks[number]
          var random = Random(seed: seed)
          let start = isPretrained ? model : GPT(model.sizes, using: &random)
          let tuned = FineTuned(start, classes: task.outputs, using: &random)
          try tuned.train(
            on: Array(task.training.prefix(count)), batch: task.batch, steps: steps,
            learningRate: 2e-3, lambda: lambda, seed: seed)
          result.accuracies.append(tuned.accuracy(task.test))
          progress.advance()
        }
        results.append(result)
      }
    }
  }
  progress.finish()
  return results
}

// MARK: Untuned

/// A question's texts without their marks: the first, and the second of each sequence.
private func texts(_ question: Question, _ form: InputForm) -> (first: [Int], second: [[Int]]) {
  let parts = question.sequences.map {
    $0.dropFirst().dropLast().split(separator: form.delimiter, maxSplits: 1)
  }
  // A line's end opens a story.
  return ([Corpus.endOfLine] + parts[0][0], parts.map { Array($0[1]) })
}

/// How often the sentence that the model finds likeliest is the one that came next, untuned.
func likeliestChoice(_ model: GPT, _ task: TransferTask, form: InputForm) -> Double {
  let right = task.test.count { question in
    let (story, choices) = texts(question, form)
    let scores = model.logProbabilities(of: choices, after: story)
    return scores.indices.max { scores[$0] < scores[$1] } == question.answer
  }
  return Double(right) / Double(task.test.count)
}

/// How often a bound on log P of a statement after its story tells true ones from false, untuned.
///
/// The labelled questions choose the bound, and nothing else.
func boundedTruth(_ model: GPT, _ task: TransferTask, form: InputForm) -> Double {
  func scores(_ questions: [Question]) -> [(score: Double, isTrue: Bool)] {
    questions.map {
      let (story, statement) = texts($0, form)
      return (model.logProbabilities(of: statement, after: story)[0], $0.answer == 1)
    }
  }
  func right(_ scores: [(score: Double, isTrue: Bool)], _ bound: Double) -> Int {
    scores.count { ($0.score >= bound) == $0.isTrue }
  }
  let known = scores(task.training)
  let bound = known.map(\.score).max { right(known, $0) < right(known, $1) }!
  return Double(right(scores(task.test), bound)) / Double(task.test.count)
}
