#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that was run to its end, or stopped, and what it wrote meanwhile.
public struct ChildProcess: Sendable {
  /// How the program ended.
  public enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// It could not be started; the number is the system's error.
    case notFound(Int32)
  }

  /// How it ended.
  public var ending: Ending
  /// Whether it was stopped because its time was over.
  public var isTimedOut: Bool
  /// What it wrote to standard output.
  public var output: String
  /// What it wrote to standard error.
  public var errors: String
  /// What it wrote to file descriptor 3.
  public var channel: String

  /// Whether it ended with status 0.
  public var isSuccessful: Bool { ending == .exited(0) }

  /// Runs a program and waits for its end.
  ///
  /// - Parameters:
  ///   - executable: The program's path, or a name to be found along `PATH`.
  ///   - arguments: What follows the program's name.
  ///   - environment: Changes to this process's environment; nil removes a variable.
  ///   - input: What it reads on standard input.
  ///   - seconds: When it is stopped: first by SIGQUIT, which lets Swift's runtime print where the
  ///     program stands, then by SIGKILL, with everything that it started. A program that has worked
  ///     meanwhile, on a machine that is busy with others, gets as many seconds again, up to ten times.
  ///   - limit: How many bytes of each stream are kept; the rest is read and dropped.
  /// - Returns: How it ended and what it wrote.
  public static func run(
    _ executable: String, _ arguments: [String], environment: [String: String?] = [:],
    input: String = "", seconds: Double, keeping limit: Int = 1 << 18
  ) -> ChildProcess {
    var result = ChildProcess(
      ending: .notFound(0), isTimedOut: false, output: "", errors: "", channel: "")
    let pipes = (0...3).map { _ in Pipe() }
    var pid = pid_t()
    let status = spawn(&pid, executable, arguments, environment, pipes)
    close(pipes[0].reading)
    for pipe in pipes[1...] { close(pipe.writing) }
    defer { for pipe in pipes[1...] { close(pipe.reading) } }
    guard status == 0 else {
      close(pipes[0].writing)
      result.ending = .notFound(status)
      return result
    }
    // Less than a pipe holds, so it never waits. SIGPIPE is off in case the child is gone.
    signal(SIGPIPE, SIG_IGN)
    let bytes = Array(input.utf8)
    _ = bytes.withUnsafeBytes { write(pipes[0].writing, $0.baseAddress, $0.count) }
    close(pipes[0].writing)

    var collector = Collector(descriptors: pipes[1...].map(\.reading), limit: limit)
    let start = now()
    var patience = Patience(of: pid, from: start, seconds: seconds)
    var isReaped = false
    var code: Int32 = 0
    while true {
      collector.read(milliseconds: 50)
      if waitpid(pid, &code, WNOHANG) == pid {
        isReaped = true
        break
      }
      if collector.isAtEnd { break }
      if patience.isOver(at: now()) {
        result.isTimedOut = true
        break
      }
    }
    if result.isTimedOut {
      isReaped = quit(pid, &code, &collector)
    } else if !isReaped {
      // All streams are closed: the program has ended, or closed them to be out of sight.
      while !patience.isOver(at: now()), !isReaped {
        isReaped = waitpid(pid, &code, WNOHANG) == pid
        if !isReaped { usleep(1000) }
      }
      result.isTimedOut = !isReaped
    }
    kill(-pid, SIGKILL)
    if !isReaped { waitpid(pid, &code, 0) }
    collector.read(milliseconds: 0)
    result.ending = code & 0x7f == 0 ? .exited((code >> 8) & 0xff) : .signalled(code & 0x7f)
    (result.output, result.errors, result.channel) =
      (collector.text(0), collector.text(1), collector.text(2))
    return result
  }

  /// Lets a program that has not ended print where it stands; says whether that ended it.
  private static func quit(
    _ pid: pid_t, _ code: inout Int32, _ collector: inout Collector
  ) -> Bool {
    kill(pid, SIGQUIT)
    let start = now()
    while now() - start < 4, !collector.text(1).contains("Backtrace took") {
      collector.read(milliseconds: 50)
      if waitpid(pid, &code, WNOHANG) == pid { return true }
    }
    return false
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func spawn(
    _ pid: inout pid_t, _ executable: String, _ arguments: [String],
    _ changes: [String: String?], _ pipes: [Pipe]
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
    posix_spawn_file_actions_adddup2(&actions, pipes[0].reading, 0)
    for descriptor in 1...3 {
      posix_spawn_file_actions_adddup2(&actions, pipes[descriptor].writing, Int32(descriptor))
    }
    // A process group of its own: one signal ends it with all that it started. No signal is blocked or
    // ignored in it, as some are in the threads of a test.
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
    var words = ([executable] + arguments).map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    return posix_spawnp(&pid, executable, &actions, &attributes, &words, &settings)
  }
}

/// How long a program is waited for: as long as it works, whatever share of the processors it gets.
private struct Patience {
  private let pid: pid_t
  private let start: Double
  private let seconds: Double
  private var end: Double
  private var worked = 0.0

  init(of pid: pid_t, from start: Double, seconds: Double) {
    (self.pid, self.start, self.seconds) = (pid, start, seconds)
    end = start + seconds
  }

  /// Whether the program's time is over at an instant.
  mutating func isOver(at instant: Double) -> Bool {
    if instant <= end { return false }
    let sum = processorSeconds()
    // Even among a hundred others that never rest, a program that works gets that much.
    guard sum - worked >= 0.01 * seconds, instant - start < 10 * seconds else { return true }
    (worked, end) = (sum, instant + seconds)
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

/// The two ends of a pipe, away from the numbers that the child's streams get, closed in the child.
private struct Pipe {
  let reading: Int32
  let writing: Int32

  init() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { fatalError("no more pipes: the system's error \(errno)") }
    reading = fcntl(ends[0], F_DUPFD_CLOEXEC, 10)
    writing = fcntl(ends[1], F_DUPFD_CLOEXEC, 10)
    close(ends[0])
    close(ends[1])
  }
}

/// Reads several streams at a time and keeps the beginning of each.
private struct Collector {
  let descriptors: [Int32]
  let limit: Int
  private var kept: [[UInt8]]
  private var isOpen: [Bool]

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
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var wait = milliseconds
    while !isAtEnd {
      let open = descriptors.indices.filter { isOpen[$0] }
      var polls = open.map { pollfd(fd: descriptors[$0], events: Int16(POLLIN), revents: 0) }
      if poll(&polls, nfds_t(polls.count), wait) <= 0 { return }
      wait = 0
      for (index, poll) in zip(open, polls) where poll.revents != 0 {
        #if canImport(Glibc)
          let count = Glibc.read(descriptors[index], &chunk, chunk.count)
        #else
          let count = Darwin.read(descriptors[index], &chunk, chunk.count)
        #endif
        if count <= 0 {
          isOpen[index] = false
        } else {
          kept[index] += chunk[..<min(count, limit - kept[index].count)]
        }
      }
    }
  }
}
