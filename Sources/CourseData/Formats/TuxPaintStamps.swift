import Foundation

/// The stamps of the drawing program Tux Paint: some 800 drawings and photographs in colour, in
/// folders by subject.
///
/// Debian's package `tuxpaint-stamps-default` installs them as PNG files, each with its caption in
/// a text file; their licences are free and named in the package. The program `pngtopnm` of the
/// package `netpbm` reads them and puts them on white.
///
/// ```swift
/// let stamps = try TuxPaintStamps.load(size: 24)   // [800, 24, 24, 3], labels from the folders
/// ```
public enum TuxPaintStamps {
  /// Where Debian's package puts the files.
  public static let folder = "/usr/share/tuxpaint/stamps"

  /// Whether there is such a folder.
  public static var isInstalled: Bool { FileManager.default.fileExists(atPath: folder) }

  /// Reads all stamps of the larger subjects, in the order of their paths.
  ///
  /// A stamp is made square by white at two sides, and as small as asked for by the mean over each
  /// new pixel's area.
  ///
  /// - Parameters:
  ///   - size: the side of the square pictures, in pixels.
  ///   - folder: the folder whose folders are the subjects.
  ///   - least: subjects with fewer stamps are left out.
  /// - Returns: the stamps, `[count, size, size, 3]`; the subjects are the classes.
  /// - Throws: `DataError` where the folder, the program `pngtopnm` or any picture is missing, or a
  ///   picture cannot be read.
  public static func load(
    size: Int, from folder: String = TuxPaintStamps.folder, least: Int = 20
  ) throws(DataError) -> Pictures {
    let paths = try stamps(in: folder, least: least)
    guard let reader = FileBytes.program("pngtopnm") else {
      throw DataError(
        .missing, file: folder, reason: "no program `pngtopnm` is in PATH to read the pictures",
        remedy: "install it with: apt-get install netpbm")
    }
    let subjects = Set(paths.map(\.subject)).sorted()
    var pixels: [Float] = []
    for path in paths {
      let bytes = try output(of: reader, path.file)
      let picture = try PortablePixmap(parsing: bytes, name: path.file)
      pixels += picture.onSquare(size)
    }
    return Pictures(
      height: size, width: size, channels: 3, pixels: pixels,
      labels: paths.map { subjects.firstIndex(of: $0.subject)! }, classNames: subjects)
  }

  /// The files of the larger subjects, in the order of their paths.
  private static func stamps(
    in folder: String, least: Int
  ) throws(DataError) -> [(subject: String, file: String)] {
    let remedy = "install it with: apt-get install tuxpaint-stamps-default"
    guard let names = FileManager.default.enumerator(atPath: folder) else {
      throw DataError(.missing, file: folder, reason: "there is no such folder", remedy: remedy)
    }
    let all = names.compactMap { $0 as? String }
      .filter { $0.hasSuffix(".png") && $0.contains("/") }.sorted()
      .map { (subject: String($0.prefix { $0 != "/" }), file: "\(folder)/\($0)") }
    let counts = Dictionary(grouping: all, by: \.subject).mapValues(\.count)
    let stamps = all.filter { counts[$0.subject]! >= least }
    if stamps.isEmpty {
      throw DataError(
        .missing, file: folder, reason: "no folder in it has \(least) pictures or more",
        remedy: remedy)
    }
    return stamps
  }

  /// What the program writes for a file.
  private static func output(of program: String, _ file: String) throws(DataError) -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["-mix", "-background", "white", file]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
      let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      if process.terminationStatus == 0 { return Array(data) }
    } catch {
      throw DataError(
        .unreadable, file: file, reason: "\(program) cannot be started (\(error))",
        remedy: "check the program")
    }
    throw DataError(
      .damaged, file: file, reason: "pngtopnm cannot read it", remedy: FileBytes.fetchAgain)
  }
}

extension PortablePixmap {
  /// The picture in colour on a white square of `size` × `size`, `[size, size, 3]`.
  ///
  /// Each new pixel is the mean of what lies within it, parts of old pixels counted by their area.
  func onSquare(_ size: Int) -> [Float] {
    let side = max(width, height)
    let (left, top) = ((side - width) / 2, (side - height) / 2)
    let old = pixels
    let step = Double(side) / Double(size)
    var square = [Float](repeating: 1, count: size * size * 3)
    for row in 0..<size {
      for column in 0..<size {
        var sums = SIMD3<Double>(repeating: 0)
        let (y0, y1) = (Double(row) * step, Double(row + 1) * step)
        let (x0, x1) = (Double(column) * step, Double(column + 1) * step)
        for y in Int(y0)..<min(Int(y1.rounded(.up)), side) {
          let down = min(y1, Double(y + 1)) - max(y0, Double(y))
          for x in Int(x0)..<min(Int(x1.rounded(.up)), side) {
            let area = down * (min(x1, Double(x + 1)) - max(x0, Double(x)))
            let isInside = y >= top && y < top + height && x >= left && x < left + width
            let at = isInside ? ((y - top) * width + x - left) * channels : 0
            for channel in 0..<3 {
              let value = isInside ? old[at + min(channel, channels - 1)] : 1
              sums[channel] += area * Double(value)
            }
          }
        }
        for channel in 0..<3 {
          square[(row * size + column) * 3 + channel] =
            min(max(Float(sums[channel] / (step * step)), 0), 1)
        }
      }
    }
    return square
  }
}
