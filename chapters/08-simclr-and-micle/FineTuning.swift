import CourseData
import Notebook
import TensorCore

/// An encoder and a linear layer that turns h into one logit for each class.
final class PictureClassifier: Layer {
  let encoder: ResidualEncoder
  let head: Linear

  /// Puts a new linear layer, which starts at zero, on an encoder; the encoder is not copied.
  init(_ encoder: ResidualEncoder, classes: Int) {
    self.encoder = encoder
    head = Linear(
      weight: Variable(Tensor([encoder.width, classes], fill: 0), needsGradient: true),
      bias: Variable(Tensor([classes], fill: 0), needsGradient: true))
  }

  private init(cloning classifier: PictureClassifier) {
    encoder = classifier.encoder.clone()
    head = classifier.head.clone()
  }

  var parts: Parts { ["encoder": encoder, "head": head] }

  /// Logits `[batch, classes]` of pictures `[batch, height, width, channels]`.
  func callAsFunction(_ x: Variable) -> Variable { head(encoder(x)) }

  func clone() -> PictureClassifier { PictureClassifier(cloning: self) }

  /// The most likely class of each picture.
  func predictions(_ pictures: Pictures) -> [Int] {
    frozen(self, Variable(pictures.tensor())).value.indicesOfMaximum()
  }

  /// The share of pictures that it names rightly.
  func accuracy(on pictures: Pictures) -> Double {
    TensorCore.accuracy(predictions(pictures), pictures.labels)
  }
}

/// How an encoder is trained with labels.
struct FineTuningPlan {
  /// How many steps the optimizer makes.
  var steps: Int
  /// The pictures of a batch; fewer where fewer have a label.
  var batch = 64
  /// The highest learning rate.
  var learningRate: Float = 2e-3
  /// How the pictures are changed each time they are seen.
  var augmentation = AugmentationSequence.usual

  /// The same with crops and flips alone.
  var croppingOnly: FineTuningPlan {
    var plan = self
    plan.augmentation = .usual
    return plan
  }
}

extension AugmentationSequence {
  /// What training with labels usually sees: crops and flips, colours as they are.
  static let usual = AugmentationSequence(RandomResizedCrop(area: 0.5...1), HorizontalFlip())
}

/// Trains a copy of an encoder and a new linear layer with labels, by cross-entropy.
///
/// With a pre-trained encoder this is fine-tuning; with one of random weights it is supervised
/// training from scratch.
///
/// - Parameters:
///   - encoder: where the training starts; it stays as it is.
///   - pictures: the labelled pictures.
///   - plan: how.
///   - seed: where the random numbers come from.
///   - title: what the progress line says.
/// - Returns: the trained copy with its linear layer.
/// - Throws: `ContrastiveError` for pictures that the encoder cannot read, fewer than two classes,
///   and a loss that is not finite.
func fineTune(
  _ encoder: ResidualEncoder, on pictures: Pictures, plan: FineTuningPlan, seed: UInt64,
  title: String = "Fine-tuning"
) throws -> PictureClassifier {
  try encoder.check([pictures.count, pictures.height, pictures.width, pictures.channels])
  if pictures.count < 2 { throw ContrastiveError.tooFewPictures(pictures.count) }
  if pictures.labels.allSatisfy({ $0 == pictures.labels[0] }) {
    throw ContrastiveError.oneClass(pictures.classNames[pictures.labels[0]])
  }
  let classifier = PictureClassifier(encoder.clone(), classes: pictures.classNames.count)
  classifier.setTraining(true)
  let optimizer = AdamW(
    classifier.parameters, learningRate: plan.learningRate, weightDecay: 0.01,
    decaying: { !$0.isVector })
  let schedule = WarmUpCosine(
    peak: plan.learningRate, warmUp: plan.steps / 10, total: plan.steps)
  let batch = min(plan.batch, pictures.count)
  var random = Random(seed: seed, stream: 9)
  var order: ArraySlice<Int> = []
  var progress = Progress(title, total: plan.steps)
  for step in 0..<plan.steps {
    if order.count < batch { order = random.permutation(pictures.count)[...] }
    let chosen = Array(order.prefix(batch))
    order = order.dropFirst(batch)
    let x = Variable(pictures.views(of: chosen, plan.augmentation, using: &random))
    let loss = crossEntropy(classifier(x), chosen.map { pictures.labels[$0] })
    let number = loss.value.number
    if !number.isFinite {
      throw ContrastiveError.notFinite(quantity: "the loss of fine-tuning", step: step)
    }
    optimizer.clearGradients()
    loss.backward()
    optimizer.learningRate = schedule(step)
    optimizer.step()
    progress.advance(loss: number)
  }
  progress.finish()
  return classifier
}
