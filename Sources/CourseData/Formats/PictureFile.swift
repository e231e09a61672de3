import Foundation
import TensorCore

/// A picture in a file: PGM and PPM, or PNG and JPEG through the system's programs.
///
/// Netpbm's formats are read by the course itself (`PortablePixmap`). `pngtopnm` (Debian's package
/// `netpbm`) reads PNG and puts it on white, `djpeg` (`libjpeg-turbo-progs`) reads JPEG. What a file is
/// follows from its name's ending.
enum PictureFile {
  /// The endings that are read, in small letters.
  static let endings: Set = ["pgm", "ppm", "pnm", "png", "jpg", "jpeg"]

  /// The paths of all pictures in a folder and its folders, from the folder on, in order.
  ///
  /// Hidden files are left out.
  ///
  /// - Throws: `DataError` where the folder is missing, is a file, or has no picture in it.
  static func names(in folder: String, ifMissing remedy: String) throws(DataError) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
      throw DataError(.missing, file: folder, reason: "there is no such folder", remedy: remedy)
    }
    if !isFolder.boolValue {
      throw DataError(
        .unreadable, file: folder, reason: "it is a file", remedy: "name the folder it is in")
    }
    guard let all = FileManager.default.enumerator(atPath: folder) else {
      throw DataError(
        .unreadable, file: folder, reason: "it cannot be opened", remedy: "check its permissions")
    }
    let names = all.compactMap { $0 as? String }.filter { name in
      endings.contains(ending(of: name))
        && !name.split(separator: "/").contains { $0.hasPrefix(".") }
    }.sorted()
    if names.isEmpty {
      throw DataError(
        .missing, file: folder, reason: "no picture (PGM, PPM, PNG, JPEG) is in it", remedy: remedy)
    }
    return names
  }

  /// Reads pictures on all cores, and keeps of each what a closure makes of it.
  ///
  /// - Parameters:
  ///   - paths: the files.
  ///   - eighths: the scale at which JPEG files are read, 1…8.
  ///   - kept: what is kept; it runs on any core.
  /// - Returns: what was kept, in the order of the files.
  /// - Throws: the `DataError` of the first file that cannot be read.
  static func read<Kept: Sendable>(
    _ paths: [String], eighths: Int = 8, keeping kept: @Sendable (PortablePixmap) -> Kept
  ) throws(DataError) -> [Kept] {
    // A missing program is told before any file is read.
    for kind in Set(paths.map(ending)).sorted() {
      if let path = paths.first(where: { ending(of: $0) == kind }) { _ = try reader(of: path) }
    }
    var read = [Result<Kept, DataError>?](repeating: nil, count: paths.count)
    read.withUnsafeMutableBufferPointer { read in
      guard let start = read.baseAddress else { return }
      parallel(paths.count) { at in
        start[at] = Result { () throws(DataError) in
          kept(try picture(paths[at], eighths: eighths))
        }
      }
    }
    var result: [Kept] = []
    for picture in read { result.append(try picture!.get()) }
    return result
  }

  /// Reads one picture.
  static func picture(_ path: String, eighths: Int = 8) throws(DataError) -> PortablePixmap {
    guard let reader = try reader(of: path) else { return try PortablePixmap(path: path) }
    let scale = reader.name == "djpeg" ? ["-scale", "\(eighths)/8"] : []
    let output = try output(of: reader, scale + [path], file: path)
    return try PortablePixmap(parsing: output, name: path)
  }

  /// A program that turns a file into PGM or PPM on its standard output.
  private struct Reader {
    let name: String
    let path: String
    let arguments: [String]
  }

  /// The program that reads a file; nil where the course does it itself.
  private static func reader(of path: String) throws(DataError) -> Reader? {
    switch ending(of: path) {
    case "png":
      try reader("pngtopnm", of: "netpbm", ["-mix", "-background", "white"], file: path)
    case "jpg", "jpeg": try reader("djpeg", of: "libjpeg-turbo-progs", ["-pnm"], file: path)
    default: nil
    }
  }

  private static func reader(
    _ name: String, of package: String, _ arguments: [String], file: String
  ) throws(DataError) -> Reader {
    guard let path = FileBytes.program(name) else {
      throw DataError(
        .missing, file: file, reason: "no program `\(name)` is in PATH to read it",
        remedy: "install it with: apt-get install \(package)")
    }
    return Reader(name: name, path: path, arguments: arguments)
  }

  private static func ending(of path: String) -> String {
    path.split(separator: ".").last.map { $0.lowercased() } ?? ""
  }

  /// What the program writes for a file.
  private static func output(
    of reader: Reader, _ arguments: [String], file: String
  ) throws(DataError) -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: reader.path)
    process.arguments = reader.arguments + arguments
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
        .unreadable, file: file, reason: "\(reader.path) cannot be started (\(error))",
        remedy: "check the program")
    }
    throw DataError(
      .damaged, file: file, reason: "\(reader.name) cannot read it", remedy: FileBytes.fetchAgain)
  }
}
