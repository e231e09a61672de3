#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A request or a reply on a descriptor: its length in eight bytes, then its bytes.
public enum Frame {
  /// The bytes of a frame.
  public static func bytes(of content: [UInt8]) -> [UInt8] {
    withUnsafeBytes(of: content.count) { Array($0) } + content
  }

  /// Writes a frame; says whether it went out whole.
  @discardableResult
  public static func write(_ content: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes(of: content)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Waits for the next frame; nil where the other side is gone, or sends what is none.
  public static func read(from descriptor: Int32) -> [UInt8]? {
    guard let head = read(8, from: descriptor) else { return nil }
    let length = head.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
    return length < 0 || length > Line.longest ? nil : read(length, from: descriptor)
  }

  private static func read(_ count: Int, from descriptor: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var place = 0
    while place < count {
      let got = bytes.withUnsafeMutableBytes {
        receive(descriptor, UnsafeMutableRawBufferPointer(rebasing: $0[place...]))
      }
      if got < 0, errno == EINTR { continue }
      if got <= 0 { return nil }
      place += got
    }
    return bytes
  }

  private static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  private static func receive(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, room.baseAddress, room.count)
    #else
      Darwin.read(descriptor, room.baseAddress, room.count)
    #endif
  }
}
