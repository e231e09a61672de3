import Foundation
import TensorCore

/// t-SNE: a map in the plane on which points that were near stay near (van der Maaten and Hinton
/// 2008).
///
/// Of every pair it is asked how likely the one would name the other as its neighbour; the map is
/// moved until its own answers agree, by gradient descent on the Kullback–Leibler divergence:
///
///     pⱼᵢ = softmax over j ≠ i of −βᵢ ‖xᵢ − xⱼ‖²        βᵢ such that i has about `perplexity`
///     neighbours P = (pⱼᵢ + pᵢⱼ) / 2n,   Q ∝ W,   Wᵢⱼ = 1 / (1 + ‖yᵢ − yⱼ‖²)
///     ∂KL / ∂yᵢ = 4 Σⱼ (P − Q)ᵢⱼ Wᵢⱼ (yᵢ − yⱼ)
///
/// Everything is computed for all pairs, so n points cost n² at each step; what distances in the
/// map mean between far groups is nothing.
struct TSNE {
  /// The map, `[n, 2]`.
  let map: Variable
  /// The divergence from the points' own neighbourhoods, in nats.
  let divergence: Double

  /// Draws the map of points.
  ///
  /// - Parameters:
  ///   - points: `[n, width]`, n ≥ 3.
  ///   - perplexity: how many neighbours each point has, roughly; at most a third of the others.
  ///   - steps: the steps of the descent.
  ///   - random: where the first map comes from.
  init(_ points: Variable, perplexity: Float = 30, steps: Int = 300, using random: inout Random) {
    let n = points.shape[0]
    let p = TSNE.neighbourhoods(points, perplexity: min(perplexity, Float(n - 1) / 3))  // [n, n]
    var itself = [Bool](repeating: false, count: n * n)
    for point in 0..<n { itself[point * n + point] = true }
    var y = Variable(Tensor(normal: [n, 2], deviation: 1e-2, using: &random))
    var velocity = Variable(Tensor([n, 2], fill: 0))
    let early = steps / 4
    for step in 0..<steps {
      // At first all attractions are made stronger, so that groups find together (section 3.4).
      let exaggeration: Float = step < early ? 12 : 1
      let w = masked(1 / (squaredDistances(y) + 1), where: itself, with: 0)
      let force = (p * exaggeration - w / w.sum()) * w
      let gradient = 4 * (y * force.sum(axis: 1).reshaped([n, 1]) - matmul(force, y))
      let rate = max(Float(n) / 12, 20)
      velocity = velocity * (step < early ? 0.5 : 0.8) - gradient * rate
      y = y + velocity
      y = y - y.mean(axis: 0)
    }
    map = y
    let w = masked(1 / (squaredDistances(y) + 1), where: itself, with: 0)
    let terms = p * (log(p + 1e-12) - log(w / w.sum() + 1e-12))
    divergence = Double(terms.sum().value.number)
  }

  /// The symmetric probabilities P, `[n, n]`, of each pair to be neighbours; they sum to 1.
  static func neighbourhoods(_ points: Variable, perplexity: Float) -> Variable {
    let n = points.shape[0]
    let distances = squaredDistances(points)
    let scaled = distances / (distances.mean() + 1e-12)
    var itself = [Bool](repeating: false, count: n * n)
    for point in 0..<n { itself[point * n + point] = true }
    func conditional(_ beta: [Float]) -> Variable {
      softmax(masked(-scaled * Variable(Tensor([n, 1], beta)), where: itself, with: -.infinity))
    }
    // The larger β, the fewer neighbours: halve the interval of its logarithm, for all points at
    // once.
    var (low, high) = ([Float](repeating: -10, count: n), [Float](repeating: 15, count: n))
    for _ in 0..<30 {
      let middle = zip(low, high).map { ($0 + $1) / 2 }
      let p = conditional(middle.map { Foundation.exp($0) })
      let entropy = -(p * log(p + 1e-30)).sum(axis: 1)
      let neighbours = exp(entropy).value.numbers
      for i in 0..<n {
        if neighbours[i] > perplexity { low[i] = middle[i] } else { high[i] = middle[i] }
      }
    }
    let p = conditional(zip(low, high).map { Foundation.exp(($0 + $1) / 2) })
    return (p + p.transposed(1, 0)) / Float(2 * n)
  }
}

/// ‖xᵢ − xⱼ‖² for all pairs of rows, `[n, n]`.
func squaredDistances(_ x: Variable) -> Variable {
  let n = x.shape[0]
  let lengths = square(x).sum(axis: 1)
  let products = matmul(x, x, transposingB: true)
  // Rounding may leave a little less than nothing.
  return relu(lengths.reshaped([n, 1]) + lengths.reshaped([1, n]) - 2 * products)
}
