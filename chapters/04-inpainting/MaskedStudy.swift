import CourseData
import Notebook
import TensorCore

/// A masked autoencoder that was trained.
struct MaskedTraining {
  /// The network.
  let network: MaskedAutoencoder
  /// The loss of each update.
  private(set) var losses: [Double] = []
  /// The time that it took, in seconds.
  private(set) var seconds = 0.0
  /// How many patches are seen.
  let seen: Int

  /// Trains on pictures.
  ///
  /// - Parameters:
  ///   - pictures: their side is a multiple of 8.
  ///   - ratio: the share of patches that is hidden.
  ///   - isNormalised: whether each patch's own mean and deviation are taken out of the target.
  ///   - steps: how many updates are made.
  ///   - seed: where weights, masks and batches come from.
  ///   - title: what the progress line says.
  /// - Throws: `InpaintingError` where pictures do not fit, or a loss is not a number any more.
  init(
    _ pictures: Pictures, ratio: Double, isNormalised: Bool, steps: Int, seed: UInt64,
    title: String
  ) throws(InpaintingError) {
    var random = Random(seed: seed, stream: 46)
    let network = MaskedAutoencoder(side: pictures.height, using: &random)
    self.network = network
    let count = network.count
    let seen = min(max(1, Int((Double(count) * (1 - ratio)).rounded())), count - 1)
    self.seen = seen
    let start = ContinuousClock.now
    let x = scaled(pictures.tensor())
    var losses: [Double] = []
    try descend(network.parameters, steps: steps, rate: 2e-3, title: title) {
      let patches = MaskedAutoencoder.patches(
        x.gather((0..<32).map { _ in random.integer(below: pictures.count) }))
      let orders = (0..<32).map { _ in random.permutation(count) }
      var isHidden = [Float](repeating: 0, count: 32 * count)
      for (picture, order) in orders.enumerated() {
        for place in order[seen...] { isHidden[picture * count + place] = 1 }
      }
      let made = network(patches, seen: orders.map { Array($0[..<seen]) })
      let target = isNormalised ? MaskedAutoencoder.normalised(patches) : patches
      let loss = meanSquaredError(made, target.value, mask: Tensor([32, count, 1], isHidden))
      losses.append(Double(loss.value.number))
      return loss
    }
    self.losses = losses
    seconds = start.duration(to: .now) / .seconds(1)
  }

  /// Frozen features of pictures, `[count, 4 · width]`.
  func features(_ pictures: Pictures) -> Variable {
    let x = scaled(pictures.tensor())
    return withoutGradient {
      concatenate(
        batches(pictures.count, of: 100).map { network.features(x.sliced(axis: 0, $0)) })
    }
  }
}

/// The same question asked of a transformer on patches.
struct MaskedStudy {
  /// One way to train it.
  struct Trial {
    /// What a linear probe makes of it.
    let kind: Double
    /// The mean loss of the last updates.
    let loss: Double
    let seconds: Double
  }

  static let untrained = "untrained"
  /// With pixels as they are for targets, and half the steps: what can be looked at.
  static let plain = "75 %, plain pixels, half as long"
  /// What a share of hidden patches is called.
  static func name(_ ratio: Double) -> String { NumberStyle.percent(0).text(ratio) }

  let comparison: Comparison<Trial>
  private let painter: MaskedTraining
  private let test: Pictures

  /// Trains with each share hidden.
  init(
    _ ratios: [Double], _ sets: [PictureSet], steps: Int, labels: Int
  ) throws(InpaintingError) {
    test = sets[0].test
    var painter: MaskedTraining?
    let recipes =
      [(MaskedStudy.untrained, 0.75, true, 0), (MaskedStudy.plain, 0.75, false, (steps + 1) / 2)]
      + ratios.map { (MaskedStudy.name($0), $0, true, steps) }
    var trials: [[Trial]] = []
    for (name, ratio, isNormalised, steps) in recipes {
      var row: [Trial] = []
      for set in sets {
        let trained = try MaskedTraining(
          set.training, ratio: ratio, isNormalised: isNormalised, steps: steps, seed: set.seed,
          title: "Masked, \(name), seed \(set.seed)")
        if painter == nil, !isNormalised { painter = trained }
        let some = set.labelled(labels)
        let kind =
          set.sharesClasses
          ? Representation(
            training: trained.features(set.training[some]), test: trained.features(set.test)
          ).probed(set.labels(some), set.test.labels, classes: set.classes) : .nan
        let last = trained.losses.suffix(20)
        row.append(
          Trial(
            kind: kind,
            loss: last.isEmpty ? .nan : last.reduce(0, +) / Double(last.count),
            seconds: trained.seconds))
      }
      trials.append(row)
    }
    self.painter = painter!
    comparison = Comparison(names: recipes.map(\.0), trials: trials)
  }

  /// A row for each way.
  var table: Table {
    let hasKinds = !comparison.trials[0][0].kind.isNaN
    return Table(
      "How much is hidden",
      columns: [.text("hidden"), .number("loss on hidden patches", decimals: 3)]
        + (hasKinds ? [.number("kind, frozen", decimals: 3)] : [])
        + [.number("seconds", decimals: 0)],
      rows: zip(comparison.names, comparison.trials).map { name, trials in
        [.text(name), name == MaskedStudy.untrained ? .empty : .mean(of: trials.map(\.loss))]
          + (hasKinds ? [.mean(of: trials.map(\.kind))] : [])
          + [.number(trials.map(\.seconds).reduce(0, +) / Double(trials.count))]
      })
  }

  /// Some test pictures with three quarters hidden, and what the decoder painted there.
  func grid(_ count: Int, seed: UInt64) -> PictureGrid {
    var random = Random(seed: seed, stream: 47)
    let network = painter.network
    let some = test[0..<count]
    let patches = MaskedAutoencoder.patches(scaled(some.tensor()))
    let orders = (0..<count).map { _ in random.permutation(network.count) }
    var isSeen = [Float](repeating: 0, count: count * network.count)
    for (picture, order) in orders.enumerated() {
      for place in order[..<painter.seen] { isSeen[picture * network.count + place] = 1 }
    }
    let mask = Variable(Tensor([count, network.count, 1], isSeen))
    let made = withoutGradient {
      network(patches, seen: orders.map { Array($0[..<painter.seen]) })
    }
    func row(_ heading: String, _ patches: Variable) -> PictureRow {
      let side = test.height
      return PictureRow(
        heading,
        pixels(MaskedAutoencoder.pictures(patches, grid: network.grid)).cut(count).map {
          Picture($0, height: side, width: side, channels: 3)
        })
    }
    return PictureGrid(
      "Three quarters hidden",
      rows: [
        row("seen", patches * mask), row("painted", patches * mask + made * (1 - mask)),
        row("the truth", patches),
      ])
  }
}
