import Testing

import TensorCore

struct NearestNeighboursTests {
  @Test func `neighbours are found by angle, the nearest first`() {
    let rows = Variable(Tensor([4, 2], [1, 0, 5, 5, 0, 0.1, -3, 0]))
    let queries = Variable(Tensor([2, 2], [2, 1.5, -1, -0.1]))
    #expect(nearestNeighbours(of: queries, in: rows, k: 2) == [[1, 0], [3, 2]])
    #expect(nearestNeighbours(of: queries, in: rows, k: 9)[0].count == 4)
  }

  @Test func `the majority of neighbours decides, and the nearer of two equal parties`() {
    let rows = Variable(Tensor([4, 2], [1, 0, 1, 0.1, 1, 0.2, -1, 0]))
    let one = Representation(training: rows, test: Variable(Tensor([1, 2], [1, -0.1])))
    #expect(nearestNeighbourAccuracy(one, [0, 1, 1, 2], [1], k: 3) == 1)
    #expect(nearestNeighbourAccuracy(one, [0, 1, 2, 2], [0], k: 3) == 1)
  }

  @Test func `they are those that sorting all cosines would give`() {
    var random = Random(seed: 8)
    let queries = Tensor(normal: [7, 3], using: &random)
    let rows = Tensor(normal: [40, 3], using: &random)
    let found = nearestNeighbours(of: Variable(queries), in: Variable(rows), k: 6)
    for query in 0..<7 {
      func cosine(_ row: Int) -> Float {
        let product = (0..<3).reduce(Float(0)) { $0 + queries[query, $1] * rows[row, $1] }
        let squares = (0..<3).reduce(Float(0)) { $0 + rows[row, $1] * rows[row, $1] }
        return product / squares.squareRoot()
      }
      let sorted = (0..<40).sorted { cosine($0) > cosine($1) }
      #expect(found[query] == Array(sorted.prefix(6)))
    }
  }

  @Test func `queries of another width stop the program`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = nearestNeighbours(
        of: Variable(Tensor([2, 3], fill: 1)), in: Variable(Tensor([5, 4], fill: 1)), k: 1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("nearestNeighbours: 1 neighbours of queries [2, 3] among rows [5, 4]"))
    #expect(message.contains("NearestNeighboursTests.swift"))
  }
}
