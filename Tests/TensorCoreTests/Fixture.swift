import Foundation
import Testing

@testable import TensorCore

/// What PyTorch computed for fixed inputs; written by `Fixtures/make_fixtures.py`.
struct Fixture: Decodable {
  struct Numbers: Decodable {
    let shape: [Int]
    let numbers: [Float]

    var tensor: Tensor { Tensor(shape, numbers) }
  }

  let operation: String
  /// The operation's whole numbers, such as a stride.
  let options: [Int]
  let inputs: [Numbers]
  let output: Numbers
  /// The gradient of the output; nil where no gradient is compared.
  let gradient: Numbers?
  /// The gradients of the inputs; nil for one that is a constant.
  let gradients: [Numbers?]?
  /// The names of a layer's input and parameters.
  let names: [String]?

  static func read(_ file: String) throws -> [Fixture] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    let data = try Data(contentsOf: folder.appending(path: file))
    return try JSONDecoder().decode([Fixture].self, from: data)
  }

  /// Compares what `operations` compute with all cases of a file.
  static func compare(
    _ file: String, with operations: [String: (Fixture, [Variable]) -> Variable]
  ) throws {
    let cases = try read(file)
    #expect(Set(cases.map(\.operation)) == Set(operations.keys), "\(file): cases and operations")
    for item in cases {
      guard let operation = operations[item.operation] else { continue }
      let inputs = item.inputs.map { Variable($0.tensor, needsGradient: true) }
      item.compare(operation(item, inputs), from: inputs)
    }
  }

  /// Compares an output, and the gradients that reach its inputs.
  ///
  /// Both sides begin with the same 32-bit numbers; PyTorch went on in 64 bits. What differs is our
  /// rounding: sums of at most some hundred products, each rounded to 2⁻²⁴ of their size, and the
  /// functions' last two bits. 10⁻⁵ of the tensor's largest number leaves room for that; a wrong
  /// formula is off by the order of the numbers themselves.
  func compare(_ output: Variable, from inputs: [Variable]) {
    expect(output.value, self.output, "output")
    guard let gradient, let gradients else { return }
    output.backward(from: gradient.tensor)
    for (index, expected) in gradients.enumerated() {
      guard let expected else { continue }
      let name = names?[index] ?? "input \(index)"
      if let gradient = inputs[index].gradient {
        expect(gradient, expected, "gradient of \(name)")
      } else {
        Issue.record("\(description): \(name) received no gradient")
      }
    }
  }

  private var description: String { "\(operation) \(options) \(inputs.map(\.shape))" }

  private func expect(_ value: Tensor, _ expected: Numbers, _ what: String) {
    #expect(value.shape == expected.shape, "\(description): shape of \(what)")
    let largest = max(1e-2, expected.numbers.map(abs).max() ?? 0)
    for (index, (a, b)) in zip(value.numbers, expected.numbers).enumerated()
    where !(abs(a - b) <= 1e-5 * largest) {
      Issue.record("\(description): \(what), element \(index): \(a), PyTorch \(b)")
      return
    }
  }
}
