import Foundation
import Testing

@testable import CourseData

@Suite struct `Tux Paint's stamps` {
  private static let hasConverter = FileBytes.program("pngtopnm") != nil

  @Test func `a missing folder is named with the command that brings it`() {
    let error = #expect(throws: DataError.self) {
      try TuxPaintStamps.load(size: 8, from: "/no/such/folder")
    }
    #expect(error?.kind == .missing)
    #expect(error?.description.contains("apt-get install tuxpaint-stamps-default") == true)
  }

  @Test func `folders with few pictures make no class`() throws {
    let folder = NSTemporaryDirectory() + "stamps-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/birds", withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: folder + "/birds/a.png"))
    let error = #expect(throws: DataError.self) { try TuxPaintStamps.load(size: 8, from: folder) }
    #expect(error?.reason.contains("20 pictures") == true)
  }

  @Test(.enabled(if: hasConverter, "needs pngtopnm: apt-get install netpbm"))
  func `a picture that is none is named`() throws {
    let folder = NSTemporaryDirectory() + "stamps-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/birds", withIntermediateDirectories: true)
    try Data("no picture".utf8).write(to: URL(fileURLWithPath: folder + "/birds/a.png"))
    let error = #expect(throws: DataError.self) {
      try TuxPaintStamps.load(size: 8, from: folder, least: 1)
    }
    #expect(error?.kind == .damaged)
    #expect(error?.file.hasSuffix("birds/a.png") == true)
  }

  @Test func `a picture is made square with white and small by means`() {
    let wide = PortablePixmap(
      width: 4, height: 2, channels: 1, pixels: [0, 0, 1, 1, 0, 0, 1, 1])
    // Rows of white above and below, each one old pixel high, then halves: white over black is grey.
    let small = wide.onSquare(2)
    #expect(small.count == 12)
    #expect(small[0] == 0.5)
    #expect(small[3] == 1)
    let same = wide.onSquare(4)
    #expect(Array(same[0..<12]) == Array(repeating: 1, count: 12))
    #expect(Array(same[12..<24]) == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    // A pixel of a third more than the old ones takes its share of each.
    let third = PortablePixmap(
      width: 3, height: 3, channels: 1, pixels: [1, 0, 1, 1, 0, 1, 1, 0, 1])
    #expect(abs(third.onSquare(2)[0] - 2.0 / 3) < 1e-6)
  }

  @Test(
    .enabled(
      if: TuxPaintStamps.isInstalled && hasConverter,
      "needs apt-get install tuxpaint-stamps-default netpbm"))
  func `the installed stamps are read, each subject a class`() throws {
    let stamps = try TuxPaintStamps.load(size: 12)
    #expect(stamps.count > 300)
    #expect(stamps.classNames.contains("animals"))
    #expect(stamps.pixels.allSatisfy { 0...1 ~= $0 })
    #expect(Set(stamps.labels).count == stamps.classNames.count)
  }
}
