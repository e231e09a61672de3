import Dispatch
import Foundation

/// The bytes of a file, unpacked where it was packed with gzip.
///
/// What is packed is known by its first two bytes, not by its name. Unpacking is left to the system's `gzip`,
/// which every system has that this course runs on.
enum FileBytes {
  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - remedy: what to do where the file is missing.
  ///   - limit: how many bytes, unpacked, are believed; a small packed file can hold a thousand times its size.
  /// - Returns: the bytes, unpacked.
  /// - Throws: where the file is missing, cannot be read or unpacked, or is larger than the limit.
  static func read(_ path: String, remedy: String, limit: Int = 1 << 30) throws(DataError)
    -> [UInt8]
  {
    let bytes = try plain(path, remedy: remedy, limit: limit)
    return bytes.starts(with: [0x1F, 0x8B]) ? try unpacked(path, limit: limit) : bytes
  }

  private static func plain(
    _ path: String, remedy: String, limit: Int
  ) throws(DataError) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw DataError(.missing, file: path, reason: "there is no such file", remedy: remedy)
    }
    if isFolder.boolValue {
      throw DataError(
        .unreadable, file: path, reason: "it is a folder", remedy: "name a file in it")
    }
    // Opening a pipe would wait for somebody to write into it.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let type = try? FileManager.default.attributesOfItem(atPath: target)[.type]
    if let type = type as? FileAttributeType, type != .typeRegular {
      throw DataError(
        .unreadable, file: path, reason: "it is a pipe or a device", remedy: "name a file")
    }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw DataError(
        .unreadable, file: path, reason: "it cannot be opened", remedy: "check its permissions")
    }
    defer { try? file.close() }
    return try all(of: file, named: path, limit: limit)
  }

  private static func unpacked(_ path: String, limit: Int) throws(DataError) -> [UInt8] {
    guard let gzip = program("gzip") else {
      throw DataError(
        .missing, file: path, reason: "no program `gzip` is in PATH to unpack it",
        remedy: "install it with: apt-get install gzip")
    }
    // Through standard input, where the file's name can be neither an option nor a wrong suffix.
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw DataError(
        .unreadable, file: path, reason: "it cannot be opened", remedy: "check its permissions")
    }
    defer { try? file.close() }
    let output = Pipe()
    let complaints = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: gzip)
    process.arguments = ["-dc"]
    process.standardInput = file
    process.standardOutput = output
    process.standardError = complaints
    do {
      try process.run()
    } catch {
      throw DataError(
        .unreadable, file: path, reason: "\(gzip) cannot be started (\(error))",
        remedy: "unpack the file by hand")
    }
    // Both pipes are emptied at once: a full one would stop gzip for ever.
    let complaint = Complaint()
    let drained = DispatchGroup()
    DispatchQueue.global().async(group: drained) {
      complaint.text = String(
        decoding: complaints.fileHandleForReading.availableText, as: UTF8.self)
    }
    let result = Result { () throws(DataError) in
      try all(of: output.fileHandleForReading, named: path, limit: limit)
    }
    try? output.fileHandleForReading.close()
    drained.wait()
    process.waitUntilExit()
    let bytes = try result.get()
    if process.terminationStatus != 0 {
      let words = complaint.text.split(whereSeparator: \.isNewline).joined(separator: " ")
      throw DataError(
        .damaged, file: path, reason: "gzip cannot unpack it (\(words))", remedy: fetchAgain)
    }
    return bytes
  }

  private static func all(
    of file: FileHandle, named path: String, limit: Int
  ) throws(DataError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let block: Data?
      do {
        block = try file.read(upToCount: 1 << 20)
      } catch {
        throw DataError(
          .unreadable, file: path, reason: "it cannot be read (\(error.localizedDescription))",
          remedy: "check the file and its disk")
      }
      guard let block, !block.isEmpty else { return bytes }
      bytes.append(contentsOf: block)
      if bytes.count > limit {
        throw DataError(
          .damaged, file: path, reason: "it holds more than \(limit) bytes", remedy: fetchAgain)
      }
    }
  }

  /// Where a program stands, in the folders that PATH names.
  static func program(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What to do with a damaged file.
  static let fetchAgain = "fetch or make the file again"

  /// What another thread reads from gzip's standard error; the group says when it is there.
  private final class Complaint: @unchecked Sendable {
    var text = ""
  }
}

extension FileHandle {
  /// The first 4,096 bytes until the end; the others are read too, and dropped.
  fileprivate var availableText: Data {
    var text = Data()
    while let block = try? read(upToCount: 4096), !block.isEmpty {
      if text.count < 4096 { text.append(block) }
    }
    return text
  }
}
