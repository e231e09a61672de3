import Testing

@testable import TensorCore

@Suite struct `Channel-wise layer` {
  @Test(arguments: [[1, 1, 1, 1], [2, 2, 3, 4], [3, 1, 5, 2], [1, 4, 4, 17]])
  func `agrees with differences`(shape: [Int]) {
    let pixels = shape[1] * shape[2]
    checkGradients(of: [sample(shape), sample([shape[3], pixels, pixels], seed: 2)]) {
      channelWise($0[0], $0[1])
    }
  }

  @Test func `equals a dense layer whose blocks are the channels' own`() {
    let (batch, side, channels) = (3, 3, 4)
    let pixels = side * side
    let x = sample([batch, side, side, channels])
    let weights = sample([channels, pixels, pixels], seed: 2)
    let count = pixels * channels
    var dense = [Float](repeating: 0, count: count * count)
    for channel in 0..<channels {
      for from in 0..<pixels {
        for to in 0..<pixels {
          dense[(from * channels + channel) * count + to * channels + channel] =
            weights[channel, from, to]
        }
      }
    }
    let expected = matmul(
      Variable(x.reshaped([batch, count])), Variable(Tensor([count, count], dense))
    ).value.numbers
    let y = channelWise(Variable(x), Variable(weights)).value.numbers
    // Sums of nine products near 1, in another order.
    for (a, b) in zip(y, expected) { #expect(abs(a - b) < 1e-5) }
  }

  @Test func `has the paper's number of weights for a map of 6 by 6 and 256 channels`() {
    var random = Random(seed: 1)
    #expect(ChannelWise(256, pixels: 36, using: &random).parameterCount == 331_776)
  }

  @Test func `stops where the pictures have another size`() async {
    await #expect(processExitsWith: .failure) {
      var random = Random(seed: 1)
      _ = ChannelWise(2, pixels: 4, using: &random)(Variable(Tensor([1, 3, 3, 2], fill: 0)))
    }
  }
}

@Suite struct `Frozen modules` {
  @Test func `gradients flow through to the input and to no weight`() {
    var random = Random(seed: 1)
    let layer = Linear(3, 2, using: &random)
    let x = Variable(sample([4, 3]), needsGradient: true)
    let frozen = layer.frozenClone()
    #expect(frozen.parameters.isEmpty)
    let y = frozen(x)
    #expect(y.value == layer(x).value)
    y.sum().backward()
    let through = x.gradient!
    x.gradient = nil
    layer(x).sum().backward()
    #expect(x.gradient! == through)
    #expect(layer.weight.gradient != nil && frozen.weight.gradient == nil)
  }

  @Test func `a clone of the original is trained as before`() {
    var random = Random(seed: 1)
    let layer = Linear(3, 2, using: &random)
    _ = layer.frozenClone()
    #expect(layer.clone().parameters.count == 2)
  }
}

@Suite struct `Batch norm with a leaky ReLU` {
  @Test(arguments: [0, 0.2, 1] as [Float])
  func `is the leaky ReLU of the norm, in training and in use`(slope: Float) {
    let norm = BatchNorm(5)
    let x = Variable(sample([4, 3, 5]), needsGradient: true)
    let plain = BatchNorm(5)
    let fused = norm(x, relu: true, slope: slope)
    let apart = leakyReLU(plain(x), slope: slope)
    #expect(fused.value == apart.value)
    let g = sample([4, 3, 5], seed: 3)
    fused.backward(from: g)
    let first = x.gradient!.numbers
    x.gradient = nil
    apart.backward(from: g)
    // The two sum their gradients in another order.
    for (a, b) in zip(first, x.gradient!.numbers) { #expect(abs(a - b) < 1e-5) }
    norm.setTraining(false)
    plain.setTraining(false)
    #expect(norm(x, relu: true, slope: slope).value == leakyReLU(plain(x), slope: slope).value)
  }
}
