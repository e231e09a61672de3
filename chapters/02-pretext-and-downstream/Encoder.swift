import TensorCore

/// The network that all pretext tasks train: a picture goes in, a small map of features comes out.
///
/// Three convolutions, each of which halves height and width, each followed by batch norm and ReLU. A
/// decoder can sit on the map; probes see it flattened, place by place.
///
///     picture ── ↓2 ── norm, relu ── ↓2 ── norm, relu ── ↓2 ── norm, relu ── map
///     24 × 24 × 3      12 × 12 × 16        6 × 6 × 32           3 × 3 × 32
final class Encoder: Layer {
  /// The channels after each convolution.
  static let widths = [16, 32, 32]

  let convolutions: [Convolution]
  let norms: [BatchNorm]

  /// An encoder with random weights for pictures of three channels.
  init(using random: inout Random) {
    let channels = [3] + Encoder.widths
    convolutions = (0..<3).map { layer in
      Convolution(
        channels[layer], channels[layer + 1], kernel: 3, stride: 2, bias: false, using: &random)
    }
    norms = Encoder.widths.map { BatchNorm($0) }
  }

  private init(cloning encoder: Encoder) {
    convolutions = encoder.convolutions.clone()
    norms = encoder.norms.clone()
  }

  var parts: Parts { ["convolution": convolutions, "norm": norms] }

  /// The map `[batch, size / 8, size / 8, 32]` of pictures `[batch, size, size, 3]`.
  func callAsFunction(_ x: Variable) -> Variable {
    var h = x  // [batch, 24, 24, 3]
    for (convolution, norm) in zip(convolutions, norms) { h = norm(convolution(h), relu: true) }
    return h  // [batch, 3, 3, 32]
  }

  func clone() -> Encoder { Encoder(cloning: self) }
}

/// A decoder turns an encoder's map back into a picture: three transposed convolutions.
final class Decoder: Layer {
  let layers: [TransposedConvolution]
  let norms: [BatchNorm]

  /// A decoder with random weights.
  init(using random: inout Random) {
    let channels = Encoder.widths.reversed() + [3]
    layers = (0..<3).map { TransposedConvolution(channels[$0], channels[$0 + 1], using: &random) }
    norms = channels[1..<3].map { BatchNorm($0) }
  }

  private init(cloning decoder: Decoder) {
    layers = decoder.layers.clone()
    norms = decoder.norms.clone()
  }

  var parts: Parts { ["layer": layers, "norm": norms] }

  /// A picture `[batch, size, size, 3]` of a map `[batch, size / 8, size / 8, 32]`.
  func callAsFunction(_ map: Variable) -> Variable {
    var x = map
    for (layer, norm) in zip(layers, norms) { x = norm(layer(x), relu: true) }
    return layers[2](x)
  }

  func clone() -> Decoder { Decoder(cloning: self) }
}

/// An encoder's map, place by place in one row: what a head or a probe sees.
func flattened(_ map: Variable) -> Variable { map.reshaped([map.shape[0], -1]) }

/// An encoder and a linear layer on its flattened map: it names classes, or predicts quantities.
final class Predictor: Layer {
  let encoder: Encoder
  let head: Linear

  /// Puts a new layer, which starts at zero, on an encoder, which is not copied.
  ///
  /// - Parameters:
  ///   - encoder: what is below.
  ///   - side: the side of the pictures.
  ///   - outputs: the number of logits or quantities.
  init(_ encoder: Encoder, side: Int, outputs: Int) {
    self.encoder = encoder
    let places = (0..<3).reduce(side) { size, _ in (size + 1) / 2 }
    head = Linear(
      weight: Variable(
        Tensor([places * places * Encoder.widths[2], outputs], fill: 0), needsGradient: true),
      bias: Variable(Tensor([outputs], fill: 0), needsGradient: true))
  }

  private init(cloning predictor: Predictor) {
    encoder = predictor.encoder.clone()
    head = predictor.head.clone()
  }

  var parts: Parts { ["encoder": encoder, "head": head] }

  /// `[batch, outputs]`.
  func callAsFunction(_ x: Variable) -> Variable { head(flattened(encoder(x))) }

  func clone() -> Predictor { Predictor(cloning: self) }
}
