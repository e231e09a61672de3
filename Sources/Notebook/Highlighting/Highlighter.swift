/// Finds the parts of a program text that deserve a colour, and colours them.
///
/// It knows `swift` and a shell (`sh`, `bash`, `shell`, `console`); any other language is plain text.
/// It reads signs, not grammar: a name with a capital is taken for a type.
public enum Highlighter {
  /// What a part of a program is.
  ///
  /// Its raw value, after `code-`, is the class in HTML.
  public enum Kind: String, Sendable, CaseIterable {
    /// A word of the language, or in a shell the name of a command.
    case keyword
    /// A name with a capital letter.
    case type
    /// A text in quotation marks, without what is interpolated.
    case string
    /// A remark for the reader.
    case comment
    /// A number.
    case number
    /// `@main`, `#if`; in a shell an option or a variable.
    case attribute
    /// Everything else.
    case plain
  }

  /// A part of a program text.
  public struct Token: Sendable, Equatable {
    /// What the part is.
    public var kind: Kind
    /// The part itself, with its spaces and line breaks.
    public var text: String
  }

  /// The parts of a text, in order; together they are the whole text.
  public static func tokens(of code: String, language: String) -> [Token] {
    switch language.lowercased() {
    case "swift":
      var lexer = SwiftLexer(code)
      return lexer.read()
    case "sh", "bash", "shell", "console", "zsh": return ShellLexer.tokens(of: code)
    default: return code.isEmpty ? [] : [Token(kind: .plain, text: code)]
    }
  }

  /// The lines of a text, in colour where the style has it; no longer than they were.
  public static func terminalLines(
    _ code: String, language: String, style: TerminalStyle
  ) -> [String] {
    var lines = [""]
    for token in tokens(of: code, language: language) {
      // A token of several lines is coloured line by line, so that a line can be shown alone.
      for (index, part) in token.text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 { lines.append("") }
        guard !part.isEmpty else { continue }
        let text = String(part)
        lines[lines.count - 1] +=
          terminalColours[token.kind].map { style.coloured(text, $0) } ?? text
      }
    }
    return lines
  }

  /// The text as HTML: spans with the classes `code-keyword`, `code-type`, …, everything escaped.
  public static func html(_ code: String, language: String) -> String {
    tokens(of: code, language: language).map { token in
      let text = markupEscaped(token.text)
      return token.kind == .plain
        ? text : "<span class=\"code-\(token.kind.rawValue)\">\(text)</span>"
    }.joined()
  }

  /// The rules for the classes, on paper and in the dark.
  ///
  /// Every colour has a contrast of at least 4.5 : 1 with `paperGround` or `nightGround` (WCAG 2.2, 1.4.3).
  public static var css: String {
    func rules(_ colours: [Kind: Colour]) -> String {
      Kind.allCases.compactMap { kind in
        colours[kind].map { ".code-\(kind.rawValue){color:\($0.code)}" }
      }.joined()
    }
    return rules(paperColours) + ".code-comment{font-style:italic}"
      + "@media screen and (prefers-color-scheme:dark){\(rules(nightColours))}"
  }

  /// The lightest ground that the colours are made for, and the darkest they should stand on.
  public static let paperGround = Colour(0xF3F5F7)
  /// The ground of code in the dark.
  public static let nightGround = Colour(0x161B22)

  static let paperColours: [Kind: Colour] = [
    .keyword: Colour(0xA0246E), .type: Colour(0x0B5C72), .string: Colour(0xA53A0B),
    .comment: Colour(0x5A6470), .number: Colour(0x1A4FC4), .attribute: Colour(0x6B4B9B),
  ]
  static let nightColours: [Kind: Colour] = [
    .keyword: Colour(0xFF8AC4), .type: Colour(0x72D3E8), .string: Colour(0xFFB38A),
    .comment: Colour(0x9AA5B1), .number: Colour(0x9DBBFF), .attribute: Colour(0xC9B0F2),
  ]
  /// The ground of a terminal is not known: colours of a middle brightness.
  static let terminalColours: [Kind: Colour] = [
    .keyword: Colour(0xC8508F), .type: Colour(0x1E8DA6), .string: Colour(0xC0622B),
    .comment: Colour(0x7F8994), .number: Colour(0x4C82E8), .attribute: Colour(0x9270C8),
  ]
}
