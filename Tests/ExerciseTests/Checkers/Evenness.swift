/// Tests of draws, by their counts, that an answer which draws as it should fails once in 10⁹ times,
/// whichever way it draws.
enum Evenness {
  /// How many standard deviations a count may be off: six are exceeded twice in 10⁹.
  private static let deviations = 6.0

  /// Whether kinds that are equally likely may come so often each; a kind that never came has its 0.
  static func isLikely(_ counts: [Int]) -> Bool {
    let draws = Double(counts.reduce(0, +))
    if counts.count < 2 || draws == 0 { return true }
    let expected = draws / Double(counts.count)
    let chiSquare = counts.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    // Wilson and Hilferty: the cube root of χ² is nearly normal.
    let freedom = Double(counts.count - 1)
    let root = 1 - 2 / (9 * freedom) + deviations * (2 / (9 * freedom)).squareRoot()
    return chiSquare <= freedom * root * root * root
  }

  /// Whether something that comes with a probability may come so often in so many draws.
  static func isLikely(_ count: Int, of draws: Int, probability: Double) -> Bool {
    let expected = Double(draws) * probability
    return abs(Double(count) - expected)
      <= deviations * (expected * (1 - probability)).squareRoot() + 1
  }

  /// Labels, 0 or 1, that hang together: how far back they stand, and how often their sum is even.
  ///
  /// Nil where the labels may be tosses of a coin. Of coins each sum is even half of the time, whichever labels up to `reach` places back are added.
  static func patternedSum(
    _ labels: [Int], reach: Int = 8
  ) -> (placesBack: [Int], evenCount: Int, count: Int)? {
    let count = labels.count - reach + 1
    if count < 1 { return nil }
    // How often each word of `reach` labels comes; its lowest bit is the latest label.
    var words = [Int](repeating: 0, count: 1 << reach)
    var word = 0
    for (place, label) in labels.enumerated() {
      word = (word << 1 | label & 1) & (words.count - 1)
      if place >= reach - 1 { words[word] += 1 }
    }
    // Few labels before many: the first that shows is the simplest. What leaves the latest out is the same
    // sum one place earlier.
    let masks = stride(from: 1, to: words.count, by: 2)
      .sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
    for mask in masks {
      let even = words.indices.reduce(0) {
        $0 + ((($1 & mask).nonzeroBitCount & 1) == 0 ? words[$1] : 0)
      }
      if !isLikely(even, of: count, probability: 0.5) {
        return ((0..<reach).filter { mask >> $0 & 1 == 1 }, even, count)
      }
    }
    return nil
  }
}
