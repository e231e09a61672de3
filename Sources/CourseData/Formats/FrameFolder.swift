import Foundation
import TensorCore

/// A folder whose PGM or PPM files are the frames of one video, numbered in their names.
///
/// The number is the last group of digits before the suffix: `image.0007.pgm` is frame 7. Frames follow
/// each other by number, whatever the numbers' lengths; other files of the folder are left alone.
///
/// Debian's package `visp-images-data` has such folders in
/// `/usr/share/visp-images-data/ViSP-images`: `cube` (80 frames), `mire-2` (501), `ellipse-1` (50) and
/// others. They are grey, and free under the GPL.
///
/// ```swift
/// let video = try FrameFolder.load("/usr/share/visp-images-data/ViSP-images/cube")   // [1, 80, 72, 96, 1]
/// ```
public enum FrameFolder {
  /// Reads a folder's frames, made smaller.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - side: the longer side of the result, in pixels, at most. Each new pixel is the mean of a square of
  ///     old ones, with the smallest whole side that makes the frames so small; what is left over at the
  ///     right and at the bottom is cut off.
  ///   - least: how many frames are needed.
  ///   - most: how many are read, from the first on.
  /// - Returns: one clip, `[1, frames, height, width, channels]`.
  /// - Throws: `DataError` where the folder is missing or none, its frames are too few, have a gap in their
  ///   numbers, one number twice, or two sizes, and where a frame cannot be read.
  public static func load(
    _ path: String, side: Int = 96, least: Int = 3, most: Int = 1000
  ) throws(DataError) -> Video {
    let files = try frames(in: path, least: least).prefix(most)
    var pixels: [Float] = []
    var first: (name: String, frame: PortablePixmap)?
    var small = (height: 0, width: 0)
    for name in files {
      let frame = try PortablePixmap(path: "\(path)/\(name)")
      if let first { try check(frame, name, isLike: first.frame, first.name, in: path) }
      first = first ?? (name, frame)
      let square = max(1, (max(frame.width, frame.height) + side - 1) / side)
      small = (frame.height / square, frame.width / square)
      if small.height == 0 || small.width == 0 {
        throw DataError(
          .damaged, file: "\(path)/\(name)",
          reason: "\(frame.width) × \(frame.height) pixels are too long and thin to be made small",
          remedy: "cut a part out of the frames")
      }
      pixels += frame.averaged(square: square)
    }
    return Video(
      count: 1, frames: files.count, height: small.height, width: small.width,
      channels: first?.frame.channels ?? 1, pixels: pixels)
  }

  /// The names of the frames, in the order of their numbers.
  private static func frames(in path: String, least: Int) throws(DataError) -> [String] {
    let names = try self.names(in: path)
    let pictures = names.filter { name in
      [".pgm", ".ppm", ".pnm"].contains { name.lowercased().hasSuffix($0) }
    }
    var numbered: [(number: Int, name: String)] = []
    for name in pictures {
      guard let number = number(of: name) else {
        throw DataError(
          .damaged, file: "\(path)/\(name)", reason: "its name has no number",
          remedy: "name the frames like frame0001.pgm, and keep other pictures elsewhere")
      }
      numbered.append((number, name))
    }
    numbered.sort { ($0.number, $0.name) < ($1.number, $1.name) }
    for (one, next) in zip(numbered, numbered.dropFirst()) where next.number != one.number + 1 {
      let isTwice = next.number == one.number
      throw DataError(
        .damaged, file: path,
        reason: isTwice
          ? "\(one.name) and \(next.name) have one number"
          : "after \(one.name) comes \(next.name): frame \(one.number + 1) is missing",
        remedy: isTwice
          ? "keep the frames of each video in a folder of their own"
          : "bring the missing frames, or number the others anew without a gap")
    }
    if numbered.count < least {
      let found = ["no frame", "1 frame"]
      throw DataError(
        .damaged, file: path,
        reason: "\(numbered.count < 2 ? found[numbered.count] : "\(numbered.count) frames") "
          + "(numbered .pgm or .ppm files) in it, and \(least) are needed",
        remedy: "name the folder that holds the frames themselves")
    }
    return numbered.map(\.name)
  }

  private static func names(in path: String) throws(DataError) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw DataError(
        .missing, file: path, reason: "there is no such folder",
        remedy: "check the name, or install frames with: apt-get install visp-images-data")
    }
    if !isFolder.boolValue {
      throw DataError(
        .unreadable, file: path, reason: "it is a file, not a folder of frames",
        remedy: "name the folder it is in")
    }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw DataError(
        .unreadable, file: path, reason: "it cannot be listed (\(error.localizedDescription))",
        remedy: "check its permissions")
    }
  }

  /// The last group of digits before the suffix; nil where there is none, or one too long for a number.
  private static func number(of name: String) -> Int? {
    let stem = name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex)
    let isDigit = { (character: Character) in character.isASCII && character.isNumber }
    guard let last = stem.lastIndex(where: isDigit) else { return nil }
    let digits = stem[...last].reversed().prefix(while: isDigit).reversed()
    return digits.count > 15 ? nil : Int(String(digits))
  }

  private static func check(
    _ frame: PortablePixmap, _ name: String, isLike first: PortablePixmap, _ firstName: String,
    in path: String
  ) throws(DataError) {
    func form(_ frame: PortablePixmap) -> String {
      "\(frame.width) × \(frame.height) in \(frame.channels == 1 ? "grey" : "colour")"
    }
    if form(frame) != form(first) {
      throw DataError(
        .damaged, file: "\(path)/\(name)",
        reason: "it is \(form(frame)), and \(firstName) is \(form(first))",
        remedy: "keep frames of one size and kind in the folder")
    }
  }
}

extension PortablePixmap {
  /// The means of squares of pixels, 0…1, `[height / square, width / square, channels]`.
  func averaged(square: Int) -> [Float] {
    let (rows, columns) = (height / square, width / square)
    var sums = [UInt64](repeating: 0, count: rows * columns * channels)
    for y in 0..<rows * square {
      for x in 0..<columns * square {
        let (from, to) = (y * width + x, y / square * columns + x / square)
        for channel in 0..<channels {
          sums[to * channels + channel] += UInt64(samples[from * channels + channel])
        }
      }
    }
    let whole = Float(maximum * square * square)
    return sums.map { Float($0) / whole }
  }
}
