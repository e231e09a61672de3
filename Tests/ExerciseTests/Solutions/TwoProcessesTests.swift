import Checkers
import ExerciseRunner
import Foundation
import Testing

/// What holds in one process holds through two.
@Suite struct TwoProcessesTests {
  /// A program of this package, beside the tests that are running.
  private static func builtProgram(_ name: String) -> String {
    let bundle =
      CommandLine.arguments.first { $0.contains(".xctest") }
      ?? StubsAndSolutions.root + "/.build/debug/x.xctest"
    let folder = bundle.components(separatedBy: "/").prefix { !$0.hasSuffix(".xctest") }
    return folder.joined(separator: "/") + "/" + name
  }

  @Test(arguments: Course.exercises.map(\.id))
  func `the solution is right where the checker is in another process`(id: String) throws {
    let exercise = try #require(Course.exercise(id))
    let run = CheckRun(
      exercise, host: Self.builtProgram("checkSolutions"), judge: Self.builtProgram("course"))
    #expect(run.verdict.state == .right, "\(run.verdict.message)")
  }
}
