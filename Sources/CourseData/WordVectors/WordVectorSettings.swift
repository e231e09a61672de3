/// How word vectors are trained; the standard settings are those of word2vec.c where nothing else is
/// said.
public struct WordVectorSettings: Sendable {
  /// What is predicted from what.
  public enum Task: Sendable {
    /// Each neighbour from the word in the middle.
    case skipGram
    /// The word in the middle from the mean of its neighbours.
    case cbow
  }

  /// What is predicted from what.
  public var task: Task
  /// The length of a vector.
  public var width: Int
  /// The farthest neighbour; how far a window really reaches is drawn anew at each word, 1 to this.
  public var window: Int
  /// How many words are drawn as noise beside each true one: k.
  public var negatives: Int
  /// How often the text is read.
  public var epochs: Int
  /// The learning rate at the start; it falls along a line to nearly nothing.
  public var learningRate: Float
  /// Words more frequent than about this share of the text are thinned out: t; nil keeps all.
  public var threshold: Double?
  /// The power of the counts by which noise is drawn.
  public var smoothing: Double
  /// Whether a negative that is the true neighbour itself is dropped, as in word2vec.c; others draw on.
  public var dropsTrueNeighbours = true

  /// Makes settings; without a learning rate it is 0.025 for skip-gram, 0.05 for CBOW.
  public init(
    task: Task = .skipGram, width: Int = 100, window: Int = 5, negatives: Int = 5, epochs: Int = 5,
    learningRate: Float? = nil, threshold: Double? = nil, smoothing: Double = 0.75
  ) {
    for (name, value) in [
      ("width", width), ("window", window), ("negatives", negatives), ("epochs", epochs),
    ] where value < 1 {
      fatalError("WordVectorSettings: \(name) is \(value); it must be 1 or more")
    }
    (self.task, self.width, self.window, self.negatives) = (task, width, window, negatives)
    self.epochs = epochs
    self.learningRate = learningRate ?? (task == .skipGram ? 0.025 : 0.05)
    (self.threshold, self.smoothing) = (threshold, smoothing)
  }

  /// The probability of keeping a word that makes up the share `frequency` of the text.
  ///
  /// √(t/f) + t/f, as in word2vec.c; the paper's √(t/f) (Mikolov et al. 2013b, equation 5) keeps
  /// fewer.
  ///
  /// - Parameters:
  ///   - frequency: the share f, above 0.
  ///   - threshold: t.
  /// - Returns: 0…1.
  public static func keepProbability(frequency: Double, threshold: Double) -> Double {
    let ratio = threshold / frequency
    return min(1, ratio.squareRoot() + ratio)
  }

  /// How often a word at a distance is used as a neighbour, the window drawn evenly from 1 to
  /// `window`: (window − distance + 1) / window.
  public func weight(distance: Int) -> Double {
    (1...window).contains(distance) ? Double(window - distance + 1) / Double(window) : 0
  }

  /// The learning rate when some share of all reading is done: it falls along a line, to a
  /// ten-thousandth of the first.
  public func learningRate(done share: Double) -> Float {
    learningRate * Float(max(1e-4, 1 - share))
  }
}
