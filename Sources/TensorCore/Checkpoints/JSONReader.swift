/// Reads JSON (RFC 8259) from bytes, piece by piece, as its caller expects them.
///
/// The reader trusts nothing. What the caller does not ask for is refused, so there is no recursion
/// into nested text, and no allocation beyond what the caller keeps. A key that comes twice, of which
/// one would silently win, is refused.
struct JSONReader {
  /// What is wrong with the text, and at which byte.
  struct Failure: Error {
    let problem: String
    let offset: Int
  }

  private let text: [UInt8]
  private var at = 0

  init(_ text: [UInt8]) { self.text = text }

  /// What is wrong at this place.
  func failure(_ problem: String) -> Failure { Failure(problem: problem, offset: at) }

  private var next: UInt8? { at < text.count ? text[at] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { at += 1 }
  }

  /// Passes over a byte, and space before it, if it comes next.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    if next != UInt8(ascii: character) { return false }
    at += 1
    return true
  }

  /// Checks that nothing but space is left.
  mutating func end() throws(Failure) {
    skipSpace()
    if at < text.count { throw failure("something follows the end") }
  }

  /// Reads an object; `member` is called after each key and must read its value.
  mutating func object(
    _ member: (inout JSONReader, String) throws(Failure) -> Void
  ) throws(Failure) {
    if !take("{") { throw failure("an opening brace is missing") }
    if take("}") { return }
    // As bytes: Swift's strings are equal where é is one character in one and two in the other.
    var met: Set<[UInt8]> = []
    while true {
      let key = try string()
      if !met.insert(Array(key.utf8)).inserted {
        throw failure("the key \(quoted(key)) comes twice")
      }
      if !take(":") { throw failure("a colon is missing") }
      try member(&self, key)
      if take("}") { return }
      if !take(",") { throw failure("a comma or a closing brace is missing") }
    }
  }

  /// Reads an array of at most `limit` whole numbers, none negative.
  mutating func sizes(limit: Int) throws(Failure) -> [Int] {
    var values: [Int] = []
    if !take("[") { throw failure("an opening bracket is missing") }
    if take("]") { return [] }
    while true {
      if values.count == limit { throw failure("there are more than \(limit) numbers") }
      values.append(try size())
      if take("]") { return values }
      if !take(",") { throw failure("a comma or a closing bracket is missing") }
    }
  }

  /// Reads a whole number that is not negative.
  private mutating func size() throws(Failure) -> Int {
    skipSpace()
    let start = at
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
    if at == start || [0x2E, 0x45, 0x65].contains(next ?? 0) {
      throw failure("a whole number that is not negative is missing")
    }
    if at - start > 1 && text[start] == UInt8(ascii: "0") {
      throw failure("a number begins with 0")
    }
    guard let number = Int(String(decoding: text[start..<at], as: UTF8.self)) else {
      throw failure("a number does not fit 64 bits")
    }
    return number
  }

  /// Reads a string.
  mutating func string() throws(Failure) -> String {
    if !take("\"") { throw failure("a string is missing") }
    var bytes: [UInt8] = []
    while let byte = next {
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: bytes, as: UTF8.self) else {
          throw failure("a string is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): bytes += Array(String(try escaped()).utf8)
      case ..<0x20: throw failure("a string holds a control character")
      default: bytes.append(byte)
      }
    }
    throw failure("a string does not end")
  }

  /// What an escape stands for, the backslash being behind.
  private mutating func escaped() throws(Failure) -> Unicode.Scalar {
    guard let byte = next else { throw failure("a string does not end") }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), text[at...].starts(with: [0x5C, 0x75]) {
        at += 2
        // Characters beyond 16 bits are written as a pair of surrogates.
        let low = try hexadecimal()
        if !(0xDC00..<0xE000).contains(low) { throw failure("half of a surrogate pair is missing") }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw failure("half of a surrogate pair is missing")
      }
      return scalar
    default: throw failure("an escape is unknown")
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    if at + 4 > text.count { throw failure("a string does not end") }
    let digits = text[at..<at + 4]
    // `UInt32(_:radix:)` would take a sign.
    let isHexadecimal = digits.allSatisfy { Unicode.Scalar($0).properties.isASCIIHexDigit }
    guard isHexadecimal, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("an escape needs four hexadecimal digits") }
    at += 4
    return code
  }
}

/// A string as JSON text, in quotes.
func quoted(_ string: String) -> String {
  var text = "\""
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + "\""
}
