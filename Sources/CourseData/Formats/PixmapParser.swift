extension PortablePixmap {
  /// Reads what a PGM or PPM file holds.
  ///
  /// The sizes that it claims are compared with the bytes that are there before memory is taken for them.
  ///
  /// - Parameters:
  ///   - file: all its bytes.
  ///   - name: what to call it in an error.
  /// - Throws: `DataError` where the bytes are not one such picture, whole and with nothing after it.
  public init(parsing file: [UInt8], name: String) throws(DataError) {
    var parser = PixmapParser(file, name: name)
    self = try parser.picture()
  }
}

/// Reads a PGM or PPM file from its start to its end.
private struct PixmapParser {
  private let file: [UInt8]
  private let name: String
  /// The byte that is read next.
  private var place = 0

  init(_ file: [UInt8], name: String) {
    self.file = file
    self.name = name
  }

  mutating func picture() throws(DataError) -> PortablePixmap {
    guard file.count >= 2, file[0] == UInt8(ascii: "P"), "2356".utf8.contains(file[1]) else {
      let start = file.prefix(2).map { 33...126 ~= $0 ? String(UnicodeScalar($0)) : "byte \($0)" }
      throw DataError(
        .damaged, file: name,
        reason: "it starts with “\(start.joined(separator: " "))”, not with P2, P3, P5 or P6",
        remedy: "turn it into PGM or PPM, for example with djpeg -pnm or pngtopnm")
    }
    let isText = file[1] < UInt8(ascii: "4")
    let channels = file[1] == UInt8(ascii: "2") || file[1] == UInt8(ascii: "5") ? 1 : 3
    place = 2
    let width = try number("its width")
    let height = try number("its height")
    let maximum = try number("its maximum")
    if width == 0 || height == 0 { throw damaged("its size is \(width) × \(height)") }
    if maximum < 1 || maximum > 65_535 {
      throw damaged("its maximum is \(maximum), and 1…65535 are possible")
    }
    // None of these has more than nine digits: no product of them overflows here or below.
    let count = width * height * channels
    let samples =
      isText ? try text(count, maximum: maximum) : try binary(count, maximum: maximum)
    return PortablePixmap(
      width: width, height: height, channels: channels, maximum: maximum, samples: samples)
  }

  // MARK: The numbers

  private mutating func binary(_ count: Int, maximum: Int) throws(DataError) -> [UInt16] {
    // One white space ends the header; the end of a comment counts as one.
    if place < file.count, file[place] == UInt8(ascii: "#") {
      skipComment()
    } else {
      guard place < file.count, isSpace(file[place]) else {
        throw damaged("no white space follows its maximum")
      }
      place += 1
    }
    let needed = maximum > 255 ? 2 * count : count
    let present = file.count - place
    if present < needed { throw damaged("it needs \(needed) bytes of pixels and has \(present)") }
    if present > needed { throw damaged("\(present - needed) bytes follow its last pixel") }
    let samples =
      maximum > 255
      ? (0..<count).map { UInt16(file[place + 2 * $0]) << 8 | UInt16(file[place + 2 * $0 + 1]) }
      : file[place...].map(UInt16.init)
    if let wrong = samples.firstIndex(where: { $0 > maximum }) {
      throw damaged("number \(wrong) is \(samples[wrong]), above its maximum of \(maximum)")
    }
    return samples
  }

  private mutating func text(_ count: Int, maximum: Int) throws(DataError) -> [UInt16] {
    // Each number takes a digit at least, and something between it and the next.
    let present = file.count - place
    if present < 2 * count { throw damaged("it needs \(count) numbers and has \(present) bytes") }
    var samples: [UInt16] = []
    samples.reserveCapacity(count)
    for index in 0..<count {
      let sample = try number("number \(index) of \(count)")
      if sample > maximum {
        throw damaged("number \(index) is \(sample), above its maximum of \(maximum)")
      }
      samples.append(UInt16(sample))
    }
    skipSpace()
    if place < file.count { throw damaged("\(file.count - place) bytes follow its last pixel") }
    return samples
  }

  /// The next number, written in digits, with white space or a comment before it.
  private mutating func number(_ what: String) throws(DataError) -> Int {
    let before = place
    skipSpace()
    if place == file.count { throw damaged("it ends before \(what)") }
    let start = place
    var value = 0
    while place < file.count, let digit = digit(file[place]) {
      // Longer numbers are of no use here, and their products would overflow.
      if value > 99_999_999 { throw damaged("\(what) has too many digits") }
      value = 10 * value + digit
      place += 1
    }
    let end = place < file.count ? file[place] : UInt8(ascii: " ")
    if start == place && end == UInt8(ascii: "-") { throw damaged("\(what) is negative") }
    if start == place || start == before || !(isSpace(end) || end == UInt8(ascii: "#")) {
      throw damaged("\(what) is not a number (byte \(place) of the file is \(end))")
    }
    return value
  }

  // MARK: Between the numbers

  private mutating func skipSpace() {
    while place < file.count {
      if isSpace(file[place]) {
        place += 1
      } else if file[place] == UInt8(ascii: "#") {
        skipComment()
      } else {
        return
      }
    }
  }

  /// Goes behind the end of the line.
  private mutating func skipComment() {
    while place < file.count {
      place += 1
      if file[place - 1] == 10 || file[place - 1] == 13 { return }
    }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || 9...13 ~= byte }

  private func digit(_ byte: UInt8) -> Int? { 48...57 ~= byte ? Int(byte) - 48 : nil }

  private func damaged(_ reason: String) -> DataError {
    DataError(.damaged, file: name, reason: reason, remedy: FileBytes.fetchAgain)
  }
}
