import Testing

@testable import TensorCore

@Suite struct RetrievalTests {
  /// One query 0 among a gallery whose pictures come in order, right ones at given ranks.
  private func ranked(right ranks: [Int], of count: Int) -> Retrieval {
    Retrieval(
      similarities: Tensor([1, count], (0..<count).map { -Float($0) }), queries: [0],
      gallery: (1...count).map { ranks.contains($0) ? 0 : $0 })
  }

  @Test func `the average precision is the mean of i over the rank of the i-th right picture`() {
    // 1/1, 2/2, 3/4, 4/7.
    #expect(abs(ranked(right: [1, 2, 4, 7], of: 9).meanAveragePrecision - 0.830357) < 1e-6)
    #expect(ranked(right: [2], of: 5).meanAveragePrecision == 0.5)
    #expect(ranked(right: [1, 10], of: 12).meanAveragePrecision == 0.6)
    #expect(ranked(right: [1, 10], of: 12).recallAtOne == 1)
    #expect(ranked(right: [2], of: 5).recallAtOne == 0)
  }

  @Test func `an increasing map of the similarities changes nothing`() {
    var random = Random(seed: 3)
    let similarities = Tensor(normal: [20, 40], using: &random)
    let (queries, gallery) = (Array(0..<20), (0..<40).map { $0 % 20 })
    let plain = Retrieval(similarities: similarities, queries: queries, gallery: gallery)
    let mapped = Tensor([20, 40], similarities.numbers.map { 3 * $0 * $0 * $0 + 5 })
    #expect(Retrieval(similarities: mapped, queries: queries, gallery: gallery) == plain)
  }

  @Test func `a tie never helps, and right pictures that tie do not harm each other`() {
    let flat = Tensor([1, 4], fill: 0.5)
    let lost = Retrieval(similarities: flat, queries: [7], gallery: [1, 7, 2, 3])
    #expect(lost.meanAveragePrecision == 0.25 && lost.recallAtOne == 0)
    let all = Retrieval(similarities: flat, queries: [7], gallery: [7, 7, 7, 7])
    #expect(all.meanAveragePrecision == 1 && all.recallAtOne == 1)
  }

  @Test(arguments: [(100, 1, 0.0519), (100, 5, 0.0902), (10, 1, 0.2929)])
  func `chance has its closed form`(count: Int, right: Int, expected: Double) {
    let chance = Retrieval.chance(gallery: count, right: right)
    #expect(abs(chance.meanAveragePrecision - expected) < 5e-5)
    #expect(chance.recallAtOne == Double(right) / Double(count))
  }

  @Test func `many rankings by lot come to what chance says`() {
    var random = Random(seed: 5)
    let similarities = Tensor(normal: [4000, 12], using: &random)
    let found = Retrieval(
      similarities: similarities, queries: Array(repeating: 0, count: 4000),
      gallery: [0, 0, 0] + (1...9))
    let chance = Retrieval.chance(gallery: 12, right: 3)
    // Average precisions spread by less than 0.25; four standard errors of 4,000 are 0.016.
    #expect(abs(found.meanAveragePrecision - chance.meanAveragePrecision) < 0.016)
    #expect(abs(found.recallAtOne - 0.25) < 0.03)
  }

  @Test func `an identity that is not in the gallery stops the program`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Retrieval(similarities: Tensor([1, 1], fill: 0), queries: [5], gallery: [4])
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("identity 5 is not in the gallery"))
  }
}
