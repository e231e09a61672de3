import CourseData
import Notebook
import TensorCore

/// What a linear probe reads out of two frames, or of one, by different features of them.
struct MotionProbes {
  /// What the probe gets to see of the two frames.
  enum Features: String, CaseIterable {
    case pixels = "pixels"
    case difference = "difference of the pixels"
    case random = "random encoder"
    case encoder = "next-frame encoder"
    case randomMeeting = "random, where frames meet"
    case meeting = "next-frame, where frames meet"
  }

  /// What is asked.
  enum Question: String, CaseIterable {
    case direction = "direction"
    case speed = "speed"
    case few = "kind, 100 labels"
    case many = "kind, all labels"
  }

  /// `accuracies[features][question][seed]`, of those that can be asked.
  private var accuracies: [Features: [Question: [Double]]] = [:]

  /// Probes the networks, one for each seed.
  init(_ networks: [NextFrameNetwork], training: Int, test: Int, seeds: [UInt64]) {
    for (network, seed) in zip(networks, seeds) {
      var random = Random(seed: seed, stream: 7)
      let set = ProbeSet(training: training, test: test, seed: random.next())
      let encoder = Encoder(using: &random)
      let untrained = NextFrameNetwork(encoder, frame: set.shape, using: &random)
      for features in Features.allCases {
        let source = [.random, .randomMeeting].contains(features) ? untrained : network
        for (question, accuracy) in set.accuracies(features, source) {
          accuracies[features, default: [:]][question, default: []].append(accuracy)
        }
      }
    }
  }

  /// The accuracies of all repetitions.
  func runs(_ features: Features, _ question: Question) -> [Double] {
    accuracies[features]?[question] ?? []
  }

  /// How much more is read out of one than of the other, seed by seed.
  func lead(_ one: Features, over other: Features, _ question: Question) -> PairedDifference {
    PairedDifference(runs(one, question), minus: runs(other, question))
  }

  /// A row for each kind of features, a column for each question.
  var table: Table {
    Table(
      "What a linear probe reads out of frozen features",
      columns: [.text("features")] + Question.allCases.map { .number($0.rawValue, decimals: 2) },
      rows: [["chance", 0.125, 0.25, 0.1, 0.1]]
        + Features.allCases.map { features in
          [.text(features.rawValue)]
            + Question.allCases.map { question in
              let runs = runs(features, question)
              return runs.isEmpty ? .empty : .mean(of: runs)
            }
        })
  }
}

/// Clips of one thing whose motion is known, two frames of each.
private struct ProbeSet {
  private let before: Variable
  private let last: Variable
  private let training: Int
  private let kinds: [Int]
  private let directions: [Int]
  private let speeds: [Int]
  let shape: [Int]

  init(training: Int, test: Int, seed: UInt64) {
    var factors = MotionFactors()
    factors.things = 1...1
    let world = MotionWorld(factors: factors)
    let count = training + test
    // A thing that turns back between the frames has no direction to ask for.
    let straight = world.clips(2 * count, seed: seed).filter { clip in
      clip.moment(0)?.velocity == clip.moment(1)?.velocity
    }
    let clips = Array(straight.prefix(count))
    let video = world.paint(clips, frames: 2)
    (before, last) = (Variable(video.frame(0)), Variable(video.frame(1)))
    shape = [video.height, video.width, video.channels]
    self.training = min(training, clips.count)
    kinds = clips.map(\.label)
    let velocities = clips.map { $0.things[0].velocity }
    directions = velocities.map(octant)
    let range = factors.speed
    speeds = velocities.map { velocity in
      let speed = (velocity * velocity).sum().squareRoot()
      let share = (speed - range.lowerBound) / (range.upperBound - range.lowerBound)
      return min(max(Int(4 * share), 0), 3)
    }
  }

  func accuracies(
    _ features: MotionProbes.Features, _ network: NextFrameNetwork
  ) -> [(MotionProbes.Question, Double)] {
    let flat = { (x: Variable) in x.reshaped([x.shape[0], -1]) }
    let both: Variable
    let one: Variable?
    switch features {
    case .pixels: (both, one) = (concatenate([flat(before), flat(last)], axis: 1), flat(last))
    case .difference: (both, one) = (flat(last - before), nil)
    case .random, .encoder:
      let ofLast = flat(frozen(network.encoder, last))
      (both, one) = (concatenate([flat(frozen(network.encoder, before)), ofLast], axis: 1), ofLast)
    case .randomMeeting, .meeting:
      one = nil
      both = network.evaluating {
        globalAveragePool(network.met(before, last, network.features(before, last)))
      }
    }
    var found: [(MotionProbes.Question, Double)] = [
      (.direction, probed(both, directions, classes: 8)),
      (.speed, probed(both, speeds, classes: 4)),
    ]
    if let one {
      found.append((.few, probed(one, kinds, classes: 10, labels: min(100, training))))
      found.append((.many, probed(one, kinds, classes: 10)))
    }
    return found
  }

  private func probed(
    _ features: Variable, _ labels: [Int], classes: Int, labels count: Int? = nil
  ) -> Double {
    let all = labels.count
    return Representation(
      training: features.sliced(axis: 0, 0..<training),
      test: features.sliced(axis: 0, training..<all)
    ).probed(
      Array(labels[..<training]), Array(labels[training...]), classes: classes,
      labelled: Array(0..<(count ?? training)))
  }
}

/// Which eighth of the circle a velocity points to, clockwise from the right.
func octant(_ velocity: SIMD2<Float>) -> Int {
  let (x, y) = (velocity.x, velocity.y)
  let steep = abs(y) > abs(x)
  if y >= 0 { return x >= 0 ? (steep ? 1 : 0) : (steep ? 2 : 3) }
  return x < 0 ? (steep ? 5 : 4) : (steep ? 6 : 7)
}
