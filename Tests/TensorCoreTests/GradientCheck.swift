import Testing

@testable import TensorCore

/// Compares the gradients of a function with central differences.
///
/// The function's result is weighted with fixed random numbers and summed to one number L. For each
/// element of each input, dL/dx is compared with (L(x + h) − L(x − h)) / 2h.
///
/// L is computed in 32 bits, so the difference is wrong by about ε |L| / h, and by the third derivative
/// times h² / 6. With h = 10⁻² and results of order 1 both are a few times 10⁻⁴: hence the default
/// tolerance, relative to the largest gradient. An error in a formula is of the order of the gradient
/// itself.
func checkGradients(
  of inputs: [Tensor], step: Float = 1e-2, tolerance: Float = 5e-3,
  sourceLocation: SourceLocation = #_sourceLocation, _ function: ([Variable]) -> Variable
) {
  let variables = inputs.map { Variable($0, needsGradient: true) }
  let result = function(variables)
  var random = Random(seed: 1)
  let weights = Tensor(uniform: result.shape, in: -1..<1, using: &random)
  result.backward(from: weights)

  func weighted(_ tensors: [Tensor]) -> Double {
    let value = withoutGradient { function(tensors.map { Variable($0) }) }.value
    return zip(value.numbers, weights.numbers).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
  for (which, input) in inputs.enumerated() {
    guard let gradient = variables[which].gradient else {
      Issue.record("input \(which) received no gradient", sourceLocation: sourceLocation)
      continue
    }
    #expect(gradient.shape == input.shape, sourceLocation: sourceLocation)
    let numbers = input.numbers
    let analytic = gradient.numbers
    let size = max(1e-2, analytic.map(abs).max() ?? 0)
    for index in numbers.indices {
      func shifted(_ by: Float) -> Double {
        var changed = inputs
        var copy = numbers
        copy[index] += by
        changed[which] = Tensor(input.shape, copy)
        return weighted(changed)
      }
      let numeric = Float((shifted(step) - shifted(-step)) / Double(2 * step))
      if !(abs(numeric - analytic[index]) <= tolerance * size) {
        Issue.record(
          "input \(which), element \(index): gradient \(analytic[index]), differences \(numeric)",
          sourceLocation: sourceLocation)
        return
      }
    }
  }
}

/// A tensor of numbers drawn evenly from −1 ..< 1, or from `range`.
func sample(_ shape: [Int], seed: UInt64 = 1, in range: Range<Float> = -1..<1) -> Tensor {
  var random = Random(seed: seed)
  return Tensor(uniform: shape, in: range, using: &random)
}
