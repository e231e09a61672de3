import Foundation

/// A chapter, as it ran, as one web page that needs neither network nor script.
struct WebPage {
  let document: Markdown.Document
  let record: RunRecord
  let options: ChapterOptions
  /// The page's folder, where its pictures are.
  let folder: String

  /// The whole file.
  func html() throws(PageError) -> String {
    var body: [String] = []
    for block in document.blocks.dropFirst() { body.append(try html(block)) }
    let title = markupEscaped(document.title)
    let contents = self.contents
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title) – SelfTaught</title>
      <style>
      \(WebPageStyle.css)
      \(Highlighter.css)
      </style>
      </head>
      <body>
      <a class="skip" href="#text">Skip to the text</a>
      <nav class="side" aria-label="Contents">
      \(contents)
      </nav>
      <main id="text">
      <header>
      <p class="course">SelfTaught <span>a course on self-supervised learning in Swift</span></p>
      <h1>\(title)</h1>
      <p class="run">\(markupEscaped(runLine))</p>
      </header>
      <details class="top"><summary>Contents</summary>
      <nav aria-label="Contents">
      \(contents)
      </nav>
      </details>
      \(body.filter { !$0.isEmpty }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private var runLine: String {
    RunNotice(options, document).written + " What the program computed is marked by a bar."
  }

  private var contents: String {
    let items = document.headings.dropFirst().filter { $0.level == 2 }.map { heading in
      "<li><a href=\"#\(markupEscaped(Markdown.anchor(heading.text)))\">"
        + "\(markupEscaped(Markdown.plainText(heading.text)))</a></li>"
    }
    return "<ol>\n\(items.joined(separator: "\n"))\n</ol>"
  }

  // MARK: Blocks

  private func html(_ blocks: [Markdown.Block], isTight: Bool = false) throws(PageError) -> String {
    var result: [String] = []
    for block in blocks {
      if isTight, case .paragraph(let text) = block.content {
        result.append(try inline(text, block))
      } else {
        result.append(try html(block))
      }
    }
    return result.joined(separator: "\n")
  }

  private func html(_ block: Markdown.Block) throws(PageError) -> String {
    switch block.content {
    case .heading(let level, let text):
      let anchor = markupEscaped(Markdown.anchor(text))
      return "<h\(level) id=\"\(anchor)\">\(try inline(text, block))</h\(level)>"
    case .paragraph(let text): return "<p>\(try inline(text, block))</p>"
    case .figure(let figure): return try picture(figure, block)
    case .list(let list):
      let tag = list.start == nil ? "ul" : "ol"
      let start = list.start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
      var items: [String] = []
      for item in list.items {
        items.append("<li>\(try html(item, isTight: !list.isLoose))</li>")
      }
      return "<\(tag)\(start)>\n\(items.joined(separator: "\n"))\n</\(tag)>"
    case .table(let table): return try html(table, block)
    case .quote(let blocks): return "<blockquote>\n\(try html(blocks))\n</blockquote>"
    case .code(let code): return html(code)
    case .mathematics(let formula):
      return try display(formula, block)
    case .rule: return "<hr>"
    case .cell(let cell): return html(cell)
    case .claims:
      let table = try html(Claim.table(record.claims), block)
      return "<section class=\"output claims\" aria-label=\"Claims\">\n\(table)\n</section>"
    }
  }

  private func html(
    _ table: Markdown.Table, _ block: Markdown.Block
  ) throws(PageError) -> String {
    func row(_ cells: [[Markdown.Inline]], _ tag: String) throws(PageError) -> String {
      var result = ""
      for (cell, alignment) in zip(cells, table.alignments) {
        let kind =
          switch alignment {
          case .leading: ""
          case .centre: " class=\"centre\""
          case .trailing: " class=\"number\""
          }
        let scope = tag == "th" ? " scope=\"col\"" : ""
        result += "<\(tag)\(scope)\(kind)>\(try inline(cell, block))</\(tag)>"
      }
      return "<tr>\(result)</tr>"
    }
    var rows: [String] = []
    for cells in table.rows { rows.append(try row(cells, "td")) }
    let head = try row(table.header, "th")
    return scrolling(
      "<table>\n<thead>\(head)</thead>\n<tbody>\n\(rows.joined(separator: "\n"))\n</tbody>\n</table>",
      "Table")
  }

  /// A box that scrolls by itself where its content is wider than the page.
  private func scrolling(_ html: String, _ label: String) -> String {
    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(label)\">\(html)</div>"
  }

  private func html(_ code: Markdown.Code) -> String {
    let text = Highlighter.html(code.lines.joined(separator: "\n"), language: code.language)
    let label = code.file.map(markupEscaped) ?? (code.isSketch ? "sketch" : "")
    let caption = label.isEmpty ? "" : "<figcaption>\(label)</figcaption>"
    let name = label.isEmpty ? "Code" : "Code: \(label)"
    return "<figure class=\"code\">\(caption)<pre tabindex=\"0\" role=\"region\" "
      + "aria-label=\"\(name)\"><code>\(text)</code></pre></figure>"
  }

  // MARK: Output

  private func html(_ cell: Markdown.Cell) -> String {
    guard let index = record.cells.firstIndex(where: { $0.name == cell.name }) else { return "" }
    let shown = record.cells[index].output.enumerated().map { number, item -> String in
      guard let svg = item.svg() else { return scrolling(item.html(), "Output") }
      let id = "\(cell.name)-\(number + 1)".replacing(".", with: "-")
      return "<figure>\(scrolling(EmbeddedSVG.html(svg, prefix: id), "Figure"))"
        + "<figcaption>\(markupEscaped(item.summary))</figcaption></figure>"
    }.joined(separator: "\n")
    var source = ""
    if let code = record.code(of: index) {
      let text = Highlighter.html(code.lines.joined(separator: "\n"), language: "swift")
      source =
        "\n<details class=\"source\"><summary>The program’s lines: "
        + "\(markupEscaped(code.file)), from line \(code.firstLine)</summary>"
        + "<pre tabindex=\"0\"><code>\(text)</code></pre></details>"
    }
    return "<section class=\"output\" aria-label=\"Output of the program: \(cell.name)\">\n"
      + shown + source + "\n</section>"
  }

  private func picture(
    _ figure: Markdown.Figure, _ block: Markdown.Block
  ) throws(PageError) -> String {
    let caption = "<figcaption>\(markupEscaped(figure.alternative))</figcaption>"
    let path = folder + "/" + figure.path
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PageError(
        page: document.path, line: block.lines.lowerBound,
        message: "there is no picture \(figure.path)")
    }
    if figure.path.hasSuffix(".svg") {
      let svg = EmbeddedSVG.html(
        String(decoding: data, as: UTF8.self), prefix: "line-\(block.lines.lowerBound)")
      return "<figure>\(scrolling(svg, "Figure"))\(caption)</figure>"
    }
    let kind = figure.path.hasSuffix(".png") ? "png" : "jpeg"
    return "<figure><img alt=\"\(markupEscaped(figure.alternative))\" "
      + "src=\"data:image/\(kind);base64,\(data.base64EncodedString())\">\(caption)</figure>"
  }

  // MARK: Text

  private func inline(
    _ inlines: [Markdown.Inline], _ block: Markdown.Block
  ) throws(PageError) -> String {
    var result = ""
    for inline in inlines {
      switch inline {
      case .text(let text): result += markupEscaped(text)
      case .emphasis(let inner): result += "<em>\(try self.inline(inner, block))</em>"
      case .strong(let inner): result += "<strong>\(try self.inline(inner, block))</strong>"
      case .code(let code): result += "<code>\(markupEscaped(code))</code>"
      case .link(let inner, let target):
        let text = try self.inline(inner, block)
        // What stands beside the page in the project is out of this file's reach.
        let isReachable = target.contains("://") || target.hasPrefix("#")
        result +=
          isReachable
          ? "<a href=\"\(markupEscaped(target))\">\(text)</a>"
          : "<span class=\"local\">\(text)</span>"
      case .mathematics(let formula):
        result += try PageMathematics.mathML(
          formula, page: document.path, line: block.lines.lowerBound)
      case .value(let value): result += html(value)
      }
    }
    return result
  }

  private func html(_ value: Markdown.Value) -> String {
    let run = record.numbers[value.name]?.text ?? value.text
    let number = "<span class=\"live\">\(markupEscaped(run))</span>"
    guard run != value.text, !value.text.isEmpty else { return number }
    return "\(number) <span class=\"before\">(page: \(markupEscaped(value.text)))</span>"
  }

  /// Formulas beside each other; where the page is narrow they stand below each other.
  private func display(
    _ formula: String, _ block: Markdown.Block
  ) throws(PageError) -> String {
    let parts = try PageMathematics.displayedMathML(
      formula, page: document.path, line: block.lines.lowerBound)
    let kind = parts.count > 1 ? "formula parts scroll" : "formula scroll"
    return "<div class=\"\(kind)\">\(parts.joined(separator: "\n"))</div>"
  }
}
