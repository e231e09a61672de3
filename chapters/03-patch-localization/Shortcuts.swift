import CourseData
import Notebook
import TensorCore

/// What one way of training came to.
struct LocalizationOutcome {
  /// The share of right answers on test pictures.
  let accuracy: Double
  /// What a linear probe makes of the frozen convolutions, for the kind of the thing.
  let kind: Double
  /// How far off the place of a single patch is told by its features, in shares of the side.
  let position: Double
  /// How far from a patch's own place the patch lies that is most like it, in shares of the side.
  let distance: Double

  /// Trains and judges.
  init(
    _ pictures: Photographed, _ plan: LocalizationPlan, labels: Int, pairs: Int, title: String
  ) {
    let seed = pictures.set.seed
    let (training, test) = (pictures.training, pictures.test)
    let trained = Localization(training, plan, seed: seed, title: title)
    self.init(trained, pictures, labels: labels, pairs: pairs, training: training, test: test)
  }

  /// Judges what is trained.
  init(
    _ trained: Localization, _ pictures: Photographed, labels: Int, pairs: Int,
    training: Pictures, test: Pictures
  ) {
    let seed = pictures.set.seed
    accuracy = Judged(trained, test, count: pairs, seed: seed).accuracy
    let hasKinds = pictures.set.classes > 1 && pictures.set.sharesClasses
    kind =
      hasKinds ? kindProbe(trained.network.tower, pictures, labels: labels) : .nan
    position = positionError(trained, training, test, seed: seed).error
    distance =
      Neighbours(trained, test, scenes: nil, seed: seed).distances[2]
  }
}

extension PictureSet {
  /// Whether a class of the training pictures also occurs among the test pictures: crops of photographs
  /// are named by their photograph, and none is on both sides.
  var sharesClasses: Bool {
    training.classNames == test.classNames
  }
}

extension Pictures {
  /// Whether the first twenty pictures have three equal channels throughout.
  var looksGrey: Bool {
    if channels == 1 { return true }
    let some: [Float] = pixels(at: Array(0..<Swift.min(20, count)))
    for pixel in stride(from: 0, to: some.count, by: 3) {
      let red = some[pixel]
      if red != some[pixel + 1] || red != some[pixel + 2] { return false }
    }
    return true
  }
}

/// How far off the place of a patch is told from its features alone.
///
/// A ridge regression says the middle of a patch, both coordinates 0…1 of the picture, from what the tower
/// makes of it; the paper asks the same of its features to find out whether they know the lens.
///
/// - Returns: the root of the mean squared distance on test pictures, and the same for always saying the
///   middle of all places.
func positionError(
  _ trained: Localization, _ training: Pictures, _ test: Pictures, seed: UInt64
) -> (error: Double, chance: Double) {
  var random = Random(seed: seed, stream: 37)
  let size = trained.plan.layout.size
  func drawn(_ pictures: Pictures, _ count: Int) -> (places: [PatchPlace], targets: Tensor) {
    let places = (0..<count).map { _ in
      PatchPlace(
        picture: random.integer(below: pictures.count),
        top: random.integer(below: pictures.height - size + 1),
        left: random.integer(below: pictures.width - size + 1))
    }
    let (half, width, height) = (Float(size) / 2, Float(pictures.width), Float(pictures.height))
    let targets = places.flatMap { place -> [Float] in
      [(Float(place.left) + half) / width, (Float(place.top) + half) / height]
    }
    return (places, Tensor([count, 2], targets))
  }
  let (known, asked) = (drawn(training, 3000), drawn(test, 2000))
  let probe = RidgeProbe(trained.features(training, known.places), targets: known.targets)
  let guess = Variable(probe(trained.features(test, asked.places)))
  let truth = Variable(asked.targets)
  func root(_ x: Variable) -> Double {
    Double(square(x).sum(axis: 1).mean().value.number).squareRoot()
  }
  return (root(guess - truth), root(Variable(known.targets).mean(axis: 0) - truth))
}

/// How a training differs from the others: what the pictures were seen through, and the plan.
typealias LocalizationRecipe = (lens: Lens, plan: LocalizationPlan)

/// Trainings that differ in one thing, each judged in the same way.
struct Trainings {
  /// The outcomes, by name and repetition.
  let comparison: Comparison<LocalizationOutcome>
  private let sets: [PictureSet]
  private let chances: [(position: Double, distance: Double)]

  /// Trains every recipe on every set.
  init(
    _ recipes: [(name: String, recipe: LocalizationRecipe)], _ sets: [PictureSet], labels: Int,
    pairs: Int
  ) {
    self.sets = sets
    comparison = Comparison(recipes, over: sets) { name, recipe, set in
      LocalizationOutcome(
        Photographed(set: set, lens: recipe.lens), recipe.plan, labels: labels, pairs: pairs,
        title: "\(name), seed \(set.seed)")
    }
    chances = sets.map { chanceOfPlaces($0.test, size: 12, seed: $0.seed) }
  }

  /// How much more one recipe has of a measure than another.
  func lead(
    _ first: String, over second: String, _ measure: (LocalizationOutcome) -> Double
  ) -> PairedDifference {
    comparison.lead(of: first, over: second, measure)
  }

  /// The mean of a measure.
  func mean(_ name: String, _ measure: (LocalizationOutcome) -> Double) -> Double {
    comparison.mean(of: name, measure)
  }

  /// A row for each of some recipes, and one for guessing.
  func table(_ title: String, _ names: [String], withPositions: Bool = false) -> Table {
    let hasKinds = !comparison.trials[0][0].kind.isNaN
    var columns: [Table.Column] = [.text("trained with"), .number("right", decimals: 3)]
    if hasKinds { columns.append(.number("kind", decimals: 3)) }
    if withPositions {
      columns += [
        .number("place off by", decimals: 3), .number("nearest patch off by", decimals: 3),
      ]
    }
    func row(_ name: String, _ values: [[Double]]) -> [Table.Cell] {
      let kept = values.enumerated().filter { $0.offset != 1 || hasKinds }
        .filter { $0.offset < 2 || withPositions }
      return [.text(name)] + kept.map { .mean(of: $0.element) }
    }
    let guessing = row(
      "chance",
      [
        [1.0 / 8], [1 / Double(max(1, sets[0].classes))], chances.map(\.position),
        chances.map(\.distance),
      ])
    return Table(
      title, columns: columns,
      rows: [guessing]
        + names.map { name in
          let values = { (measure: (LocalizationOutcome) -> Double) in
            comparison.values(of: name, measure)
          }
          return row(
            name,
            [
              values { $0.accuracy }, values { $0.kind }, values { $0.position },
              values { $0.distance },
            ])
        })
  }
}

/// How far off places are that are told without looking: the middle of all, and another patch at random.
func chanceOfPlaces(
  _ pictures: Pictures, size: Int, seed: UInt64
) -> (position: Double, distance: Double) {
  var random = Random(seed: seed, stream: 41)
  let side = Double(pictures.height)
  let room = Double(pictures.height - size)
  var (square, apart) = (0.0, 0.0)
  let count = 20_000
  for _ in 0..<count {
    let place = (0..<4).map { _ in Double(random.integer(below: Int(room) + 1)) }
    let (y, x) = (place[0] - room / 2, place[1] - room / 2)
    square += (y * y + x * x) / (side * side)
    let (down, across) = (place[0] - place[2], place[1] - place[3])
    apart += (down * down + across * across).squareRoot() / side
  }
  return ((square / Double(count)).squareRoot(), apart / Double(count))
}

/// Which lens pictures were taken through, as far as their own edges tell.
///
/// Each picture's middle is taken for the optical centre, so that they have to be whole.
func lensTable(_ title: String, _ pictures: [Pictures]) -> Table {
  let tried = (-20...20).map { Float($0) / 500 }
  let rows: [[Table.Cell]] = [(0, "red"), (2, "blue")].map { channel, colour in
    let fits = pictures.map { Lens.fit(of: channel, in: $0, tried: tried).map(\.correlation) }
    let means = tried.indices.map { at in
      fits.reduce(0) { $0 + $1[at] } / Double(fits.count)
    }
    let best = means.indices.max { means[$0] < means[$1] }!
    return [
      .text(colour), .number(Double(100 * tried[best])), .number(means[best]),
      .number(means[tried.count / 2]),
    ]
  }
  return Table(
    title,
    columns: [
      .text("colour"), .number("larger than green by, %", decimals: 1),
      .number("edges alike, this undone", decimals: 4),
      .number("edges alike, as it is", decimals: 4),
    ], rows: rows)
}
