/// A number that a table or a figure shows, under the names by which the text can point at it.
///
/// The text writes `<!-- value: ladder / SimCLR / 10 % -->0.89<!-- end -->`: the cell, then these names.
public struct NamedNumber: Sendable, Equatable {
  /// The title of the table or figure, which tells two of one cell apart.
  public var title: String
  /// A table's row and column, a bar (or group and bar), a line and its x, a square's row and column.
  public var names: [String]
  /// The number as it is shown, without its spread; in a table it may be a word.
  public var text: String
  /// The number itself; nil for a word.
  public var value: Double?
  /// Its standard deviation or half width, where one is shown.
  public var spread: Double?

  /// Describes a number and where it stands.
  public init(
    title: String, names: [String], text: String, value: Double?, spread: Double? = nil
  ) {
    self.title = title
    self.names = names
    // The text's minus sign is the same in a table and in a sentence.
    self.text = value == nil ? text : text.replacing("-", with: "−")
    self.value = value
    self.spread = spread
  }
}

extension Showable {
  /// None, for what shows no numbers that have a name.
  public var namedNumbers: [NamedNumber] { [] }
}

extension Table {
  /// Each cell but the first column's, under the first cell of its row and the heading of its column.
  public var namedNumbers: [NamedNumber] {
    let texts = cellTexts
    let values = rows.map { $0.map { (value: $0.value, spread: $0.spread) } }
    let isGrouped = columns.count > 2 && !columns[0].alignsRight && !columns[1].alignsRight
    return NamedNumber.all(
      title: title, headings: columns.map(\.name), rows: texts, isGrouped: isGrouped
    ) { row, column in
      let (value, spread) = values[row][column]
      let text = texts[row][column]
      return (spread == nil ? text : NamedNumber.bare(text), value, spread)
    }
  }
}

extension BarPlot {
  /// Each bar, under its name; in groups under the group's name and its own.
  public var namedNumbers: [NamedNumber] {
    groups.flatMap { group in
      group.bars.map { bar in
        NamedNumber(
          title: title, names: (group.name.isEmpty ? [] : [group.name]) + [bar.name],
          text: NamedNumber.bare(valueText(bar)), value: bar.value,
          spread: bar.spread > 0 ? bar.spread : nil)
      }
    }
  }
}

extension LinePlot {
  /// Each point, under its line's name and its x; the first and the last also as `start` and `end`.
  public var namedNumbers: [NamedNumber] {
    series.flatMap { line in
      line.points.indices.flatMap { index -> [NamedNumber] in
        let point = line.points[index]
        var places = [NumberText.trimmed(point.x, decimals: 6)]
        if index == 0 { places.append("start") }
        if index == line.points.count - 1 { places.append("end") }
        return places.map { place in
          NamedNumber(
            title: title, names: [line.name, place], text: NumberText.fixed(point.y, decimals: 2),
            value: point.y, spread: point.spread > 0 ? point.spread : nil)
        }
      }
    }
  }
}

extension Heatmap {
  /// Each square, under the labels of its row and its column.
  public var namedNumbers: [NamedNumber] {
    guard !rowLabels.isEmpty, !columnLabels.isEmpty else { return [] }
    return values.indices.flatMap { row in
      values[row].indices.map { column in
        NamedNumber(
          title: title, names: [rowLabels[row], columnLabels[column]],
          text: NumberText.fixed(values[row][column], decimals: 2), value: values[row][column])
      }
    }
  }
}

extension NamedNumber {
  /// The numbers of a table, row by row.
  ///
  /// Where the first two columns hold texts, a row also has the names of both, and a blank in the first
  /// stands for what stands above it. A blank elsewhere is no number.
  static func all(
    title: String, headings: [String], rows: [[String]], isGrouped: Bool,
    cell: (_ row: Int, _ column: Int) -> (text: String, value: Double?, spread: Double?)
  ) -> [NamedNumber] {
    var group = ""
    return rows.indices.flatMap { row -> [NamedNumber] in
      if !rows[row][0].isEmpty { group = rows[row][0] }
      return headings.indices.dropFirst().flatMap { column -> [NamedNumber] in
        let (text, value, spread) = cell(row, column)
        if text.isEmpty { return [] }
        var names = [[rows[row][0], headings[column]]]
        if isGrouped, column > 1 { names.append([group, rows[row][1], headings[column]]) }
        return names.map {
          NamedNumber(title: title, names: $0, text: text, value: value, spread: spread)
        }
      }
    }
  }

  /// A number's text without the spread behind it.
  static func bare(_ text: String) -> String {
    text.firstRange(of: " ±").map { String(text[..<$0.lowerBound]) } ?? text
  }

  /// Whether these are the number's names, with or without the title before them.
  func answers(to names: [String]) -> Bool {
    func plain(_ name: String) -> String {
      // 3,000 and 3000 name the same row.
      name.contains(where: \.isNumber) ? name.replacing(",", with: "") : name
    }
    let (asked, own) = (names.map(plain), self.names.map(plain))
    return asked == own || asked == [plain(title)] + own
  }
}
