import TensorCore

/// A type whose values cross from process to process exactly, NaN's bits and all.
///
/// Numbers, Bool, String, Random, and arrays, optionals and tuples of what can cross do so without
/// further words, and enums with a raw value. A struct names its members:
///
/// ```swift
/// extension Window: WireValue {
///   public func write(to wire: inout WireWriter) { wire.write((inputs, targets)) }
///   public init(from wire: inout WireReader) throws(Unreadable) {
///     try self.init(inputs: wire.read(), targets: wire.read())
///   }
/// }
/// ```
public protocol WireValue {
  /// Appends the value.
  func write(to wire: inout WireWriter)
  /// Takes a value off the bytes that came, which may be anything.
  init(from wire: inout WireReader) throws(Unreadable)
  /// Ends the program where parts of the type cannot cross.
  static func requireParts()
}

extension WireValue {
  /// A type is taken to know how to write its parts.
  public static func requireParts() {}
}

/// Ends the program unless a type's values can cross: so a mistake in a chapter's list of functions is
/// found before any of them is called.
func requireWireValues<Value>(of type: Value.Type) {
  if let type = type as? any WireValue.Type { return type.requireParts() }
  if type is any RawRepresentable.Type { return }
  TupleLayout(of: type).requireParts()
}

/// Numbers whose bytes are their value: lists of them cross as one block.
private protocol PlainNumber: WireValue, BitwiseCopyable {}

extension PlainNumber {
  /// Appends the value.
  public func write(to wire: inout WireWriter) {
    withUnsafeBytes(of: self) { wire.append($0) }
  }

  /// Takes a value off the bytes that came.
  public init(from wire: inout WireReader) throws(Unreadable) {
    self = try wire.take(MemoryLayout<Self>.size) { $0.loadUnaligned(as: Self.self) }
  }

  fileprivate static func write(_ numbers: Any, to wire: inout WireWriter) {
    (numbers as! [Self]).withUnsafeBytes { wire.append($0) }
  }

  fileprivate static func read(_ count: Int, from wire: inout WireReader) throws(Unreadable) -> Any
  {
    try wire.take(count * MemoryLayout<Self>.stride) { bytes in
      [Self](unsafeUninitializedCapacity: count) { room, filled in
        UnsafeMutableRawBufferPointer(room).copyMemory(from: bytes)
        filled = count
      }
    }
  }
}

extension Int: PlainNumber {}
extension UInt8: PlainNumber {}
extension UInt32: PlainNumber {}
extension UInt64: PlainNumber {}
extension Float: PlainNumber {}
extension Double: PlainNumber {}

extension Bool: WireValue {
  /// Appends the value.
  public func write(to wire: inout WireWriter) { wire.write(self ? 1 : 0 as UInt8) }

  /// Takes a value off the bytes that came.
  public init(from wire: inout WireReader) throws(Unreadable) {
    switch try wire.read(UInt8.self) {
    case 0: self = false
    case 1: self = true
    case let byte: throw Unreadable("\(byte) is neither true nor false")
    }
  }
}

extension String: WireValue {
  /// Appends the value.
  public func write(to wire: inout WireWriter) { wire.write(Array(utf8)) }

  /// Takes a value off the bytes that came.
  public init(from wire: inout WireReader) throws(Unreadable) {
    guard let text = String(validating: try wire.read([UInt8].self), as: UTF8.self) else {
      throw Unreadable("a text is not UTF-8")
    }
    self = text
  }
}

extension Random: WireValue {
  /// Appends the value.
  public func write(to wire: inout WireWriter) { wire.write(description) }

  /// Takes a value off the bytes that came.
  public init(from wire: inout WireReader) throws(Unreadable) {
    let text = try wire.read(String.self)
    guard let random = Random(text) else { throw Unreadable("\(text.prefix(80)) is no generator") }
    self = random
  }
}

extension Optional: WireValue {
  /// Appends the value.
  public func write(to wire: inout WireWriter) {
    wire.write(self != nil)
    if let value = self { wire.write(value) }
  }

  /// Takes a value off the bytes that came.
  public init(from wire: inout WireReader) throws(Unreadable) {
    self = try wire.read(Bool.self) ? wire.read(Wrapped.self) : nil
  }

  /// Ends the program unless its elements can cross.
  public static func requireParts() { requireWireValues(of: Wrapped.self) }
}

extension Array: WireValue {
  /// Appends the value.
  public func write(to wire: inout WireWriter) {
    wire.write(count)
    if let number = Element.self as? any PlainNumber.Type { return number.write(self, to: &wire) }
    for element in self { wire.write(element) }
  }

  /// Takes a value off the bytes that came.
  public init(from wire: inout WireReader) throws(Unreadable) {
    if let number = Element.self as? any PlainNumber.Type {
      let count = try wire.count(ofItemsWith: MemoryLayout<Element>.stride)
      self = try number.read(count, from: &wire) as! [Element]
      return
    }
    let count = try wire.count(ofItemsWith: 1)
    self = []
    for _ in 0..<count { append(try wire.read(Element.self)) }
  }

  /// Ends the program unless its elements can cross.
  public static func requireParts() { requireWireValues(of: Element.self) }
}
