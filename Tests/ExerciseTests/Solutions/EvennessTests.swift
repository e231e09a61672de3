import TensorCore
import Testing

@testable import Checkers

/// What the tests of draws find likely, and what they do not.
@Suite struct EvennessTests {
  private func orders(_ draws: Int, _ shuffled: (inout Random) -> [Int]) -> [Int] {
    var random = Random(seed: 5)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<draws { counts[shuffled(&random), default: 0] += 1 }
    return counts.values + [Int](repeating: 0, count: 24 - counts.count)
  }

  @Test func `a shuffle is even, one that swaps with any place is not`() {
    #expect(Evenness.isLikely(orders(3600) { $0.permutation(4) }))
    #expect(
      !Evenness.isLikely(
        orders(3600) { random in
          var order = [0, 1, 2, 3]
          for place in order.indices { order.swapAt(place, random.integer(below: 4)) }
          return order
        }))
    #expect(!Evenness.isLikely([100, 0]) && Evenness.isLikely([]) && Evenness.isLikely([7]))
  }

  @Test func `counts are likely within six deviations`() {
    // 10,000 tosses have a deviation of 50.
    #expect(Evenness.isLikely(5299, of: 10_000, probability: 0.5))
    #expect(!Evenness.isLikely(4698, of: 10_000, probability: 0.5))
  }

  @Test func `a label that follows from others is found, with the fewest that it follows from`()
    throws
  {
    func labels(_ next: ([Int], inout Random) -> Int) -> [Int] {
      var random = Random(seed: 6)
      var labels: [Int] = []
      for _ in 0..<20_000 { labels.append(next(labels, &random)) }
      return labels
    }
    #expect(Evenness.patternedSum(labels { $1.integer(below: 2) }) == nil)
    #expect(Evenness.patternedSum([0, 1]) == nil)
    let third = try #require(
      Evenness.patternedSum(
        labels { before, random in
          before.count % 3 == 2
            ? before[before.count - 1] ^ before[before.count - 2] : random.integer(below: 2)
        }))
    #expect(third.placesBack == [0, 1, 2])
    let turns = try #require(Evenness.patternedSum(labels { before, _ in before.count % 2 }))
    #expect(turns.placesBack == [0, 1] && turns.evenCount == 0)
  }
}
