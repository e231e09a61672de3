#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes to read a checkpoint from: a file, or memory in tests.
struct ByteSource {
  /// What messages call it.
  let path: String
  let count: Int
  /// Fills a buffer with the bytes from an offset on; they lie within `count`.
  let read: (_ offset: Int, _ buffer: UnsafeMutableRawBufferPointer) throws(CheckpointError) -> Void

  init(
    path: String, count: Int,
    read: @escaping (Int, UnsafeMutableRawBufferPointer) throws(CheckpointError) -> Void
  ) {
    self.path = path
    self.count = count
    self.read = read
  }

  /// Bytes in memory.
  init(_ bytes: [UInt8], path: String) {
    self.init(path: path, count: bytes.count) { offset, buffer in
      bytes.withUnsafeBytes { source in
        buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[offset...].prefix(buffer.count)))
      }
    }
  }

  /// Opens a file while `body` reads from it.
  static func withFile<Result>(
    _ path: String, _ body: (ByteSource) throws(CheckpointError) -> Result
  ) throws(CheckpointError) -> Result {
    // Not to wait, should the path name a pipe.
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    if file < 0 { throw systemError(path, "open") }
    defer { close(file) }
    var status = stat()
    if fstat(file, &status) != 0 { throw systemError(path, "read") }
    if status.st_mode & S_IFMT != S_IFREG {
      throw .system(path: path, action: "read", reason: "it is not a file")
    }
    let source = ByteSource(path: path, count: Int(status.st_size)) {
      offset, buffer throws(CheckpointError) in
      var done = 0
      while done < buffer.count {
        let got = pread(file, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
        if got < 0 && errno == EINTR { continue }
        if got < 0 { throw systemError(path, "read") }
        if got == 0 {
          throw .malformed(path: path, problem: "it became shorter while it was read")
        }
        done += got
      }
    }
    return try body(source)
  }
}

/// Writes a file whole or not at all.
///
/// The bytes go to a new file in the same folder, are brought to the disk, and only then take the
/// place of the old file, in one step of the file system. A run that is killed, or a disk that is
/// full, leaves the old file as it was. What a killed run leaves beside it, `NAME.partial-…`, may be
/// deleted.
///
/// - Parameters:
///   - path: the file that is written or replaced.
///   - body: is given a function that writes bytes, each call after the last.
/// - Throws: `CheckpointError.system` if the file cannot be written.
func writeAtomically(
  to path: String,
  _ body: ((UnsafeRawBufferPointer) throws(CheckpointError) -> Void) throws(CheckpointError) -> Void
) throws(CheckpointError) {
  var template = Array("\(path).partial-XXXXXX".utf8CString)
  let file = mkstemp(&template)
  if file < 0 { throw systemError(path, "create a file beside") }
  do throws(CheckpointError) {
    defer { close(file) }
    // mkstemp lets only the owner read.
    if fchmod(file, 0o644) != 0 { throw systemError(path, "write") }
    try body { bytes throws(CheckpointError) in
      var done = 0
      while done < bytes.count {
        let put = write(file, bytes.baseAddress! + done, bytes.count - done)
        if put < 0 && errno == EINTR { continue }
        if put < 0 { throw systemError(path, "write") }
        done += put
      }
    }
    // Otherwise the new name could reach the disk before the new content.
    if fsync(file) != 0 { throw systemError(path, "write") }
    if rename(template, path) != 0 { throw systemError(path, "replace") }
  } catch {
    unlink(template)
    throw error
  }
  synchroniseFolder(of: path)
}

/// Brings the new name to the disk.
///
/// Some file systems cannot; then the old file or the new one stands after a power cut, each whole.
private func synchroniseFolder(of path: String) {
  let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) }
  let handle = open(folder ?? ".", O_RDONLY | O_CLOEXEC)
  if handle < 0 { return }
  fsync(handle)
  close(handle)
}

private func systemError(_ path: String, _ action: String) -> CheckpointError {
  .system(path: path, action: action, reason: String(cString: strerror(errno)))
}
