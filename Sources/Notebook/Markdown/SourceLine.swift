/// A line of a page, or what is left of it inside a list or a quotation, and where it came from.
struct SourceLine {
  /// The page's line, counted from 1.
  let number: Int
  var characters: [Character]
  /// Where each character stands in the page's line, counted from 0.
  var columns: [Int]

  init(_ text: String, number: Int) {
    self.number = number
    characters = Array(text)
    columns = Array(characters.indices)
  }

  var text: String { String(characters) }
  var isBlank: Bool { characters.allSatisfy { $0 == " " } }
  var indentation: Int { characters.prefix { $0 == " " }.count }

  func starts(with prefix: String) -> Bool { characters.starts(with: prefix) }

  /// The line without its first characters.
  func dropping(_ count: Int) -> SourceLine {
    var rest = self
    rest.characters.removeFirst(min(count, characters.count))
    rest.columns.removeFirst(min(count, columns.count))
    return rest
  }

  /// The line without spaces at its ends.
  var trimmed: SourceLine {
    var rest = dropping(indentation)
    while rest.characters.last == " " {
      rest.characters.removeLast()
      rest.columns.removeLast()
    }
    return rest
  }
}
