import Foundation
import TensorCore
import Testing

@testable import CourseData

/// A file of unsigned bytes as the format has it.
private func idx(_ shape: [Int], _ bytes: [UInt8], type: UInt8 = 8) -> [UInt8] {
  var file: [UInt8] = [0, 0, type, UInt8(shape.count)]
  for size in shape {
    for shift in [24, 16, 8, 0] { file.append(UInt8(truncatingIfNeeded: size >> shift)) }
  }
  return file + bytes
}

/// What a damaged file's error says.
private func complaint(_ file: [UInt8]) -> String? {
  do {
    _ = try IDX(parsing: file, name: "x")
    return nil
  } catch {
    #expect(error.kind == .damaged && error.file == "x" && !error.remedy.isEmpty)
    return error.reason
  }
}

@Suite struct IDXTests {
  @Test func `shape and bytes come back`() throws {
    let found = try IDX(parsing: idx([2, 1, 3], [1, 2, 3, 4, 5, 255]), name: "x")
    #expect(found == IDX(shape: [2, 1, 3], bytes: [1, 2, 3, 4, 5, 255]))
    #expect(try IDX(parsing: idx([0, 28, 28], []), name: "x").bytes.isEmpty)
  }

  @Test func `a damaged file's error says what is wrong`() {
    let good = idx([2, 3], [1, 2, 3, 4, 5, 6])
    #expect(complaint(good) == nil)
    #expect(complaint([0, 0, 8])?.contains("3 bytes, too few") == true)
    #expect(complaint([]) != nil)
    #expect(complaint([0x50, 0x35] + good.dropFirst(2))?.contains("starts with 80 53") == true)
    #expect(complaint(idx([2], [1, 2], type: 13))?.contains("type 13") == true)
    #expect(complaint(idx([], [7]))?.contains("0 dimensions") == true)
    #expect(complaint([0, 0, 8, 200] + good)?.contains("200 dimensions") == true)
    #expect(complaint(Array(good.prefix(10)))?.contains("ends within its 2 dimensions") == true)
    #expect(complaint(good.dropLast(2))?.contains("needs 6 bytes, and 4 are there") == true)
    #expect(complaint(good + [0])?.contains("1 bytes follow the 6") == true)
    // 2³² − 1 in each dimension: the product does not fit 64 bits, and nothing of that size is asked for.
    let huge = idx([0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], [1, 2])
    #expect(complaint(huge)?.contains("more numbers than can be counted") == true)
    let large = idx([0xFFFF_FFFF, 0x7FFF_FFFF], [1, 2])
    #expect(complaint(large)?.contains("and 2 are there") == true)
  }

  @Test func `pictures and labels must fit each other`() throws {
    let images = IDX(shape: [2, 1, 2], bytes: [0, 255, 51, 102])
    func join(_ images: IDX, _ labels: IDX, first: Int? = nil) throws(DataError) -> Pictures {
      try Pictures(
        images: images, labels: labels, classNames: ["a", "b"], names: ("i", "l"), first: first)
    }
    let labels = IDX(shape: [2], bytes: [1, 0])
    let pictures = try join(images, labels)
    #expect(pictures.pixels == [0, 1, 0.2, 0.4] && pictures.labels == [1, 0])
    #expect(try join(images, labels, first: 1) == pictures[[0]])
    #expect(try join(images, labels, first: 9) == pictures)

    let cases: [(IDX, IDX, String)] = [
      (images, IDX(shape: [1], bytes: [1]), "l: it has 1 labels for 2 pictures in i"),
      (images, IDX(shape: [2], bytes: [1, 2]), "l: label 2 of picture 1, but 2 classes"),
      (images, IDX(shape: [2, 1], bytes: [1, 0]), "l: its shape [2, 1] is not [count]"),
      (IDX(shape: [2, 2], bytes: [0, 0, 0, 0]), labels, "i: its shape [2, 2] is not"),
      (IDX(shape: [2, 0, 5], bytes: []), labels, "i: its shape [2, 0, 5] is not"),
    ]
    for (images, labels, words) in cases {
      let error = #expect(throws: DataError.self) { try join(images, labels) }
      #expect(error?.description.hasPrefix(words) == true, "\(error!)")
    }
  }

  /// Whatever is accepted must be what the bytes say: written again, it gives the same file.
  @Test func `fuzzing with 200,000 damaged files: each is read exactly or refused`() {
    let seeds = [
      idx([3, 4, 5], (0..<60).map { UInt8($0 * 4) }), idx([7], [1, 2, 3, 4, 5, 6, 7]),
      idx([2, 2, 2, 2], [UInt8](repeating: 9, count: 16)),
    ]
    var mutation = Mutation(seed: 2026, tokens: ["\0\0\u{8}\u{1}", "\0\0\u{8}\u{3}"])
    var read = 0
    var refused = 0
    for index in 0..<200_000 {
      let file = mutation(seeds[index % seeds.count])
      do {
        let array = try IDX(parsing: file, name: "x")
        if idx(array.shape, array.bytes) != file { Issue.record("misread: \(file)") }
        read += 1
      } catch {
        if error.kind != .damaged || error.reason.isEmpty { Issue.record("\(error)") }
        refused += 1
      }
    }
    print("IDX: \(read + refused) damaged files, \(read) still readable, \(refused) refused")
    #expect(read + refused == 200_000)
    // Neither answer is there by default: both paths are well trodden.
    #expect(read > 10_000 && refused > 10_000)
  }
}

@Suite struct FashionMNISTTests {
  /// A folder of its own, removed afterwards.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private func write(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  private func gzip(_ path: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func `a missing file's error names the command that installs it`() {
    let error = #expect(throws: DataError.self) {
      try FashionMNIST.load(.test, from: "/nowhere")
    }
    #expect(error?.kind == .missing)
    #expect(
      error?.description
        == "/nowhere/t10k-images-idx3-ubyte.gz: there is no such file; "
        + "install it with: apt-get install dataset-fashion-mnist")
  }

  @Test func `plain and packed files give the same pictures`() throws {
    try withFolder { folder in
      // Larger than any pipe's buffer, so that reading and unpacking must go on side by side.
      let count = 400
      var random = Random(seed: 1)
      let pixels = (0..<count * 784).map { _ in UInt8(random.integer(below: 256)) }
      let labels = (0..<count).map { UInt8($0 % 10) }
      try write(idx([count, 28, 28], pixels), "\(folder)/train-images-idx3-ubyte")
      try write(idx([count], labels), "\(folder)/train-labels-idx1-ubyte")
      let plain = try FashionMNIST.load(.training, from: folder)
      #expect(plain.count == count && plain.height == 28 && plain.channels == 1)
      try gzip("\(folder)/train-images-idx3-ubyte")
      try gzip("\(folder)/train-labels-idx1-ubyte")
      #expect(try FashionMNIST.load(.training, from: folder) == plain)
    }
  }

  @Test func `a damaged packed file is refused with what gzip says`() throws {
    try withFolder { folder in
      let path = "\(folder)/a -d.gz"
      try write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3], path)
      let error = #expect(throws: DataError.self) { try IDX(path: path) }
      #expect(error?.kind == .damaged && error?.reason.contains("gzip cannot unpack it") == true)
    }
  }

  @Test func `a packed file that would fill the memory is refused`() throws {
    try withFolder { folder in
      let path = "\(folder)/zeros"
      try write([UInt8](repeating: 0, count: 8 << 20), path)
      try gzip(path)
      let error = #expect(throws: DataError.self) {
        try FileBytes.read(path + ".gz", remedy: "", limit: 2 << 20)
      }
      #expect(error?.reason == "it holds more than \(2 << 20) bytes")
    }
  }

  @Test func `a pipe in a file's place is refused and not waited for`() throws {
    try withFolder { folder in
      let path = "\(folder)/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let error = #expect(throws: DataError.self) { try FileBytes.read(path, remedy: "") }
      #expect(error?.description.contains("it is a pipe or a device") == true)
    }
  }

  @Test func `a folder in a file's place is refused`() {
    let error = #expect(throws: DataError.self) { try IDX(path: "/") }
    #expect(error?.description.hasPrefix("/: it is a folder") == true)
  }

  @Test(
    .enabled(
      if: FashionMNIST.isInstalled,
      "Debian's dataset-fashion-mnist is not installed: apt-get install dataset-fashion-mnist"))
  func `the real pictures are there, ten classes in equal numbers`() throws {
    let test = try FashionMNIST.load(.test)
    #expect(test.count == 10_000)
    for label in 0..<10 { #expect(test.labels.count { $0 == label } == 1_000) }
    let training = try FashionMNIST.load(.training)
    #expect(training.count == 60_000)
    for label in 0..<10 { #expect(training.labels.count { $0 == label } == 6_000) }
    // The mean brightness of the training pictures, as users of the data set normalise by, is 0.2860.
    let mean = training.pixels.reduce(0.0) { $0 + Double($1) } / Double(training.pixels.count)
    #expect(abs(mean - 0.2860) < 0.0001)
    #expect(training.classNames[training.labels[0]] == "ankle boot")
  }
}
