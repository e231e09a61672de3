import CourseData
import Notebook
import TensorCore

/// Broken on purpose: NT-Xent whose denominator has the anchor itself among the negatives.
///
/// A view is always most similar to itself, so each row holds one answer that beats the right one.
func anchoredLoss(_ z: Variable, temperature: Float) -> Variable {
  let similarities = matmul(z, z, transposingB: true) / temperature  // [2N, 2N], nothing masked
  return crossEntropy(similarities, positives(z.shape[0]))
}

/// Broken on purpose: nothing but attraction, the mean of 1 − cos between the two views of a pair.
func attractionLoss(_ z: Variable, temperature: Float) -> Variable {
  let half = z.shape[0] / 2
  let (first, second) = (z.sliced(axis: 0, 0..<half), z.sliced(axis: 0, half..<2 * half))
  return 1 - (first * second).sum(axis: 1).mean()
}

/// What a model's z did while it was trained: how near partners lie, beside the spectrum.
struct Collapse {
  /// What was seen at one step.
  struct Reading {
    let step: Int
    /// The mean of 1 − cos between the two views of held-out pictures.
    let distance: Double
    /// The singular values of the covariance of z.
    let spectrum: [Double]
  }

  /// The trained model and its losses.
  let trial: Trial
  /// What was seen on the way.
  let readings: [Reading]

  /// The last look.
  var last: Reading { readings[readings.count - 1] }

  /// The last distance, in words where it is all but nothing.
  var lastDistance: String {
    last.distance < 1e-4 ? "less than 0.0001" : NumberStyle.decimals(4).text(last.distance)
  }

  /// Trains on a set and looks at z of two views of 200 test pictures again and again.
  init(_ recipe: Recipe, _ set: PictureSet, title: String) throws {
    var random = Random(seed: set.seed, stream: 82)
    let chosen = Array(0..<min(200, set.test.count))
    let views = Variable(
      set.test.views(of: chosen + chosen, recipe.augmentation, using: &random))
    var readings: [Reading] = []
    trial = try Trial(recipe, set, title: title) { model, step in
      // Batch norm takes the statistics of these views, as it does in training; the clone's are
      // lost.
      let z = withoutGradient { model.clone()(views) }
      readings.append(
        Reading(
          step: step, distance: Double(attractionLoss(z, temperature: 1).value.number),
          spectrum: singularValues(z)))
    }
    self.readings = readings
  }

  /// How far partners lie apart, over the steps.
  func distances(_ name: String) -> Series {
    Series(name, x: readings.map(\.step), y: readings.map { max($0.distance, 1e-7) })
  }

  /// The variance of z along its longest axis, over the steps.
  func largest(_ name: String) -> Series {
    Series(name, x: readings.map(\.step), y: readings.map { max($0.spectrum[0], 1e-7) })
  }

  /// The spectrum at the start, on the way, and at the end.
  var spectra: LinePlot {
    let shown = [0, 1, 2, readings.count / 2, readings.count - 1].filter(readings.indices.contains)
    return LinePlot(
      "Singular values of z without negatives", xLabel: "rank", yLabel: "value",
      series: Array(Set(shown)).sorted().map { at in
        let spectrum = readings[at].spectrum
        return Series(
          "step \(readings[at].step)", x: Array(1...spectrum.count),
          y: spectrum.map { max($0, 1e-9) })
      }, yScale: .logarithmic)
  }
}
