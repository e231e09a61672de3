import CourseData
import Notebook
import TensorCore

/// The questions that the encoder is trained to answer; each row of the matrix is one.
enum Pretext: String, CaseIterable {
  /// None: the weights stay as they were drawn.
  case nothing = "nothing (random)"
  /// Say the picture again.
  case autoencoder
  /// Say the picture again, from one with grain on it.
  case denoising = "denoising"
  /// Say the colours of a picture that is seen in grey.
  case colour = "colour from grey"
  /// Say by how many quarters the picture is turned.
  case turns
  /// Say the next frame of a clip.
  case nextFrame = "next frame"
  /// Say the kind: no pretext, all labels.
  case supervised = "supervised (kinds)"

  /// Whether the encoder sees pictures in grey, in training and when it is probed.
  var seesGrey: Bool { self == .colour }
}

/// How a pretext task is trained: for all of them alike.
struct PretextPlan {
  /// How many updates are made.
  var steps: Int
  /// How many pictures go through the encoder in each of them.
  var batch = 64
  /// The learning rate of the first update; it falls to 0 along half a cosine.
  var learningRate: Float = 3e-3
}

/// An encoder after its pretext task.
struct PretextTrained {
  /// What was trained.
  let pretext: Pretext
  /// The encoder, without what sat on it.
  let encoder: Encoder
  /// The time that it took, in seconds.
  let seconds: Double
  /// The pictures that went through the encoder, each as often as it did.
  let picturesSeen: Int
  /// Of turns: the share of the test pictures' positions that it tells.
  var accuracyOfTurns: Double?

  /// Features `[count, width]` of standardised pictures, frozen and in evaluation mode.
  func features(_ x: Variable) -> Variable {
    flattened(frozen(encoder, pretext.seesGrey ? grey(x) : x))
  }
}

/// Adam on a loss, with a learning rate that falls to 0 along half a cosine.
///
/// - Parameters:
///   - parameters: what is trained.
///   - plan: how.
///   - title: what the progress line says.
///   - loss: the loss of one step; it draws its own batch.
func fit(
  _ parameters: [NamedVariable], plan: PretextPlan, title: String, loss: () -> Variable
) {
  var progress = Progress(title, total: plan.steps)
  Adam(parameters, learningRate: plan.learningRate).minimise(
    WarmUpCosine(peak: plan.learningRate, warmUp: 0, total: plan.steps),
    afterStep: { progress.advance() }
  ) { _ in loss() }
  progress.finish()
}

/// Trains a new encoder on a pretext task, on a set's training pictures.
///
/// Every task starts from the same weights, sees the same pictures, and makes as many updates with as many
/// pictures in each.
func learn(_ pretext: Pretext, _ set: PictureSet, plan: PretextPlan) -> PretextTrained {
  var random = Random(seed: set.seed, stream: 20)
  let encoder = Encoder(using: &random)
  let start = ContinuousClock.now
  let title = "\(pretext.rawValue), seed \(set.seed)"
  var isTrained = true
  var accuracyOfTurns: Double?
  switch pretext {
  case .nothing: isTrained = false
  case .autoencoder:
    fitPictures(encoder, set, plan, title, &random) { x, _ in (x, x) }
  case .denoising:
    fitPictures(encoder, set, plan, title, &random) { x, random in (grained(x, &random), x) }
  case .colour:
    fitPictures(encoder, set, plan, title, &random) { x, _ in (grey(x), x) }
  case .turns:
    let predictor = fitTurns(encoder, set, plan, title, &random)
    let some = set.testX.sliced(axis: 0, 0..<min(500, set.test.count))
    accuracyOfTurns = predictor.accuracyOfTurns(some)
  case .nextFrame: fitNextFrame(encoder, set, plan, title, &random)
  case .supervised: fitKinds(encoder, set, plan, title, &random)
  }
  return PretextTrained(
    pretext: pretext, encoder: encoder, seconds: start.duration(to: .now) / .seconds(1),
    picturesSeen: isTrained ? plan.steps * plan.batch : 0, accuracyOfTurns: accuracyOfTurns)
}

/// Trains an encoder and a decoder on it to make one picture of another, by the squared error.
///
/// The task says what goes in and what shall come out, for a batch `[batch, size, size, 3]`.
func fitPictures(
  _ encoder: Encoder, _ set: PictureSet, _ plan: PretextPlan, _ title: String,
  _ random: inout Random, task: (Variable, inout Random) -> (input: Variable, target: Variable)
) {
  let decoder = Decoder(using: &random)
  let model: Parts = ["encoder": encoder, "decoder": decoder]
  var random = random.split()
  fit(model.parameters, plan: plan, title: title) {
    let (input, target) = task(set.x.gather(set.batch(plan.batch, &random)), &random)
    return meanSquaredError(decoder(encoder(input)), target.value)
  }
}

/// Pictures with even grain of deviation 0.5 on them, half of the pictures' own.
func grained(_ x: Variable, _ random: inout Random) -> Variable {
  x + Variable(Nuisance.grain.drawn(like: x.value, strength: 0.5, using: &random))
}

/// The brightness of pictures in three equal channels, so that the same encoder can read it.
func grey(_ x: Variable) -> Variable {
  let weights: [Float] = [0.299, 0.587, 0.114]  // of red, green and blue, for the eye
  let kernel = Variable(Tensor([1, 1, 3, 3], weights.flatMap { [$0, $0, $0] }))
  return convolution(x, kernel, nil, stride: 1, padding: 0)
}

extension PictureSet {
  /// Places of training pictures, each drawn evenly.
  func batch(_ count: Int, _ random: inout Random) -> [Int] {
    (0..<count).map { _ in random.integer(below: training.count) }
  }
}
