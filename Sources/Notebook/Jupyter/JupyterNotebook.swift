import Foundation

/// A chapter, as it ran, as a Jupyter notebook (nbformat 4.5).
///
/// The text becomes Markdown cells, code of the chapter's files becomes code cells, and the cells of
/// the page become the lines of the program that computed them, with their outputs.
struct JupyterNotebook {
  let document: Markdown.Document
  let record: RunRecord
  let options: ChapterOptions
  /// The page's folder, where its pictures are.
  let folder: String

  private struct Notebook: Encodable {
    let nbformat = 4
    let nbformat_minor = 5
    let metadata = Metadata()
    var cells: [Cell] = []
  }

  private struct Metadata: Encodable {
    struct Kernel: Encodable {
      let name = "swift"
      let display_name = "Swift"
      let language = "swift"
    }
    struct Language: Encodable {
      let name = "swift"
      let file_extension = ".swift"
      let mimetype = "text/x-swift"
    }
    let kernelspec = Kernel()
    let language_info = Language()
  }

  private struct Empty: Encodable {}

  private enum Cell: Encodable {
    case text(id: String, source: [String], attachments: [String: [String: String]])
    case code(id: String, source: [String], count: Int?, outputs: [Output])

    private enum Key: String, CodingKey {
      case id, cell_type, metadata, source, execution_count, outputs, attachments
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(Empty(), forKey: .metadata)
      switch self {
      case .text(let id, let source, let attachments):
        try container.encode(id, forKey: .id)
        try container.encode("markdown", forKey: .cell_type)
        try container.encode(source, forKey: .source)
        if !attachments.isEmpty { try container.encode(attachments, forKey: .attachments) }
      case .code(let id, let source, let count, let outputs):
        try container.encode(id, forKey: .id)
        try container.encode("code", forKey: .cell_type)
        try container.encode(source, forKey: .source)
        try container.encode(count, forKey: .execution_count)
        try container.encode(outputs, forKey: .outputs)
      }
    }
  }

  private struct Output: Encodable {
    let output_type = "display_data"
    let metadata = Empty()
    let data: [String: [String]]
  }

  /// The whole file.
  func json() throws(PageError) -> String {
    var notebook = Notebook()
    var text: [String] = []
    var attachments: [String: [String: String]] = [:]
    var executed = 0
    func id(_ kind: String) -> String { "\(kind)-\(notebook.cells.count + 1)" }
    func flush() {
      guard !text.isEmpty else { return }
      let lines = Self.lines(text.joined(separator: "\n"))
      notebook.cells.append(.text(id: id("text"), source: lines, attachments: attachments))
      text = []
      attachments = [:]
    }
    for block in document.blocks {
      switch block.content {
      case .code(let code) where code.file != nil:
        flush()
        let lines = ["// \(code.file ?? "")"] + code.lines
        notebook.cells.append(
          .code(
            id: id("code"), source: Self.lines(lines.joined(separator: "\n")), count: nil,
            outputs: []))
      case .cell(let cell):
        guard let index = record.cells.firstIndex(where: { $0.name == cell.name }) else { continue }
        flush()
        executed += 1
        notebook.cells.append(
          .code(
            id: id("cell"), source: source(of: index), count: executed,
            outputs: record.cells[index].output.map(Self.output)))
      case .heading(1, _):
        let notice = Markdown.Inline.text(RunNotice(options, document).written)
        text += markdown(block.content) + [""] + markdown(.paragraph([.emphasis([notice])]))
      case .heading(2, _):
        flush()
        text += markdown(block.content)
      default:
        if !text.isEmpty { text.append("") }
        if case .figure(let figure) = block.content {
          attachments[figure.path] = try attachment(figure, block)
          text.append("![\(figure.alternative)](attachment:\(figure.path))")
        } else {
          text += markdown(block.content)
        }
      }
    }
    flush()
    return try encoded(notebook)
  }

  private func encoded(_ notebook: Notebook) throws(PageError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(notebook), as: UTF8.self) + "\n"
    } catch {
      throw PageError(page: document.path, line: 0, message: "no notebook can be made: \(error)")
    }
  }

  private func markdown(_ content: Markdown.Content) -> [String] {
    if case .claims = content { return MarkdownWriter.lines(.table(Claim.table(record.claims))) }
    return MarkdownWriter.lines(content) { value in
      guard let run = record.numbers[value.name]?.text else { return value.text }
      return run == value.text || value.text.isEmpty ? run : "\(run) (page: \(value.text))"
    }
  }

  private func source(of index: Int) -> [String] {
    guard let code = record.code(of: index) else {
      return ["page.cell(\"\(record.cells[index].name)\")"]
    }
    return Self.lines(code.lines.joined(separator: "\n"))
  }

  private func attachment(
    _ figure: Markdown.Figure, _ block: Markdown.Block
  ) throws(PageError) -> [String: String] {
    guard let data = FileManager.default.contents(atPath: folder + "/" + figure.path) else {
      throw PageError(
        page: document.path, line: block.lines.lowerBound,
        message: "there is no picture \(figure.path)")
    }
    let kinds = ["svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"]
    let ending = figure.path.split(separator: ".").last.map(String.init) ?? ""
    return [kinds[ending] ?? "image/png": data.base64EncodedString()]
  }

  private static func output(_ shown: any Showable) -> Output {
    let style = TerminalStyle(width: 90, usesColour: false, usesUnicode: true)
    var data = ["text/plain": lines(shown.terminalLines(style).joined(separator: "\n"))]
    if let svg = shown.svg() {
      data["image/svg+xml"] = lines(svg)
    } else {
      data["text/html"] = lines(shown.html())
    }
    return Output(data: data)
  }

  /// A text as the format has it: lines that keep their ends.
  private static func lines(_ text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.enumerated().map { $0 + 1 < lines.count ? $1 + "\n" : $1 }
  }
}
