/// A function applied to each element, with its slope.
///
/// - Parameters:
///   - x: the input.
///   - function: the function, on a vector of elements.
///   - slope: the gradient of the input, from the gradient g of the result, x, and the result y.
/// - Returns: the result.
@inline(__always)
private func elementwise(
  _ x: Variable, _ function: (Lanes) -> Lanes,
  slope: @escaping (_ g: Lanes, _ x: Lanes, _ y: Lanes) -> Lanes
) -> Variable {
  let input = x.value
  let y = input.mapped { function($0) }
  return Variable(y, from: [x]) { g in
    let dx = Tensor(uninitialized: input.shape)
    let (pg, px, py, to) = (g.start, input.start, y.start, dx.start)
    parallelRanges(dx.count, grain: 1 << 13) { range in
      let at = range.lowerBound
      map(range.count, pg + at, px + at, py + at, to: to + at) { slope($0, $1, $2) }
    }
    withExtendedLifetime((g, input, y)) {}
    return [dx]
  }
}

/// e to the power of each element.
public func exp(_ x: Variable) -> Variable {
  elementwise(x, { exp($0) }, slope: { g, _, y in g * y })
}

/// The natural logarithm of each element.
public func log(_ x: Variable) -> Variable {
  elementwise(x, { log($0) }, slope: { g, x, _ in g / x })
}

/// The square root of each element.
public func squareRoot(_ x: Variable) -> Variable {
  elementwise(x, { $0.squareRoot() }, slope: { g, _, y in 0.5 * g / y })
}

/// The hyperbolic tangent of each element.
public func tanh(_ x: Variable) -> Variable {
  elementwise(x, { tanh($0) }, slope: { g, _, y in g * (1 - y * y) })
}

/// The logistic function of each element, 1 / (1 + e⁻ˣ).
public func sigmoid(_ x: Variable) -> Variable {
  elementwise(x, { sigmoid($0) }, slope: { g, _, y in g * y * (1 - y) })
}

/// The rectified linear unit: each element, or 0 where it is negative.
public func relu(_ x: Variable) -> Variable {
  elementwise(x, { positivePart($0) }, slope: { g, _, y in g.replacing(with: 0, where: y .<= 0) })
}

/// The leaky rectified linear unit: each element, or `slope` times it where it is negative.
public func leakyReLU(_ x: Variable, slope: Float = 0.01) -> Variable {
  elementwise(
    x, { $0.replacing(with: slope * $0, where: $0 .< 0) },
    slope: { g, x, _ in g.replacing(with: slope * g, where: x .< 0) })
}

/// The Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016, section 2).
public func gelu(_ x: Variable) -> Variable {
  elementwise(x, { gelu($0) }, slope: { g, x, _ in g * geluSlope(x) })
}

/// The distance of each element from 0; at 0 the gradient is 0.
public func absolute(_ x: Variable) -> Variable {
  elementwise(
    x, { magnitude($0) },
    slope: { g, x, _ in
      g.replacing(with: -g, where: x .< 0).replacing(with: 0, where: x .== 0)
    })
}

/// Each element times itself.
public func square(_ x: Variable) -> Variable {
  elementwise(x, { $0 * $0 }, slope: { g, x, _ in 2 * g * x })
}

/// Each element to a power; of a negative one only to a whole power of at most 16 either way, else the
/// result is not a number.
public func power(_ x: Variable, _ exponent: Float) -> Variable {
  // x⁰ is 1 everywhere; the general slope would multiply 0 by an infinite power of 0.
  if exponent == 0 { return elementwise(x, { _ in .one }, slope: { _, _, _ in .zero }) }
  return elementwise(x, { power($0, exponent) }) { g, x, y in
    // Of a negative number the power below the least one that is computed would not be a number.
    g * exponent * (exponent < 0 ? y / x : power(x, exponent - 1))
  }
}

/// Each element, or the nearer end of `range` where it lies outside; no gradient flows from there.
public func clamped(_ x: Variable, to range: ClosedRange<Float>) -> Variable {
  let (low, high) = (range.lowerBound, range.upperBound)
  return elementwise(
    x, { $0.replacing(with: low, where: $0 .< low).replacing(with: high, where: $0 .> high) },
    slope: { g, x, _ in g.replacing(with: 0, where: (x .< low) .| (x .> high)) })
}

/// log(1 + eˣ) of each element, a ReLU with a rounded corner; neither overflows nor loses digits.
///
/// The binary cross-entropy of a logit x with target t is softplus(x) − t x.
public func softplus(_ x: Variable) -> Variable {
  elementwise(x, { softplus($0) }, slope: { g, x, _ in g * sigmoid(x) })
}
