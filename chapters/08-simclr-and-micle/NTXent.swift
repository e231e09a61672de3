import Foundation
import TensorCore

/// The similarities of 2N views over the temperature, `[2N, 2N]`, with −∞ where a view meets
/// itself.
///
/// - Parameters:
///   - z: `[2N, width]`, rows of length 1, so that the products are cosines.
///   - temperature: τ.
/// - Returns: logits, row by row those of one view.
func contrastiveLogits(_ z: Variable, temperature: Float) -> Variable {
  let views = z.shape[0]
  var itself = [Bool](repeating: false, count: views * views)
  for view in 0..<views { itself[view * views + view] = true }
  let similarities = matmul(z, z, transposingB: true) / temperature
  return masked(similarities, where: itself, with: -.infinity)
}

/// For each of 2N views the row of the other view of its picture: i and i + N are a pair.
func positives(_ views: Int) -> [Int] { (0..<views).map { ($0 + views / 2) % views } }

/// SimCLR's loss, the normalised temperature-scaled cross-entropy over 2N views.
///
/// For each view i the other 2N − 1 views are the classes and its partner p is the right one:
///
///     ℓᵢ = −sᵢₚ / τ + log Σ_{k ≠ i} exp(sᵢₖ / τ)
///
/// and the loss is the mean of all 2N (Chen et al. 2020, equation 1 and algorithm 1). The largest
/// logit of each row is taken out before anything is exponentiated, so no temperature overflows.
///
/// - Parameters:
///   - z: `[2N, width]`, rows of length 1; rows i and i + N are the two views of a pair.
///   - temperature: τ.
/// - Returns: the loss, of shape `[]`, in nats.
func ntXent(_ z: Variable, temperature: Float) -> Variable {
  checkViews(z, temperature, "ntXent")
  return crossEntropy(contrastiveLogits(z, temperature: temperature), positives(z.shape[0]))
}

/// The loss of a model for which all views are equal: log(2N − 1), in nats.
func guessingLoss(pairs: Int) -> Double { log(Double(2 * pairs - 1)) }

/// The z of a model that has nothing left to learn: partners are equal, different pictures orthogonal.
///
/// - Parameter pairs: N.
/// - Returns: `[2N, N]`, unit vectors.
func coincidingPairs(_ pairs: Int) -> Variable {
  var z = [Float](repeating: 0, count: 2 * pairs * pairs)
  for view in 0..<2 * pairs { z[view * pairs + view % pairs] = 1 }
  return Variable(Tensor([2 * pairs, pairs], z))
}

/// The share of the 2N views that are more similar to their partner than to any other view.
///
/// - Parameter z: `[2N, width]`, rows of length 1; rows i and i + N are a pair.
/// - Returns: a share, 0…1.
func contrastiveAccuracy(_ z: Variable) -> Double {
  checkViews(z, 1, "contrastiveAccuracy")
  let nearest = withoutGradient { contrastiveLogits(z, temperature: 1) }.value.indicesOfMaximum()
  return accuracy(nearest, positives(z.shape[0]))
}

private func checkViews(_ z: Variable, _ temperature: Float, _ operation: String) {
  if z.shape.count != 2 || z.shape[0] < 2 || z.shape[0] % 2 == 1 {
    fatalError(
      "\(operation): z has shape \(z.shape), but [2N, width] with two views each is needed")
  }
  if !(temperature > 0) { fatalError("\(operation): temperature \(temperature) is not above 0") }
}
