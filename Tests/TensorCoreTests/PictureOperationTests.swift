import Testing

@testable import TensorCore

struct PictureOperationTests {
  /// height, width, input channels, output channels, kernel height, kernel width, stride, padding.
  static let convolutions = [
    [1, 1, 1, 1, 1, 1, 1, 0], [5, 4, 3, 2, 3, 3, 1, 1], [5, 6, 1, 3, 3, 2, 2, 1],
    [6, 5, 2, 17, 1, 1, 2, 0], [4, 4, 2, 3, 4, 4, 1, 0], [7, 5, 2, 2, 3, 3, 3, 2],
  ]

  @Test(arguments: convolutions)
  func `convolution agrees with differences`(s: [Int]) {
    let x = sample([2, s[0], s[1], s[2]])
    let weights = sample([s[4], s[5], s[2], s[3]], seed: 2)
    let bias = sample([s[3]], seed: 3)
    checkGradients(of: [x, weights, bias]) {
      convolution($0[0], $0[1], $0[2], stride: s[6], padding: s[7])
    }
    checkGradients(of: [x, weights]) { convolution($0[0], $0[1], stride: s[6], padding: s[7]) }
  }

  @Test(arguments: convolutions)
  func `transposed convolution agrees with differences`(s: [Int]) {
    let x = sample([2, s[0], s[1], s[2]])
    let weights = sample([s[4], s[5], s[3], s[2]], seed: 2)
    let bias = sample([s[3]], seed: 3)
    for extra in 0..<min(s[6], 2) {
      checkGradients(of: [x, weights, bias]) {
        transposedConvolution(
          $0[0], $0[1], $0[2], stride: s[6], padding: min(s[7], 1), outputPadding: extra)
      }
    }
    checkGradients(of: [x, weights]) { transposedConvolution($0[0], $0[1], stride: s[6]) }
  }

  @Test func `a transposed convolution restores the height and doubles it with stride 2`() {
    let x = Variable(Tensor([1, 4, 4, 3], fill: 1))
    let weights = Variable(Tensor([3, 3, 2, 3], fill: 1))
    #expect(transposedConvolution(x, weights, padding: 1).shape == [1, 4, 4, 2])
    let doubled = transposedConvolution(x, weights, stride: 2, padding: 1, outputPadding: 1)
    #expect(doubled.shape == [1, 8, 8, 2])
  }

  @Test func `a kernel larger than the padded picture stops the program`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = convolution(
        Variable(Tensor([1, 2, 5, 1], fill: 0)), Variable(Tensor([5, 5, 1, 1], fill: 0)),
        padding: 1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("convolution: a kernel [5, 5, 1, 1] is larger than pictures"))
    #expect(message.contains("PictureOperationTests.swift"))
  }

  @Test func `channels that do not fit stop the program with both shapes`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = convolution(
        Variable(Tensor([1, 8, 8, 4], fill: 0)), Variable(Tensor([3, 3, 3, 5], fill: 0)))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("pictures [1, 8, 8, 4] and weights [3, 3, 3, 5]"))
  }

  /// height, width, channels, size, stride, padding.
  @Test(arguments: [
    [1, 1, 1, 1, 1, 0], [4, 6, 3, 2, 2, 0], [5, 5, 17, 3, 2, 1], [5, 4, 2, 3, 1, 1],
    [7, 7, 2, 2, 3, 1],
  ])
  func `pooling agrees with differences`(s: [Int]) {
    let shape = [2, s[0], s[1], s[2]]
    // A permutation: no two numbers are as close as two steps, or the larger could change.
    var random = Random(seed: 1)
    let order = random.permutation(2 * s[0] * s[1] * s[2])
    let apart = Tensor(shape, order.map { Float($0) * 0.05 - 1 })
    checkGradients(of: [apart]) { maxPool($0[0], size: s[3], stride: s[4], padding: s[5]) }
    checkGradients(of: [sample(shape)]) { averagePool($0[0], size: s[3], stride: s[4]) }
    checkGradients(of: [sample(shape)]) { globalAveragePool($0[0]) }
    checkGradients(of: [sample(shape)]) { upsampled($0[0], by: s[3]) }
  }

  @Test func `the first of equal pixels wins, padding never does, and not-a-number stays`() {
    let x = Variable(Tensor([1, 2, 2, 1], fill: -3), needsGradient: true)
    let y = maxPool(x, size: 2)
    #expect(y.value == Tensor([1, 1, 1, 1], [-3]))
    y.backward()
    #expect(x.gradient == Tensor([1, 2, 2, 1], [1, 0, 0, 0]))
    let padded = maxPool(x, size: 3, stride: 1, padding: 1)
    #expect(padded.value == Tensor([1, 2, 2, 1], fill: -3))
    let wild = Variable(Tensor([1, 2, 2, 1], [1, .nan, 2, 3]))
    #expect(maxPool(wild, size: 2).value.number.isNaN)
  }

  @Test func `windows that do not fit stop the program`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = maxPool(Variable(Tensor([1, 2, 2, 1], fill: 0)), size: 3)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("maxPool: windows of 3 × 3, stride 3, padding 0, do not fit"))
  }
}
