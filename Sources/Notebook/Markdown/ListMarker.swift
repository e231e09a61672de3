/// What starts a list's item: a hyphen or a number, and the columns that they take.
struct ListMarker {
  /// The item's number; nil for a bullet.
  let number: Int?
  /// How far the item's other lines are indented.
  let width: Int

  init?(_ line: SourceLine) {
    if line.starts(with: "- "), line.dropping(2).starts(with: " ") == false,
      line.characters.count > 2
    {
      number = nil
      width = 2
      return
    }
    let digits = line.characters.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.count < 10, line.dropping(digits.count).starts(with: ". "),
      let value = Int(String(digits))
    else { return nil }
    number = value
    width = digits.count + 2
  }
}

extension BlockParser {
  /// Reads a list: the items of one kind that follow each other.
  mutating func list() throws(PageError) -> Markdown.Content {
    let isOrdered = ListMarker(lines[index])?.number != nil
    var list = Markdown.List(start: ListMarker(lines[index])?.number, isLoose: false, items: [])
    while index < lines.count, let marker = ListMarker(lines[index]) {
      guard (marker.number != nil) == isOrdered else {
        // After a blank line another kind of mark starts another list.
        if lines[index - 1].isBlank { break }
        throw failure("put text between two lists of different kinds", at: lines[index])
      }
      if let start = list.start, let number = marker.number, number != start + list.items.count {
        throw failure("the item’s number should be \(start + list.items.count)", at: lines[index])
      }
      let hadBlank = index > 0 && !list.items.isEmpty && lines[index - 1].isBlank
      let item = try itemLines(marker)
      var parser = BlockParser(path: path, place: .item, depth: depth + 1, lines: item)
      let blocks = try parser.blocks()
      let isSpread = zip(item, item.dropFirst()).contains { $0.isBlank && !$1.isBlank }
      list.isLoose = list.isLoose || hadBlank || isSpread && blocks.count > 1
      list.items.append(blocks)
      skipBlankLinesInside()
    }
    return .list(list)
  }

  /// Moves over the blank lines between two items, but not over those behind the last.
  private mutating func skipBlankLinesInside() {
    var next = index
    while next < lines.count, lines[next].isBlank { next += 1 }
    if next < lines.count, next > index, ListMarker(lines[next]) != nil { index = next }
  }

  /// The lines of the item that starts at `index`, without their indentation.
  private mutating func itemLines(_ marker: ListMarker) throws(PageError) -> [SourceLine] {
    let first = lines[index].dropping(marker.width)
    for box in ["[ ] ", "[x] ", "[X] "] where first.starts(with: box) {
      throw failure("pages have no boxes to tick", at: first)
    }
    guard first.indentation == 0, !first.isBlank else {
      throw failure("one space stands between an item’s mark and its text", at: first)
    }
    var item = [first]
    index += 1
    while index < lines.count {
      let line = lines[index]
      if line.isBlank {
        let next = lines[index...].first { !$0.isBlank }
        guard let next, next.indentation >= marker.width else { break }
        item.append(line.dropping(line.characters.count))
      } else if line.indentation >= marker.width {
        item.append(line.dropping(marker.width))
      } else if ListMarker(line) != nil {
        break
      } else {
        throw failure(
          "indent the item’s lines by \(marker.width), or put a blank line after the list", at: line
        )
      }
      index += 1
    }
    return item
  }
}
