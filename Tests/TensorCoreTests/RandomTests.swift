import Foundation
import Testing

@testable import TensorCore

struct RandomTests {
  @Test func `the same seed gives the same numbers on every platform`() {
    var random = Random(seed: 42)
    // Computed apart from this code, from the published description of the generator.
    let expected: [UInt64] = [
      1_546_998_764_402_558_742, 6_990_951_692_964_543_102,
      12_544_586_762_248_559_009, 17_057_574_109_182_124_193,
    ]
    #expect((0..<4).map { _ in random.next() } == expected)
  }

  @Test func `neighbouring streams of a seed share no word of their states`() {
    var met: Set<Substring> = []
    for stream in 0..<100 {
      for word in Random(seed: 7, stream: stream).description.split(separator: " ") {
        #expect(met.insert(word).inserted)
      }
    }
  }

  @Test func `the logarithm agrees with the system's to the last bits`() {
    var random = Random(seed: 1)
    for _ in 0..<10_000 {
      let x = Double(random.next() >> 11) * 0x1p-53 + 1e-300
      // Two roundings of the sum's size and one of the result's: 4 units in the last place.
      #expect(abs(Random.logarithm(x) - log(x)) <= 4 * abs(log(x)).ulp + 1e-16)
    }
  }

  @Test func `integers below a bound are even within five standard deviations`() {
    var random = Random(seed: 3)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.integer(below: 7)] += 1 }
    let deviation = (10_000.0 * 6 / 7).squareRoot()
    for count in counts { #expect(abs(Double(count) - 10_000) < 5 * deviation) }
  }

  @Test func `normal numbers have mean 0 and variance 1 and the right tails`() {
    var random = Random(seed: 4)
    let numbers = (0..<100_000).map { _ in Double(random.normal()) }
    let mean = numbers.reduce(0, +) / 1e5
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1e5
    // Five standard errors: 1/√n for the mean, √(2/n) for the variance.
    #expect(abs(mean) < 5 / 1e5.squareRoot())
    #expect(abs(variance - 1) < 5 * (2 / 1e5).squareRoot())
    let beyond = Double(numbers.count { abs($0) > 1.959964 }) / 1e5
    #expect(abs(beyond - 0.05) < 5 * (0.05 * 0.95 / 1e5).squareRoot())
  }

  @Test func `drawing by weights never gives an index of weight zero`() {
    var random = Random(seed: 5)
    var counts = [0, 0, 0]
    for _ in 0..<30_000 { counts[random.index(weights: [1, 0, 2])] += 1 }
    #expect(counts[1] == 0)
    #expect(abs(Double(counts[0]) - 10_000) < 5 * (30_000.0 * 2 / 9).squareRoot())
  }
}
