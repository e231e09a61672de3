// Functions of mathematics for a vector at a time.
//
// The polynomials are those of Cephes (Moshier, 1992: expf, logf, tanhf), single precision.

/// e to the power of each lane, to about 2 units in the last place.
///
/// Below -87.3 the result is 0 (no subnormal numbers), above 88.72 infinity; NaN stays NaN. A logit
/// that was masked with -infinity therefore weighs exactly nothing.
@inline(__always)
func exp(_ x: Lanes) -> Lanes {
  // x = n log 2 + r. Adding 1.5 · 2^23 rounds to a whole number and leaves it in the low bits,
  // without a conversion to integers, which would trap for infinities.
  let magic = Lanes(repeating: 12_582_912)
  let shifted = magic.addingProduct(x, Lanes(repeating: 1.442_695_04))
  let n = shifted - magic
  let r =
    x
    .addingProduct(n, Lanes(repeating: -0.693_359_375))
    .addingProduct(n, Lanes(repeating: 2.121_944_4e-4))
  var y = Lanes(repeating: 1.987_569_15e-4)
  y = Lanes(repeating: 1.398_199_950_7e-3).addingProduct(y, r)
  y = Lanes(repeating: 8.333_451_907_3e-3).addingProduct(y, r)
  y = Lanes(repeating: 4.166_579_589_4e-2).addingProduct(y, r)
  y = Lanes(repeating: 1.666_666_545_9e-1).addingProduct(y, r)
  y = Lanes(repeating: 5.000_000_120_1e-1).addingProduct(y, r)
  y = (Lanes(repeating: 1) + r).addingProduct(y, r * r)
  // Multiplying by 2^n is adding n to the exponent's bits.
  let exponent = unsafeBitCast(shifted, to: LaneBits.self) &<< LaneBits(repeating: 23)
  let power = unsafeBitCast(unsafeBitCast(y, to: LaneBits.self) &+ exponent, to: Lanes.self)
  return
    power
    .replacing(with: 0, where: x .< Lanes(repeating: -87.3))
    .replacing(with: .infinity, where: x .> Lanes(repeating: 88.722_83))
    .replacing(with: x, where: x .!= x)
}

/// The natural logarithm of each lane, to about 2 units in the last place.
///
/// log(0) is -infinity, the logarithm of a negative number NaN; NaN and infinity stay themselves.
@inline(__always)
func log(_ x: Lanes) -> Lanes {
  // x = m · 2^e with m in √½ ..< √2; subnormal numbers are scaled up first.
  let tiny = x .< Lanes(repeating: 1.175_494_4e-38)
  let scaled = x.replacing(with: x * Lanes(repeating: 33_554_432), where: tiny)
  let bits = unsafeBitCast(scaled, to: LaneBits.self)
  let halfRoot = LaneBits(repeating: 0x3f35_04f3)  // the bits of √½
  let shift = (bits &- halfRoot) & LaneBits(repeating: Int32(bitPattern: 0xff80_0000))
  let m = unsafeBitCast(bits &- shift, to: Lanes.self)
  var e = Lanes(shift &>> LaneBits(repeating: 23))
  e = e.replacing(with: e - Lanes(repeating: 25), where: tiny)
  let f = m - Lanes(repeating: 1)
  let z = f * f
  var y = Lanes(repeating: 7.037_683_629_2e-2)
  y = Lanes(repeating: -1.151_461_031_0e-1).addingProduct(y, f)
  y = Lanes(repeating: 1.167_699_874_0e-1).addingProduct(y, f)
  y = Lanes(repeating: -1.242_014_084_6e-1).addingProduct(y, f)
  y = Lanes(repeating: 1.424_932_278_7e-1).addingProduct(y, f)
  y = Lanes(repeating: -1.666_805_766_5e-1).addingProduct(y, f)
  y = Lanes(repeating: 2.000_071_476_5e-1).addingProduct(y, f)
  y = Lanes(repeating: -2.499_999_399_3e-1).addingProduct(y, f)
  y = Lanes(repeating: 3.333_333_117_4e-1).addingProduct(y, f)
  y = y * f * z
  y = y.addingProduct(e, Lanes(repeating: -2.121_944_4e-4))
  y = y.addingProduct(z, Lanes(repeating: -0.5))
  let value = (f + y).addingProduct(e, Lanes(repeating: 0.693_359_375))
  return
    value
    .replacing(with: x, where: x .== Lanes(repeating: .infinity))
    .replacing(with: -.infinity, where: x .== Lanes.zero)
    .replacing(with: .nan, where: x .< Lanes.zero)
    .replacing(with: x, where: x .!= x)
}

/// The hyperbolic tangent of each lane; ±1 at ±infinity, NaN stays NaN.
@inline(__always)
func tanh(_ x: Lanes) -> Lanes {
  let one = Lanes(repeating: 1)
  let far = one - Lanes(repeating: 2) / (exp(x + x) + one)
  // Near zero that difference loses its digits: there an odd polynomial.
  let z = x * x
  var y = Lanes(repeating: -5.704_988_72e-3)
  y = Lanes(repeating: 2.063_908_88e-2).addingProduct(y, z)
  y = Lanes(repeating: -5.373_971_55e-2).addingProduct(y, z)
  y = Lanes(repeating: 1.333_144_22e-1).addingProduct(y, z)
  y = Lanes(repeating: -3.333_323_32e-1).addingProduct(y, z)
  let near = x.addingProduct(y * z, x)
  return far.replacing(with: near, where: z .< Lanes(repeating: 0.390_625))
}

/// 1 / (1 + e^-x) of each lane; 0 and 1 at ±infinity, NaN stays NaN.
@inline(__always)
func sigmoid(_ x: Lanes) -> Lanes {
  let one = Lanes(repeating: 1)
  return one / (one + exp(-x))
}
