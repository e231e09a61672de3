import Checkers
import ExerciseRunner
import Foundation
import Testing

/// Stubs, solutions and the list of exercises agree.
@Suite struct StubsAndSolutions {
  static let root = #filePath.replacing(
    "/Tests/ExerciseTests/Solutions/StubsAndSolutions.swift", with: "")

  static func read(_ path: String) throws -> String {
    try String(contentsOfFile: root + "/" + path, encoding: .utf8)
  }

  @Test(arguments: Course.exercises.map(\.id))
  func `a stub and its solution differ in the holes alone, and a stub's holes are empty`(
    id: String
  ) throws {
    let exercise = try #require(Course.exercise(id))
    let stub = try #require(Holes(of: Self.read(exercise.stubPath)))
    let solution = try #require(Holes(of: Self.read(exercise.solutionPath)))
    #expect(stub.outside == solution.outside)
    #expect(!stub.inside.isEmpty)
    for hole in stub.inside {
      let lines = hole.map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(lines.isEmpty || lines == ["throw NotStarted()"])
    }
    #expect(stub.inside.contains { !$0.isEmpty })
    for hole in solution.inside {
      #expect(!hole.isEmpty && !hole.contains { $0.contains("NotStarted") })
    }
    // What the student tree is searched for.
    #expect(solution.tellingLines.count >= 2)
  }

  @Test(arguments: Course.exercises.map(\.id))
  func `an exercise says all that a learner needs`(id: String) throws {
    let exercise = try #require(Course.exercise(id))
    #expect(exercise.points > 0 && exercise.parts.allSatisfy { $0.points > 0 })
    #expect(exercise.minutes > 0)
    #expect((1...3).contains(exercise.difficulty))
    #expect(exercise.hints.count == 3 && exercise.hints.allSatisfy { $0.count > 40 })
    let stub = try Self.read(exercise.stubPath)
    #expect(stub.contains("Exercise \(id) · \(exercise.title) (\(exercise.kind.rawValue))"))
    #expect(stub.contains("swift run course check \(id)"))
    #expect(stub.contains("/README.md, \"\(exercise.section)\""))
    #expect(stub.contains("Example"))
  }

  @Test func `an exercise's section is a heading of its chapter's page`() throws {
    for chapter in Course.chapters {
      let page = try Self.read("chapters/\(chapter.folder)/README.md")
      let headings = Set(page.components(separatedBy: "\n").filter { $0.hasPrefix("#") })
      for exercise in chapter.exercises {
        #expect(
          headings.contains { $0.hasSuffix("# " + exercise.section) },
          "exercise \(exercise.id) points to \"\(exercise.section)\"")
      }
    }
  }

  @Test func `kinds are mixed, and exercises go from easy to hard`() {
    for chapter in Course.chapters where !chapter.exercises.isEmpty {
      #expect((4...6).contains(chapter.exercises.count))
      #expect(Set(chapter.exercises.map(\.kind)).count >= 3)
      let difficulties = chapter.exercises.map(\.difficulty)
      #expect(difficulties == difficulties.sorted())
      #expect(
        chapter.exercises.map(\.id)
          == (1...chapter.exercises.count).map {
            "\(chapter.number).\($0)"
          })
    }
  }

  @Test func `folders hold the listed files and no others`() throws {
    for chapter in Course.chapters where !chapter.exercises.isEmpty {
      let listed = Set(chapter.exercises.map(\.file))
      for folder in ["exercises", "solutions", "Tests/ExerciseTests/Stubs"] {
        let path = Self.root + "/\(folder)/Chapter\(chapter.number)"
        let present = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(Set(present) == listed, "\(folder)/Chapter\(chapter.number)")
      }
    }
  }

  @Test func `a chapter's folder of exercises is listed`() throws {
    let numbers = Set(
      Course.chapters.filter { !$0.exercises.isEmpty }.map { "Chapter\($0.number)" })
    for folder in ["exercises", "solutions"] {
      let present = try FileManager.default.contentsOfDirectory(atPath: Self.root + "/" + folder)
      #expect(Set(present.filter { $0.hasPrefix("Chapter") }) == numbers)
    }
  }

  @Test func `every listed exercise has its test, and the reverse`() throws {
    var tested: [String] = []
    let folder = Self.root + "/Tests/ExerciseTests/Verdicts"
    for file in try FileManager.default.contentsOfDirectory(atPath: folder)
    where file.hasPrefix("Chapter") {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      for match in text.matches(
        of: /@Test func `(\d+\.\d+) ([^`]+)`\(\) throws \{ try check\("(\d+\.\d+)"\) \}/)
      {
        #expect(match.1 == match.3)
        #expect(Course.exercise(String(match.1))?.title == String(match.2))
        tested.append(String(match.1))
      }
    }
    #expect(tested.sorted() == Course.exercises.map(\.id).sorted())
  }
}
