/// Bytes that are on their way to the other process, value after value.
public struct WireWriter {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []

  /// Begins with nothing.
  public init() {}

  /// Appends a value of any type that can cross: see `WireValue`.
  public mutating func write<Value>(_ value: Value) {
    switch value {
    case let value as any WireValue: value.write(to: &self)
    case let value as any RawRepresentable: write(raw: value)
    default: TupleLayout(of: Value.self).write(value, to: &self)
    }
  }

  /// Appends bytes as they are.
  public mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

  private mutating func write<Value: RawRepresentable>(raw value: Value) { write(value.rawValue) }
}

/// Bytes that came from the other process, where learner's code may have written anything.
public struct WireReader {
  private let bytes: [UInt8]
  private var place = 0

  /// Begins with the first of some bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// How many bytes are left.
  public var left: Int { bytes.count - place }

  /// Takes the next value off the bytes.
  ///
  /// - Throws: `Unreadable`, where the bytes are no such value.
  public mutating func read<Value>(_ type: Value.Type = Value.self) throws(Unreadable) -> Value {
    if let type = type as? any WireValue.Type { return try read(known: type) as! Value }
    if let type = type as? any RawRepresentable.Type { return try read(raw: type) as! Value }
    return try TupleLayout(of: type).read(from: &self)
  }

  /// Takes the next bytes as they are.
  ///
  /// - Throws: `Unreadable`, where fewer are left.
  public mutating func take<Result>(
    _ count: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) throws(Unreadable) -> Result {
    if count < 0 || count > left { throw Unreadable("it ends too early") }
    defer { place += count }
    return bytes.withUnsafeBytes {
      body(UnsafeRawBufferPointer(rebasing: $0[place..<place + count]))
    }
  }

  /// Takes the number of items that follow; each of them has a byte or more.
  ///
  /// - Throws: `Unreadable`, where so many items cannot follow.
  public mutating func count(ofItemsWith size: Int) throws(Unreadable) -> Int {
    let count = try read(Int.self)
    if count < 0 || count > left / max(1, size) {
      throw Unreadable("a list of \(count) items is announced, and \(left) bytes follow")
    }
    return count
  }

  /// Makes sure that nothing is left.
  ///
  /// - Throws: `Unreadable`, where something is.
  public func finish() throws(Unreadable) {
    if left > 0 { throw Unreadable("\(left) bytes too many came") }
  }

  private mutating func read<Value: WireValue>(known: Value.Type) throws(Unreadable) -> Value {
    try Value(from: &self)
  }

  private mutating func read<Value: RawRepresentable>(
    raw type: Value.Type
  ) throws(Unreadable) -> Value {
    let raw = try read(Value.RawValue.self)
    guard let value = Value(rawValue: raw) else { throw Unreadable("\(raw) is no \(type)") }
    return value
  }
}

/// What came from the other process is not what should come.
public struct Unreadable: Error, CustomStringConvertible {
  /// What is wrong with it.
  public let description: String

  /// Notes what is wrong.
  public init(_ description: String) { self.description = description }
}
