import CourseData
import Notebook
import TensorCore

/// The gradient of one pair's loss, as a learner writes it.
struct PairGradient {
  let loss: Float
  /// Of the word in the middle, `[width]`.
  let center: [Float]
  /// Of its neighbour, `[width]`.
  let context: [Float]
  /// Of each negative, `[negatives][width]`.
  let negatives: [[Float]]
}

/// Word vectors trained by somebody else's gradient, pair by pair on plain arrays (`--mine`).
struct OwnWordVectors {
  private(set) var input: [[Float]]
  private(set) var output: [[Float]]
  let settings: WordVectorSettings
  let corpus: WordCorpus

  /// Before training: as `WordVectors` begins, from the same seed.
  init(_ corpus: WordCorpus, _ settings: WordVectorSettings, seed: UInt64) {
    (self.corpus, self.settings) = (corpus, settings)
    input = Variable(WordVectors(corpus, settings, seed: seed).input).rows
    output = input.map { $0.map { _ in 0 } }
  }

  /// Trains on the whole text.
  ///
  /// - Parameters:
  ///   - seed: of windows and noise.
  ///   - gradient: the loss and the gradient of a pair; nil where there is none that can be used.
  /// - Returns: whether it could be used to the end.
  mutating func train(
    seed: UInt64,
    by gradient: (_ center: [Float], _ context: [Float], _ negatives: [[Float]]) -> PairGradient?
  ) -> Bool {
    var random = Random(seed: seed)
    let noise = NoiseDistribution(counts: corpus.counts, power: settings.smoothing)
    let total = Double(settings.epochs * corpus.count)
    var read = 0
    for _ in 0..<settings.epochs {
      for sentence in corpus.sentences {
        let rate = settings.learningRate(done: Double(read) / total)
        for at in sentence.indices {
          let reach = 1 + random.integer(below: settings.window)
          for other in max(0, at - reach)...min(sentence.count - 1, at + reach) where other != at {
            let neighbour = sentence[other]
            let drawn = (0..<settings.negatives).map { _ in noise.draw(using: &random) }
              .filter { $0 != neighbour }
            guard
              let step = gradient(
                input[sentence[at]], output[neighbour], drawn.map { output[$0] })
            else { return false }
            input[sentence[at]].subtract(step.center, times: rate)
            output[neighbour].subtract(step.context, times: rate)
            for (row, change) in zip(drawn, step.negatives) {
              output[row].subtract(change, times: rate)
            }
          }
        }
        read += sentence.count
      }
    }
    return true
  }

  /// The tables, `[words, width]`.
  var tables: (input: Tensor, output: Tensor) {
    let shape = [input.count, settings.width]
    return (Tensor(shape, Array(input.joined())), Tensor(shape, Array(output.joined())))
  }
}

/// What somebody's gradient makes of a few stories, beside the course's own training.
///
/// - Parameters:
///   - stories: how many.
///   - seed: of stories and training.
///   - gradient: the loss and the gradient of a pair; nil where there is none that can be used.
/// - Returns: the losses before and after, in one text; nil where the gradient could not be used.
/// - Throws: `DataError`, which stories never do.
func trainingByOwnGradient(
  stories: Int = 40, seed: UInt64,
  _ gradient: (_ center: [Float], _ context: [Float], _ negatives: [[Float]]) -> PairGradient?
) throws(DataError) -> Note? {
  let corpus = try WordTexts.stories(stories, seed: seed)
  let settings = WordVectorSettings(width: 10, epochs: 2, learningRate: 0.1)
  let objective = NegativeSamplingObjective(
    PairCounts(corpus, window: settings.window), noise: NoiseDistribution(counts: corpus.counts),
    settings)
  func loss(_ tables: (input: Tensor, output: Tensor)) -> String {
    NumberStyle.decimals(3).text(objective.loss(input: tables.input, output: tables.output))
  }
  var own = OwnWordVectors(corpus, settings, seed: seed)
  let before = loss(own.tables)
  guard own.train(seed: seed, by: gradient) else { return nil }
  let vectors = WordVectors(corpus, settings, seed: seed)
  vectors.train()
  return Note(
    "\(stories) stories, trained by your gradient",
    lines: [
      "The loss of a pair before training: \(before).",
      "After training by your gradient: \(loss(own.tables)).",
      "After the course's own training: \(loss((vectors.input, vectors.output))).",
    ])
}

extension Array<Float> {
  fileprivate mutating func subtract(_ step: [Float], times rate: Float) {
    for index in indices { self[index] -= rate * step[index] }
  }
}

extension Variable {
  /// The rows of a table, as arrays.
  fileprivate var rows: [[Float]] {
    let (numbers, width) = (value.numbers, shape[1])
    return (0..<shape[0]).map { Array(numbers[$0 * width..<($0 + 1) * width]) }
  }
}
