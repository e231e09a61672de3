/// Writes a formula as presentation MathML (MathML Core).
enum MathML {
  /// One element for a part of a formula.
  static func element(_ node: MathNode) -> String {
    switch node {
    case .row(let nodes): return row(nodes)
    case .identifier(let sign, let isUpright): return identifier(sign, isUpright)
    case .number(let digits): return "<mn>\(digits)</mn>"
    case .sign(let sign): return operatorElement(sign)
    case .function(let name, let hasLimits):
      // As an operator its limits can move below it; without limits it is a name.
      return hasLimits
        ? "<mo movablelimits=\"true\" lspace=\"0\" rspace=\"0\">\(markupEscaped(name))</mo>"
        : "<mi>\(markupEscaped(name))</mi>"
    case .text(let words): return "<mtext>\(spaced(words))</mtext>"
    case .fraction(let top, let bottom):
      return "<mfrac>\(element(top))\(element(bottom))</mfrac>"
    case .root(let inner, nil): return "<msqrt>\(element(inner))</msqrt>"
    case .root(let inner, let index?): return "<mroot>\(element(inner))\(element(index))</mroot>"
    case .scripts(let base, let lower, let upper): return scripts(base, lower, upper)
    case .accent(let accent, let inner):
      let stretches = accent.stretches ? "true" : "false"
      return "<mover accent=\"true\">\(element(inner))"
        + "<mo stretchy=\"\(stretches)\">\(accent.alone)</mo></mover>"
    case .fenced(let open, let inner, let close):
      return "<mrow>\(bracket(open, "prefix"))\(element(inner))\(bracket(close, "postfix"))</mrow>"
    case .brace(let isBelow, let inner, let label):
      return brace(isBelow, inner, label)
    case .table(let table): return self.table(table)
    case .space(let width):
      return "<mspace width=\"\(NumberText.trimmed(width, decimals: 3))em\"></mspace>"
    }
  }

  private static func row(_ nodes: [MathNode]) -> String {
    var result = "<mrow>"
    for (index, node) in nodes.enumerated() {
      if index > 0, isFunction(node), !opens(nodes[index - 1]) {
        result += "<mspace width=\"0.167em\"></mspace>"
      }
      result +=
        isPrefix(node, after: index > 0 ? nodes[index - 1] : nil)
        ? prefixOperator(node) : element(node)
      guard isFunction(node), index + 1 < nodes.count else { continue }
      // Nothing but f(x) says that a name is applied; before a bracket there is no gap.
      result += "<mo>\u{2061}</mo>"
      if !opens(nodes[index + 1]) { result += "<mspace width=\"0.167em\"></mspace>" }
    }
    return result + "</mrow>"
  }

  /// Whether an operator stands in front of a term, as in −x, rather than between two.
  private static func isPrefix(_ node: MathNode, after last: MathNode?) -> Bool {
    guard case .sign(let sign) = node, sign.role == .binary else { return false }
    switch last {
    case nil, .space?: return true
    case .sign(let before)?:
      return [.binary, .relation, .open, .punctuation].contains(before.role)
    default: return false
    }
  }

  private static func prefixOperator(_ node: MathNode) -> String {
    guard case .sign(let sign) = node else { return element(node) }
    return "<mo form=\"prefix\">\(markupEscaped(sign.unicode))</mo>"
  }

  /// Whether a part is a function's name, with or without its limits.
  private static func isFunction(_ node: MathNode) -> Bool {
    switch node {
    case .function: true
    case .scripts(.function, _, _): true
    default: false
    }
  }

  /// Whether a part needs no gap beside a function: a bracket, an operator or a space.
  private static func opens(_ node: MathNode) -> Bool {
    switch node {
    case .sign(let sign): sign.role != .ordinary && sign.role != .close
    case .scripts(.sign(let sign), _, _): sign.role == .open
    case .fenced, .space: true
    case .scripts(.fenced, _, _): true
    default: false
    }
  }

  private static func identifier(_ sign: MathSign, _ isUpright: Bool) -> String {
    // A single letter is slanted by itself unless it is said to be normal; a word is upright.
    let isPlain =
      sign.unicode.unicodeScalars.count == 1 && sign.unicode.unicodeScalars.first!.value < 0x2000
    let variant = isUpright && isPlain ? " mathvariant=\"normal\"" : ""
    return "<mi\(variant)>\(markupEscaped(sign.unicode))</mi>"
  }

  private static func operatorElement(_ sign: MathSign) -> String {
    let text = markupEscaped(sign.unicode)
    switch sign.role {
    case .ordinary:
      let isLetter = ["∞", "∂", "∇", "ℓ", "∅", "ℏ", "⊤", "⊥", "…", "⋯", "⋮", "⋱", "%"].contains(
        sign.unicode)
      return isLetter
        ? "<mi mathvariant=\"normal\">\(text)</mi>"
        : "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">\(text)</mo>"
    case .open: return "<mo form=\"prefix\" stretchy=\"false\">\(text)</mo>"
    case .close:
      // n!: no gap before the mark.
      return "<mo form=\"postfix\" stretchy=\"false\">\(text)</mo>"
    case .relation where sign.unicode == "|":
      return "<mo stretchy=\"false\" lspace=\"0.278em\" rspace=\"0.278em\">|</mo>"
    default: return "<mo>\(text)</mo>"
    }
  }

  private static func bracket(_ sign: MathSign?, _ form: String) -> String {
    guard let sign else { return "" }
    return
      "<mo form=\"\(form)\" fence=\"true\" stretchy=\"true\">\(markupEscaped(sign.unicode))</mo>"
  }

  private static func scripts(_ base: MathNode, _ lower: MathNode?, _ upper: MathNode?) -> String {
    var hasLimits = false
    switch base {
    case .sign(let sign): hasLimits = sign.role == .large
    case .function(_, let limits): hasLimits = limits
    default: break
    }
    let inside = element(base)
    switch (lower, upper) {
    case (let lower?, let upper?):
      let tag = hasLimits ? "munderover" : "msubsup"
      return "<\(tag)>\(inside)\(element(lower))\(element(upper))</\(tag)>"
    case (let lower?, nil):
      let tag = hasLimits ? "munder" : "msub"
      return "<\(tag)>\(inside)\(element(lower))</\(tag)>"
    case (nil, let upper?):
      let tag = hasLimits ? "mover" : "msup"
      return "<\(tag)>\(inside)\(element(upper))</\(tag)>"
    case (nil, nil): return inside
    }
  }

  private static func brace(_ isBelow: Bool, _ inner: MathNode, _ label: MathNode?) -> String {
    let tag = isBelow ? "munder" : "mover"
    let mark = isBelow ? "⏟" : "⏞"
    let braced = "<\(tag)>\(element(inner))<mo stretchy=\"true\">\(mark)</mo></\(tag)>"
    return label.map { "<\(tag)>\(braced)\(element($0))</\(tag)>" } ?? braced
  }

  private static func table(_ table: MathTable) -> String {
    func cells(_ style: (Int) -> String) -> String {
      table.rows.map { row in
        let cells = row.enumerated().map { index, cell in
          "<mtd\(style(index))>\(element(cell))</mtd>"
        }
        return "<mtr>\(cells.joined())</mtr>"
      }.joined()
    }
    switch table.kind {
    case .matrix(let open, let close):
      let body = "<mtable>\(cells { _ in "" })</mtable>"
      guard !open.isEmpty else { return body }
      return "<mrow><mo form=\"prefix\" fence=\"true\" stretchy=\"true\">\(open)</mo>\(body)"
        + "<mo form=\"postfix\" fence=\"true\" stretchy=\"true\">\(close)</mo></mrow>"
    case .cases:
      let body = cells { _ in " style=\"text-align:left\"" }
      return "<mrow><mo form=\"prefix\" fence=\"true\" stretchy=\"true\">{</mo>"
        + "<mtable>\(body)</mtable></mrow>"
    case .aligned:
      let body = cells { index in
        let side = index.isMultiple(of: 2) ? "right" : "left"
        // A cell's content is a block, which Chromium moves for the second form only.
        return " style=\"text-align:\(side);text-align:-webkit-\(side);"
          + "padding-left:0;padding-right:0\""
      }
      return "<mtable displaystyle=\"true\">\(body)</mtable>"
    }
  }

  /// Words whose outer spaces are kept.
  private static func spaced(_ words: String) -> String {
    markupEscaped(words).replacing(" ", with: "\u{A0}")
  }
}
