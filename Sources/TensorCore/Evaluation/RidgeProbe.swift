/// A linear probe for quantities: ridge regression on features that stay as they are.
///
/// What `LinearProbe` is for classes. The weights have a closed form: with the features X brought to mean
/// 0 and deviation 1, and the targets Y to mean 0,
///
///     W = (XᵀX / n + λ)⁻¹ XᵀY / n
///
/// ```swift
/// let probe = RidgeProbe(features, targets: places)          // [n, width], [n, 2]
/// determination(probe(testFeatures), testPlaces)             // R² of each column
/// ```
///
/// λ is the one of 0.001, 0.01, 0.1, 1, 10 that serves best where it is fitted to four fifths of the
/// examples and judged by the fifth; then all are used. An encoder is thus not judged by whether one λ
/// happens to suit it.
public struct RidgeProbe {
  /// The λ that was chosen.
  public let penalty: Double
  private let mean: Variable
  private let scale: Variable
  private let weight: Tensor
  private let bias: [Float]

  /// Fits the weights.
  ///
  /// - Parameters:
  ///   - features: the features of all training examples, `[count, width]`; bringing them to mean 0 and
  ///     deviation 1 needs no targets, so all examples take part in that.
  ///   - targets: what is to be predicted for the labelled examples, `[labelled, quantities]`.
  ///   - labelled: the places of those whose targets are known, five at least; nil for all.
  ///   - file: the caller's file, for the message about wrong shapes.
  ///   - line: the caller's line.
  public init(
    _ features: Variable, targets: Tensor, labelled: [Int]? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    let count = labelled?.count ?? features.shape[0]
    if features.shape.count != 2 || targets.shape.count != 2 || targets.shape[0] != count
      || count < 5
    {
      stop(
        "RidgeProbe",
        "features \(features.shape), \(count) labelled and targets \(targets.shape): it needs "
          + "[count, width], [labelled, quantities] and five labelled examples", file: file,
        line: line)
    }
    let features = features.detached()
    mean = features.mean(axis: 0)
    let deviation = squareRoot(square(features - mean).mean(axis: 0))
    // A feature that is the same everywhere says nothing; it stays 0. One that is a thousand times
    // quieter than the others counts as such.
    scale = 1 / (deviation + 1e-3 * deviation.mean() + 1e-12)
    let chosen = labelled.map { features.gather($0) } ?? features
    let x = (chosen - mean) * scale
    let y = Variable(targets)
    let heldOut = (0..<count).filter { $0 % 5 == 4 }
    let others = (0..<count).filter { $0 % 5 != 4 }
    let trial = NormalEquations(x.gather(others), y.gather(others))
    let (testX, testY) = (x.gather(heldOut), y.gather(heldOut))
    // A target that varies more would decide alone; each counts by its own variance.
    let unit = 1 / (square(y - y.mean(axis: 0)).mean(axis: 0) + 1e-12)
    var best = (penalty: 0.0, loss: Float.infinity)
    for penalty in [0.001, 0.01, 0.1, 1, 10] {
      let (weight, bias) = trial.solved(penalty)
      let guess = matmul(testX, Variable(weight)) + Variable(Tensor([bias.count], bias))
      let loss = (square(guess - testY) * unit).mean().value.number
      if loss < best.loss { best = (penalty, loss) }
    }
    penalty = best.penalty
    (weight, bias) = NormalEquations(x, y).solved(penalty)
  }

  /// The predictions for features `[count, width]`, `[count, quantities]`.
  public func callAsFunction(_ features: Variable) -> Tensor {
    withoutGradient {
      matmul((features - mean) * scale, Variable(weight)) + Variable(Tensor([bias.count], bias))
    }.value
  }
}

/// XᵀX / n and XᵀY / n, with which a ridge regression is solved for any λ.
private struct NormalEquations {
  let gram: [Double]
  let moments: [Double]
  let means: [Float]
  let width: Int
  let quantities: Int

  /// Takes features `[n, width]` and targets `[n, quantities]`.
  init(_ x: Variable, _ y: Variable) {
    let n = Float(x.shape[0])
    (width, quantities) = (x.shape[1], y.shape[1])
    // The labelled features' mean need not be 0: the bias takes up what is left.
    let centre = x.mean(axis: 0)
    let centred = x - centre
    let mean = y.mean(axis: 0)
    gram = (matmul(centred, centred, transposingA: true) / n).value.numbers.map(Double.init)
    moments = (matmul(centred, y - mean, transposingA: true) / n).value.numbers.map(Double.init)
    means = mean.value.numbers
    self.centre = centre.value.numbers
  }

  private let centre: [Float]

  /// The weights `[width, quantities]` and the bias for a penalty.
  func solved(_ penalty: Double) -> (weight: Tensor, bias: [Float]) {
    var matrix = gram
    for index in 0..<width { matrix[index * width + index] += penalty }
    let weights = CholeskyFactor(matrix, size: width).solved(moments, columns: quantities)
    var bias = means
    for row in 0..<width {
      for column in 0..<quantities {
        bias[column] -= centre[row] * Float(weights[row * quantities + column])
      }
    }
    return (Tensor([width, quantities], weights.map { Float($0) }), bias)
  }
}

/// The share of the variance of each column that predictions explain, R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)².
///
/// 1 is perfect, 0 what the mean of the truth would reach; below 0 it is worse than that.
///
/// - Parameters:
///   - predictions: ŷ, `[count, quantities]`.
///   - truth: y, of the same shape.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: R² of each column.
public func determination(
  _ predictions: Tensor, _ truth: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> [Double] {
  if predictions.shape != truth.shape || truth.shape.count != 2 {
    stop(
      "determination", "predictions \(predictions.shape), truth \(truth.shape)", file: file,
      line: line)
  }
  let (guess, y) = (Variable(predictions), Variable(truth))
  let left = square(y - guess).sum(axis: 0).value.numbers
  let all = square(y - y.mean(axis: 0)).sum(axis: 0).value.numbers
  return zip(left, all).map { 1 - Double($0) / max(Double($1), 1e-12) }
}
