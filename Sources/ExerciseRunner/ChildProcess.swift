#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that was run to its end, or stopped, and what it wrote meanwhile.
public struct ChildProcess: Sendable {
  /// How it ended.
  public var ending: Ending
  /// Whether it was stopped because its time was over.
  public var isTimedOut = false
  /// What it wrote to standard output.
  public var output = ""
  /// What it wrote to standard error.
  public var errors = ""
  /// What it wrote to file descriptor 3.
  public var channel: [UInt8] = []

  /// Whether it ended with status 0.
  public var isSuccessful: Bool { ending == .exited(0) }

  /// Runs a program and waits for its end; its standard input is empty.
  ///
  /// - Parameters:
  ///   - executable: The program's path, or a name to be found along `PATH`.
  ///   - arguments: What follows the program's name.
  ///   - environment: Changes to this process's environment; nil removes a variable.
  ///   - seconds: When it is stopped: first by SIGQUIT, which lets Swift's runtime print where the
  ///     program stands, then by SIGKILL, with everything that it started. A program that has worked
  ///     meanwhile, on a machine that is busy with others, gets as many seconds again, up to ten times.
  ///   - limit: How many bytes of each stream are kept; the rest is read and dropped.
  /// - Returns: How it ended and what it wrote.
  public static func run(
    _ executable: String, _ arguments: [String], environment: [String: String?] = [:],
    seconds: Double, keeping limit: Int = 1 << 18
  ) -> ChildProcess {
    let pipes = (1...3).map { (number: Int32($0), pipe: Pipe()) }
    defer { for pipe in pipes { close(pipe.pipe.reading) } }
    let process: RunningProcess
    do throws(RunningProcess.NotFound) {
      defer { for pipe in pipes { close(pipe.pipe.writing) } }
      process = try RunningProcess(
        executable, arguments, environment: environment,
        descriptors: Dictionary(uniqueKeysWithValues: pipes.map { ($0.number, $0.pipe.writing) }),
        collecting: pipes.map(\.pipe.reading), keeping: limit)
    } catch {
      return ChildProcess(ending: .notFound(error.error))
    }
    let start = now()
    var patience = Patience(of: process.pid, seconds: seconds)
    var isTimedOut = false
    while !process.hasEnded {
      // When all streams are closed, it has ended, or closed them to be out of sight.
      if process.collector.isAtEnd { usleep(1000) }
      process.collector.read(milliseconds: 50)
      isTimedOut = patience.isOver(after: now() - start)
      if isTimedOut { break }
    }
    if isTimedOut { process.quit() }
    let ending = process.end()
    return ChildProcess(
      ending: ending, isTimedOut: isTimedOut, output: process.collector.text(0),
      errors: process.collector.text(1), channel: process.collector.kept[2])
  }
}
