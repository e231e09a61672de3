// The softmax of one row of numbers, which softmax, cross-entropy and attention share.

/// log Σ exp(x[i]) in two parts.
///
/// Beside a large number the logarithm's digits would be rounded away: near 10⁸ neighbours are 8
/// apart. Whoever subtracts a logit from the sum subtracts it from the largest one, which is exact
/// where the two are near each other, and then adds the rest.
struct LogSum {
  /// The largest number.
  let largest: Float
  /// What is added to it, log Σ exp(x[i] − largest).
  let rest: Float

  /// The two parts together.
  var total: Float { largest + rest }
}

/// y[i] = exp(scale · x[i]) / Σⱼ exp(scale · x[j]); `y` may be `x`.
///
/// The largest number is subtracted first, so nothing overflows, and −∞ weighs exactly nothing. A row
/// of −∞ alone has no largest number: all its weights are 0.
///
/// - Returns: the logarithm of the sum, log Σ exp(scale · x[i]); −∞ for a row of −∞ alone.
@inline(__always)
@discardableResult
func softmaxRow(_ n: Int, _ x: Pointer, to y: Pointer, scale: Float = 1) -> LogSum {
  let largest = maximum(n, x)
  if largest == -.infinity {
    // Not-a-number is no larger than anything, and must not vanish here.
    let filling: Float = sum(n, x).isNaN ? .nan : 0
    y.update(repeating: filling, count: n)
    return LogSum(largest: filling.isNaN ? .nan : -.infinity, rest: 0)
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
  return LogSum(largest: largest * scale, rest: logarithm(total))
}

/// log Σ exp(x[i]), computed like `softmaxRow`.
@inline(__always)
func logSumExpRow(_ n: Int, _ x: Pointer) -> LogSum {
  let largest = maximum(n, x)
  if largest == -.infinity {
    return LogSum(largest: sum(n, x).isNaN ? .nan : -.infinity, rest: 0)
  }
  return LogSum(largest: largest, rest: logarithm(sum(n, x) { exp($0 - largest) }))
}

/// The natural logarithm of one number, with the bits of the vector's.
@inline(__always)
func logarithm(_ x: Float) -> Float { log(Lanes(repeating: x))[0] }
