import CourseData
import Foundation
import Notebook

/// The texts that word vectors are learnt from.
enum WordTexts {
  /// Stories, one a line.
  static func stories(_ count: Int, seed: UInt64) throws(DataError) -> WordCorpus {
    try WordCorpus(
      StoryWorld().stories(count, seed: seed).flatMap { wordLines(of: $0.text) }, minimumCount: 5,
      named: "\(count) stories")
  }

  /// The longest vocabulary: tables of all pairs of words must fit the memory.
  static let mostWords = 4000

  /// A text file of the reader's, a sentence or a paragraph a line.
  ///
  /// A word must occur five times; in a text of fewer than 10,000 words, once.
  ///
  /// - Throws: `DataError` where the file is no text, or no word has a neighbour in it.
  static func file(_ path: String) throws(DataError) -> (corpus: WordCorpus, isCut: Bool) {
    let (lines, isCut) = try wordLines(ofFile: path, limit: 8 << 20)
    let isShort = lines.reduce(0) { $0 + $1.count } < 10_000
    let corpus = try WordCorpus(
      lines, minimumCount: isShort ? 1 : 5, largest: mostWords, named: path)
    return (corpus, isCut)
  }
}

/// Whether `--data` names a file, and not a folder or data that the program makes.
func isTextFile(_ options: ChapterOptions) -> Bool {
  var isFolder: ObjCBool = false
  return options.isDataFile
    && FileManager.default.fileExists(atPath: options.data, isDirectory: &isFolder)
    && !isFolder.boolValue
}
