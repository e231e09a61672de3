// Functions of one vector of numbers, for activations and their slopes.

/// Each number, or 0 where it is negative; not-a-number stays.
@inline(__always)
func positivePart(_ x: Lanes) -> Lanes { x.replacing(with: 0, where: x .< 0) }

/// The distance of each number from 0; not-a-number stays.
@inline(__always)
func magnitude(_ x: Lanes) -> Lanes { x.replacing(with: -x, where: x .< 0) }

/// The tanh in GELU's approximation: tanh(√(2/π) (x + 0.044715 x³)).
@inline(__always)
private func geluTanh(_ x: Lanes) -> Lanes {
  tanh((x + x * x * x * 0.044715) * 0.7978845608)
}

/// GELU in its tanh form, x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))).
@inline(__always)
func gelu(_ x: Lanes) -> Lanes { x * 0.5 * (geluTanh(x) + 1) }

/// The slope of GELU's tanh form.
@inline(__always)
func geluSlope(_ x: Lanes) -> Lanes {
  let t = geluTanh(x)
  // x times the slope of tanh's argument: √(2/π) (x + 3 · 0.044715 x³).
  let inner = x * (x * x * 0.1070322243 + 0.7978845608)
  return 0.5 * ((t + 1) + (1 - t * t) * inner)
}

/// log(1 + eˣ) as max(x, 0) + log(1 + e^−|x|), whose power is at most 1.
@inline(__always)
func softplus(_ x: Lanes) -> Lanes {
  let small = exp(-magnitude(x))
  let sum = 1 + small
  // 1 + small has lost digits of small; the same loss in sum − 1 makes up for it (Kahan).
  let ratio = small / (sum - 1)
  let logarithm = (log(sum) * ratio).replacing(with: small, where: sum .== 1)
  return positivePart(x) + logarithm
}

/// Each number to a power: by products for a small whole exponent, else through the logarithm.
@inline(__always)
func power(_ x: Lanes, _ exponent: Float) -> Lanes {
  if exponent.magnitude > 16 || exponent != exponent.rounded() { return exp(log(x) * exponent) }
  var product = Lanes.one
  for _ in 0..<Int(exponent.magnitude) { product *= x }
  return exponent < 0 ? 1 / product : product
}
