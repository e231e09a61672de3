import TensorCore

/// Three convolutions, each of which halves the picture, with batch norm and a leaky ReLU.
///
///     32 × 32 × 3 ── 16 × 16 × w ── 8 × 8 × 2w ── 4 × 4 × 4w
///
/// As in the paper's painter, nothing is pooled, and the first layer has no norm.
final class Encoder: Layer {
  let convolutions: [Convolution]
  let norms: [BatchNorm]

  /// An encoder with random weights, on request without batch norm.
  init(width: Int, isNormalised: Bool = true, using random: inout Random) {
    let channels = [3, width, 2 * width, 4 * width]
    convolutions = (0..<3).map { layer in
      Convolution(
        channels[layer], channels[layer + 1], kernel: 4, stride: 2, padding: 1,
        bias: layer == 0 || !isNormalised, using: &random)
    }
    norms = isNormalised ? [BatchNorm(2 * width), BatchNorm(4 * width)] : []
  }

  private init(cloning encoder: Encoder) {
    (convolutions, norms) = (encoder.convolutions.clone(), encoder.norms.clone())
  }

  var parts: Parts { ["convolution": convolutions, "norm": norms] }

  /// Maps `[batch, side, side, 3]` to `[batch, side / 8, side / 8, 4 · width]`.
  func callAsFunction(_ x: Variable) -> Variable {
    var h = leakyReLU(convolutions[0](x), slope: 0.2)
    for (place, convolution) in convolutions.dropFirst().enumerated() {
      let y = convolution(h)
      h = norms.isEmpty ? leakyReLU(y, slope: 0.2) : norms[place](y, relu: true, slope: 0.2)
    }
    return h
  }

  func clone() -> Encoder { Encoder(cloning: self) }
}

/// A network that sees a picture with a hole and paints what belongs there.
///
///     seen ── encoder ── channel-wise, 1 × 1 ── ↑2 ── ↑2 ── the hole         paints the middle
///                                               ↑2 ── ↑2 ── ↑2 ── a picture  paints everywhere
final class ContextEncoder: Layer {
  /// What it paints.
  enum Canvas {
    /// The square in the middle, of half the side.
    case middle
    /// A picture, of which only what was dropped is looked at.
    case whole
  }

  let encoder: Encoder
  /// The layer by which one end of the picture hears of the other; nil for the network without it.
  let channelWise: ChannelWise?
  let mixing: Convolution
  let doublings: [TransposedConvolution]
  let norms: [BatchNorm]
  let last: TransposedConvolution

  /// A network with random weights for pictures of `side` pixels.
  init(
    side: Int, width: Int, canvas: Canvas = .middle, isChannelWise: Bool = true,
    using random: inout Random
  ) {
    encoder = Encoder(width: width, using: &random)
    let small = side / 8
    channelWise =
      isChannelWise ? ChannelWise(4 * width, pixels: small * small, using: &random) : nil
    mixing = Convolution(4 * width, 4 * width, kernel: 1, using: &random)
    let channels = canvas == .middle ? [4 * width, 2 * width] : [4 * width, 2 * width, width]
    doublings = zip(channels, channels.dropFirst()).map {
      TransposedConvolution($0, $1, bias: false, using: &random)
    }
    norms = channels.dropFirst().map { BatchNorm($0) }
    last = TransposedConvolution(channels[channels.count - 1], 3, using: &random)
  }

  private init(cloning network: ContextEncoder) {
    encoder = network.encoder.clone()
    channelWise = network.channelWise?.clone()
    mixing = network.mixing.clone()
    doublings = network.doublings.clone()
    norms = network.norms.clone()
    last = network.last.clone()
  }

  var parts: Parts {
    [
      "encoder": encoder, "channelWise": channelWise, "mixing": mixing, "doubling": doublings,
      "norm": norms, "last": last,
    ]
  }

  /// Maps `[batch, side, side, 3]`, −1…1 and 0 in the hole, to what was painted, −1…1.
  func callAsFunction(_ seen: Variable) -> Variable {
    let h = encoder(seen)
    var y = relu(mixing(channelWise.map { $0(h) } ?? h))
    for (doubling, norm) in zip(doublings, norms) { y = norm(doubling(y), relu: true) }
    return tanh(last(y))
  }

  func clone() -> ContextEncoder { ContextEncoder(cloning: self) }
}

/// A network that tells real pieces of pictures from painted ones.
final class Discriminator: Layer {
  let encoder: Encoder
  let last: Linear

  /// A network with random weights for pieces of `side` pixels.
  init(side: Int, width: Int, isNormalised: Bool = true, using random: inout Random) {
    encoder = Encoder(width: width, isNormalised: isNormalised, using: &random)
    last = Linear(4 * width * (side / 8) * (side / 8), 1, using: &random)
  }

  private init(cloning other: Discriminator) {
    (encoder, last) = (other.encoder.clone(), other.last.clone())
  }

  var parts: Parts { ["encoder": encoder, "last": last] }

  /// A logit for each of `[batch, side, side, 3]`, above 0 for what looks real, `[batch, 1]`.
  func callAsFunction(_ pieces: Variable) -> Variable {
    last(encoder(pieces).reshaped([pieces.shape[0], -1]))
  }

  func clone() -> Discriminator { Discriminator(cloning: self) }
}
