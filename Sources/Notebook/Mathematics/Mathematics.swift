/// Formulas in the part of TeX that the course uses, for terminals and for web pages.
///
/// Known: fractions, roots, sub- and superscripts, accents, Greek letters, the usual operators, relations
/// and arrows, functions, sums and integrals with limits, alphabets (`\mathbf`, `\mathbb`, `\mathcal`,
/// `\mathrm`, `\text`), `\left … \right`, matrices, `cases`, `aligned` and spaces. Anything else is an
/// error with its place: a formula is never shown with a part missing.
public enum Mathematics {
  /// The formula in one line of Unicode: `x₁²`, `∑ᵢ exp(zᵢ/τ)`.
  ///
  /// The rows of `aligned` follow each other after semicolons.
  public static func unicode(_ tex: String) throws -> String {
    try unicodeLines(tex).joined(separator: ";  ")
  }

  /// The formula in Unicode, a line for each row where the whole formula is `aligned` or `gathered`.
  public static func unicodeLines(_ tex: String) throws -> [String] {
    LinearFormula(usesUnicode: true).lines(try parse(tex))
  }

  /// The formula in one line of ASCII: `x_1^2`, `sum_i exp(z_i/tau)`.
  public static func ascii(_ tex: String) throws -> String {
    try asciiLines(tex).joined(separator: ";  ")
  }

  /// The formula in ASCII, a line for each row where the whole formula is `aligned` or `gathered`.
  public static func asciiLines(_ tex: String) throws -> [String] {
    LinearFormula(usesUnicode: false).lines(try parse(tex))
  }

  /// The formula as a `<math>` element, with the TeX source as annotation.
  ///
  /// With `display` it stands in a line of its own, and limits stand above and below their sums.
  public static func mathML(_ tex: String, display: Bool) throws -> String {
    try mathElement(MathML.element(parse(tex)), source: tex.trimmed, display: display)
  }

  /// The displayed formula as one `<math>` element for each of the formulas that stand beside each
  /// other in it, `\quad` or more apart: where there is no room they can stand below each other.
  ///
  /// The first element has the TeX source of all.
  public static func displayedMathML(_ tex: String) throws -> [String] {
    parts(of: try parse(tex)).enumerated().map { index, part in
      mathElement(
        MathML.element(part), source: index == 0 ? tex.trimmed : nil, display: true)
    }
  }

  private static func mathElement(_ body: String, source: String?, display: Bool) -> String {
    let annotation = source.map {
      "<annotation encoding=\"application/x-tex\">\(markupEscaped($0))</annotation>"
    }
    return "<math xmlns=\"http://www.w3.org/1998/Math/MathML\""
      + (display ? " display=\"block\"" : "") + ">"
      + (annotation.map { "<semantics>\(body)\($0)</semantics>" } ?? body) + "</math>"
  }

  /// The formulas between a row's wide spaces; all of it where there are none.
  private static func parts(of node: MathNode) -> [MathNode] {
    guard case .row(let nodes) = node else { return [node] }
    let parts = nodes.split { node in
      if case .space(let width) = node { return width >= 1 }
      return false
    }
    return parts.count > 1 ? parts.map { .row(Array($0)) } : [node]
  }

  static func parse(_ tex: String) throws -> MathNode {
    var parser = MathParser(tex)
    return try parser.formula()
  }
}

/// A formula that cannot be read: where, and why.
public struct MathematicsError: Error, Equatable, CustomStringConvertible {
  /// The formula.
  public let tex: String
  /// The place in the formula, counted in characters from 1.
  public let position: Int
  /// What is wrong there.
  public let reason: String

  /// Formula, place and reason in one line.
  public var description: String { "formula $\(tex)$, character \(position): \(reason)" }
}

extension String {
  /// The text without white space at both ends.
  fileprivate var trimmed: String {
    var view = Substring(self)
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}
