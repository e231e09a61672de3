/// The area between the axes of a plot in a terminal: dots of braille, or letters in plain ASCII.
struct PlotCanvas {
  /// What something is drawn in.
  enum Ink: Equatable {
    case series(Int)
    case muted

    var colour: Colour {
      switch self {
      case .series(let index): Palette.onTerminal(index)
      case .muted: Palette.mutedOnTerminal
      }
    }
  }

  private struct Cell {
    var dots: UInt32 = 0
    var character: Character?
    var ink: Ink?
    /// Marks are not overwritten by later lines.
    var isMark = false
  }

  let columns: Int
  let rows: Int
  let style: TerminalStyle
  private var cells: [Cell]

  init(columns: Int, rows: Int, style: TerminalStyle) {
    (self.columns, self.rows, self.style) = (columns, rows, style)
    cells = Array(repeating: Cell(), count: columns * rows)
  }

  /// Points that can be told apart: braille has 2 × 4 in a character.
  private var width: Int { style.usesUnicode ? columns * 2 : columns }
  private var height: Int { style.usesUnicode ? rows * 4 : rows }

  /// The point at a place given from 0 to 1, from the left and from below.
  private func place(_ x: Double, _ y: Double) -> (x: Int, y: Int) {
    (
      Int((x * Double(width - 1)).rounded()),
      height - 1 - Int((y * Double(height - 1)).rounded())
    )
  }

  private mutating func setDot(_ x: Int, _ y: Int, _ ink: Ink, letter: Character) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let index = style.usesUnicode ? (y / 4) * columns + x / 2 : y * columns + x
    guard !cells[index].isMark else { return }
    if style.usesUnicode {
      // Unicode numbers the dots 1 2 3 7 in the left column and 4 5 6 8 in the right one.
      let bits: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
      cells[index].dots |= bits[(y % 4) * 2 + x % 2]
    } else {
      cells[index].character = letter
    }
    cells[index].ink = ink
  }

  /// A line between two places, in dashes counted in points along the line.
  ///
  /// `travelled` says how far the pen has come on this series, so that dashes go on across points.
  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), ink: Ink,
    letter: Character, dashes: [Int] = [], travelled: inout Int
  ) {
    let (first, last) = (place(start.x, start.y), place(end.x, end.y))
    let steps = max(abs(last.x - first.x), abs(last.y - first.y))
    let period = dashes.reduce(0, +)
    for step in 0...steps {
      let share = steps == 0 ? 0 : Double(step) / Double(steps)
      let x = first.x + Int((share * Double(last.x - first.x)).rounded())
      let y = first.y + Int((share * Double(last.y - first.y)).rounded())
      if period == 0 || Self.isInk(at: travelled % period, dashes) {
        setDot(x, y, ink, letter: letter)
      }
      if step < steps { travelled += 1 }
    }
  }

  private static func isInk(at position: Int, _ dashes: [Int]) -> Bool {
    var end = 0
    for (index, length) in dashes.enumerated() {
      end += length
      if position < end { return index.isMultiple(of: 2) }
    }
    return true
  }

  /// A marker at a place.
  mutating func mark(x: Double, y: Double, _ marker: Character, ink: Ink) {
    let point = place(x, y)
    guard point.x >= 0, point.y >= 0, point.x < width, point.y < height else { return }
    let index =
      style.usesUnicode ? (point.y / 4) * columns + point.x / 2 : point.y * columns + point.x
    cells[index].character = marker
    cells[index].ink = ink
    cells[index].isMark = true
  }

  /// Text from a place to the right, where nothing has been marked yet; returns whether it found room.
  mutating func write(_ text: String, x: Double, y: Double, ink: Ink) -> Bool {
    let point = place(x, y)
    let (column, row) = style.usesUnicode ? (point.x / 2, point.y / 4) : point
    let start = column + 2
    let room = row * columns + start..<row * columns + start + text.count
    guard start + text.count <= columns, rows > row, row >= 0, start >= 0 else { return false }
    guard room.allSatisfy({ !cells[$0].isMark }), displayWidth(text) == text.count else {
      return false
    }
    for (index, character) in zip(room, text) {
      cells[index].character = character
      cells[index].ink = ink
      cells[index].isMark = true
    }
    return true
  }

  /// The rows from top to bottom, in colour where the style has it.
  func lines() -> [String] {
    (0..<rows).map { row in
      var line = ""
      var run = ""
      var runInk: Ink?
      func flush() {
        line += runInk.map { style.coloured(run, $0.colour) } ?? run
        run = ""
      }
      for column in 0..<columns {
        let cell = cells[row * columns + column]
        let ink = cell.dots == 0 && cell.character == nil ? nil : cell.ink
        if ink != runInk {
          flush()
          runInk = ink
        }
        run.append(character(of: cell))
      }
      // Blanks at the end of a line are not written.
      while runInk == nil, run.last == " " { run.removeLast() }
      flush()
      return line
    }
  }

  private func character(of cell: Cell) -> Character {
    if let character = cell.character { return character }
    guard cell.dots != 0, let scalar = Unicode.Scalar(0x2800 + cell.dots) else { return " " }
    return Character(scalar)
  }
}
