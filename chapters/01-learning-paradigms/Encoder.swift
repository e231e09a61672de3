import CourseData
import TensorCore

/// The network that all teachers share: a picture goes in, a list of numbers comes out.
///
/// Three convolutions, each of which halves height and width and doubles the channels (from 16 on),
/// each followed by batch norm and ReLU. The last one's output is flattened, place by place.
final class Encoder: Layer {
  let convolutions: [Convolution]
  let norms: [BatchNorm]
  /// The length of the feature vector.
  let width: Int

  /// An encoder with random weights for pictures `[height, width, channels]`.
  init(_ shape: [Int], using random: inout Random) {
    let channels = [shape[2], 16, 32, 64]
    convolutions = (0..<3).map { layer in
      Convolution(
        channels[layer], channels[layer + 1], kernel: 3, stride: 2, bias: false, using: &random)
    }
    norms = channels.dropFirst().map { BatchNorm($0) }
    let side = { (pixels: Int) in (0..<3).reduce(pixels) { size, _ in (size + 1) / 2 } }
    width = side(shape[0]) * side(shape[1]) * 64
  }

  private init(convolutions: [Convolution], norms: [BatchNorm], width: Int) {
    self.convolutions = convolutions
    self.norms = norms
    self.width = width
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

  func clone() -> Encoder {
    Encoder(convolutions: convolutions.clone(), norms: norms.clone(), width: width)
  }
}

/// An encoder and a linear layer that turns its features into one logit for each class.
final class Classifier: Layer {
  let encoder: Encoder
  let head: Linear

  /// A classifier with random weights for the pictures of a set.
  ///
  /// - Parameters:
  ///   - set: the pictures, whose shape decides the encoder's width.
  ///   - outputs: the number of logits; the number of classes unless told otherwise.
  ///   - random: where the weights come from.
  init(for set: PictureSet, outputs: Int? = nil, using random: inout Random) {
    encoder = Encoder(Array(set.x.shape.dropFirst()), using: &random)
    head = Linear(encoder.width, outputs ?? set.classes, using: &random)
  }

  private init(encoder: Encoder, head: Linear) {
    self.encoder = encoder
    self.head = head
  }

  var parts: Parts { ["encoder": encoder, "head": head] }

  /// Logits `[batch, classes]`.
  func callAsFunction(_ x: Variable) -> Variable { head(encoder(x)) }

  func clone() -> Classifier { Classifier(encoder: encoder.clone(), head: head.clone()) }

  /// The most likely class of each picture.
  func predictions(_ x: Variable) -> [Int] {
    frozen(self, x).value.indicesOfMaximum()
  }
}

extension Classifier {
  /// The share of the test pictures that it names rightly.
  func testAccuracy(_ set: PictureSet) -> Double {
    accuracy(predictions(set.testX), set.test.labels)
  }
}
