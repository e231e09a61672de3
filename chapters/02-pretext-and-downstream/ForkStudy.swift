import CourseData
import Notebook
import TensorCore

/// Predictions at a fork, of which all futures are known.
struct ForkStudy {
  /// What stands where after the fork, and how far it is from the futures.
  struct Score {
    /// The squared error that is to be expected, over the futures.
    let error: Double
    /// How much of the thing stands at the place where most of it is: 1 is all of it.
    let most: Double
    /// How much of it stands where least of it is.
    let least: Double
    /// How much of it stands where it was before.
    let stayed: Double
  }

  /// The names of the predictions, in the order of the table.
  let names: [String]
  /// `scores[name][seed]`.
  private(set) var scores: [String: [Score]] = [:]
  /// The pictures of the first seed: frames t, the futures and the predictions.
  private var shown: [(name: String, frames: Tensor)] = []

  /// Trains and judges, once for each seed.
  ///
  /// - Parameters:
  ///   - ways: how many futures each clip has.
  ///   - predictions: trains on clips, and says what it then makes of others.
  ///   - training: the number of clips to learn from.
  ///   - test: the number of clips to judge by.
  ///   - seeds: the repetitions.
  init(
    ways: Int, predictions: [(name: String, learn: (_ video: Video, _ seed: UInt64) -> Forecast)],
    training: Int, test: Int, seeds: [UInt64]
  ) {
    let closed = [Self.copy, Self.mean, Self.lot]
    names = closed + predictions.map(\.name)
    for (index, seed) in seeds.enumerated() {
      let set = ForkSet(ways: ways, training: training, test: test, seed: seed)
      let last = set.before.last.value
      var made: [(String, Tensor)] = [(Self.copy, last), (Self.mean, set.meanOfFutures)]
      made.append((Self.lot, set.oneOfFutures(seed: seed)))
      for (name, learn) in predictions {
        made.append((name, learn(set.training, seed)(set.before)))
      }
      for (name, frames) in made { scores[name, default: []].append(set.score(frames)) }
      if index == 0 {
        shown = [("t", last)]
        shown += set.futures.enumerated().map { (name: "future \($0 + 1)", frames: $1) }
        shown += made.dropFirst(3).map { (name: $0.0, frames: $0.1) }
      }
    }
  }

  /// What a trained prediction makes of clips.
  typealias Forecast = (FrameTriple) -> Tensor

  static let copy = "the last frame again"
  static let mean = "the mean of the futures"
  static let lot = "one of the futures, by lot"

  /// A measure of a prediction in all repetitions.
  func runs(_ name: String, _ measure: KeyPath<Score, Double>) -> [Double] {
    scores[name]!.map { $0[keyPath: measure] }
  }

  /// A row for each prediction.
  func table(_ title: String) -> Table {
    Table(
      title,
      columns: [
        .text("prediction"), .number("expected error", decimals: 4),
        .number("of the thing, at most", decimals: 2),
        .number("at least", decimals: 2), .number("where it was", decimals: 2),
      ],
      rows: names.map { name in
        [
          .text(name), .mean(of: runs(name, \.error)), .mean(of: runs(name, \.most)),
          .mean(of: runs(name, \.least)), .mean(of: runs(name, \.stayed)),
        ]
      })
  }

  /// Some clips, a row for each: the last frame, the futures, then what was learnt.
  func grid(_ title: String, clips: Int) -> PictureGrid {
    PictureGrid(
      title,
      rows: (0..<clips).map { clip in
        PictureRow("", shown.map { picture(clip, of: $1, caption: clip == 0 ? $0 : "") })
      })
  }
}

/// Clips that fork after their third frame.
private struct ForkSet {
  let training: Video
  /// Frames t − 1 and t of the test clips, and the frame that one way led to.
  let before: FrameTriple
  /// Frame t + 1 of the test clips for each way.
  let futures: [Tensor]
  /// The ground behind the thing.
  private let ground: Variable

  init(ways: Int, training count: Int, test: Int, seed: UInt64) {
    var factors = MotionFactors()
    factors.appearance.scale = 0.35...0.45
    let world = MotionWorld(factors: factors)
    var random = Random(seed: seed, stream: 5)
    // Frames 1 and 2 come before the fork, frame 3 after it.
    let forks = world.forks(count, ways: ways, seed: random.next())
    let whole = world.paint(forks, frames: 4)
    training = whole.cut(
      (0..<count).map { (clip: $0, frame: 1, top: 0, left: 0) }, frames: 3, size: world.size)
    let clips = world.forks(test, ways: ways, seed: random.next())
    before = world.paint(clips, frames: 4).triple(from: 1)
    futures = (0..<ways).map { way in
      world.paint(clips.map { $0.taking(way) }, frames: 4).frame(3)
    }
    // Of three pictures with the thing in three places, the middle number is the ground's.
    let (a, b, c) = (Variable(futures[0]), Variable(futures[1]), before.last)
    func larger(_ x: Variable, _ y: Variable) -> Variable { x + relu(y - x) }
    func smaller(_ x: Variable, _ y: Variable) -> Variable { x - relu(x - y) }
    ground = larger(smaller(a, b), smaller(larger(a, b), c))
  }

  /// What squared error asks for.
  var meanOfFutures: Tensor {
    (futures.dropFirst().reduce(Variable(futures[0])) { $0 + Variable($1) }
      / Float(futures.count)).value
  }

  /// A perfect guess: for each clip one of its futures, each as likely as it is.
  func oneOfFutures(seed: UInt64) -> Tensor {
    var random = Random(seed: seed, stream: 6)
    let clips = futures[0].shape[0]
    let stacked = concatenate(futures.map { Variable($0) })
    return stacked.gather(
      (0..<clips).map { $0 + clips * random.integer(below: futures.count) }
    ).value
  }

  func score(_ frames: Tensor) -> ForkStudy.Score {
    let errors = futures.flatMap { squaredErrors(frames, $0) }
    // The share of the thing at a place: ⟨prediction − ground, thing there − ground⟩ over its own square.
    func shares(_ place: Variable) -> [Float] {
      let thing = place - ground
      let sum = { (x: Variable) in x.reshaped([frames.shape[0], -1]).sum(axis: 1) }
      return (sum(thing * (Variable(frames) - ground)) / sum(square(thing))).value.numbers
    }
    let there = futures.map { shares(Variable($0)) }
    let stayed = shares(before.last).map(Double.init)
    let clips = frames.shape[0]
    func mean(_ choose: ([Float]) -> Float) -> Double {
      let sum = (0..<clips).reduce(Float(0)) { sum, clip in sum + choose(there.map { $0[clip] }) }
      return Double(sum) / Double(clips)
    }
    return ForkStudy.Score(
      error: errors.reduce(0, +) / Double(errors.count), most: mean { $0.max() ?? 0 },
      least: mean { $0.min() ?? 0 }, stayed: stayed.reduce(0, +) / Double(clips))
  }
}

extension ForkStudy {
  /// A network that lowers the squared error of its predictions.
  static func learningSquaredError(steps: Int) -> (Video, UInt64) -> Forecast {
    { video, seed in
      var random = Random(seed: seed)
      let network = learnNextFrame(Encoder(using: &random), video, steps: steps, seed: seed)
      return { test in clipped(network.evaluating { network(test.before, test.last) }) }
    }
  }

  /// A network that lowers the squared error first and then, for as many steps, the absolute error.
  ///
  /// From random weights absolute error alone may end in “no change”: nearly all pixels ask for it, each as
  /// loudly as one that moves.
  static func learningAbsoluteError(steps: Int) -> (Video, UInt64) -> Forecast {
    { video, seed in
      var random = Random(seed: seed)
      let network = learnNextFrame(Encoder(using: &random), video, steps: steps, seed: seed)
      network.setTraining(true)
      followFrames(network.parameters, video, steps: steps, random: &random) { now in
        meanAbsoluteError(network(now.before, now.last), now.next.value)
      }
      network.setTraining(false)
      return { test in clipped(network.evaluating { network(test.before, test.last) }) }
    }
  }

  /// A network that chooses a code and draws the future that belongs to it.
  static func learningCodes(_ count: Int, steps: Int) -> (Video, UInt64) -> Forecast {
    { video, seed in
      let coded = CodedForesight(video, steps: steps, count: count, seed: seed)
      return { test in
        var random = Random(seed: seed, stream: 8)
        return coded.drawn(test.before, test.last, using: &random)
      }
    }
  }
}
