import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a program ended.
public enum Ending: Sendable, Equatable {
  case exited(Int32)
  case signalled(Int32)
  /// It could not be started; the number is the system's error.
  case notFound(Int32)
}

/// A program that was started: what it writes, and how it ends.
final class RunningProcess {
  /// Its number.
  let pid: pid_t
  /// What it writes; one stream for each descriptor that is collected.
  var collector: Collector
  private var code: Int32?

  /// Starts a program in a process group of its own: one signal ends it with all that it started.
  ///
  /// - Parameters:
  ///   - executable: The program's path, or a name to be found along `PATH`.
  ///   - arguments: What follows the program's name.
  ///   - environment: Changes to this process's environment; nil removes a variable.
  ///   - descriptors: The program's descriptors, and this process's ends of pipes that they become.
  ///     Descriptor 0 reads nothing unless it is among them.
  ///   - collecting: Descriptors of this process that the program's output arrives at.
  ///   - limit: How many bytes of each are kept.
  /// - Throws: `Ending.notFound`, where it cannot be started.
  init(
    _ executable: String, _ arguments: [String], environment: [String: String?],
    descriptors: [Int32: Int32], collecting: [Int32], keeping limit: Int
  ) throws(NotFound) {
    var pid = pid_t()
    let status = RunningProcess.spawn(&pid, executable, arguments, environment, descriptors)
    if status != 0 { throw NotFound(error: status) }
    self.pid = pid
    collector = Collector(descriptors: collecting, limit: limit)
  }

  /// A program cannot be started.
  struct NotFound: Error {
    /// The system's error.
    var error: Int32
  }

  /// Whether it has ended by itself.
  var hasEnded: Bool {
    if code != nil { return true }
    var status: Int32 = 0
    if waitpid(pid, &status, WNOHANG) == pid { code = status }
    return code != nil
  }

  /// Has it print where it stands: Swift's runtime does so upon SIGQUIT.
  func quit() {
    kill(pid, SIGQUIT)
    let start = now()
    while now() - start < 4, !collector.text(1).contains("Backtrace took"), !hasEnded {
      collector.read(milliseconds: 50)
    }
  }

  /// Ends it, with all that it started, takes what it wrote last, and says how it ended.
  func end() -> Ending {
    let isOver = hasEnded
    kill(-pid, SIGKILL)
    if !isOver {
      var status: Int32 = 0
      waitpid(pid, &status, 0)
      code = status
    }
    collector.read(milliseconds: 0)
    let code = code ?? 0
    return code & 0x7f == 0 ? .exited((code >> 8) & 0xff) : .signalled(code & 0x7f)
  }

  private static func spawn(
    _ pid: inout pid_t, _ executable: String, _ arguments: [String],
    _ changes: [String: String?], _ descriptors: [Int32: Int32]
  ) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      let closing = POSIX_SPAWN_CLOEXEC_DEFAULT
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      let closing: Int32 = 0
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    if descriptors[0] == nil {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    for (theirs, ours) in descriptors {
      posix_spawn_file_actions_adddup2(&actions, ours, theirs)
    }
    // No signal is blocked or ignored in it, as some are in the threads of a test.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    let flags =
      Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Int16(flags | Int32(closing)))
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)

    var words = ([executable] + arguments).map { strdup($0) } + [nil]
    var settings = environment(changes).map { strdup($0) } + [nil]
    defer { for text in words + settings { free(text) } }
    return Pipe.lock.withLock { _ in
      posix_spawnp(&pid, executable, &actions, &attributes, &words, &settings)
    }
  }

  /// This process's environment with some changes, as `NAME=value`.
  private static func environment(_ changes: [String: String?]) -> [String] {
    var variables: [String: String] = [:]
    #if canImport(Darwin)
      var entry = _NSGetEnviron().pointee
    #else
      var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = environ
    #endif
    while let text = entry.pointee {
      let parts = String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    for (name, value) in changes { variables[name] = value }
    return variables.map { "\($0.key)=\($0.value)" }
  }
}

/// Seconds by a clock that never jumps.
func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// How long a program is waited for: as long as it works, whatever share of the processors it gets.
struct Patience {
  private let pid: pid_t
  private let seconds: Double
  private var end: Double
  private var worked = 0.0

  /// Waits for a program to end, or to answer, some seconds without work.
  init(of pid: pid_t, seconds: Double) {
    (self.pid, self.seconds, end) = (pid, seconds, seconds)
  }

  /// Whether the program's time is over after it was waited for so long in all.
  mutating func isOver(after waited: Double) -> Bool {
    if waited <= end { return false }
    let sum = processorSeconds()
    // Even among a hundred others that never rest, a program that works gets that much.
    guard sum - worked >= 0.01 * seconds, waited < 10 * seconds else { return true }
    (worked, end) = (sum, waited + seconds)
    return false
  }

  /// The processor time of the program so far; 0 where the system does not tell.
  private func processorSeconds() -> Double {
    #if canImport(Glibc)
      var clock = clockid_t()
      var time = timespec()
      guard clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else {
        return 0
      }
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    #else
      return 0
    #endif
  }
}

/// The two ends of a pipe, away from the numbers that a child's streams get, closed in every child.
struct Pipe {
  let reading: Int32
  let writing: Int32

  /// Held while ends are open that a child would inherit, and while one is started.
  static let lock = Mutex(())

  init() {
    (reading, writing) = Pipe.lock.withLock { _ in
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { fatalError("no more pipes: the system's error \(errno)") }
      defer { for end in ends { close(end) } }
      return (fcntl(ends[0], F_DUPFD_CLOEXEC, 10), fcntl(ends[1], F_DUPFD_CLOEXEC, 10))
    }
  }
}

/// Reads several streams at a time and keeps the beginning of each.
struct Collector {
  let descriptors: [Int32]
  let limit: Int
  private(set) var kept: [[UInt8]]
  private(set) var isOpen: [Bool]

  init(descriptors: [Int32], limit: Int) {
    self.descriptors = descriptors
    self.limit = limit
    kept = descriptors.map { _ in [] }
    isOpen = descriptors.map { _ in true }
  }

  var isAtEnd: Bool { !isOpen.contains(true) }

  func text(_ index: Int) -> String { String(decoding: kept[index], as: UTF8.self) }

  /// Takes what has arrived, after waiting for something at most the given time.
  mutating func read(milliseconds: Int32) {
    var wait = milliseconds
    while !isAtEnd {
      let open = descriptors.indices.filter { isOpen[$0] }
      var polls = open.map { pollfd(fd: descriptors[$0], events: Int16(POLLIN), revents: 0) }
      if poll(&polls, nfds_t(polls.count), wait) <= 0 { return }
      wait = 0
      for (index, poll) in zip(open, polls) where poll.revents != 0 { take(index) }
    }
  }

  /// Takes what has arrived on one of the streams, which has something or is at its end.
  mutating func take(_ index: Int) {
    let chunk = received(from: descriptors[index])
    if chunk.isEmpty {
      isOpen[index] = false
    } else {
      kept[index] += chunk.prefix(max(0, limit - kept[index].count))
    }
  }
}

/// What has arrived at a descriptor, up to 64 KiB; nothing at its end.
func received(from descriptor: Int32) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: 1 << 16) { room, count in
    #if canImport(Glibc)
      count = max(0, Glibc.read(descriptor, room.baseAddress, room.count))
    #else
      count = max(0, Darwin.read(descriptor, room.baseAddress, room.count))
    #endif
  }
}

/// Closes a descriptor, for types that have a `close` of their own.
func closeDescriptor(_ descriptor: Int32) { close(descriptor) }
