import Foundation
import TensorCore

/// Photographs of any sizes, to cut crops from.
///
/// Debian's package `lomiri-wallpapers-16.04` brings some fifteen; a folder of the reader's own does as
/// well.
///
/// ```swift
/// let photographs = try Photographs.load()
/// let crops = photographs.crops(1000, size: 32, using: &random)   // [1000, 32, 32, 3]
/// ```
public struct Photographs: Sendable {
  /// Where Debian's package puts the files.
  public static let folder = "/usr/share/backgrounds"

  /// The folder that they were read from.
  public let folder: String
  /// What each is called: its path in the folder.
  public let names: [String]
  /// The photographs.
  public let pictures: [PortablePixmap]

  /// The number of photographs.
  public var count: Int { pictures.count }

  /// Takes photographs that are there, as many as names.
  init(folder: String, names: [String], pictures: [PortablePixmap]) {
    self.folder = folder
    self.names = names
    self.pictures = pictures
  }

  /// Reads all pictures of a folder and its folders, in the order of their paths.
  ///
  /// - Parameters:
  ///   - folder: where they are.
  ///   - eighths: the scale at which JPEG files are read, 1…8: of wallpapers an eighth of the side
  ///     holds whole things in a crop of 32 pixels.
  /// - Returns: the photographs.
  /// - Throws: `DataError` where the folder is missing or has no picture in it, a program that reads
  ///   them is missing, or a picture is damaged.
  public static func load(
    from folder: String = Photographs.folder, eighths: Int = 1
  ) throws(DataError) -> Photographs {
    let names = try PictureFile.names(
      in: folder,
      ifMissing: folder == Photographs.folder
        ? "install them with: apt-get install lomiri-wallpapers-16.04"
        : "check the name")
    return Photographs(
      folder: folder, names: names,
      pictures: try PictureFile.read(names.map { "\(folder)/\($0)" }, eighths: eighths) { $0 })
  }

  /// The photographs at some places, in that order.
  public subscript(places: some Collection<Int>) -> Photographs {
    Photographs(
      folder: folder, names: places.map { names[$0] }, pictures: places.map { pictures[$0] })
  }

  /// Each photograph whole, in colour, `[1, height, width, 3]`.
  public var whole: [Pictures] {
    zip(names, pictures).map { name, picture in
      Pictures(
        height: picture.height, width: picture.width, channels: picture.channels,
        pixels: picture.pixels, labels: [0], classNames: [name]
      ).inColour
    }
  }

  /// Finds photographs that are smaller than a crop.
  ///
  /// - Throws: `DataError` that names the first of them.
  public func check(crop size: Int) throws(DataError) {
    for (name, picture) in zip(names, pictures) where min(picture.width, picture.height) < size {
      throw DataError(
        .damaged, file: "\(folder)/\(name)",
        reason:
          "it is \(picture.width) × \(picture.height) pixels, and crops are \(size) × \(size)",
        remedy: "take larger photographs")
    }
  }

  /// Cuts squares out of photographs, `[count, size, size, 3]`.
  ///
  /// The photograph is drawn evenly, and so is the place in it. A crop's label says which photograph it
  /// is from. A photograph that is smaller than a crop stops the program; see `check`.
  public func crops(_ count: Int, size: Int, using random: inout Random) -> Pictures {
    var pixels = [Float](repeating: 0, count: count * size * size * 3)
    var labels: [Int] = []
    for crop in 0..<count {
      let label = random.integer(below: pictures.count)
      let picture = pictures[label]
      if min(picture.width, picture.height) < size {
        fatalError("Photographs: a crop of \(size) from \(picture.width) × \(picture.height)")
      }
      labels.append(label)
      let left = random.integer(below: picture.width - size + 1)
      let top = random.integer(below: picture.height - size + 1)
      let scale = 1 / Float(picture.maximum)
      for row in 0..<size {
        for column in 0..<size {
          let from = ((top + row) * picture.width + left + column) * picture.channels
          let to = ((crop * size + row) * size + column) * 3
          for channel in 0..<3 {
            let sample = picture.samples[from + (picture.channels == 3 ? channel : 0)]
            pixels[to + channel] = Float(sample) * scale
          }
        }
      }
    }
    return Pictures(
      height: size, width: size, channels: 3, pixels: pixels, labels: labels, classNames: names)
  }
}
