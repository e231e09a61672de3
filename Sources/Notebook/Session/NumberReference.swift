/// Where a number of the text stands: `ladder / SimCLR / 10 %`, a cell and the names within it.
///
/// The names are those of `NamedNumber`; a table's or figure's title may come before them, where two of a
/// cell have the same names. Behind them may stand how the number is to be written: `as %`, `as 1 decimal`,
/// `as 1 decimal %`, `as whole`, `as seconds`. Without it the text is what the table shows.
struct NumberReference: Equatable, Sendable {
  /// The cell's name.
  let cell: String
  /// A row and a column, a bar, a line and its x.
  let names: [String]
  /// How the number is written; nil for as it is shown.
  let style: NumberStyle?

  /// Reads a name with slashes; nil for one without, which the program gives itself.
  init?(_ text: String) {
    var parts = text.split(separator: " / ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, !parts.contains("") else { return nil }
    var style: NumberStyle?
    let words = parts[parts.count - 1].split(separator: " ").map(String.init)
    if let mark = words.lastIndex(of: "as"), mark > 0,
      let known = NumberReference.style(Array(words[(mark + 1)...]))
    {
      style = known
      parts[parts.count - 1] = words[..<mark].joined(separator: " ")
    }
    guard Markdown.isName(parts[0]) else { return nil }
    (cell, names, self.style) = (parts[0], Array(parts.dropFirst()), style)
  }

  private static func style(_ words: [String]) -> NumberStyle? {
    switch words {
    case ["%"]: return .percent(0)
    case ["whole"]: return .whole
    case ["seconds"]: return .seconds
    default:
      guard words.count >= 2, words[1] == "decimal" || words[1] == "decimals",
        let digits = Int(words[0]), (0...9).contains(digits)
      else { return nil }
      if words.count == 2 { return .decimals(digits) }
      return words.count == 3 && words[2] == "%" ? .percent(digits) : nil
    }
  }

  /// The number as the text has it.
  func text(_ number: NamedNumber) -> String {
    guard let style, let value = number.value else { return number.text }
    return style.text(value)
  }

  /// How far a run on another processor may be off, from the spread that the table shows.
  ///
  /// Twice the deviation over the seeds, and the last digit's rounding. Nil where no spread is shown: then
  /// the text has to be the same.
  func tolerance(_ number: NamedNumber) -> Tolerance? {
    guard let spread = number.spread else { return nil }
    let scale: Double = if case .percent = style { 100 } else { 1 }
    return .within(2 * spread * scale + NumberReference.unit(of: text(number)))
  }

  /// The worth of a text's last digit.
  static func unit(of text: String) -> Double {
    guard let point = text.firstIndex(of: ".") else { return 1 }
    var unit = 1.0
    for _ in text[text.index(after: point)...].prefix(while: \.isNumber) { unit /= 10 }
    return unit
  }

  // MARK: Finding

  /// The one number that has these names.
  ///
  /// - Throws: `Miss`, where none or several have them.
  func find(in numbers: [NamedNumber]) throws(Miss) -> NamedNumber {
    let found = numbers.filter { $0.answers(to: names) }
    guard let first = found.first else { throw unknown(among: numbers) }
    if let other = found.first(where: { $0.text != first.text || $0.value != first.value }) {
      throw Miss(
        text: "stands in “\(first.title)” and in “\(other.title)”: write the title before the names"
      )
    }
    return first
  }

  /// Why a number was not found.
  struct Miss: Error, Equatable {
    let text: String
    /// The first of the names that is not there.
    var name: String?
  }

  /// What is wrong with names that no number has, and the names that there are.
  private func unknown(among numbers: [NamedNumber]) -> Miss {
    // With the title before the names, only that table's or figure's numbers are meant.
    let titled = numbers.filter { $0.title == names[0] }
    let (pool, asked) =
      titled.isEmpty || names.count < 2 ? (numbers, names) : (titled, Array(names.dropFirst()))
    let likely = pool.filter { $0.names.count == asked.count }
    guard !likely.isEmpty else {
      let known = Self.list(numbers.map(\.names))
      return Miss(text: "stands in no table or figure of the cell; there are \(known)")
    }
    for level in asked.indices {
      let isKnown = likely.contains { number in
        asked[...level].indices.allSatisfy {
          NamedNumber(title: "", names: [number.names[$0]], text: "", value: nil)
            .answers(to: [asked[$0]])
        }
      }
      if isKnown { continue }
      // Only what stands beside the names before it: a row may have gaps.
      let beside = likely.filter { number in
        asked[..<level].indices.allSatisfy {
          NamedNumber(title: "", names: [number.names[$0]], text: "", value: nil)
            .answers(to: [asked[$0]])
        }
      }
      let known = Self.list(beside.map { [$0.names[level]] })
      return Miss(
        text: "is unknown: there is no “\(asked[level])”, but \(known)", name: asked[level])
    }
    return Miss(text: "is unknown in that combination")
  }

  private static func list(_ names: [[String]]) -> String {
    var seen: Set<[String]> = []
    let unique = names.filter { seen.insert($0).inserted }
    guard !unique.isEmpty else { return "none" }
    let shown = unique.prefix(24).map { "“\($0.joined(separator: " / "))”" }.joined(separator: ", ")
    return unique.count > 24 ? shown + " and \(unique.count - 24) more" : shown
  }
}

extension Markdown.Document {
  /// The cell of that name; nil where the page has none.
  func cell(_ name: String) -> Markdown.Cell? {
    for case .cell(let cell) in blocks.map(\.content) where cell.name == name { return cell }
    return nil
  }
}

extension Markdown.Cell {
  /// Whether a run's output stands here.
  var isWoven: Bool { !output.isEmpty }

  /// Whether a picture stands here, whose numbers the page does not hold as text.
  var hasFigures: Bool {
    output.contains { if case .figure = $0.content { true } else { false } }
  }

  /// The numbers of the tables that stand here.
  var namedNumbers: [NamedNumber] {
    var title = ""
    var numbers: [NamedNumber] = []
    for block in output {
      switch block.content {
      case .paragraph(let text): title = Markdown.plainText(text)
      case .table(let table):
        let texts = table.rows.map { $0.map(Markdown.plainText) }
        let isGrouped = table.alignments.count > 2 && !table.alignments[...1].contains(.trailing)
        numbers += NamedNumber.all(
          title: title, headings: table.header.map(Markdown.plainText), rows: texts,
          isGrouped: isGrouped
        ) { Markdown.Cell.number(texts[$0][$1]) }
        title = ""
      default: title = ""
      }
    }
    return numbers
  }

  private static func number(_ text: String) -> (text: String, value: Double?, spread: Double?) {
    let parts = text.split(separator: " ±").map(String.init)
    let digits = (parts.first ?? "").replacing(",", with: "").replacing("−", with: "-")
    guard let value = Double(digits) else { return (text, nil, nil) }
    let spread = parts.count > 1 ? Double(parts[1].replacing(",", with: "")) : nil
    return (parts[0], value, spread)
  }
}
