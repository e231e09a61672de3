import Foundation
import Synchronization

/// A chapter's page while its program runs it: `main.swift` reads top to bottom like the page.
///
/// ```swift
/// let page = Page.open(chapter: 1)
/// page.cell("pictures")
/// page.show(PictureGrid(…))
/// page.value("probe.accuracy", accuracy)
/// page.claim("probe", "The probe beats chance.", paper: "…", here: "…", holds: accuracy > 0.1)
/// page.finish()
/// ```
///
/// A fault in page or program ends the program with status 1 and one line that names the place.
public final class Page: Sendable {
  /// What the reader asked for on the command line.
  public let options: ChapterOptions
  private let session: Mutex<PageSession>

  private init(_ session: PageSession) {
    options = session.options
    self.session = Mutex(session)
  }

  /// Opens the page beside the program, follows the command line and shows the title and the text
  /// up to the first cell.
  ///
  /// - Parameters:
  ///   - chapter: the chapter's number.
  ///   - data: what `--data` can name, the default first; empty where the chapter makes its own.
  ///   - options: options that only this chapter has.
  ///   - mine: what `--mine` does, as `--help` says it; nil where the chapter has no such run.
  ///   - file: the program's file, beside which README.md stands.
  /// - Returns: the open page.
  public static func open(
    chapter: Int, data: [DataChoice] = [], options: [ChapterOption] = [], mine: String? = nil,
    file: String = #filePath
  ) -> Page {
    let parser = OptionParser(chapter: chapter, data: data, own: options, mine: mine)
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    do {
      let request = try parser.parse(Array(CommandLine.arguments.dropFirst()))
      let path = folder + "/README.md"
      let text = try PagePath.text(path)
      let document = try BlockParser.parse(text, path: PagePath.shown(path))
      guard case .run(let options) = request else {
        Output.standard.write(parser.help(title: document.title) + "\n")
        exit(0)
      }
      return try open(document, options, folder: folder)
    } catch let error as UsageError {
      stop("chapter\(chapter): \(error)", status: 64)
    } catch {
      stop("\(error)", status: 1)
    }
  }

  private static func open(
    _ document: Markdown.Document, _ options: ChapterOptions, folder: String
  ) throws -> Page {
    if options.isStep, isatty(0) == 0 {
      throw UsageError("--step waits for Enter, and the standard input is no terminal.")
    }
    try PageSession.checkFiles(options, folder: folder)
    if options.isCheck {
      let faults = PageCheck.faults(of: document, in: folder)
      for fault in faults { Output.error.write("\(fault)\n") }
      if !faults.isEmpty { exit(1) }
    }
    let style = TerminalStyle.standardOutput()
    let session = PageSession(
      document: document, options: options, folder: folder, style: style, output: .standard,
      pause: {
        Output.standard.write(StyledText("[Enter] ", .quiet).rendered(style))
        _ = readLine()
      })
    let page = Page(session)
    Interruption.install { page.interrupt() }
    try page.session.withLock { session throws(PageError) in try session.begin() }
    return page
  }

  /// Lets the text appear up to the cell of that name; what is shown next is the cell's output.
  public func cell(_ name: String, file: String = #filePath, line: Int = #line) {
    perform { session throws(PageError) in
      try session.enter(name, source: SourcePlace(file: file, line: line))
    }
  }

  /// Shows a plot, a grid of pictures, a table, lines of text.
  public func show(_ showable: any Showable, file: String = #filePath, line: Int = #line) {
    perform { session throws(PageError) in
      try session.show(showable, source: SourcePlace(file: file, line: line))
    }
  }

  /// Shows lines of text.
  public func print(_ text: String, file: String = #filePath, line: Int = #line) {
    show(Note(text), file: file, line: line)
  }

  /// Gives the text the run's number for the marks of that name.
  public func value(
    _ name: String, _ number: some BinaryFloatingPoint, as style: NumberStyle = .decimals(2),
    file: String = #filePath, line: Int = #line
  ) {
    value(name, style.text(Double(number)), file: file, line: line)
  }

  /// Gives the text the run's whole number for the marks of that name.
  public func value(
    _ name: String, _ number: some BinaryInteger, file: String = #filePath, line: Int = #line
  ) {
    value(name, NumberStyle.whole.text(Double(number)), file: file, line: line)
  }

  /// Gives the text a result that is no single number, such as a word or `0.81 ±0.01`.
  ///
  /// - Parameters:
  ///   - name: the marks' name.
  ///   - text: the result.
  ///   - others: where the result is a choice, what would have been about as good. On another
  ///     processor rounding may choose one of them, and `--check` accepts a page that names one.
  ///   - file: the program's file.
  ///   - line: its line.
  public func value(
    _ name: String, _ text: String, orAsGood others: [String] = [], file: String = #filePath,
    line: Int = #line
  ) {
    perform { session throws(PageError) in
      try session.note(
        name, text, orAsGood: others, source: SourcePlace(file: file, line: line))
    }
  }

  /// States a claim of the chapter and whether this run bears it out; `finish` shows them all.
  ///
  /// - Parameters:
  ///   - id: a short name for messages.
  ///   - sentence: what is claimed.
  ///   - paper: what the paper reports, with its source.
  ///   - here: what this run measured.
  ///   - holds: whether this run bears the claim out.
  ///   - whyNot: why it need not hold in so small an experiment; where this is given, `--check`
  ///     accepts that it does not.
  ///   - file: the program's file.
  ///   - line: its line.
  public func claim(
    _ id: String, _ sentence: String, paper: String, here: String, holds: Bool,
    whyNot: String? = nil, file: String = #filePath, line: Int = #line
  ) {
    let claim = Claim(
      id: id, sentence: sentence, paper: paper, here: here, holds: holds, whyNot: whyNot,
      source: SourcePlace(file: file, line: line))
    perform { session throws(PageError) in try session.claim(claim) }
  }

  /// The result of work that can fail; a failure ends the program with its description.
  public func orStop<Value>(_ work: @autoclosure () throws -> Value) -> Value {
    do {
      return try work()
    } catch {
      Self.stop("\(error)", status: 1)
    }
  }

  /// Runs long work that Ctrl-C does not cut off, so that it can keep what it has.
  ///
  /// - Parameter work: asks `isToStop()` between its steps; if so, it saves and returns, and the
  ///   program ends. A second Ctrl-C, or ten seconds without an answer, end the program at once.
  /// - Returns: what the work returns, if nobody stopped it.
  public func completing<Result>(_ work: (_ isToStop: () -> Bool) throws -> Result) rethrows
    -> Result
  {
    try Interruption.completing(work)
  }

  /// Shows the rest of the text and the claims, writes what was asked for, and ends the program.
  public func finish() -> Never {
    var faults: [PageError] = []
    perform { session throws(PageError) in
      try session.end()
      faults = try session.conclude()
    }
    for fault in faults { Output.error.write("\(fault)\n") }
    exit(faults.isEmpty ? 0 : 1)
  }

  // MARK: Ends

  private func perform(_ work: (inout PageSession) throws(PageError) -> Void) {
    do {
      try session.withLock { session throws(PageError) in try work(&session) }
    } catch {
      Self.stop("\(error)", status: 1)
    }
  }

  /// Says what was reached.
  ///
  /// A program that waits for Enter holds the session: then that is unknown.
  private func interrupt() {
    Progress.hide()
    for _ in 0..<20 {
      let isDone: Void? = session.withLockIfAvailable { $0.emit($0.interruptedLines()) }
      if isDone != nil { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    Output.standard.write("\nStopped.\n")
  }

  private static func stop(_ message: String, status: Int32) -> Never {
    Output.error.write(message + "\n")
    exit(status)
  }
}
