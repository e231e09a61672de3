/// Cuts what is typed into a shell into tokens: commands, options, variables, texts, comments.
enum ShellLexer {
  static func tokens(of code: String) -> [Highlighter.Token] {
    var tokens: [Highlighter.Token] = []
    var rest = Substring(code)
    var expectsCommand = true
    func emit(_ kind: Highlighter.Kind, _ count: Int) {
      let text = String(rest.prefix(count))
      rest = rest.dropFirst(count)
      if let last = tokens.indices.last, tokens[last].kind == kind {
        tokens[last].text += text
      } else {
        tokens.append(.init(kind: kind, text: text))
      }
    }
    while let next = rest.first {
      let isWordStart = tokens.last?.text.last.map { " \t\n".contains($0) } ?? true
      switch next {
      case "\n", "|", ";", "&":
        // A line that ends in a backslash goes on.
        if !(next == "\n" && tokens.last?.text.last == "\\") { expectsCommand = true }
        emit(.plain, 1)
      case "#" where isWordStart: emit(.comment, rest.prefix { $0 != "\n" }.count)
      case "\"", "'": emit(.string, quoted(rest, by: next))
      case "$" where rest.dropFirst().first.map { $0.isLetter || $0 == "{" } == true:
        let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || "_{}".contains($0) }
        emit(.attribute, name.count + 1)
      case "-" where isWordStart: emit(.attribute, word(rest))
      case " ", "\t", "$", "(", ")", "<", ">": emit(.plain, 1)
      default:
        let length = max(1, word(rest))
        let isAssignment = expectsCommand && rest.prefix(length).contains("=")
        emit(expectsCommand && !isAssignment ? .keyword : .plain, length)
        if !isAssignment { expectsCommand = false }
      }
    }
    return tokens
  }

  private static func word(_ text: Substring) -> Int {
    text.prefix { !" \t\n|;&\"'$()<>".contains($0) }.count
  }

  /// The length of a text in quotation marks, with them; to the end if it is not closed.
  private static func quoted(_ text: Substring, by mark: Character) -> Int {
    var count = 1
    var isEscaped = false
    for character in text.dropFirst() {
      count += 1
      if character == mark && !isEscaped { return count }
      isEscaped = character == "\\" && !isEscaped && mark == "\""
    }
    return count
  }
}
