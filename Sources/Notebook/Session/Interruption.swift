import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ends the program cleanly at Ctrl-C.
///
/// Almost nothing may be called inside a signal's handler. It writes one byte into a pipe, and a
/// thread that waits at the pipe's other end does the rest. A second Ctrl-C ends at once.
enum Interruption {
  /// Held by work that comes to a state worth keeping before the program ends.
  private static let working = NSLock()

  /// Runs work that Ctrl-C does not cut off.
  ///
  /// The work asks now and then whether it is to stop, then keeps what it has and returns. At Ctrl-C
  /// this function does not return: the program ends as soon as the work is over.
  static func completing<Result>(_ work: (_ isToStop: () -> Bool) throws -> Result) rethrows
    -> Result
  {
    working.lock()
    defer {
      working.unlock()
      // The thread that concludes ends the program.
      while wasInterrupted.load(ordering: .relaxed) { Thread.sleep(forTimeInterval: 1) }
    }
    return try work { wasInterrupted.load(ordering: .relaxed) }
  }

  /// Has `conclude` called on a thread of its own at the first Ctrl-C; the program then ends with
  /// status 130, as shells expect of an interrupted program.
  static func install(_ conclude: @escaping @Sendable () -> Void) {
    // Output to a reader who has gone ends the program silently, whatever the parent had set.
    signal(SIGPIPE, SIG_DFL)
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    writingEnd = ends[1]
    let readingEnd = ends[0]
    Thread.detachNewThread {
      var byte: UInt8 = 0
      while read(readingEnd, &byte, 1) != 1 {}
      // Work that never asks must not keep the program alive.
      _ = working.lock(before: Date(timeIntervalSinceNow: 10))
      conclude()
      _exit(130)
    }
    // Who starts the program may have blocked the signal; it would then wait for ever.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    // Made now, since nothing may be made in a handler.
    _ = wasInterrupted.load(ordering: .relaxed)
    signal(SIGINT) { _ in
      if wasInterrupted.exchange(true, ordering: .relaxed) { _exit(130) }
      var byte: UInt8 = 1
      _ = write(writingEnd, &byte, 1)
    }
  }
}

// A C function refers to nothing but globals.
nonisolated(unsafe) private var writingEnd: Int32 = -1
private let wasInterrupted = Atomic<Bool>(false)
