import Foundation

/// What the files below some folders are, without reading them: to see whether a run changed any.
struct Snapshot: Equatable {
  private var states: [String: String] = [:]

  /// Looks at every file below the given paths.
  init(of paths: [String]) {
    for path in paths { add(path) }
  }

  /// A path that differs from another snapshot, or nil.
  func difference(from other: Snapshot) -> String? {
    for (path, state) in states where other.states[path] != state { return path }
    return other.states.keys.first { states[$0] == nil }
  }

  private mutating func add(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    #if canImport(Darwin)
      let time = "\(status.st_mtimespec.tv_sec).\(status.st_mtimespec.tv_nsec)"
    #else
      let time = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    #endif
    states[path] = "\(status.st_mode) \(status.st_size) \(status.st_ino) \(time)"
    guard FileKind(path) == .folder else { return }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    where name != ".git" {
      add(path + "/" + name)
    }
  }
}
