import Checkers
import ExerciseFunctions

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process that knows the answers: it makes the inputs, has the learner's process compute, and
/// writes the verdict.
///
/// It contains no learner's code. What it writes on descriptor 3 is read by `CheckRun` alone: the
/// learner's process never has that descriptor, nor any other of this one's.
public enum Judge {
  /// The command by which a program is told to be a judge.
  public static let command = "judge"

  /// What the judge says of one part.
  struct Report {
    var part: Int
    var verdict: PartVerdict
    var printed: String
    var crashLine: Int?
  }

  /// Judges the parts of an exercise from a given one on, and ends the process.
  ///
  /// - Parameters:
  ///   - exercises: Where the exercise is looked for.
  ///   - arguments: What follows the command: the exercise's id, the first part's index, the path of
  ///     the program with the learner's functions, and the limits.
  public static func run(_ exercises: [ExerciseOutline], arguments: [String]) -> Never {
    guard arguments.count == 6, let first = Int(arguments[1]),
      let limits = Limits(arguments[3...]),
      let exercise = exercises.first(where: { $0.id == arguments[0] })
    else {
      print("This command is given by the checker. To check your answers: swift run course check")
      exit(64)
    }
    hideThisProcess()
    // A process that is gone is told by the error.
    signal(SIGPIPE, SIG_IGN)
    // Answers may be anything; a checker that they lead astray ends, too.
    ProcessLimit.processorTime.set(soft: 60, hard: 61)
    ProcessLimit.memory.set(soft: 1 << 32, hard: 1 << 32)
    for part in exercise.parts.indices.dropFirst(first) {
      let process = HostProcess(path: arguments[2], chapter: exercise.chapter, limits: limits)
      let report = judge(part, of: exercise, on: process)
      if !Frame.write(report.bytes, to: 3) { break }
    }
    _exit(0)
  }

  /// Checks one part on the learner's functions in a process of their own.
  private static func judge(
    _ part: Int, of exercise: ExerciseOutline, on process: HostProcess
  ) -> Report {
    var verdict = Line.$current.withValue(process) { exercise.verdict(ofPart: part) }
    process.finish()
    // Whatever the checker made of it: an answer that never came is no right one.
    if let loss = process.loss {
      let place = loss.place.map { "\($0.file):\($0.line)" } ?? exercise.path
      let input = loss.input.map { ["on        " + $0] } ?? []
      verdict = .crashed((["at        " + place, loss.reason] + input).joined(separator: "\n"))
    }
    return Report(
      part: part, verdict: verdict, printed: process.printed, crashLine: process.loss?.place?.line)
  }
}

extension Judge.Report {
  var bytes: [UInt8] {
    var wire = WireWriter()
    let (kind, message) =
      switch verdict {
      case .right: ("right", "")
      case .notStarted: ("notStarted", "")
      case .wrong(let message): ("wrong", message)
      case .crashed(let message): ("crashed", message)
      }
    wire.write((part, kind, message, printed, crashLine))
    return wire.bytes
  }

  init(_ bytes: [UInt8]) throws(Unreadable) {
    var wire = WireReader(bytes)
    let kind: String
    let message: String
    (part, kind, message, printed, crashLine) = try wire.read(
      (Int, String, String, String, Int?).self)
    switch kind {
    case "right": verdict = .right
    case "notStarted": verdict = .notStarted
    case "wrong": verdict = .wrong(message)
    case "crashed": verdict = .crashed(message)
    default: throw Unreadable("\(kind) is no verdict")
    }
  }
}

extension Limits {
  /// The limits as words on a command line.
  var words: [String] { ["\(seconds)", "\(processorSeconds)", "\(bytes)"] }

  init?(_ words: ArraySlice<String>) {
    let words = Array(words)
    guard words.count == 3, let seconds = Double(words[0]), let processorSeconds = Int(words[1]),
      let bytes = Int(words[2])
    else { return nil }
    self.init(seconds: seconds, processorSeconds: processorSeconds, bytes: bytes)
  }
}
