import CourseData
import Notebook
import TensorCore

/// A context encoder that paints a whole picture, of which only what was dropped counts.
///
/// This is how the paper learns features: reconstruction alone, and holes anywhere.
struct Masked {
  /// What the loss is taken over.
  enum Scope {
    /// What was dropped.
    case hole
    /// All of the picture.
    case everything
  }

  /// The network.
  let network: ContextEncoder
  /// The loss of each update, in the scale −1…1.
  private(set) var losses: [Double] = []
  /// The time that it took, in seconds.
  private(set) var seconds = 0.0
  private let hole: Hole?

  /// Trains on pictures.
  ///
  /// - Parameters:
  ///   - pictures: what is seen, and what is painted.
  ///   - hole: what is dropped; nil for nothing: an autoencoder.
  ///   - scope: what the loss is taken over.
  ///   - steps: how many updates are made.
  ///   - seed: where weights, holes and batches come from.
  ///   - title: what the progress line says.
  /// - Throws: `InpaintingError` where pictures do not fit, or a loss is not a number any more.
  init(
    _ pictures: Pictures, hole: Hole?, scope: Scope = .hole, steps: Int, seed: UInt64,
    title: String
  ) throws(InpaintingError) {
    let side = pictures.height
    if side % 16 != 0 || pictures.width != side { throw .side(side) }
    var random = Random(seed: seed, stream: 44)
    let network = ContextEncoder(side: side, width: 32, canvas: .whole, using: &random)
    self.network = network
    self.hole = hole
    let start = ContinuousClock.now
    let x = scaled(pictures.tensor())
    var losses: [Double] = []
    try descend(network.parameters, steps: steps, rate: 2e-3, title: title) {
      let truth = x.gather((0..<32).map { _ in random.integer(below: pictures.count) })
      let dropped = hole.map { $0.masks(32, side: side, using: &random) }
      let made = network(dropped.map { truth * (1 - Variable($0)) } ?? truth)
      let loss = meanSquaredError(made, truth.value, mask: scope == .hole ? dropped : nil)
      losses.append(Double(loss.value.number))
      return loss
    }
    network.setTraining(false)
    self.losses = losses
    seconds = start.duration(to: .now) / .seconds(1)
  }

  /// The mean squared error in the holes and elsewhere, the ratio in the holes, and that of the whole
  /// pictures with the seen pixels pasted in, for holes drawn from a seed.
  func judged(_ pictures: Pictures, seed: UInt64) -> (
    hole: Double, seen: Double, ratio: Double, pasted: Double
  ) {
    var random = Random(seed: seed, stream: 45)
    let dropped = (hole ?? .blocks).masks(pictures.count, side: pictures.height, using: &random)
    let (x, mask) = (scaled(pictures.tensor()), Variable(dropped))
    let made = network.evaluating {
      concatenate(
        batches(pictures.count, of: 250).map { range in
          network(x.sliced(axis: 0, range) * (1 - mask.sliced(axis: 0, range)))
        })
    }
    let truth = pictures.tensor()
    let painted = pixels(made)
    let inHole = squaredErrors(painted, truth, over: dropped)
    let elsewhere = squaredErrors(painted, truth, over: (1 - mask).value)
    let pastedIn = (Variable(painted) * mask + Variable(truth) * (1 - mask)).value
    func mean(_ errors: [Double]) -> Double { errors.reduce(0, +) / Double(errors.count) }
    return (
      mean(inHole), mean(elsewhere), meanPeakSignalToNoise(inHole),
      meanPeakSignalToNoise(squaredErrors(pastedIn, truth))
    )
  }
}
