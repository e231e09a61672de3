import Testing

@testable import TensorCore

@Suite(.serialized) struct ConvolutionKernelTests {
  static let shapes: [ConvolutionShape] = {
    var shapes: [ConvolutionShape] = []
    func add(
      _ batch: Int, _ size: (Int, Int), _ channels: (Int, Int), _ kernel: (Int, Int), _ stride: Int,
      _ padding: Padding
    ) {
      shapes.append(
        ConvolutionShape(
          batch: batch, height: size.0, width: size.1, inputChannels: channels.0,
          outputChannels: channels.1, kernelHeight: kernel.0, kernelWidth: kernel.1,
          stride: stride, padding: padding))
    }
    for stride in 1...3 {
      for channels in [(1, 1), (1, 16), (3, 5), (5, 3), (16, 32), (17, 33), (8, 48)] {
        add(2, (7, 9), channels, (3, 3), stride, .all(1))
        add(3, (8, 5), channels, (2, 4), stride, Padding(top: 1, left: 0, bottom: 2, right: 3))
        add(1, (6, 7), channels, (1, 1), stride, .all(0))
      }
    }
    // Pictures of few channels at even sizes, whose phases are summed together; rows that fill no tile.
    for channels in [(3, 8), (1, 17), (4, 5), (3, 32), (64, 32), (32, 40)] {
      add(9, (8, 6), channels, (4, 4), 2, .all(1))
      add(3, (4, 4), channels, (4, 4), 2, .all(1))
      add(2, (6, 4), channels, (5, 5), 2, .all(2))
    }
    add(2, (8, 4), (1, 3), (4, 5), 4, .all(2))
    add(20, (5, 5), (2, 4), (5, 5), 1, .all(2))
    add(2, (11, 1), (3, 2), (4, 1), 2, .all(0))
    add(2, (4, 4), (3, 2), (3, 3), 5, .all(3))
    add(2, (2, 2), (3, 2), (4, 4), 1, .all(0))  // the kernel does not fit: no output at all
    add(0, (4, 4), (3, 2), (3, 3), 1, .all(1))
    return shapes
  }()

  /// Calls body with the offsets of x, the weight and y for each product of the convolution.
  private func eachProduct(_ s: ConvolutionShape, _ body: (Int, Int, Int) -> Void) {
    for i in 0..<s.batch {
      for oy in 0..<s.outputHeight {
        for ox in 0..<s.outputWidth {
          for ky in 0..<s.kernelHeight {
            for kx in 0..<s.kernelWidth {
              let y = oy * s.stride + ky - s.padding.top
              let x = ox * s.stride + kx - s.padding.left
              if !(0..<s.height).contains(y) || !(0..<s.width).contains(x) { continue }
              for c in 0..<s.inputChannels {
                for f in 0..<s.outputChannels {
                  body(
                    ((i * s.height + y) * s.width + x) * s.inputChannels + c,
                    ((ky * s.kernelWidth + kx) * s.inputChannels + c) * s.outputChannels + f,
                    ((i * s.outputHeight + oy) * s.outputWidth + ox) * s.outputChannels + f)
                }
              }
            }
          }
        }
      }
    }
  }

  // Small whole numbers make every sum exact, so that results are compared without a tolerance.

  @Test(arguments: shapes)
  func `convolution and its gradients agree with the definition`(s: ConvolutionShape) {
    let x = smallNumbers(s.batch * s.inputCount, seed: 1)
    let weights = smallNumbers(s.weightCount, seed: 2)
    let gradient = smallNumbers(s.batch * s.outputCount, seed: 3)
    var y = [Float](repeating: 0, count: gradient.count)
    var dX = [Float](repeating: 0, count: x.count)
    var dW = [Float](repeating: 0, count: weights.count)
    eachProduct(s) { ix, iw, iy in
      y[iy] += x[ix] * weights[iw]
      dX[ix] += gradient[iy] * weights[iw]
      dW[iw] += gradient[iy] * x[ix]
    }
    let rubbish: [[Float]] = [y, dX, dW].map { .init(repeating: .nan, count: $0.count) }
    _ = withNumbers(x) { px in
      _ = withNumbers(weights) { pw in
        _ = withNumbers(gradient) { pg in
          #expect(withNumbers(rubbish[0]) { convolve(px, pw, into: $0, s) } == y)
          #expect(withNumbers(rubbish[1]) { convolveBackwardInput(pg, pw, into: $0, s) } == dX)
          #expect(withNumbers(rubbish[2]) { convolveBackwardWeights(px, pg, into: $0, s) } == dW)
        }
      }
    }
  }

  @Test func `one and several threads give equal bits`() {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    let s = ConvolutionShape(
      batch: 21, height: 9, width: 9, inputChannels: 5, outputChannels: 17, kernelHeight: 3,
      kernelWidth: 3, stride: 2, padding: .all(1))
    var random = Random(seed: 5)
    let x = (0..<s.batch * s.inputCount).map { _ in Float(random.normal()) }
    let weights = (0..<s.weightCount).map { _ in Float(random.normal()) }
    let gradient = (0..<s.batch * s.outputCount).map { _ in Float(random.normal()) }
    var results: [[UInt32]] = []
    for threads in [1, 2, 3] {
      Parallel.threads = threads
      var all: [Float] = []
      _ = withNumbers(x) { px in
        _ = withNumbers(weights) { pw in
          _ = withNumbers(gradient) { pg in
            all += withNumbers(gradient) { convolve(px, pw, into: $0, s) }
            all += withNumbers(x) { convolveBackwardInput(pg, pw, into: $0, s) }
            all += withNumbers(weights) { convolveBackwardWeights(px, pg, into: $0, s) }
          }
        }
      }
      results.append(all.map(\.bitPattern))
    }
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }
}
