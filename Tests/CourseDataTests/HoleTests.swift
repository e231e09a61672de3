import TensorCore
import Testing

@testable import CourseData

@Suite struct `Holes` {
  @Test(arguments: Hole.allCases, [16, 32, 48])
  func `cover up to a quarter, and are 1 on what is dropped`(hole: Hole, side: Int) {
    var random = Random(seed: 1)
    let masks = hole.masks(200, side: side, using: &random)
    #expect(masks.shape == [200, side, side, 1])
    let numbers = masks.numbers
    #expect(numbers.allSatisfy { $0 == 0 || $0 == 1 })
    for picture in 0..<200 {
      let dropped = numbers[picture * side * side..<(picture + 1) * side * side].reduce(0, +)
      #expect(dropped <= Float(side * side) / 4 && dropped >= 0.14 * Float(side * side))
    }
  }

  @Test func `the square in the middle is a quarter of the picture`() {
    var random = Random(seed: 1)
    let mask = Hole.centre.masks(1, side: 32, using: &random)
    #expect(mask.numbers.reduce(0, +) == 256)
    #expect(mask[0, 8, 8, 0] == 1 && mask[0, 7, 8, 0] == 0 && mask[0, 23, 23, 0] == 1)
  }

  @Test(arguments: [Hole.blocks, .region])
  func `each picture has a hole of its own, and every pixel is dropped now and then`(hole: Hole) {
    var random = Random(seed: 2)
    let masks = hole.masks(400, side: 32, using: &random)
    let numbers = masks.numbers
    var counts = [Float](repeating: 0, count: 32 * 32)
    for picture in 0..<400 {
      for pixel in 0..<32 * 32 { counts[pixel] += numbers[picture * 1024 + pixel] }
    }
    #expect(counts.allSatisfy { $0 > 0 })
    #expect(Array(numbers[0..<1024]) != Array(numbers[1024..<2048]))
    var again = Random(seed: 2)
    #expect(hole.masks(400, side: 32, using: &again) == masks)
  }
}
