/// Reads a formula.
struct MathParser {
  /// What ends a row.
  private enum End: Equatable {
    case formula, brace, bracket, right
    /// Inside `\begin … \end`: a cell also ends at `&` and `\\`.
    case cell
  }

  private let tex: String
  private let characters: [Character]
  private var position = 0

  init(_ tex: String) {
    self.tex = tex
    characters = Array(tex)
  }

  /// The whole formula.
  mutating func formula() throws -> MathNode {
    let node = try row(until: .formula)
    skipSpaces()
    guard position == characters.count else { throw error("unexpected \(characters[position])") }
    return node
  }

  private func error(_ reason: String, at place: Int? = nil) -> MathematicsError {
    MathematicsError(tex: tex, position: (place ?? position) + 1, reason: reason)
  }

  private mutating func skipSpaces() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  private func sees(_ text: String) -> Bool {
    characters[position...].starts(with: text)
  }

  /// Whether what comes is a command, and not the beginning of a longer one.
  private func seesCommand(_ name: String) -> Bool {
    guard sees("\\" + name) else { return false }
    let after = position + name.count + 1
    return after >= characters.count || !characters[after].isLetter
  }

  private mutating func row(until end: End) throws -> MathNode {
    var nodes: [MathNode] = []
    let start = position
    while true {
      skipSpaces()
      guard position < characters.count else {
        if end == .formula { break }
        throw error("the end is missing: opened here", at: max(0, start - 1))
      }
      let next = characters[position]
      if next == "}" {
        if end == .brace { break }
        throw error("a } without its {")
      }
      if end == .bracket && next == "]" { break }
      if seesCommand("right") {
        if end == .right { break }
        throw error("\\right without its \\left")
      }
      if next == "&" || sees("\\\\") || seesCommand("end") {
        if end == .cell { break }
        throw error(
          seesCommand("end")
            ? "\\end without its \\begin" : "\(next == "&" ? "&" : "\\\\") outside \\begin … \\end")
      }
      try appendScripted(to: &nodes)
    }
    return nodes.count == 1 ? nodes[0] : .row(nodes)
  }

  /// Reads one part and the scripts that follow it.
  private mutating func appendScripted(to nodes: inout [MathNode]) throws {
    let next = characters[position]
    let base: MathNode?
    if "^_'".contains(next) {
      // Scripts of nothing, as in {}^2.
      base = .row([])
    } else {
      base = try atom()
    }
    guard let base else { return }
    var lower: MathNode?
    var upper: MathNode?
    while true {
      skipSpaces()
      guard position < characters.count, "^_'".contains(characters[position]) else { break }
      let place = position
      let mark = characters[position]
      if mark == "'" {
        var primes: [MathNode] = []
        while position < characters.count, characters[position] == "'" {
          primes.append(.sign(MathSign("′", "'")))
          position += 1
        }
        guard upper == nil else { throw error("a second superscript", at: place) }
        upper = primes.count == 1 ? primes[0] : .row(primes)
        continue
      }
      position += 1
      let script = try argument(of: String(mark))
      if mark == "^" {
        // x'^2 means both above the line.
        if let prime = upper, characters[place - 1] == "'" {
          upper = .row([prime, script])
          continue
        }
        guard upper == nil else { throw error("a second superscript", at: place) }
        upper = script
      } else {
        guard lower == nil else { throw error("a second subscript", at: place) }
        lower = script
      }
    }
    if case .brace(let isBelow, let inner, nil) = base, let label = isBelow ? lower : upper {
      nodes.append(.brace(isBelow: isBelow, inner, label: label))
    } else if lower != nil || upper != nil {
      nodes.append(.scripts(base: base, lower: lower, upper: upper))
    } else {
      nodes.append(base)
    }
  }

  /// What a command or a script takes: a group in braces, or a single part.
  private mutating func argument(of name: String) throws -> MathNode {
    skipSpaces()
    guard position < characters.count, !"}&^_".contains(characters[position]) else {
      throw error("\(name) needs something after it")
    }
    if characters[position] == "{" { return try group() }
    // x^12 is x to the one, then 2: one digit only.
    if characters[position].isASCII && characters[position].isNumber {
      position += 1
      return .number(String(characters[position - 1]))
    }
    guard let node = try atom() else { throw error("\(name) needs something after it") }
    return node
  }

  private mutating func group() throws -> MathNode {
    position += 1
    let node = try row(until: .brace)
    position += 1
    return node
  }

  /// One part without its scripts; nil for a command that shows nothing.
  private mutating func atom() throws -> MathNode? {
    let next = characters[position]
    if next == "{" { return try group() }
    if next == "\\" { return try command() }
    if next == "~" {
      position += 1
      return .space(0.25)
    }
    if next.isASCII && next.isNumber {
      var text = ""
      while position < characters.count {
        let digit = characters[position]
        let isPoint =
          digit == "." && position + 1 < characters.count && characters[position + 1].isNumber
        guard digit.isASCII, digit.isNumber || isPoint else { break }
        text.append(digit)
        position += 1
      }
      return .number(text)
    }
    position += 1
    if let sign = MathSymbols.characters[next] { return .sign(sign) }
    if next.isLetter { return .identifier(letter(String(next)), isUpright: false) }
    position -= 1
    throw error(
      next == "%" || next == "#" || next == "$"
        ? "\(next) has a meaning of its own in TeX; write \\\(next)" : "\(next) is not known here")
  }

  private func letter(_ text: String) -> MathSign {
    let name = MathSymbols.greek.first { $0.value == text }?.key
    return MathSign(text, name ?? text)
  }

  private mutating func command() throws -> MathNode? {
    let start = position
    let name = try commandName()
    if let letter = MathSymbols.greek[name] {
      return .identifier(
        MathSign(letter, name.hasPrefix("var") ? String(name.dropFirst(3)) : name),
        isUpright: name.first?.isUppercase == true)
    }
    if let sign = MathSymbols.signs[name] { return .sign(sign) }
    if let hasLimits = MathSymbols.functions[name] {
      let text = ["argmax": "arg max", "argmin": "arg min"][name] ?? name
      return .function(text, hasLimits: hasLimits)
    }
    if let accent = MathSymbols.accents[name] {
      return .accent(accent, try argument(of: "\\" + name))
    }
    if let width = MathSymbols.spaces[name] { return .space(width) }
    if MathSymbols.withoutEffect.contains(name) { return nil }
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac":
      return .fraction(try argument(of: "\\" + name), try argument(of: "\\" + name))
    case "binom":
      let rows = [[try argument(of: "\\binom")], [try argument(of: "\\binom")]]
      return .table(MathTable(kind: .matrix(open: "(", close: ")"), rows: rows))
    case "sqrt": return try root()
    case "operatorname":
      let hasLimits = position < characters.count && characters[position] == "*"
      if hasLimits { position += 1 }
      return .function(try words(of: "\\operatorname"), hasLimits: hasLimits)
    case "text", "textrm", "mbox", "textit", "textbf": return .text(try words(of: "\\" + name))
    case "mathrm", "mathbf", "mathbb", "mathcal", "mathscr", "mathsf", "mathtt", "mathfrak",
      "mathit", "boldsymbol", "bm", "pmb":
      return Self.inAlphabet(name, try argument(of: "\\" + name))
    case "underbrace", "overbrace":
      return .brace(
        isBelow: name == "underbrace", try argument(of: "\\" + name), label: nil)
    case "left": return try fenced()
    case "middle": return .sign(try delimiter() ?? MathSign("", ""))
    case "begin": return try environment(start)
    default:
      throw error("\\\(name) is not known here", at: start)
    }
  }

  private mutating func commandName() throws -> String {
    position += 1
    guard position < characters.count else { throw error("a command without a name") }
    guard characters[position].isASCII && characters[position].isLetter else {
      position += 1
      return String(characters[position - 1])
    }
    var name = ""
    while position < characters.count, characters[position].isASCII, characters[position].isLetter {
      name.append(characters[position])
      position += 1
    }
    return name
  }

  /// The words in braces after a command, with their spaces.
  private mutating func words(of name: String) throws -> String {
    skipSpaces()
    guard position < characters.count, characters[position] == "{" else {
      throw error("\(name) needs words in braces")
    }
    let start = position
    position += 1
    var text = ""
    while position < characters.count, characters[position] != "}" {
      let next = characters[position]
      if next == "\\" {
        let place = position
        let escaped = try commandName()
        guard ["%", "#", "&", "$", "_", "{", "}", " ", ","].contains(escaped) else {
          throw error("\\\(escaped) is not known inside \(name)", at: place)
        }
        text += escaped == "," ? " " : escaped
        continue
      }
      guard !"{$".contains(next) else { throw error("\(next) cannot stand inside \(name)") }
      text.append(next == "~" ? "\u{A0}" : next)
      position += 1
    }
    guard position < characters.count else {
      throw error("the end is missing: opened here", at: start)
    }
    position += 1
    return text
  }

  private mutating func root() throws -> MathNode {
    skipSpaces()
    var index: MathNode?
    if position < characters.count, characters[position] == "[" {
      position += 1
      index = try row(until: .bracket)
      position += 1
    }
    return .root(try argument(of: "\\sqrt"), index: index)
  }

  private mutating func fenced() throws -> MathNode {
    let open = try delimiter()
    let inner = try row(until: .right)
    position += "\\right".count
    return .fenced(open: open, inner, close: try delimiter())
  }

  /// The bracket after `\left` or `\right`; nil for the point that stands for none.
  private mutating func delimiter() throws -> MathSign? {
    skipSpaces()
    let place = position
    guard position < characters.count else { throw error("a bracket is missing") }
    let next = characters[position]
    if next == "\\" {
      let name = try commandName()
      guard let sign = MathSymbols.signs[name] else {
        throw error("\\\(name) is no bracket", at: place)
      }
      return sign
    }
    position += 1
    if next == "." { return nil }
    guard let sign = MathSymbols.characters[next], "()[]|/<>".contains(next) else {
      throw error("\(next) is no bracket", at: place)
    }
    return next == "<" ? MathSign("⟨", "<", .open) : next == ">" ? MathSign("⟩", ">", .close) : sign
  }

  private mutating func environment(_ start: Int) throws -> MathNode {
    let name = try words(of: "\\begin")
    guard let kind = MathSymbols.environments[name] else {
      throw error("\\begin{\(name)} is not known here", at: start)
    }
    if name == "array" { _ = try words(of: "\\begin{array}") }
    var rows: [[MathNode]] = [[]]
    while true {
      let cell = try row(until: .cell)
      rows[rows.count - 1].append(cell)
      if characters[position] == "&" {
        position += 1
      } else if sees("\\\\") {
        position += 2
        rows.append([])
      } else {
        break
      }
    }
    let place = position
    position += "\\end".count
    let closing = try words(of: "\\end")
    guard closing == name else {
      throw error("\\end{\(closing)} where \\end{\(name)} belongs", at: place)
    }
    // A line break after the last row begins no further row.
    if let last = rows.last, last.allSatisfy({ $0 == .row([]) }) { rows.removeLast() }
    return .table(MathTable(kind: kind, rows: rows))
  }

  /// The letters of a part in another alphabet.
  private static func inAlphabet(_ command: String, _ node: MathNode) -> MathNode {
    switch node {
    case .identifier(let sign, _):
      let letter = sign.unicode.map { MathAlphabets.letter($0, command: command) ?? String($0) }
      return .identifier(MathSign(letter.joined(), sign.ascii), isUpright: command != "mathit")
    case .number(let digits):
      let letters = digits.map { MathAlphabets.letter($0, command: command) ?? String($0) }
      return .identifier(MathSign(letters.joined(), digits), isUpright: true)
    case .row(let nodes):
      let isWord = command == "mathrm" || command == "mathsf" || command == "mathtt"
      let letters = nodes.compactMap { node -> String? in
        if case .identifier(let sign, _) = node { return sign.ascii }
        return nil
      }
      if isWord, letters.count == nodes.count, nodes.count > 1 {
        return .identifier(MathSign(letters.joined(), letters.joined()), isUpright: true)
      }
      return .row(nodes.map { inAlphabet(command, $0) })
    case .scripts(let base, let lower, let upper):
      return .scripts(
        base: inAlphabet(command, base), lower: lower.map { inAlphabet(command, $0) },
        upper: upper.map { inAlphabet(command, $0) })
    case .accent(let accent, let inner): return .accent(accent, inAlphabet(command, inner))
    default: return node
    }
  }
}
