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

/// Trainings that differ in one thing, each judged in the same way.
struct Trainings {
  /// The outcomes, by name and repetition.
  let comparison: Comparison<LocalizationOutcome>
  private let title: String

  /// Trains every recipe on every set.
  init(
    _ title: String, _ recipes: [(name: String, recipe: (lens: Lens, plan: LocalizationPlan))],
    _ sets: [PictureSet], labels: Int, pairs: Int
  ) {
    self.title = title
    comparison = Comparison(recipes, over: sets) { name, recipe, set in
      LocalizationOutcome(
        Photographed(set: set, lens: recipe.lens), recipe.plan, labels: labels, pairs: pairs,
        title: "\(name), seed \(set.seed)")
    }
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

  /// A row for each recipe.
  func table(withPositions: Bool) -> Table {
    let hasKinds = !comparison.trials[0][0].kind.isNaN
    var measures: [(String, Int, (LocalizationOutcome) -> Double)] = [
      ("right", 3, { $0.accuracy })
    ]
    if hasKinds { measures.append(("kind", 3, { $0.kind })) }
    if withPositions {
      measures += [("place off by", 3, { $0.position }), ("nearest patch off by", 3, { $0.distance })]
    }
    return comparison.table(title, "trained with", measures)
  }
}

/// Which lens pictures were taken through, as far as their own edges tell.
func lensTable(_ name: String, _ pictures: Pictures) -> Table {
  let tried = (-16...16).map { Float($0) / 400 }
  let fits = [0, 2].map { Lens.fit(of: $0, in: pictures, tried: tried) }
  return Table(
    "Red and blue against green in \(name)",
    columns: [
      .text("colour"), .number("drawn larger by, %", decimals: 2),
      .number("edges alike, at this size", decimals: 4),
      .number("edges alike, as it is", decimals: 4),
    ],
    rows: zip(["red", "blue"], fits).map { colour, fit in
      let best = fit.max { $0.correlation < $1.correlation }!
      let plain = fit.first { $0.share == 0 }!
      return [
        .text(colour), .number(Double(100 * best.share)), .number(best.correlation),
        .number(plain.correlation),
      ]
    })
}
