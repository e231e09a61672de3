import Foundation
import TensorCore

/// How far the two views of a pair lie apart: the mean of ‖zᵢ − z′ᵢ‖², 0 where all pairs coincide.
///
/// Wang and Isola 2020, section 4.1, with α = 2.
///
/// - Parameters:
///   - first: `[N, width]`, rows of length 1.
///   - second: the other views, in the same order.
/// - Returns: 0…4.
func alignment(_ first: Variable, _ second: Variable) -> Double {
  Double(square(first - second).sum(axis: 1).mean().value.number)
}

/// How evenly points lie on the sphere: log of the mean of exp(−2 ‖zᵢ − zⱼ‖²) over all i ≠ j.
///
/// 0 where all points coincide; the lower the more even. On a sphere of many dimensions it cannot
/// fall below about −4 (Wang and Isola 2020, section 4.1, with t = 2).
///
/// - Parameter z: `[count, width]`, rows of length 1.
/// - Returns: 0 or less.
func uniformity(_ z: Variable) -> Double {
  let count = z.shape[0]
  if count < 2 { fatalError("uniformity: \(count) points, but a distance needs two") }
  // For unit vectors ‖a − b‖² = 2 − 2 a·b.
  let exponents = contrastiveLogits(z, temperature: 0.25) - 4
  let total = logSumExp(exponents.reshaped([1, count * count])).value.numbers[0]
  return Double(total) - log(Double(count) * Double(count - 1))
}
