import TensorCore
import Testing

@testable import CourseData

@Suite struct PicturesTests {
  /// Four pictures of 1 × 2 pixels and two channels, numbered through.
  private let pictures = Pictures(
    height: 1, width: 2, channels: 2, pixels: (0..<16).map { Float($0) / 16 },
    labels: [1, 0, 1, 1],
    classNames: ["night", "day"])

  @Test func `indices choose pictures with their labels, in their order`() {
    let chosen = pictures[[2, 0, 2]]
    #expect(chosen.labels == [1, 1, 1])
    #expect(chosen.pixels.map { $0 * 16 } == [8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11])
    #expect(chosen.classNames == pictures.classNames)
  }

  @Test func `a tensor has the pictures in the order batch, height, width, channels`() {
    #expect(pictures.tensor([3, 1]) == Tensor([2, 1, 2, 2], pictures[[3, 1]].pixels))
    #expect(pictures.tensor() == pictures.tensor(0..<4))
  }

  @Test func `a split gives every picture to one side`() {
    let (first, rest) = pictures.split(at: 3)
    #expect(first == pictures[[0, 1, 2]])
    #expect(rest == pictures[[3]])
  }

  @Test func `the first of each class are found, as many as there are`() {
    #expect(pictures.firstIndices(perClass: 2) == [0, 1, 2])
    #expect(pictures.firstIndices(perClass: 1) == [0, 1])
  }

  @Test func `pixels that do not fit the shape stop the program with both`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Pictures(height: 2, width: 2, channels: 1, pixels: [0], labels: [0], classNames: ["a"])
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("1 numbers for shape [1, 2, 2, 1]"))
  }
}
