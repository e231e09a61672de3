import CourseData
import Notebook
import TensorCore

/// What a representation knows about pictures besides their class: how they are turned, and their
/// colour.
///
/// Each picture is turned by no, one, two or three quarters, as in table 4 of Chen et al. 2020. A
/// linear probe then asks the representation for the turn, for the colour of the thing and for its
/// class.
struct KnownFactors {
  /// One question to the representation.
  struct Factor {
    /// What is asked for.
    let name: String
    /// The number of possible answers.
    let classes: Int
    /// The right answers.
    let training: [Int]
    let test: [Int]
  }

  /// What is asked.
  let factors: [Factor]
  /// The share of right answers from h of an encoder with random weights, in the order of the
  /// factors.
  let random: [Double]
  /// The same from h, and from g(h).
  let h, z: [Double]

  /// Turns up to 1,000 training and 500 test pictures of a set and asks a model.
  init(_ set: PictureSet, of model: ContrastiveModel) {
    let (training, test) = (
      QuarterTurns(set.training, most: 1000), QuarterTurns(set.test, most: 500)
    )
    var factors = [
      Factor(
        name: "class", classes: set.classes,
        training: training.order.map { set.training.labels[$0] },
        test: test.order.map { set.test.labels[$0] }),
      Factor(name: "quarter turns", classes: 4, training: training.turns, test: test.turns),
    ]
    let colours = set.hues ?? (set.training.colours, set.test.colours)
    factors.append(
      Factor(
        name: set.training.channels == 3 ? "colour" : "brightness", classes: 6,
        training: training.order.map { colours.0[$0] }, test: test.order.map { colours.1[$0] }))
    self.factors = factors
    func answers(_ layer: (Variable) -> Variable) -> [Double] {
      let features = Representation(training: layer(training.pictures), test: layer(test.pictures))
      return factors.map { features.probed($0.training, $0.test, classes: $0.classes) }
    }
    var source = Random(seed: set.seed, stream: 1)
    let fresh = ResidualEncoder(
      channels: model.encoder.channels, width: model.encoder.width / 4, using: &source)
    random = answers { frozen(fresh, $0) }
    h = answers { frozen(model.encoder, $0) }
    z = answers { frozen(model.head, frozen(model.encoder, $0)) }
  }

  /// The mean over several sets.
  static func mean(_ shares: [Double]) -> Double { meanAndDeviation(shares).mean }

  /// A row for each question; the columns are what is asked.
  static func table(_ known: [KnownFactors]) -> Table {
    Table(
      "What a linear probe finds in turned pictures",
      columns: [.text("asked for")]
        + ["chance", "random h", "h", "g(h)"].map { .number($0, decimals: 2) },
      rows: known[0].factors.enumerated().map { at, factor in
        [
          .text(factor.name), .number(1 / Double(factor.classes)),
          .mean(of: known.map { $0.random[at] }), .mean(of: known.map { $0.h[at] }),
          .mean(of: known.map { $0.z[at] }),
        ]
      })
  }
}

/// Pictures turned by quarters, a fourth of them by each number of quarters.
private struct QuarterTurns {
  let pictures: Variable
  /// Which picture each of them was.
  let order: [Int]
  /// How many quarters it was turned.
  let turns: [Int]

  init(_ source: Pictures, most: Int) {
    let count = min(most, source.count)
    let groups = (0..<4).map { turn in (0..<count).filter { $0 / 16 % 4 == turn } }
    let fromBelow = Array((0..<source.height).reversed())
    pictures = concatenate(
      groups.enumerated().filter { !$0.element.isEmpty }.map { turn, group in
        var x = Variable(source.tensor(group))
        // Rows for columns mirrors at the diagonal; with the rows' order reversed it is a turn.
        for _ in 0..<turn { x = x.transposed(0, 2, 1, 3).gather(fromBelow, axis: 1) }
        return x
      })
    order = groups.flatMap { $0 }
    turns = groups.enumerated().flatMap { turn, group in group.map { _ in turn } }
  }
}

extension PictureSet {
  /// The hue of each thing in six parts of the colour circle, where the world knows it.
  fileprivate var hues: (training: [Int], test: [Int])? {
    let sixths = { (scenes: [Scene]) in scenes.map { min(Int($0.hue * 6), 5) } }
    return scenes.map { (sixths($0.training), sixths($0.test)) }
  }
}

extension Pictures {
  /// The hue of each picture's strongest colours in six parts of the colour circle; of grey
  /// pictures the brightness in six steps.
  fileprivate var colours: [Int] {
    (0..<count).map { index in
      let numbers = pixels(at: [index])
      if channels != 3 {
        let mean = numbers.reduce(0, +) / Float(max(1, numbers.count))
        return min(Int(mean * 12), 5)
      }
      // Colours are summed as directions on the circle, each as long as it is strong.
      var (x, y): (Float, Float) = (0, 0)
      for at in stride(from: 0, to: numbers.count, by: 3) {
        x += numbers[at] - (numbers[at + 1] + numbers[at + 2]) / 2
        y += (numbers[at + 1] - numbers[at + 2]) * 0.866
      }
      // A sixth of the circle is 60°; the tangent of the border between two sixths is 0 or ±1.732.
      if abs(y) < abs(x) * 1.732 {
        return x > 0 ? (y > 0 ? 0 : 5) : (y > 0 ? 2 : 3)
      }
      return y > 0 ? 1 : 4
    }
  }
}
