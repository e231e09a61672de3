import Checkers
import Foundation

/// One learner's folder, read once and then left alone: the listed exercises' files and nothing else.
struct Submission {
  /// The folder's name.
  let learner: String
  /// The text of each exercise that came, by the exercise's id.
  var texts: [String: [UInt8]] = [:]
  /// The path of each, from the folder of all submissions.
  var paths: [String: String] = [:]
  /// Why an exercise's file was not taken, by the exercise's id.
  var refusals: [String: String] = [:]
  /// What the teacher should know.
  var notes: [String] = []

  /// Larger files are not an answer.
  static let largestFile = 256 * 1024

  /// Reads the listed files of `folder/learner`, which stand in `ChapterN/` or `exercises/ChapterN/`.
  ///
  /// Links are not followed, and only regular files are opened.
  init(_ learner: String, in folder: String, exercises: [ExerciseOutline]) {
    self.learner = learner
    var taken = Set<String>()
    for exercise in exercises {
      let short = "Chapter\(exercise.chapter)/\(exercise.file)"
      for path in [short, "exercises/" + short] {
        switch Submission.kind(path, below: folder + "/" + learner) {
        case .none: continue
        case .file: read(path, of: exercise, in: folder)
        case .link:
          refusals[exercise.id] = "\(path) is or lies behind a link, which is not followed"
        case .folder, .other: refusals[exercise.id] = "\(path) is not a file"
        }
        taken.insert(path)
        break
      }
    }
    let others = StudentTree.contents(of: folder + "/" + learner).filter { !taken.contains($0) }
    if !others.isEmpty {
      let shown = others.prefix(3).joined(separator: ", ")
      notes.append(
        "\(others.count) other files were left out: \(shown)\(others.count > 3 ? ", …" : "")")
    }
  }

  private mutating func read(_ path: String, of exercise: ExerciseOutline, in folder: String) {
    let full = folder + "/" + learner + "/" + path
    let size = (try? FileManager.default.attributesOfItem(atPath: full))?[.size] as? Int
    guard let size, size <= Submission.largestFile else {
      refusals[exercise.id] = "\(path) is larger than \(Submission.largestFile / 1024) KiB"
      return
    }
    guard let data = FileManager.default.contents(atPath: full),
      let text = String(data: data, encoding: .utf8)
    else {
      refusals[exercise.id] = "\(path) cannot be read as UTF-8 text"
      return
    }
    texts[exercise.id] = Array(data)
    paths[exercise.id] = learner + "/" + path
    let odd = Submission.oddWords.filter(text.contains)
    if !odd.isEmpty { notes.append("\(path) uses \(odd.joined(separator: ", ")): look at it") }
  }

  /// What an answer has no need of: ways to other processes, which the system may not bar everywhere.
  private static let oddWords = [
    "@_silgen_name", "@_extern", "dlsym", "dlopen", "fork(", "posix_spawn", "Process()", "/proc/",
    "ptrace", "socket(",
  ]

  /// What stands at a path below a folder; a link on the way counts as a link.
  private static func kind(_ path: String, below folder: String) -> FileKind {
    var place = folder
    var kind = FileKind.none
    for component in path.split(separator: "/") {
      place += "/" + component
      kind = FileKind(place)
      if kind == .link || kind == .none { return kind }
    }
    return kind
  }

  /// Reads all submissions in a folder, in the order of their names.
  static func all(
    in folder: String, exercises: [ExerciseOutline]
  ) throws(Complaint) -> [Submission] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .input("\(folder) is not a folder that can be read")
    }
    let learners = names.sorted().filter {
      !$0.hasPrefix(".") && FileKind(folder + "/" + $0) == .folder
    }
    if learners.isEmpty {
      throw .input("\(folder) holds no sub-folder: one for each learner is needed")
    }
    return learners.map { Submission($0, in: folder, exercises: exercises) }
  }
}
