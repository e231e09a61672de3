// Loops shared between the cores.
//
// One seed gives one result, whatever the machine: loops are split by the problem's size, never by
// the number of threads, and sums of parts are added in the parts' order. Who computes a part makes
// no difference to its bits.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How work is shared between the processor's cores.
public enum Parallel {
  /// The number of threads that compute together, the caller included: at first one for each
  /// processor.
  ///
  /// With 1 everything runs on the caller's thread. Results do not depend on it.
  public static var threads: Int {
    get { chosenThreads.load(ordering: .relaxed) }
    set { chosenThreads.store(min(max(newValue, 1), Crew.largest), ordering: .relaxed) }
  }

  private static let chosenThreads = Atomic<Int>(
    min(max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1), Crew.largest))
}

/// Runs body(i) for each i in 0..<count, on several threads where there is more than one.
///
/// Each thread begins with a run of neighbouring parts, the same ones in every call of the same
/// count, so that it meets again in its cache what it wrote; then it takes over what others have
/// not begun.
package func parallel(_ count: Int, _ body: (Int) -> Void) {
  let threads = min(Parallel.threads, count)
  if threads < 2 || !Crew.shared.run(count, threads, body) {
    for i in 0..<max(count, 0) { body(i) }
  }
}

/// Splits 0..<n in ranges of at least `grain` (each but the last a multiple of `step`) and runs
/// body on each; a loop of less than two grains stays on the caller's thread.
///
/// The ranges depend on n, grain and step alone: a body may sum its range and keep the sum.
func parallelRanges(_ n: Int, grain: Int, step: Int = 1, _ body: (Range<Int>) -> Void) {
  let parts = min(mostRanges, n / max(grain, 1))
  if parts < 2 {
    if n > 0 { body(0..<n) }
    return
  }
  let size = (n + parts * step - 1) / (parts * step) * step
  parallel((n + size - 1) / size) { body($0 * size..<min(n, ($0 + 1) * size)) }
}

/// More than the cores of a usual machine, so that a core that is held up does less.
private let mostRanges = 16
