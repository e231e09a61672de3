// The softmax of one row of numbers, which softmax, cross-entropy and attention share.

/// y[i] = exp(scale · x[i]) / Σⱼ exp(scale · x[j]); `y` may be `x`.
///
/// The largest number is subtracted first, so nothing overflows, and −∞ weighs exactly nothing. A row
/// of −∞ alone has no largest number: all its weights are 0.
///
/// - Returns: the logarithm of the sum, log Σ exp(scale · x[i]); −∞ for a row of −∞ alone.
@inline(__always)
@discardableResult
func softmaxRow(_ n: Int, _ x: Pointer, to y: Pointer, scale: Float = 1) -> Float {
  let largest = maximum(n, x)
  if largest == -.infinity {
    // Not-a-number is no larger than anything, and must not vanish here.
    let filling: Float = sum(n, x).isNaN ? .nan : 0
    y.update(repeating: filling, count: n)
    return filling.isNaN ? .nan : -.infinity
  }
  var sums = Lanes.zero
  var i = 0
  while i &+ laneCount <= n {
    let power = exp((load(x + i) - largest) * scale)
    store(power, y + i)
    sums += power
    i &+= laneCount
  }
  var total = sums.sum()
  if i < n {
    let power = exp((load(x + i, n &- i) - largest) * scale)
    store(power, y + i, n &- i)
    for j in 0..<(n &- i) { total += power[j] }
  }
  let factor = 1 / total
  map(n, y, to: y) { $0 * factor }
  return largest * scale + logarithm(total)
}

/// log Σ exp(x[i]), computed like `softmaxRow`.
@inline(__always)
func logSumExpRow(_ n: Int, _ x: Pointer) -> Float {
  let largest = maximum(n, x)
  if largest == -.infinity { return sum(n, x).isNaN ? .nan : -.infinity }
  return largest + logarithm(sum(n, x) { exp($0 - largest) })
}

/// The natural logarithm of one number, with the bits of the vector's.
@inline(__always)
func logarithm(_ x: Float) -> Float { log(Lanes(repeating: x))[0] }
