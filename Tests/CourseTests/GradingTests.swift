import Checkers
import Foundation
import Testing

@testable import course

@Suite struct GradingTests {
  private func write(_ text: String, _ path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  @Test func `of a submission only the listed files are read`() throws {
    try withTemporaryFolder { folder in
      try write("let a = 1", folder + "/ann/Chapter1/KMeansStep.swift")
      try write("let b = 1", folder + "/ann/exercises/Chapter1/PseudoLabels.swift")
      try write("nothing", folder + "/ann/Tests/ExerciseTests/Mine.swift")
      try write("nothing", folder + "/ann/Package.swift")
      let all = try Submission.all(in: folder, exercises: Course.exercises)
      #expect(all.map(\.learner) == ["ann"])
      #expect(Set(all[0].texts.keys) == ["1.2", "1.4"])
      #expect(all[0].notes.contains { $0.hasPrefix("2 other files were left out") })
      #expect(
        GradeTable.manifest(all).hasPrefix(
          sha256(Array("let a = 1".utf8)) + "  ann/Chapter1/KMeansStep.swift\n"))
    }
  }

  @Test func `links are not followed, and only files of a sensible size are read`() throws {
    try withTemporaryFolder { folder in
      let manager = FileManager.default
      try write("let secret = 1", folder + "/secret.swift")
      try write("", folder + "/bob/Chapter1/x")
      try manager.createSymbolicLink(
        atPath: folder + "/bob/Chapter1/KMeansStep.swift",
        withDestinationPath: folder + "/secret.swift")
      try manager.createDirectory(
        atPath: folder + "/bob/Chapter1/LeakySplit.swift", withIntermediateDirectories: true)
      try write(
        String(repeating: "/", count: 300_000), folder + "/bob/Chapter1/PseudoLabels.swift")
      try manager.createSymbolicLink(
        atPath: folder + "/eve", withDestinationPath: folder + "/bob")
      try write("x", folder + "/dan/real/LabelsFromHalves.swift")
      try manager.createSymbolicLink(
        atPath: folder + "/dan/Chapter1", withDestinationPath: folder + "/dan/real")
      let all = try Submission.all(in: folder, exercises: Course.exercises)
      #expect(all.map(\.learner) == ["bob", "dan"])
      #expect(all.allSatisfy { $0.texts.isEmpty })
      #expect(all[0].refusals["1.2"]?.contains("link") == true)
      #expect(all[0].refusals["1.3"]?.contains("not a file") == true)
      #expect(all[0].refusals["1.4"]?.contains("larger") == true)
      #expect(all[1].refusals["1.1"]?.contains("link") == true)
    }
  }

  @Test func `cells are quoted, and none is a formula`() {
    #expect(GradeTable.cell("plain") == "plain")
    #expect(GradeTable.cell("a,b") == "\"a,b\"")
    #expect(GradeTable.cell("say \"no\"\nnow") == "\"say \"\"no\"\"\nnow\"")
    #expect(GradeTable.cell("=1+1") == "'=1+1")
  }

  @Test func `a row has points, state and message of each exercise`() throws {
    let exercise = try #require(Course.exercise("1.2"))
    let grade = Grade(
      learner: "ann", points: 2, ofPoints: 4,
      exercises: [Standing(exercise, state: "partly right", points: 2, message: "right: one")],
      notes: ["a", "b"])
    #expect(
      GradeTable.csv([grade], [exercise])
        == "learner,points,of,1.2 points,1.2 state,1.2 message,notes\r\n"
        + "ann,2,4,2,partly right,right: one,a; b\r\n")
  }

  @Test func `a changed, a new and a removed file are seen`() throws {
    try withTemporaryFolder { folder in
      try write("one", folder + "/a/one")
      let before = Snapshot(of: [folder])
      #expect(before.difference(from: Snapshot(of: [folder])) == nil)
      try write("two!", folder + "/a/one")
      #expect(before.difference(from: Snapshot(of: [folder])) != nil)
      let then = Snapshot(of: [folder])
      try write("new", folder + "/a/b/new")
      #expect(then.difference(from: Snapshot(of: [folder])) != nil)
      let last = Snapshot(of: [folder])
      try FileManager.default.removeItem(atPath: folder + "/a/one")
      #expect(last.difference(from: Snapshot(of: [folder])) != nil)
    }
  }
}
