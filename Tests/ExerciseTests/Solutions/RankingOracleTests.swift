import SolutionFunctions
import Testing

@testable import Checkers

/// The oracle of exercise 2.4 against brute force, and its solution against known values.
@Suite struct RankingOracleTests {
  /// All orders of some places.
  private static func orders(_ places: [Int]) -> [[Int]] {
    if places.isEmpty { return [[]] }
    return places.flatMap { first in
      orders(places.filter { $0 != first }).map { [first] + $0 }
    }
  }

  @Test func `the mean over ties is that over all orders`() {
    // Every pattern of three distances and of matches in a gallery of five.
    for pattern in 0..<243 {
      let distances = (0..<5).map { place in
        Float([1, 3, 9, 27, 81].map { pattern / $0 % 3 }[place])
      }
      let allowed = Self.orders(Array(0..<5)).filter { order in
        zip(order, order.dropFirst()).allSatisfy { distances[$0] <= distances[$1] }
      }
      for matches in stride(from: 1, to: 32, by: 3) {
        let isMatch = (0..<5).map { matches >> $0 & 1 == 1 }
        let all = allowed.map { order in RankingOracle.precision(order.map { isMatch[$0] }) }
        let mean = all.reduce(0, +) / Double(all.count)
        let oracle = RankingOracle(distances: distances, isMatch: isMatch)
        // Both are sums of some hundred fractions in Double.
        #expect(abs(oracle.mean - mean) < 1e-12, "\(distances), \(isMatch)")
      }
    }
  }

  @Test func `right pictures at ranks 1, 2, 4 and 7, and a single one among ten that are tied`()
    throws
  {
    let ranks = (1...7).map { [1, 2, 4, 7].contains($0) }
    let plain = try chapter2Solutions.averagePrecision((1...7).map { Float($0) }, ranks)
    #expect(abs(plain - 0.830357) < 1e-6)
    // One match anywhere among N: the mean of 1/rank, H(N)/N.
    let tied = try chapter2Solutions.averagePrecision(
      [Float](repeating: 1, count: 10), (0..<10).map { $0 == 3 })
    #expect(abs(tied - 0.292897) < 1e-6)
  }
}
