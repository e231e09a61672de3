import Checkers
import ExerciseRunner
import Foundation

/// Builds the programs that check exercises, with the SwiftPM that built this one.
struct Builder {
  /// The package to build.
  let package: String
  /// Where its build goes.
  let scratch: String
  /// `debug` or `release`.
  let configuration: String
  /// Whether an import that a target does not declare is an error.
  var isStrict = false
  /// When a build is given up, in seconds.
  var seconds = 1800.0

  /// A builder for the course's folder, beside the build that this program came from.
  init(course: CourseFolder) {
    package = course.path
    // …/.build/x86_64-unknown-linux-gnu/debug/course
    let own = URL(fileURLWithPath: Bundle.main.executablePath ?? "").resolvingSymlinksInPath()
    let folder = own.deletingLastPathComponent()
    let scratch = folder.deletingLastPathComponent().deletingLastPathComponent().path
    let isOwn = scratch.hasPrefix(course.path + "/")
    self.scratch = isOwn ? scratch : course.path + "/.build"
    configuration = isOwn ? folder.lastPathComponent : "debug"
  }

  /// A builder for a copy of the course.
  init(copy: String) {
    package = copy
    scratch = copy + "/.build"
    configuration = "debug"
    isStrict = true
  }

  /// The program with a chapter's functions.
  func host(_ chapter: Int) -> String { "\(scratch)/\(configuration)/check\(chapter)" }

  /// The program that knows the right answers: `course` itself.
  var judge: String { "\(scratch)/\(configuration)/course" }

  /// Builds the program that checks a chapter.
  ///
  /// - Returns: nil, or the compiler's complaints.
  func build(_ chapter: Int) -> CompilerMessages? {
    var arguments = ["build", "--package-path", package, "--scratch-path", scratch]
    arguments += ["-c", configuration, "--product", "check\(chapter)"]
    if isStrict { arguments += ["--explicit-target-dependency-import-check", "error"] }
    let process = ChildProcess.run(
      "swift", arguments, environment: ["NO_COLOR": "1"], seconds: seconds, keeping: 1 << 22)
    if process.isSuccessful { return nil }
    if process.isTimedOut {
      return CompilerMessages(output: "error: the compiler had not ended after \(Int(seconds)) s")
    }
    if case .notFound = process.ending {
      return CompilerMessages(output: "error: the command `swift` was not found")
    }
    return CompilerMessages(output: process.output + process.errors)
  }
}

/// What the compiler printed when a build failed.
struct CompilerMessages: Equatable {
  /// Its text from the first error on, without the lines about progress.
  var text: String
  /// The exercise files with errors, from the top of the course: `exercises/Chapter1/KMeansStep.swift`.
  var files: [String]
  /// The first error of each file, as `line 12: what is wrong`.
  var firstErrors: [String: String]

  init(output: String) {
    var kept: [String] = []
    var seen = Set<String>()
    firstErrors = [:]
    var isWorthKeeping = false
    for line in output.components(separatedBy: "\n") {
      if line.hasPrefix("[") || line.hasPrefix("Building for") || line.hasPrefix("Build ")
        || line.contains("emit-module command failed") || line.contains("fatalError")
      {
        isWorthKeeping = false
        continue
      }
      // A message begins with its place; the lines after it show the code.
      if line.contains(": error: ") || line.hasPrefix("error:") {
        isWorthKeeping = seen.insert(line).inserted
        if let error = CompilerMessages.error(in: line), firstErrors[error.file] == nil {
          firstErrors[error.file] = error.text
        }
      } else if line.contains(": warning: ") || line.contains(": note: ") {
        isWorthKeeping = false
      }
      if isWorthKeeping { kept.append(line) }
    }
    text = kept.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    if text.isEmpty { text = String(output.suffix(2000)) }
    files = firstErrors.keys.sorted()
  }

  private static func error(in line: String) -> (file: String, text: String)? {
    guard let start = line.firstRange(of: "exercises/Chapter")?.lowerBound else { return nil }
    let parts = line[start...].split(separator: ":", maxSplits: 3)
    guard parts.count == 4, parts[0].hasSuffix(".swift"),
      let message = parts[3].firstRange(of: "error: ")
    else { return nil }
    return (String(parts[0]), "line \(parts[1]): \(parts[3][message.upperBound...])")
  }
}
