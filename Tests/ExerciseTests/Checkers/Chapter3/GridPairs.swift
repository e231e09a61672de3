import CourseData

/// The pairs of neighbours in a grid, and how likely ways to draw make each.
struct GridPairs {
  let rows: Int
  let columns: Int
  /// Each cell with each of its neighbours, by cell and label.
  let all: [Chapter3Functions.CellPair]

  /// Lists the pairs.
  init(_ rows: Int, _ columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    all = (0..<rows * columns).flatMap { cell in
      (0..<8).compactMap { label -> Chapter3Functions.CellPair? in
        let step = PatchLayout.direction(label)
        let (row, column) = (cell / columns + step.down, cell % columns + step.across)
        let isThere = row >= 0 && row < rows && column >= 0 && column < columns
        return isThere ? (cell, row * columns + column, label) : nil
      }
    }
  }

  /// The labels of all pairs, in order.
  var labels: [Int] { all.map(\.label) }

  /// The place of a pair in the list; nil where it is none.
  func place(_ pair: Chapter3Functions.CellPair) -> Int? {
    all.firstIndex { $0.first == pair.first && $0.second == pair.second && $0.label == pair.label }
  }

  /// How many pairs have the label of each.
  private var companions: [Double] {
    all.map { pair in Double(all.count { $0.label == pair.label }) }
  }

  /// First a label, then one of its pairs.
  var even: [Double] { companions.map { 1 / $0 / Double(Set(labels).count) } }

  /// All pairs alike.
  var asListed: [Double] { all.map { _ in 1 / Double(all.count) } }

  /// First a cell, then one of its neighbours.
  var byCell: [Double] {
    all.map { pair in
      1 / Double(all.count { $0.first == pair.first }) / Double(rows * columns)
    }
  }

  /// First a label, then always the first of its pairs.
  var firstOfLabel: [Double] {
    all.indices.map { place in
      labels.firstIndex(of: all[place].label) == place ? 1 / Double(Set(labels).count) : 0
    }
  }

  /// Cells that have all eight neighbours, then one of these; nil where there is no such cell.
  var inner: [Double]? {
    let full = all.map { pair in all.count { $0.first == pair.first } == 8 }
    let count = full.count { $0 }
    return count == 0 ? nil : full.map { $0 ? 1 / Double(count) : 0 }
  }

  /// Whether counts may come from draws with these probabilities: within six deviations, and a little
  /// more where a pair is rare.
  static func fit(_ counts: [Int], _ probabilities: [Double]) -> Bool {
    let draws = Double(counts.reduce(0, +))
    return zip(counts, probabilities).allSatisfy { count, p in
      let mean = draws * p
      return abs(Double(count) - mean) <= 6 * (mean * (1 - p)).squareRoot()
    }
  }
}
