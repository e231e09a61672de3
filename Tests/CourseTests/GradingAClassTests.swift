import Checkers
import ExerciseRunner
import Foundation
import Testing

@testable import course

/// A class with every kind of submission, graded in earnest: it builds a student tree, so it runs
/// where `SELFTAUGHT_SLOW_TESTS` is set, as in `.ci/run`.
@Suite(
  .enabled(if: ProcessInfo.processInfo.environment["SELFTAUGHT_SLOW_TESTS"] != nil),
  .enabled(if: checkout.hasSolutions), .serialized)
struct GradingAClassTests {
  private static let hole = "  throw NotStarted()\n"

  /// The stub of an exercise with its holes filled one after another.
  private func answer(_ id: String, _ bodies: String...) throws -> String {
    var text = try #require(checkout.text(Course.exercise(id)!.stubPath))
    for body in bodies {
      let place = try #require(text.firstRange(of: Self.hole))
      text.replaceSubrange(place, with: body + "\n")
    }
    return text
  }

  private func hand(in text: String, _ id: String, _ folder: String) throws {
    let file = folder + "/Chapter1/" + Course.exercise(id)!.file
    try FileManager.default.createDirectory(
      atPath: folder + "/Chapter1", withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
  }

  private func solution(_ id: String) throws -> String {
    try #require(checkout.text(Course.exercise(id)!.solutionPath))
  }

  private func grading(_ submissions: String) -> Grading {
    let chapters = Course.chapters.filter { $0.number == 1 }
    return Grading(course: checkout, chapters: chapters, submissions: submissions)
  }

  @Test func `one learner's trouble stays that learner's, and tricks gain nothing`() throws {
    try withTemporaryFolder { folder in
      for exercise in Course.exercises where exercise.chapter == 1 {
        try hand(in: solution(exercise.id), exercise.id, folder + "/ann")
        try hand(in: solution(exercise.id), exercise.id, folder + "/ben")
      }
      try hand(in: solution("1.2") + "let broken: Int = \"x\"\n", "1.2", folder + "/ben")
      let eve = folder + "/eve"
      try hand(in: "import Foundation\n" + answer("1.2", "  exit(0)", "  exit(0)"), "1.2", eve)
      try hand(
        in: answer("1.1", "  print(\"all tests passed\"); return []", "  return ([], [])"), "1.1",
        eve)
      try hand(in: "import Checkers\n" + solution("1.3"), "1.3", eve)
      try hand(in: answer("1.4", "  while true {}"), "1.4", eve)
      try hand(
        in: answer("1.5", "  return []").replacing("policyGradient(", with: "gradient("), "1.5", eve
      )
      try Data("import Testing".utf8).write(to: URL(fileURLWithPath: eve + "/Package.swift"))

      let grading = grading(folder)
      try grading.prepare()
      var grades: [String: Grade] = [:]
      for submission in try Submission.all(in: folder, exercises: grading.exercises) {
        grades[submission.learner] = try grading.grade(submission)
      }
      let ann = try #require(grades["ann"])
      #expect(ann.points == ann.ofPoints && ann.notes.isEmpty)
      let ben = try #require(grades["ben"])
      #expect(ben.exercises[1].state == Standing.doesNotCompile)
      #expect(ben.points == ann.points - ben.exercises[1].ofPoints)
      let states = try #require(grades["eve"]).exercises.map(\.state)
      #expect(
        states == ["wrong", "crashed", "does not compile", "crashed", "does not compile"])
      #expect(grades["eve"]?.points == 0)
    }
  }

  @Test func `the student tree builds and checks exercises`() throws {
    try withTemporaryFolder { folder in
      // Grading works in a student tree: the one that the other test has built.
      let grading = grading(folder)
      try grading.prepare()
      let builder = grading.builder
      let judge = Builder(course: checkout).judge
      func state(_ id: String) -> State {
        CheckRun(Course.exercise(id)!, host: builder.host(1), judge: judge).verdict.state
      }
      let file = builder.package + "/" + Course.exercise("1.1")!.path
      try Data(solution("1.1").utf8).write(to: URL(fileURLWithPath: file))
      #expect(builder.build(1) == nil)
      #expect(state("1.1") == .right)
      #expect(state("1.2") == .notStarted)
    }
  }
}
