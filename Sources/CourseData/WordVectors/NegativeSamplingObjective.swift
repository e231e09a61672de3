import Foundation
import TensorCore

/// What skip-gram with negative sampling minimises, computed from counts instead of draws, and where its
/// minimum lies.
///
/// With x = u·v for a word w and a neighbour c, the loss of a pair is on average
///
///     Σ [ #(w,c) log(1 + e^−x) + k P(c) (#(w) − #(w,c)) log(1 + e^x) ] / |D|
///
/// over all w and c. P is the noise; #(w,c) is taken off where a neighbour that is drawn beside itself is
/// dropped. Each cell by itself is least at
///
///     x* = log #(w,c) − log(#(w) − #(w,c)) − log P(c) − log k
///
/// Without dropping, and with noise by plain counts, that is PMI − log k (Levy and Goldberg
/// 2014).
public struct NegativeSamplingObjective: Sendable {
  /// The pairs of the text.
  public let counts: PairCounts
  /// k.
  public let negatives: Int
  /// The probabilities with which negatives are drawn.
  public let noise: [Double]
  /// 1 where a neighbour that is drawn beside itself is dropped, 0 where it stays.
  private let dropped: Double

  /// Takes the pairs of a text, and what is drawn beside them.
  ///
  /// - Parameters:
  ///   - counts: the pairs.
  ///   - noise: what is drawn.
  ///   - settings: how many are drawn beside each pair, and whether true neighbours among them are
  ///     dropped.
  public init(_ counts: PairCounts, noise: NoiseDistribution, _ settings: WordVectorSettings) {
    (self.counts, self.noise, negatives) = (counts, noise.probabilities, settings.negatives)
    dropped = settings.dropsTrueNeighbours ? 1 : 0
  }

  /// x* for a pair; −∞ for one that the text does not have, +∞ for a word's only neighbour.
  public func optimum(_ word: Int, _ neighbour: Int) -> Double {
    optimum(word, neighbour, count: counts.count(word, neighbour))
  }

  private func optimum(_ word: Int, _ neighbour: Int, count: Double) -> Double {
    log(count) - log(counts.sums[word] - dropped * count) - log(noise[neighbour])
      - log(Double(negatives))
  }

  /// One pair of the text: where its cell is least, and the score that vectors give it.
  public struct ScoredPair: Sendable {
    /// The word.
    public let word: Int
    /// Its neighbour.
    public let neighbour: Int
    /// #(w, c).
    public let count: Double
    /// log(#(w, c) |D| / (#(w) #(c))) − log k.
    public let shiftedPMI: Double
    /// x*.
    public let optimum: Double
    /// u·v.
    public let score: Double
  }

  /// All pairs of the text with a finite optimum, and their scores.
  ///
  /// - Parameters:
  ///   - input: the vectors v, `[words, width]`.
  ///   - output: the vectors u, `[words, width]`.
  /// - Returns: a pair in both directions.
  public func pairs(input: Tensor, output: Tensor) -> [ScoredPair] {
    let width = input.shape[1]
    var pairs: [ScoredPair] = []
    pairs.reserveCapacity(counts.pairs)
    input.numbers.withUnsafeBufferPointer { v in
      output.numbers.withUnsafeBufferPointer { u in
        for word in 0..<counts.words {
          for at in counts.starts[word]..<counts.starts[word + 1] {
            let (other, count) = (Int(counts.neighbours[at]), counts.values[at])
            let optimum = optimum(word, other, count: count)
            if !optimum.isFinite { continue }
            var score = 0.0
            for column in 0..<width {
              score += Double(v[word * width + column]) * Double(u[other * width + column])
            }
            let pmi = log(count * counts.total / (counts.sums[word] * counts.sums[other]))
            pairs.append(
              ScoredPair(
                word: word, neighbour: other, count: count,
                shiftedPMI: pmi - log(Double(negatives)), optimum: optimum, score: score))
          }
        }
      }
    }
    return pairs
  }

  /// The mean loss of a pair with its noise, in nats, for vectors `[words, width]`.
  ///
  /// - Parameters:
  ///   - input: the vectors v.
  ///   - output: the vectors u.
  /// - Returns: the loss over all pairs of words, seen or not.
  public func loss(input: Tensor, output: Tensor) -> Double {
    let words = counts.words
    let rows = 256
    var losses = [Double](repeating: 0, count: words)
    for first in stride(from: 0, to: words, by: rows) {
      let range = first..<min(words, first + rows)
      let scores = withoutGradient {
        matmul(
          Variable(input).sliced(axis: 0, range), Variable(output), transposingB: true)
      }.value.numbers
      losses.withUnsafeMutableBufferPointer { losses in
        let losses = losses.baseAddress!
        scores.withUnsafeBufferPointer { scores in
          parallel(range.count) { row in
            let part = UnsafeBufferPointer(rebasing: scores[row * words..<(row + 1) * words])
            losses[first + row] = loss(of: first + row, part)
          }
        }
      }
    }
    return losses.reduce(0, +) / counts.total
  }

  private func loss(of word: Int, _ scores: UnsafeBufferPointer<Float>) -> Double {
    let k = Double(negatives)
    var loss = 0.0
    var at = counts.starts[word]
    let end = counts.starts[word + 1]
    for other in 0..<counts.words {
      let x = Double(scores[other])
      var count = 0.0
      if at < end, Int(counts.neighbours[at]) == other {
        count = counts.values[at]
        at += 1
      }
      let softplus = max(x, 0) + log1p(exp(-abs(x)))
      let drawn = k * noise[other] * (counts.sums[word] - dropped * count)
      loss += count * (softplus - x) + drawn * softplus
    }
    return loss
  }

  /// The loss with every cell at its optimum: what vectors as wide as the vocabulary could reach.
  public var leastLoss: Double {
    let k = Double(negatives)
    var loss = 0.0
    for word in 0..<counts.words {
      for at in counts.starts[word]..<counts.starts[word + 1] {
        let positive = counts.values[at]
        let negative =
          k * noise[Int(counts.neighbours[at])] * (counts.sums[word] - dropped * positive)
        let sum = positive + negative
        loss -= positive * log(positive / sum)
        if negative > 0 { loss -= negative * log(negative / sum) }
      }
    }
    return loss / counts.total
  }
}

/// How near the scores of some pairs are to where they are least.
public struct ScoreAgreement: Sendable {
  /// The number of pairs.
  public let pairs: Int
  /// The correlation of score and optimum.
  public let correlation: Double
  /// The root of the mean squared distance of the scores from the optimum.
  public let distance: Double
  /// The same from PMI − log k.
  public let distanceFromPMI: Double

  /// Compares pairs that the text has so often; of none all is 0.
  public init(_ pairs: [NegativeSamplingObjective.ScoredPair], seen: Range<Double>) {
    var n = 0.0
    var (x, y, xx, yy, xy, toPMI) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for pair in pairs where seen.contains(pair.count) {
      n += 1
      x += pair.optimum
      y += pair.score
      xx += pair.optimum * pair.optimum
      yy += pair.score * pair.score
      xy += pair.optimum * pair.score
      toPMI += (pair.score - pair.shiftedPMI) * (pair.score - pair.shiftedPMI)
    }
    self.pairs = Int(n)
    let m = max(n, 1)
    let spread = ((xx / m - x / m * x / m) * (yy / m - y / m * y / m)).squareRoot()
    correlation = spread > 0 ? (xy / m - x / m * y / m) / spread : 0
    distance = max(0, (xx - 2 * xy + yy) / m).squareRoot()
    distanceFromPMI = (toPMI / m).squareRoot()
  }
}
