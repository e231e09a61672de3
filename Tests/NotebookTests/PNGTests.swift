import Testing

@testable import Notebook

@Suite struct PNGTests {
  @Test func `the checksums are those of the standards' examples`() {
    #expect(PNG.crc(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(PNG.adler(Array("Wikipedia".utf8)) == 0x11E6_0398)
  }

  @Test(arguments: [0, 1, 2, 3, 10, 300, 40_000, 100_000])
  func `what was compressed comes back`(_ count: Int) throws {
    let patterns: [(Int) -> UInt8] = [
      { _ in 7 }, { UInt8($0 % 256) }, { UInt8(($0 &* $0 &* 31 >> 3) & 255) },
      { UInt8($0 / 500 % 2 * 255) },
    ]
    for pattern in patterns {
      let data = (0..<count).map(pattern)
      #expect(try Inflate.expanded(Deflate.compressed(data)) == data)
    }
  }

  @Test func `drawn pictures become small`() {
    let pixels = [UInt8](repeating: 255, count: 64 * 64 * 3)
    // A row of one colour is one reference of at most 258 bytes after another.
    #expect(PNG.encoded(pixels, width: 64, height: 64, channels: 3).count < 400)
  }

  @Test func `the header says size and kind`() {
    let file = PNG.encoded([0, 128, 255, 64, 32, 16], width: 3, height: 2, channels: 1)
    #expect(file.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(Array(file[16..<26]) == [0, 0, 0, 3, 0, 0, 0, 2, 8, 0])
  }

  @Test func `numbers outside of 0 to 1 are clamped`() {
    let picture = Picture([-1, 0.5, 2, .nan], height: 2, width: 2)
    #expect(picture.level(0, 0, 0) == 0 && picture.level(1, 0, 0) == 1)
    #expect(picture.level(1, 1, 0) == 0)
    #expect(picture.colour(0, 1) == Colour(0x808080))
  }

  @Test func `a picture shrinks by means and grows by copies`() {
    let picture = Picture([0, 1, 1, 0], height: 2, width: 2)
    #expect(picture.resized(height: 1, width: 1).numbers == [0.5])
    #expect(picture.resized(height: 2, width: 4).numbers == [0, 0, 1, 1, 1, 1, 0, 0])
  }
}

/// Undoes a block with fixed codes, straight from RFC 1951's tables.
private enum Inflate {
  struct Damaged: Error {}

  static func expanded(_ bytes: [UInt8]) throws -> [UInt8] {
    var position = 0
    func bit() throws -> Int {
      guard position / 8 < bytes.count else { throw Damaged() }
      defer { position += 1 }
      return Int(bytes[position / 8] >> (position % 8)) & 1
    }
    func number(_ count: Int) throws -> Int {
      try (0..<count).reduce(0) { try $0 | bit() << $1 }
    }
    func code(_ count: Int, _ start: Int = 0) throws -> Int {
      try (0..<count).reduce(start) { value, _ in try value << 1 | bit() }
    }
    func symbol() throws -> Int {
      let seven = try code(7)
      if seven < 24 { return 256 + seven }
      let eight = try code(1, seven)
      if eight < 192 { return eight - 48 }
      if eight < 200 { return eight - 192 + 280 }
      return try code(1, eight) - 400 + 144
    }
    let lengths = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
      131, 163, 195, 227, 258,
    ]
    let lengthBits = [
      0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    let distances = [
      1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
      2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ]
    guard try bit() == 1, try number(2) == 1 else { throw Damaged() }
    var result: [UInt8] = []
    while true {
      let next = try symbol()
      if next == 256 { return result }
      if next < 256 {
        result.append(UInt8(next))
        continue
      }
      guard lengths.indices.contains(next - 257) else { throw Damaged() }
      let length = try lengths[next - 257] + number(lengthBits[next - 257])
      let group = try code(5)
      guard distances.indices.contains(group) else { throw Damaged() }
      let distance = try distances[group] + number(max(0, group / 2 - 1))
      guard distance <= result.count else { throw Damaged() }
      for _ in 0..<length { result.append(result[result.count - distance]) }
    }
  }
}
