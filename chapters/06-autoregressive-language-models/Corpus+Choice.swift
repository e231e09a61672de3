import CourseData
import Foundation
import Notebook

extension Corpus {
  /// The text that the command line asks for with `--data`.
  ///
  /// - Parameters:
  ///   - options: the command line.
  ///   - root: the course's folder.
  ///   - count: how many stories, where it asks for those.
  ///   - merges: how many pairs become tokens.
  ///   - context: the tokens that a model looks at.
  /// - Returns: the text.
  /// - Throws: `DataError` where it cannot be read, or is too short.
  static func chosen(
    by options: ChapterOptions, root: String, stories count: Int, merges: Int, context: Int
  ) throws -> Corpus {
    if options.isDataFile {
      let (text, isCut) = try TextFile.read(options.data)
      return try .text(
        text, merges: merges, description: options.data + (isCut ? ", the first 4 MB" : ""),
        context: context)
    }
    if options.data == "pages" {
      return try .text(
        TextFile.pages(root: root), merges: merges, description: "the course's pages",
        context: context)
    }
    return try .stories(count, seed: options.seed, merges: merges, context: context)
  }

  /// The beginning of the held-out text, and its tokens.
  var beginning: Note {
    let line = validation.prefix { $0 != Corpus.endOfLine }.prefix(60)
    return Note(
      "The beginning of the held-out text, and its tokens",
      lines: [
        text(line), "", line.map { text([$0]).replacing(" ", with: "␣") }.joined(separator: "|"),
      ])
  }

  /// A token in a figure's margin: without blanks, and with a sign for the end of a line.
  func label(_ token: Int) -> String {
    token == Corpus.endOfLine ? "⏎" : text([token]).trimmingCharacters(in: .whitespaces)
  }
}
