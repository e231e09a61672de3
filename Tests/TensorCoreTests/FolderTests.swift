import Foundation
import Testing

/// The table in `Sources/TensorCore/README.md` says which folder uses which; it is held against the sources.
struct FolderTests {
  private static let core =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/Sources/TensorCore"

  /// The lines of each folder's sources.
  private static func sources() throws -> [String: [Substring]] {
    var sources: [String: [Substring]] = [:]
    let manager = FileManager.default
    for folder in try manager.contentsOfDirectory(atPath: core) where !folder.contains(".") {
      let files = try manager.contentsOfDirectory(atPath: core + "/" + folder)
        .filter { $0.hasSuffix(".swift") }
      sources[folder] = try files.flatMap { file in
        try String(contentsOfFile: "\(core)/\(folder)/\(file)", encoding: .utf8).split(
          separator: "\n")
      }
    }
    return sources
  }

  /// A word of a line, and the bytes around it.
  private struct Word {
    let text: String
    let before: UInt8
    let after: UInt8
  }

  /// The words of a line, without its comment and its texts.
  private static func words(_ line: Substring) -> [Word] {
    var words: [Word] = []
    var (word, before, last): ([UInt8], UInt8, UInt8) = ([], 0, 0)
    var isText = false
    for byte in line.utf8 + [10] {
      if byte == UInt8(ascii: "\""), last != UInt8(ascii: "\\") { isText.toggle() }
      let isLetter =
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "_")
      if isLetter, !isText {
        if word.isEmpty { before = last }
        word.append(byte)
      } else {
        if !word.isEmpty {
          words.append(
            Word(text: String(decoding: word, as: UTF8.self), before: before, after: byte))
        }
        word = []
        if byte == UInt8(ascii: "/"), last == byte, !isText { break }
      }
      last = byte
    }
    return words
  }

  /// For each folder those whose types and functions it names.
  ///
  /// A name counts where one folder alone declares it at the top level for others to see; a function's
  /// where it is called by its bare name.
  private static func uses() throws -> [String: Set<String>] {
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "typealias"]
    var owners: [String: Set<String>] = [:]
    let lines = try sources().mapValues { $0.map(words) }
    for (folder, text) in try sources() {
      for line in text where line.first != " " && !line.contains("private ") {
        let words = words(line).map(\.text)
        if let kind = words.firstIndex(where: kinds.contains), kind + 1 < words.count {
          owners[words[kind + 1], default: []].insert(folder)
        }
      }
    }
    var uses: [String: Set<String>] = [:]
    for (folder, text) in lines {
      uses[folder] = []
      for line in text {
        var isDeclared = false
        for word in line {
          defer { isDeclared = word.text == "func" }
          guard let owner = owners[word.text], owner.count == 1, !owner.contains(folder),
            !isDeclared, word.before != UInt8(ascii: "."), word.before != UInt8(ascii: "`"),
            word.text.first!.isUppercase || word.after == UInt8(ascii: "(")
          else { continue }
          uses[folder]!.formUnion(owner)
        }
      }
    }
    return uses
  }

  /// The table's rows: a folder and those it may use.
  private static func table() throws -> [String: Set<String>] {
    let page = try String(contentsOfFile: core + "/README.md", encoding: .utf8)
    let rows = page.matches(of: /\| (\w+) \| [^|\n]+ \| ([\w, ]+) \|/).dropFirst()
    return Dictionary(
      uniqueKeysWithValues: rows.map {
        (String($0.1), Set($0.2.split(separator: ", ").map(String.init)))
      })
  }

  @Test func `the table of the folders says which uses which`() throws {
    let (uses, table) = try (Self.uses(), Self.table())
    #expect(Set(table.keys) == Set(uses.keys))
    for (folder, used) in uses.sorted(by: { $0.key < $1.key }) {
      #expect(used == table[folder], "\(folder) uses \(used.sorted())")
    }
  }
}
