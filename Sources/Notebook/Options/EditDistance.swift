/// How far one word is from another, to suggest what was meant.
package enum EditDistance {
  /// The number of letters to insert, delete, change or swap with their neighbour.
  static func between(_ first: String, _ second: String) -> Int {
    let (first, second) = (Array(first), Array(second))
    var older: [Int] = []
    var previous = Array(0...second.count)
    for row in 1..<(first.count + 1) {
      var current = [row]
      for column in 1..<(second.count + 1) {
        let change = first[row - 1] == second[column - 1] ? 0 : 1
        var best = min(
          previous[column] + 1, current[column - 1] + 1, previous[column - 1] + change)
        if row > 1, column > 1, first[row - 1] == second[column - 2],
          first[row - 2] == second[column - 1]
        {
          best = min(best, older[column - 2] + 1)
        }
        current.append(best)
      }
      (older, previous) = (previous, current)
    }
    return previous[second.count]
  }

  /// The candidate nearest to a mistyped word, if one is near enough to have been meant.
  package static func suggestion(for word: String, among candidates: [String]) -> String? {
    let ranked = candidates.map { ($0, between(word.lowercased(), $0.lowercased())) }
    guard let best = ranked.min(by: { $0.1 < $1.1 }) else { return nil }
    return best.1 <= max(2, best.0.count / 3) ? best.0 : nil
  }
}
