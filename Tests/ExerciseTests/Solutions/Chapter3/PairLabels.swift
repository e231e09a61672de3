import Checkers
import CourseData
import ExerciseFunctions
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .mutant("3.4", name, says: sentence, chapter3Solutions, change)
}

private func undone(
  by family: Family, _ name: String, told words: [String] = [],
  _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .undone(by: family, "3.4", name, told: words, chapter3Solutions, change)
}

private func exchanged(_ rows: Int, _ columns: Int) -> [Double] {
  let (r, c) = (Double(rows), Double(columns))
  let (up, side, corner) = ((r - 1) * c, r * (c - 1), (r - 1) * (c - 1))
  return [corner, up, corner, side, side, corner, up, corner]
}

/// Shares of counts by a rule.
private func shares(
  _ change: @escaping @Sendable (_ counts: [Double], _ rows: Int, _ columns: Int) -> [Double]
) -> @Sendable (Int, Int) -> [Float] {
  { rows, columns in
    if rows * columns == 1 { return [Float](repeating: 0, count: 8) }
    return change(exchanged(rows, columns), rows, columns).map { Float($0) }
  }
}

@Sendable private func normalised(_ counts: [Double]) -> [Double] {
  let total = counts.reduce(0, +)
  return counts.map { $0 / total }
}

let pairLabelsSpecimens: [Specimen<Chapter3Functions>] = [
  .right("3.4", "tables, and a picture turned three times to the left", chapter3Solutions) {
    $0.labelTheOtherWayRound = { [7, 6, 5, 4, 3, 2, 1, 0][$0] }
    $0.labelInTheMirror = { [2, 1, 0, 4, 3, 7, 6, 5][$0] }
    $0.labelAfterAQuarterTurn = { label in
      var label = label
      for _ in 0..<3 { label = [5, 3, 0, 6, 1, 7, 4, 2][label] }
      return label
    }
    // Shares of 1 − 1 / rows and 1 − 1 / columns: no product of large numbers.
    $0.labelShares = { rows, columns in
      let (down, across) = (1 - 1 / Double(rows), 1 - 1 / Double(columns))
      let total = 2 * down + 2 * across + 4 * down * across
      if rows * columns == 1 { return [Float](repeating: 0, count: 8) }
      let corner = Float(down * across / total)
      let (up, side) = (Float(down / total), Float(across / total))
      return [corner, up, corner, side, side, corner, up, corner]
    }
  },
  mutant("unchanged", says: "round: The other way round it is another label.; The label stays") {
    $0.labelTheOtherWayRound = { $0 }
  },
  mutant("four further", says: "round: The other way round it is another label.; You counted as if")
  {
    $0.labelTheOtherWayRound = { ($0 + 4) % 8 }
  },
  mutant("eight less", says: "label 0 becomes 7, not 8") {
    $0.labelTheOtherWayRound = { 8 - $0 }
  },
  mutant("the mirror's for the other way", says: "This is the mirror's label") {
    $0.labelTheOtherWayRound = chapter3Solutions.labelInTheMirror
  },
  mutant("up and down alone", says: "You changed up and down alone") {
    $0.labelTheOtherWayRound = { [5, 6, 7, 3, 4, 0, 1, 2][$0] }
  },
  mutant("unchanged in the mirror", says: "mirrored picture it is another label.; The label stays")
  {
    $0.labelInTheMirror = { $0 }
  },
  mutant("upside down", says: "This is upside down") {
    $0.labelInTheMirror = { [5, 6, 7, 3, 4, 0, 1, 2][$0] }
  },
  mutant("half a turn for the mirror", says: "This is the label of a half turn") {
    $0.labelInTheMirror = { 7 - $0 }
  },
  mutant("along the diagonal", says: "You mirrored along the diagonal") {
    $0.labelInTheMirror = { [0, 3, 5, 1, 6, 2, 4, 7][$0] }
  },
  mutant("by threes", says: "You took the remainder of the label by 3") {
    $0.labelInTheMirror = { $0 / 3 * 3 + 2 - $0 % 3 }
  },
  mutant("unturned", says: "turned picture it is another label.; The label stays") {
    $0.labelAfterAQuarterTurn = { $0 }
  },
  mutant("to the left", says: "You turned to the left") {
    $0.labelAfterAQuarterTurn = { [5, 3, 0, 6, 1, 7, 4, 2][$0] }
  },
  mutant("half a turn", says: "This is half a turn") { $0.labelAfterAQuarterTurn = { 7 - $0 } },
  mutant("rows for columns", says: "You exchanged rows for columns, which") {
    $0.labelAfterAQuarterTurn = { [0, 3, 5, 1, 6, 2, 4, 7][$0] }
  },
  mutant("two further", says: "turned picture it is another label.; You counted as if") {
    $0.labelAfterAQuarterTurn = { ($0 + 2) % 8 }
  },
  mutant("a mirror for a turn", says: "nothing is turned so") {
    $0.labelAfterAQuarterTurn = chapter3Solutions.labelInTheMirror
  },
  mutant("all alike", says: "You took all eight labels for equally frequent") {
    $0.labelShares = shares { counts, _, _ in counts.map { _ in 0.125 } }
  },
  mutant("columns and rows", says: "Rows and columns have changed places in your counts") {
    $0.labelShares = shares { normalised(exchanged($2, $1)) }
  },
  mutant("numbers", says: "These are numbers of pairs") {
    $0.labelShares = shares { counts, _, _ in counts }
  },
  mutant("over cells", says: "You divided by the number of cells") {
    $0.labelShares = shares { counts, rows, columns in counts.map { $0 / Double(rows * columns) } }
  },
  mutant("one order", says: "Two neighbours are two pairs") {
    $0.labelShares = shares { counts, _, _ in
      normalised(counts.enumerated().map { $0 > 3 ? $1 : 0 })
    }
  },
  mutant("the sum 2", says: "your shares have the sum 2") {
    $0.labelShares = shares { counts, _, _ in normalised(counts).map { 2 * $0 } }
  },
  mutant("a cell, then a neighbour", says: "You drew a cell and then one of its neighbours") {
    $0.labelShares = shares { _, rows, columns in
      if rows * columns > 1000 { return [Double](repeating: 0.125, count: 8) }
      var sums = [Double](repeating: 0, count: 8)
      for row in 0..<rows {
        for column in 0..<columns {
          let own = (0..<8).filter {
            let step = PatchLayout.direction($0)
            return (0..<rows).contains(row + step.down)
              && (0..<columns).contains(column + step.across)
          }
          for label in own { sums[label] += 1 / Double(own.count) }
        }
      }
      return normalised(sums)
    }
  },
  mutant("straight ones", says: "Diagonal neighbours are missing") {
    $0.labelShares = shares { counts, _, _ in
      normalised(counts.enumerated().map { [0, 2, 5, 7].contains($0) ? 0 : $1 })
    }
  },
  mutant("over no pairs", says: "You divided by a number of pairs that is 0") {
    $0.labelShares = { rows, columns in normalised(exchanged(rows, columns)).map { Float($0) } }
  },
  undone(by: .scale, "whole numbers of 32 bits") {
    let right = $0.labelShares
    $0.labelShares = { rows, columns in
      if rows * columns < 1000 { return try right(rows, columns) }
      let (r, c) = (Int32(rows), Int32(columns))
      let (up, side, corner) = ((r &- 1) &* c, r &* (c &- 1), (r &- 1) &* (c &- 1))
      let total = 2 &* up &+ 2 &* side &+ 4 &* corner
      return [corner, up, corner, side, side, corner, up, corner].map { Float($0) / Float(total) }
    }
  },
  undone(by: .sizes, "64 rows at most") {
    let right = $0.labelShares
    $0.labelShares = { rows, columns in try right(rows < 1000 ? min(64, rows) : rows, columns) }
  },
  undone(by: .edges, "a strip has all neighbours") {
    let right = $0.labelShares
    $0.labelShares = { rows, columns in try right(max(2, rows), max(2, columns)) }
  },
]
