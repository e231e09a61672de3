import TensorCore

/// A small convolutional network: a picture goes in, a list of numbers comes out.
///
/// Three convolutions, each of which halves height and width, each followed by batch norm and ReLU. The
/// last one's output is flattened, place by place: what is asked of it is where things are.
final class FrameEncoder: Layer {
  let convolutions: [Convolution]
  let norms: [BatchNorm]

  /// An encoder with random weights for pictures with `channels` numbers a pixel.
  init(channels: Int, using random: inout Random) {
    let widths = [channels, 16, 32, 64]
    convolutions = (0..<3).map { layer in
      Convolution(
        widths[layer], widths[layer + 1], kernel: 3, stride: 2, bias: false, using: &random)
    }
    norms = widths.dropFirst().map { BatchNorm($0) }
  }

  private init(cloning encoder: FrameEncoder) {
    convolutions = encoder.convolutions.clone()
    norms = encoder.norms.clone()
  }

  var parts: Parts { ["convolution": convolutions, "norm": norms] }

  /// Features `[batch, width]` of pictures `[batch, height, width, channels]`.
  func callAsFunction(_ x: Variable) -> Variable {
    var h = x  // [batch, 24, 24, 3]
    for (convolution, norm) in zip(convolutions, norms) {
      h = norm(convolution(h), relu: true)  // [batch, 12, 12, 16], then 6 × 6 × 32, 3 × 3 × 64
    }
    return h.reshaped([h.shape[0], -1])  // [batch, 576]
  }

  func clone() -> FrameEncoder { FrameEncoder(cloning: self) }
}
