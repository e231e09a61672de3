import CourseData
import TensorCore

/// A short list of what may happen next: k-means of where the picture changes.
///
/// A future's code is the list's nearest entry. No label has a part in it; but it can be told only after
/// the future has come.
struct FutureCodes {
  private let centres: Variable
  /// How many entries the list has.
  var count: Int { centres.shape[0] }

  /// Finds the commonest changes of clips from frame t to t + 1.
  init(_ frames: FrameTriple, count: Int, random: inout Random) {
    let changes = FutureCodes.changes(frames.last, frames.next)
    var clusters = KMeans(changes, k: count, random: &random)
    for _ in 0..<20 where clusters.improve(changes) {}
    centres = clusters.centres
  }

  /// The code of each clip's future.
  func callAsFunction(_ last: Variable, _ next: Variable) -> [Int] {
    KMeans.nearest(FutureCodes.changes(last, next), centres).assignments
  }

  /// How much each 4 × 4 pixels change, brought to length 1: where things happen, not how brightly.
  private static func changes(_ last: Variable, _ next: Variable) -> Variable {
    let difference = averagePool(square(next - last), size: 4)
    return l2Normalised(difference.sum(axis: 3).reshaped([last.shape[0], -1]))  // [clips, 36]
  }
}

/// Says first which future comes, as a distribution over codes, and then draws that one.
final class CodedForesight {
  private let network: NextFrameNetwork
  private let head: Linear
  private let codes: FutureCodes
  /// The mean cross-entropy of the test futures' codes, in nats.
  private(set) var surprise = Double.nan

  /// Trains the choice and the drawing at once, the drawing on the true code.
  init(_ video: Video, steps: Int, count: Int, seed: UInt64) {
    var random = Random(seed: seed, stream: 4)
    let encoder = Encoder(using: &random)
    let shape = [video.height, video.width, video.channels]
    let network = NextFrameNetwork(encoder, frame: shape, codes: count, using: &random)
    let first = video.triple(from: video.frames - 3)
    let codes = FutureCodes(first, count: count, random: &random)
    let wide = network.features(
      first.before.gather([0, 1]), first.last.gather([0, 1])
    ).shape[1]
    let head = Linear(wide, count, using: &random)
    let parameters =
      network.parameters
      + head.parameters.map { NamedVariable("head." + $0.path, $0.variable) }
    followFrames(parameters, video, steps: steps, random: &random) { now in
      let features = network.features(now.before, now.last)
      let code = codes(now.last, now.next)
      let drawn = network.predicted(now.before, now.last, features, code: code)
      return meanSquaredError(drawn, now.next.value) + crossEntropy(head(features), code)
    }
    network.setTraining(false)
    (self.network, self.head, self.codes) = (network, head, codes)
  }

  /// Draws one future for each clip: a code by its probability, then the frame that belongs to it.
  func drawn(_ before: Variable, _ last: Variable, using random: inout Random) -> Tensor {
    network.evaluating {
      let features = network.features(before, last)
      let chosen = softmax(head(features)).value.numbersByRow.map { random.index(weights: $0) }
      return clipped(network.predicted(before, last, features, code: chosen))
    }
  }

  /// The mean of −log p of the codes of futures that came, in nats.
  func surprise(_ test: FrameTriple) -> Double {
    network.evaluating {
      let logits = head(network.features(test.before, test.last))
      return Double(crossEntropy(logits, codes(test.last, test.next)).value.number)
    }
  }
}
