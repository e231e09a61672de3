import Foundation

/// Paths as messages show them, and the folders around a page.
enum PagePath {
  /// The path from the working folder, where it lies below that.
  static func shown(_ path: String) -> String {
    let folder = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
  }

  /// The package's folder: the nearest one above that holds Package.swift; else the page's own.
  static func package(around folder: String) -> String {
    var current = URL(fileURLWithPath: folder).standardizedFileURL
    while current.path != "/" {
      if FileManager.default.fileExists(atPath: current.path + "/Package.swift") {
        return current.path
      }
      current.deleteLastPathComponent()
    }
    return folder
  }

  /// The text of a file.
  static func text(_ path: String) throws(PageError) -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      let exists = FileManager.default.fileExists(atPath: path)
      let message = exists ? "the file cannot be read as UTF-8 text" : "there is no such file"
      throw PageError(page: shown(path), line: 0, message: message)
    }
  }
}
