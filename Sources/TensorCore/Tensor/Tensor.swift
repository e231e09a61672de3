/// Numbers in a box: a shape and 32-bit floating-point numbers in row-major order.
///
/// A tensor is a value. A copy costs nothing: the numbers are shared until one of the two is changed.
///
/// ```swift
/// var table = Tensor([2, 3], [1, 2, 3, 4, 5, 6])  // two rows of three
/// table[1, 0]                                     // 4
/// table[1, 0] = 7
/// ```
///
/// Calculations are defined on `Variable`, which wraps a tensor and can record where a result came
/// from.
public struct Tensor: Sendable {
  /// The size along each axis; empty for a single number.
  public let shape: [Int]
  /// The number of elements, the product of the shape.
  public let count: Int
  private var buffer: Buffer

  /// Makes a tensor whose numbers are yet to be written.
  init(uninitialized shape: [Int]) {
    self.shape = shape
    count = Shape.count(shape)
    buffer = Buffer(count: count)
  }

  private init(shape: [Int], buffer: Buffer) {
    self.shape = shape
    count = Shape.count(shape)
    self.buffer = buffer
  }

  /// Makes a tensor of the given shape from its numbers, row after row.
  public init(
    _ shape: [Int], _ numbers: [Float], file: StaticString = #fileID, line: UInt = #line
  ) {
    if shape.contains(where: { $0 < 0 }) || Shape.count(shape) != numbers.count {
      stop(
        "Tensor", "shape \(shape) cannot hold \(numbers.count) numbers", file: file, line: line)
    }
    self.init(uninitialized: shape)
    numbers.withUnsafeBufferPointer { source in
      if let from = source.baseAddress { buffer.start.update(from: from, count: count) }
    }
  }

  /// Makes a tensor of the given shape, all of whose numbers are `value`.
  public init(
    _ shape: [Int], fill value: Float, file: StaticString = #fileID, line: UInt = #line
  ) {
    if shape.contains(where: { $0 < 0 }) {
      stop("Tensor", "shape \(shape) has a negative size", file: file, line: line)
    }
    self.init(uninitialized: shape)
    buffer.start.update(repeating: value, count: count)
  }

  /// Makes a tensor of shape `[]` that holds one number.
  public init(_ number: Float) { self.init([], [number]) }

  /// Makes a tensor of numbers drawn from a normal distribution with mean 0.
  ///
  /// - Parameters:
  ///   - shape: the shape.
  ///   - deviation: the standard deviation.
  ///   - random: where the numbers come from.
  ///   - file: the caller's file, for the message about a wrong shape.
  ///   - line: the caller's line.
  public init(
    normal shape: [Int], deviation: Float = 1, using random: inout Random,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(shape, fill: 0, file: file, line: line)
    for index in 0..<count { buffer.start[index] = deviation * random.normal() }
  }

  /// Makes a tensor of numbers drawn evenly from a range.
  ///
  /// - Parameters:
  ///   - shape: the shape.
  ///   - range: where the numbers lie.
  ///   - random: where the numbers come from.
  ///   - file: the caller's file, for the message about a wrong shape.
  ///   - line: the caller's line.
  public init(
    uniform shape: [Int], in range: Range<Float>, using random: inout Random,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(shape, fill: 0, file: file, line: line)
    for index in 0..<count { buffer.start[index] = random.uniform(range) }
  }

  /// The numbers, row after row.
  public var numbers: [Float] {
    withExtendedLifetime(buffer) { Array(UnsafeBufferPointer(start: buffer.start, count: count)) }
  }

  /// The only number of a tensor that holds one.
  public var number: Float {
    if count != 1 { fatalError("number: shape \(shape) holds \(count) numbers, not one") }
    return withExtendedLifetime(buffer) { buffer.start[0] }
  }

  /// The numbers row by row as plain arrays, all axes but the last taken together.
  public var numbersByRow: [[Float]] {
    let (all, width) = (numbers, columns)
    return (0..<rows).map { Array(all[$0 * width..<($0 + 1) * width]) }
  }

  /// The same numbers in another shape, without copying them.
  ///
  /// One size may be −1: it is computed from the others.
  public func reshaped(
    _ shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    var resolved = shape
    if let open = shape.firstIndex(of: -1) {
      let known = shape.enumerated().reduce(1) { $1.offset == open ? $0 : $0 * $1.element }
      if known > 0 && count % known == 0 { resolved[open] = count / known }
    }
    if resolved.contains(where: { $0 < 0 }) || Shape.count(resolved) != count {
      stop(
        "reshaped", "\(count) numbers of shape \(self.shape) do not fit \(shape)", file: file,
        line: line)
    }
    return Tensor(shape: resolved, buffer: buffer)
  }

  /// The number at a place, one index for each axis.
  public subscript(indices: Int...) -> Float {
    get { withExtendedLifetime(buffer) { buffer.start[offset(indices)] } }
    set {
      let offset = offset(indices)
      withMutable { $0[offset] = newValue }
    }
  }

  private func offset(_ indices: [Int]) -> Int {
    let isInside =
      indices.count == shape.count && zip(indices, shape).allSatisfy { $0 >= 0 && $0 < $1 }
    if !isInside { fatalError("Tensor: no element \(indices) in shape \(shape)") }
    return zip(indices, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }
}

// MARK: - For the kernels

extension Tensor {
  /// Where the numbers are, for reading; valid while this tensor lives.
  ///
  /// A raw pointer does not keep its tensor alive: end with `withExtendedLifetime` where the tensor is
  /// not used after the pointer.
  var start: Pointer { buffer.start }

  /// Lets `body` change the numbers in place; copies them first where another tensor shares them.
  mutating func withMutable<Result>(_ body: (Pointer) -> Result) -> Result {
    if !isKnownUniquelyReferenced(&buffer) {
      let copy = Buffer(count: count)
      copy.start.update(from: buffer.start, count: count)
      buffer = copy
    }
    return body(buffer.start)
  }

  /// The size of the last axis; 1 for a single number.
  var columns: Int { shape.last ?? 1 }

  /// How many rows the numbers make, all axes but the last taken together.
  var rows: Int { columns == 0 ? shape.dropLast().reduce(1, *) : count / columns }

  /// The numbers as one matrix of `rows` × `columns`.
  var matrix: Matrix { Matrix(start, rows, columns) }
}

extension Tensor: CustomStringConvertible {
  /// The shape and the first numbers.
  public var description: String {
    let first = withExtendedLifetime(buffer) { (0..<min(count, 8)).map { buffer.start[$0] } }
    let shown = first.map { "\($0)" }.joined(separator: ", ")
    return "Tensor(\(shape), [\(shown)\(count > 8 ? ", …" : "")])"
  }
}

extension Tensor: Equatable {
  /// Whether two tensors have the same shape and equal numbers.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    withExtendedLifetime((a, b)) {
      a.shape == b.shape && (0..<a.count).allSatisfy { a.buffer.start[$0] == b.buffer.start[$0] }
    }
  }
}
