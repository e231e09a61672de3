/// A folder of the reader's own pictures, all brought to one size.
///
/// ```text
/// pets/cats/tom.png       the folders in it are the classes;
/// pets/dogs/rex.jpg       without folders there is one class, named like the folder
/// ```
public enum PictureFolder {
  /// Reads all pictures of a folder, in the order of their paths, `[count, size, size, 3]`.
  ///
  /// A picture is made square by white at two sides, and as small as asked for by the mean over each new
  /// pixel's area.
  ///
  /// - Parameters:
  ///   - folder: PGM, PPM, PNG or JPEG files, in one folder for each class.
  ///   - size: the side of the square pictures, in pixels.
  ///   - least: how many pictures there have to be.
  /// - Returns: the pictures, in colour.
  /// - Throws: `DataError` where the folder is missing, has too few pictures, or has pictures both in
  ///   folders and beside them; where a program that reads them is missing; where a picture is damaged
  ///   or smaller than `size`.
  public static func load(
    _ folder: String, size: Int, least: Int = 10
  ) throws(DataError) -> Pictures {
    let names = try PictureFile.names(in: folder, ifMissing: "check the name")
    if names.count < least {
      throw DataError(
        .damaged, file: folder,
        reason: "it holds \(names.count) pictures, and \(least) are the least",
        remedy: "put more into it")
    }
    let classes = names.map { $0.contains("/") ? String($0.prefix { $0 != "/" }) : "" }
    if let beside = classes.firstIndex(of: ""), classes.contains(where: { !$0.isEmpty }) {
      throw DataError(
        .damaged, file: "\(folder)/\(names[beside])",
        reason: "it stands beside the folders that are the classes",
        remedy: "move it into one of them")
    }
    let classNames = Set(classes).sorted()
    let squares = try PictureFile.read(names.map { "\(folder)/\($0)" }) {
      (picture) -> (pixels: [Float], width: Int, height: Int) in
      let isLarge = max(picture.width, picture.height) >= size
      return (isLarge ? picture.onSquare(size) : [], picture.width, picture.height)
    }
    for (name, square) in zip(names, squares) where square.pixels.isEmpty {
      throw DataError(
        .damaged, file: "\(folder)/\(name)",
        reason: "it is \(square.width) × \(square.height) pixels, and \(size) × \(size) are needed",
        remedy: "take a larger one, or leave it out")
    }
    return Pictures(
      height: size, width: size, channels: 3, pixels: squares.flatMap(\.pixels),
      labels: classes.map { classNames.firstIndex(of: $0)! },
      classNames: classNames.map { $0.isEmpty ? lastPart(of: folder) : $0 })
  }

  private static func lastPart(of folder: String) -> String {
    folder.split(separator: "/").last.map(String.init) ?? folder
  }
}
