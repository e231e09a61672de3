import Foundation

/// A picture in Netpbm's formats: grey (PGM) or colour (PPM), as text or as bytes, 8 or 16 bits deep.
///
/// ```text
/// P5              P2 and P5 are grey, P3 and P6 colour; P2 and P3 hold their numbers as text
/// # a comment
/// 640 480         width, height
/// 255             the number that means 1; above 255 each number takes two bytes, the higher first
/// …               the numbers, row after row from the top, for each pixel red, green, blue
/// ```
///
/// It is how photographs come into the course (`djpeg -pnm`, `pngtopnm`) and pictures out of it.
public struct PortablePixmap: Sendable, Equatable {
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The numbers of a pixel: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// The number that means 1 (full brightness), 1…65,535.
  public let maximum: Int
  /// The numbers, `[height, width, channels]`, none above the maximum.
  public let samples: [UInt16]

  /// The picture as numbers 0…1, `[height, width, channels]`.
  public var pixels: [Float] { samples.map { Float($0) / Float(maximum) } }

  /// Makes a picture from its parts, for the reader, which has checked them.
  init(width: Int, height: Int, channels: Int, maximum: Int, samples: [UInt16]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.maximum = maximum
    self.samples = samples
  }

  /// Makes a picture of 8 bits from numbers, `[height, width, channels]`.
  ///
  /// What lies outside 0…1 is clipped. Pixels that do not fit the shape, or channels other than 1 and 3,
  /// stop the program.
  public init(width: Int, height: Int, channels: Int, pixels: [Float]) {
    if pixels.count != width * height * channels || pixels.isEmpty || ![1, 3].contains(channels) {
      fatalError("PortablePixmap: \(pixels.count) numbers for [\(height), \(width), \(channels)]")
    }
    self.init(
      width: width, height: height, channels: channels, maximum: 255,
      samples: pixels.map { UInt16((min(max($0, 0), 1) * 255).rounded()) })
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - remedy: what the error recommends where the file is missing.
  /// - Throws: `DataError` where it is missing, cannot be read, or is damaged.
  public init(
    path: String, ifMissing remedy: String = "check the name and the folder"
  ) throws(DataError) {
    try self.init(parsing: FileBytes.read(path, remedy: remedy), name: path)
  }

  /// The picture as the bytes of a PGM or PPM file, the binary kind.
  public func encoded() -> [UInt8] {
    var file = Array("P\(channels == 1 ? 5 : 6)\n\(width) \(height)\n\(maximum)\n".utf8)
    file.reserveCapacity(file.count + samples.count * (maximum > 255 ? 2 : 1))
    for sample in samples {
      if maximum > 255 { file.append(UInt8(sample >> 8)) }
      file.append(UInt8(sample & 0xFF))
    }
    return file
  }

  /// Writes the picture as a binary PGM or PPM file; a file of that name is replaced as a whole.
  ///
  /// - Throws: `DataError` where the system does not let it be written.
  public func write(to path: String) throws(DataError) {
    do {
      try Data(encoded()).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw DataError(
        .unreadable, file: path, reason: "it cannot be written (\(error.localizedDescription))",
        remedy: "check the folder and its permissions")
    }
  }
}

extension Pictures {
  /// One picture, ready to be written to a file.
  public func pixmap(_ index: Int) -> PortablePixmap {
    PortablePixmap(width: width, height: height, channels: channels, pixels: pixels(at: [index]))
  }
}
