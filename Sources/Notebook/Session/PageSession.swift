import Foundation

/// A chapter while it runs: where the text has got to, what the cells have shown.
///
/// `Page` is its face towards a chapter's program. Here everything throws and nothing ends the
/// process, so that tests can hold a whole run in their hands.
struct PageSession: Sendable {
  let document: Markdown.Document
  let options: ChapterOptions
  /// The folder in which the page and the program stand.
  let folder: String
  let style: TerminalStyle
  let output: Output
  /// Waits for the reader, under `--step`.
  let pause: @Sendable () -> Void
  let start = Date()

  var record = RunRecord()
  /// The first of the page's blocks that has not appeared yet.
  var next = 0
  /// Numbers that appeared in the text before they were computed.
  var early: [Markdown.Value] = []

  init(
    document: Markdown.Document, options: ChapterOptions, folder: String,
    style: TerminalStyle, output: Output, pause: @escaping @Sendable () -> Void = {}
  ) {
    self.document = document
    self.options = options
    self.folder = folder
    self.style = style
    self.output = output
    self.pause = pause
  }

  // MARK: What the program does

  /// Shows the title, what kind of run this is, and the text up to the first cell.
  mutating func begin() throws(PageError) {
    guard let first = document.blocks.first, case .heading(1, _) = first.content else {
      throw PageError(
        page: document.path, line: 1, message: "a page starts with its title: # The title")
    }
    try PageMathematics.check(document)
    try showTitle()
    let cell = document.blocks.firstIndex { $0.cellName != nil } ?? document.blocks.count
    appear(upTo: cell)
  }

  /// Shows the text up to a cell, which then takes what the program shows.
  mutating func enter(_ name: String, source: SourcePlace) throws(PageError) {
    guard let place = document.blocks.firstIndex(where: { $0.cellName == name }) else {
      let names = document.blocks.compactMap(\.cellName)
      let near = EditDistance.suggestion(for: name, among: names).map { "; there is “\($0)”" }
      throw source.failure(
        "the page \(document.path) has no cell “\(name)”\(near ?? ""): <!-- cell: \(name) -->")
    }
    try leaveCell()
    let line = document.blocks[place].lines.lowerBound
    guard place >= next else {
      throw source.failure(
        "the cell “\(name)” comes too late: \(document.path):\(line) has it further up")
    }
    if let passed = document.blocks[next..<place].first(where: { $0.cellName != nil }) {
      throw source.failure(
        "the cell “\(name)” comes too early: the page has “\(passed.cellName ?? "")” before it "
          + "(\(document.path):\(passed.lines.lowerBound))")
    }
    appear(upTo: place)
    next = place + 1
    record.cells.append(RunRecord.Cell(name: name, source: source))
  }

  /// Shows something in the cell that was entered last.
  mutating func show(_ showable: any Showable, source: SourcePlace) throws(PageError) {
    guard !record.cells.isEmpty else {
      throw source.failure("nothing can be shown before the first page.cell(…)")
    }
    record.cells[record.cells.count - 1].output.append(showable)
    guard !options.isCheck else { return }
    let bar = TerminalPage(style: style, number: { _ in nil }).bar(.live)
    var inner = style
    inner.width -= 2
    let lines = showable.terminalLines(inner).map { $0.isEmpty ? bar : bar + $0 }
    emit(lines.map(\.trimmingTrailingSpaces) + [""])
  }

  /// Takes the run's number for the marks of that name in the text.
  mutating func note(
    _ name: String, _ text: String, orAsGood others: [String] = [], source: SourcePlace
  ) throws(PageError) {
    let names = document.values.map(\.name)
    guard NumberReference(name) == nil else {
      throw source.failure(
        "“\(name)” stands in a table or figure, and the page takes it from there: delete this line")
    }
    guard names.contains(name) else {
      let near = EditDistance.suggestion(for: name, among: names).map { "; there is “\($0)”" }
      throw source.failure(
        "no text in \(document.path) has the number “\(name)”\(near ?? ""): "
          + "<!-- value: \(name) -->\(text)<!-- end -->")
    }
    if let old = record.numbers[name] {
      throw source.failure("the number “\(name)” was given before, at line \(old.source.line)")
    }
    record.numbers[name] = RunRecord.Number(text: text, others: others, source: source)
  }

  /// Takes what a claim came to.
  mutating func claim(_ claim: Claim) throws(PageError) {
    guard document.blocks.contains(where: \.isClaims) else {
      throw claim.source.failure(
        "\(document.path) has no place for claims: <!-- claims --> and <!-- end -->, each alone")
    }
    guard !record.claims.contains(where: { $0.id == claim.id }) else {
      throw claim.source.failure("the claim “\(claim.id)” was made before")
    }
    record.claims.append(claim)
    record.claims[record.claims.count - 1].isJudged = !options.isQuick
  }

  /// Shows the rest of the text and looks for what was never computed.
  mutating func end() throws(PageError) {
    try leaveCell()
    if let missed = document.blocks[next...].first(where: { $0.cellName != nil }) {
      throw PageError(
        page: document.path, line: missed.lines.lowerBound,
        message: "the program never reaches the cell “\(missed.cellName ?? "")”")
    }
    if let missed = document.values.first(where: {
      record.numbers[$0.name] == nil && !record.absent.contains($0.name)
    }) {
      throw PageError(
        page: document.path, line: missed.line,
        message: "the program never computes the number “\(missed.name)”")
    }
    if record.claims.isEmpty, let place = document.blocks.first(where: \.isClaims) {
      throw PageError(
        page: document.path, line: place.lines.lowerBound, message: "the program makes no claims")
    }
    appear(upTo: document.blocks.count)
  }

  /// Sees that the last cell shows something, and takes the numbers that the text points at.
  private mutating func leaveCell() throws(PageError) {
    guard let last = record.cells.last else { return }
    guard !last.output.isEmpty else {
      throw last.source.failure("the cell “\(last.name)” shows nothing")
    }
    try takeNumbers(from: last)
  }

  // MARK: The terminal

  private var terminal: TerminalPage {
    TerminalPage(style: style) { [numbers = record.numbers] in numbers[$0.name]?.text }
  }

  private mutating func showTitle() throws(PageError) {
    next = 1
    guard !options.isCheck else { return }
    emit(terminal.lines(document.blocks[0]))
    let notice = RunNotice(options, document).terminal
    emit(terminal.wrapped([StyledText(notice, .quiet)], width: style.width) + [""])
  }

  /// Lets the text appear up to a block, which itself does not.
  private mutating func appear(upTo end: Int) {
    guard next < end else { return }
    let blocks = document.blocks[next..<end]
    next = end
    early += Markdown.values(in: Array(blocks)).filter { record.numbers[$0.name] == nil }
    guard !options.isCheck else { return }
    for block in blocks {
      if case .heading(2, _) = block.content, options.isStep { pause() }
      if block.isClaims {
        emit(claimLines())
      } else {
        emit(terminal.lines(block))
      }
    }
  }

  /// The table of the claims, for the terminal.
  func claimLines() -> [String] {
    guard !record.claims.isEmpty else { return [] }
    let table = Markdown.Content.table(Claim.table(record.claims))
    return terminal.lines(Markdown.Block(lines: 0...0, content: table))
  }

  /// What is said last: numbers that the text gave before they were known, and the time.
  func closingLines() -> [String] {
    var lines: [String] = []
    var told: Set<String> = []
    for value in early where told.insert(value.name).inserted {
      guard let run = record.numbers[value.name]?.text, run != value.text else { continue }
      let page = value.text.isEmpty ? "nothing yet" : value.text
      lines.append("\(value.name): \(run) in this run, \(page) in the text above.")
    }
    lines.append("Finished in \(NumberStyle.seconds.text(Date().timeIntervalSince(start))).")
    return lines.map { style.usesUnicode ? $0 : PlainText.ascii($0) }
  }

  /// What Ctrl-C leaves behind.
  func interruptedLines() -> [String] {
    let time = NumberStyle.seconds.text(Date().timeIntervalSince(start))
    let place = record.cells.last.map { " in the cell \($0.name)" } ?? ""
    let files = options.html ?? options.ipynb ?? (options.isWeave ? document.path : nil)
    let written = files == nil ? "" : " No file was written."
    let claims = record.claims.isEmpty ? [] : ["The claims so far:", ""] + claimLines()
    return ["", "Stopped after \(time)\(place).\(written)"] + claims
  }

  func emit(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    Progress.hide()
    output.write(lines.map { $0 + "\n" }.joined())
  }
}
