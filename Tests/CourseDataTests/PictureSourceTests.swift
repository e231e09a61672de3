import Foundation
import TensorCore
import Testing

@testable import CourseData

/// A folder that a test fills; it goes with the test.
private final class Folder {
  let path = NSTemporaryDirectory() + "pictures-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a grey PPM of one brightness.
  func write(_ name: String, width: Int, height: Int, brightness: Float = 0.5) throws {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try PortablePixmap(
      width: width, height: height, channels: 3,
      pixels: Array(repeating: brightness, count: width * height * 3)
    ).write(to: file)
  }
}

@Suite struct PictureSourceTests {
  private let world = PictureWorld(size: 16, factors: .plain(scale: 0.8...0.95))

  @Test func `a world's sets are other pictures for other seeds, and their scenes paint them`() {
    let source = PictureSource.world(world)
    let (one, two) = (
      source.draw(training: 20, test: 10, seed: 1), source.draw(training: 20, test: 10, seed: 2)
    )
    #expect(one.training.count == 20 && one.test.count == 10)
    #expect(one.training != two.training && one.training[0..<10] != one.test)
    #expect(world.paint(one.scenes?.test ?? []) == one.test)
    #expect(source.draw(training: 20, test: 10, seed: 1).test == one.test)
  }

  @Test func `standardised pictures have mean 0 and deviation 1, by the training pictures alone`() {
    let set = PictureSource.world(world).draw(training: 40, test: 10, seed: 3)
    let numbers = set.x.value.numbers.map(Double.init)
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let square = numbers.reduce(0) { $0 + $1 * $1 } / Double(numbers.count)
    // Sums of 30,000 single-precision numbers near 1 carry about six digits.
    #expect(abs(mean) < 1e-4 && abs(square - 1) < 1e-3)
    // The test pictures undergo the very same map.
    let (raw, made) = (set.test.pixels, set.testX.value.numbers)
    let (m, d) = (set.statistics.mean.value.number, set.statistics.deviation.value.number)
    #expect(zip(raw, made).allSatisfy { abs(($0 - m) / d - $1) < 1e-5 })
    #expect(set.standardised(set.test).value.numbers == made)
  }

  @Test func `labels are bought evenly, by number or by share, the fewer among the more`() {
    let set = PictureSource.world(world).draw(training: 100, test: 10, seed: 4)
    #expect(set.labelled(20).count == 20 && set.labelled(share: 0.2) == set.labelled(20))
    #expect(Set(set.labelled(10)).isSubset(of: set.labelled(20)))
    #expect(set.labelled(share: 0.0001).count == 10, "one of each class at least")
    #expect(Set(set.labels(set.labelled(10))).count == 10)
  }

  @Test func `collected pictures are parted once, for all seeds, and nothing is on both sides`() {
    // Each picture has its own number as its only pixel.
    let all = Pictures(
      height: 1, width: 1, channels: 1, pixels: (0..<50).map { Float($0) / 50 },
      labels: Array(repeating: 0, count: 50), classNames: ["a"])
    let source = PictureSource.parted(all)
    let sets = (1...3).map { source.draw(training: 40, test: 10, seed: $0) }
    for set in sets {
      #expect(set.training.count == 40 && set.test.count == 10)
      #expect(Set(set.training.pixels).isDisjoint(with: set.test.pixels))
      #expect(Set(set.test.pixels) == Set(sets[0].test.pixels))
    }
    #expect(sets[0].training != sets[1].training)
    #expect(source.draw(training: 999, test: 999, seed: 1).training.count == 40)
  }

  @Test func `crops come from inside photographs, and no photograph is on both sides`() throws {
    let folder = try Folder()
    for index in 0..<5 {
      try folder.write(
        "\(index).ppm", width: 20 + index, height: 30, brightness: Float(index) * 51 / 255)
    }
    let photographs = try Photographs.load(from: folder.path)
    let source = try PictureSource.parted(photographs, size: 12)
    let set = source.draw(training: 60, test: 20, seed: 1)
    #expect(set.training.height == 12 && set.training.channels == 3 && set.training.count == 60)
    #expect(Set(set.training.pixels).count == 4 && Set(set.test.pixels).count == 1)
    #expect(Set(set.training.pixels).isDisjoint(with: set.test.pixels))
    #expect(Set(set.training.labels).count == 4)
    // A crop as large as the photograph is the photograph.
    var random = Random(seed: 1)
    let square = Photographs(
      folder: "", names: ["a"],
      pictures: [
        PortablePixmap(width: 2, height: 2, channels: 1, maximum: 4, samples: [0, 1, 2, 4])
      ])
    #expect(
      square.crops(1, size: 2, using: &random).pixels
        == [0, 0, 0, 0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 1, 1, 1])
  }

  @Test func `photographs that are too small or too few are told`() throws {
    let folder = try Folder()
    try folder.write("a.ppm", width: 40, height: 20)
    let one = try Photographs.load(from: folder.path)
    #expect(throws: DataError.self) { try PictureSource.parted(one, size: 12) }
    try folder.write("b.ppm", width: 40, height: 11)
    let two = try Photographs.load(from: folder.path)
    let error = #expect(throws: DataError.self) { try PictureSource.parted(two, size: 12) }
    #expect(error?.file.hasSuffix("b.ppm") == true)
    #expect(error?.reason == "it is 40 × 11 pixels, and crops are 12 × 12")
  }

  @Test func `a missing package is named with the command that brings it`() {
    let error = #expect(throws: DataError.self) {
      try PictureFile.names(in: "/no/such", ifMissing: "install them with: apt-get install x")
    }
    #expect(error?.kind == .missing)
    #expect(error?.description.contains("apt-get install x") == true)
  }
}

@Suite struct PictureFolderTests {
  @Test func `folders are classes, and pictures come in the order of their paths`() throws {
    let folder = try Folder()
    for index in 0..<6 {
      try folder.write("dogs/\(index).ppm", width: 9, height: 5, brightness: 0)
      try folder.write("cats/\(index).PPM", width: 6, height: 6, brightness: 1)
    }
    try Data("text".utf8).write(to: URL(fileURLWithPath: folder.path + "/notes.txt"))
    try Data("text".utf8).write(to: URL(fileURLWithPath: folder.path + "/dogs/.hidden.ppm"))
    let pictures = try PictureFolder.load(folder.path, size: 3)
    #expect(pictures.classNames == ["cats", "dogs"])
    #expect(pictures.labels == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    #expect(pictures.height == 3 && pictures.channels == 3)
    // 9 × 5 on a white square of 9: the upper row is two thirds white, the middle one black.
    #expect(abs(pictures[[6]].pixels[0] - 2.0 / 3) < 1e-6)
    #expect(pictures[[6]].pixels[9..<18].allSatisfy { $0 == 0 })
  }

  @Test func `a folder without folders is one class with its name`() throws {
    let folder = try Folder()
    for index in 0..<10 { try folder.write("\(index).ppm", width: 4, height: 4) }
    let pictures = try PictureFolder.load(folder.path + "/", size: 4)
    #expect(pictures.classNames == [folder.path.split(separator: "/").last.map(String.init)!])
  }

  @Test func `an empty folder, a file, and too few pictures are told apart`() throws {
    let folder = try Folder()
    func failure(_ path: String) -> DataError? {
      #expect(throws: DataError.self) { try PictureFolder.load(path, size: 4) }
    }
    #expect(failure(folder.path)?.reason == "no picture (PGM, PPM, PNG, JPEG) is in it")
    #expect(failure(folder.path + "/none")?.reason == "there is no such folder")
    try folder.write("a.ppm", width: 4, height: 4)
    #expect(failure(folder.path)?.reason == "it holds 1 pictures, and 10 are the least")
    #expect(failure(folder.path + "/a.ppm")?.reason == "it is a file")
  }

  @Test func `a picture that is damaged, too small or beside the classes is named`() throws {
    let folder = try Folder()
    for index in 0..<10 { try folder.write("dogs/\(index).ppm", width: 8, height: 8) }
    func failure() -> DataError? {
      #expect(throws: DataError.self) { try PictureFolder.load(folder.path, size: 8) }
    }
    try folder.write("a.ppm", width: 8, height: 8)
    #expect(failure()?.reason == "it stands beside the folders that are the classes")
    try FileManager.default.removeItem(atPath: folder.path + "/a.ppm")
    try folder.write("dogs/small.ppm", width: 7, height: 7)
    #expect(failure()?.reason == "it is 7 × 7 pixels, and 8 × 8 are needed")
    try Data("P6 1 1".utf8).write(to: URL(fileURLWithPath: folder.path + "/dogs/small.ppm"))
    let error = failure()
    #expect(error?.kind == .damaged && error?.file.hasSuffix("dogs/small.ppm") == true)
  }

  @Test(arguments: [("png", "pngtopnm", "netpbm"), ("jpg", "djpeg", "libjpeg-turbo-progs")])
  func `without the program that reads them, pictures name the package that has it`(
    ending: String, program: String, package: String
  ) async throws {
    await #expect(processExitsWith: .success) { [ending, program, package] in
      setenv("PATH", "/nowhere", 1)
      let error = #expect(throws: DataError.self) {
        try PictureFile.picture("x.\(ending as String)")
      }
      #expect(error?.reason == "no program `\(program as String)` is in PATH to read it")
      #expect(error?.remedy == "install it with: apt-get install \(package as String)")
    }
  }

  @Test(
    .enabled(
      if: FileBytes.program("djpeg") != nil && FileBytes.program("cjpeg") != nil,
      "needs djpeg and cjpeg: apt-get install libjpeg-turbo-progs"))
  func `a JPEG is read, and at half its size where that is asked for`() throws {
    let folder = try Folder()
    try folder.write("a.ppm", width: 16, height: 8, brightness: 0.8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: FileBytes.program("cjpeg")!)
    process.arguments = ["-outfile", folder.path + "/a.jpg", folder.path + "/a.ppm"]
    try process.run()
    process.waitUntilExit()
    let picture = try PictureFile.picture(folder.path + "/a.jpg")
    #expect(picture.width == 16 && picture.height == 8)
    // A flat picture survives the compression but for rounding.
    #expect(picture.pixels.allSatisfy { abs($0 - 0.8) < 0.02 })
    #expect(try PictureFile.picture(folder.path + "/a.jpg", eighths: 4).width == 8)
  }

  @Test(.enabled(if: FileBytes.program("djpeg") != nil, "needs libjpeg-turbo-progs"))
  func `a file that is no JPEG is named`() throws {
    let folder = try Folder()
    try Data("no picture".utf8).write(to: URL(fileURLWithPath: folder.path + "/a.jpg"))
    let error = #expect(throws: DataError.self) {
      try PictureFile.picture(folder.path + "/a.jpg")
    }
    #expect(error?.kind == .damaged && error?.reason == "djpeg cannot read it")
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: Photographs.folder)
        && FileBytes.program("djpeg") != nil,
      "needs apt-get install lomiri-wallpapers-16.04 libjpeg-turbo-progs"))
  func `the installed photographs are read and give crops of both sides`() throws {
    let source = try PictureSource.named("photographs", world: PictureWorld(size: 24))
    let set = source.draw(training: 50, test: 20, seed: 1)
    #expect(set.training.count == 50 && set.test.count == 20)
    #expect(set.training.pixels.allSatisfy { 0...1 ~= $0 })
    // Photographs are not all the same.
    #expect(Set(set.training.labels).count > 5)
  }
}
