import Checkers
import ExerciseRunner
import Foundation
import Synchronization
import Testing

/// Checks the learner's answer to an exercise: passes if it is right, is cancelled if it is not
/// started, and fails with the checker's message otherwise.
func check(_ id: String) throws {
  guard let exercise = Course.exercise(id) else {
    Issue.record("The course lists no exercise \(id).")
    return
  }
  let run = CheckRun(
    exercise, host: Place.builtProgram("check\(exercise.chapter)"),
    judge: Place.builtProgram("course"))
  LastLines.add(run.verdict)
  switch run.verdict.state {
  case .right: return
  case .notStarted: try Test.cancel("not started: write your answer in \(exercise.path)")
  case .wrong, .crashed, .partlyRight:
    let file = Place.root + "/" + exercise.path
    Issue.record(
      "\(run.verdict.state.rawValue)\n\(run.verdict.message)",
      sourceLocation: SourceLocation(
        fileID: "Chapter\(exercise.chapter)Exercises/\(exercise.file)", filePath: file,
        line: run.crashLine ?? 1, column: 1))
  }
}

/// Where things stand on this machine.
enum Place {
  /// The course's folder.
  static let root = #filePath.replacing("/Tests/ExerciseTests/Verdicts/Check.swift", with: "")

  /// A program of this package, beside the tests that are running.
  static func builtProgram(_ name: String) -> String {
    let bundle =
      CommandLine.arguments.first { $0.contains(".xctest") } ?? root + "/.build/debug/x.xctest"
    // …/debug/SelfTaughtPackageTests.xctest, on macOS with /Contents/MacOS/… behind it
    let folder = bundle.components(separatedBy: "/").prefix { !$0.hasSuffix(".xctest") }
    return folder.joined(separator: "/") + "/" + name
  }
}

/// The summary that stands last, after the testing library's own last line.
private enum LastLines {
  private static let verdicts = Mutex<[Verdict]>([])

  static func add(_ verdict: Verdict) {
    let isFirst = verdicts.withLock {
      $0.append(verdict)
      return $0.count == 1
    }
    if isFirst { atexit { LastLines.print() } }
  }

  private static func print() {
    // The testing library writes to standard error, too: two streams would not keep their order.
    let text = "\n" + Summary(verdicts.withLock { $0 }).text + "\n"
    FileHandle.standardError.write(Data(text.utf8))
  }
}
