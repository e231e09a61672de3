import Foundation
import Synchronization
import Testing

@testable import TensorCore

private final class Counter: Sendable {
  let value = Atomic<Int>(0)
}

// The number of threads is one setting for the whole process.
@Suite(.serialized) struct ParallelTests {
  @Test(arguments: [1, 2, 3, 8])
  func `every part is run once, whatever the number of threads`(threads: Int) {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = threads
    for count in [0, 1, 2, 3, 17, 1000] {
      let runs = Scratch(1000)
      defer { runs.free() }
      runs.start.update(repeating: 0, count: 1000)
      nonisolated(unsafe) let start = runs.start
      parallel(count) { start[$0] += 1 }
      #expect((0..<1000).allSatisfy { start[$0] == ($0 < count ? 1 : 0) })
    }
  }

  @Test func `ranges cover everything, and depend on the size alone`() {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    func ranges(_ n: Int, _ grain: Int, _ step: Int) -> [Range<Int>] {
      let found = Mutex<[Range<Int>]>([])
      parallelRanges(n, grain: grain, step: step) { range in found.withLock { $0.append(range) } }
      return found.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } }
    }
    for (n, grain, step) in [(0, 1, 1), (1, 1, 1), (100, 7, 1), (1000, 10, 16), (4097, 64, 16)] {
      Parallel.threads = 1
      let alone = ranges(n, grain, step)
      Parallel.threads = 2
      #expect(ranges(n, grain, step) == alone)
      #expect(alone.flatMap { Array($0) } == Array(0..<n))
      #expect(alone.dropLast().allSatisfy { $0.count % step == 0 })
    }
  }

  @Test func `loops inside loops and on many threads at once are all done`() async {
    let total = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<200 {
            parallel(5) { _ in parallel(3) { _ in total.value.add(1, ordering: .relaxed) } }
          }
        }
      }
    }
    #expect(total.value.load(ordering: .relaxed) == 8 * 200 * 15)
  }

  @Test func `a loop after a pause wakes the sleeping helpers`() {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = 2
    parallel(2) { _ in }
    Thread.sleep(forTimeInterval: 0.05)
    let done = Atomic<Int>(0)
    parallel(100) { _ in done.add(1, ordering: .relaxed) }
    #expect(done.load(ordering: .relaxed) == 100)
  }
}
