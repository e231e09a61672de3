import Testing

@testable import TensorCore

struct OperationTests {
  @Test(arguments: [
    ([2, 3], [2, 3]), ([2, 3], [3]), ([3], [2, 3]), ([2, 3], []), ([2, 1, 4], [3, 1]),
    ([2, 3], [2, 1]), ([5, 17], [5, 1]), ([1, 33], [4, 33]), ([2, 3, 4, 5], [3, 1, 5]),
  ])
  func `arithmetic broadcasts and its gradients agree with differences`(a: [Int], b: [Int]) {
    let (x, y) = (sample(a, in: 0.5..<2), sample(b, seed: 2, in: 0.5..<2))
    checkGradients(of: [x, y]) { $0[0] + $0[1] }
    checkGradients(of: [x, y]) { $0[0] - $0[1] }
    checkGradients(of: [x, y]) { $0[0] * $0[1] }
    checkGradients(of: [x, y]) { $0[0] / $0[1] }
  }

  @Test func `broadcasting repeats the smaller shape`() {
    let rows = Variable(Tensor([2, 1], [10, 20]))
    let columns = Variable(Tensor([3], [1, 2, 3]))
    #expect((rows + columns).value == Tensor([2, 3], [11, 12, 13, 21, 22, 23]))
    #expect((rows - columns).value == Tensor([2, 3], [9, 8, 7, 19, 18, 17]))
  }

  @Test func `arithmetic with numbers agrees with differences`() {
    let x = sample([7], in: 0.5..<2)
    checkGradients(of: [x]) { 3 - $0[0] * 2 }
    checkGradients(of: [x]) { 1 / ($0[0] / 4 + 1) }
    checkGradients(of: [x]) { -$0[0] }
  }

  @Test func `numbers come row by row, all axes but the last taken together`() {
    #expect(Tensor([2, 2, 3], (0..<12).map(Float.init)).numbersByRow.map(\.first) == [0, 3, 6, 9])
    #expect(Tensor([2, 3], [1, 2, 3, 4, 5, 6]).numbersByRow == [[1, 2, 3], [4, 5, 6]])
    #expect(Tensor([0, 3], []).numbersByRow.isEmpty)
    #expect(Tensor([2, 0], []).numbersByRow == [[], []])
  }

  @Test func `a shape of more numbers than can be counted stops the program`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1 << 62, 4], [])
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("Tensor: shape [4611686018427387904, 4] is too large"))
  }

  @Test func `shapes that do not broadcast stop the program with both shapes`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Variable(Tensor([2, 3], fill: 0)) + Variable(Tensor([4], fill: 0))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("+: shapes [2, 3] and [4] do not broadcast"))
  }

  @Test(arguments: [[1], [5], [3, 4], [2, 3, 4], [2, 40, 3]])
  func `reductions agree with differences`(shape: [Int]) {
    let x = sample(shape)
    checkGradients(of: [x]) { $0[0].sum() }
    checkGradients(of: [x]) { $0[0].mean() }
    for axis in shape.indices {
      checkGradients(of: [x]) { $0[0].sum(axis: axis) }
      checkGradients(of: [x]) { $0[0].mean(axis: axis, keepsAxis: true) }
    }
  }

  @Test func `sums of a hundred thousand numbers keep their digits`() {
    let x = Variable(Tensor([100_000], fill: 0.1))
    // No number passes through more than some 300 additions, each rounding by at most 2⁻²⁴ of the
    // sum: 1.8 · 10⁻⁵ in all. One after the other, 100,000 additions would be off by about 1.
    #expect(abs(x.sum().value.number - 10_000) < 0.18)
    let columns = Variable(Tensor([50_000, 2], fill: 0.1)).sum(axis: 0).value
    #expect(abs(columns[1] - 5_000) < 0.09)
  }

  @Test func `maximum takes the first of equal elements`() {
    let x = Variable(Tensor([2, 3], [1, 5, 5, 4, 2, 3]), needsGradient: true)
    let largest = x.maximum(axis: 1)
    #expect(largest.value == Tensor([2], [5, 4]))
    #expect(x.value.indicesOfMaximum() == [1, 0])
    #expect(x.value.indicesOfMaximum(axis: 0) == [1, 0, 0])
    largest.sum().backward()
    #expect(x.gradient == Tensor([2, 3], [0, 1, 0, 1, 0, 0]))
  }

  @Test(arguments: 0..<3)
  func `not-a-number is the largest element, wherever it stands`(place: Int) {
    var x = Tensor([1, 3], [3, 1, 2])
    x[0, place] = .nan
    #expect(x.indicesOfMaximum() == [place])
    #expect(Variable(x).maximum(axis: 1).value.number.isNaN)
  }

  @Test func `the slope of a negative power of a negative number is a number`() {
    for exponent in [-1, -15, -16] {
      let x = Variable(Tensor([1], fill: -2), needsGradient: true)
      power(x, Float(exponent)).backward()
      // n xⁿ⁻¹, exact: n times a power of two.
      let sign: FloatingPointSign = exponent.isMultiple(of: 2) ? .minus : .plus
      let power = Float(sign: sign, exponent: exponent - 1, significand: 1)
      #expect(x.gradient == Tensor([1], fill: Float(exponent) * power))
    }
  }

  @Test func `empty inputs give empty gradients, and zeros where they were repeated`() {
    func check(_ shapes: [[Int]], _ function: ([Variable]) -> Variable) {
      let inputs = shapes.map { Variable(Tensor($0, fill: 2), needsGradient: true) }
      function(inputs).sum().backward()
      for (input, shape) in zip(inputs, shapes) {
        #expect(input.gradient == Tensor(shape, fill: 0))
      }
    }
    check([[0, 3], [3]]) { $0[0] * $0[1] }
    check([[2, 0], [2, 1]]) { $0[0] + $0[1] }
    check([[3, 0, 4], [4]]) { $0[0] + $0[1] }
    check([[0, 3], [3, 4]]) { matmul($0[0], $0[1]) }
    check([[2, 0, 3], [3, 4]]) { matmul($0[0], $0[1]) }
    check([[0, 2, 3], [3, 4]]) { matmul($0[0], $0[1]) }
    check([[2, 3, 4], [4, 0]]) { matmul($0[0], $0[1]) }
    check([[0, 3], [3, 4], [4]]) { linear($0[0], $0[1], $0[2]) }
  }

  @Test func `moving numbers about agrees with differences`() {
    let x = sample([2, 3, 4])
    checkGradients(of: [x]) { $0[0].reshaped([4, -1]) }
    checkGradients(of: [x]) { $0[0].transposed(2, 0, 1) }
    checkGradients(of: [x]) { $0[0].transposed(0, 2, 1) }
    checkGradients(of: [x]) { $0[0].sliced(axis: 1, 1..<3) }
    checkGradients(of: [x]) { $0[0].gather([2, 0, 2], axis: 1) }
    checkGradients(of: [x, sample([2, 2, 4], seed: 2)]) { concatenate($0, axis: 1) }
  }

  @Test func `transposing puts each number where its indices say`() {
    let x = Variable(Tensor([2, 3], [1, 2, 3, 4, 5, 6]))
    #expect(x.transposed(1, 0).value == Tensor([3, 2], [1, 4, 2, 5, 3, 6]))
  }

  @Test(arguments: [
    ([3, 4], [4, 5]), ([2, 3, 4], [4, 5]), ([2, 3, 4], [2, 4, 5]), ([3, 4], [2, 4, 5]),
    ([2, 1, 3, 4], [3, 4, 2]), ([1, 1], [1, 1]), ([6, 2, 3], [6, 3, 2]),
  ])
  func `matrix products agree with differences, either side transposed`(a: [Int], b: [Int]) {
    func swapped(_ shape: [Int]) -> [Int] {
      shape.dropLast(2) + [shape[shape.count - 1], shape[shape.count - 2]]
    }
    checkGradients(of: [sample(a), sample(b, seed: 2)]) { matmul($0[0], $0[1]) }
    checkGradients(of: [sample(swapped(a)), sample(b, seed: 2)]) {
      matmul($0[0], $0[1], transposingA: true)
    }
    checkGradients(of: [sample(a), sample(swapped(b), seed: 2)]) {
      matmul($0[0], $0[1], transposingB: true)
    }
    checkGradients(of: [sample(swapped(a)), sample(swapped(b), seed: 2)]) {
      matmul($0[0], $0[1], transposingA: true, transposingB: true)
    }
  }

  @Test func `matrices that do not fit stop the program with shapes and place`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = matmul(Variable(Tensor([2, 3], fill: 0)), Variable(Tensor([4, 5], fill: 0)))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      message.contains("matmul: [2, 3] and [4, 5]: 3 columns on the left, 4 rows on the right"))
    #expect(message.contains("OperationTests.swift"))
  }

  @Test func `linear adds its bias and agrees with differences`() {
    checkGradients(of: [sample([2, 3, 4]), sample([4, 5], seed: 2), sample([5], seed: 3)]) {
      linear($0[0], $0[1], $0[2])
    }
    checkGradients(of: [sample([3, 4]), sample([4, 5], seed: 2)]) { linear($0[0], $0[1]) }
  }

  @Test func `elementwise functions agree with differences`() {
    let x = sample([37], in: -3..<3)
    checkGradients(of: [x]) { exp($0[0]) }
    checkGradients(of: [x]) { tanh($0[0]) }
    checkGradients(of: [x]) { sigmoid($0[0]) }
    checkGradients(of: [x]) { gelu($0[0]) }
    checkGradients(of: [sample([37], in: 0.5..<3)]) { log($0[0]) }
    checkGradients(of: [sample([37], in: 0.5..<3)]) { squareRoot($0[0]) }
    // Away from the kink at 0, where differences mean nothing.
    let apart = Tensor([4], [-2, -0.5, 0.5, 2])
    checkGradients(of: [apart]) { relu($0[0]) }
    checkGradients(of: [apart]) { leakyReLU($0[0], slope: 0.1) }
  }
}
