import Foundation
import Testing

@testable import CourseData

/// A folder of grey frames of one shade each, which goes away with the body.
private func withFolder(
  _ frames: [(name: String, width: Int, height: Int, shade: Float)], _ body: (String) throws -> Void
) throws {
  let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID())").path
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  for frame in frames {
    try PortablePixmap(
      width: frame.width, height: frame.height, channels: 1,
      pixels: Array(repeating: frame.shade, count: frame.width * frame.height)
    ).write(to: "\(path)/\(frame.name)")
  }
  try body(path)
}

private func error(of path: String, least: Int = 3) -> DataError? {
  #expect(throws: DataError.self) { try FrameFolder.load(path, least: least) }
}

@Suite struct FrameFolderTests {
  @Test func `frames follow each other by number, not by letter`() throws {
    let names = ["f8.pgm", "f9.PGM", "f10.pgm", "f11.pnm"]
    try withFolder(names.enumerated().map { ($1, 4, 2, Float($0) / 255) }) { path in
      try Data().write(to: URL(fileURLWithPath: path + "/README.txt"))
      let video = try FrameFolder.load(path)
      #expect(video.frames == 4 && video.height == 2 && video.width == 4 && video.channels == 1)
      #expect((0..<4).map { video.frame($0).numbers[0] } == [0, 1, 2, 3].map { Float($0) / 255 })
      #expect(try FrameFolder.load(path, most: 3).frames == 3)
    }
  }

  @Test func `frames are made smaller by whole squares, and the rest is cut off`() throws {
    let wide = (0..<7 * 5).map { Float($0 % 7) / 255 }
    try withFolder([]) { path in
      for number in 1...3 {
        try PortablePixmap(width: 7, height: 5, channels: 1, pixels: wide)
          .write(to: "\(path)/a\(number).pgm")
      }
      let video = try FrameFolder.load(path, side: 4)
      #expect(video.height == 2 && video.width == 3)
      // Columns 0 and 1, 2 and 3, 4 and 5; a float's share of 1/255 has 24 bits.
      let row = video.frame(0).numbers[..<3].map { ($0 * 2550).rounded() }
      #expect(row == [5, 25, 45])
    }
  }

  @Test func `each fault of a folder is said with what to do`() throws {
    let good: [(String, Int, Int, Float)] = [
      ("a1.pgm", 4, 4, 0), ("a2.pgm", 4, 4, 0), ("a3.pgm", 4, 4, 0),
    ]
    func check(_ frames: [(String, Int, Int, Float)], _ kind: DataError.Kind, _ words: String)
      throws
    {
      try withFolder(frames.map { (name: $0.0, width: $0.1, height: $0.2, shade: $0.3) }) { path in
        let found = error(of: path)
        #expect(found?.kind == kind && found?.remedy.isEmpty == false)
        #expect(found?.reason.contains(words) == true, "\(found!)")
        #expect(found?.file.hasPrefix(path) == true)
      }
    }
    try check(
      good + [("a4.pgm", 4, 5, 0)], .damaged, "it is 4 × 5 in grey, and a1.pgm is 4 × 4 in grey")
    try check([good[0]], .damaged, "1 frame (")
    try check([], .damaged, "no frame (")
    try check(Array(good[..<2]), .damaged, "2 frames (")
    try check(
      good + [("a5.pgm", 4, 4, 0)], .damaged, "after a3.pgm comes a5.pgm: frame 4 is missing")
    try check(good + [("b2.pgm", 4, 4, 0)], .damaged, "a2.pgm and b2.pgm have one number")
    try check(good + [("last.pgm", 4, 4, 0)], .damaged, "its name has no number")
    try check(good.map { ($0.0, 200, 1, 0) }, .damaged, "too long and thin")
    #expect(error(of: "/nowhere/at/all")?.kind == .missing)
    try withFolder(good.map { (name: $0.0, width: $0.1, height: $0.2, shade: $0.3) }) { path in
      #expect(error(of: path + "/a1.pgm")?.reason.hasPrefix("it is a file") == true)
      try Data("P5 4 4 255\nshort".utf8).write(to: URL(fileURLWithPath: path + "/a2.pgm"))
      let found = error(of: path)
      #expect(found?.file == path + "/a2.pgm" && found?.reason.contains("bytes of pixels") == true)
    }
  }

  @Test func `grey and colour frames do not mix`() throws {
    try withFolder([("a1.pgm", 2, 2, 0), ("a3.pgm", 2, 2, 0)]) { path in
      try PortablePixmap(width: 2, height: 2, channels: 3, pixels: Array(repeating: 1, count: 12))
        .write(to: path + "/a2.ppm")
      #expect(error(of: path)?.reason.contains("in colour") == true)
    }
  }
}
