/// A probe on a small encoder in `Double`, with settings for what moves and who looks at whom.
struct ProbeOracle {
  /// `[pictures][numbers]`.
  let pictures: [[Double]]
  /// `[features][numbers]`.
  var weights: [[Double]]
  /// `[features]`, as stored.
  var means: [Double]
  var variances: [Double]

  /// Whether a batch is normalised with its own mean and variance.
  var usesBatch = false
  /// Whether the stored mean and variance drift towards the batch's, step by step.
  var drifts = false
  /// Whether the encoder's weights take steps as well.
  var steps = false
  /// What the centred number is divided by.
  var divisor: (_ variance: Double) -> Double = { ($0 + 1e-5).squareRoot() }
  /// What comes last.
  var last: (Double) -> Double = { max(0, $0) }
  /// What becomes of a number before it is normalised.
  var first: (Double) -> Double = { $0 }
  /// The slope of a picture's loss in its score.
  var slope: (_ score: Double, _ label: Int) -> Double = { score, label in
    let paid = { NegativeSamplingOracle.softplus(label == 1 ? -$0 : $0) }
    return NegativeSamplingOracle.slope(paid, at: score)
  }
  var learnsBias = true

  init(_ pictures: [[Float]], _ encoder: Chapter2Functions.SmallEncoder) {
    self.pictures = pictures.map { $0.map(Double.init) }
    weights = encoder.weights.map { $0.map(Double.init) }
    (means, variances) = (encoder.means.map(Double.init), encoder.variances.map(Double.init))
  }

  /// The same with some settings changed.
  func with(_ change: (inout Self) -> Void) -> Self {
    var changed = self
    change(&changed)
    return changed
  }

  private func numbers(_ unit: Int) -> [Double] {
    pictures.map { first(NegativeSamplingOracle.product(weights[unit], $0)) }
  }

  /// A batch's own mean and variance.
  func ofBatch(_ unit: Int) -> (mean: Double, variance: Double) {
    let all = numbers(unit)
    let count = Double(max(1, all.count))
    let mean = all.reduce(0, +) / count
    return (mean, all.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / count)
  }

  /// `[pictures][features]`.
  var features: [[Double]] {
    let columns = weights.indices.map { unit in
      let (mean, variance) = usesBatch ? ofBatch(unit) : (means[unit], variances[unit])
      return numbers(unit).map { last(($0 - mean) / divisor(variance)) }
    }
    return pictures.indices.map { picture in columns.map { $0[picture] } }
  }

  var featureNumbers: [[Float]] { features.map { $0.map { Float($0) } } }

  /// Moves the stored mean and variance a tenth of the way to the batch's.
  mutating func drift() {
    for unit in weights.indices {
      let (mean, variance) = ofBatch(unit)
      means[unit] += 0.1 * (mean - means[unit])
      variances[unit] += 0.1 * (variance - variances[unit])
    }
  }

  /// Trains a probe from 0; the result is its weights and, last, its bias.
  func probe(_ labels: [Int], steps count: Int, rate: Double) -> [Float] {
    var oracle = self
    var probe = [Double](repeating: 0, count: weights.count)
    var bias = 0.0
    for _ in 0..<count {
      if drifts { oracle.drift() }
      let features = oracle.features
      let slopes = features.indices.map { picture in
        let score = NegativeSamplingOracle.product(probe, features[picture]) + bias
        return oracle.slope(score, labels[picture]) / Double(labels.count)
      }
      if steps {
        for unit in weights.indices {
          for (picture, slope) in slopes.enumerated() where features[picture][unit] > 0 {
            let back = slope * probe[unit] / divisor(oracle.variances[unit])
            for axis in oracle.weights[unit].indices {
              oracle.weights[unit][axis] -= rate * back * pictures[picture][axis]
            }
          }
        }
      }
      for unit in probe.indices {
        probe[unit] -= rate * zip(slopes, features).map { $0 * $1[unit] }.reduce(0, +)
      }
      if learnsBias { bias -= rate * slopes.reduce(0, +) }
    }
    return probe.map { Float($0) } + [Float(bias)]
  }
}
