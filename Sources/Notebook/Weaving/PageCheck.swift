import Foundation

/// What can be found wrong with a page without running its program.
public enum PageCheck {
  /// The faults of the page in a chapter's folder; none if page and program agree.
  ///
  /// Compares blocks of code with their files, cells and numbers with those that the program
  /// names, links and pictures with what is there.
  public static func faults(inChapter folder: String) -> [PageError] {
    let path = folder + "/README.md"
    do {
      let text = try PagePath.text(path)
      let document = try BlockParser.parse(text, path: PagePath.shown(path))
      return faults(of: document, in: folder)
    } catch {
      return [error]
    }
  }

  static func faults(of document: Markdown.Document, in folder: String) -> [PageError] {
    let faults =
      formulaFaults(document) + codeFaults(document, folder) + programFaults(document, folder)
      + document.values.compactMap { referenceFault($0, document) }
      + figureFaults(document, folder) + linkFaults(document, folder)
    return faults.sorted { ($0.page, $0.line) < ($1.page, $1.line) }
  }

  private static func formulaFaults(_ document: Markdown.Document) -> [PageError] {
    do throws(PageError) {
      try PageMathematics.check(document)
      return []
    } catch {
      return [error]
    }
  }

  private static func codeFaults(_ document: Markdown.Document, _ folder: String) -> [PageError] {
    document.codeBlocks.compactMap { code -> PageError? in
      do throws(PageError) {
        return try QuotedCode.open(code, of: document, in: folder)?.drift()
      } catch {
        return error
      }
    }
  }

  // MARK: Cells and numbers

  private static func programFaults(
    _ document: Markdown.Document, _ folder: String
  ) -> [PageError] {
    let sources = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(".swift") }.sorted()
      .compactMap { name in
        (try? PagePath.text(folder + "/" + name)).map { (folder + "/" + name, $0) }
      }
    guard !sources.isEmpty else { return [] }
    let cells = document.blocks.compactMap { block in
      block.cellName.map { ($0, block.lines.lowerBound) }
    }
    let numbers = document.values.filter { $0.reference == nil }.map { ($0.name, $0.line) }
    return named("cell", cells, document, sources) + named("value", numbers, document, sources)
  }

  /// Compares the names in a page with those that stand as texts in the program.
  private static func named(
    _ call: String, _ names: [(name: String, line: Int)], _ document: Markdown.Document,
    _ sources: [(path: String, text: String)]
  ) -> [PageError] {
    let kind = call == "cell" ? "cell" : "number"
    var faults: [PageError] = []
    var used: Set<String> = []
    var isComputed = false
    for source in sources {
      for use in uses(of: call, in: source.text) {
        guard let name = use.name else {
          isComputed = true
          continue
        }
        used.insert(name)
        guard !names.contains(where: { $0.name == name }) else { continue }
        faults.append(
          PageError(
            page: PagePath.shown(source.path), line: use.line,
            message: "\(document.path) has no \(kind) “\(name)”"))
      }
    }
    guard !isComputed else { return faults }
    for name in names where !used.contains(name.name) {
      faults.append(
        PageError(
          page: document.path, line: name.line,
          message: "no program names the \(kind) “\(name.name)”"))
    }
    return faults
  }

  /// The calls `page.cell("name")` in a program; without a name where it is not a plain text.
  private static func uses(of call: String, in text: String) -> [(name: String?, line: Int)] {
    let code = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.drop { $0 == " " }.hasPrefix("//") ? "" : line
    }.joined(separator: "\n")
    var uses: [(name: String?, line: Int)] = []
    var rest = code[...]
    while let found = rest.range(of: "page.\(call)(") {
      let line = code[..<found.lowerBound].filter { $0 == "\n" }.count + 1
      rest = rest[found.upperBound...]
      let argument = rest.drop { $0 == " " || $0 == "\n" }
      let name = argument.dropFirst().prefix { $0 != "\"" && $0 != "\\" && $0 != "\n" }
      let isText = argument.first == "\"" && argument.dropFirst(name.count + 1).first == "\""
      uses.append((isText ? String(name) : nil, line))
    }
    return uses
  }

  // MARK: Numbers and tables

  /// Where a number of the text and the table that it is taken from disagree, or there is no such place.
  ///
  /// A figure's numbers are known in a run only.
  private static func referenceFault(
    _ value: Markdown.Value, _ document: Markdown.Document
  ) -> PageError? {
    guard let reference = value.reference else { return nil }
    func fault(_ message: String) -> PageError {
      PageError(page: document.path, line: value.line, message: "“\(value.name)” \(message)")
    }
    guard let cell = document.cell(reference.cell) else {
      let names = document.blocks.compactMap(\.cellName)
      let near = EditDistance.suggestion(for: reference.cell, among: names)
      return fault(
        "names no cell of the page"
          + (near.map { "; there is “\($0)”" } ?? ", which has "
            + names.joined(separator: ", ")))
    }
    guard cell.isWoven else { return nil }
    do throws(NumberReference.Miss) {
      let number = try reference.find(in: cell.namedNumbers)
      guard !value.agrees(with: number) else { return nil }
      return fault("is \(value.text) in the text and \(number.text) in the table")
    } catch {
      return cell.hasFigures ? nil : fault(error.text)
    }
  }

  // MARK: Figures and links

  private static func figureFaults(
    _ document: Markdown.Document, _ folder: String
  ) -> [PageError] {
    let figures = document.figures
    var faults: [PageError] = []
    for figure in figures
    where !FileManager.default.fileExists(atPath: folder + "/" + figure.path) {
      faults.append(
        PageError(
          page: document.path, line: figure.line, message: "there is no picture \(figure.path)"))
    }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/figures")) ?? []
    for file in files.sorted() where file.hasSuffix(".svg") {
      guard !figures.contains(where: { $0.path == "figures/\(file)" }) else { continue }
      faults.append(
        PageError(
          page: document.path, line: 0, message: "the page does not show figures/\(file)"))
    }
    return faults
  }

  private static func linkFaults(_ document: Markdown.Document, _ folder: String) -> [PageError] {
    let anchors = Set(document.headings.map { Markdown.anchor($0.text) })
    return document.links.compactMap { link in
      guard !link.target.contains("://"), !link.target.hasPrefix("mailto:") else { return nil }
      if link.target.hasPrefix("#") {
        guard !anchors.contains(String(link.target.dropFirst())) else { return nil }
        return PageError(
          page: document.path, line: link.line, message: "no heading has the anchor \(link.target)")
      }
      let path = link.target.prefix { $0 != "#" }
      guard !FileManager.default.fileExists(atPath: folder + "/" + path) else { return nil }
      return PageError(
        page: document.path, line: link.line, message: "the link leads to no file: \(path)")
    }
  }
}

extension PageSession {
  /// What this run found to differ from the page: claims that do not hold, numbers out of tolerance.
  ///
  /// A smoke run learns nothing, so that its claims and numbers are not held against the page.
  func drift() -> [PageError] {
    guard !options.isQuick else { return [] }
    var faults = record.claims.filter { !$0.holds && $0.whyNot == nil }.map { claim in
      claim.source.failure("the claim “\(claim.id)” does not hold in this run: \(claim.here)")
    }
    guard options.isFull else { return faults }
    for value in document.values {
      guard let run = record.numbers[value.name], !value.agrees(with: run),
        !run.others.contains(value.text)
      else { continue }
      faults.append(
        PageError(
          page: document.path, line: value.line,
          message: "\(value.name) is \(run.text) in this run, and \(value.text) in the page"
            + " (\(PagePath.shown(run.source.file)):\(run.source.line))"))
    }
    return faults
  }

  /// What a check without a fault has compared.
  var checkedLine: String {
    func counted(_ count: Int, _ noun: String) -> String {
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    var parts = [
      counted(document.codeBlocks.filter { $0.file != nil }.count, "code block"),
      counted(record.cells.count, "cell"),
    ]
    if options.isFull { parts.append(counted(document.values.count, "number")) }
    if !options.isQuick { parts.append(counted(record.claims.count, "claim")) }
    return "\(document.path): \(parts.joined(separator: ", ")): no drift."
  }
}
