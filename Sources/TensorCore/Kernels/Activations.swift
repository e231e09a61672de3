// Functions of one vector of numbers, for activations and their slopes.

/// Each number, or 0 where it is negative; not-a-number stays.
@inline(__always)
func positivePart(_ x: Lanes) -> Lanes { x.replacing(with: 0, where: x .< 0) }

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
