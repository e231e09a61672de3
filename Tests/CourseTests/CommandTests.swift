import Checkers
import ExerciseRunner
import Foundation
import Testing

@testable import course

/// Commands on a small copy of the course, and the built program itself.
@Suite struct CommandTests {
  private let exercise = Course.exercises[0]

  /// A folder with the first exercise's stub, in its place and where stubs are kept.
  private func withSmallCourse(_ body: (CourseFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let stub = [exercise.stubPath: exercise.stubPath, exercise.path: exercise.stubPath]
      try StudentTree(of: checkout).synchronise(stub, to: folder)
      try body(CourseFolder(path: folder))
    }
  }

  private func write(_ text: String, in course: CourseFolder) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: course.path + "/" + exercise.path))
  }

  @Test func `a reset puts the stub back and keeps every text it took away`() throws {
    try withSmallCourse { course in
      let reset = ResetCommand(course: course)
      let stub = course.text(exercise.stubPath)
      for text in ["my first try", "my second try"] {
        try write(text, in: course)
        #expect(try reset.run(exercise.id, isSure: true, asJSON: true) == 0)
        #expect(course.text(exercise.path) == stub)
      }
      #expect(course.text("exercises/kept/Chapter1/LabelsFromHalves-1.swift") == "my first try")
      #expect(course.text("exercises/kept/Chapter1/LabelsFromHalves-2.swift") == "my second try")
    }
  }

  @Test func `a reset without a place for the copy changes nothing`() throws {
    try withSmallCourse { course in
      try write("mine", in: course)
      // A file stands where the folder for copies should be.
      try Data().write(to: URL(fileURLWithPath: course.path + "/exercises/kept"))
      let complaint = #expect(throws: Complaint.self) {
        try ResetCommand(course: course).run(exercise.id, isSure: true, asJSON: true)
      }
      #expect(complaint?.status == 73)
      #expect(course.text(exercise.path) == "mine")
    }
  }

  @Test func `an untouched stub is not reset, and a missing file gets one`() throws {
    try withSmallCourse { course in
      let reset = ResetCommand(course: course)
      #expect(try reset.run(exercise.id, isSure: true, asJSON: true) == 0)
      #expect(!FileManager.default.fileExists(atPath: course.path + "/exercises/kept"))
      try FileManager.default.removeItem(atPath: course.path + "/" + exercise.path)
      #expect(try reset.run(exercise.id, isSure: true, asJSON: true) == 0)
      #expect(course.isUntouched(exercise))
    }
  }

  @Test func `a chapter's fingerprint follows its files`() throws {
    try withSmallCourse { course in
      let before = course.fingerprint(ofChapter: 1)
      #expect(before == course.fingerprint(ofChapter: 1))
      try write("mine", in: course)
      #expect(before != course.fingerprint(ofChapter: 1))
    }
  }

  /// Runs the built program in a folder.
  private func course(_ arguments: [String], in folder: String = checkout.path) -> ChildProcess {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? ""
    let built = bundle.components(separatedBy: "/").prefix { !$0.hasSuffix(".xctest") }
    let program = built.joined(separator: "/") + "/course"
    return ChildProcess.run(
      "/bin/sh", ["-c", "cd \"$0\" && exec \"$@\"", folder, program] + arguments, seconds: 60)
  }

  @Test func `the program's exit status tells what went wrong, in one line`() {
    for (arguments, folder, status) in [
      (["chekc"], checkout.path, 64), (["check", "9.9"], checkout.path, 64),
      (["hint", "1.1", "--tier", "9"], checkout.path, 64), (["next"], "/", 66),
      (["grade", "/no/such/folder", "--csv", "points.csv"], checkout.path, 66),
      (["student-tree", checkout.path], checkout.path, 73),
    ] as [([String], String, Int32)] {
      let process = course(arguments, in: folder)
      #expect(process.ending == .exited(status), "\(arguments): \(process.errors)")
      #expect(process.errors.hasPrefix("course: ") && process.output.isEmpty)
      #expect(process.errors.split(separator: "\n").count == 1)
    }
    #expect(course(["--help"]).isSuccessful)
  }

  @Test func `answers for tools are JSON, and piped text has no colour`() throws {
    let chapters = course(["chapters", "--json"])
    let list =
      try JSONSerialization.jsonObject(with: Data(chapters.output.utf8)) as? [[String: Any]]
    #expect(list?.count == Course.chapters.count)
    #expect(list?.first?["run"] as? String == "swift run chapter1")
    let text = course(["chapters"])
    #expect(text.isSuccessful && !text.output.contains("\u{1B}"))
  }
}
