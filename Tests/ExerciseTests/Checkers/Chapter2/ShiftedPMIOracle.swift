import Foundation

/// A table of counts with what it is made of.
struct ShiftedPMIOracle {
  let counts: [[Int]]
  let noise: [Double]
  let k: Double

  init(_ counts: [[Int]], _ noise: [Float], _ negatives: Int) {
    (self.counts, self.noise, k) = (counts, noise.map(Double.init), Double(negatives))
  }

  var total: Double { counts.joined().map(Double.init).reduce(0, +) }
  func word(_ w: Int) -> Double { counts[w].map(Double.init).reduce(0, +) }
  func context(_ c: Int) -> Double { counts.map { Double($0[c]) }.reduce(0, +) }
  func drawn(_ w: Int, _ c: Int) -> Double { k * word(w) * noise[c] }

  func table(_ score: (_ pair: Double, _ w: Int, _ c: Int) -> Double) -> [[Float]] {
    counts.indices.map { w in counts[w].indices.map { Float(score(Double(counts[w][$0]), w, $0)) }
    }
  }

  var scores: [[Float]] {
    table { pair, w, c in
      switch (pair > 0, drawn(w, c) > 0) {
      case (false, false): 0
      case (true, false): .infinity
      case (false, true): -.infinity
      case (true, true): Self.best(pair, drawn(w, c))
      }
    }
  }

  /// What a pair pays that comes so often as data and so often as noise, at a score.
  static func paid(_ data: Double, _ drawn: Double) -> (Double) -> Double {
    { x in
      data * NegativeSamplingOracle.softplus(-x) + drawn * NegativeSamplingOracle.softplus(x)
    }
  }

  /// What all pairs pay at some scores; what comes 0 times pays nothing at ∞ or −∞ either.
  func loss(at scores: [[Float]]) -> Double {
    var sum = 0.0
    for w in counts.indices {
      for c in counts[w].indices {
        let (pair, score) = (Double(counts[w][c]), Double(scores[w][c]))
        // No product with 0 is to be NaN.
        let x = score.isInfinite ? (score > 0 ? 1e300 : -1e300) : score
        if pair > 0 { sum += Self.paid(pair, 0)(x) }
        if drawn(w, c) > 0 { sum += Self.paid(0, drawn(w, c))(x) }
      }
    }
    return sum
  }

  /// The score where that is least, by halving an interval in which the slope changes its sign.
  static func best(_ data: Double, _ drawn: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let slope = NegativeSamplingOracle.slope(paid(data, drawn), at: middle)
      if slope < 0 { low = middle } else { high = middle }
    }
    // What is left of the interval, and of the differences, is nothing that a learner should read.
    return ((low + high) / 2 * 1e8).rounded() / 1e8
  }
}
