import CourseData
import Notebook
import TensorCore

/// How a context encoder is trained.
struct InpaintingPlan {
  /// How errors in the hole are counted.
  enum Distance {
    case squared
    case absolute
  }

  /// How wide the networks are: the channels after the first convolution.
  var width = 32
  /// The weight of the reconstruction; the discriminator's say has the rest.
  var reconstruction: Float = 0.999
  var distance = Distance.squared
  /// How wide the band is, at the inner side of the square, that is seen, painted all the same, and weighs
  /// ten times.
  var band = 0
  /// How much faster the painter learns than the discriminator.
  var lead: Float = 10
  /// The discriminator's learning rate.
  var judgesRate: Float = 2e-4
  /// Whether the discriminator has batch norm.
  var isJudgeNormalised = true
  /// How many updates the discriminator makes for each of the painter's.
  var judgings = 1
  /// Whether the discriminator sees the whole picture with the hole painted in, seam and all.
  var showsContext = false
  /// Whether the network has its channel-wise layer.
  var isChannelWise = true
  /// How many updates are made.
  var steps: Int
  /// How many pictures are in each.
  var batch = 32

  /// Reconstruction alone: no discriminator is asked.
  static func alone(_ steps: Int) -> InpaintingPlan {
    InpaintingPlan(reconstruction: 1, steps: steps)
  }
}

/// What happened in one update.
struct InpaintingStep {
  /// The reconstruction loss, mean squared or absolute error, in the scale −1…1.
  var reconstruction = 0.0
  /// The painter's loss by what the discriminator says, in nats.
  var painter = 0.0
  /// The discriminator's loss, of real and painted pieces together, in nats.
  var discriminator = 0.0
  /// The shares of real and of painted pieces that it names rightly.
  var real = 0.0
  var painted = 0.0
}

/// A context encoder that was trained to paint the square in the middle.
struct Inpainting {
  /// The painter.
  let network: ContextEncoder
  /// How it was trained.
  let plan: InpaintingPlan
  /// What happened in each update.
  private(set) var steps: [InpaintingStep] = []
  /// The time that it took, in seconds.
  private(set) var seconds = 0.0

  /// Trains on pictures.
  ///
  /// - Parameters:
  ///   - pictures: what is seen, and what is painted.
  ///   - plan: how.
  ///   - seed: where weights and batches come from.
  ///   - title: what the progress line says.
  ///   - loss: the reconstruction loss of what was painted and the truth, both
  ///     `[batch, side / 2, side / 2, 3]`; nil for the plan's own.
  /// - Throws: `InpaintingError` where pictures do not fit, or a loss is not a number any more.
  init(
    _ pictures: Pictures, _ plan: InpaintingPlan, seed: UInt64, title: String,
    loss: ((Variable, Tensor) -> Variable)? = nil
  ) throws(InpaintingError) {
    let side = pictures.height
    if side % 16 != 0 || pictures.width != side { throw .side(side) }
    var random = Random(seed: seed, stream: 40)
    let network = ContextEncoder(
      side: side, width: plan.width, isChannelWise: plan.isChannelWise, using: &random)
    let discriminator = Discriminator(
      side: plan.showsContext ? side : side / 2, width: plan.width,
      isNormalised: plan.isJudgeNormalised, using: &random)
    self.network = network
    self.plan = plan
    let descent = Adam(network.parameters, learningRate: 0, beta1: 0.5)
    let judging = Adam(discriminator.parameters, learningRate: 0, beta1: 0.5)
    let game = Game(
      discriminator, real: Tensor([plan.batch, 1], fill: 1),
      painted: Tensor([plan.batch, 1], fill: 0))
    let sketch = Sketch(side, band: plan.band)
    let schedule = WarmUpCosine(peak: 1, warmUp: plan.steps / 20, total: plan.steps)
    let start = ContinuousClock.now
    var progress = Progress(title, total: plan.steps)
    var steps: [InpaintingStep] = []
    for step in 0..<plan.steps {
      judging.learningRate = plan.judgesRate * schedule(step)
      descent.learningRate = plan.lead * judging.learningRate
      let some = (0..<plan.batch).map { _ in random.integer(below: pictures.count) }
      let x = scaled(pictures.tensor(some))
      let truth = sketch.middle(x)
      let made = network(sketch.seen(x))
      var told = InpaintingStep()
      let error =
        loss.map { $0(made, truth.value) } ?? sketch.error(made, truth.value, plan.distance)
      told.reconstruction = try finite(error, "the reconstruction loss", step)
      var total = plan.reconstruction * error
      if plan.reconstruction < 1 {
        let shown = plan.showsContext ? sketch.pasted(made, on: x) : made
        for _ in 0..<plan.judgings {
          let verdict = game.verdict(
            real: plan.showsContext ? x : truth, painted: shown.detached())
          told.discriminator = try finite(verdict.loss, "the discriminator's loss", step)
          (told.real, told.painted) = (verdict.real, verdict.painted)
          judging.clearGradients()
          verdict.loss.backward()
          judging.step()
        }
        let applause = game.applause(painted: shown)
        told.painter = try finite(applause, "the painter's adversarial loss", step)
        total = total + (1 - plan.reconstruction) * applause
      }
      descent.clearGradients()
      total.backward()
      descent.step()
      steps.append(told)
      progress.advance()
    }
    progress.finish()
    network.setTraining(false)
    self.steps = steps
    seconds = start.duration(to: .now) / .seconds(1)
  }

  /// What is painted into the middle of pictures, 0…1, `[count, side / 2, side / 2, 3]`.
  func holes(_ pictures: Pictures) -> Tensor {
    let sketch = Sketch(pictures.height, band: plan.band)
    return pixels(frozen(network, sketch.seen(scaled(pictures.tensor()))))
  }
}

/// The number of a loss, if it is one.
func finite(_ loss: Variable, _ quantity: String, _ step: Int) throws(InpaintingError) -> Double {
  let number = loss.value.number
  if !number.isFinite { throw .notFinite(quantity, step: step) }
  return Double(number)
}

/// Pictures with the square in the middle taken out.
struct Sketch {
  private let side: Int
  private let band: Int
  /// 1 on what is seen, `[1, side, side, 3]`.
  private let isSeen: Variable
  /// What an error at each place of the square weighs, `[1, side / 2, side / 2, 1]`.
  private let weights: Tensor

  /// - Parameters:
  ///   - side: the side of the pictures.
  ///   - band: how many pixels at the inner side of the square are seen, and weigh ten times.
  init(_ side: Int, band: Int = 0) {
    self.side = side
    self.band = band
    let middle = Hole.middle(side)
    let dropped = middle.lowerBound + band..<middle.upperBound - band
    isSeen = Variable(
      Tensor(
        [1, side, side, 3],
        (0..<side * side * 3).map {
          dropped.contains($0 / 3 / side) && dropped.contains($0 / 3 % side) ? 0 : 1
        }))
    let inner = band..<middle.count - band
    weights = Tensor(
      [1, middle.count, middle.count, 1],
      (0..<middle.count * middle.count).map {
        inner.contains($0 / middle.count) && inner.contains($0 % middle.count) ? 1 : 10
      })
  }

  /// Pictures −1…1 with 0, grey, in the hole.
  func seen(_ x: Variable) -> Variable { x * isSeen }

  /// The square, `[batch, side / 2, side / 2, 3]`.
  func middle(_ x: Variable) -> Variable {
    x.sliced(axis: 1, Hole.middle(side)).sliced(axis: 2, Hole.middle(side))
  }

  /// Pictures with what was painted in the place of the square.
  func pasted(_ made: Variable, on x: Variable) -> Variable {
    let (middle, count) = (Hole.middle(side), x.shape[0])
    func strip(_ rows: Range<Int>, _ columns: Range<Int>) -> Variable {
      x.sliced(axis: 1, rows).sliced(axis: 2, columns)
    }
    let row = concatenate(
      [strip(middle, 0..<middle.lowerBound), made, strip(middle, middle.upperBound..<side)], axis: 2
    )
    _ = count
    return concatenate(
      [
        strip(0..<middle.lowerBound, 0..<side), row, strip(middle.upperBound..<side, 0..<side),
      ], axis: 1)
  }

  /// The reconstruction loss Σ w d(painted − truth) / Σ w, in the scale −1…1.
  func error(
    _ made: Variable, _ truth: Tensor, _ distance: InpaintingPlan.Distance
  ) -> Variable {
    switch distance {
    case .squared: meanSquaredError(made, truth, mask: weights)
    case .absolute: meanAbsoluteError(made, truth, mask: weights)
    }
  }
}

/// The game between painter and discriminator, for one batch at a time.
struct Game {
  let discriminator: Discriminator
  private let isReal: Tensor
  private let isPainted: Tensor

  init(_ discriminator: Discriminator, real: Tensor, painted: Tensor) {
    (self.discriminator, isReal, isPainted) = (discriminator, real, painted)
  }

  /// The discriminator's loss −log D(real) − log(1 − D(painted)), and the shares that it names rightly.
  ///
  /// Real and painted pieces are separate batches, each with a batch norm of its own.
  func verdict(real: Variable, painted: Variable) -> (
    loss: Variable, real: Double, painted: Double
  ) {
    let (ofReal, ofPainted) = (discriminator(real), discriminator(painted))
    let loss =
      binaryCrossEntropy(logits: ofReal, isReal) + binaryCrossEntropy(logits: ofPainted, isPainted)
    func share(_ logits: Variable, _ isRight: (Float) -> Bool) -> Double {
      Double(logits.value.numbers.count(where: isRight)) / Double(logits.value.count)
    }
    return (loss, share(ofReal) { $0 > 0 }, share(ofPainted) { $0 < 0 })
  }

  /// The painter's loss −log D(painted): it falls as the discriminator is deceived.
  ///
  /// Only the painter learns from it; the discriminator's weights stand still.
  func applause(painted: Variable) -> Variable {
    binaryCrossEntropy(logits: discriminator.frozenClone()(painted), isReal)
  }
}
