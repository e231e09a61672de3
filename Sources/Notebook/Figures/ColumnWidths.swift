/// How wide a table's columns are in a terminal.
enum ColumnWidths {
  /// What a column would take.
  struct Need {
    /// Its widest cell in one line.
    var whole = 1
    /// Its widest word.
    var word = 1

    /// Makes room for a cell.
    mutating func take(whole: Int, word: Int) {
      self.whole = max(self.whole, whole)
      self.word = max(self.word, word)
    }
  }

  /// Widths with a sum of at most `total`, taken from the widest column first.
  ///
  /// No column breaks inside a word while another still has cells that can break at a space.
  static func fitting(_ needs: [Need], total: Int) -> [Int] {
    var widths = needs.map(\.whole)
    var excess = widths.reduce(0, +) - total
    while excess > 0 {
      let breaking = widths.indices.filter { widths[$0] > needs[$0].word }
      let candidates = breaking.isEmpty ? Array(widths.indices) : breaking
      guard let width = candidates.map({ widths[$0] }).max(), width > 1,
        let widest = candidates.first(where: { widths[$0] == width })
      else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }
}
