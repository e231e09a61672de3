import Testing

@testable import Notebook

@Suite struct FigureTextTests {
  let unicode = TerminalStyle(width: 60, usesColour: false, usesUnicode: true)

  @Test func `lines are told apart without colour`() {
    let plot = LinePlot(
      "P", xLabel: "x", yLabel: "y",
      series: [Series("up", y: [0, 1, 2]), Series("down", y: [2, 1.5, 0])])
    let ascii = plot.terminalLines(.plain).joined(separator: "\n")
    for sign in ["A", "a", "B", "b", "A up", "B down"] { #expect(ascii.contains(sign)) }
    let braille = plot.terminalLines(unicode).joined(separator: "\n")
    #expect(braille.contains("●") && braille.contains("▲"))
    #expect(braille.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
  }

  @Test func `a rising line rises from the left below to the right above`() {
    let plot = LinePlot("", xLabel: "", yLabel: "", series: [Series("a", y: [0, 1])])
    let rows = plot.terminalLines(.plain).filter { $0.contains("A") && !$0.hasPrefix("  A") }
    #expect(rows.count == 2)
    let columns = rows.map { $0.distance(from: $0.startIndex, to: $0.firstIndex(of: "A")!) }
    #expect(columns[0] > columns[1])
  }

  @Test func `bars are as long as their values`() {
    let plot = BarPlot("", valueLabel: "v", bars: [Bar("a", 1), Bar("b", 2), Bar("c", 4)])
    let lengths = plot.terminalLines(.plain).map { line in line.count { $0 == "#" } }
    let bars = lengths.filter { $0 > 0 }
    #expect(bars.count == 3)
    // Each is rounded to a whole column.
    #expect(abs(bars[1] - 2 * bars[0]) <= 1 && abs(bars[2] - 4 * bars[0]) <= 2)
  }

  @Test func `a table aligns numbers, marks the best row and escapes its signs`() {
    let table = Table(
      "", columns: [.text("encoder"), .number("accuracy"), .number("labels")],
      rows: [["chance", 0.1, 0], ["a|b", .number(0.65, spread: 0.05), 1000]],
      best: .highest("accuracy"))
    #expect(
      table.terminalLines(.plain) == [
        "encoder       accuracy  labels", "------------------------------",
        "chance   0.100               0", "a|b      0.650 +-0.050   1,000 <",
      ])
    #expect(
      table.markdownLines() == [
        "| encoder | accuracy | labels |", "| :--- | ---: | ---: |", "| chance | 0.100 | 0 |",
        "| **a\\|b** | **0.650 ±0.050** | **1,000** |",
      ])
    #expect(table.html().contains("<tr class=\"best\"><td>a|b</td><td class=\"number\">"))
  }

  @Test func `a spread that rounding left is none`() {
    let table = Table(
      columns: [.text("a"), .number("accuracy", decimals: 2)],
      rows: [["x", .mean(of: [0.7, 0.7, 0.7].map { $0 + 0.1 })]])
    #expect(table.cellTexts == [["x", "0.80 ±0.00"]])
  }

  @Test func `the best row may be the lowest, and rows without a number are passed over`() {
    let table = Table(
      columns: [.text("a"), .number("loss")],
      rows: [["x", 2], ["y", .number(Double.nan)], ["z", 1], ["w", .empty], ["v", 1]],
      best: .lowest("loss"))
    #expect(table.bestRows == [2, 4])
  }

  @Test func `a cell too wide for the terminal goes on below`() {
    let table = Table(
      columns: [.text("a"), .text("b")], rows: [["one two three four five", "six"]])
    let lines = table.terminalLines(TerminalStyle(width: 16, usesColour: false, usesUnicode: false))
    #expect(lines.count > 3)
    let words = lines.joined(separator: " ").split(separator: " ")
    #expect(["one", "two", "three", "four", "five", "six"].allSatisfy(words.contains))
  }

  @Test func `a note keeps its lines, and its fence is longer than any inside`() {
    let note = Note("T", lines: ["a  b", "```swift", "c & d"])
    #expect(note.terminalLines(.plain) == ["T", "a  b", "```swift", "c & d"])
    #expect(note.markdownLines() == ["**T**", "", "````text", "a  b", "```swift", "c & d", "````"])
    #expect(note.html().hasSuffix("a  b\n```swift\nc &amp; d</pre>"))
  }

  @Test func `a heatmap shows its numbers where they fit and shades elsewhere`() {
    let small = Heatmap("", values: [[0.25, 0.75]], rowLabels: ["r"], columnLabels: ["a", "b"])
    #expect(small.terminalLines(.plain) == ["     a   b", "r  .25 .75"])
    let large = Heatmap("", values: [(0..<60).map { Double($0) }])
    let lines = large.terminalLines(.plain)
    #expect(lines.contains { $0.contains("@") && !$0.contains("58") })
  }

  @Test func `widths count columns, not code points`() {
    #expect(displayWidth("abc") == 3)
    #expect(displayWidth("x\u{302}") == 1)
    #expect(displayWidth("日本") == 4)
    #expect(displayWidth("\u{1B}[1mbold\u{1B}[22m") == 4)
    #expect(displayWidth("\u{1B}[38;2;1;2;3m▀\u{1B}[0m") == 1)
    #expect(truncated("日本語", toWidth: 5, style: unicode) == "日本…")
    #expect(wrapped("aa bb cccccc", toWidth: 5) == ["aa bb", "ccccc", "c"])
    #expect(wrapped("", toWidth: 5) == [""])
  }
}
