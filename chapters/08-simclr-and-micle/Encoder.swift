import TensorCore

/// A small residual network: a picture goes in, its representation h comes out.
///
/// A 3 × 3 convolution and three residual blocks. All but the first block halve height and width,
/// and the last two double the channels; then comes the mean over all places. Pictures may have any
/// size.
///
///     picture ─ convolution ↓2 ─ norm ─ relu ─ block ─ block ↓2 ─ block ↓2 ─ mean over places ─ h
///               width                          width   2 width    4 width
final class ResidualEncoder: Layer {
  let stem: Convolution
  let stemNorm: BatchNorm
  let blocks: [ResidualBlock]
  /// The numbers of a pixel that it expects: 1 for grey, 3 for red, green and blue.
  let channels: Int
  /// The length of h.
  let width: Int

  /// An encoder with random weights.
  ///
  /// - Parameters:
  ///   - channels: the numbers of a pixel.
  ///   - width: the channels of the first block; h is four times as long.
  ///   - random: where the weights come from.
  init(channels: Int, width: Int, using random: inout Random) {
    stem = Convolution(channels, width, stride: 2, bias: false, using: &random)
    stemNorm = BatchNorm(width)
    blocks = [
      ResidualBlock(width, width, using: &random),
      ResidualBlock(width, 2 * width, stride: 2, using: &random),
      ResidualBlock(2 * width, 4 * width, stride: 2, using: &random),
    ]
    self.channels = channels
    self.width = 4 * width
  }

  private init(cloning encoder: ResidualEncoder) {
    stem = encoder.stem.clone()
    stemNorm = encoder.stemNorm.clone()
    blocks = encoder.blocks.clone()
    channels = encoder.channels
    width = encoder.width
  }

  var parts: Parts { ["stem": stem, "stemNorm": stemNorm, "block": blocks] }

  /// Representations `[batch, width]` of pictures `[batch, height, width, channels]`, pixels 0…1.
  func callAsFunction(_ pictures: Variable) -> Variable {
    var x = stemNorm(stem(pictures), relu: true)  // [batch, 12, 12, 16]
    for block in blocks { x = block(x) }  // [batch, 3, 3, 64]
    return globalAveragePool(x)  // [batch, 64]
  }

  func clone() -> ResidualEncoder { ResidualEncoder(cloning: self) }
}
