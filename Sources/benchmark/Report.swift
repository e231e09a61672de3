import Foundation
import TensorCore

/// The times of one piece of work.
struct Timing {
  /// Milliseconds, sorted.
  let milliseconds: [Double]

  var median: Double { milliseconds[milliseconds.count / 2] }
  var minimum: Double { milliseconds[0] }

  /// Runs `body` some times unmeasured, then `steps` times with a clock.
  init(warmUp: Int, steps: Int, _ body: () -> Void) {
    for _ in 0..<warmUp { body() }
    let clock = ContinuousClock()
    milliseconds = (0..<steps).map { _ in clock.measure(body) / .milliseconds(1) }.sorted()
  }

  /// Takes times that were measured already, at least one.
  init(milliseconds: [Double]) { self.milliseconds = milliseconds.sorted() }
}

/// Prints rows as they come, as a table or as lines of JSON.
struct Report {
  let isJSON: Bool
  private var hasHeading = false
  private var peaks: [Int: Double] = [:]

  init(isJSON: Bool) { self.isJSON = isJSON }

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - name: what was measured.
  ///   - sizes: its sizes, for JSON.
  ///   - timing: the times.
  ///   - operations: the floating-point operations of one step.
  mutating func add(
    _ name: String, _ sizes: KeyValuePairs<String, Int>, _ timing: Timing, operations: Double
  ) {
    let threads = Parallel.threads
    let peak = peaks[threads] ?? PeakRate.measured()
    peaks[threads] = peak
    let rate = operations / timing.median / 1e6
    defer { fflush(nil) }  // a row at a time, also into a pipe
    if isJSON {
      let sizes = sizes.map { "\"\($0.key)\": \($0.value), " }.joined()
      print(
        "{\"name\": \"\(name)\", \(sizes)\"threads\": \(threads), "
          + "\"median_ms\": \(text(timing.median, 4)), \"min_ms\": \(text(timing.minimum, 4)), "
          + "\"gflops\": \(text(rate, 2)), \"peak_gflops\": \(text(peak, 2)), "
          + "\"peak_share\": \(text(rate / peak, 4))}")
      return
    }
    if !hasHeading {
      print("work          threads   median ms   min ms   GFLOP/s   of peak")
      hasHeading = true
    }
    print(
      name.padding(toLength: 14, withPad: " ", startingAt: 0)
        + right("\(threads)", 7) + right(text(timing.median, 2), 12)
        + right(text(timing.minimum, 2), 9) + right(text(rate, 1), 10)
        + right(text(100 * rate / peak, 0) + " %", 10))
  }

  /// Adds a row about words that were read.
  ///
  /// - Parameters:
  ///   - name: what was measured.
  ///   - sizes: its sizes, for JSON.
  ///   - timing: the times of an epoch.
  ///   - words: the words of an epoch.
  func add(_ name: String, _ sizes: KeyValuePairs<String, Int>, _ timing: Timing, words: Int) {
    let rate = Double(words) / timing.median * 1e3
    defer { fflush(nil) }
    if isJSON {
      let sizes = sizes.map { "\"\($0.key)\": \($0.value), " }.joined()
      print(
        "{\"name\": \"\(name)\", \(sizes)\"threads\": \(Parallel.threads), "
          + "\"median_ms\": \(text(timing.median, 4)), \"min_ms\": \(text(timing.minimum, 4)), "
          + "\"words_per_second\": \(text(rate, 0))}")
      return
    }
    print("work          threads   median ms   min ms   words/s")
    print(
      name.padding(toLength: 14, withPad: " ", startingAt: 0)
        + right("\(Parallel.threads)", 7) + right(text(timing.median, 2), 12)
        + right(text(timing.minimum, 2), 9) + right(text(rate, 0), 10))
  }

  private func text(_ number: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", number)
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
