import Checkers
import Foundation

/// `course reset`: puts a stub back and keeps a copy of the learner's text.
struct ResetCommand {
  let course: CourseFolder

  private struct Answer: Encodable {
    var exercise: String
    var isReset: Bool
    var kept: String?
  }

  /// Asks, unless told not to, and returns the exit status.
  func run(_ id: String, isSure: Bool, asJSON isJSON: Bool) throws -> Int32 {
    guard let exercise = Course.exercise(id) else { throw unknownExercise(id) }
    guard let stub = course.bytes(exercise.stubPath) else {
      throw Complaint.input("\(exercise.stubPath) is missing: the stub cannot be put back")
    }
    let path = course.path + "/" + exercise.path
    let own = course.bytes(exercise.path)
    if own == stub {
      return try tell(
        Answer(exercise: id, isReset: false, kept: nil), "\(exercise.path) is the stub already.",
        isJSON, status: 0)
    }
    if !isSure {
      Terminal.say("Put the stub back in \(exercise.path)? A copy of your text is kept. [y/N]")
      let reply = readLine()?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
      if reply != "y" && reply != "yes" {
        return try tell(
          Answer(exercise: id, isReset: false, kept: nil), "Nothing was changed.", isJSON, status: 1
        )
      }
    }
    let kept = try own.map { try keep($0, of: exercise) }
    guard FileManager.default.contents(atPath: path).map(Array.init) == own else {
      throw Complaint.failure("\(exercise.path) changed meanwhile; nothing was reset")
    }
    do {
      try Data(stub).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Complaint.output("\(exercise.path) cannot be written; your text is untouched")
    }
    let note = kept.map { " Your text is kept in \($0)" } ?? ""
    return try tell(
      Answer(exercise: id, isReset: true, kept: kept), "\(exercise.path) is the stub again.\(note)",
      isJSON, status: 0)
  }

  private func tell(
    _ answer: Answer, _ text: String, _ isJSON: Bool, status: Int32
  ) throws -> Int32 {
    if isJSON { try printJSON(answer) } else { print(text) }
    return status
  }

  /// Writes a copy under a name that no file has yet, and reads it back.
  private func keep(_ text: [UInt8], of exercise: ExerciseOutline) throws(Complaint) -> String {
    let folder = "exercises/kept/Chapter\(exercise.chapter)"
    let name = exercise.file.replacing(".swift", with: "")
    for number in 1... {
      let file = "\(folder)/\(name)-\(number).swift"
      do {
        try FileManager.default.createDirectory(
          atPath: course.path + "/" + folder, withIntermediateDirectories: true)
        try Data(text).write(
          to: URL(fileURLWithPath: course.path + "/" + file), options: .withoutOverwriting)
      } catch CocoaError.fileWriteFileExists {
        continue
      } catch {
        throw .output("a copy cannot be written to \(folder); nothing was reset")
      }
      guard course.bytes(file) == text else {
        throw .output("the copy in \(file) is not what was written; nothing was reset")
      }
      return file
    }
    throw .output("no name is free in \(folder); nothing was reset")
  }
}
