import CourseData
import Notebook
import TensorCore

/// An autoencoder with a narrow code: a linear layer squeezes the encoder's map into a few numbers.
final class NarrowAutoencoder: Layer {
  /// The length of the code.
  static let width = 16

  let encoder: Encoder
  let narrow, wide: Linear
  let decoder: Decoder
  private let side: Int

  /// An autoencoder with random weights for square pictures.
  init(side: Int, using random: inout Random) {
    self.side = (0..<3).reduce(side) { size, _ in (size + 1) / 2 }
    let map = self.side * self.side * Encoder.widths[2]
    encoder = Encoder(using: &random)
    narrow = Linear(map, NarrowAutoencoder.width, using: &random)
    wide = Linear(NarrowAutoencoder.width, map, using: &random)
    decoder = Decoder(using: &random)
  }

  private init(cloning other: NarrowAutoencoder) {
    encoder = other.encoder.clone()
    (narrow, wide) = (other.narrow.clone(), other.wide.clone())
    decoder = other.decoder.clone()
    side = other.side
  }

  var parts: Parts {
    ["encoder": encoder, "narrow": narrow, "wide": wide, "decoder": decoder]
  }

  /// The code of pictures, `[batch, 16]`.
  func code(_ x: Variable) -> Variable { narrow(flattened(encoder(x))) }

  /// The pictures again, `[batch, size, size, 3]`.
  func callAsFunction(_ x: Variable) -> Variable {
    decoder(wide(code(x)).reshaped([x.shape[0], side, side, Encoder.widths[2]]))
  }

  func clone() -> NarrowAutoencoder { NarrowAutoencoder(cloning: self) }
}

/// What a narrow code keeps when something spoils the pictures.
struct NuisanceStudy {
  /// How strong what spoils them is, beside the pictures' own deviation of 1.
  static let strength: Float = 0.7

  /// One training and what its code holds.
  struct Outcome {
    /// The share of the nuisance's variance that a linear probe reads out of the code.
    let nuisance: Double
    /// What the code is worth for the kind and the place of the thing.
    let kind, place: Double
  }

  /// For each nuisance the overlap of the principal subspaces with and without it, one for each seed.
  private(set) var overlaps: [Nuisance: [Double]] = [:]
  /// The overlap when nothing is added and other pictures of the world are taken: what chance does.
  let overlapsOfHalves: [Double]
  /// The outcomes by name, one for each seed.
  let comparison: Comparison<Outcome>
  /// The name of the row without any nuisance.
  static let none = "none, autoencoder"

  /// The name of a row.
  static func name(_ nuisance: Nuisance, isDenoising: Bool) -> String {
    "\(nuisance.rawValue), \(isDenoising ? "denoising" : "autoencoder")"
  }

  /// Trains an autoencoder and a denoising one with each nuisance.
  init(_ sets: [PictureSet], plan: PretextPlan, labels: Int) {
    typealias Recipe = (nuisance: Nuisance?, isDenoising: Bool)
    var recipes: [(name: String, recipe: Recipe)] = [(NuisanceStudy.none, (nil, false))]
    for nuisance in Nuisance.allCases {
      for isDenoising in [false, true] {
        recipes.append(
          (NuisanceStudy.name(nuisance, isDenoising: isDenoising), (nuisance, isDenoising)))
      }
    }
    comparison = Comparison(recipes, over: sets) { name, recipe, set in
      NuisanceStudy.outcome(recipe.nuisance, recipe.isDenoising, set, plan, labels, title: name)
    }
    for nuisance in Nuisance.allCases {
      overlaps[nuisance] = sets.map { NuisanceStudy.overlap(nuisance, $0) }
    }
    overlapsOfHalves = sets.map { NuisanceStudy.overlap(nil, $0) }
  }

  private static func outcome(
    _ nuisance: Nuisance?, _ isDenoising: Bool, _ set: PictureSet, _ plan: PretextPlan,
    _ labels: Int, title: String
  ) -> Outcome {
    var random = Random(seed: set.seed, stream: 27)
    let model = NarrowAutoencoder(side: set.training.width, using: &random)
    func spoilt(_ x: Variable, _ random: inout Random) -> (x: Variable, added: Variable) {
      guard let nuisance else { return (x, 0 * x) }
      let added = Variable(nuisance.drawn(like: x.value, strength: strength, using: &random))
      return (x + added, added)
    }
    fit(model.parameters, plan: plan, title: title) {
      let x = set.x.gather(set.batch(plan.batch, &random))
      let input = spoilt(x, &random).x
      return meanSquaredError(model(input), (isDenoising ? x : input).value)
    }
    // Probes see spoilt pictures too: the world in which the code is used.
    let count = min(labels, set.training.count)
    let training = spoilt(set.x.sliced(axis: 0, 0..<count), &random)
    let test = spoilt(set.testX, &random)
    func code(_ x: Variable) -> Variable {
      model.evaluating {
        concatenate(batches(x.shape[0], of: 250).map { model.code(x.sliced(axis: 0, $0)) })
      }
    }
    let codes = Representation(training: code(training.x), test: code(test.x))
    // Random mixtures of its pixels stand for the whole nuisance.
    let mixtures = Variable(
      Tensor(normal: [training.added.value.count / count, 32], using: &random))
    func mixed(_ added: Variable) -> Tensor { matmul(flattened(added), mixtures).value }
    let r2 = nuisance.map { _ in
      determination(
        RidgeProbe(codes.training, targets: mixed(training.added))(codes.test), mixed(test.added))
    }
    let places = set.scenes.map { scenes in
      determination(
        RidgeProbe(
          codes.training, targets: DownstreamTask.place.targets(scenes.training[0..<count]))(
            codes.test), DownstreamTask.place.targets(scenes.test))
    }
    return Outcome(
      nuisance: r2.map { $0.reduce(0, +) / Double($0.count) } ?? .nan,
      kind: codes.probed(
        set.labels(Array(0..<count)), set.test.labels, classes: set.classes),
      place: places.map { $0.reduce(0, +) / Double($0.count) } ?? .nan)
  }

  /// How much of the space of a half's first principal components remains when a nuisance is added, or,
  /// with nil, when the other half is taken: 1 for all of it.
  ///
  /// With orthonormal directions V and Ṽ, one a row, it is the mean square of the cosines between the
  /// spaces, ‖V Ṽᵀ‖² / k.
  private static func overlap(_ nuisance: Nuisance?, _ set: PictureSet) -> Double {
    var random = Random(seed: set.seed, stream: 28)
    let half = set.training.count / 2
    let x = set.x.sliced(axis: 0, 0..<half)
    let changed =
      nuisance.map { nuisance in
        x + Variable(nuisance.drawn(like: x.value, strength: strength, using: &random))
      } ?? set.x.sliced(axis: 0, half..<2 * half)
    let count = min(8, half)
    let before = PrincipalComponents(flattened(x), count: count, using: &random)
    let after = PrincipalComponents(flattened(changed), count: count, using: &random)
    let cosines = matmul(before.directions, after.directions, transposingB: true)
    return Double(square(cosines).sum().value.number) / Double(count)
  }

  /// A row for each nuisance: how much of the principal subspace is left.
  var tableOfOverlaps: Table {
    Table(
      "The space of the first eight principal components",
      columns: [.text("added"), .number("what is left of it", decimals: 3)],
      rows: [[.text("nothing: other pictures"), .mean(of: overlapsOfHalves)]]
        + Nuisance.allCases.map { [.text($0.rawValue), .mean(of: overlaps[$0]!)] })
  }

  /// A row for each nuisance and kind of autoencoder.
  var table: Table {
    Table(
      "What a code of \(NarrowAutoencoder.width) numbers holds",
      columns: [.text("added, trained as")]
        + ["nuisance", "kind", "place"].map { .number($0, decimals: 2) },
      rows: comparison.names.map { name in
        let (nuisance, kind, place) = (
          comparison.values(of: name) { $0.nuisance }, comparison.values(of: name) { $0.kind },
          comparison.values(of: name) { $0.place }
        )
        return [
          .text(name), name == NuisanceStudy.none ? .empty : .mean(of: nuisance),
          .mean(of: kind), .mean(of: place),
        ]
      })
  }
}
