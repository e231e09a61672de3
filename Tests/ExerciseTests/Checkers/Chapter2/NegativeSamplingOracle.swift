import Foundation
import TensorCore

/// The loss of negative sampling in `Double`, with settings for wrong ideas, and its differences.
struct NegativeSamplingOracle {
  /// The vector that is multiplied with all others, `[width]`.
  var center: [Double]
  /// The vector that is to score high, `[width]`.
  var context: [Double]
  /// Those that are to score low, `[negatives][width]`.
  var negatives: [[Double]]
  /// What a pair of the text pays for its score.
  var data: (Double) -> Double = { softplus(-$0) }
  /// What a pair of the noise pays for its score.
  var noise: (Double) -> Double = { softplus($0) }
  /// How much each of so many negatives counts.
  var noiseWeight: (_ place: Int, _ count: Int) -> Double = { _, _ in 1 }

  init(_ center: [Float], _ context: [Float], _ negatives: [[Float]]) {
    self.center = center.map(Double.init)
    self.context = context.map(Double.init)
    self.negatives = negatives.map { $0.map(Double.init) }
  }

  static func softplus(_ x: Double) -> Double { x > 40 ? x : log1p(exp(x)) }

  static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { sum, pair in sum + pair.0 * pair.1 }
  }

  var score: Double { Self.product(center, context) }
  var scores: [Double] { negatives.map { Self.product(center, $0) } }

  var loss: Double {
    let terms = scores.enumerated().map { noiseWeight($0, negatives.count) * noise($1) }
    return data(score) + terms.reduce(0, +)
  }

  /// The slope of what is paid, by a central difference: its error is far below a `Float`'s.
  static func slope(_ paid: (Double) -> Double, at x: Double) -> Double {
    (paid(x + 1e-5) - paid(x - 1e-5)) / 2e-5
  }

  /// The slope of the loss in the pair's score.
  var pull: Double { Self.slope(data, at: score) }
  /// The slopes of the loss in the negatives' scores.
  var pushes: [Double] {
    scores.enumerated().map {
      noiseWeight($0, negatives.count) * Self.slope(noise, at: $1)
    }
  }

  /// The slope in the center, by those of the scores.
  var centerSlope: [Float] {
    Self.sum([(pull, context)] + zip(pushes, negatives).map { ($0, $1) }, width: center.count)
  }

  /// Differences of a loss in every number of some rows.
  static func differences(_ rows: [[Double]], _ loss: ([[Double]]) -> Double) -> [[Float]] {
    rows.indices.map { row in
      rows[row].indices.map { axis in
        var moved = rows
        func at(_ step: Double) -> Double {
          moved[row][axis] = rows[row][axis] + step
          return loss(moved)
        }
        return Float((at(1e-5) - at(-1e-5)) / 2e-5)
      }
    }
  }

  /// The gradients in all vectors, by differences.
  var gradient: (center: [Float], context: [Float], negatives: [[Float]]) {
    let all = Self.differences([center, context] + negatives) { rows in
      var moved = self
      (moved.center, moved.context) = (rows[0], rows[1])
      moved.negatives = Array(rows.dropFirst(2))
      return moved.loss
    }
    return (all[0], all[1], Array(all.dropFirst(2)))
  }

  /// A sum of vectors with weights.
  static func sum(_ parts: [(weight: Double, vector: [Double])], width: Int) -> [Float] {
    (0..<width).map { axis in Float(parts.map { $0.weight * $0.vector[axis] }.reduce(0, +)) }
  }

  /// Numbers from −2 to 2 in steps of a quarter: their products and sums are exact in a `Float`.
  static func quarters(_ count: Int, _ random: inout Random) -> [Float] {
    (0..<count).map { _ in Float(random.integer(below: 17) - 8) / 4 }
  }

  /// The same, the smaller the more there are, so that products of long vectors stay small as well.
  static func calm(_ count: Int, _ random: inout Random) -> [Float] {
    quarters(count, &random).map { $0 / Float(count).squareRoot().rounded() }
  }
}
