import TensorCore

/// A convolution that halves a picture, with batch norm and leaky ReLU behind it.
final class Halving: Layer {
  let convolution: Convolution
  let norm: BatchNorm?

  init(_ inputs: Int, _ outputs: Int, hasNorm: Bool = true, using random: inout Random) {
    convolution = Convolution(
      inputs, outputs, kernel: 4, stride: 2, padding: 1, bias: !hasNorm, using: &random)
    norm = hasNorm ? BatchNorm(outputs) : nil
  }

  private init(cloning layer: Halving) {
    (convolution, norm) = (layer.convolution.clone(), layer.norm?.clone())
  }

  var parts: Parts { ["convolution": convolution, "norm": norm] }

  func callAsFunction(_ x: Variable) -> Variable {
    let h = convolution(x)
    return norm.map { $0(h, relu: true, slope: 0.2) } ?? leakyReLU(h, slope: 0.2)
  }

  func clone() -> Halving { Halving(cloning: self) }
}

/// A small context encoder, which paints the hole in the middle: Pathak and others (2016).
final class ContextEncoderNetwork: Module {
  let halvings: [Halving]
  let channelWise: ChannelWise
  let mixing: Convolution
  let doubling: TransposedConvolution
  let norm: BatchNorm
  let last: TransposedConvolution

  init(size: Int, width: Int, using random: inout Random) {
    halvings = [
      Halving(3, width, hasNorm: false, using: &random),
      Halving(width, 2 * width, using: &random), Halving(2 * width, 4 * width, using: &random),
    ]
    channelWise = ChannelWise(4 * width, pixels: (size / 8) * (size / 8), using: &random)
    mixing = Convolution(4 * width, 4 * width, kernel: 1, using: &random)
    doubling = TransposedConvolution(4 * width, 2 * width, bias: false, using: &random)
    norm = BatchNorm(2 * width)
    last = TransposedConvolution(2 * width, 3, using: &random)
  }

  private init(cloning network: ContextEncoderNetwork) {
    halvings = network.halvings.clone()
    channelWise = network.channelWise.clone()
    mixing = network.mixing.clone()
    doubling = network.doubling.clone()
    norm = network.norm.clone()
    last = network.last.clone()
  }

  var parts: Parts {
    [
      "halving": halvings, "channelWise": channelWise, "mixing": mixing, "doubling": doubling,
      "norm": norm, "last": last,
    ]
  }

  /// Holes `[batch, size / 2, size / 2, 3]` for pictures `[batch, size, size, 3]`.
  func callAsFunction(_ pictures: Variable) -> Variable {
    let h = halvings.reduce(pictures) { $1($0) }
    return last(norm(doubling(relu(mixing(channelWise(h)))), relu: true))
  }

  func clone() -> ContextEncoderNetwork { ContextEncoderNetwork(cloning: self) }
}

/// Tells painted holes from real ones.
final class HoleDiscriminator: Module {
  let halvings: [Halving]
  let last: Linear

  init(size: Int, width: Int, using random: inout Random) {
    halvings = [
      Halving(3, width, hasNorm: false, using: &random),
      Halving(width, 2 * width, using: &random), Halving(2 * width, 4 * width, using: &random),
    ]
    last = Linear(4 * width * (size / 16) * (size / 16), 1, using: &random)
  }

  private init(cloning network: HoleDiscriminator) {
    (halvings, last) = (network.halvings.clone(), network.last.clone())
  }

  var parts: Parts { ["halving": halvings, "last": last] }

  /// Scores `[batch, 1]`, above 0 for what looks real, of holes `[batch, size / 2, size / 2, 3]`.
  func callAsFunction(_ holes: Variable) -> Variable {
    last(halvings.reduce(holes) { $1($0) }.reshaped([holes.shape[0], -1]))
  }

  func clone() -> HoleDiscriminator { HoleDiscriminator(cloning: self) }
}

/// Times joint steps: the discriminator's, then the context encoder's.
func measureInpainting(_ options: Options, _ report: inout Report) {
  let before = Parallel.threads
  Parallel.threads = options[.threads, before]
  defer { Parallel.threads = before }
  let (size, width, batch) = (options[.size, 32], options[.width, 32], options[.batch, 64])
  var random = Random(seed: 1)
  let network = ContextEncoderNetwork(size: size, width: width, using: &random)
  let discriminator = HoleDiscriminator(size: size, width: width, using: &random)
  let descent = Adam(network.parameters, learningRate: 2e-3, beta1: 0.5)
  let judging = Adam(discriminator.parameters, learningRate: 2e-4, beta1: 0.5)
  let pictures = Variable(Tensor(uniform: [2000, size, size, 3], in: 0..<1, using: &random))
  let hole = size / 4..<size - size / 4
  let isSeen = (0..<size * size * 3).map { place -> Float in
    hole.contains(place / 3 / size) && hole.contains(place / 3 % size) ? 0 : 1
  }
  let seen = Variable(Tensor([1, size, size, 3], isSeen))
  let grey = (1 - seen) * 0.5
  let (one, zero) = (Tensor([batch, 1], fill: 1), Tensor([batch, 1], fill: 0))

  let timing = Timing(warmUp: 5, steps: options[.steps, 30]) {
    let x = pictures.gather((0..<batch).map { _ in random.integer(below: 2000) })
    let real = x.sliced(axis: 1, hole).sliced(axis: 2, hole)
    let made = network(x * seen + grey)
    let judged =
      binaryCrossEntropy(logits: discriminator(real), one)
      + binaryCrossEntropy(logits: discriminator(made.detached()), zero)
    judging.clearGradients()
    judged.backward()
    judging.step()
    let loss =
      0.999 * meanSquaredError(made, real.value)
      + 0.001 * binaryCrossEntropy(logits: discriminator.frozenClone()(made), one)
    descent.clearGradients()
    loss.backward()
    descent.step()
    if !loss.value.number.isFinite { fatalError("the loss is \(loss.value.number)") }
  }
  report.add(
    "inpainting",
    [
      "width": width, "size": size, "batch": batch, "parameters": network.parameterCount,
      "discriminator": discriminator.parameterCount,
    ], timing, operations: operations(network, discriminator, size: size, batch: batch))
}

/// The floating-point operations of a joint step.
private func operations(
  _ network: ContextEncoderNetwork, _ discriminator: HoleDiscriminator, size: Int, batch: Int
) -> Double {
  func halvings(_ layers: [Halving], side: Int) -> [Int] {
    layers.enumerated().map { place, layer in
      let outputs = (side >> (place + 1)) * (side >> (place + 1))
      return layer.convolution.weight.value.count * outputs
    }
  }
  let encoder = halvings(network.halvings, side: size)
  let small = (size / 8) * (size / 8)
  let decoder =
    network.channelWise.weight.value.count + network.mixing.weight.value.count * small
    + (network.doubling.weight.value.count + 4 * network.last.weight.value.count) * small
  let judge = halvings(discriminator.halvings, side: size / 2)
  let judged = judge.reduce(0, +) + discriminator.last.weight.value.count
  // Its own step: real and made, forward, weights and, behind the first layer, inputs. The other's step:
  // made, forward and inputs.
  let own = 2 * (6 * judged - 2 * judge[0]) + 4 * judged
  let descent = 6 * (encoder.reduce(0, +) + decoder) - 2 * encoder[0]
  return Double(batch) * Double(own + descent)
}
