import Foundation
import Testing

@testable import Notebook

struct TerminalPageTests {
  func lines(_ page: String, width: Int = 40, unicode: Bool = false) throws -> [String] {
    let style = TerminalStyle(width: width, usesColour: false, usesUnicode: unicode)
    let terminal = TerminalPage(style: style) { _ in nil }
    return try BlockParser.parse(page, path: "p").blocks.flatMap { terminal.lines($0) }
  }

  @Test func `text is wrapped to the width and nothing is wider`() throws {
    let words = (1...60).map { String(repeating: "x", count: $0 % 13 + 1) }.joined(separator: " ")
    let page =
      "\(words)\n\n> \(words)\n\n- \(words)\n\n| a | b |\n|---|---|\n| \(words) | \(words) |"
    for width in [24, 40, 90] {
      let rows = try lines(page, width: width)
      #expect(rows.allSatisfy { displayWidth($0) <= width })
      #expect(
        rows.joined(separator: " ").filter { $0 == "x" }.count == 5
          * words.filter { $0 == "x" }.count)
    }
  }

  @Test func `a list, a table and a quotation look like themselves`() throws {
    let page = """
      1. one
         - inner
      2. two

      | name | number |
      |---|--:|
      | a | 1.5 |

      > quoted
      """
    #expect(
      try lines(page) == [
        "1. one", "   - inner", "2. two", "", "name  number", "----  ------", "a        1.5", "",
        "| quoted", "",
      ])
  }

  @Test func `a table breaks inside a word only where no column has room`() throws {
    let sentence = "many words that may go on over several lines of a column"
    let page = "| \(sentence) | magnification | b |\n|---|--:|---|\n| \(sentence) | 0.5 | x |"
    // The widest words take 13, 7 and 1 columns, the gaps four: 25 are enough.
    for width in 25...60 {
      let rows = try lines(page, width: width)
      #expect(rows.contains { $0.contains("magnification") }, "\(width): \(rows)")
      #expect(rows.allSatisfy { displayWidth($0) <= width })
      let shown = Table(
        columns: [.text(sentence), .number("magnification"), .text("b")],
        rows: [[.text(sentence), 0.5, "x"]]
      ).terminalLines(TerminalStyle(width: width, usesColour: false, usesUnicode: false))
      #expect(shown.contains { $0.contains("magnification") }, "\(width): \(shown)")
      #expect(shown.allSatisfy { displayWidth($0) <= width })
    }
    #expect(try lines(page, width: 20).allSatisfy { displayWidth($0) <= 20 })
  }

  @Test func `without Unicode everything is spelled in ASCII`() throws {
    let page = "“A–B” – naïve… 3 × 4 ± 1 ≤ $\\alpha_1 x^{2}$, σ, x² → y"
    let text = try lines(page, width: 90).joined()
    #expect(text.utf8.allSatisfy { $0 < 128 }, "\(text)")
    #expect(text.hasPrefix("\"A-B\" - naive... 3 x 4 +/- 1 <= "))
    #expect(text.hasSuffix("sigma, x^2 -> y"))
  }

  @Test func `letters of other scripts stay readable without Unicode`() {
    #expect(PlainText.ascii("नमस्ते") == "नमस्ते")
  }

  @Test func `mathematics is Unicode on a terminal that has it`() throws {
    #expect(try lines("$x^2$", unicode: true) == ["x²", ""])
  }

  @Test func `formulas in one line keep their gaps, and a narrow line breaks there`() throws {
    let page = "$$a = b + c \\qquad d = e \\quad f = g$$"
    #expect(try lines(page) == ["    a = b + c    d = e  f = g", ""])
    #expect(try lines(page, width: 20) == ["    a = b + c", "    d = e  f = g", ""])
    // A part that is itself too wide still breaks at its signs.
    #expect(try lines(page, width: 11).allSatisfy { displayWidth($0) <= 11 })
  }

  @Test func `colours end where they began`() throws {
    let style = TerminalStyle(width: 30, usesColour: true, usesUnicode: true)
    let terminal = TerminalPage(style: style) { _ in "9" }
    let page =
      "**bold words that go on over the line** `code` [l](m.md) <!-- value: a -->1<!-- end -->"
    for row in try terminal.lines(BlockParser.parse(page, path: "p").blocks[0]) {
      #expect(displayWidth(row) <= 30)
      #expect(!row.contains("\u{1B}") || row.contains("\u{1B}[0m"))
    }
  }

  @Test func `colour and Unicode need a terminal that has them`() {
    func style(_ terminal: Bool, _ environment: [String: String], columns: Int? = 70)
      -> TerminalStyle
    {
      .detect(isTerminal: terminal, columns: columns, environment: environment)
    }
    #expect(style(false, [:]) == .plain)
    #expect(style(true, [:]) == TerminalStyle(width: 70, usesColour: true, usesUnicode: true))
    #expect(!style(true, ["NO_COLOR": "1"]).usesColour)
    #expect(!style(true, ["TERM": "dumb"]).usesColour)
    #expect(!style(true, ["LC_ALL": "C"]).usesUnicode)
    #expect(style(true, ["LANG": "de_DE.UTF-8"]).usesUnicode)
    #expect(style(true, [:], columns: 300).width == 90)
  }

  @Test func `numbers stand in the text as their style says`() {
    #expect(NumberStyle.decimals(2).text(0.8149) == "0.81")
    #expect(NumberStyle.decimals(2).text(-0.001) == "0.00")
    #expect(NumberStyle.percent(1).text(0.8125) == "81.2 %")
    #expect(NumberStyle.whole.text(-1_234_567) == "−1,234,567")
    #expect(NumberStyle.seconds.text(0.42) == "0.4 s")
    #expect(NumberStyle.seconds.text(300) == "5 min")
    #expect(NumberStyle.decimals(2).text(.nan) == "not a number")
    #expect(NumberStyle.number(in: "−1,234.5 %") == -1234.5)
    #expect(NumberStyle.number(in: "5 min") == 300)
    #expect(NumberStyle.number(in: "none") == nil)
  }

  @Test func `Ctrl-C ends the program with status 130`() async {
    await #expect(processExitsWith: .exitCode(130)) {
      Interruption.install {}
      raise(SIGINT)
      try await Task.sleep(for: .seconds(20))
    }
  }

  @Test func `work that asks keeps what it has before Ctrl-C ends the program`() async {
    let result = await #expect(
      processExitsWith: .exitCode(130), observing: [\.standardOutputContent]
    ) {
      Interruption.install { Output.standard.write("concluded") }
      Interruption.completing { isToStop in
        Output.standard.write(isToStop() ? "too early " : "working ")
        raise(SIGINT)
        // A busy machine may take its time to bring the news; and then there is enough of it for the
        // program to end if nothing held it.
        let start = Date()
        while !isToStop(), Date().timeIntervalSince(start) < 20 {
          Thread.sleep(forTimeInterval: 0.01)
        }
        Thread.sleep(forTimeInterval: 0.3)
        Output.standard.write(isToStop() ? "kept " : "not told ")
      }
      Output.standard.write("went on ")
    }
    let text = result.map { String(decoding: $0.standardOutputContent, as: UTF8.self) }
    #expect(text?.contains("working kept concluded") == true)
  }
}
