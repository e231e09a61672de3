/// A page taken apart: the dialect of Markdown that pages are written in.
///
/// The dialect is the part of GitHub's Markdown that means the same everywhere (README.md in this
/// folder lists it). Everything else is an error with its line.
enum Markdown {
  /// A whole page.
  struct Document: Equatable, Sendable {
    /// The page's path, as messages show it.
    var path: String
    /// The page's lines, without their ends.
    var lines: [String]
    /// What stands in the page, in order.
    var blocks: [Block]

    /// The text of the first heading: the page's title.
    var title: String {
      for case .heading(_, let text) in blocks.map(\.content) { return Markdown.plainText(text) }
      return path
    }
  }

  /// A paragraph, a heading, a list: what stands on lines of its own.
  struct Block: Equatable, Sendable {
    /// The page's lines that it takes, counted from 1.
    var lines: ClosedRange<Int>
    var content: Content
  }

  /// What a block is.
  indirect enum Content: Equatable, Sendable {
    case heading(level: Int, [Inline])
    case paragraph([Inline])
    case figure(Figure)
    case list(List)
    case table(Table)
    case quote([Block])
    case code(Code)
    case mathematics(String)
    case rule
    case cell(Cell)
    case claims(Cell)
  }

  /// A picture that stands alone in its paragraph.
  struct Figure: Equatable, Sendable {
    var alternative: String
    var path: String
  }

  /// A list, ordered from `start` or with bullets.
  struct List: Equatable, Sendable {
    var start: Int?
    /// Whether blank lines separate the items.
    var isLoose: Bool
    var items: [[Block]]
  }

  /// A table: its header, the columns' alignments, its rows.
  struct Table: Equatable, Sendable {
    enum Alignment: Equatable, Sendable { case leading, centre, trailing }
    var alignments: [Alignment]
    var header: [[Inline]]
    var rows: [[[Inline]]]
  }

  /// A fenced block: its language, what else its first line says, its lines.
  struct Code: Equatable, Sendable {
    var language: String
    /// The file that holds these lines; nil for what is not checked.
    var file: String?
    /// A `swift sketch`: code that no file holds, on purpose.
    var isSketch: Bool
    var lines: [String]
    /// The page's line on which the first of `lines` stands.
    var firstLine: Int
  }

  /// The place of a cell's output, and what was woven there last.
  struct Cell: Equatable, Sendable {
    var name: String
    var output: [Block]
  }

  /// What stands inside a line of text.
  indirect enum Inline: Equatable, Sendable {
    case text(String)
    case emphasis([Inline])
    case strong([Inline])
    case code(String)
    case link([Inline], to: String)
    case mathematics(String)
    case value(Value)
  }

  /// A number in prose that an experiment produced.
  struct Value: Equatable, Sendable {
    /// The name that the program gives it, or where it stands, as the page writes it.
    var name: String
    /// The place in a table or figure that the number is taken from; nil for one that the program names.
    var reference: NumberReference?
    var tolerance: Tolerance?
    /// What the page says: the last woven number.
    var text: String
    var line: Int
    /// The characters of the line that `text` takes, counted from 0.
    var columns: Range<Int>
  }

  /// The text without its markup.
  static func plainText(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text), .mathematics(let text): text
      case .emphasis(let inner), .strong(let inner), .link(let inner, _): plainText(inner)
      case .value(let value): value.text
      }
    }.joined()
  }

  /// The name that GitHub gives a heading's anchor: small letters, digits and hyphens.
  static func anchor(_ inlines: [Inline]) -> String {
    var anchor = ""
    for character in plainText(inlines).lowercased() {
      if character.isLetter || character.isNumber || character == "-" || character == "_" {
        anchor.append(character)
      } else if character == " " {
        anchor.append("-")
      }
    }
    return anchor
  }
}

/// How far a run's number may be from the page's.
enum Tolerance: Equatable, Sendable {
  /// `±0.02`: at most this far, in the unit that the page shows.
  case within(Double)
  /// `×3`: at most this many times as much or as little; for times, which depend on the machine.
  case factor(Double)

  /// Reads `±0.02` or `×3`; nil for anything else.
  init?(_ text: String) {
    guard let number = Double(text.dropFirst()), number.isFinite, number >= 0 else { return nil }
    switch text.first {
    case "±": self = .within(number)
    case "×" where number >= 1: self = .factor(number)
    default: return nil
    }
  }

  /// Whether a run's number may stand for the page's.
  func allows(_ run: Double, for page: Double) -> Bool {
    switch self {
    case .within(let distance):
      // A hair more than the distance itself, so that 0.83 passes for 0.81 ±0.02.
      return abs(run - page) <= distance * (1 + 1e-9) + 1e-12
    case .factor(let factor):
      if run == page { return true }
      guard run > 0, page > 0 else { return false }
      return max(run / page, page / run) <= factor * (1 + 1e-9)
    }
  }
}
