#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a process that checks learner's code is ended by a signal, in its own words.
///
/// The backtrace that Swift's runtime prints tells the same, but making it takes seconds on a busy
/// machine, and it may come too late. The process itself knows at once.
public enum LastWords: String, Sendable {
  /// Its processor time is over.
  case timeIsOver
  /// Its functions have called one another until the stack was full.
  case stackIsFull

  /// The last of the last words that a process wrote, if it wrote some.
  public init?(lastIn text: String) {
    guard
      let words = text.split(separator: "\n").lazy.compactMap({ LastWords(rawValue: String($0)) })
        .last
    else { return nil }
    self = words
  }

  private nonisolated(unsafe) static var channel: Int32 = 0
  private nonisolated(unsafe) static var timeIsOverLine = bytes(of: "")
  private nonisolated(unsafe) static var stackIsFullLine = bytes(of: "")
  /// The main thread's stack, and what lies under it.
  private nonisolated(unsafe) static var stack: Range<UInt> = 0..<0
  private nonisolated(unsafe) static var previous = (segmentation: sigaction(), bus: sigaction())

  /// Has this process write its last words to a channel, a line each.
  ///
  /// The signals then take their usual course: Swift's runtime prints where the code stood.
  static func write(to channel: Int32) {
    self.channel = channel
    // A handler may not take memory: its lines are made now.
    timeIsOverLine = bytes(of: LastWords.timeIsOver.rawValue + "\n")
    stackIsFullLine = bytes(of: LastWords.stackIsFull.rawValue + "\n")
    stack = stackBelow()
    provideSignalStack()

    var time = sigaction()
    // SIGQUIT is held back until the handler is left, so that it meets the code that was interrupted
    // and not the handler. After the backtrace the code goes on, until the hard limit ends it.
    sigaddset(&time.sa_mask, SIGQUIT)
    var fault = sigaction()
    fault.sa_flags = Int32(SA_SIGINFO) | Int32(SA_ONSTACK)
    #if canImport(Glibc)
      time.__sigaction_handler.sa_handler = { _ in LastWords.endOfTime() }
      fault.__sigaction_handler.sa_sigaction = { _, info, _ in
        LastWords.fault(at: info?.pointee._sifields._sigfault.si_addr)
      }
    #else
      time.__sigaction_u.__sa_handler = { _ in LastWords.endOfTime() }
      fault.__sigaction_u.__sa_sigaction = { _, info, _ in
        LastWords.fault(at: info?.pointee.si_addr)
      }
    #endif
    sigaction(SIGXCPU, &time, nil)
    sigaction(SIGSEGV, &fault, &previous.segmentation)
    sigaction(SIGBUS, &fault, &previous.bus)
  }

  /// The text in memory that stays where it is.
  private static func bytes(of text: String) -> UnsafeRawBufferPointer {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
    bytes.copyBytes(from: text.utf8)
    return UnsafeRawBufferPointer(bytes)
  }

  private static func endOfTime() {
    say(.timeIsOver)
    raise(SIGQUIT)
  }

  /// Tells a full stack from other accesses to memory that is not the process's own, and lets the
  /// access fail again under the handlers from before.
  private static func fault(at address: UnsafeMutableRawPointer?) {
    if stack.contains(UInt(bitPattern: address)) { say(.stackIsFull) }
    sigaction(SIGSEGV, &previous.segmentation, nil)
    sigaction(SIGBUS, &previous.bus, nil)
  }

  private static func say(_ words: LastWords) {
    let line = words == .timeIsOver ? timeIsOverLine : stackIsFullLine
    #if canImport(Glibc)
      _ = Glibc.write(channel, line.baseAddress, line.count)
    #else
      _ = Darwin.write(channel, line.baseAddress, line.count)
    #endif
  }

  /// The addresses under this function's frame that the main thread's stack takes until it is full.
  private static func stackBelow() -> Range<UInt> {
    var here = 0
    let end = withUnsafePointer(to: &here) { UInt(bitPattern: $0) }
    var limit = rlimit()
    #if canImport(Glibc)
      getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit)
    #else
      getrlimit(RLIMIT_STACK, &limit)
    #endif
    // Without a limit, the limit of memory ends the stack.
    let size = min(UInt(limit.rlim_cur), 1 << 30)
    // A function with large variables may skip some of what lies under the stack, which is kept free.
    return end - size - (16 << 20)..<end
  }

  /// Gives handlers a stack of their own where Swift's runtime has not: they cannot run on a full one.
  private static func provideSignalStack() {
    var present = stack_t()
    sigaltstack(nil, &present)
    guard present.ss_flags & Int32(SS_DISABLE) != 0 else { return }
    var own = stack_t()
    own.ss_size = 1 << 16
    own.ss_sp = .allocate(byteCount: 1 << 16, alignment: 16)
    sigaltstack(&own, nil)
  }
}
