import Checkers
import Foundation

/// The folder that the course stands in, and its files.
struct CourseFolder {
  /// The path, without a slash at the end.
  let path: String

  /// The folder at a path.
  init(path: String) { self.path = path }

  /// Finds the course from the working folder upwards.
  static func find() throws(Complaint) -> CourseFolder {
    var folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath).standardizedFileURL
    while true {
      let path = folder.path
      if FileManager.default.fileExists(atPath: path + "/Package.swift"),
        FileManager.default.fileExists(atPath: path + "/Tests/ExerciseTests/Stubs")
      {
        return CourseFolder(path: path)
      }
      if path == "/" { break }
      folder.deleteLastPathComponent()
    }
    throw .input("this is not the course's folder: go to where its Package.swift stands")
  }

  /// A file's text, or nil if there is none that can be read.
  func text(_ file: String) -> String? {
    try? String(contentsOfFile: path + "/" + file, encoding: .utf8)
  }

  /// A file's bytes, or nil if there is none that can be read.
  func bytes(_ file: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path + "/" + file).map(Array.init)
  }

  /// Whether the learner has not touched an exercise.
  func isUntouched(_ exercise: ExerciseOutline) -> Bool {
    bytes(exercise.path) == bytes(exercise.stubPath)
  }

  /// Whether the solutions came with this copy of the course.
  var hasSolutions: Bool { FileManager.default.fileExists(atPath: path + "/solutions") }

  /// Everything that a chapter's verdicts depend on, as one number.
  func fingerprint(ofChapter number: Int) -> String {
    let folders = [
      "exercises/Chapter\(number)", "Tests/ExerciseTests/Checkers",
      "Tests/ExerciseTests/Checkers/Chapter\(number)",
      "Tests/ExerciseTests/Functions", "Tests/ExerciseTests/Functions/Wire",
      "Tests/ExerciseTests/Hosts/Chapter\(number)",
    ]
    var all: [UInt8] = []
    for folder in folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []
      for name in names.sorted() where name.hasSuffix(".swift") {
        let file = bytes(folder + "/" + name) ?? []
        all += Array("\(folder)/\(name) \(file.count)\n".utf8) + file
      }
    }
    return sha256(all)
  }
}
