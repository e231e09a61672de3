import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that are written together: all of them, or none.
struct AtomicFiles {
  private(set) var files: [(path: String, content: String)] = []

  mutating func add(_ path: String, _ content: String) {
    files.append((path, content))
  }

  /// Writes each file under another name, then gives all of them their own.
  ///
  /// - Throws: a `PageError` that names the file; no file has changed then.
  func write() throws(PageError) {
    var written: [(temporary: String, path: String)] = []
    defer { for file in written { unlink(file.temporary) } }
    for (path, content) in files {
      let temporary = Self.temporary(path)
      written.append((temporary, path))
      do {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(content.utf8).write(to: URL(fileURLWithPath: temporary))
      } catch {
        throw PageError(page: PagePath.shown(path), line: 0, message: "cannot be written")
      }
    }
    for file in written where rename(file.temporary, file.path) != 0 {
      let reason = String(cString: strerror(errno))
      throw PageError(page: PagePath.shown(file.path), line: 0, message: "not written: \(reason)")
    }
  }

  /// Sees, before minutes of computing, that a file can be written where the reader wants it.
  static func check(_ option: String, _ path: String) throws(UsageError) {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    if manager.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw UsageError("\(option): “\(path)” is a folder.")
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard manager.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw UsageError("\(option): there is no folder “\(folder)”.")
    }
    let probe = temporary(path)
    guard manager.createFile(atPath: probe, contents: Data()) else {
      throw UsageError("\(option): “\(path)” cannot be written.")
    }
    unlink(probe)
  }

  private static func temporary(_ path: String) -> String {
    let url = URL(fileURLWithPath: path)
    let name = ".\(url.lastPathComponent).\(getpid())"
    return url.deletingLastPathComponent().appendingPathComponent(name).path
  }
}
