import Testing

@testable import TensorCore

/// A file with the given header, its length before it and `count` bytes of numbers after it.
private func file(_ header: String, numbers count: Int = 0) -> [UInt8] {
  let bytes = Array(header.utf8)
  let length = (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) }
  return length + bytes + [UInt8](repeating: 0, count: count)
}

/// The header entry of one tensor.
private func entry(
  _ name: String, _ shape: String, _ offsets: String, type: String = "F32"
) -> String {
  "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
}

struct DamagedCheckpointTests {
  /// Damaged files, each with a part of the message that it must give.
  static let cases: [(bytes: [UInt8], message: String)] = [
    ([], "it has only 0 bytes"),
    ([1, 2, 3], "it has only 3 bytes"),
    ([9, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8), "should be 9 bytes long, 2 follow"),
    ([UInt8](repeating: 0xFF, count: 8), "would be 18446744073709551615 bytes long"),
    ([0x01, 0xE1, 0xF5, 0x05, 0, 0, 0, 0], "at most 100 MB"),
    (file(""), "byte 0 of its header: an opening brace is missing"),
    (file("[]"), "an opening brace is missing"),
    (file("{"), "a string is missing"),
    (file("not JSON"), "an opening brace is missing"),
    (file("{} {}"), "something follows the end"),
    (file("{\"a\":1}"), "an opening brace is missing"),
    (file("{\"a\" 1}"), "a colon is missing"),
    (file("{\"a"), "a string does not end"),
    (file("{\"\\u12\":1}"), "four hexadecimal digits"),
    (file("{\"\\u+123\":1}"), "four hexadecimal digits"),
    (file("{\"\\ud800\":1}"), "surrogate"),
    (file("{\"\\ud800\\u0041\":1}"), "surrogate"),
    (file("{\"\\x\":1}"), "an escape is unknown"),
    (file("{\"a\u{1}\":1}"), "control character"),
    ([3, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xFF], "a string does not end"),
    ([5, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xFF, 0x22, 0x3A], "not UTF-8"),
    (file("{" + String(repeating: "\"a\":{", count: 100_000)), "has an unknown entry \"a\""),
    (file(String(repeating: "[", count: 1_000_000)), "an opening brace is missing"),
    (file("{\"__metadata__\":{\"a\":1}}"), "a string is missing"),
    (file("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}"), "the key \"a\" comes twice"),
    (file("{\"a\":{}}"), "tensor \"a\" lacks dtype, shape or data_offsets"),
    (file("{\(entry("a", "[1]", "[0,4]"))}"), "its tensors take 4 bytes, 0 follow"),
    (file("{\(entry("a", "[1]", "[0,4]"))}", numbers: 5), "its tensors take 4 bytes, 5 follow"),
    (file("{}", numbers: 1), "its tensors take 0 bytes, 1 follow"),
    (file("{\(entry("a", "[2]", "[0,4]"))}", numbers: 4), "needs 8 bytes"),
    (file("{\(entry("a", "[1]", "[4,0]"))}", numbers: 4), "has the offsets [4, 0]"),
    (file("{\(entry("a", "[1]", "[0]"))}", numbers: 4), "lacks dtype, shape or data_offsets"),
    (file("{\(entry("a", "[1]", "[0,2,4]"))}", numbers: 4), "more than 2 numbers"),
    (file("{\(entry("a", "[-1]", "[0,4]"))}", numbers: 4), "not negative is missing"),
    (file("{\(entry("a", "[1.0]", "[0,4]"))}", numbers: 4), "not negative is missing"),
    (file("{\(entry("a", "[1e0]", "[0,4]"))}", numbers: 4), "not negative is missing"),
    (file("{\(entry("a", "[01]", "[0,4]"))}", numbers: 4), "a number begins with 0"),
    (file("{\(entry("a", "[9223372036854775808]", "[0,4]"))}"), "does not fit 64 bits"),
    (file("{\(entry("a", "[4611686018427387904,4]", "[0,0]"))}"), "is too large"),
    (file("{\(entry("a", "[0,4611686018427387904,4]", "[0,0]"))}"), "is too large"),
    (file("{\(entry("a", "[1000000000000]", "[0,4000000000000]"))}"), "take 4000000000000 bytes"),
    (
      file("{\(entry("a", "[\(String(repeating: "1,", count: 32))1]", "[0,4]"))}"),
      "more than 32 numbers"
    ),
    (
      file("{\(entry("a", "[1]", "[0,4]", type: "F24"))}", numbers: 4),
      "unknown type \"F24\""
    ),
    (
      file("{\(entry("a", "[1]", "[0,4]")),\(entry("b", "[1]", "[0,4]"))}", numbers: 4),
      "tensor \"b\" begins at byte 0, the one before ends at 4"
    ),
    (
      file("{\(entry("a", "[1]", "[0,4]")),\(entry("b", "[1]", "[8,12]"))}", numbers: 12),
      "tensor \"b\" begins at byte 8, the one before ends at 4"
    ),
    (
      file("{\(entry("a", "[1]", "[0,4]")),\(entry("a", "[1]", "[4,8]"))}", numbers: 8),
      "the key \"a\" comes twice"
    ),
  ]

  @Test(arguments: cases.indices)
  func `a damaged file is refused with what is wrong`(which: Int) {
    let (bytes, message) = Self.cases[which]
    let error = #expect(throws: CheckpointError.self) {
      try Checkpoint(ByteSource(bytes, path: "m.safetensors"))
    }
    let description = error?.description ?? ""
    #expect(description.hasPrefix("m.safetensors is not a whole safetensors file: "))
    #expect(description.contains(message), "\(description)")
  }

  @Test func `numbers that 32 bits cannot hold are refused by name`() {
    func refusal(_ type: String, _ number: [UInt8]) -> String? {
      let bytes = file("{\(entry("steps", "[1]", "[0,8]", type: type))}") + number
      do {
        _ = try Checkpoint(ByteSource(bytes, path: "m"))
        return nil
      } catch { return "\(error)" }
    }
    // 2²⁴ + 1, the first whole number that F32 leaves out, and 2²⁴, which it has.
    #expect(
      refusal("I64", [1, 0, 0, 1, 0, 0, 0, 0])
        == "m, tensor \"steps\": 16777217 has no 32-bit floating-point form. Save it as F32.")
    #expect(refusal("I64", [0, 0, 0, 1, 0, 0, 0, 0]) == nil)
    // 1e300 overflows; 0.1 is rounded.
    #expect(refusal("F64", bytes(1e300)) != nil)
    #expect(refusal("F64", bytes(0.1)) == nil)
    #expect(refusal("F64", bytes(.infinity)) == nil)
  }

  @Test func `unsigned numbers are read exactly or refused`() throws {
    func number(_ type: String, _ bytes: [UInt8]) throws -> Float? {
      let header = "{\(entry("a", "[1]", "[0,\(bytes.count)]", type: type))}"
      return try Checkpoint(ByteSource(file(header) + bytes, path: "m"))["a"]?.number
    }
    #expect(try number("U16", [0xFF, 0xFF]) == 65_535)
    #expect(try number("U32", [0, 0, 0, 0xFF]) == 0xFF00_0000)
    #expect(try number("U64", [0, 0, 0, 0, 0, 0, 0, 0x80]) == 0x1p63)
    #expect(throws: CheckpointError.self) { try number("U32", [0xFF, 0xFF, 0xFF, 0xFF]) }
  }

  @Test func `a whole file of a type that cannot be read is not called broken`() {
    let header = "{\(entry("a", "[4]", "[0,4]", type: "F8_E4M3"))}"
    let error = #expect(throws: CheckpointError.self) {
      try Checkpoint(ByteSource(file(header, numbers: 4), path: "m"))
    }
    #expect(
      error?.description
        == "m, tensor \"a\": its numbers are of the type F8_E4M3, which cannot be read here. "
        + "Save it as F32.")
  }

  private func bytes(_ number: Double) -> [UInt8] {
    withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
  }

  @Test func `100,000 damaged files are read or refused, and never crash`() throws {
    var whole = Checkpoint()
    whole["a.weight"] = sample([3, 2])
    whole["b"] = Tensor(1)
    whole.metadata = ["note": "größe"]
    var original: [UInt8] = []
    try whole.encode { bytes throws(CheckpointError) in original += Array(bytes) }
    var random = Random(seed: 11)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\u", "\\", "-1", "9223372036854775807", "1e9", "0",
      "24",
      "[0,0]", "F64", "F16", "I64", "\"shape\"", "\"dtype\":\"F32\"", "\"data_offsets\":[0,24]",
      "null", "\u{FF}", "[4294967296,4294967296]", "__metadata__", " ",
    ].map { Array($0.utf8) }
    let header = 8 + Int(original[0]) + Int(original[1]) << 8
    var (read, refused) = (0, 0)
    for _ in 0..<100_000 {
      var bytes = original
      for _ in 0...random.integer(below: 3) {
        // Mostly in the header: the numbers may be anything.
        let end = min(bytes.count, random.chance(0.9) ? header : bytes.count)
        let at = random.integer(below: end + 1)
        switch random.integer(below: 6) {
        case 0 where at < bytes.count: bytes[at] = UInt8(truncatingIfNeeded: random.next())
        case 1 where at < bytes.count: bytes[at] ^= 1 << UInt8(random.integer(below: 8))
        case 2: bytes.removeSubrange(at..<min(bytes.count, at + random.integer(below: 12)))
        case 3: bytes.removeSubrange(at...)
        case 4: bytes.insert(contentsOf: pieces[random.integer(below: pieces.count)], at: at)
        default:
          let piece = pieces[random.integer(below: pieces.count)]
          bytes.replaceSubrange(at..<min(bytes.count, at + piece.count), with: piece)
        }
        // Half of the time the length is made right again, or few files would come past it.
        if random.chance(0.5) && bytes.count > 8 + 13 * 4 {
          let length = bytes.count - 8 - 7 * 4
          for place in 0..<8 { bytes[place] = UInt8(truncatingIfNeeded: length >> (8 * place)) }
        }
      }
      do throws(CheckpointError) {
        let checkpoint = try Checkpoint(ByteSource(bytes, path: "m"))
        read += 1
        // Whatever is accepted holds no more numbers than the file has bytes.
        #expect(checkpoint.tensors.reduce(0) { $0 + $1.tensor.count } <= bytes.count)
      } catch {
        refused += 1
        if error.description.isEmpty { Issue.record("an error without a message") }
      }
    }
    // Both ways are tried often: some damage is harmless (a name, a number, a note).
    #expect(read > 1000)
    #expect(refused > 50_000)
  }
}
