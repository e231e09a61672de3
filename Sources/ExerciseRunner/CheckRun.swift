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

  /// Checks an exercise part by part: a judge's process asks, and for each part a process of its own
  /// answers with the learner's functions.
  ///
  /// A verdict is made and held in the judge's process, where no learner's code runs. A part for which
  /// none comes is lost, and the next one gets a new judge.
  ///
  /// - Parameters:
  ///   - exercise: What to check.
  ///   - host: The path of the chapter's program with the learner's functions.
  ///   - judge: The path of the program that knows the exercise: `course`.
  ///   - limits: When to stop the learner's code.
  public init(
    _ exercise: ExerciseOutline, host: String, judge: String, limits: Limits = Limits()
  ) {
    var reports: [Judge.Report] = []
    while reports.count < exercise.parts.count {
      let first = reports.count
      let process = ChildProcess.run(
        judge, [Judge.command, exercise.id, "\(first)", host] + limits.words,
        environment: Crash.environment,
        // The judge waits for the learner's code and counts its time; this clock stops a judge that
        // hangs, which would be a mistake of the course.
        seconds: 60 + 12 * limits.seconds * Double(exercise.parts.count), keeping: 1 << 23)
      reports += CheckRun.reports(process.channel, from: first, to: exercise.parts.count)
      if reports.count < exercise.parts.count {
        reports.append(Judge.Report(part: reports.count, lostBy: process, judge))
      }
    }
    verdict = Verdict(exercise, parts: reports.map(\.verdict))
    printed = (reports.first { $0.verdict != .right } ?? reports.last)?.printed ?? ""
    crashLine = reports.lazy.compactMap(\.crashLine).first
  }

  /// The reports on parts, in order, as a judge wrote them until it ended.
  private static func reports(_ bytes: [UInt8], from first: Int, to end: Int) -> [Judge.Report] {
    var reports: [Judge.Report] = []
    var rest = bytes[...]
    while rest.count >= 8, first + reports.count < end {
      let length = rest.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
      guard (0...rest.count - 8).contains(length),
        let report = try? Judge.Report(Array(rest.dropFirst(8).prefix(length))),
        report.part == first + reports.count
      else { break }
      reports.append(report)
      rest = rest.dropFirst(8 + length)
    }
    return reports
  }
}

extension Judge.Report {
  /// The report on a part that a judge ended without one.
  fileprivate init(part: Int, lostBy process: ChildProcess, _ path: String) {
    if case .notFound(let error) = process.ending {
      let reason = "\(path) could not be started (the system's error \(error))"
      self.init(part: part, verdict: .crashed(reason), printed: "")
      return
    }
    let crash = Crash(
      process.ending, isTimedOut: process.isTimedOut, errors: process.errors, lastWords: nil,
      limits: Limits())
    self.init(
      part: part,
      verdict: .crashed(
        "The checker's own process ended while it looked at your answers: \(crash.reason)\n"
          + "No answer should lead to that: it is a mistake of the course."), printed: "")
  }
}
