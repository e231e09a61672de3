import Foundation
import Testing

@testable import TensorCore

struct LanesTests {
  /// f of each of the numbers, a vector at a time.
  private func apply(_ numbers: [Float], _ f: (Lanes) -> Lanes) -> [Float] {
    var x = numbers
    var y = [Float](repeating: 0, count: x.count)
    x.withUnsafeMutableBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        map(x.count, x.baseAddress!, to: y.baseAddress!, f)
      }
    }
    return y
  }

  /// The largest error of y against the double-precision function, in units in the last place.
  private func worstError(_ x: [Float], _ y: [Float], _ f: (Double) -> Double) -> Double {
    zip(x, y).map { x, y in
      let exact = f(Double(x))
      return abs(Double(y) - exact) / Double(max(Float(abs(exact)).ulp, .leastNormalMagnitude))
    }.max()!
  }

  private func spread(_ range: ClosedRange<Float>, _ count: Int = 40_001) -> [Float] {
    (0..<count).map {
      range.lowerBound + (range.upperBound - range.lowerBound) * Float($0) / Float(count - 1)
    }
  }

  // The functions promise about 2 units in the last place; 4 leaves room for a processor whose
  // fused operations round otherwise.

  @Test func `exp agrees with the system's over the whole range`() {
    let x = spread(-87.2...88.7)
    #expect(worstError(x, apply(x) { exp($0) }, Foundation.exp) <= 4)
  }

  @Test func `exp of the ends is exact: nothing, infinity, not a number`() {
    let y = apply([-.infinity, -1e30, -200, -88, 0, 88.73, 1e30, .infinity, .nan]) { exp($0) }
    #expect(Array(y[0..<8]) == [0, 0, 0, 0, 1, .infinity, .infinity, .infinity])
    #expect(y[8].isNaN)
  }

  @Test func `log agrees with the system's, also for subnormal numbers`() {
    var x = spread(1e-3...4)
    x += (0..<300).map { Float(sign: .plus, exponent: $0 % 270 - 145, significand: 1.3) }
    #expect(worstError(x, apply(x) { log($0) }, Foundation.log) <= 4)
  }

  @Test func `log of the ends is exact`() {
    let y = apply([0, .infinity, 1, -1, -.infinity, .nan]) { log($0) }
    #expect(Array(y[0..<3]) == [-.infinity, .infinity, 0])
    #expect(y[3].isNaN && y[4].isNaN && y[5].isNaN)
  }

  @Test func `tanh agrees with the system's near zero and far away`() {
    let x = spread(-12...12) + spread(-1e-3...1e-3)
    #expect(worstError(x, apply(x) { tanh($0) }, Foundation.tanh) <= 4)
    let ends = apply([-.infinity, -100, 100, .infinity, .nan]) { tanh($0) }
    #expect(Array(ends[0..<4]) == [-1, -1, 1, 1])
    #expect(ends[4].isNaN)
  }

  @Test func `sigmoid has its limits`() {
    let y = apply([-.infinity, 0, .infinity, .nan]) { sigmoid($0) }
    #expect(Array(y[0..<3]) == [0, 0.5, 1])
    #expect(y[3].isNaN)
  }

  @Test(arguments: [0, 1, 7, 8, 15, 16, 17, 33, 100])
  func `loops reach the last number and no further`(n: Int) {
    var x = (0..<n + 40).map { Float($0 % 13) - 6 }
    var y = [Float](repeating: 77, count: n + 40)
    let total = x.withUnsafeMutableBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        let p = x.baseAddress!
        map(n, p, p, p, p, to: y.baseAddress!) { $0 + $1 + $2 + $3 }
        return (sum(n, p), sum(n, p, p) { $0 * $1 }, maximum(n, p))
      }
    }
    #expect(y == x[..<n].map { 4 * $0 } + [Float](repeating: 77, count: 40))
    // Small whole numbers: every sum is exact.
    #expect(total.0 == x[..<n].reduce(0, +))
    #expect(total.1 == x[..<n].map { $0 * $0 }.reduce(0, +))
    #expect(total.2 == x[..<n].max() ?? -.infinity)
  }
}
