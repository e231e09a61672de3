/// Writes a formula in a line of text, in Unicode or in ASCII.
struct LinearFormula {
  let usesUnicode: Bool

  /// A written part and how it behaves towards its neighbours.
  private struct Piece {
    enum Role: Equatable {
      case ordinary, binary, relation, punctuation, open, close, space
      /// A function's name or a sum: a space or a bracket follows.
      case function
      /// Written with a sign of division: not clear beside everything.
      case quotient
    }

    var text: String
    var role: Role
    /// Whether it ends in letters below or above the line that are written on the line: p_data.
    var endsInScript = false
  }

  /// The formula, in several lines if it is aligned.
  func lines(_ node: MathNode) -> [String] {
    if case .table(let table) = node, table.kind == .aligned {
      return table.rows.map { row in Self.tidy(text(.row(row))) }
    }
    return [Self.tidy(text(node))]
  }

  private static func tidy(_ text: String) -> String {
    var view = Substring(text)
    while view.first == " " { view.removeFirst() }
    while view.last == " " { view.removeLast() }
    return String(view)
  }

  private func text(_ node: MathNode) -> String { join(pieces(node)) }

  private func spelled(_ sign: MathSign) -> String { usesUnicode ? sign.unicode : sign.ascii }

  // MARK: Parts

  private func pieces(_ node: MathNode) -> [Piece] {
    switch node {
    case .row(let nodes): return nodes.flatMap(pieces)
    case .identifier(let sign, _): return [Piece(text: spelled(sign), role: .ordinary)]
    case .number(let digits): return [Piece(text: digits, role: .ordinary)]
    case .sign(let sign): return [Piece(text: spelled(sign), role: role(of: sign))]
    case .function(let name, _): return [Piece(text: name, role: .function)]
    case .text(let words): return [Piece(text: words, role: .ordinary)]
    case .fraction(let top, let bottom): return [fraction(top, bottom)]
    case .root(let inner, let index): return [root(inner, index)]
    case .scripts(let base, let lower, let upper): return scripts(base, lower, upper)
    case .accent(let accent, let inner): return [accented(accent, inner)]
    case .fenced(let open, let inner, let close):
      let inside = Self.tidy(text(inner))
      return [
        Piece(text: open.map(spelled) ?? "", role: .open), Piece(text: inside, role: .ordinary),
        Piece(text: close.map(spelled) ?? "", role: .close),
      ]
    case .brace(_, let inner, let label):
      guard let label else { return pieces(inner) }
      return pieces(inner) + [Piece(text: " [\(Self.tidy(text(label)))]", role: .close)]
    case .table(let table): return [Piece(text: tableText(table), role: .ordinary)]
    case .space(let width):
      guard width > 0 else { return [] }
      let count = width >= 2 ? 4 : width >= 1 ? 2 : 1
      return [Piece(text: String(repeating: " ", count: count), role: .space)]
    }
  }

  private func role(of sign: MathSign) -> Piece.Role {
    switch sign.role {
    case .ordinary: .ordinary
    case .binary: .binary
    case .relation: .relation
    case .punctuation: .punctuation
    case .open: .open
    case .close: .close
    case .large, .integral: .function
    }
  }

  private func fraction(_ top: MathNode, _ bottom: MathNode) -> Piece {
    let (above, below) = (Self.tidy(text(top)), Self.tidy(text(bottom)))
    let isProduct = Self.isProduct(bottom)
    let left = Self.isOneThing(above) ? above : "(\(above))"
    let right = Self.isOneThing(below) && !isProduct ? below : "(\(below))"
    let isShort = left.count + right.count <= 12 && left == above && right == below
    return Piece(text: isShort ? "\(left)/\(right)" : "\(left) / \(right)", role: .quotient)
  }

  /// Whether several things stand beside each other, so that a sign of division before them is unclear.
  private static func isProduct(_ node: MathNode) -> Bool {
    guard case .row(let nodes) = node else { return false }
    let factors = nodes.filter { node in
      switch node {
      case .identifier, .number, .fraction, .root, .accent, .scripts: true
      default: false
      }
    }
    // f(x) is one thing: a name with its brackets.
    return factors.count > 1 && !(nodes.count > 2 && Self.isCall(nodes))
  }

  private static func isCall(_ nodes: [MathNode]) -> Bool {
    guard case .sign(let sign) = nodes[1], sign.role == .open, case .sign(let end)? = nodes.last
    else { return false }
    return end.role == .close
  }

  /// Whether a text can be divided or raised without brackets: no space and no slash outside of them.
  private static func isOneThing(_ text: String) -> Bool {
    var depth = 0
    for character in text {
      if "([{⟨".contains(character) { depth += 1 }
      if ")]}⟩".contains(character) { depth -= 1 }
      if depth == 0 && (character == " " || character == "/") { return false }
    }
    return !text.isEmpty
  }

  /// Whether a text is one letter, a number, or stands in one pair of brackets.
  private static func isAtom(_ text: String) -> Bool {
    text.count == 1 || text.allSatisfy { $0.isNumber } || text.allSatisfy { $0.isLetter }
  }

  private func root(_ inner: MathNode, _ index: MathNode?) -> Piece {
    let inside = Self.tidy(text(inner))
    let order = index.map { Self.tidy(text($0)) }
    guard usesUnicode else {
      let name = order.map { "root_\($0)" } ?? "sqrt"
      return Piece(text: "\(name)(\(inside))", role: .ordinary)
    }
    let mark = order.map { (MathAlphabets.raised($0) ?? "\($0)-") + "√" } ?? "√"
    return Piece(text: mark + (Self.isAtom(inside) ? inside : "(\(inside))"), role: .ordinary)
  }

  private func accented(_ accent: MathAccent, _ inner: MathNode) -> Piece {
    let letter = Self.tidy(text(inner))
    if usesUnicode && letter.count == 1 {
      return Piece(text: letter + accent.combining, role: .ordinary)
    }
    return Piece(text: "\(accent.name)(\(letter))", role: .ordinary)
  }

  private func tableText(_ table: MathTable) -> String {
    let rows = table.rows.map { $0.map { Self.tidy(text($0)) } }
    switch table.kind {
    case .matrix(let open, let close):
      let body = rows.map { $0.joined(separator: ", ") }.joined(separator: "; ")
      let (left, right) =
        usesUnicode ? (open, close) : (open == "‖" ? "||" : open, close == "‖" ? "||" : close)
      return open.isEmpty ? "[\(body)]" : left + body + right
    case .cases:
      let body = rows.map { row in
        row.enumerated().reduce("") { line, cell in
          cell.offset == 0 ? cell.element : line + (line.hasSuffix(",") ? " " : ", ") + cell.element
        }
      }
      return "{ " + body.joined(separator: "; ") + " }"
    case .aligned:
      return table.rows.map { Self.tidy(text(.row($0))) }.joined(separator: "; ")
    }
  }

  // MARK: Scripts

  private func scripts(_ base: MathNode, _ lower: MathNode?, _ upper: MathNode?) -> [Piece] {
    var parts = pieces(base)
    var head = join(parts)
    var role: Piece.Role = .ordinary
    if parts.count == 1 { role = parts[0].role == .quotient ? .ordinary : parts[0].role }
    // A power of a product or a fraction needs its brackets: (a/b)².
    let needsBrackets: Bool
    if case .fenced = base {
      needsBrackets = false
    } else {
      needsBrackets = parts.count > 1 || parts.first?.role == .quotient
    }
    if needsBrackets && !Self.isAtom(head) && upper != nil { head = "(\(Self.tidy(head)))" }
    if let lower {
      let letters = Self.compact(Self.tidy(text(lower)))
      head += script(letters, mark: "_", isOneName(lower), MathAlphabets.lowered)
    }
    if let upper {
      let letters = Self.compact(Self.tidy(text(upper)))
      if letters == "⊤" || letters == "T", case .sign = upper {
        head += usesUnicode ? "ᵀ" : "^T"
      } else if letters.allSatisfy({ $0 == "′" || $0 == "'" }), !letters.isEmpty {
        head += letters
      } else {
        head += script(letters, mark: "^", isOneName(upper), MathAlphabets.raised)
      }
    }
    if case .fenced = base {
      // The closing bracket carries the script; the opening one still opens.
      parts = [Piece(text: head, role: .close)]
      return [Piece(text: "", role: .open)] + parts
    }
    return [Piece(text: head, role: role, endsInScript: Self.endsOnTheLine(head))]
  }

  /// Scripts are short: the spaces around their signs go, those between words stay.
  private static func compact(_ text: String) -> String {
    let characters = Array(text)
    return String(
      characters.indices.filter { index in
        guard characters[index] == " ", index > 0, index + 1 < characters.count else { return true }
        let (before, after) = (characters[index - 1], characters[index + 1])
        return (before.isLetter || before.isNumber) && (after.isLetter || after.isNumber)
      }.map { characters[$0] })
  }

  private func isOneName(_ node: MathNode) -> Bool {
    switch node {
    case .identifier, .text, .number: true
    default: false
    }
  }

  private func script(
    _ letters: String, mark: String, _ isOneName: Bool, _ map: (String) -> String?
  ) -> String {
    if letters.isEmpty { return "" }
    if usesUnicode, let mapped = map(letters) { return mapped }
    let isBare =
      letters.count == 1
      || isOneName && letters.allSatisfy { $0.isLetter || $0.isNumber }
    return isBare ? mark + letters : "\(mark){\(letters)}"
  }

  private static func endsOnTheLine(_ text: String) -> Bool {
    guard let mark = text.lastIndex(where: { $0 == "_" || $0 == "^" }) else { return false }
    return text[text.index(after: mark)...].allSatisfy { $0.isLetter || $0.isNumber }
  }

  // MARK: Spaces

  private func join(_ pieces: [Piece]) -> String {
    var line = ""
    var last: Piece?
    var isAfterOperator = true
    for var piece in pieces {
      if piece.role == .binary && (isAfterOperator || piece.text == "") {
        // A sign in front of a term, as in −x, not between two.
        piece.role = .open
      }
      if piece.role == .quotient, last?.role == .function {
        piece.text = "(\(piece.text))"
        line += piece.text
      } else {
        line = line + gap(last, piece, line) + piece.text
      }
      switch piece.role {
      case .binary, .relation, .open, .punctuation: isAfterOperator = true
      case .space: break
      default: isAfterOperator = false
      }
      if piece.role != .open || !piece.text.isEmpty { last = piece }
    }
    return line
  }

  /// What separates two parts: nothing, or a space.
  private func gap(_ last: Piece?, _ next: Piece, _ line: String) -> String {
    guard let last, !line.isEmpty, line.last != " ", next.role != .space else { return "" }
    if [next.role, last.role].contains(.relation) { return " " }
    if [next.role, last.role].contains(.binary) { return " " }
    if next.role == .punctuation { return "" }
    if last.role == .punctuation { return " " }
    if last.role == .function { return next.role == .open && next.text.hasPrefix("(") ? "" : " " }
    if next.role == .function {
      return last.role == .open || last.text.hasSuffix("(") ? "" : " "
    }
    if last.role == .open || next.role == .close { return "" }
    if next.role == .ordinary, last.endsInScript || last.role == .close,
      next.text.first.map({ $0.isLetter || $0.isNumber || $0.isMathSymbol }) == true
    {
      return " "
    }
    if next.role == .quotient || last.role == .quotient { return " " }
    return Self.wouldRunTogether(last.text, next.text) ? " " : ""
  }

  /// Whether two names of which one has several letters would read as one word.
  private static func wouldRunTogether(_ left: String, _ right: String) -> Bool {
    guard let end = left.last, let start = right.first, end.isLetter || end.isNumber,
      start.isLetter
    else { return false }
    // Letters of mathematical alphabets, and those above and below the line, show where a name ends.
    let before = left.reversed().prefix { $0.isASCII && $0.isLetter }.count
    let after = right.prefix { $0.isASCII && $0.isLetter }.count
    return before > 1 || after > 1
  }
}
