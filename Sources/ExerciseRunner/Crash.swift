import ExerciseFunctions

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a process that ended badly says about why, and where in the learner's file.
struct Crash {
  /// What happened, in a sentence.
  var reason: String
  /// The learner's file from the top of the course, and the line.
  var place: (file: String, line: Int)?

  /// Settings for Swift's runtime: print where the code stood, briefly.
  static let environment: [String: String?] = [
    "SWIFT_BACKTRACE":
      "enable=yes,color=no,interactive=no,images=none,registers=none,threads=crashed,"
      + "limit=64,top=4,sanitize=no,timeout=15s"
  ]

  /// Reads what a process left behind.
  ///
  /// What it says itself counts before how it was ended: a printed cause stands, though the clock ran
  /// out while the backtrace was made.
  init(
    _ ending: Ending, isTimedOut: Bool, errors: String, lastWords: LastWords?, limits: Limits
  ) {
    place = Crash.place(in: errors)
    let lines = errors.split(separator: "\n")
    let fatal = lines.lazy.compactMap { text(in: $0, after: "Fatal error: ") }.first
    let failure = lines.lazy.compactMap { text(in: $0, after: "*** Swift runtime failure: ") }.first
    if ending == .exited(Host.isCutOff) {
      reason = "Your code closed the descriptors of the checker."
    } else if case .exited(let status) = ending, !isTimedOut {
      reason = "Your code ended the process (exit status \(status)) before the check was finished."
    } else if let fatal, fatal.contains("failed to allocate") {
      reason =
        "It asked for more memory than the \(limits.bytes >> 20) MiB an exercise may use: \(fatal)."
    } else if let fatal {
      reason = fatal
    } else if let failure {
      reason = failure.replacing(" ***", with: "")
    } else if lastWords == .stackIsFull {
      reason = "The stack is full of functions that called one another. Does the recursion end?"
    } else if lastWords == .timeIsOver {
      reason =
        "It was still running after \(limits.processorSeconds) seconds of processor time."
        + " An endless loop?"
    } else if isTimedOut {
      reason =
        "It had not ended after \(Int(limits.seconds)) seconds. Does it wait for something?"
        + " (Or is this machine very busy? Then check again later.)"
    } else {
      reason = Crash.reason(ending)
    }
  }

  private static func reason(_ ending: Ending) -> String {
    guard case .signalled(let signal) = ending else { return "It did not start." }
    switch signal {
    case SIGKILL: return "The system stopped it, for lack of time or of memory."
    case SIGABRT: return "It gave up (SIGABRT)."
    case SIGILL, SIGTRAP: return "It trapped."
    case SIGBUS, SIGSEGV:
      return "It touched memory that is not its own."
    default: return "It was ended by signal \(signal)."
    }
  }

  /// The first line of the backtrace, or else of the message, that lies in an exercise's file.
  private static func place(in errors: String) -> (file: String, line: Int)? {
    for line in errors.split(separator: "\n") {
      guard let start = line.firstRange(of: "/exercises/Chapter")?.lowerBound else { continue }
      let parts = line[line.index(after: start)...].split(separator: ":")
      if parts.count > 1, parts[0].hasSuffix(".swift"), let number = Int(parts[1]) {
        return (String(parts[0]), number)
      }
    }
    // `Chapter1Exercises/KMeansStep.swift:31: Fatal error: …`
    for line in errors.split(separator: "\n") where line.contains("Fatal error") {
      let parts = line.split(separator: ":")
      guard parts.count > 1, let number = Int(parts[1]) else { continue }
      let path = parts[0].split(separator: "/")
      if path.count == 2, path[0].hasSuffix("Exercises") {
        return ("exercises/\(path[0].dropLast("Exercises".count))/\(path[1])", number)
      }
    }
    return nil
  }
}

private func text(in line: Substring, after marker: String) -> String? {
  line.firstRange(of: marker).map { String(line[$0.upperBound...]) }
}
