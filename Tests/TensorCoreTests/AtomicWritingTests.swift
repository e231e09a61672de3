import Foundation
import Testing

@testable import TensorCore

/// A checkpoint of 400,000 numbers, all of which are `number`.
private func checkpoint(_ number: Float) -> Checkpoint {
  var checkpoint = Checkpoint()
  for name in ["a", "b", "c", "d"] { checkpoint[name] = Tensor([100_000], fill: number) }
  return checkpoint
}

struct AtomicWritingTests {
  @Test(arguments: [1, 3, 7, 15, 40, 90])
  func `a run killed while it writes leaves a whole file, the old or the new`(
    milliseconds: Int
  ) async throws {
    let folder = try temporaryFolder()
    let path = folder + "/model.safetensors"
    try checkpoint(0).write(to: path)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, milliseconds = milliseconds as Int] in
      Thread.detachNewThread {
        usleep(UInt32(milliseconds) * 1000)
        kill(getpid(), SIGKILL)
      }
      for number in 1... { try checkpoint(Float(number)).write(to: path) }
    }
    let numbers = try Checkpoint(contentsOf: path).tensors.map(\.tensor.numbers)
    #expect(numbers.count == 4)
    #expect(Set(numbers.joined()).count == 1)
  }

  @Test func `a run killed in the middle of a file leaves the old one as it was`() async throws {
    let path = try temporaryFolder() + "/model.safetensors"
    try checkpoint(5).write(to: path)
    let before = try Data(contentsOf: URL(filePath: path))
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      try writeAtomically(to: path) { write throws(CheckpointError) in
        for part in 0..<10 {
          if part == 5 { kill(getpid(), SIGKILL) }
          write1000Bytes(write)
        }
      }
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }

  @Test func `a disk without room gives an error, keeps the old file and leaves nothing beside it`()
    async throws
  {
    let folder = try temporaryFolder()
    let path = folder + "/model.safetensors"
    try checkpoint(5).write(to: path)
    let before = try Data(contentsOf: URL(filePath: path))
    await #expect(processExitsWith: .success) { [path = path as String] in
      // A limit on the size of files fails as a full disk does, in the middle of the writing.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1_000_000, rlim_max: 1_000_000)
      #if canImport(Glibc)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      #else
        setrlimit(RLIMIT_FSIZE, &limit)
      #endif
      let error = #expect(throws: CheckpointError.self) { try checkpoint(6).write(to: path) }
      #expect(error?.description == "cannot write \(path): File too large")
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.safetensors"])
  }

  @Test(arguments: [0o600, 0o664])
  func `a file that is replaced keeps its permissions, also behind a symbolic link`(
    permissions: Int
  ) throws {
    let folder = try temporaryFolder()
    let (path, link) = (folder + "/model.safetensors", folder + "/link.safetensors")
    try checkpoint(1).write(to: path)
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    try files.createSymbolicLink(atPath: link, withDestinationPath: "model.safetensors")
    try checkpoint(2).write(to: link)
    #expect(try files.destinationOfSymbolicLink(atPath: link) == "model.safetensors")
    #expect(try Checkpoint(contentsOf: path)["a"]?[0] == 2)
    #expect(try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int == permissions)
  }

  @Test func `a path that cannot be read or written gives an error that names it`() throws {
    let folder = try temporaryFolder()
    let missing = folder + "/missing/model.safetensors"
    let read = #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: missing) }
    #expect(read?.description == "cannot open \(missing): No such file or directory")
    let write = #expect(throws: CheckpointError.self) { try checkpoint(1).write(to: missing) }
    #expect(
      write?.description == "cannot create a file beside \(missing): No such file or directory")
    let wrong = #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: folder) }
    #expect(wrong?.description == "cannot read \(folder): it is not a file")
    let replaced = #expect(throws: CheckpointError.self) { try checkpoint(1).write(to: folder) }
    #expect(replaced?.description == "cannot replace \(folder): Is a directory")
  }
}

private func write1000Bytes(_ write: (UnsafeRawBufferPointer) throws(CheckpointError) -> Void) {
  let bytes = [UInt8](repeating: 7, count: 1000)
  bytes.withUnsafeBytes { try? write($0) }
}
