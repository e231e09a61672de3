import Synchronization
import Testing

@testable import Notebook

/// What a run has written so far.
final class Transcript: Sendable {
  private let lines = Mutex("")
  var text: String { lines.withLock(\.self) }
  var output: Output { Output { [self] text in lines.withLock { $0 += text } } }
}

/// A run of a page in memory, in forty columns of ASCII.
func session(
  _ page: String, arguments: [String] = [], into transcript: Transcript = Transcript()
) throws -> PageSession {
  guard case .run(let options) = try OptionParser(chapter: 1).parse(arguments) else {
    throw UsageError("only runs can be tested here")
  }
  return PageSession(
    document: try BlockParser.parse(page, path: "README.md"), options: options, folder: "/nowhere",
    style: TerminalStyle(width: 40, usesColour: false, usesUnicode: false),
    output: transcript.output)
}

let here = SourcePlace(file: "main.swift", line: 7)

struct PageSessionTests {
  let page = """
    # Title

    Before.

    <!-- cell: first -->
    <!-- end -->

    It is <!-- value: a ±0.1 -->0.5<!-- end -->.

    <!-- cell: second -->
    <!-- end -->

    <!-- claims -->
    <!-- end -->

    After.
    """

  @Test func `text appears before the cell that it leads to, output in between`() throws {
    let transcript = Transcript()
    var run = try session(page, into: transcript)
    try run.begin()
    try run.enter("first", source: here)
    try run.show(Note("one"), source: here)
    try run.note("a", "0.6", source: here)
    #expect(transcript.text.hasSuffix("Before.\n\n| one\n\n"))
    try run.enter("second", source: here)
    #expect(transcript.text.hasSuffix("It is 0.6 (page: 0.5).\n\n"))
    try run.show(Note("two"), source: here)
    try run.claim(
      Claim(
        id: "c", sentence: "It holds.", paper: "yes", here: "no", holds: false, whyNot: nil,
        source: here))
    try run.end()
    #expect(transcript.text.contains("does not"))
    #expect(transcript.text.hasSuffix("After.\n\n"))
  }

  @Test func `a run says once at its top of which run and data the sentences speak`() throws {
    let data: [DataChoice] = [.named("things", "drawings"), .named("tuxpaint", "stamps")]
    func opening(_ arguments: String...) throws -> String {
      guard
        case .run(let options) = try OptionParser(chapter: 8, data: data).parse(arguments)
      else { throw UsageError("only runs can be tested here") }
      let transcript = Transcript()
      var run = PageSession(
        document: try BlockParser.parse(page, path: "README.md"), options: options,
        folder: "/nowhere", style: TerminalStyle(width: 90, usesColour: false, usesUnicode: false),
        output: transcript.output)
      try run.begin()
      let lines = transcript.text.split(separator: "\n").map(String.init)
      let first = try #require(lines.firstIndex { $0.hasPrefix("=") }) + 1
      let last = try #require(lines.firstIndex(of: "Before."))
      // The opening is read at every run.
      #expect(last - first <= 3, "\(lines)")
      return lines[first..<last].joined(separator: " ")
    }
    let usual = try opening()
    #expect(usual.contains("The sentences speak of the full run (--full)."))
    #expect(usual.contains("marked (the page's) is of that run"))
    #expect(usual.hasSuffix("Data: things."))
    #expect(try opening("--quick").contains("The sentences speak of the full run."))
    #expect(try !opening("--full").contains("speak"))
    for scale in ["--full", "--quick", "--seed=123"] {
      let other = try opening(scale, "--data", "tuxpaint")
      let run =
        scale == "--full" ? "page's run" : scale == "--quick" ? "full run" : "full run (--full)"
      #expect(other.contains("The sentences speak of the \(run) on things;"))
      #expect(other.contains("tables and figures are of tuxpaint."))
      #expect(other.contains("Seed 123.") == (scale == "--seed=123"))
    }
  }

  @Test func `a page without numbers has no marks to explain`() throws {
    let transcript = Transcript()
    var run = try session("# Title\n\nText.", into: transcript)
    try run.begin()
    #expect(transcript.text.contains("The usual run."))
    #expect(!transcript.text.contains("marked"))
  }

  @Test func `a smoke run shows the claims and judges none`() throws {
    for holds in [true, false] {
      var run = try session(page, arguments: ["--quick"])
      try run.begin()
      try run.claim(
        Claim(
          id: "c", sentence: "It holds.", paper: "yes", here: "0.5", holds: holds, whyNot: nil,
          source: here))
      let table = run.claimLines().joined(separator: " ")
      #expect(table.contains("0.5"))
      #expect(table.contains("not judged"))
      #expect(run.drift().isEmpty)
    }
  }

  @Test func `a cell that the page lacks is named with the program's line and the nearest name`()
    throws
  {
    var run = try session(page)
    try run.begin()
    let error = try #require(throws: PageError.self) { try run.enter("frist", source: here) }
    #expect(error.description.hasPrefix("main.swift:7: the page README.md has no cell “frist”"))
    #expect(error.description.contains("there is “first”"))
  }

  @Test func `a cell out of order is named with both places`() throws {
    var run = try session(page)
    try run.begin()
    let error = try #require(throws: PageError.self) { try run.enter("second", source: here) }
    #expect(error.description.contains("comes too early"))
    #expect(error.description.contains("README.md:5"))
  }

  @Test func `a cell that the program never names is found at the end`() throws {
    var run = try session(page)
    try run.begin()
    try run.enter("first", source: here)
    try run.show(Note("one"), source: here)
    let error = try #require(throws: PageError.self) { try run.end() }
    #expect(error.description == "README.md:10: the program never reaches the cell “second”")
  }

  @Test func `an empty cell is an error at the program's line`() throws {
    var run = try session(page)
    try run.begin()
    try run.enter("first", source: here)
    let error = try #require(throws: PageError.self) { try run.enter("second", source: here) }
    #expect(error.description == "main.swift:7: the cell “first” shows nothing")
  }

  @Test func `a number that no text has is an error at the program's line`() throws {
    var run = try session(page)
    try run.begin()
    let error = try #require(throws: PageError.self) { try run.note("b", "1", source: here) }
    #expect(error.description.hasPrefix("main.swift:7: no text in README.md has the number “b”"))
  }

  @Test func `Ctrl-C says where it stopped and shows the claims so far`() throws {
    var run = try session(page, arguments: ["--html", "x.html"])
    try run.begin()
    try run.enter("first", source: here)
    try run.claim(
      Claim(
        id: "c", sentence: "Early.", paper: "1", here: "2", holds: true, whyNot: nil, source: here))
    let text = run.interruptedLines().joined(separator: "\n")
    #expect(text.contains("in the cell first. No file was written."))
    #expect(text.contains("Early."))
  }
}
