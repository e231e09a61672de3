#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A learning rate that rises along a line and then falls along half a cosine (Loshchilov and Hutter
/// 2017, equation 5, without restarts).
///
/// ```swift
/// let schedule = WarmUpCosine(peak: 1e-3, warmUp: 100, total: 2000)
/// for step in 0..<2000 {
///   optimizer.learningRate = schedule(step)
///   …
/// }
/// ```
///
/// With w steps of warm-up out of T, and steps t counted from 0:
///
///     t < w    peak · (t + 1) / w
///     t ≥ w    last + (peak − last) · (1 + cos(π (t − w) / (T − w))) / 2, and `last` from t = T on
///
/// The first step thus already moves, and steps w − 1 and w run at the peak.
public struct WarmUpCosine: Sendable {
  /// The highest learning rate.
  public let peak: Float
  /// The number of steps on which it rises.
  public let warmUp: Int
  /// The number of steps after which `last` is reached.
  public let total: Int
  /// The learning rate at the end.
  public let last: Float

  /// Makes a schedule of `total` steps, the first `warmUp` of them rising.
  public init(
    peak: Float, warmUp: Int, total: Int, last: Float = 0,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    if warmUp < 0 || warmUp > total {
      stop(
        "WarmUpCosine", "a warm-up of \(warmUp) steps out of \(total)", file: file, line: line)
    }
    self.peak = peak
    self.warmUp = warmUp
    self.total = total
    self.last = last
  }

  /// The learning rate for a step, counted from 0.
  public func callAsFunction(_ step: Int) -> Float {
    if step < warmUp { return peak * Float(step + 1) / Float(warmUp) }
    if step >= total { return last }
    let progress = Double(step - warmUp) / Double(total - warmUp)
    return last + (peak - last) * Float((1 + cos(Double.pi * progress)) / 2)
  }
}
