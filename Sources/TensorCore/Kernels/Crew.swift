import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The threads that help with parallel loops.
///
/// They are started when first needed and live on. After a loop a helper watches for the next one
/// for a fraction of a millisecond, which makes a loop cost half a microsecond to share; then it
/// sleeps until it is woken, so that an idle program keeps no core busy.
///
/// One loop is shared at a time. A caller that finds the crew at work (another thread's loop, or a
/// loop inside a loop) computes alone.
final class Crew: @unchecked Sendable {
  static let shared = Crew()
  static let largest = 64

  /// True while a loop is being shared.
  private let taken = Atomic<Bool>(false)
  /// Odd while a loop is open for helpers to join; grows by one as it opens and as it closes.
  private let phase = Atomic<Int>(0)
  /// Helpers inside the loop, or finding out whether they may enter.
  private let inside = Atomic<Int>(0)
  /// Helpers with a number up to this one take part in the loop.
  private let invited = Atomic<Int>(0)
  /// Helpers asleep, or about to.
  private let asleep = Atomic<Int>(0)

  // The loop. Written by the caller before it opens, read by helpers that are inside.
  private var body: ((Int) -> Void)?
  private var count = 0
  private var workers = 1
  /// The next part of each worker's run, a cache line apart.
  private let next: UnsafeMutablePointer<Atomic<Int>>
  private static let line = 16

  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let wake: UnsafeMutablePointer<pthread_cond_t>
  private var started = 0

  private init() {
    next = .allocate(capacity: Crew.largest * Crew.line)
    for i in 0..<Crew.largest * Crew.line { (next + i).initialize(to: Atomic(0)) }
    lock = .allocate(capacity: 1)
    wake = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    pthread_cond_init(wake, nil)
  }

  /// Shares a loop over `count` parts between the caller and `threads - 1` helpers, and returns
  /// when all parts are done; false, with nothing done, if the crew is at work.
  func run(_ count: Int, _ threads: Int, _ body: (Int) -> Void) -> Bool {
    if taken.load(ordering: .relaxed) || taken.exchange(true, ordering: .acquiring) {
      return false
    }
    start(threads - 1)
    withoutActuallyEscaping(body) { body in
      self.body = body
      self.count = count
      workers = threads
      for worker in 0..<threads {
        next[worker * Crew.line].store(worker * count / threads, ordering: .relaxed)
      }
      invited.store(threads - 1, ordering: .relaxed)
      // Sequentially consistent here and in `sleep` and `join`: either the helper sees the new
      // phase, or the caller sees the helper.
      phase.add(1, ordering: .sequentiallyConsistent)
      if asleep.load(ordering: .sequentiallyConsistent) > 0 {
        pthread_mutex_lock(lock)
        pthread_cond_broadcast(wake)
        pthread_mutex_unlock(lock)
      }
      work(as: 0)
      // No part is left to begin: late helpers stay out, and those inside are waited for.
      phase.add(1, ordering: .sequentiallyConsistent)
      var turns = 0
      while inside.load(ordering: .sequentiallyConsistent) > 0 {
        turns += 1
        if turns > 20_000 { sched_yield() }
      }
      self.body = nil
    }
    taken.store(false, ordering: .releasing)
    return true
  }

  /// Does a worker's own run of parts, then what the others have not begun.
  private func work(as worker: Int) {
    let body = body!
    for shift in 0..<workers {
      let owner = (worker + shift) % workers
      let end = (owner + 1) * count / workers
      while true {
        let part = next[owner * Crew.line].add(1, ordering: .relaxed).oldValue
        if part >= end { break }
        body(part)
      }
    }
  }

  // MARK: Helpers

  /// Starts helpers until there are `wanted`.
  ///
  /// Called by the thread that has taken the crew.
  private func start(_ wanted: Int) {
    while started < wanted {
      started += 1
      let number = UnsafeMutableRawPointer(bitPattern: started)
      #if canImport(Darwin)
        var thread: pthread_t?
      #else
        var thread = pthread_t()
      #endif
      let failure = pthread_create(
        &thread, nil, { Crew.shared.help(as: Int(bitPattern: $0)) }, number)
      // Without another thread the caller does all the work itself.
      if failure == 0 { pthread_detach(thread) }
    }
  }

  /// A helper's life.
  ///
  /// Worker 0 is the caller; helpers are numbered from 1.
  private func help(as worker: Int) -> UnsafeMutableRawPointer? {
    var seen = 0
    while true {
      waitForPhase(after: seen)
      seen = phase.load(ordering: .sequentiallyConsistent)
      if seen & 1 == 1 && worker <= invited.load(ordering: .relaxed) {
        inside.add(1, ordering: .sequentiallyConsistent)
        if phase.load(ordering: .sequentiallyConsistent) == seen { work(as: worker) }
        inside.subtract(1, ordering: .sequentiallyConsistent)
      }
    }
  }

  /// Returns when the phase is no longer `seen`: watches for a while, then sleeps.
  private func waitForPhase(after seen: Int) {
    let began = nanoseconds()
    repeat {
      for _ in 0..<100 where phase.load(ordering: .acquiring) != seen { return }
    } while nanoseconds() &- began < watchTime
    pthread_mutex_lock(lock)
    asleep.add(1, ordering: .sequentiallyConsistent)
    while phase.load(ordering: .sequentiallyConsistent) == seen { pthread_cond_wait(wake, lock) }
    asleep.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(lock)
  }
}

/// How long a helper watches before it sleeps, in nanoseconds: longer than the usual gap between two
/// loops of a training step.
private let watchTime = 200_000

/// A clock that never goes back.
private func nanoseconds() -> Int {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return now.tv_sec &* 1_000_000_000 &+ now.tv_nsec
}
