import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where text goes, without a buffer in between: what was written is seen at once.
struct Output: Sendable {
  let write: @Sendable (String) -> Void

  /// The standard output.
  ///
  /// When its reader has gone (`| head`), the program ends without a word.
  static let standard = Output { text in put(text, to: 1) }

  /// The standard error.
  static let error = Output { text in put(text, to: 2) }

  private static func put(_ text: String, to file: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { writeBytes(file, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EPIPE {
        // What a shell reports for a program that a closed pipe has ended.
        _exit(141)
      } else if errno != EINTR, errno != EAGAIN {
        return
      }
    }
  }
}

// Beside the property `write`, the system's function is out of reach inside `Output`.
private func writeBytes(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, start, count)
}
