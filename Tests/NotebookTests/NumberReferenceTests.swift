import Testing

@testable import Notebook

/// Numbers of the text that name the table or figure in which they stand.
struct NumberReferenceTests {
  static let ladder = Table(
    "The ladder",
    columns: [.text("encoder"), .number("1 %", decimals: 2), .number("labels", decimals: 0)],
    rows: [
      ["random", .mean(of: [0.2, 0.3, 0.25]), 3000],
      ["SimCLR, fine-tuned", .mean(of: [0.88, 0.9, 0.89]), .number(1250.0)],
      ["lost", .number(-0.5), .empty],
    ])

  func chapter(_ text: String, cell: String = "") throws -> ChapterFixture {
    try ChapterFixture(
      page: """
        # A chapter

        <!-- cell: ladder -->
        \(cell)
        <!-- end -->

        \(text)

        """,
      program: "page.cell(\"ladder\")\n")
  }

  func run(
    _ chapter: ChapterFixture, _ arguments: [String] = ["--full"],
    showing shown: [any Showable] = [ladder]
  ) throws -> PageSession {
    guard case .run(let options) = try OptionParser(chapter: 1).parse(arguments) else {
      throw UsageError("only runs can be tested here")
    }
    var session = PageSession(
      document: try BlockParser.parse(try chapter.read("README.md"), path: "README.md"),
      options: options, folder: chapter.folder, style: .plain, output: Transcript().output)
    let place = SourcePlace(file: chapter.folder + "/main.swift", line: 1)
    try session.begin()
    try session.enter("ladder", source: place)
    for showable in shown { try session.show(showable, source: place) }
    try session.end()
    return session
  }

  func number(_ reference: String, showing shown: [any Showable] = [ladder]) throws -> String? {
    let session = try run(try chapter("x <!-- value: \(reference) --><!-- end -->"), showing: shown)
    return session.record.numbers[reference]?.text
  }

  func message(_ reference: String, showing shown: [any Showable] = [ladder]) -> String {
    do {
      _ = try number(reference, showing: shown)
      return ""
    } catch {
      return "\(error)"
    }
  }

  // MARK: What a run gives

  @Test(arguments: [
    ("ladder / random / 1 %", "0.25"), ("ladder / random / labels", "3,000"),
    ("ladder / SimCLR, fine-tuned / 1 %", "0.89"), ("ladder / lost / 1 %", "−0.50"),
    ("ladder / SimCLR, fine-tuned / 1 % as %", "89 %"),
    ("ladder / random / 1 % as 3 decimals", "0.250"),
    ("ladder / random / 1 % as 1 decimal %", "25.0 %"),
    ("ladder / random / labels as whole", "3,000"),
    ("ladder / random / labels as seconds", "50 min"),
    ("ladder / The ladder / random / 1 %", "0.25"),
  ])
  func `a cell of a table is named by its row and column`(reference: String, text: String) throws {
    #expect(try number(reference) == text)
  }

  @Test func `bars, lines and squares are named too`() throws {
    let bars = BarPlot(
      "Bars", valueLabel: "accuracy", bars: [Bar("chance", 0.1), Bar("SimCLR", runs: [0.7, 0.8])])
    let groups = BarPlot(
      "Groups", valueLabel: "p",
      groups: [BarGroup("left", [Bar("a", 0.2)]), BarGroup("right", [Bar("a", 0.6)])])
    let lines = LinePlot(
      "Loss", xLabel: "step", yLabel: "loss",
      series: [Series("training", x: [0, 1500, 3000], y: [5.93, 4, 3.404])])
    let squares = Heatmap(
      "Pairs", values: [[0.1, 0.77], [0.4, 0.5]], rowLabels: ["crop", "colour"],
      columnLabels: ["crop", "colour"])
    let shown: [any Showable] = [bars, groups, lines, squares]
    #expect(try number("ladder / SimCLR", showing: shown) == "0.750")
    #expect(try number("ladder / SimCLR as %", showing: shown) == "75 %")
    #expect(try number("ladder / right / a", showing: shown) == "0.600")
    #expect(try number("ladder / training / 1,500", showing: shown) == "4.00")
    #expect(try number("ladder / training / start", showing: shown) == "5.93")
    #expect(try number("ladder / training / end as 3 decimals", showing: shown) == "3.404")
    #expect(try number("ladder / crop / colour", showing: shown) == "0.77")
  }

  @Test func `under two columns of texts a row has the names of both`() throws {
    let tasks = Table(
      columns: [.text("task"), .text("start"), .number("30 labels", decimals: 2)],
      rows: [
        ["classification", "scratch", 0.5], ["", "pre-trained", 0.7],
        ["entailment", "scratch", 0.4],
        ["", "pre-trained", 0.6],
      ])
    #expect(
      try number("ladder / classification / pre-trained / 30 labels", showing: [tasks]) == "0.70")
    #expect(try number("ladder / entailment / pre-trained / 30 labels", showing: [tasks]) == "0.60")
    #expect(try number("ladder / entailment / 30 labels", showing: [tasks]) == "0.40")
  }

  @Test func `a wrong name is a fault that tells the names that there are`() {
    #expect(
      message("ladder / SimCRL / 1 %")
        == "README.md:7: “ladder / SimCRL / 1 %” is unknown: there is no “SimCRL”, "
        + "but “random”, “SimCLR, fine-tuned”, “lost”")
    #expect(
      message("ladder / random / 2 %").contains("there is no “2 %”, but “1 %”, “labels”"))
    #expect(message("ladder / random").contains("stands in no table or figure of the cell"))
  }

  @Test func `a gap in a table is no number: a shorter run keeps the page's`() throws {
    #expect(message("ladder / lost / labels").contains("is unknown in that combination"))
    let woven = """
      | encoder | 1 % | labels |
      | :--- | ---: | ---: |
      | lost | 0.10 | 3,000 |
      """
    let page = try chapter("<!-- value: ladder / lost / labels -->3,000<!-- end -->", cell: woven)
    #expect(try run(page, []).record.absent == ["ladder / lost / labels"])
  }

  @Test func `a name that two tables of a cell share wants the title`() throws {
    let other = Table(
      "Balanced", columns: [.text("encoder"), .number("1 %", decimals: 2)], rows: [["random", 0.9]])
    let shown = [Self.ladder, other]
    #expect(
      message("ladder / random / 1 %", showing: shown)
        .contains("stands in “The ladder” and in “Balanced”: write the title before the names"))
    #expect(try number("ladder / Balanced / random / 1 %", showing: shown) == "0.90")
  }

  @Test func `the program does not give such a number itself`() throws {
    var session = try run(try chapter("x <!-- value: ladder / random / 1 % --><!-- end -->"))
    #expect(throws: PageError.self) {
      try session.note("ladder / random / 1 %", "0.3", source: SourcePlace(file: "m", line: 1))
    }
  }

  // MARK: Shorter runs

  @Test func `a row that only the full run has leaves the page's number`() throws {
    let woven = """

      | encoder | 1 % |
      | :--- | ---: |
      | random | 0.25 |
      | slow | 0.70 |

      """
    let page = try chapter("x <!-- value: ladder / slow / 1 % -->0.70<!-- end -->", cell: woven)
    #expect(try run(page, []).record.numbers.isEmpty)
    #expect(throws: PageError.self) { try run(page, ["--full"]) }
  }

  @Test func `a name that neither the run nor the page has is a fault in a short run too`() throws {
    let page = try chapter("x <!-- value: ladder / slow / 1 % --><!-- end -->")
    #expect(throws: PageError.self) { try run(page, ["--quick"]) }
    // A number of steps or labels may be another in a short run, as long as nothing is woven.
    let labels = try chapter("x <!-- value: ladder / 3000 / 1 % --><!-- end -->")
    #expect(try run(labels, ["--quick"]).record.absent == ["ladder / 3000 / 1 %"])
  }

  // MARK: Page against its own table

  @Test(arguments: [
    ("ladder / random / 1 % -->0.25", ""),
    ("ladder / random / 1 % -->0.26", "is 0.26 in the text and 0.25 in the table"),
    ("ladder / random / 1 % as % -->25 %", ""),
    // 0.25 may have been 0.2549 before rounding, but not 0.27.
    ("ladder / random / 1 % as % -->26 %", ""),
    ("ladder / random / 1 % as % -->27 %", "is 27 % in the text and 0.25 in the table"),
    ("ladder / random / seconds ×3 -->2.0", ""),
    ("ladder / random / seconds ×3 -->7.0", "is 7.0 in the text and 1.4 in the table"),
    ("ladder / chance / 1 % -->0.25", "there is no “chance”, but “random”"),
    ("lader / random / 1 % -->0.25", "names no cell of the page; there is “ladder”"),
  ])
  func `without a run the text is held against the table`(mark: String, fault: String) throws {
    let woven = """

      | encoder | 1 % | seconds |
      | :--- | ---: | ---: |
      | **random** | **0.25 ±0.05** | **1.4** |

      """
    let faults = try chapter("x <!-- value: \(mark)<!-- end -->", cell: woven).faults()
    #expect(fault.isEmpty ? faults == [] : faults.count == 1 && faults[0].contains(fault))
  }

  // MARK: Tolerance

  @Test func `the tolerance is twice the spread that the page shows, and a digit`() throws {
    let woven = """

      | encoder | 1 % |
      | :--- | ---: |
      | random | 0.35 ±0.05 |
      | lost | 0.10 |

      """
    func drift(_ mark: String) throws -> [String] {
      let page = try chapter("x <!-- value: \(mark)<!-- end -->", cell: woven)
      return try run(page, ["--check", "--full"]).drift().map(\.description)
    }
    // The run's 0.25 lies 0.10 below: within 2 · 0.05 + 0.01; not so from 0.37.
    #expect(try drift("ladder / random / 1 % -->0.35") == [])
    #expect(try drift("ladder / random / 1 % -->0.37").count == 1)
    #expect(try drift("ladder / random / 1 % as % -->35 %") == [])
    // What is written counts, and without a spread the text is the same.
    #expect(try drift("ladder / random / 1 % ±0.02 -->0.35").count == 1)
    #expect(try drift("ladder / lost / 1 % -->0.10").count == 1)
    #expect(try drift("ladder / lost / 1 % ±0.7 -->0.10") == [])
  }
}
