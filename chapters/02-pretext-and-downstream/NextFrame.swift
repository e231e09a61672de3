import CourseData
import Notebook
import TensorCore

/// Predicts each next frame from the two before it, as the last frame and a change.
///
/// One encoder looks at both frames, so that it has features of single frames; what moved lies between
/// the two. The decoder sees the frames themselves, too, so that what they look like need not pass
/// through a list of numbers.
///
///     frame t − 1 ─ encoder ─┐
///                            ├─ joint ── map ×2 ──┐
///     frame t ───── encoder ─┘   (code)           ├─ meeting ─ convolution ×2 ─ change
///     frames t − 1 and t ─────── convolution ↓2 ──┘
final class NextFrameNetwork: Module {
  let encoder: any Layer
  let joint: Linear
  let spread: Linear
  let enlarging: TransposedConvolution
  let patches: Convolution
  let meeting: [Convolution]
  let output: TransposedConvolution
  /// How many futures a code may choose from; 0 where there is no choice.
  let codes: Int
  private let height: Int
  private let width: Int

  /// A decoder with random weights for an encoder.
  ///
  /// - Parameters:
  ///   - encoder: turns frames `[batch, height, width, channels]` into features `[batch, …]`.
  ///   - shape: of a frame, `[height, width, channels]`; height and width are multiples of 4.
  ///   - codes: how many codes a future may have.
  ///   - random: where the weights come from.
  init(_ encoder: any Layer, frame shape: [Int], codes: Int = 0, using random: inout Random) {
    if shape.count != 3 || shape[0] % 4 != 0 || shape[1] % 4 != 0 {
      fatalError("NextFrameNetwork: frames \(shape), but height and width are multiples of 4")
    }
    self.encoder = encoder
    self.codes = codes
    (height, width) = (shape[0] / 4, shape[1] / 4)
    let one = Variable(Tensor([1] + shape, fill: 0))
    let features = encoder.evaluating { encoder(one) }.value.count
    joint = Linear(2 * features + codes, 128, using: &random)
    spread = Linear(128, height * width * 16, using: &random)
    enlarging = TransposedConvolution(16, 16, using: &random)
    patches = Convolution(2 * shape[2], 32, kernel: 4, stride: 2, padding: 1, using: &random)
    meeting = [Convolution(48, 32, using: &random), Convolution(32, 32, using: &random)]
    output = TransposedConvolution(32, shape[2], using: &random)
  }

  private init(cloning network: NextFrameNetwork) {
    encoder = network.encoder.clone()
    joint = network.joint.clone()
    spread = network.spread.clone()
    enlarging = network.enlarging.clone()
    patches = network.patches.clone()
    meeting = network.meeting.clone()
    output = network.output.clone()
    (codes, height, width) = (network.codes, network.height, network.width)
  }

  var parts: Parts {
    [
      "encoder": encoder, "joint": joint, "spread": spread, "enlarging": enlarging,
      "patches": patches, "meeting": meeting, "output": output,
    ]
  }

  func clone() -> NextFrameNetwork { NextFrameNetwork(cloning: self) }

  /// What the encoder makes of both frames, side by side, `[batch, 2 · features]`.
  func features(_ before: Variable, _ last: Variable) -> Variable {
    concatenate([before, last].map { encoder($0).reshaped([$0.shape[0], -1]) }, axis: 1)
  }

  /// The map in which both frames meet, `[batch, height / 2, width / 2, 32]`: what moved can be seen there.
  func met(
    _ before: Variable, _ last: Variable, _ features: Variable, code: [Int]? = nil
  ) -> Variable {
    var known = features
    if codes > 0 {
      let chosen = code ?? Array(repeating: 0, count: features.shape[0])
      known = concatenate([features, Variable(oneHot(chosen, of: codes))], axis: 1)
    }
    let small = relu(spread(relu(joint(known)))).reshaped([features.shape[0], height, width, 16])
    let far = relu(enlarging(small))  // [batch, 12, 12, 16]
    let near = relu(patches(concatenate([before, last], axis: 3)))  // [batch, 12, 12, 32]
    return relu(meeting[1](relu(meeting[0](concatenate([far, near], axis: 3)))))
  }

  /// Predicts frames t + 1, `[batch, height, width, channels]`, from frames t − 1 and t of that shape.
  func callAsFunction(_ before: Variable, _ last: Variable) -> Variable {
    predicted(before, last, features(before, last))
  }

  /// The same from features that are known already and, where there are codes, the future's code.
  func predicted(
    _ before: Variable, _ last: Variable, _ features: Variable, code: [Int]? = nil
  ) -> Variable {
    last + output(met(before, last, features, code: code))
  }
}

/// A row of zeros with a one at the code, for each code, `[count, codes]`.
func oneHot(_ chosen: [Int], of codes: Int) -> Tensor {
  var numbers = [Float](repeating: 0, count: chosen.count * codes)
  for (row, code) in chosen.enumerated() { numbers[row * codes + code] = 1 }
  return Tensor([chosen.count, codes], numbers)
}

/// Three frames of some clips that follow each other, each `[batch, height, width, channels]`.
struct FrameTriple {
  let before: Variable
  let last: Variable
  let next: Variable
}

extension Video {
  /// The three frames of all clips that begin with a frame.
  func triple(from frame: Int = 0) -> FrameTriple {
    FrameTriple(
      before: Variable(self.frame(frame)), last: Variable(self.frame(frame + 1)),
      next: Variable(self.frame(frame + 2)))
  }
}

extension FrameTriple {
  /// The frames of some of the clips.
  func gather(_ clips: [Int]) -> FrameTriple {
    FrameTriple(before: before.gather(clips), last: last.gather(clips), next: next.gather(clips))
  }
}

/// Trains an encoder by the question which frame comes next.
///
/// This is the pretext: no label is used, and the encoder, which is trained in place, is what is kept.
///
/// - Parameters:
///   - encoder: turns frames `[batch, height, width, channels]` into features `[batch, …]`.
///   - video: the clips, of three frames or more.
///   - steps: the number of updates; each sees 32 times three frames.
///   - seed: where the decoder's weights and the batches come from.
/// - Returns: the encoder with its decoder.
func learnNextFrame(
  _ encoder: any Layer, _ video: Video, steps: Int, seed: UInt64
) -> NextFrameNetwork {
  var random = Random(seed: seed, stream: 3)
  let network = NextFrameNetwork(
    encoder, frame: [video.height, video.width, video.channels], using: &random)
  followFrames(network.parameters, video, steps: steps, random: &random) { now in
    meanSquaredError(network(now.before, now.last), now.next.value)
  }
  network.setTraining(false)
  return network
}

/// Adam on a loss of three frames; each step draws 32 clips and a place in them.
func followFrames(
  _ parameters: [NamedVariable], _ video: Video, steps: Int, random: inout Random,
  loss: (FrameTriple) -> Variable
) {
  let peak: Float = 3e-3
  let triples = (0...video.frames - 3).map { video.triple(from: $0) }
  var progress = Progress("Next frame", total: steps)
  Adam(parameters, learningRate: peak).minimise(
    WarmUpCosine(peak: peak, warmUp: steps / 20, total: steps),
    afterStep: { progress.advance() }
  ) { _ in
    let triple = triples[random.integer(below: triples.count)]
    return loss(triple.gather((0..<32).map { _ in random.integer(below: video.count) }))
  }
  progress.finish()
}
