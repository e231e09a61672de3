import Foundation
import TensorCore
import Testing

@testable import CourseData

/// Reads a file that is given as text and, for the binary kinds, the bytes after it.
private func pixmap(_ header: String, _ bytes: [UInt8] = []) throws(DataError) -> PortablePixmap {
  try PortablePixmap(parsing: Array(header.utf8) + bytes, name: "x")
}

@Suite struct PortablePixmapTests {
  @Test func `all four kinds are read, in 8 and 16 bits`() throws {
    let grey = PortablePixmap(
      width: 2, height: 1, channels: 1, maximum: 100, samples: [0, 100])
    #expect(try pixmap("P2 2 1 100 0 100") == grey)
    #expect(try pixmap("P5\n2 1\n100\n", [0, 100]) == grey)
    #expect(grey.pixels == [0, 1])
    let colour = PortablePixmap(
      width: 1, height: 2, channels: 3, maximum: 65_535, samples: [1, 2, 3, 256, 65_535, 10])
    #expect(try pixmap("P3\n1 2\n65535\n1 2 3\n256 65535 10\n") == colour)
    #expect(
      try pixmap("P6\n1 2\n65535\n", [0, 1, 0, 2, 0, 3, 1, 0, 0xFF, 0xFF, 0, 10]) == colour)
    #expect(colour.pixels[4] == 1)
  }

  @Test func `comments may stand between the numbers of the header`() throws {
    let expected = try pixmap("P5 2 1 9 ", [35, 10].map { $0 % 10 })
    #expect(try pixmap("P5# a\n#b\n 2#c\r1\n # d\n9\n", [5, 0]) == expected)
    #expect(try pixmap("P5 2 1 9#e\n", [5, 0]) == expected)
    #expect(try pixmap("P2 2 1 9 5 # f\n 0 # g") == expected)
  }

  @Test func `pixels may look like white space and comments`() throws {
    #expect(try pixmap("P5 3 1 255\n", [35, 10, 32]).samples == [35, 10, 32])
    #expect(try pixmap("P5 1 1 255 ", [10]).samples == [10])
  }

  @Test(arguments: [
    ("", "it starts with"), ("P", "it starts with"), ("P4 1 1 ", "it starts with “P 4”"),
    ("GIF89a", "it starts with “G I”"), ("P2", "it ends before its width"),
    ("P22 1 9 1 1", "its width is not a number"), ("P5 2 ", "it ends before its height"),
    ("P5 2 1 # 255", "it ends before its maximum"), ("P5 0 1 255 ", "its size is 0 × 1"),
    ("P5 1 0 255 ", "its size is 1 × 0"), ("P5 1 1 0 a", "its maximum is 0"),
    ("P5 1 1 65536 a", "its maximum is 65536"), ("P5 -1 1 255 a", "its width is negative"),
    ("P5 1 1 255", "no white space"), ("P5 2 1 255 a", "it needs 2 bytes of pixels and has 1"),
    ("P5 1 1 255 abc", "2 bytes follow"), ("P5 1 1 256 a", "it needs 2 bytes of pixels and has 1"),
    ("P5 1 1 96 a", "number 0 is 97, above its maximum of 96"),
    ("P2 1 1 9 10", "number 0 is 10, above its maximum of 9"),
    ("P2 2 1 9 1", "it needs 2 numbers and has 2 bytes"),
    ("P2 2 1 9   1", "it ends before number 1"),
    ("P2 1 1 9 1 1", "1 bytes follow"), ("P2 1 1 9 1x", "number 0 of 1 is not a number"),
    ("P2 1 1 9 x", "number 0 of 1 is not a number"), ("P2 1 1 9 -1", "number 0 of 1 is negative"),
    ("P5 1x1 255 a", "its width is not a number"),
    ("P6 999999999 999999999 65535 a", "it needs 5999999988000000006 bytes"),
    ("P3 999999999 999999999 65535 1 1", "it needs 2999999994000000003 numbers"),
    ("P5 99999999999999999999 1 255 a", "its width has too many digits"),
  ])
  func `a damaged file's error says what is wrong`(file: String, words: String) {
    let error = #expect(throws: DataError.self) { try pixmap(file) }
    #expect(error?.kind == .damaged && error?.file == "x" && error?.remedy.isEmpty == false)
    #expect(error?.reason.hasPrefix(words) == true, "\(error!)")
  }

  @Test func `a written picture is read back`() throws {
    let pictures = PictureWorld(size: 24).pictures(3, seed: 1)
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).ppm").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try pictures.pixmap(2).write(to: path)
    // The world's numbers are steps of 1/255, so that 8 bits lose nothing.
    #expect(try PortablePixmap(path: path).pixels == pictures[[2]].pixels)
    let error = #expect(throws: DataError.self) {
      try pictures.pixmap(2).write(to: "/nowhere/a.ppm")
    }
    #expect(error?.kind == .unreadable)
  }

  @Test func `numbers outside 0…1 are clipped, not wrapped`() {
    let picture = PortablePixmap(width: 3, height: 1, channels: 1, pixels: [-1, 0.5, 7])
    #expect(picture.samples == [0, 128, 255])
  }

  /// Whatever is accepted keeps its own promises, and reads back the same when it is written.
  @Test func `fuzzing with 200,000 damaged files: each is read soundly or refused`() throws {
    let seeds: [[UInt8]] = [
      Array("P2\n# text\n3 2\n15\n1 2 3\n4 15 6\n".utf8),
      Array("P3 2 1 255  1 2 3  255 0 9\n".utf8),
      Array("P5\n4 3\n255\n".utf8) + Array(30..<42),
      Array("P6 2 2 # c\n1000\n".utf8) + (0..<12).flatMap { [$0 % 4, $0] },
    ]
    for seed in seeds { _ = try PortablePixmap(parsing: seed, name: "x") }
    var mutation = Mutation(
      seed: 2026,
      tokens: [
        "P2", "P3", "P5", "P6", " ", "\n", "#", "-", "0 ", " 1 ", "255", "256", "65535", "65536",
        "4294967296", "9223372036854775807", "99999999",
      ])
    var read = 0
    var refused = 0
    for index in 0..<200_000 {
      let file = mutation(seeds[index % seeds.count])
      do {
        let picture = try PortablePixmap(parsing: file, name: "x")
        let isSound =
          picture.samples.count == picture.width * picture.height * picture.channels
          && picture.samples.count <= file.count && 1...65_535 ~= picture.maximum
          && picture.samples.allSatisfy { $0 <= picture.maximum }
        let again = try? PortablePixmap(parsing: picture.encoded(), name: "x")
        if !isSound || again != picture { Issue.record("misread: \(file)") }
        read += 1
      } catch {
        if error.kind != .damaged || error.reason.isEmpty { Issue.record("\(error)") }
        refused += 1
      }
    }
    print("PortablePixmap: \(read + refused) files, \(read) still readable, \(refused) refused")
    #expect(read + refused == 200_000)
    // Neither answer is there by default: both paths are well trodden.
    #expect(read > 10_000 && refused > 10_000)
  }
}
