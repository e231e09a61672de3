// Convolution of pictures and its reverse. Pictures are [batch, height, width, channels].

/// The convolution of pictures with a kernel (as everywhere in this field, a cross-correlation).
///
/// y[oy, ox, f] = Σ x[oy · stride + ky − padding, ox · stride + kx − padding, c] · w[ky, kx, c, f] + b[f],
/// where x is 0 outside the picture.
///
/// - Parameters:
///   - x: `[batch, height, width, inputChannels]`.
///   - weights: `[kernelHeight, kernelWidth, inputChannels, outputChannels]`.
///   - bias: `[outputChannels]`, or nil for none.
///   - stride: how many pixels the kernel moves from one output pixel to the next.
///   - padding: how many rows and columns of zeros are put around the picture, on each side.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: `[batch, outputHeight, outputWidth, outputChannels]`, where
///   outputHeight = (height + 2 padding − kernelHeight) / stride + 1, rounded down.
public func convolution(
  _ x: Variable, _ weights: Variable, _ bias: Variable? = nil, stride: Int = 1, padding: Int = 0,
  file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let (a, w) = (x.shape, weights.shape)
  if a.count != 4 || w.count != 4 || a[3] != w[2] || stride < 1 || padding < 0 {
    stop(
      "convolution",
      "pictures \(a) and weights \(w), stride \(stride), padding \(padding): "
        + "[batch, height, width, channels] needs [height, width, channels, outputs]",
      file: file, line: line)
  }
  checkBias(bias, outputs: w[3], "convolution", file: file, line: line)
  let shape = ConvolutionShape(
    batch: a[0], height: a[1], width: a[2], inputChannels: w[2], outputChannels: w[3],
    kernelHeight: w[0], kernelWidth: w[1], stride: stride, padding: .all(padding))
  if shape.outputHeight < 1 || shape.outputWidth < 1 {
    stop(
      "convolution", "a kernel \(w) is larger than pictures \(a) with padding \(padding)",
      file: file, line: line)
  }
  let (input, kernel) = (x.value, weights.value)
  let y = Tensor(uninitialized: [a[0], shape.outputHeight, shape.outputWidth, w[3]])
  convolve(input.start, kernel.start, into: y.start, shape)
  return biased(y, of: x, weights, bias) { g, dx in
    convolveBackwardInput(g, kernel.start, into: dx, shape)
  } weightGradient: { g, dw in
    convolveBackwardWeights(input.start, g, into: dw, shape)
  }
}

/// The transposed convolution: each input pixel paints the kernel into a larger picture.
///
/// It turns a convolution of the same weights, stride and padding round: it maps the shape of that
/// convolution's output back to the shape of its input, and computes what is there the gradient.
///
/// - Parameters:
///   - x: `[batch, height, width, inputChannels]`.
///   - weights: `[kernelHeight, kernelWidth, outputChannels, inputChannels]`, those of the convolution
///     from the larger picture to the smaller.
///   - bias: `[outputChannels]`, or nil for none.
///   - stride: how far apart neighbouring input pixels paint.
///   - padding: how many rows and columns are cut off the result, on each side.
///   - outputPadding: how many more rows and columns the result has at its bottom and right; less than
///     the stride, since a convolution maps as many heights to one.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: `[batch, outputHeight, outputWidth, outputChannels]`, where
///   outputHeight = (height − 1) stride − 2 padding + kernelHeight + outputPadding.
public func transposedConvolution(
  _ x: Variable, _ weights: Variable, _ bias: Variable? = nil, stride: Int = 1, padding: Int = 0,
  outputPadding: Int = 0, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let (a, w) = (x.shape, weights.shape)
  if a.count != 4 || w.count != 4 || a[3] != w[3] || stride < 1 || padding < 0
    || !(0..<stride ~= outputPadding)
  {
    stop(
      "transposedConvolution",
      "pictures \(a) and weights \(w), stride \(stride), padding \(padding), output padding "
        + "\(outputPadding): [batch, height, width, channels] needs "
        + "[height, width, outputs, channels] and less output padding than stride",
      file: file, line: line)
  }
  checkBias(bias, outputs: w[2], "transposedConvolution", file: file, line: line)
  let shape = ConvolutionShape(
    batch: a[0], height: (a[1] - 1) * stride - 2 * padding + w[0] + outputPadding,
    width: (a[2] - 1) * stride - 2 * padding + w[1] + outputPadding, inputChannels: w[2],
    outputChannels: w[3], kernelHeight: w[0], kernelWidth: w[1], stride: stride,
    padding: .all(padding))
  if shape.height < 1 || shape.width < 1 {
    stop(
      "transposedConvolution", "pictures \(a), weights \(w), padding \(padding): nothing is left",
      file: file, line: line)
  }
  let (input, kernel) = (x.value, weights.value)
  let y = Tensor(uninitialized: [a[0], shape.height, shape.width, w[2]])
  convolveBackwardInput(input.start, kernel.start, into: y.start, shape)
  return biased(y, of: x, weights, bias) { g, dx in
    convolve(g, kernel.start, into: dx, shape)
  } weightGradient: { g, dw in
    convolveBackwardWeights(g, input.start, into: dw, shape)
  }
}

private func checkBias(
  _ bias: Variable?, outputs: Int, _ operation: String, file: StaticString, line: UInt
) {
  if let bias, bias.shape != [outputs] {
    stop(operation, "bias \(bias.shape) for \(outputs) outputs", file: file, line: line)
  }
}

/// Adds the bias to what pictures and weights gave, and records how the gradients are found.
///
/// - Parameters:
///   - y: the result so far, which is changed in place.
///   - x: the pictures.
///   - weights: the kernel.
///   - bias: a number for each channel of `y`, or nil.
///   - inputGradient: writes the gradient of `x`; it gets that of `y` and where to write.
///   - weightGradient: writes the gradient of `weights`.
/// - Returns: the result of the operation.
private func biased(
  _ y: Tensor, of x: Variable, _ weights: Variable, _ bias: Variable?,
  inputGradient: @escaping (_ g: Pointer, _ dx: Pointer) -> Void,
  weightGradient: @escaping (_ g: Pointer, _ dw: Pointer) -> Void
) -> Variable {
  add(bias, to: y)
  let (input, kernel) = (x.value, weights.value)
  let needs = (x: x.needsGradient, weights: weights.needsGradient, bias: bias?.needsGradient)
  return Variable(y, from: [x, weights] + (bias.map { [$0] } ?? [])) { g in
    var (dx, dw): (Tensor?, Tensor?)
    if needs.x {
      dx = Tensor(uninitialized: input.shape)
      inputGradient(g.start, dx!.start)
    }
    if needs.weights {
      dw = Tensor(uninitialized: kernel.shape)
      weightGradient(g.start, dw!.start)
    }
    // The gradients' functions read input and kernel by their raw pointers.
    return withExtendedLifetime((g, input, kernel)) {
      [dx, dw, needs.bias == true ? channelSums(g) : nil]
    }
  }
}

/// Adds a bias to each pixel, in place.
private func add(_ bias: Variable?, to y: Tensor) {
  guard let bias else { return }
  let plan = ChannelStretches(y.shape)
  let numbers = bias.value
  let wide = plan.repeated { numbers.start[$0] }
  plan.each { at, n in map(n, y.start + at, wide.start, to: y.start + at) { $0 + $1 } }
  withExtendedLifetime((numbers, wide)) {}
}

/// The sum over all pixels, for each channel: the gradient of a bias.
private func channelSums(_ g: Tensor) -> Tensor {
  g.summed(outer: 1, length: g.rows, inner: g.columns).reshaped([g.columns])
}
