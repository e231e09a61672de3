import CourseData
import Notebook
import TensorCore

/// What a tower's convolutions see in whole pictures, and a linear layer on it.
final class WholePicture: Layer {
  let tower: Tower
  let head: Linear

  /// Puts a new layer, which starts at zero, on a tower, which is not copied.
  init(_ tower: Tower, outputs: Int) {
    self.tower = tower
    head = Linear(
      weight: Variable(Tensor([4 * Tower.widths[2], outputs], fill: 0), needsGradient: true),
      bias: Variable(Tensor([outputs], fill: 0), needsGradient: true))
  }

  private init(cloning other: WholePicture) {
    (tower, head) = (other.tower.clone(), other.head.clone())
  }

  var parts: Parts { ["tower": tower, "head": head] }

  /// `[batch, outputs]`.
  func callAsFunction(_ x: Variable) -> Variable { head(WholePicture.features(tower, x)) }

  func clone() -> WholePicture { WholePicture(cloning: self) }

  /// The map of a picture, as the means of its four quarters, `[batch, 256]`.
  static func features(_ tower: Tower, _ x: Variable) -> Variable {
    let map = tower.map(x)
    return averagePool(map, size: map.shape[1] / 2).reshaped([x.shape[0], -1])
  }
}

/// Pictures as a tower sees whole ones: in the scale of patches, their mean taken off.
func seenWhole(_ pictures: Pictures) -> Variable {
  let x = Variable(pictures.tensor())
  return ((x - x.mean()) * 4).detached()
}

/// Frozen features of whole pictures, `[count, 256]`.
func wholeFeatures(_ tower: Tower, _ x: Variable) -> Variable {
  tower.evaluating {
    concatenate(
      batches(x.shape[0], of: 100).map { WholePicture.features(tower, x.sliced(axis: 0, $0)) })
  }
}

/// The accuracy of a linear probe on a tower's features of whole pictures.
func kindProbe(_ tower: Tower, _ pictures: Photographed, labels: Int) -> Double {
  let training = pictures.training
  let some = training.firstIndices(perClass: labels / training.classNames.count)
  let features = Representation(
    training: wholeFeatures(tower, seenWhole(training[some])),
    test: wholeFeatures(tower, seenWhole(pictures.test)))
  return features.probed(
    some.map { training.labels[$0] }, pictures.test.labels, classes: training.classNames.count)
}

/// The kind of the thing from few labels, by everything that a tower may have learnt before.
struct Ladder {
  /// The starts, in the order of the table.
  enum Start: String, CaseIterable {
    case random = "random"
    case turns = "turns"
    case patches = "patch localization"
    case supervised = "supervised"
  }

  /// The numbers of labels.
  let counts: [Int]
  private(set) var frozen: [LearningCurve] = []
  private(set) var tuned: [LearningCurve] = []
  /// The seconds of each start's pre-training.
  private(set) var seconds: [Start: Double] = [:]

  /// Trains the other starts and judges all of them.
  init(
    _ counts: [Int], _ sets: [PictureSet], _ patches: [Localization], steps: Int, tuning: Int
  ) {
    self.counts = counts
    let size = patches[0].plan.layout.size
    let seen = sets.map { (training: seenWhole($0.training), test: seenWhole($0.test)) }
    var towers: [Start: [Tower]] = [:]
    for start in Start.allCases {
      let clock = ContinuousClock.now
      towers[start] = sets.indices.map { index in
        var random = Random(seed: sets[index].seed, stream: 30)
        let tower = Tower(patch: size, using: &random)
        switch start {
        case .random: break
        case .patches: return patches[index].network.tower
        case .turns: Ladder.learnTurns(tower, seen[index].training, steps, &random)
        case .supervised:
          Ladder.learnKinds(
            tower, seen[index].training, sets[index].training.labels,
            sets[index].classes, steps, &random)
        }
        return tower
      }
      let took = clock.duration(to: .now) / .seconds(1) / Double(sets.count)
      seconds[start] =
        start == .patches ? meanAndDeviation(patches.map(\.seconds)).mean : took
    }
    let all = Array(sets.indices)
    let pixels = seen.map { ends in
      [ends.training, ends.test].map { averagePool($0, size: 7).reshaped([$0.shape[0], -1]) }
    }
    func probed(_ features: [Variable], _ index: Int, _ labels: Int) -> Double {
      let some = sets[index].labelled(labels)
      return Representation(training: features[0].gather(some), test: features[1]).probed(
        sets[index].labels(some), sets[index].test.labels, classes: sets[index].classes)
    }
    frozen = [
      LearningCurve("pixels", at: counts, over: all) { probed(pixels[$0], $0, $1) }
    ]
    for start in Start.allCases {
      let features = all.map { index in
        [seen[index].training, seen[index].test].map { wholeFeatures(towers[start]![index], $0) }
      }
      frozen.append(
        LearningCurve(start.rawValue, at: counts, over: all) { probed(features[$0], $0, $1) })
      if start == .supervised { continue }
      tuned.append(
        LearningCurve(start.rawValue, at: counts, over: all) { index, labels in
          let some = sets[index].labelled(labels)
          var random = Random(seed: sets[index].seed, stream: 34)
          let model = WholePicture(towers[start]![index].clone(), outputs: sets[index].classes)
          model.setTraining(true)
          let truth = sets[index].labels(some)
          let x = seen[index].training.gather(some)
          descend(
            model.parameters, steps: tuning, rate: 2e-3,
            title: "\(labels) labels from \(start.rawValue)"
          ) {
            let batch = (0..<16).map { _ in random.integer(below: some.count) }
            return crossEntropy(model(x.gather(batch)), batch.map { truth[$0] })
          }
          let answers = TensorCore.frozen(model, seen[index].test).value.indicesOfMaximum()
          return accuracy(answers, sets[index].test.labels)
        })
    }
  }

  /// Chapter 1's pretext: to tell by how many quarters a picture is turned.
  private static func learnTurns(
    _ tower: Tower, _ x: Variable, _ steps: Int, _ random: inout Random
  ) {
    let model = WholePicture(tower, outputs: 4)
    let upwards = Array((0..<x.shape[1]).reversed())
    var own = random.split()
    descend(model.parameters, steps: steps, rate: 2e-3, title: "Turns") {
      var positions = [x.gather((0..<4).map { _ in own.integer(below: x.shape[0]) })]
      for _ in 1..<4 {
        positions.append(
          positions[positions.count - 1].transposed(0, 2, 1, 3).gather(upwards, axis: 1))
      }
      return crossEntropy(
        model(concatenate(positions)), (0..<16).map { $0 / 4 })
    }
    tower.setTraining(false)
  }

  private static func learnKinds(
    _ tower: Tower, _ x: Variable, _ labels: [Int], _ classes: Int, _ steps: Int,
    _ random: inout Random
  ) {
    let model = WholePicture(tower, outputs: classes)
    var own = random.split()
    descend(model.parameters, steps: steps, rate: 2e-3, title: "Kinds") {
      let batch = (0..<16).map { _ in own.integer(below: x.shape[0]) }
      return crossEntropy(model(x.gather(batch)), batch.map { labels[$0] })
    }
    tower.setTraining(false)
  }

  /// How much better one frozen start is than another.
  func lead(_ first: Start, over second: Start, at labels: Int, tuned isTuned: Bool = false)
    -> PairedDifference
  {
    let curves = isTuned ? tuned : frozen
    func curve(_ start: Start) -> LearningCurve { curves.first { $0.name == start.rawValue }! }
    return curve(first).lead(over: curve(second), at: labels)
  }

  /// The mean accuracy of a start.
  func mean(_ start: Start, at labels: Int, tuned isTuned: Bool = false) -> Double {
    (isTuned ? tuned : frozen).first { $0.name == start.rawValue }!.mean(labels)
  }

  /// What each start took.
  var costs: Table {
    Table(
      "What the starts took",
      columns: [.text("start"), .number("seconds", decimals: 1)],
      rows: [Start.turns, .patches, .supervised].map {
        [.text($0.rawValue), .number(seconds[$0]!)]
      })
  }

  /// The tables: frozen, and fine-tuned.
  var tables: [Table] {
    let columns = counts.map { NumberStyle.whole.text(Double($0)) }
    return [
      LearningCurve.ladder("Kinds by a linear probe, frozen", "start", columns: columns, frozen),
      LearningCurve.ladder("Kinds after fine-tuning", "start", columns: columns, tuned),
    ]
  }
}
