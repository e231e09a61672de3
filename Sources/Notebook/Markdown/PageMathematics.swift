/// The formulas of a page, where a sign that cannot be set is a fault with its line.
enum PageMathematics {
  /// A formula of a line of text as MathML.
  static func mathML(_ formula: String, page: String, line: Int) throws(PageError) -> String {
    do {
      return try Mathematics.mathML(formula, display: false)
    } catch {
      throw PageError(page: page, line: line, message: "\(error)")
    }
  }

  /// A formula on lines of its own as MathML: an element for each of the formulas in it.
  static func displayedMathML(
    _ formula: String, page: String, line: Int
  ) throws(PageError) -> [String] {
    do {
      return try Mathematics.displayedMathML(formula)
    } catch {
      throw PageError(page: page, line: line, message: "\(error)")
    }
  }

  /// The formula in lines for a terminal.
  static func lines(_ formula: String, _ style: TerminalStyle) -> [String] {
    // A formula that cannot be written so was reported when the page was opened.
    let lines =
      style.usesUnicode
      ? try? Mathematics.unicodeLines(formula) : try? Mathematics.asciiLines(formula)
    return lines ?? [formula]
  }

  /// Sees that every formula of a page can be set.
  static func check(_ document: Markdown.Document) throws(PageError) {
    for (formula, line) in document.formulas {
      _ = try mathML(formula, page: document.path, line: line)
    }
  }
}

extension Markdown.Document {
  /// The formulas of the text, with the first lines of the blocks in which they stand.
  var formulas: [(tex: String, line: Int)] {
    Markdown.allBlocks(blocks).flatMap { block -> [(tex: String, line: Int)] in
      let line = block.lines.lowerBound
      if case .mathematics(let formula) = block.content { return [(formula, line)] }
      return Markdown.ownInlines(of: block).flatMap(Markdown.formulas).map { ($0, line) }
    }
  }
}
