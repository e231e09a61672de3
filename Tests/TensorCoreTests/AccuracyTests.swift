import Testing

import TensorCore

struct AccuracyTests {
  @Test func `the accuracy is the share of right guesses`() {
    #expect(accuracy([1, 0, 2, 2], [1, 0, 2, 0]) == 0.75)
    #expect(accuracy([], []) == 0)
  }

  @Test func `batches follow each other, and the last holds what is left`() {
    #expect(batches(7, of: 3) == [0..<3, 3..<6, 6..<7])
    #expect(batches(6, of: 3) == [0..<3, 3..<6])
    #expect(batches(0, of: 3).isEmpty)
  }
}
