import Foundation
import Testing

@testable import Notebook

/// A picture that is one word.
struct WordPicture: Showable {
  let word: String
  var summary: String { "The word \(word)." }
  func terminalLines(_ style: TerminalStyle) -> [String] { [word] }
  func svg() -> String? {
    """
    <svg xmlns="http://www.w3.org/2000/svg" aria-labelledby="t"><title id="t">\(word)</title>
    <style>#t{fill:#t2f}</style></svg>

    """
  }
  func markdownLines() -> [String] { [] }
  func html() -> String { "" }
}

/// A chapter in a folder of its own, with a page, a program and a file of code.
final class ChapterFixture {
  let folder: String

  static let page = """
    # A chapter

    It reaches <!-- value: accuracy ±0.02 -->0.81<!-- end --> in about
    three <!-- value: seconds ×3 -->4.0 s<!-- end -->.

    ```swift Ramp.swift
    func ramp() {
      step(1)
    }
    ```

    <!-- cell: pictures -->
    <!-- end -->

    ## What holds

    <!-- claims -->
    <!-- end -->

    """

  static let program = """
    let page = Page.open(chapter: 1)
    page.value("accuracy", 0.79)
    page.value("seconds", 3.1, as: .seconds)
    page.cell("pictures")
    page.show(picture)
    page.claim("better", "It is better.", paper: "yes", here: "no", holds: false)
    page.finish()
    """

  static let code = """
    import Foundation

    func ramp() {
      step(1)
    }
    """

  init(page: String = page, program: String = program, code: String = code) throws {
    folder = NSTemporaryDirectory() + "chapter-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write("README.md", page)
    try write("main.swift", program)
    try write("Ramp.swift", code)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  /// A run of the program above, as far as its finish.
  func run(
    _ arguments: [String] = [], accuracy: String = "0.79", seconds: String = "3.1 s",
    holds: Bool = true, orAsGood others: [String] = [], into transcript: Transcript = Transcript()
  ) throws -> PageSession {
    guard case .run(let options) = try OptionParser(chapter: 1).parse(arguments) else {
      throw UsageError("only runs can be tested here")
    }
    let text = try read("README.md")
    var session = PageSession(
      document: try BlockParser.parse(text, path: "README.md"), options: options, folder: folder,
      style: .plain, output: transcript.output)
    func place(_ line: Int) -> SourcePlace {
      SourcePlace(file: folder + "/main.swift", line: line)
    }
    try session.begin()
    try session.note("accuracy", accuracy, orAsGood: others, source: place(2))
    try session.note("seconds", seconds, source: place(3))
    try session.enter("pictures", source: place(4))
    try session.show(WordPicture(word: "cat"), source: place(5))
    try session.show(Note("first\nsecond"), source: place(5))
    try session.show(WordPicture(word: "dog"), source: place(5))
    try session.claim(
      Claim(
        id: "better", sentence: "It is better.", paper: "yes", here: "0.79 against 0.5",
        holds: holds, whyNot: nil, source: place(6)))
    try session.end()
    return session
  }

  /// What the static check says, with file names instead of paths.
  func faults() -> [String] {
    PageCheck.faults(inChapter: folder).map {
      $0.description.replacingOccurrences(of: PagePath.shown(folder) + "/", with: "")
    }
  }
}
