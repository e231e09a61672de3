import Checkers
import ExerciseRunner
import Foundation
import Testing

@testable import course

/// This checkout of the course.
let checkout = CourseFolder(
  path: #filePath.replacing("/Tests/CourseTests/StudentTreeTests.swift", with: ""))

/// A new folder that is removed at the end.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}

@Suite struct StudentTreeTests {
  @Test func `no telling line of a solution is in the tree`() {
    let tree = StudentTree(of: checkout)
    for leak in tree.leaks(in: tree.files()) {
      Issue.record("\(leak.file) tells a line of \(leak.solution): \(leak.line)")
    }
  }

  @Test(.enabled(if: checkout.hasSolutions)) func `a leak is found`() throws {
    try withTemporaryFolder { folder in
      let files = StudentTree(of: checkout).files()
      // A solution in place of a page.
      let solution = Course.exercises[0].solutionPath
      let leaks = StudentTree(of: checkout).leaks(in: files.merging(["README.md": solution]) { $1 })
      #expect(leaks.contains { $0.file == "README.md" && $0.solution == solution })
    }
  }

  @Test func `the tree has stubs in place of exercises, and neither solutions nor their tests`() {
    let files = StudentTree(of: checkout).files()
    for exercise in Course.exercises { #expect(files[exercise.path] == exercise.stubPath) }
    #expect(!files.keys.contains { $0.hasPrefix("solutions/") || $0.contains("/Solutions/") })
    #expect(!files.keys.contains { $0.hasPrefix(".git/") || $0.hasPrefix(".build") })
    #expect(files["Package.swift"] != nil && files["Sources/course/main.swift"] != nil)
  }

  @Test func `a folder that holds something is left alone`() throws {
    try withTemporaryFolder { folder in
      try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/mine.txt"))
      let complaint = #expect(throws: Complaint.self) {
        try StudentTree(of: checkout).copy(to: folder, asJSON: false)
      }
      #expect(complaint?.status == 73)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["mine.txt"])
    }
  }

  @Test func `synchronising restores what changed and removes what was added`() throws {
    try withTemporaryFolder { folder in
      let tree = StudentTree(of: checkout)
      let files = ["Package.swift": "Package.swift", "a/LICENSE": "LICENSE"]
      try tree.synchronise(files, to: folder)
      try Data("other".utf8).write(to: URL(fileURLWithPath: folder + "/Package.swift"))
      try Data("new".utf8).write(to: URL(fileURLWithPath: folder + "/a/new"))
      try tree.synchronise(files, to: folder)
      #expect(StudentTree.contents(of: folder) == ["Package.swift", "a/LICENSE"])
      #expect(
        CourseFolder(path: folder).bytes("Package.swift") == checkout.bytes("Package.swift"))
    }
  }
}
