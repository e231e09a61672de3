import Foundation
import Testing

@testable import Notebook

struct WeaveTests {
  @Test func `weaving writes output, numbers, code and claims into the page`() throws {
    let chapter = try ChapterFixture()
    try chapter.write(
      "Ramp.swift", ChapterFixture.code.replacingOccurrences(of: "step(1)", with: "step(2)\n  go()")
    )
    #expect(try chapter.run(["--weave"]).conclude().isEmpty)
    #expect(
      try chapter.read("README.md") == """
        # A chapter

        It reaches <!-- value: accuracy ±0.02 -->0.79<!-- end --> in about
        three <!-- value: seconds ×3 -->4.0 s<!-- end -->.

        ```swift Ramp.swift
        func ramp() {
          step(2)
          go()
        }
        ```

        <!-- cell: pictures -->

        ![The word cat.](figures/pictures.svg)

        ```text
        first
        second
        ```

        ![The word dog.](figures/pictures-2.svg)

        <!-- end -->

        ## What holds

        <!-- claims -->

        | Claim | Paper | This run | Verdict |
        |---|---|---|---|
        | It is better. | yes | 0.79 against 0.5 | **holds** |

        <!-- end -->

        """)
    #expect(try chapter.read("figures/pictures-2.svg").contains("dog"))
    #expect(chapter.faults() == [])
  }

  @Test func `weaving twice changes nothing`() throws {
    let chapter = try ChapterFixture()
    _ = try chapter.run(["--weave"]).conclude()
    let first = try chapter.read("README.md")
    // Another time of the same size is no news either.
    _ = try chapter.run(["--weave"], seconds: "9.0 s").conclude()
    #expect(try chapter.read("README.md") == first)
    _ = try chapter.run(["--weave"], seconds: "13 s").conclude()
    #expect(try chapter.read("README.md").contains("13 s"))
  }

  @Test func `a weave that fails leaves everything as it was`() throws {
    let chapter = try ChapterFixture()
    try chapter.write("Ramp.swift", "func other() {}\n")
    let session = try chapter.run(["--weave"])
    #expect(throws: PageError.self) { try session.conclude() }
    #expect(try chapter.read("README.md") == ChapterFixture.page)
    let files = try FileManager.default.contentsOfDirectory(atPath: chapter.folder)
    #expect(files.sorted() == ["README.md", "Ramp.swift", "main.swift"])
  }

  @Test func `output that the dialect does not know is not woven`() throws {
    let chapter = try ChapterFixture()
    var session = try chapter.run(["--weave"])
    session.record.claims[0] = Claim(
      id: "c", sentence: "a", paper: "b", here: "https://bare.example", holds: true, whyNot: nil,
      source: here)
    // The writer escapes what it can; a table inside a cell is written by its figure.
    _ = try session.files()
    session.record.cells[0].output = [RawLines(lines: ["<b>bold</b>"])]
    #expect(throws: PageError.self) { try session.files() }
  }

  // MARK: Drift

  @Test func `a changed line of code is named with its page line and its source line`() throws {
    let chapter = try ChapterFixture(
      code: ChapterFixture.code.replacingOccurrences(of: "step(1)", with: "step(2)"))
    #expect(chapter.faults() == ["README.md:8: Ramp.swift:4 reads “step(2)” here"])
  }

  @Test func `a block that no file holds is named`() throws {
    let gone = try ChapterFixture(code: "import Foundation\n")
    #expect(gone.faults() == ["README.md:7: Ramp.swift has no line “func ramp() {”"])
    let lost = try ChapterFixture(
      page: ChapterFixture.page.replacingOccurrences(of: "Ramp.swift", with: "Romp.swift"))
    #expect(
      lost.faults() == ["README.md:6: no file Romp.swift stands beside the page or in the package"])
    let nameless = try ChapterFixture(
      page: ChapterFixture.page.replacingOccurrences(of: "swift Ramp.swift", with: "swift"))
    #expect(nameless.faults().first?.hasPrefix("README.md:6: this code names no file") == true)
    let sketch = try ChapterFixture(
      page: ChapterFixture.page.replacingOccurrences(of: "swift Ramp.swift", with: "swift sketch"))
    #expect(sketch.faults() == [])
  }

  @Test func `a cell that no text names is named with the program's line`() throws {
    let chapter = try ChapterFixture(
      program: ChapterFixture.program + "\npage.cell(\"extra\")\n")
    #expect(chapter.faults() == ["main.swift:8: README.md has no cell “extra”"])
  }

  @Test func `a cell or a number that no program names is named with the page's line`() throws {
    let chapter = try ChapterFixture(
      program: ChapterFixture.program.replacingOccurrences(of: "\"pictures\"", with: "\"accuracy\"")
        .replacingOccurrences(of: "\"seconds\"", with: "\"accuracy\""))
    #expect(
      chapter.faults() == [
        "README.md:4: no program names the number “seconds”",
        "README.md:12: no program names the cell “pictures”",
        "main.swift:4: README.md has no cell “accuracy”",
      ])
  }

  @Test func `links and pictures that lead nowhere are named`() throws {
    let chapter = try ChapterFixture(
      page: ChapterFixture.page
        + "\n[a](#what-holds) [b](#nothing) [c](none.md)\n\n![d](figures/none.svg)\n")
    #expect(
      chapter.faults() == [
        "README.md:20: no heading has the anchor #nothing",
        "README.md:20: the link leads to no file: none.md",
        "README.md:22: there is no picture figures/none.svg",
      ])
  }

  @Test func `a formula that cannot be set is named`() throws {
    let chapter = try ChapterFixture(page: ChapterFixture.page + "\nIt is $\\nosuchsign$.\n")
    #expect(chapter.faults().first?.hasPrefix("README.md:20: ") == true)
  }

  @Test func `a claim that no longer holds fails the check, not the smoke run's`() throws {
    let chapter = try ChapterFixture()
    let faults = try chapter.run(["--check"], holds: false).conclude()
    #expect(faults.count == 1)
    #expect(
      faults[0].description.hasSuffix(
        "main.swift:6: the claim “better” does not hold in this run: 0.79 against 0.5"))
    #expect(try chapter.run(["--check", "--quick"], holds: false).conclude().isEmpty)
    #expect(try chapter.run([], holds: false).conclude().isEmpty)
  }

  @Test func `a number out of tolerance fails the full check, with both places`() throws {
    let chapter = try ChapterFixture()
    #expect(try chapter.run(["--check", "--full"], accuracy: "0.83").conclude().isEmpty)
    #expect(try chapter.run(["--check"], accuracy: "0.9").conclude().isEmpty)
    let faults = try chapter.run(["--check", "--full"], accuracy: "0.84").conclude()
    #expect(faults.count == 1)
    #expect(
      faults[0].description.hasPrefix(
        "README.md:3: accuracy is 0.84 in this run, and 0.81 in the page ("))
    #expect(faults[0].description.hasSuffix("main.swift:2)"))
    let slow = try chapter.run(["--check", "--full"], seconds: "13 s").conclude()
    #expect(slow.map(\.line) == [4])
  }

  @Test func `the page may name a choice that was about as good as the run's`() throws {
    let chapter = try ChapterFixture()
    func check(_ others: [String]) throws -> [PageError] {
      try chapter.run(["--check", "--full"], accuracy: "0.84", orAsGood: others).conclude()
    }
    #expect(try check(["0.79", "0.81"]).isEmpty)
    #expect(try check(["0.79", "0.85"]).map(\.line) == [3])
  }

  @Test func `a check writes one line and no text`() throws {
    let transcript = Transcript()
    let chapter = try ChapterFixture()
    _ = try chapter.run(["--check"], into: transcript).conclude()
    #expect(transcript.text == "README.md: 1 code block, 1 cell, 1 claim: no drift.\n")
  }
}

/// Lines of Markdown as they are.
struct RawLines: Showable {
  let lines: [String]
  var summary: String { "Lines." }
  func terminalLines(_ style: TerminalStyle) -> [String] { lines }
  func svg() -> String? { nil }
  func markdownLines() -> [String] { lines }
  func html() -> String { "" }
}
