import CourseData
import Notebook
import TensorCore

/// How patch localization is trained.
struct LocalizationPlan {
  /// How the patches lie.
  var layout = PatchLayout(size: 12, gap: 6, jitter: 1)
  /// What is done to their colours.
  var cure = Cure.none
  /// How wide a frame is seen of a patch, in pixels; nil for all of it.
  var frame: Int?
  /// The share of patches that are made small and large again.
  var coarse: Float = 0.33
  /// How many updates are made.
  var steps: Int
  /// How many pairs are in each.
  var batch = 64
  /// The learning rate of the first update; it falls to 0 along half a cosine.
  var learningRate: Float = 2e-3
}

/// The patches at some places as the network sees them, `[places.count, size, size, 3]`.
///
/// Each patch is brought to mean 0 by itself, and to the pictures' deviation; some are made coarse.
func seenPatches(
  _ pictures: Pictures, _ places: [PatchPlace], _ plan: LocalizationPlan, isTraining: Bool,
  using random: inout Random
) -> Variable {
  let size = plan.layout.size
  var patches = pictures.patches(at: places, size: size)
  if isTraining, plan.coarse > 0 {
    let sides = places.map { _ in
      random.chance(plan.coarse) ? size / 3 + random.integer(below: size - size / 3) : size
    }
    patches = coarsened(patches, to: sides)
  }
  let x = Variable(patches)
  let mean = x.mean(axis: 1).mean(axis: 1).mean(axis: 1).reshaped([places.count, 1, 1, 1])
  let cured = plan.cure.applied((x - mean) * 4, using: &random)
  guard let frame = plan.frame else { return cured }
  let mask = (0..<size * size).map { pixel -> Float in
    let inside = frame..<(size - frame)
    return inside.contains(pixel / size) && inside.contains(pixel % size) ? 0 : 1
  }
  return cured * Variable(Tensor([1, size, size, 1], mask))
}

/// A network that was trained to tell where the second patch lies.
struct Localization {
  /// The network, tower and all.
  let network: PairNetwork
  /// How it was trained.
  let plan: LocalizationPlan
  /// The loss of each update, in nats.
  private(set) var losses: [Double] = []
  /// The time that it took, in seconds.
  private(set) var seconds = 0.0

  /// Trains on pictures; `draw` makes the pairs of a batch.
  ///
  /// - Parameters:
  ///   - pictures: what the patches are cut from.
  ///   - plan: how.
  ///   - seed: where weights, pairs and cures come from.
  ///   - title: what the progress line says.
  ///   - draw: the sampler; nil for the layout's own.
  init(
    _ pictures: Pictures, _ plan: LocalizationPlan, seed: UInt64, title: String,
    draw: ((Int, inout Random) -> [PatchPair])? = nil
  ) {
    var random = Random(seed: seed, stream: 30)
    let network = PairNetwork(patch: plan.layout.size, using: &random)
    self.network = network
    self.plan = plan
    let start = ContinuousClock.now
    var losses: [Double] = []
    descend(network.parameters, steps: plan.steps, rate: plan.learningRate, title: title) {
      let pairs =
        draw?(plan.batch, &random) ?? plan.layout.pairs(plan.batch, of: pictures, using: &random)
      let patches = seenPatches(
        pictures, pairs.map(\.middle) + pairs.map(\.neighbour), plan, isTraining: true,
        using: &random)
      let loss = crossEntropy(network(patches), pairs.map(\.label))
      losses.append(Double(loss.value.number))
      return loss
    }
    network.setTraining(false)
    self.losses = losses
    seconds = start.duration(to: .now) / .seconds(1)
  }

  /// The logits of pairs `[pairs.count, 8]`.
  func logits(_ pictures: Pictures, _ pairs: [PatchPair], seed: UInt64 = 0) -> Tensor {
    var random = Random(seed: seed, stream: 31)
    return network.evaluating {
      concatenate(
        batches(pairs.count, of: 500).map { range in
          let some = pairs[range]
          return network(
            seenPatches(
              pictures, some.map(\.middle) + some.map(\.neighbour), plan, isTraining: false,
              using: &random))
        })
    }.value
  }

  /// The features of patches, `[places.count, 128]`.
  func features(_ pictures: Pictures, _ places: [PatchPlace]) -> Variable {
    var random = Random(seed: 0, stream: 32)
    return network.evaluating {
      concatenate(
        batches(places.count, of: 500).map { range in
          network.tower(
            seenPatches(
              pictures, Array(places[range]), plan, isTraining: false, using: &random))
        })
    }
  }
}

/// Adam on a loss, with a learning rate that rises for a twentieth of the steps and falls to 0 along half a
/// cosine.
func descend(
  _ parameters: [NamedVariable], steps: Int, rate: Float, title: String, loss: () -> Variable
) {
  var progress = Progress(title, total: steps)
  Adam(parameters, learningRate: rate).minimise(
    WarmUpCosine(peak: rate, warmUp: steps / 20, total: steps),
    afterStep: { progress.advance() }
  ) { _ in loss() }
  progress.finish()
}
