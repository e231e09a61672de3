import Testing

@testable import TensorCore

/// Whole numbers from -4 to 4: sums of some thousand products of them are exact in any order.
func smallNumbers(_ count: Int, seed: UInt64) -> [Float] {
  var random = Random(seed: seed)
  return (0..<count).map { _ in Float(random.integer(below: 9)) - 4 }
}

/// Runs body with a copy of the numbers in memory of their own and returns what it leaves there.
func withNumbers(_ numbers: [Float], _ body: (Pointer) -> Void) -> [Float] {
  let memory = Scratch(numbers.count)
  defer { memory.free() }
  for i in numbers.indices { memory.start[i] = numbers[i] }
  body(memory.start)
  return (0..<numbers.count).map { memory.start[$0] }
}

@Suite(.serialized) struct MatrixProductTests {
  enum Order: CaseIterable { case plain, transposed, spaced }

  /// A view of at least rows × columns numbers of `p`, and how many it spans.
  private func view(_ p: Pointer, _ rows: Int, _ columns: Int, _ order: Order) -> Matrix {
    switch order {
    case .plain: Matrix(p, rows, columns)
    case .transposed: Matrix(p, columns, rows).transposed
    case .spaced: Matrix(p, rows, columns, rowStride: 2 * columns + 3, columnStride: 2)
    }
  }

  private func span(_ rows: Int, _ columns: Int) -> Int { rows * (2 * columns + 3) + 1 }

  private func naive(_ a: Matrix, _ b: Matrix) -> [Float] {
    var result = [Float](repeating: 0, count: a.rows * b.columns)
    for i in 0..<a.rows {
      for j in 0..<b.columns {
        var total: Float = 0
        for k in 0..<b.rows {
          total +=
            a.start[i &* a.rowStride &+ k &* a.columnStride]
            * b.start[k &* b.rowStride &+ j &* b.columnStride]
        }
        result[i * b.columns + j] = total
      }
    }
    return result
  }

  private func check(_ m: Int, _ k: Int, _ n: Int, _ orderA: Order, _ orderB: Order) {
    let bias = smallNumbers(n, seed: 3)
    let old = smallNumbers(m * n, seed: 4)
    _ = withNumbers(smallNumbers(span(m, k), seed: 1)) { pa in
      _ = withNumbers(smallNumbers(span(k, n), seed: 2)) { pb in
        let a = view(pa, m, k, orderA)
        let b = view(pb, k, n, orderB)
        _ = withNumbers(bias) { pBias in
          let product = naive(a, b)
          for start in 0..<3 {
            let expected = product.indices.map {
              product[$0] + (start == 0 ? 0 : start == 1 ? old[$0] : bias[$0 % n])
            }
            let from: Start = [.zero, .existing, .bias(pBias)][start]
            let all = withNumbers(old) { multiply(a, b, into: Matrix($0, m, n), from: from) }
            let alone = withNumbers(old) {
              multiplySerial(a, b, into: Matrix($0, m, n), from: from)
            }
            #expect(all == expected, "\(m) × \(k) × \(n), \(orderA), \(orderB), start \(start)")
            #expect(alone == expected, "serial \(m) × \(k) × \(n), \(orderA), \(orderB)")
          }
        }
      }
    }
  }

  @Test func `products of all small sizes agree with the definition`() {
    for (m, k, n) in [
      (0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (1, 5, 40), (40, 5, 1), (2, 3, 4), (7, 9, 33),
      (8, 16, 32), (9, 130, 31), (13, 17, 65), (1, 300, 70), (70, 300, 1), (25, 129, 47),
    ] {
      for orderA in Order.allCases {
        for orderB in Order.allCases { check(m, k, n, orderA, orderB) }
      }
    }
  }

  @Test func `products large enough to be shared agree with the definition`() {
    for orderA in Order.allCases {
      for orderB in Order.allCases { check(61, 517, 97, orderA, orderB) }
    }
  }

  @Test func `a part of a wider matrix can be the result`() {
    let m = 11
    let n = 37
    let result = withNumbers([Float](repeating: 5, count: m * 50)) { c in
      _ = withNumbers(smallNumbers(m * 4, seed: 1)) { a in
        _ = withNumbers(smallNumbers(4 * n, seed: 2)) { b in
          multiply(Matrix(a, m, 4), Matrix(b, 4, n), into: Matrix(c, m, n, rowStride: 50))
        }
      }
    }
    for i in 0..<m { #expect(result[i * 50 + n..<i * 50 + 50].allSatisfy { $0 == 5 }) }
  }

  @Test func `one and several threads give equal bits`() {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    var random = Random(seed: 5)
    for (m, k, n) in [(129, 517, 131), (1, 4000, 300), (300, 4000, 1), (64, 768, 512)] {
      let a = (0..<m * k).map { _ in random.normal() }
      let b = (0..<k * n).map { _ in random.normal() }
      for transposed in [false, true] {
        var results: [[Float]] = []
        for threads in [1, 2, 3, 5] {
          Parallel.threads = threads
          results.append(
            withNumbers([Float](repeating: 0, count: m * n)) { pc in
              _ = withNumbers(a.map { Float($0) }) { pa in
                _ = withNumbers(b.map { Float($0) }) { pb in
                  multiply(
                    transposed ? Matrix(pa, k, m).transposed : Matrix(pa, m, k),
                    Matrix(pb, k, n), into: Matrix(pc, m, n))
                }
              }
            })
        }
        for other in results.dropFirst() {
          #expect(other.map(\.bitPattern) == results[0].map(\.bitPattern), "\(m) × \(k) × \(n)")
        }
      }
    }
  }
}
