import CourseData
import Notebook
import TensorCore

/// A probe on an encoder that was called frozen, and whose batch norm went on learning.
///
/// Its weights do not move. But in training mode batch norm uses each batch's own mean and deviation and
/// lets its averages drift towards the new pictures: the features adapt, without a label and unnoticed.
struct BatchStatistics {
  /// How the encoder stands while the probe learns and is judged.
  enum Mode: String, CaseIterable {
    /// In evaluation mode throughout: frozen.
    case frozen = "evaluation mode"
    /// In training mode while the probe learns, in evaluation mode when it is judged.
    case drifted = "training mode for the probe"
    /// In training mode also when it is judged, on pictures that come sorted by their class.
    case sorted = "and for tests in order of class"
  }

  /// The encoders that are looked at.
  static let starts: [Pretext] = [.nothing, .autoencoder, .turns, .supervised]
  /// For each encoder and repetition, the accuracy in each mode.
  let comparison: Comparison<[Mode: Double]>

  /// Probes encoders in all modes on other pictures, one kind for each seed.
  init(_ matrix: PretextMatrix, _ others: [OtherPictures]) {
    comparison = Comparison(
      BatchStatistics.starts.map { ($0.rawValue, matrix.trained($0)) },
      over: Array(others.enumerated())
    ) { _, trained, repetition in
      let (seed, other) = repetition
      return Mode.allCases.reduce(into: [:]) { scores, mode in
        scores[mode] = BatchStatistics.accuracy(trained[seed], mode, other)
      }
    }
  }

  private static func accuracy(
    _ trained: PretextTrained, _ mode: Mode, _ other: OtherPictures
  ) -> Double {
    let inOrder = Array(0..<other.testX.shape[0])
    if mode == .frozen {
      let features = Representation(
        training: trained.features(other.x), test: trained.features(other.testX))
      return other.probed(features, order: inOrder)
    }
    let encoder = trained.encoder.clone()
    encoder.setTraining(true)
    // As many passes as let the averages forget the old pictures: 0.9 per batch.
    var training = other.x
    for _ in 0..<3 { training = inBatches(encoder, other.x) }
    let order = mode == .sorted ? other.sortedTest : inOrder
    let ordered = other.testX.gather(order)
    let test = mode == .sorted ? inBatches(encoder, ordered) : flattened(frozen(encoder, ordered))
    return other.probed(Representation(training: training, test: test), order: order)
  }

  /// Features in batches of 64 in the mode that the encoder is in; no gradient is recorded.
  private static func inBatches(_ encoder: Encoder, _ x: Variable) -> Variable {
    withoutGradient {
      concatenate(
        batches(x.shape[0], of: 64).map { flattened(encoder(x.sliced(axis: 0, $0))) })
    }
  }

  /// The gain over a random encoder that would be reported in a mode.
  func gain(_ pretext: Pretext, _ mode: Mode) -> PairedDifference {
    comparison.lead(of: pretext.rawValue, over: Pretext.nothing.rawValue) { $0[mode]! }
  }

  /// The same, seed by seed.
  func gains(_ pretext: Pretext, _ mode: Mode) -> [Double] {
    zip(
      comparison.values(of: pretext.rawValue) { $0[mode]! },
      comparison.values(of: Pretext.nothing.rawValue) { $0[mode]! }
    ).map { $0 - $1 }
  }

  /// The share of the gain in training mode that the frozen encoder does not have.
  func shareOfGain(_ pretext: Pretext) -> Double {
    1 - gain(pretext, .frozen).mean / gain(pretext, .drifted).mean
  }

  /// A row for each encoder, a column for each mode.
  var table: Table {
    comparison.table(
      "Kinds in the evening, by a probe on an encoder whose weights stay", "encoder",
      Mode.allCases.map { mode in (mode.rawValue, 2, { $0[mode]! }) })
  }
}
