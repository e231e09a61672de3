import Checkers

/// What the learner's code may use for one part of an exercise.
public struct Limits: Sendable {
  /// Seconds without work until it is stopped, by the clock on the wall.
  ///
  /// They are for code that waits. Code that works is stopped by its processor time, which no other
  /// program shortens.
  public var seconds: Double
  /// Seconds of processor time.
  public var processorSeconds: Int
  /// Bytes of address space, where the system can bound it.
  public var bytes: Int

  /// Joins the limits; the defaults are what every exercise gets.
  public init(seconds: Double = 20, processorSeconds: Int = 4, bytes: Int = 1 << 30) {
    self.seconds = seconds
    self.processorSeconds = processorSeconds
    self.bytes = bytes
  }
}

/// One exercise, checked: the verdict and what else the learner may want to see.
public struct CheckRun: Sendable {
  /// How the exercise stands.
  public var verdict: Verdict
  /// What the learner's code printed in the first part that is not right, or else in the last part.
  public var printed: String
  /// The line of the learner's file where it crashed.
  public var crashLine: Int?

  /// Checks an exercise part by part, each in a process of its own.
  ///
  /// The verdict on a part is taken from a channel that only the checker in that process writes to,
  /// signed with a number drawn for this run; a process that ends without one has crashed, whatever
  /// it printed and whatever its exit status.
  ///
  /// - Parameters:
  ///   - exercise: What to check.
  ///   - host: The path of the chapter's checking program.
  ///   - limits: When to stop it.
  public init(_ exercise: ExerciseOutline, host: String, limits: Limits = Limits()) {
    var parts: [PartVerdict] = []
    var printed = ""
    for index in exercise.parts.indices {
      let signature = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }
        .joined()
      let process = ChildProcess.run(
        host,
        [exercise.id, "\(index)", "\(limits.processorSeconds)", "\(limits.bytes)"],
        environment: Crash.environment, input: signature + "\n", seconds: limits.seconds)
      let report = Report(process.channel, signature: signature)
      if let verdict = report.verdict, process.isSuccessful {
        if parts.allSatisfy({ $0 == .right }) { printed = process.output }
        parts.append(verdict)
        continue
      }
      if case .notFound(let error) = process.ending {
        parts.append(.crashed("\(host) could not be started (the system's error \(error))"))
        continue
      }
      if parts.allSatisfy({ $0 == .right }) { printed = process.output }
      let crash = Crash(process, lastWords: report.lastWords, limits: limits)
      crashLine = crashLine ?? crash.place?.line
      var lines = [crash.reason]
      lines.insert(
        "at        " + (crash.place.map { "\($0.file):\($0.line)" } ?? exercise.path), at: 0)
      if let input = report.input { lines.append("on        " + input) }
      parts.append(.crashed(lines.joined(separator: "\n")))
    }
    verdict = Verdict(exercise, parts: parts)
    self.printed = printed
  }
}

/// What the checker in the child wrote: the input it is at, and the verdict at the end.
private struct Report {
  var verdict: PartVerdict?
  var input: String?
  var lastWords: LastWords?

  init(_ text: String, signature: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
      guard words.count == 3, words[0] == signature else { continue }
      let text = Host.unescaped(words[2])
      switch words[1] {
      case "on": input = text
      case "right": verdict = .right
      case "notStarted": verdict = .notStarted
      case "wrong": verdict = .wrong(text)
      case "crashed": verdict = .crashed(text)
      default: lastWords = LastWords(rawValue: String(words[1])) ?? lastWords
      }
    }
  }
}
