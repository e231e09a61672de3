import CourseData
import Foundation

/// Reads text from files of the reader's, and refuses what is none.
enum TextFile {
  /// How much of a file is used; more would not be read again within one run.
  static let limit = 4 << 20
  /// The longest stretch without white space that is taken for a word.
  static let longestWord = 5_000

  /// The text of a file, or its first 4 MB.
  ///
  /// - Throws: `DataError` where the file is missing, empty, or no text.
  static func read(_ path: String) throws(DataError) -> (text: String, isCut: Bool) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw DataError(
        .missing, file: path, reason: "there is no such file", remedy: "check the name")
    }
    guard !isFolder.boolValue, let file = FileHandle(forReadingAtPath: path) else {
      throw DataError(
        .unreadable, file: path,
        reason: isFolder.boolValue ? "it is a folder" : "it cannot be opened",
        remedy: "name a text file that can be read")
    }
    defer { try? file.close() }
    let data: Data
    do {
      // Nothing comes where the file is empty.
      data = try file.read(upToCount: limit + 1) ?? Data()
    } catch {
      throw DataError(
        .unreadable, file: path, reason: "it cannot be read",
        remedy: "check the file and its disk")
    }
    return (try text(of: Array(data.prefix(limit)), named: path), data.count > limit)
  }

  /// The text of some bytes; a character that the end cuts in two is left out.
  static func text(of bytes: [UInt8], named path: String) throws(DataError) -> String {
    func damaged(_ reason: String, _ remedy: String) -> DataError {
      DataError(.damaged, file: path, reason: reason, remedy: remedy)
    }
    if bytes.isEmpty {
      throw damaged("the file is empty", "name a text of 20,000 characters or more")
    }
    if bytes.contains(0) {
      throw damaged("it holds zero bytes, as no text does", "name a text file")
    }
    var text: String?
    for cut in 0..<4 where text == nil {
      text = String(validating: bytes.dropLast(cut), as: UTF8.self)
    }
    guard let text, !text.isEmpty else {
      throw damaged(
        "it is not valid UTF-8", "convert it: iconv -f ISO-8859-1 -t UTF-8 FILE > NEW")
    }
    let longest = text.utf8.split { $0 == 32 || (9...13).contains($0) }.map(\.count).max() ?? 0
    if longest > longestWord {
      throw damaged(
        "it has \(longest) bytes without white space between them", "name a text of words")
    }
    if Set(text.unicodeScalars.prefix(100_000)).count < 5 {
      throw damaged(
        "it has fewer than five different characters", "name a text with something to learn")
    }
    return text
  }

  /// The course's own pages, which every clone has, one after the other.
  ///
  /// - Throws: `DataError` where there are none.
  static func pages(root: String) throws(DataError) -> String {
    let chapters = root + "/chapters"
    let folders = ((try? FileManager.default.contentsOfDirectory(atPath: chapters)) ?? []).sorted()
    let paths = [root + "/README.md"] + folders.map { "\(chapters)/\($0)/README.md" }
    let texts = paths.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
    if texts.isEmpty {
      throw DataError(
        .missing, file: chapters, reason: "no page stands there", remedy: "run in a whole clone")
    }
    return texts.joined(separator: "\n")
  }
}
