import TensorCore

/// The encoder and the projection head that are trained together; only the encoder is kept.
final class ContrastiveModel: Layer {
  let encoder: ResidualEncoder
  let head: ProjectionHead

  /// A model with random weights.
  ///
  /// - Parameters:
  ///   - channels: the numbers of a pixel.
  ///   - width: the channels of the encoder's first block; h is four times as long.
  ///   - projection: the length of z.
  ///   - kind: what the projection head consists of.
  ///   - random: where the weights come from.
  init(
    channels: Int, width: Int, projection: Int = 32, kind: ProjectionKind = .nonLinear,
    using random: inout Random
  ) {
    encoder = ResidualEncoder(channels: channels, width: width, using: &random)
    head = ProjectionHead(encoder.width, projection, kind: kind, using: &random)
  }

  /// A new head on an encoder that exists, such as one that was trained on other pictures.
  ///
  /// - Parameters:
  ///   - encoder: it is trained on, not copied; pass its clone to keep it as it is.
  ///   - projection: the length of z.
  ///   - kind: what the projection head consists of.
  ///   - random: where the head's weights come from.
  init(
    _ encoder: ResidualEncoder, projection: Int = 32, kind: ProjectionKind = .nonLinear,
    using random: inout Random
  ) {
    self.encoder = encoder
    head = ProjectionHead(encoder.width, projection, kind: kind, using: &random)
  }

  private init(cloning model: ContrastiveModel) {
    encoder = model.encoder.clone()
    head = model.head.clone()
  }

  var parts: Parts { ["encoder": encoder, "head": head] }

  /// Unit vectors z `[batch, projection]` of pictures `[batch, height, width, channels]`.
  func callAsFunction(_ pictures: Variable) -> Variable { l2Normalised(head(encoder(pictures))) }

  func clone() -> ContrastiveModel { ContrastiveModel(cloning: self) }
}
