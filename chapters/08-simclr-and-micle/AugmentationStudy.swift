import CourseData
import Notebook
import TensorCore

extension AugmentationSequence {
  /// The six changes that the page compares, each with its name and with how often it is applied.
  static let singles: [(name: String, step: any Augmentation)] = [
    ("crop", RandomResizedCrop(area: 0.5...1)),
    ("colour", Sometimes(0.8, ColourJitter(strength: 1))),
    ("grey", Sometimes(0.5, Grey())),
    ("rotation", RandomRotation(degrees: -30...30)),
    ("blur", Sometimes(0.5, GaussianBlur(deviation: 0.3...1.2))),
    ("flip", HorizontalFlip()),
  ]
}

/// Pre-trainings whose views differ by one change alone, or by two.
struct AugmentationStudy {
  /// The names of the changes.
  let names: [String]
  /// Probe accuracies, `[first][second]`, both halves the same; the diagonal has a change alone.
  let accuracies: [[Double]]
  /// The contrastive accuracy in training of each change alone.
  let contrastive: [Double]

  /// How many of 400 views of test pictures find their partner by a histogram of colours.
  let histograms: (chance: Double, crop: Double, cropAndColour: Double)

  /// Trains once for each of the first `count` changes and each pair of them.
  ///
  /// - Throws: `ContrastiveError`.
  init(_ count: Int, _ recipe: Recipe, _ set: PictureSet) throws {
    let changes = Array(AugmentationSequence.singles.prefix(count))
    var accuracies = changes.map { _ in changes.map { _ in Double.nan } }
    var contrastive: [Double] = []
    for (i, first) in changes.enumerated() {
      for (j, second) in changes.enumerated().dropFirst(i) {
        let steps = i == j ? [first.step] : [first.step, second.step]
        let trial = try Trial(
          recipe.with { $0.augmentation = AugmentationSequence(steps) }, set,
          title: i == j ? first.name : "\(first.name) and \(second.name)")
        accuracies[i][j] = trial.probe
        accuracies[j][i] = trial.probe
        if i == j { contrastive.append(trial.trace.finalAccuracy) }
      }
    }
    names = changes.map(\.name)
    let some = set.test[0..<min(200, set.test.count)]
    var random = Random(seed: set.seed, stream: 83)
    let (crop, colour) = (changes[0].step, changes[1].step)
    histograms = (
      1 / Double(2 * some.count - 1),
      histogramAccuracy(some, AugmentationSequence([crop]), using: &random),
      histogramAccuracy(some, AugmentationSequence([crop, colour]), using: &random)
    )
    self.accuracies = accuracies
    self.contrastive = contrastive
  }

  /// The accuracy of two changes together, or of one alone.
  func accuracy(_ first: String, _ second: String? = nil) -> Double {
    let (i, j) = (names.firstIndex(of: first)!, names.firstIndex(of: second ?? first)!)
    return accuracies[i][j]
  }

  /// The pairs with the best probe, best first.
  ///
  /// - Parameter margin: how much less than the best probe is still among them.
  /// - Returns: their names, such as “crop and colour”; at least one.
  func bestPairs(within margin: Double = 0) -> [String] {
    let pairs = names.indices.flatMap { i in
      names.indices.dropFirst(i + 1).map { j in
        (name: "\(names[i]) and \(names[j])", accuracy: accuracies[i][j])
      }
    }.sorted { $0.accuracy > $1.accuracy }
    return pairs.prefix { $0.accuracy >= pairs[0].accuracy - margin }.map(\.name)
  }

  /// Rows and columns are the changes.
  var heatmap: Heatmap {
    Heatmap(
      "Probe accuracy by the changes that make the views", values: accuracies, rowLabels: names,
      columnLabels: names, rowsAre: "first", columnsAre: "second", showsValues: true)
  }
}

/// A picture, and five views of it by each change alone.
func gallery(_ pictures: Pictures, _ index: Int, seed: UInt64) -> PictureGrid {
  func shown(_ numbers: [Float]) -> Notebook.Picture {
    Notebook.Picture(
      numbers, height: pictures.height, width: pictures.width, channels: pictures.channels)
  }
  var random = Random(seed: seed, stream: 81)
  let all = AugmentationSequence.singles + [("all of SimCLR's", AugmentationSequence.forThings)]
  let rows = all.map { name, step in
    let views = pictures.views(
      of: Array(repeating: index, count: 5), AugmentationSequence([step]), using: &random)
    let size = views.count / 5
    let numbers = views.numbers
    return PictureRow(
      name, (0..<5).map { shown(Array(numbers[$0 * size..<($0 + 1) * size])) })
  }
  return PictureGrid(
    "Views of one picture",
    rows: [PictureRow("as it is", [shown(pictures.pixels(at: [index]))])] + rows)
}
