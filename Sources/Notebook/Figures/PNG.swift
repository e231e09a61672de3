import Foundation

/// Writes PNG files: what browsers, GitHub and Jupyter all show (W3C PNG, third edition; RFC 1950, 1951).
public enum PNG {
  /// A file of 8-bit pixels, `[height, width, channels]` with 1 (grey) or 3 (RGB) channels.
  public static func encoded(_ pixels: [UInt8], width: Int, height: Int, channels: Int) -> [UInt8] {
    let stride = width * channels
    var raw: [UInt8] = []
    raw.reserveCapacity((stride + 1) * height)
    for row in 0..<height {
      raw.append(0)  // No filter: the repetitions of drawn pictures are found by the compression.
      raw += pixels[row * stride..<(row + 1) * stride]
    }
    var header = bytes(UInt32(width)) + bytes(UInt32(height))
    header += [8, channels == 3 ? 2 : 0, 0, 0, 0]
    let body = [0x78, 0x01] + Deflate.compressed(raw) + bytes(adler(raw))
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
      + chunk("IDAT", body) + chunk("IEND", [])
  }

  static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + body
    return bytes(UInt32(body.count)) + checked + bytes(crc(checked))
  }

  private static func bytes(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
  }

  private static let crcTable: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    return value
  }

  static func crc(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes { value = crcTable[Int((value ^ UInt32(byte)) & 0xFF)] ^ (value >> 8) }
    return value ^ 0xFFFF_FFFF
  }

  static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }
}

/// Compresses bytes with the fixed codes of DEFLATE (RFC 1951, 3.2.6).
enum Deflate {
  /// Bits from the lowest up, as DEFLATE packs them.
  private struct BitWriter {
    var bytes: [UInt8] = []
    private var pending: UInt32 = 0
    private var count = 0

    mutating func write(_ value: Int, bits: Int) {
      pending |= UInt32(value) << UInt32(count)
      count += bits
      while count >= 8 {
        bytes.append(UInt8(pending & 0xFF))
        pending >>= 8
        count -= 8
      }
    }

    /// Huffman codes go from the highest bit down.
    mutating func writeCode(_ code: Int, bits: Int) {
      var reversed = 0
      for bit in 0..<bits where code >> bit & 1 == 1 { reversed |= 1 << (bits - 1 - bit) }
      write(reversed, bits: bits)
    }

    mutating func finish() -> [UInt8] {
      if count > 0 { bytes.append(UInt8(pending & 0xFF)) }
      return bytes
    }
  }

  /// One final block; repetitions of 3 to 258 bytes up to 32,768 bytes back become references.
  static func compressed(_ data: [UInt8]) -> [UInt8] {
    var writer = BitWriter()
    writer.write(0b011, bits: 3)  // The last block, with fixed codes.
    var latest = [Int](repeating: -1, count: 1 << 13)
    var position = 0
    func key(_ index: Int) -> Int {
      (Int(data[index]) << 10 ^ Int(data[index + 1]) << 5 ^ Int(data[index + 2])) & 0x1FFF
    }
    while position < data.count {
      var length = 0
      var distance = 0
      if position + 2 < data.count {
        let candidate = latest[key(position)]
        if candidate >= 0, position - candidate <= 32768 {
          let limit = min(258, data.count - position)
          while length < limit, data[candidate + length] == data[position + length] { length += 1 }
          distance = position - candidate
        }
      }
      let step = length >= 3 ? length : 1
      if length >= 3 {
        writeLength(length, &writer)
        writeDistance(distance, &writer)
      } else {
        writeSymbol(Int(data[position]), &writer)
      }
      for index in position..<position + step where index + 2 < data.count {
        latest[key(index)] = index
      }
      position += step
    }
    writeSymbol(256, &writer)
    return writer.finish()
  }

  private static func writeSymbol(_ symbol: Int, _ writer: inout BitWriter) {
    switch symbol {
    case 0...143: writer.writeCode(0b0011_0000 + symbol, bits: 8)
    case 144...255: writer.writeCode(0b1_1001_0000 + symbol - 144, bits: 9)
    case 256...279: writer.writeCode(symbol - 256, bits: 7)
    default: writer.writeCode(0b1100_0000 + symbol - 280, bits: 8)
    }
  }

  /// Codes 257 to 285: eight lengths with no further bit, then four with each number of bits.
  private static func writeLength(_ length: Int, _ writer: inout BitWriter) {
    if length == 258 { return writeSymbol(285, &writer) }
    let offset = length - 3
    guard offset >= 8 else { return writeSymbol(257 + offset, &writer) }
    let extra = offset.bitWidth - offset.leadingZeroBitCount - 3
    let group = offset >> extra & 3
    writeSymbol(261 + 4 * extra + group, &writer)
    writer.write(offset & ((1 << extra) - 1), bits: extra)
  }

  /// Codes 0 to 29: four distances with no further bit, then two with each number of bits.
  private static func writeDistance(_ distance: Int, _ writer: inout BitWriter) {
    let offset = distance - 1
    guard offset >= 4 else { return writer.writeCode(offset, bits: 5) }
    let extra = offset.bitWidth - offset.leadingZeroBitCount - 2
    let half = offset >> extra & 1
    writer.writeCode(2 * extra + 2 + half, bits: 5)
    writer.write(offset & ((1 << extra) - 1), bits: extra)
  }
}
