import CourseData
import TensorCore
import Testing

struct PatchLayoutTests {
  private func ramp(_ count: Int, height: Int, width: Int) -> Pictures {
    // A pixel's red says its row, its green its column, its blue its picture.
    let pixels = (0..<count).flatMap { picture -> [Float] in
      (0..<height * width).flatMap { at -> [Float] in
        [Float(at / width) / 100, Float(at % width) / 100, Float(picture) / 100]
      }
    }
    return Pictures(
      height: height, width: width, channels: 3, pixels: pixels,
      labels: Array(repeating: 0, count: count), classNames: ["ramp"])
  }

  @Test func `labels run row by row, and a pair the other way round has 7 minus its label`() {
    let directions = (0..<8).map { PatchLayout.direction($0) }
    #expect(directions.map(\.down) == [-1, -1, -1, 0, 0, 1, 1, 1])
    #expect(directions.map(\.across) == [-1, 0, 1, -1, 1, -1, 0, 1])
    for label in 0..<8 {
      #expect(directions[7 - label].down == -directions[label].down)
      #expect(directions[7 - label].across == -directions[label].across)
    }
  }

  @Test(arguments: [(12, 6, 1), (8, 0, 0), (5, 4, 3)])
  func `pairs lie where their label says, within the gaps that jitter leaves`(
    size: Int, gap: Int, jitter: Int
  ) {
    let layout = PatchLayout(size: size, gap: gap, jitter: jitter)
    let pictures = ramp(3, height: layout.extent + 5, width: layout.extent + 2)
    var random = Random(seed: 4)
    for pair in layout.pairs(2000, of: pictures, using: &random) {
      let (down, across) = PatchLayout.direction(pair.label)
      for (step, from, to, side) in [
        (down, pair.middle.top, pair.neighbour.top, pictures.height),
        (across, pair.middle.left, pair.neighbour.left, pictures.width),
      ] {
        #expect(min(from, to) >= 0 && max(from, to) + size <= side)
        if step == 0 {
          #expect(abs(to - from) <= 2 * jitter)
        } else {
          let between = step * (to - from) - size
          #expect((gap - 2 * jitter...gap + 2 * jitter).contains(between))
        }
      }
      #expect(pair.middle.picture == pair.neighbour.picture)
    }
  }

  @Test func `labels, places and jitters are drawn evenly`() {
    let layout = PatchLayout(size: 4, gap: 2, jitter: 1)
    let pictures = ramp(2, height: layout.extent + 2, width: layout.extent)
    var random = Random(seed: 5)
    let count = 24_000
    let pairs = layout.pairs(count, of: pictures, using: &random)
    // A share of p of n draws has a deviation of √(p (1 − p) / n); five of them are next to never.
    func isEven(_ values: [Int], _ number: Int) -> Bool {
      (0..<number).allSatisfy { value in
        let share = Double(values.count { $0 == value }) / Double(values.count)
        let p = 1 / Double(number)
        return abs(share - p) < 5 * (p * (1 - p) / Double(values.count)).squareRoot()
      }
    }
    #expect(isEven(pairs.map(\.label), 8))
    #expect(isEven(pairs.map(\.middle.picture), 2))
    // Across only the jitter moves the patch in the middle: 6 + 0, 1 or 2.
    #expect(isEven(pairs.map { $0.middle.left - 6 }, 3))
    let jitters = pairs.filter { $0.label == 1 }.map {
      3 * ($0.middle.left - 6) + ($0.neighbour.left - 6)
    }
    #expect(isEven(jitters, 9))
  }

  @Test(arguments: [(2, 2, 1.0 / 6), (3, 3, 0.15), (3, 2, 0.182)])
  func `all pairs of a grid have uneven labels`(rows: Int, columns: Int, majority: Double) {
    let layout = PatchLayout(size: 4, gap: 2, jitter: 1)
    var random = Random(seed: 6)
    let pairs = layout.pairsOfGrid(
      rows: rows, columns: columns, of: ramp(2, height: 30, width: 30), using: &random)
    let expected =
      2
      * (0..<8).reduce(0) { sum, label in
        let (down, across) = PatchLayout.direction(label)
        return sum + (rows - abs(down)) * (columns - abs(across))
      }
    #expect(pairs.count == expected)
    let counts = (0..<8).map { label in pairs.count { $0.label == label } }
    #expect(abs(Double(counts.max()!) / Double(pairs.count) - majority) < 0.001)
  }

  @Test func `patches are cut where they lie`() {
    let pictures = ramp(3, height: 20, width: 24)
    let places = [
      PatchPlace(picture: 2, top: 17, left: 21), PatchPlace(picture: 0, top: 0, left: 5),
    ]
    let patches = pictures.patches(at: places, size: 3)
    #expect(patches.shape == [2, 3, 3, 3])
    #expect(patches[0, 0, 0, 0] == 0.17 && patches[0, 2, 2, 1] == 0.23)
    #expect(patches[1, 1, 2, 0] == 0.01 && patches[1, 1, 2, 1] == 0.07)
    #expect(patches[0, 1, 1, 2] == 0.02)
  }

  @Test func `a coarse patch keeps its mean and loses what is fine`() {
    var random = Random(seed: 7)
    let fine = Tensor(normal: [3, 12, 12, 3], using: &random)
    let coarse = coarsened(fine, to: [12, 4, 1])
    let one = 12 * 12 * 3
    #expect(Array(coarse.numbers[0..<one]) == Array(fine.numbers[0..<one]))
    func variance(_ numbers: ArraySlice<Float>) -> Float {
      numbers.map { $0 * $0 }.reduce(0, +) / Float(numbers.count)
    }
    // The mean of 3 × 3 independent numbers has a ninth of their variance, less between centres.
    #expect(variance(coarse.numbers[one..<2 * one]) < variance(fine.numbers[one..<2 * one]) / 9)
    // By way of one pixel all are the mean of their channel.
    for channel in 0..<3 {
      let before = stride(from: 2 * one + channel, to: 3 * one, by: 3).map { fine.numbers[$0] }
      let mean = before.reduce(0, +) / 144
      for at in stride(from: 2 * one + channel, to: 3 * one, by: 3) {
        #expect(abs(coarse.numbers[at] - mean) < 1e-5)
      }
    }
  }

  @Test func `pictures without room for nine patches are an error that says the sizes`() {
    let layout = PatchLayout(size: 12, gap: 6, jitter: 1)
    #expect(throws: Never.self) { try layout.check(ramp(1, height: 50, width: 50), from: "x") }
    let error = #expect(throws: DataError.self) {
      try layout.check(ramp(1, height: 50, width: 49), from: "pets")
    }
    #expect(error?.description.contains("49 × 50") == true)
    #expect(error?.description.contains("50 × 50") == true)
  }
}
