import CourseData
import Notebook
import TensorCore

/// Pictures of another kind than those of the pretext task, to take encoders to.
struct OtherPictures {
  /// What they are.
  let name: String
  /// How many labels a probe learns from.
  let labels: Int
  private let training: Pictures
  private let test: Pictures
  /// Standardised by their own training pictures.
  let x, testX: Variable

  /// Standardises pictures by themselves.
  init(_ name: String, _ set: PictureSet, labels: Int) {
    self.name = name
    self.labels = labels
    training = set.training
    test = set.test
    (x, testX) = (set.x, set.testX)
  }

  /// Takes pictures that have been standardised elsewhere.
  private init(
    _ name: String, training: Pictures, test: Pictures, x: Variable, testX: Variable, labels: Int
  ) {
    (self.name, self.labels) = (name, labels)
    (self.training, self.test) = (training, test)
    (self.x, self.testX) = (x, testX)
  }

  /// A set's own things in the evening: a third of the light, and hardly any colour.
  ///
  /// They are standardised as the encoder learnt to see, by the daylight pictures.
  static func evening(_ set: PictureSet, labels: Int) -> OtherPictures {
    let world = PictureWorld(size: set.training.width)
    func painted(_ scenes: [Scene]) -> Pictures {
      world.paint(
        scenes.map { scene in
          var scene = scene
          scene.exposure *= 0.35
          scene.saturation *= 0.3
          return scene
        })
    }
    let training = painted(set.scenes?.training ?? [])
    let test = painted(set.scenes?.test ?? [])
    return OtherPictures(
      "evening", training: training, test: test, x: set.standardised(training),
      testX: set.standardised(test), labels: labels)
  }

  /// The clinic's pictures, and with `--data fashion-mnist` clothes.
  ///
  /// - Throws: `DataError` where these are not installed.
  static func all(
    _ data: String, clinic patients: Int, labels: Int, seed: UInt64
  ) throws -> [OtherPictures] {
    let clinic = clinic(patients: patients, labels: labels, seed: seed)
    return data == "fashion-mnist"
      ? [clinic, try clothes(1000, labels: labels, seed: seed)] : [clinic]
  }

  /// Skin lesions of patients; those to judge by are never among those to learn from.
  static func clinic(patients: Int, labels: Int, seed: UInt64) -> OtherPictures {
    let world = ClinicWorld(size: 24)
    var random = Random(seed: seed, stream: 24)
    let all = world.patients(patients, seed: random.next())
    let parts = [all[..<(2 * patients / 3)], all[(2 * patients / 3)...]].map { part in
      world.paint(part.flatMap(\.photographs))
    }
    return OtherPictures(
      "clinic", PictureSet(seed: seed, training: parts[0], test: parts[1]), labels: labels)
  }

  /// Clothes, made as large as the course's pictures, their grey in three channels.
  ///
  /// - Throws: `DataError` where they are not installed.
  static func clothes(_ count: Int, labels: Int, seed: UInt64) throws -> OtherPictures {
    let source = try PictureSource.named("fashion-mnist", world: .manyFactors)
    let set = source.draw(training: count, test: count, seed: seed)
    return OtherPictures(
      "Fashion-MNIST",
      PictureSet(
        seed: seed, training: set.training.onSquare(24), test: set.test.onSquare(24)),
      labels: labels)
  }

  /// The share of the commonest class: what guessing reaches.
  var chance: Double {
    let counts = test.classNames.indices.map { label in test.labels.count { $0 == label } }
    return Double(counts.max() ?? 0) / Double(max(1, test.count))
  }

  /// The accuracy of a linear probe on features of these pictures.
  func probed(_ features: Representation) -> Double {
    features.probed(
      training.labels, test.labels, classes: training.classNames.count,
      labelled: training.firstIndices(perClass: labels / training.classNames.count))
  }

  /// The places of the test pictures, sorted by their classes, as one reads them from folders.
  var sortedTest: [Int] { test.labels.indices.sorted { test.labels[$0] < test.labels[$1] } }

  /// The labels of test pictures.
  func testLabels(_ places: [Int]) -> [Int] { places.map { test.labels[$0] } }

  /// The accuracy of a probe fitted to training features, on test features in another order.
  func probed(_ features: Representation, order: [Int]) -> Double {
    let labelled = training.firstIndices(perClass: labels / training.classNames.count)
    let probe = LinearProbe(
      features.training, labelled: labelled, labels: labelled.map { training.labels[$0] },
      classes: training.classNames.count)
    return accuracy(probe.predictions(features.test), testLabels(order))
  }
}

/// The encoders of the matrix, taken to other pictures.
struct Transfer {
  private let comparison: Comparison<[Double]>
  private let others: [[OtherPictures]]

  /// Probes all encoders on other pictures, `others[seed]`, the same kinds for each seed.
  init(_ matrix: PretextMatrix, _ others: [[OtherPictures]]) {
    self.others = others
    comparison = Comparison(
      names: matrix.comparison.names,
      trials: matrix.comparison.trials.map { trials in
        zip(trials, others).map { trial, others in
          others.map { other in
            let features = { (x: Variable) in
              trial.trained?.features(x) ?? flattened(averagePool(x, size: 2))
            }
            return other.probed(
              Representation(training: features(other.x), test: features(other.testX)))
          }
        }
      })
  }

  /// How much better a pretext's features are than a random encoder's on the first of the others.
  func lead(_ pretext: Pretext, over other: Pretext = .nothing) -> PairedDifference {
    comparison.lead(of: pretext.rawValue, over: other.rawValue) { $0[0] }
  }

  /// The mean accuracy of a pretext on the first of the others.
  func mean(_ pretext: Pretext) -> Double { comparison.mean(of: pretext.rawValue) { $0[0] } }

  /// A row for each encoder, a column for each of the others.
  var table: Table {
    var table = comparison.table(
      "Accuracy of a linear probe on other pictures, \(others[0][0].labels) labels", "pretext",
      others[0].indices.map { at in (others[0][at].name, 2, { $0[at] }) })
    table.rows.insert(
      [.text("commonest class")]
        + others[0].indices.map { at in .mean(of: others.map { $0[at].chance }) }, at: 0)
    return table
  }
}
