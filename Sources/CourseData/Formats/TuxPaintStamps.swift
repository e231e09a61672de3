import Foundation
import TensorCore

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
  ///   - stride: 1 reads all stamps, 4 every fourth.
  /// - Returns: the stamps, `[count, size, size, 3]`; the subjects are the classes.
  /// - Throws: `DataError` where the folder, the program `pngtopnm` or any picture is missing, or a
  ///   picture cannot be read.
  public static func load(
    size: Int, from folder: String = TuxPaintStamps.folder, least: Int = 20, stride: Int = 1
  ) throws(DataError) -> Pictures {
    let all = try stamps(in: folder, least: least)
    let paths = all.indices.filter { $0 % stride == 0 }.map { all[$0] }
    let subjects = Set(paths.map(\.subject)).sorted()
    let squares = try PictureFile.read(paths.map(\.file)) { $0.onSquare(size) }
    return Pictures(
      height: size, width: size, channels: 3, pixels: squares.flatMap { $0 },
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
}

extension PortablePixmap {
  /// The picture in colour on a white square of `size` × `size`, `[size, size, 3]`.
  ///
  /// Each new pixel is the mean of what lies within it, parts of old pixels counted by their area.
  func onSquare(_ size: Int) -> [Float] {
    let side = max(width, height)
    let (left, top) = ((side - width) / 2, (side - height) / 2)
    let step = Double(side) / Double(size)
    let scale = 1 / (Double(maximum) * step * step)
    var square = [Float](repeating: 1, count: size * size * 3)
    for row in 0..<size {
      for column in 0..<size {
        let (y0, y1) = (Double(row) * step, Double(row + 1) * step)
        let (x0, x1) = (Double(column) * step, Double(column + 1) * step)
        // The part that lies on the picture; the rest of the new pixel stays white.
        var missing = SIMD3<Double>(repeating: 0)
        for y in max(Int(y0), top)..<max(min(Int(y1.rounded(.up)), top + height), max(Int(y0), top))
        {
          let down = min(y1, Double(y + 1)) - max(y0, Double(y))
          let line = (y - top) * width - left
          let first = max(Int(x0), left)
          for x in first..<max(min(Int(x1.rounded(.up)), left + width), first) {
            let area = down * (min(x1, Double(x + 1)) - max(x0, Double(x)))
            let at = (line + x) * channels
            let colour =
              channels == 3
              ? SIMD3(Double(samples[at]), Double(samples[at + 1]), Double(samples[at + 2]))
              : SIMD3(repeating: Double(samples[at]))
            missing += area * (Double(maximum) - colour)
          }
        }
        for channel in 0..<3 {
          square[(row * size + column) * 3 + channel] =
            min(max(Float(1 - missing[channel] * scale), 0), 1)
        }
      }
    }
    return square
  }
}
