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
/// The new file may be read and written by whom the old one could; where the path is a symbolic
/// link, the file that it leads to is replaced.
///
/// - Parameters:
///   - path: the file that is written or replaced.
///   - body: is given a function that writes bytes, each call after the last.
/// - Throws: `CheckpointError.system` if the file cannot be written.
func writeAtomically(
  to path: String,
  _ body: ((UnsafeRawBufferPointer) throws(CheckpointError) -> Void) throws(CheckpointError) -> Void
) throws(CheckpointError) {
  let target = resolved(path)
  let partial = "\(target).partial-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
  let file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
  if file < 0 { throw systemError(path, "create a file beside") }
  do throws(CheckpointError) {
    defer { close(file) }
    var old = stat()
    if stat(target, &old) == 0 && fchmod(file, old.st_mode & 0o777) != 0 {
      throw systemError(path, "write")
    }
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
    if rename(partial, target) != 0 { throw systemError(path, "replace") }
  } catch {
    unlink(partial)
    throw error
  }
  synchroniseFolder(of: target)
}

/// The path of the file that a path leads to through symbolic links; the path itself if there is none.
private func resolved(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
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
