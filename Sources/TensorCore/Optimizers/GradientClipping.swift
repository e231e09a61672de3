/// A gradient that is infinite or not a number: the run has diverged.
public struct GradientNotFinite: Error, CustomStringConvertible {
  /// The first parameter with such a gradient.
  public let path: String

  /// What is wrong, and what helps.
  public var description: String {
    "the gradient of \(path) is not finite: the run has diverged. "
      + "A smaller learning rate or a longer warm-up may help; check the inputs for NaN."
  }
}

/// Scales the gradients down together if their norm is larger than `limit`.
///
/// This is algorithm 1 of Pascanu, Mikolov and Bengio, 2013.
/// The norm is that of all gradients written one after the other into one vector, so their direction
/// stays.
///
/// - Parameters:
///   - parameters: whose gradients are scaled, between `backward()` and `step()`.
///   - limit: the largest norm that is left alone.
/// - Returns: the norm before scaling.
/// - Throws: `GradientNotFinite` if a gradient is infinite or not a number; nothing is scaled then.
@discardableResult
public func clipGradients(of parameters: [NamedVariable], to limit: Float) throws -> Float {
  var total = 0.0
  for parameter in parameters {
    guard let gradient = parameter.variable.gradient else { continue }
    let square = gradient.sumOfSquares
    if !square.isFinite { throw GradientNotFinite(path: parameter.path) }
    total += square
  }
  let norm = Float(total.squareRoot())
  if norm > limit {
    let factor = limit / norm
    for parameter in parameters { parameter.variable.gradient?.scale(by: factor) }
  }
  return norm
}

extension Tensor {
  /// Multiplies all elements by a number, in place where nobody else holds them.
  mutating func scale(by factor: Float) {
    let count = count
    withMutable { x in
      parallelRanges(count, grain: 1 << 15) { range in
        let at = range.lowerBound
        map(range.count, x + at, to: x + at) { $0 * factor }
      }
    }
  }
}
