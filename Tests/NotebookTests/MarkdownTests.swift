import Testing

@testable import Notebook

struct MarkdownTests {
  func parse(_ text: String) throws -> [Markdown.Block] {
    try BlockParser.parse(text, path: "p").blocks
  }

  func inline(_ text: String) throws -> [Markdown.Inline] {
    guard case .paragraph(let inlines) = try parse(text)[0].content else { return [] }
    return inlines
  }

  // MARK: What is known

  @Test func `markup in a line is told from signs that mean themselves`() throws {
    #expect(
      try inline("a *b* **c _d_** `e*`") == [
        .text("a "), .emphasis([.text("b")]), .text(" "),
        .strong([.text("c "), .emphasis([.text("d")])]), .text(" "), .code("e*"),
      ])
    #expect(
      try inline(#"3 * 4, snake_case, a < b, [batch, width], \*, \$5, R&D"#) == [
        .text("3 * 4, snake_case, a < b, [batch, width], *, $5, R&D")
      ])
    #expect(
      try inline("[a `]` b](x.md) <https://y.z>") == [
        .link([.text("a "), .code("]"), .text(" b")], to: "x.md"), .text(" "),
        .link([.text("https://y.z")], to: "https://y.z"),
      ])
    #expect(
      try inline(#"$x_1^2$ and $`a\,b`$"#) == [
        .mathematics("x_1^2"), .text(" and "), .mathematics(#"a\,b"#),
      ])
  }

  @Test func `a live number knows its line and columns`() throws {
    let text = "One.\n\n> - It is <!-- value: a.b ±0.1 -->0.5<!-- end -->."
    let value = try #require(try BlockParser.parse(text, path: "p").values.first)
    #expect(value.name == "a.b" && value.tolerance == .within(0.1) && value.text == "0.5")
    #expect(value.line == 3)
    let line = Array(text.split(separator: "\n").last ?? "")
    #expect(String(line[value.columns]) == "0.5")
  }

  @Test func `lists nest, and blank lines make them loose`() throws {
    guard case .list(let list) = try parse("1. a\n   b\n   - c\n2. d")[0].content else {
      Issue.record("no list")
      return
    }
    #expect(list.start == 1 && !list.isLoose && list.items.count == 2)
    #expect(list.items[0][0].content == .paragraph([.text("a b")]))
    guard case .list(let inner) = list.items[0][1].content else {
      Issue.record("no inner list")
      return
    }
    #expect(inner.start == nil && inner.items.count == 1)
    guard case .list(let loose) = try parse("- a\n\n- b")[0].content else { return }
    #expect(loose.isLoose)
  }

  @Test func `a table has alignments, and a bar in a cell is escaped`() throws {
    let blocks = try parse("| a | b |\n|:--|--:|\n| `x\\|y` | 2 |")
    guard case .table(let table) = blocks[0].content else {
      Issue.record("no table")
      return
    }
    #expect(table.alignments == [.leading, .trailing])
    #expect(table.rows == [[[.code("x|y")], [.text("2")]]])
  }

  @Test func `code keeps its lines and names its file`() throws {
    guard case .code(let code) = try parse("```swift A.swift\nlet a = 1\n\n  // $x\n```")[0].content
    else { return }
    #expect(code.file == "A.swift" && code.lines == ["let a = 1", "", "  // $x"])
    #expect(code.firstLine == 2)
  }

  @Test func `a cell takes the lines up to its end`() throws {
    let blocks = try parse("<!-- cell: a -->\n\n```text\n<!-- end -->\n```\n\n<!-- end -->\n\nx")
    guard case .cell(let cell) = blocks[0].content else { return }
    #expect(cell.name == "a" && cell.output.count == 1 && blocks.count == 2)
    #expect(blocks[0].lines == 1...7)
  }

  @Test func `what is written is read back as it was`() throws {
    let page = """
      # T *e* `c`

      Text with **strong _both_** and [a link](b.md), 5 \\* 3, \\[x\\], <https://a.b>, $x^2$.

      - a

        b
      - c

      1. one
         - two
      2. three

      | a | b |
      |---|:-:|
      | `x\\|y` | \\$ |

      > quoted
      >
      > twice

      ```swift sketch
      let x = 1
      ```

      $$
      a + b
      $$

      ---
      """
    let first = try parse(page)
    let written = first.map { MarkdownWriter.lines($0.content) }.joined(separator: [""])
    let second = try parse(written.joined(separator: "\n"))
    let again = second.map { MarkdownWriter.lines($0.content) }.joined(separator: [""])
    #expect(Array(written) == Array(again))
    let style = TerminalStyle(width: 60, usesColour: true, usesUnicode: true)
    let terminal = TerminalPage(style: style) { _ in nil }
    #expect(first.flatMap { terminal.lines($0) } == second.flatMap { terminal.lines($0) })
  }

  // MARK: What is not

  @Test(arguments: [
    ("a\n\n<b>x</b>", 3, "no HTML"), ("<details>", 1, "no HTML"), ("a &nbsp; b", 1, "&nbsp;"),
    ("Title\n=====", 2, "underlines"), ("Title\n-----", 2, "rule"), ("a\n***", 2, "rule"),
    ("[a][b]", 1, "reference"), ("[a]: b", 1, "reference"), ("a[^1]", 1, "footnotes"),
    ("a\n```swift x\nlet", 2, "blank line"), ("```swift\nlet", 1, "never closed"),
    ("```\nx\n```", 1, "language"), ("~~~\nx\n~~~", 1, "backticks"), ("a *b", 1, "never closed"),
    ("a\n**b", 2, "never closed"), ("a b* c", 1, "closes nothing"),
    ("***a***", 1, "closes nothing"),
    ("`a", 1, "never closed"), ("$a", 1, "never closed"), ("5 $ and 6 $", 1, "space inside"),
    ("$$\na", 1, "never closed"), (#"$a\,b$"#, 1, "GitHub"), ("~~a~~", 1, "strikes"),
    ("* a", 1, "starts with ‘- ’"), ("1) a", 1, "1. "), ("1. a\n3. b", 2, "should be 2"),
    ("- a\nb", 2, "indent"), ("- [ ] a", 1, "tick"), ("a\n- b", 2, "blank line"),
    ("    a", 1, "indented"), ("a\tb", 1, "tab"), ("a  \nb", 1, "line's end"), ("#a", 1, "heading"),
    ("##### a", 1, "heading"), ("| a |", 1, "header"), ("| a |\n|---|\n| b | c |", 3, "2 cells"),
    ("a | b\n---|---", 2, "rows start"), ("https://a.b", 1, "bare address"),
    ("a ![b](c.svg)", 1, "stands alone"), ("![](c.svg)", 1, "says what it shows"),
    ("> a\nb", 2, "blank line"), ("<!-- cell: a -->", 1, "never closed"),
    ("<!-- end -->", 1, "without its beginning"), ("<!-- hello -->", 1, "stand in no page"),
    ("a <!-- hello -->", 1, "do not know"), ("- <!-- cell: a -->", 1, "inside something"),
    ("<!-- value: a -->1<!-- end --> b", 1, "starts with a comment"),
    ("a\n<!-- value: a -->1<!-- end -->", 2, "starts with a comment"),
    ("a <!-- value: a 0.1 -->1<!-- end -->", 1, "tolerance"),
    ("a <!-- value: a -->1", 1, "on one line"), ("[a](b c)", 1, "without spaces"),
    (#"a\nb"#, 1, "backslash"), ("a \\\nb", 1, "line's end"),
    ("<!-- cell: a -->\n<!-- end -->\n\n<!-- cell: a -->\n<!-- end -->", 4, "twice"),
  ])
  func `what the dialect does not know is an error with its line`(
    page: String, line: Int, words: String
  ) throws {
    let error = try #require(throws: PageError.self) { try BlockParser.parse(page, path: "p") }
    #expect(error.line == line && error.message.contains(words), "\(error)")
  }

  @Test func `whatever the text, the parser gives a page or a line of it`() throws {
    let parts = [
      "a", "b c", " ", "  ", "\n", "\n\n", "*", "**", "_", "`", "```", "```swift A.swift\n", "$",
      "$$", "\\", "[", "]", "(", ")", "<", ">", "<!-- value: a ±1 -->", "<!-- end -->", "\n- ",
      "\n1. ", "\n2. ", "\n> ", "\n# ", "|", "\n|---|\n", "!", "&", "é", "👩‍🔬", "\u{301}", "—", "---",
      "\n<!-- cell: x -->\n", "\n<!-- end -->\n", "\t", "\r\n", "\0", "0.5", "https://",
      "![a](b.svg)",
    ]
    // Any seed will do: the parts are drawn anew from a multiplicative generator.
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    var pages = 0
    for _ in 0..<4_000 {
      let text = (0..<(1 + draw(24))).map { _ in parts[draw(parts.count)] }.joined()
      let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
      do {
        let document = try BlockParser.parse(text, path: "p")
        pages += 1
        let last = document.blocks.last?.lines.upperBound ?? 0
        #expect(last <= count, "\(text.debugDescription)")
      } catch {
        #expect((1...count).contains(error.line), "\(text.debugDescription): \(error)")
      }
    }
    #expect(pages > 100)
  }

  @Test func `deep nesting is an error and no overflow`() {
    for mark in ["> ", "- ", "*a **b ", "[a "] {
      let text = String(repeating: mark, count: 5_000) + "x"
      #expect(throws: PageError.self) { try BlockParser.parse(text + "*", path: "p") }
    }
  }
}
