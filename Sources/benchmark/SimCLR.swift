import TensorCore

/// A small residual network with a projection head: SimCLR, by Chen and others (2020).
final class SimCLRNetwork: Module {
  let stem: Convolution
  let stemNorm: BatchNorm
  let blocks: [ResidualBlock]
  let hidden: Linear
  let projection: Linear

  init(channels: Int, width: Int, using random: inout Random) {
    stem = Convolution(channels, width, bias: false, using: &random)
    stemNorm = BatchNorm(width)
    blocks = [
      ResidualBlock(width, width, using: &random),
      ResidualBlock(width, 2 * width, stride: 2, using: &random),
      ResidualBlock(2 * width, 4 * width, stride: 2, using: &random),
    ]
    hidden = Linear(4 * width, 4 * width, using: &random)
    projection = Linear(4 * width, 32, using: &random)
  }

  private init(cloning model: SimCLRNetwork) {
    stem = model.stem.clone()
    stemNorm = model.stemNorm.clone()
    blocks = model.blocks.clone()
    hidden = model.hidden.clone()
    projection = model.projection.clone()
  }

  var parts: Parts {
    [
      "stem": stem, "stemNorm": stemNorm, "block": blocks, "hidden": hidden,
      "projection": projection,
    ]
  }

  /// Unit vectors `[pictures, 32]` of pictures `[pictures, height, width, channels]`.
  func callAsFunction(_ pictures: Variable) -> Variable {
    var x = stemNorm(stem(pictures), relu: true)
    for block in blocks { x = block(x) }
    return l2Normalised(projection(relu(hidden(globalAveragePool(x)))))
  }

  func clone() -> SimCLRNetwork { SimCLRNetwork(cloning: self) }

  /// The floating-point operations of a training step on square pictures, NT-Xent included.
  func operations(pictures: Int, size: Int) -> Double {
    func products(_ layer: Convolution, outputSize: Int) -> Int {
      layer.weight.value.count * outputSize * outputSize
    }
    var side = size
    var perPicture = 6 * (hidden.weight.value.count + projection.weight.value.count)
    perPicture += 4 * products(stem, outputSize: side)
    for block in blocks {
      side = (side - 1) / block.convolution1.stride + 1
      for layer in [block.convolution1, block.convolution2, block.shortcut] {
        if let layer { perPicture += 6 * products(layer, outputSize: side) }
      }
    }
    return Double(pictures) * Double(perPicture + 6 * pictures * 32)
  }
}

/// Times training steps on two views of each picture of a batch; making the views is not timed.
func measureSimCLR(_ options: Options, _ report: inout Report) {
  let before = Parallel.threads
  Parallel.threads = options[.threads, before]
  defer { Parallel.threads = before }
  let (width, channels) = (options[.width, 16], options[.channels, 1])
  let (size, batch) = (options[.size, 28], options[.batch, 128])
  var random = Random(seed: 1)
  let model = SimCLRNetwork(channels: channels, width: width, using: &random)
  let optimizer = Adam(model.parameters, learningRate: 1e-3)
  let views = 2 * batch
  let x = Variable(Tensor(normal: [views, size, size, channels], using: &random))

  let timing = Timing(warmUp: 3, steps: options[.steps, 20]) {
    let z = model(x)
    let similarity = matmul(z, z, transposingB: true) / 0.5  // [views, views]
    var itself = [Bool](repeating: false, count: views * views)
    for view in 0..<views { itself[view * views + view] = true }
    let logits = masked(similarity, where: itself, with: -.infinity)
    let loss = crossEntropy(logits, (0..<views).map { ($0 + batch) % views })
    optimizer.clearGradients()
    loss.backward()
    optimizer.step()
    if !loss.value.number.isFinite { fatalError("the loss is \(loss.value.number)") }
  }
  report.add(
    "simclr",
    [
      "width": width, "channels": channels, "size": size, "batch": batch,
      "parameters": model.parameterCount,
    ], timing, operations: model.operations(pictures: views, size: size))
}
