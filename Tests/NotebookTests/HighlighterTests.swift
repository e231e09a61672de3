import Testing

@testable import Notebook

@Suite struct HighlighterTests {
  static let sources = [
    #"let x: [Float] = [1, 2.5e-3, 0xFF_00] // end"#,
    "/* a /* nested */ b */ func f() -> Int { 0..<3 }",
    #"print("a \(name + "inner \(1)") b \" c", 2)"#,
    ##"let a = #"raw \(no) \#(yes)"# + "b""##,
    "\"\"\"\nlines \\(of) text\n\"\"\"\n@MainActor struct A { #if DEBUG\n#endif }",
    "let `default` = self.default; switch x { default: break }; f(in: 2, for: 3)",
    "\"not closed\nlet a = 1", "/* not closed", "\"\\(not closed", "#\"", "@", "", "é 日本 🎉",
  ]

  @Test(arguments: sources)
  func `the parts together are the whole text`(_ code: String) {
    for language in ["swift", "sh", "text"] {
      let tokens = Highlighter.tokens(of: code, language: language)
      #expect(tokens.map(\.text).joined() == code)
      #expect(tokens.allSatisfy { !$0.text.isEmpty })
    }
  }

  private func texts(_ kind: Highlighter.Kind, _ code: String, _ language: String = "swift")
    -> [String]
  {
    Highlighter.tokens(of: code, language: language).filter { $0.kind == kind }.map(\.text)
  }

  @Test func `Swift's words, types, texts, numbers and remarks are found`() {
    let code = #"@Test func area(of box: Box) throws -> Float { return 1.5 * box.in /* why */ }"#
    #expect(texts(.attribute, code) == ["@Test"])
    #expect(texts(.keyword, code) == ["func", "throws", "return"])
    #expect(texts(.type, code) == ["Box", "Float"])
    #expect(texts(.number, code) == ["1.5"])
    #expect(texts(.comment, code) == ["/* why */"])
  }

  @Test func `a range is two numbers, and a call of a number is none`() {
    #expect(texts(.number, "0..<10") == ["0", "10"])
    #expect(
      texts(.number, "1_000.5 2.description 1e-3 0xE+1 x2") == ["1_000.5", "2", "1e-3", "0xE", "1"])
  }

  @Test func `what is interpolated is code, what surrounds it text`() {
    let code = #"print("a \(f("b", 2)) c")"#
    #expect(texts(.string, code) == [#""a \("#, #""b""#, #") c""#])
    #expect(texts(.number, code) == ["2"])
  }

  @Test func `labels and members named like keywords are plain`() {
    #expect(texts(.keyword, "f(in: x, for: y).default + self.repeat") == ["self"])
    #expect(texts(.keyword, "default: break") == ["default", "break"])
  }

  @Test func `a shell's commands, options, variables and remarks are found`() {
    let code = "swift run chapter1 --quick | tee \"$HOME/a b\" # all\nA=1 make -j2 $X"
    #expect(texts(.keyword, code, "sh") == ["swift", "tee", "make"])
    #expect(texts(.attribute, code, "sh") == ["--quick", "-j2", "$X"])
    #expect(texts(.comment, code, "sh") == ["# all"])
    #expect(texts(.string, code, "sh") == ["\"$HOME/a b\""])
  }

  @Test func `HTML is escaped and has the documented classes`() {
    #expect(
      Highlighter.html("let a: Set<Int> = \"<&>\"", language: "swift")
        == "<span class=\"code-keyword\">let</span> a: <span class=\"code-type\">Set</span>&lt;"
        + "<span class=\"code-type\">Int</span>&gt; = "
        + "<span class=\"code-string\">&quot;&lt;&amp;&gt;&quot;</span>")
    for kind in Highlighter.Kind.allCases where kind != .plain {
      #expect(Highlighter.css.contains(".code-\(kind.rawValue){"))
    }
  }

  @Test func `lines of a terminal are the lines of the code, each coloured for itself`() {
    let code = "/* a\nb */ let\n"
    let plain = Highlighter.terminalLines(code, language: "swift", style: .plain)
    #expect(plain == ["/* a", "b */ let", ""])
    let style = TerminalStyle(width: 80, usesColour: true, usesUnicode: true)
    let lines = Highlighter.terminalLines(code, language: "swift", style: style)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("\u{1B}[38;2;") && lines[0].hasSuffix("\u{1B}[39m"))
    #expect(lines[1].hasPrefix("\u{1B}[38;2;"))
  }
}
