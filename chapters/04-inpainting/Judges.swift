import CourseData
import Notebook
import TensorCore

/// How good painted squares are, by everything that is measured of them.
struct Judgement {
  /// The mean absolute error in the hole, of pixels 0…1.
  let absolute: Double
  /// The mean squared error in the hole.
  let squared: Double
  /// The mean of the pictures' peak signal-to-noise ratios, in decibels.
  let ratio: Double
  /// The differences of neighbouring pixels, squared and summed, against those of the true squares.
  let sharpness: Double
  /// The deviation of a pixel from picture to picture, against that of the true squares.
  let spread: Double
  /// How often the picture, filled, shows its kind to a network that was trained on whole pictures.
  let kind: Double
  /// How often a discriminator that was trained afresh tells these squares from true ones.
  let told: Double
}

/// Networks and truths by which squares are judged; one for each repetition.
struct Jury {
  private let test: Pictures
  private let truth: Tensor
  private let seed: UInt64
  private let kinds: KindJudge?
  private let steps: Int

  /// Trains the judge of kinds.
  ///
  /// - Parameters:
  ///   - set: its training pictures are the judge's; its test pictures are judged.
  ///   - steps: how many updates each judge is trained for.
  /// - Throws: `InpaintingError` where a loss is not a number any more.
  init(_ set: PictureSet, steps: Int) throws(InpaintingError) {
    test = set.test
    truth = middle(set.test).value
    seed = set.seed
    self.steps = steps
    kinds = set.sharesClasses && set.classes > 1 ? try KindJudge(set, steps: 2 * steps) : nil
  }

  /// Judges squares for the test pictures, 0…1.
  func judged(_ filling: Filling) throws(InpaintingError) -> Judgement {
    let (x, y) = (Variable(filling.holes), Variable(truth))
    let errors = squaredErrors(filling.holes, truth)
    let told = try freshlyTold(filling)
    return Judgement(
      absolute: Double(absolute(x - y).mean().value.number),
      squared: errors.reduce(0, +) / Double(errors.count),
      ratio: meanPeakSignalToNoise(errors), sharpness: edgeEnergy(x) / edgeEnergy(y),
      spread: deviation(x) / deviation(y),
      kind: kinds?.accuracy(pasted(filling.holes, into: test), test.labels) ?? .nan, told: told)
  }

  /// Trains a discriminator on the first half of the squares and asks it about the second.
  ///
  /// Neither painter nor its own discriminator has seen any of these pictures.
  private func freshlyTold(_ filling: Filling) throws(InpaintingError) -> Double {
    var random = Random(seed: seed, stream: 42)
    let side = truth.shape[1]
    let judge = Discriminator(side: side, width: 16, using: &random)
    let (real, painted) = (scaled(truth), scaled(filling.holes))
    let half = test.count / 2
    let batch = 32
    let (one, zero) = (Tensor([batch, 1], fill: 1), Tensor([batch, 1], fill: 0))
    try descend(
      judge.parameters, steps: steps, rate: 1e-3, title: "Real or painted? \(filling.name)"
    ) {
      // Both in one batch: with a batch norm of its own each would be told by its mean.
      let places = (0..<2 * batch).map { _ in random.integer(below: half) }
      let pieces = concatenate([
        real.gather(Array(places[..<batch])), painted.gather(Array(places[batch...])),
      ])
      return binaryCrossEntropy(
        logits: judge(pieces), concatenate([Variable(one), Variable(zero)]).value)
    }
    let rest = half..<test.count
    func right(_ pieces: Variable, _ isRight: (Float) -> Bool) -> Double {
      let logits = frozen(judge, pieces.sliced(axis: 0, rest)).value.numbers
      return Double(logits.count(where: isRight)) / Double(logits.count)
    }
    return (right(real) { $0 > 0 } + right(painted) { $0 <= 0 }) / 2
  }

  /// The deviation of each number over the pictures, in the root of the mean of squares.
  private func deviation(_ x: Variable) -> Double {
    Double(square(x - x.mean(axis: 0)).mean().value.number).squareRoot()
  }
}

/// A network that names what whole pictures show.
struct KindJudge {
  private let classifier: Classifier

  /// Trains it on the true training pictures with all labels.
  init(_ set: PictureSet, steps: Int) throws(InpaintingError) {
    var random = Random(seed: set.seed, stream: 43)
    let classifier = Classifier(Encoder(width: 32, using: &random), outputs: set.classes)
    let x = scaled(set.training.tensor())
    try descend(classifier.parameters, steps: steps, rate: 2e-3, title: "The judge of kinds") {
      let batch = (0..<32).map { _ in random.integer(below: set.training.count) }
      return crossEntropy(classifier(x.gather(batch)), batch.map { set.training.labels[$0] })
    }
    classifier.setTraining(false)
    self.classifier = classifier
  }

  /// The share of pictures 0…1 that it names rightly.
  func accuracy(_ pictures: Tensor, _ labels: [Int]) -> Double {
    TensorCore.accuracy(
      frozen(classifier, scaled(pictures)).value.indicesOfMaximum(), labels)
  }
}

/// An encoder and a linear layer on the means of its map's four quarters.
final class Classifier: Layer {
  let encoder: Encoder
  let head: Linear

  /// Puts a layer that starts at zero on an encoder, which is not copied.
  init(_ encoder: Encoder, outputs: Int) {
    self.encoder = encoder
    let features = 4 * encoder.convolutions[2].weight.shape[3]
    head = Linear(
      weight: Variable(Tensor([features, outputs], fill: 0), needsGradient: true),
      bias: Variable(Tensor([outputs], fill: 0), needsGradient: true))
  }

  private init(cloning other: Classifier) {
    (encoder, head) = (other.encoder.clone(), other.head.clone())
  }

  var parts: Parts { ["encoder": encoder, "head": head] }

  /// `[batch, outputs]`.
  func callAsFunction(_ x: Variable) -> Variable { head(quartered(encoder(x))) }

  func clone() -> Classifier { Classifier(cloning: self) }
}

/// The means of a map's four quarters, one after the other, `[batch, 4 · channels]`.
func quartered(_ map: Variable) -> Variable {
  averagePool(map, size: map.shape[1] / 2).reshaped([map.shape[0], -1])
}

extension PictureSet {
  /// Whether training and test pictures have the same classes: crops of photographs are named by their
  /// photograph, and none is on both sides.
  var sharesClasses: Bool { training.classNames == test.classNames }
}
