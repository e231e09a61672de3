// The safetensors format (huggingface/safetensors, README, "Format"):
//
//     8 bytes              N, the length of the header, little-endian
//     N bytes              JSON: {"__metadata__": {"key": "text"}, "name": {"dtype": "F32",
//                          "shape": [2, 3], "data_offsets": [0, 24]}, …}, filled up with spaces
//     the rest             the numbers, row-major; offsets count from here
//
// The tensors fill the rest without gaps and without overlaps.

/// What the header says of one tensor.
private struct Entry {
  let name: String
  let typeName: String
  /// Nil for a type of the format that cannot be read.
  let type: ElementType?
  let shape: [Int]
  let begin: Int
  let end: Int

  var count: Int { Shape.count(shape) }
}

/// A header longer than this is refused, as by the format's own reader.
private let longestHeader = 100_000_000
/// No tensor has more axes.
private let mostAxes = 32

extension Checkpoint {
  /// Reads a whole checkpoint.
  init(_ source: ByteSource) throws(CheckpointError) {
    self.init()
    let (entries, start) = try readHeader(source)
    for entry in entries { self[entry.name] = try read(entry, source, start: start) }
  }

  /// Reads and checks the header.
  ///
  /// - Returns: the tensors in the order of their bytes, and where these begin.
  private mutating func readHeader(
    _ source: ByteSource
  ) throws(CheckpointError) -> (entries: [Entry], start: Int) {
    func malformed(_ problem: String) -> CheckpointError {
      .malformed(path: source.path, problem: problem)
    }
    let prefix = try bytes(source, at: 0, count: min(8, source.count))
    if prefix.count < 8 { throw malformed("it has only \(prefix.count) bytes") }
    let length = prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    if length > longestHeader {
      throw malformed("its header would be \(length) bytes long, at most 100 MB are allowed")
    }
    if Int(length) > source.count - 8 {
      throw malformed("its header should be \(length) bytes long, \(source.count - 8) follow")
    }
    var entries: [Entry] = []
    do {
      var reader = JSONReader(try bytes(source, at: 8, count: Int(length)))
      try reader.object { reader, name throws(JSONReader.Failure) in
        if name == "__metadata__" {
          try reader.object { reader, key throws(JSONReader.Failure) in
            if metadata[key] != nil { throw reader.failure("the key \(quoted(key)) comes twice") }
            metadata[key] = try reader.string()
          }
        } else {
          entries.append(try Entry(name, &reader))
        }
      }
      try reader.end()
    } catch let failure as JSONReader.Failure {
      throw malformed("byte \(failure.offset) of its header: \(failure.problem)")
    } catch let error as CheckpointError {
      throw error
    } catch {
      throw malformed("\(error)")
    }
    let start = 8 + Int(length)
    // Empty tensors share their place with the next one; they come first.
    entries.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
    var end = 0
    for entry in entries {
      if entry.begin != end {
        throw malformed(
          "tensor \(shown(entry.name)) begins at byte \(entry.begin), the one before ends at "
            + "\(end)")
      }
      end = entry.end
    }
    if end != source.count - start {
      throw malformed("its tensors take \(end) bytes, \(source.count - start) follow the header")
    }
    return (entries, start)
  }

  private func bytes(
    _ source: ByteSource, at offset: Int, count: Int
  ) throws(CheckpointError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var failure: CheckpointError?
    bytes.withUnsafeMutableBytes { buffer in
      do throws(CheckpointError) { try source.read(offset, buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Reads the numbers of one tensor, whose bytes lie within the source.
  private func read(
    _ entry: Entry, _ source: ByteSource, start: Int
  ) throws(CheckpointError) -> Tensor {
    guard let type = entry.type else {
      throw .unsupported(
        path: source.path, tensor: shown(entry.name),
        problem: "its numbers are of the type \(entry.typeName), which cannot be read here")
    }
    let tensor = Tensor(uninitialized: entry.shape)
    let size = type.size
    if type == .f32 {
      // As the numbers lie in the file they lie in memory.
      try source.read(
        start + entry.begin,
        UnsafeMutableRawBufferPointer(start: tensor.start, count: entry.count * size))
      return tensor
    }
    let stretch = 1 << 16
    for first in Swift.stride(from: 0, to: entry.count, by: stretch) {
      let count = min(stretch, entry.count - first)
      let bytes = try bytes(source, at: start + entry.begin + first * size, count: count * size)
      let problem = bytes.withUnsafeBytes {
        type.convert(count, from: $0, to: tensor.start + first)
      }
      if let problem {
        throw .unsupported(
          path: source.path, tensor: shown(entry.name),
          problem: "\(problem) has no 32-bit floating-point form")
      }
    }
    return tensor
  }

  // MARK: Writing

  /// Calls `write` with the bytes of the file, piece by piece.
  func encode(
    _ write: (UnsafeRawBufferPointer) throws(CheckpointError) -> Void
  ) throws(CheckpointError) {
    var members: [String] = []
    if !metadata.isEmpty {
      let notes = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0)):\(quoted($1))" }
      members.append("\"__metadata__\":{\(notes.joined(separator: ","))}")
    }
    var end = 0
    for (name, tensor) in tensors {
      let begin = end
      end += tensor.count * 4
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(begin),\(end)]}"
      )
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    // So that the numbers begin at a multiple of 8.
    header += [UInt8](repeating: 0x20, count: -header.count & 7)
    let length = UInt64(header.count)
    let prefix = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
    try pass(prefix + header, to: write)
    for (_, tensor) in tensors {
      let bytes = UnsafeRawBufferPointer(start: tensor.start, count: tensor.count * 4)
      defer { withExtendedLifetime(tensor) {} }
      try write(bytes)
    }
  }

  private func pass(
    _ bytes: [UInt8], to write: (UnsafeRawBufferPointer) throws(CheckpointError) -> Void
  ) throws(CheckpointError) {
    var failure: CheckpointError?
    bytes.withUnsafeBytes { buffer in
      do throws(CheckpointError) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

extension Entry {
  /// Reads and checks what the header says of one tensor.
  fileprivate init(_ name: String, _ reader: inout JSONReader) throws(JSONReader.Failure) {
    var typeName: String?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.object { reader, key throws(JSONReader.Failure) in
      switch key {
      case "dtype": typeName = try reader.string()
      case "shape": shape = try reader.sizes(limit: mostAxes)
      case "data_offsets": offsets = try reader.sizes(limit: 2)
      default: throw reader.failure("tensor \(shown(name)) has an unknown entry \(shown(key))")
      }
    }
    guard let typeName, let shape, let offsets, offsets.count == 2 else {
      throw reader.failure("tensor \(shown(name)) lacks dtype, shape or data_offsets")
    }
    let type = ElementType(rawValue: typeName)
    if type == nil && !ElementType.unread.contains(typeName) {
      throw reader.failure("tensor \(shown(name)) is of the unknown type \(shown(typeName))")
    }
    // Also with a size of 0 the other sizes must stay sizes that can be multiplied.
    var bytes = type?.size ?? 1
    for size in shape where size > 0 {
      let (product, isTooLarge) = bytes.multipliedReportingOverflow(by: size)
      if isTooLarge { throw reader.failure("tensor \(shown(name)) is too large, \(shape)") }
      bytes = product
    }
    if shape.contains(0) { bytes = 0 }
    if offsets[1] < offsets[0] || type != nil && offsets[1] - offsets[0] != bytes {
      throw reader.failure(
        "tensor \(shown(name)), \(typeName) \(shape), needs \(bytes) bytes and has the offsets "
          + "\(offsets)")
    }
    self.init(
      name: name, typeName: typeName, type: type, shape: shape, begin: offsets[0],
      end: offsets[1])
  }
}

/// A name from a file as messages show it: in quotes, its control characters escaped, and cut.
func shown(_ name: String) -> String {
  name.count > 80 ? quoted(String(name.prefix(80))) + "…" : quoted(name)
}
