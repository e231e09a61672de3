// Means of rows of a table, and the way back (CBOW of word2vec).

/// Lists of rows: list i is `rows[ends[i - 1]..<ends[i]]`.
package struct RowLists {
  /// The number of lists.
  package let count: Int
  /// Where each list ends.
  package let ends: UnsafePointer<Int32>
  /// The rows of all lists, one list after the other.
  package let rows: UnsafePointer<Int32>

  /// Looks at lists that somebody else keeps.
  package init(count: Int, ends: UnsafePointer<Int32>, rows: UnsafePointer<Int32>) {
    (self.count, self.ends, self.rows) = (count, ends, rows)
  }

  fileprivate func range(_ list: Int) -> Range<Int> {
    (list == 0 ? 0 : Int(ends[list - 1]))..<Int(ends[list])
  }
}

/// Writes the mean of the rows of some of the lists; no list is empty.
///
/// - Parameters:
///   - lists: the rows of each mean.
///   - part: which lists.
///   - table: the rows, `[…, stride]`.
///   - means: the means, `[lists, stride]`.
///   - stride: the length of a row, a multiple of `rowAlignment`.
package func meanRows(
  _ lists: RowLists, _ part: Range<Int>, of table: UnsafeMutablePointer<Float>,
  to means: UnsafeMutablePointer<Float>, stride: Int
) {
  for list in part {
    let range = lists.range(list)
    let share = Lanes(repeating: 1 / Float(range.count))
    var column = 0
    while column < stride {
      var sum = Lanes.zero
      for at in range { sum += load(table + Int(lists.rows[at]) &* stride + column) }
      store(sum * share, means + list &* stride + column)
      column &+= laneCount
    }
  }
}

/// Adds to each row its share of the steps of all means that it had a part in: 1 / (length of the
/// list), the mean's derivative.
///
/// - Parameters:
///   - lists: the rows of each mean.
///   - steps: the steps of the means in several tables `[lists, stride]`, to be added up.
///   - table: the rows.
///   - stride: the length of a row.
///   - parts: the part that each row of the table belongs to.
///   - mine: the part whose rows are written; the others are left to other threads.
package func spreadSteps(
  _ lists: RowLists, _ steps: [UnsafeMutablePointer<Float>],
  over table: UnsafeMutablePointer<Float>, stride: Int, parts: UnsafePointer<UInt8>, mine: UInt8
) {
  let scratch = Scratch(stride)
  defer { scratch.free() }
  for list in 0..<lists.count {
    let range = lists.range(list)
    let share = Lanes(repeating: 1 / Float(range.count))
    var column = 0
    while column < stride {
      var sum = Lanes.zero
      for step in steps { sum += load(step + list &* stride + column) }
      store(sum * share, scratch.start + column)
      column &+= laneCount
    }
    for at in range where parts[Int(lists.rows[at])] == mine {
      let row = table + Int(lists.rows[at]) &* stride
      var column = 0
      while column < stride {
        store(load(row + column) + load(scratch.start + column), row + column)
        column &+= laneCount
      }
    }
  }
}
