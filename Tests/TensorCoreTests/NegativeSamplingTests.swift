import Foundation
import Testing

@testable import TensorCore

/// A copy of numbers in memory of its own.
private final class Memory<Number: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Number>
  let count: Int

  init(_ numbers: [Number]) {
    count = numbers.count
    start = .allocate(capacity: max(1, count))
    numbers.withUnsafeBufferPointer { start.initialize(from: $0.baseAddress!, count: count) }
  }

  deinit { start.deallocate() }

  var numbers: [Number] { Array(UnsafeBufferPointer(start: start, count: count)) }
}

/// Takes steps with tables that change, `[rows, stride]`.
private func step(
  inputs: [Int32], positives: [Int32], ends: [Int32], outputs: [Int32], _ input: inout [Float],
  _ output: inout [Float], stride: Int, rate: Float, times: Int = 1
) {
  let numbers = [inputs, positives, ends, outputs].map(Memory.init)
  let (v, u) = (Memory(input), Memory(output))
  withExtendedLifetime(numbers) {
    let groups = SampledGroups(
      count: inputs.count, inputs: numbers[0].start, positives: numbers[1].start,
      ends: numbers[2].start, outputs: numbers[3].start)
    for _ in 0..<times {
      stepNegativeSampling(
        groups, input: v.start, inputSteps: v.start, output: u.start, stride: stride, rate: rate)
    }
  }
  (input, output) = (v.numbers, u.numbers)
}

/// Tables and groups of a small case, and what a step of descent makes of them in double precision.
private struct Case {
  let width: Int
  let stride: Int
  var input: [Float]
  var output: [Float]
  let rows = 9
  let inputs: [Int32] = [3, 0, 3]
  let positives: [Int32] = [2, 10, 20]
  let ends: [Int32] = [7, 10, 40]
  // A row twice in one group, as positive and as noise; a group without noise left; a long group.
  let outputs: [Int32]

  init(width: Int, seed: UInt64) {
    self.width = width
    stride = (width + rowAlignment - 1) / rowAlignment * rowAlignment
    var random = Random(seed: seed)
    func table(_ rows: Int, _ stride: Int) -> [Float] {
      (0..<rows * stride).map { $0 % stride < width ? random.uniform(-0.5..<0.5) : 0 }
    }
    input = table(rows, stride)
    output = table(rows, stride)
    outputs =
      [1, 2, 2, 7, 1, 0, 4] + [5, 6, 8] + (0..<30).map { _ in Int32(random.integer(below: 9)) }
  }

  func range(_ group: Int) -> Range<Int> {
    (group == 0 ? 0 : Int(ends[group - 1]))..<Int(ends[group])
  }

  /// The loss of one group for tables in double precision.
  func loss(_ group: Int, _ v: [Double], _ output: [Double]) -> Double {
    range(group).reduce(0.0) { sum, at in
      let row = Int(outputs[at]) * stride
      let score = (0..<width).reduce(0.0) { $0 + v[$1] * output[row + $1] }
      return sum + log1p(exp(at < Int(positives[group]) ? -score : score))
    }
  }

  /// Steps with the first groups.
  mutating func step(rate: Float, groups: Int = 3) {
    TensorCoreTests.step(
      inputs: Array(inputs.prefix(groups)), positives: positives, ends: ends, outputs: outputs,
      &input, &output, stride: stride, rate: rate)
  }

  /// The same by a plain loop.
  func steppedPlainly(rate: Double) -> (input: [Double], output: [Double]) {
    var (input, output) = (input.map(Double.init), output.map(Double.init))
    for group in inputs.indices {
      let place = Int(inputs[group]) * stride
      let v = Array(input[place..<place + width])
      let before = output
      for at in range(group) {
        let row = Int(outputs[at]) * stride
        let score = (0..<width).reduce(0.0) { $0 + v[$1] * before[row + $1] }
        let label = at < Int(positives[group]) ? 1.0 : 0
        let g = rate * (label - 1 / (1 + exp(-score)))
        for column in 0..<width {
          input[place + column] += g * before[row + column]
          output[row + column] += g * v[column]
        }
      }
    }
    return (input, output)
  }

  /// The same by differences of the loss, group after group.
  func steppedByDifferences(rate: Double) -> (input: [Double], output: [Double]) {
    var (input, output) = (input.map(Double.init), output.map(Double.init))
    let h = 1e-5
    for group in inputs.indices {
      let place = Int(inputs[group]) * stride
      var v = Array(input[place..<place + stride])
      var inputStep = [Double](repeating: 0, count: width)
      for column in 0..<width {
        v[column] += h
        let above = loss(group, v, output)
        v[column] -= 2 * h
        let below = loss(group, v, output)
        v[column] += h
        inputStep[column] = -rate * (above - below) / (2 * h)
      }
      var changed = output
      for row in Set(outputs[range(group)]) {
        for column in 0..<width {
          let at = Int(row) * stride + column
          var moved = output
          moved[at] += h
          let above = loss(group, v, moved)
          moved[at] -= 2 * h
          changed[at] -= rate * (above - loss(group, v, moved)) / (2 * h)
        }
      }
      output = changed
      for column in 0..<width { input[place + column] += inputStep[column] }
    }
    return (input, output)
  }
}

struct NegativeSamplingTests {
  @Test(arguments: [1, 5, 20])
  func `a step is the gradient of each group's loss, one group after the other`(width: Int) {
    var own = Case(width: width, seed: UInt64(width))
    let expected = own.steppedByDifferences(rate: 0.3)
    own.step(rate: 0.3)
    // Single precision against differences with an error of h² and 1e-16 / h.
    for (a, b) in zip(own.input, expected.input) { #expect(abs(Double(a) - b) < 2e-5) }
    for (a, b) in zip(own.output, expected.output) { #expect(abs(Double(a) - b) < 2e-5) }
  }

  // Widths of less than a vector, of whole ones, and of more columns than fit the registers at once.
  @Test(arguments: [1, 16, 50, 100, 128, 129, 300])
  func `a step of any width is what a plain loop in double precision makes`(width: Int) {
    var own = Case(width: width, seed: UInt64(width))
    let expected = own.steppedPlainly(rate: 0.3)
    own.step(rate: 0.3)
    // Scores of 300 products in single precision, and differences with an error of h² and 1e-16 / h.
    for (a, b) in zip(own.input, expected.input) { #expect(abs(Double(a) - b) < 2e-5) }
    for (a, b) in zip(own.output, expected.output) { #expect(abs(Double(a) - b) < 2e-5) }
  }

  @Test func `with an output table of zeros the first step leaves the inputs alone`() {
    var own = Case(width: 100, seed: 1)
    own.output = own.output.map { _ in 0 }
    let before = own.input
    // One group: by the second the outputs have moved.
    let first = Case(width: 100, seed: 1).range(0)
    own.step(rate: 0.025, groups: 1)
    #expect(own.input == before)
    #expect(own.output.contains { $0 != 0 })
    // Every score is 0 and every σ is ½: a positive row becomes +rate/2 · v, a negative −rate/2 · v.
    let v = before[3 * own.stride..<4 * own.stride]
    let weights = Dictionary(
      first.map { (own.outputs[$0], $0 < 2 ? Float(0.0125) : -0.0125) }, uniquingKeysWith: +)
    for (row, weight) in weights {
      for (column, x) in v.enumerated() {
        #expect(abs(own.output[Int(row) * own.stride + column] - weight * x) < 1e-7)
      }
    }
  }

  @Test func `huge scores give finite steps`() {
    var own = Case(width: 100, seed: 2)
    own.input = own.input.map { $0 * 1e4 }
    own.output = own.output.map { $0 * 1e4 }
    own.step(rate: 0.025)
    #expect(own.input.allSatisfy(\.isFinite) && own.output.allSatisfy(\.isFinite))
  }

  // The matrix n of pairs below has equal rows sums of 12; with k = 1 and noise by plain counts each
  // word is drawn 12 · 12 / 48 = 3 times beside each. The optimum is PMI − log 1 = log(n / 3).
  @Test func `where every cell is free, descent ends at PMI − log k`() {
    let n: [[Int]] = [[6, 3, 2, 1], [3, 6, 1, 2], [2, 1, 6, 3], [1, 2, 3, 6]]
    let stride = rowAlignment
    var random = Random(seed: 3)
    var input = [Float](repeating: 0, count: 4 * stride)
    var output = input
    for row in 0..<4 {
      for column in 0..<4 { input[row * stride + column] = random.uniform(-0.5..<0.5) }
    }
    var (positives, ends, outputs): ([Int32], [Int32], [Int32]) = ([], [], [])
    for row in n {
      for (other, count) in row.enumerated() {
        outputs += Array(repeating: Int32(other), count: count)
      }
      positives.append(Int32(outputs.count))
      for other in 0..<4 { outputs += Array(repeating: Int32(other), count: 3) }
      ends.append(Int32(outputs.count))
    }
    step(
      inputs: [0, 1, 2, 3], positives: positives, ends: ends, outputs: outputs, &input, &output,
      stride: stride, rate: 0.02, times: 4000)
    for row in 0..<4 {
      for other in 0..<4 {
        let score = (0..<4).reduce(0) {
          $0 + Double(input[row * stride + $1]) * Double(output[other * stride + $1])
        }
        // Single precision: steps end where they no longer change the last digits.
        #expect(abs(score - log(Double(n[row][other]) / 3)) < 1e-3)
      }
    }
  }

  @Test func `CBOW's step is the gradient of the loss of the mean, divided by the neighbours`() {
    let (width, stride, rate) = (20, 2 * rowAlignment, Float(0.1))
    var random = Random(seed: 4)
    func table() -> [Float] {
      (0..<6 * stride).map { $0 % stride < width ? random.uniform(-1..<1) : 0 }
    }
    var (table, output) = (table(), table())
    let (before, outputBefore) = (table.map(Double.init), output.map(Double.init))
    let rows: [Int32] = [1, 4, 4, 5]
    let outputs: [Int32] = [2, 0, 3]
    let (end, list) = (Memory<Int32>([4]), Memory(rows))
    let lists = RowLists(count: 1, ends: end.start, rows: list.start)
    let (changed, parts) = (Memory(table), Memory<UInt8>([0, 1, 0, 0, 1, 0]))
    let (mean, zeros) = (Memory(Array(table[..<stride])), [Float](repeating: 0, count: stride))
    meanRows(lists, 0..<1, of: changed.start, to: mean.start, stride: stride)
    // The step of the mean is what the kernel would add to an input row of that value.
    var moved = mean.numbers
    step(
      inputs: [0], positives: [1], ends: [3], outputs: outputs, &moved, &output, stride: stride,
      rate: rate)
    let steps = Memory(zip(moved, mean.numbers).map { $0 - $1 } + zeros)
    for part in [0, 1] as [UInt8] {
      spreadSteps(
        lists, [steps.start], over: changed.start, stride: stride, parts: parts.start, mine: part)
    }
    table = changed.numbers
    withExtendedLifetime((end, list)) {}
    func loss(_ table: [Double]) -> Double {
      var loss = 0.0
      for (at, output) in outputs.enumerated() {
        var score = 0.0
        for column in 0..<width {
          let mean = rows.reduce(0.0) { $0 + table[Int($1) * stride + column] } / 4
          score += mean * outputBefore[Int(output) * stride + column]
        }
        loss += log1p(exp(at == 0 ? -score : score))
      }
      return loss
    }
    for at in 0..<6 * stride where at % stride < width {
      var (above, below) = (before, before)
      above[at] += 1e-5
      below[at] -= 1e-5
      let expected = before[at] - Double(rate) * (loss(above) - loss(below)) / 2e-5
      #expect(abs(Double(table[at]) - expected) < 1e-6)
    }
  }
}
