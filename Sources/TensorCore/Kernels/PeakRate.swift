/// How fast this machine multiplies and adds at best.
package enum PeakRate {
  /// The rate of a loop of nothing but products in registers, in GFLOP/s, with `Parallel.threads`
  /// threads: the best of several runs.
  ///
  /// A fused product and sum counts as two operations.
  package static func measured() -> Double {
    let clock = ContinuousClock()
    let rounds = 100_000
    let threads = Parallel.threads
    let results = Scratch(threads)
    defer { results.free() }
    let start = results.start
    var best = 0.0
    for _ in 0..<40 {
      let time = clock.measure {
        parallel(threads) { thread in start[thread] = chains(rounds, seed: Float(thread)) }
      }
      best = max(
        best, Double(threads * rounds * chainCount * laneCount * 2) / (time / .nanoseconds(1)))
    }
    return best
  }

  /// Enough sums at once to hide the latency of one.
  private static let chainCount = 12

  @inline(never)
  private static func chains(_ rounds: Int, seed: Float) -> Float {
    var sums = InlineArray<12, Lanes>(repeating: Lanes(repeating: seed))
    let factor = Lanes(repeating: 0.999)
    let summand = Lanes(repeating: seed)
    for _ in 0..<rounds {
      for chain in 0..<12 { sums[chain] = summand.addingProduct(sums[chain], factor) }
    }
    var total: Float = 0
    for chain in 0..<12 { total += sums[chain].sum() }
    return total
  }
}
