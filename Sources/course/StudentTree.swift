import Checkers
import ExerciseRunner
import Foundation

/// The course as a learner gets it: without solutions, with untouched exercises.
struct StudentTree {
  let course: CourseFolder

  init(of course: CourseFolder) { self.course = course }

  /// What stays behind, from the top of the course.
  private static let leftOut = ["solutions", "Tests/ExerciseTests/Solutions", "exercises/kept"]

  /// Where each file of the tree comes from, by its path in the tree.
  func files() -> [String: String] {
    var files: [String: String] = [:]
    collect("", into: &files)
    for exercise in Course.exercises { files[exercise.path] = exercise.stubPath }
    return files
  }

  private func collect(_ folder: String, into files: inout [String: String]) {
    let full = folder.isEmpty ? course.path : course.path + "/" + folder
    for name in (try? FileManager.default.contentsOfDirectory(atPath: full)) ?? [] {
      let path = folder.isEmpty ? name : folder + "/" + name
      let isHidden = name.hasPrefix(".") && name != ".gitignore" && name != ".swift-format"
      if isHidden || name == "Package.resolved" || StudentTree.leftOut.contains(path) { continue }
      switch FileKind(course.path + "/" + path) {
      case .folder: collect(path, into: &files)
      case .file: files[path] = path
      case .link, .other, .none: continue
      }
    }
  }

  /// Copies the tree to a folder that is new or empty.
  func copy(to folder: String, asJSON isJSON: Bool) throws {
    let target = URL(fileURLWithPath: folder).standardizedFileURL.path
    let present = try? FileManager.default.contentsOfDirectory(atPath: target)
    if FileKind(target) != .none, present?.isEmpty != true {
      throw Complaint.output("\(folder) is there already and is not an empty folder")
    }
    if (target + "/").hasPrefix(course.path + "/Sources/")
      || (target + "/").hasPrefix(course.path + "/chapters/")
      || (target + "/").hasPrefix(course.path + "/exercises/")
      || (target + "/").hasPrefix(course.path + "/Tests/")
    {
      throw Complaint.output("\(folder) is inside the course: choose a folder outside")
    }
    let files = files()
    if let leak = leaks(in: files).first {
      throw Complaint.failure(
        "\(leak.file) would tell a line of \(leak.solution): \(leak.line)")
    }
    try synchronise(files, to: target)
    if isJSON { return try printJSON(["folder": target, "files": "\(files.count)"]) }
    print("\(files.count) files in \(folder), no solution among them.")
    print("To see that it stands alone: swift test --package-path \(folder)")
  }

  /// Lines of solutions that some file of the tree holds.
  func leaks(in files: [String: String]) -> [(file: String, line: String, solution: String)] {
    var secrets: [String: String] = [:]
    for exercise in Course.exercises {
      guard let text = course.text(exercise.solutionPath), let holes = Holes(of: text) else {
        continue
      }
      for line in holes.tellingLines { secrets[line] = exercise.solutionPath }
    }
    var found: [(String, String, String)] = []
    if secrets.isEmpty { return [] }
    for (path, source) in files.sorted(by: { $0.key < $1.key }) {
      guard let text = course.text(source) else { continue }
      for line in text.split(separator: "\n") {
        let words = String(line.drop { $0 == " " })
        if let solution = secrets[words] { found.append((path, words, solution)) }
      }
    }
    return found
  }

  /// Makes a folder hold these files and no others, its build apart; what is equal stays untouched.
  func synchronise(_ files: [String: String], to target: String) throws {
    let manager = FileManager.default
    do {
      for path in StudentTree.contents(of: target) where files[path] == nil {
        try manager.removeItem(atPath: target + "/" + path)
      }
      for (path, source) in files {
        let file = target + "/" + path
        guard let bytes = course.bytes(source) else {
          throw Complaint.input("\(source) cannot be read")
        }
        if FileKind(file) == .file, manager.contents(atPath: file).map(Array.init) == bytes {
          continue
        }
        try manager.createDirectory(
          atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let mode = try manager.attributesOfItem(atPath: course.path + "/" + source)
        try manager.setAttributes(
          [.posixPermissions: mode[.posixPermissions] ?? 0o644], ofItemAtPath: file)
      }
    } catch let complaint as Complaint {
      throw complaint
    } catch {
      throw Complaint.output("\(target) cannot be written: \(error.localizedDescription)")
    }
  }

  /// The files and links below a folder, but for those of a build.
  static func contents(of folder: String, below prefix: String = "") -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().flatMap { name -> [String] in
      if prefix.isEmpty, name == ".build" { return [] }
      let path = prefix + name
      return FileKind(folder + "/" + name) == .folder
        ? contents(of: folder + "/" + name, below: path + "/") : [path]
    }
  }
}

/// What stands at a path; a link is a link, wherever it points.
enum FileKind: Equatable {
  case file, folder, link, other, none

  init(_ path: String) {
    let type =
      (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    switch type {
    case .typeRegular: self = .file
    case .typeDirectory: self = .folder
    case .typeSymbolicLink: self = .link
    case nil: self = .none
    default: self = .other
    }
  }
}
