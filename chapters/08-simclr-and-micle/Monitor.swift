import CourseData
import Notebook
import TensorCore

/// What is seen of a model while it trains: held-out pictures, in the same two views each time.
final class Monitor {
  /// The measures at one step.
  struct Reading {
    let step: Int
    /// NT-Xent of the held-out views.
    let loss: Double
    /// How many of them are nearest to their partner.
    let contrastiveAccuracy: Double
    /// The share of held-out pictures whose class the five nearest training pictures know.
    let neighbourAccuracy: Double
    let alignment: Double
    let uniformity: Double
    /// The singular values of the covariance of h, and of z on the sphere.
    let spectra: (h: [Double], z: [Double])
  }

  private(set) var readings: [Reading] = []
  private let set: PictureSet
  private let (first, second): (Variable, Variable)
  private let temperature: Float
  private let neighbours: Pictures

  /// Makes the views of up to 200 test pictures.
  init(_ set: PictureSet, _ recipe: Recipe) {
    self.set = set
    temperature = recipe.plan.temperature
    var random = Random(seed: set.seed, stream: 80)
    let chosen = Array(0..<min(200, set.test.count))
    first = Variable(set.test.views(of: chosen, recipe.augmentation, using: &random))
    second = Variable(set.test.views(of: chosen, recipe.augmentation, using: &random))
    neighbours = set.training[0..<min(1000, set.training.count)]
  }

  /// Takes the measures of a model.
  func look(_ model: ContrastiveModel, at step: Int) {
    let (a, b) = (frozen(model, first), frozen(model, second))
    let z = concatenate([a, b])
    let test = set.test[0..<min(500, set.test.count)]
    let h = Representation(model.encoder, neighbours, test)
    readings.append(
      Reading(
        step: step, loss: Double(ntXent(z, temperature: temperature).value.number),
        contrastiveAccuracy: chapter8.contrastiveAccuracy(z),
        neighbourAccuracy: nearestNeighbourAccuracy(h, neighbours.labels, test.labels),
        alignment: chapter8.alignment(a, b), uniformity: chapter8.uniformity(z),
        spectra: (
          singularValues(h.test), singularValues(l2Normalised(frozen(model.head, h.test)))
        )))
  }

  /// The neighbours' vote by pixels, on the same pictures.
  var neighbourAccuracyOfPixels: Double {
    let test = set.test[0..<min(500, set.test.count)]
    return nearestNeighbourAccuracy(
      Representation(pixelsOf: neighbours, test), neighbours.labels, test.labels)
  }

  /// A line of one measure over the steps.
  private func series(_ name: String, _ measure: (Reading) -> Double) -> Series {
    Series(name, x: readings.map(\.step), y: readings.map(measure))
  }

  /// NT-Xent of the held-out views.
  var lossPlot: LinePlot {
    LinePlot(
      "NT-Xent of held-out views", xLabel: "step", yLabel: "loss",
      series: [series("loss") { $0.loss }])
  }

  /// How many partners are found, and how many classes by the neighbours' vote.
  var accuracyPlot: LinePlot {
    LinePlot(
      "Two accuracies while SimCLR trains", xLabel: "step", yLabel: "accuracy",
      series: [
        series("contrastive") { $0.contrastiveAccuracy },
        series("nearest neighbours") { $0.neighbourAccuracy },
      ], yRange: 0...1)
  }

  /// The loss taken apart.
  var spherePlot: LinePlot {
    LinePlot(
      "Alignment and uniformity of z", xLabel: "step", yLabel: "value",
      series: [
        series("alignment") { $0.alignment }, series("uniformity") { $0.uniformity },
      ])
  }

  /// How many numbers h and z have, and how many dimensions they use at the start and at the end.
  var rankTable: Table {
    let (start, end) = (readings[0].spectra, readings[readings.count - 1].spectra)
    return Table(
      "Dimensions in use: the effective rank",
      columns: [
        .text("of"), .number("numbers", decimals: 0), .number("before", decimals: 1),
        .number("after", decimals: 1),
      ],
      rows: [("h", start.h, end.h), ("z", start.z, end.z)].map { name, start, end in
        [
          .text(name), .number(start.count), .number(effectiveRank(start)),
          .number(effectiveRank(end)),
        ]
      })
  }

  /// Singular values by rank, each over the largest, at the start and at the end.
  var spectrumPlot: LinePlot {
    func series(_ name: String, _ spectrum: [Double]) -> Series {
      let largest = max(spectrum.first ?? 0, 1e-30)
      let shown = spectrum.map { max($0 / largest, 1e-8) }
      return Series(name, x: Array(1...shown.count), y: shown)
    }
    let (start, end) = (readings[0].spectra, readings[readings.count - 1].spectra)
    return LinePlot(
      "Singular values of the covariance, over the largest", xLabel: "rank", yLabel: "value",
      series: [
        series("h before", start.h), series("h after", end.h), series("z before", start.z),
        series("z after", end.z),
      ], yScale: .logarithmic)
  }
}
