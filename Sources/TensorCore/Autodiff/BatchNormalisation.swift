// Batch normalisation (Ioffe and Szegedy 2015, "Batch normalization", algorithm 1), alone or together
// with the sum and the ReLU that follow it in a residual block, or with a leaky ReLU.

/// Batch normalisation in training: each channel is brought to mean 0 and variance 1 over the batch.
///
/// y = (x − mean) / √(variance + ε) · γ + β, where mean and variance are those of the channel over all
/// other axes. With `adding` and `relu`, relu(y + other) in the same pass.
///
/// A channel needs at least two values: with one the result would not depend on x at all.
///
/// - Parameters:
///   - x: `[…, channels]`.
///   - gamma: the scale γ, `[channels]`.
///   - beta: the shift β, `[channels]`.
///   - epsilon: what keeps the division finite.
///   - other: what to add to the result, of the shape of `x`: the shortcut of a residual block.
///   - relu: whether negative results are multiplied by `slope`, after the sum.
///   - slope: what the ReLU leaves of them: 0, or more in a leaky one.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: the result, of the shape of `x`, and the batch's mean and unbiased variance,
///   `[channels]`, from which a layer keeps running ones for evaluation.
public func batchNorm(
  _ x: Variable, _ gamma: Variable, _ beta: Variable, epsilon: Float = 1e-5,
  adding other: Variable? = nil, relu: Bool = false, slope: Float = 0,
  file: StaticString = #fileID, line: UInt = #line
) -> (result: Variable, mean: Tensor, variance: Tensor) {
  let plan = ChannelStretches(x.shape)
  checkChannels(x, [gamma.shape, beta.shape], other, file: file, line: line)
  let pixels = plan.pixels
  if pixels < 2 {
    stop(
      "batchNorm", "input \(x.shape) has \(pixels) value for each channel, training needs two",
      file: file, line: line)
  }
  let input = x.value
  // Sums of squares lose digits where the mean is large against the deviation. Relative to the
  // first pixel they lose as many as that lies deviations away from the mean: few, as a rule.
  let origin = plan.repeated { input.start[$0] }
  let width = plan.width
  let sums = partialSums(rows: plan.stretches, work: width, count: 2 * width) { range, sums in
    plan.each(range) { at, n in
      addMoments(n, input.start + at, origin.start, sums, sums + width)
    }
  }
  let (first, squares) = (plan.folded(sums.start), plan.folded(sums.start + width))
  withExtendedLifetime(sums) {}
  var mean: [Float] = []
  var variance: [Float] = []
  for channel in 0..<plan.channels {
    let shift = first[channel] / Double(pixels)
    mean.append(Float(Double(origin.start[channel]) + shift))
    variance.append(Float(max(0, squares[channel] / Double(pixels) - shift * shift)))
  }
  withExtendedLifetime(origin) {}
  let inverse = variance.map { 1 / ($0 + epsilon).squareRoot() }
  let result = normalised(
    x, gamma, beta, plan, mean: mean, inverse: inverse, isTraining: true, adding: other,
    slope: relu ? slope : nil)
  let unbiased = Float(pixels) / Float(pixels - 1)
  return (
    result, Tensor([plan.channels], mean), Tensor([plan.channels], variance.map { $0 * unbiased })
  )
}

/// Batch normalisation in evaluation: each channel is shifted and scaled by fixed numbers.
///
/// - Parameters:
///   - x: `[…, channels]`.
///   - gamma: the scale γ, `[channels]`.
///   - beta: the shift β, `[channels]`.
///   - mean: the mean that is subtracted, `[channels]`, usually a running mean.
///   - variance: the variance by whose root is divided, `[channels]`.
///   - epsilon: what keeps the division finite.
///   - other: what to add to the result, of the shape of `x`.
///   - relu: whether negative results are multiplied by `slope`, after the sum.
///   - slope: what the ReLU leaves of them: 0, or more in a leaky one.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: the result, of the shape of `x`.
public func batchNorm(
  _ x: Variable, _ gamma: Variable, _ beta: Variable, mean: Tensor, variance: Tensor,
  epsilon: Float = 1e-5, adding other: Variable? = nil, relu: Bool = false, slope: Float = 0,
  file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  checkChannels(
    x, [gamma.shape, beta.shape, mean.shape, variance.shape], other, file: file, line: line)
  let inverse = variance.numbers.map { 1 / ($0 + epsilon).squareRoot() }
  return normalised(
    x, gamma, beta, ChannelStretches(x.shape), mean: mean.numbers, inverse: inverse,
    isTraining: false, adding: other, slope: relu ? slope : nil)
}

private func checkChannels(
  _ x: Variable, _ shapes: [[Int]], _ other: Variable?, file: StaticString, line: UInt
) {
  let channels = x.shape.last ?? 0
  if x.shape.isEmpty || channels == 0 || shapes.contains(where: { $0 != [channels] }) {
    stop(
      "batchNorm", "input \(x.shape) needs shapes [\(channels)], not \(shapes)", file: file,
      line: line)
  }
  if let other, other.shape != x.shape {
    stop("batchNorm", "cannot add \(other.shape) to \(x.shape)", file: file, line: line)
  }
}

/// relu((x − mean) · inverse · γ + β + other), and its gradients; without ReLU where `slope` is nil.
///
/// In training `mean` and `inverse` depend on x, in evaluation they are constants.
private func normalised(
  _ x: Variable, _ gamma: Variable, _ beta: Variable, _ plan: ChannelStretches, mean: [Float],
  inverse: [Float], isTraining: Bool, adding other: Variable?, slope: Float?
) -> Variable {
  let input = x.value
  let y = Tensor(uninitialized: input.shape)
  let (scale, bias) = (gamma.value, beta.value)
  let wideScale = plan.repeated { scale.start[$0] * inverse[$0] }
  let wideShift = plan.repeated { bias.start[$0] - mean[$0] * scale.start[$0] * inverse[$0] }
  let (px, ps, pb, py) = (input.start, wideScale.start, wideShift.start, y.start)
  let below = slope ?? 1  // what negative numbers are multiplied by
  if let other = other?.value {
    let po = other.start
    plan.each { at, n in
      map(n, px + at, ps, pb, po + at, to: py + at) { x, s, b, o in
        let sum = b.addingProduct(x, s) + o
        return sum.replacing(with: sum * below, where: sum .< 0)
      }
    }
    withExtendedLifetime(other) {}
  } else {
    plan.each { at, n in
      map(n, px + at, ps, pb, to: py + at) { x, s, b in
        let sum = b.addingProduct(x, s)
        return sum.replacing(with: sum * below, where: sum .< 0)
      }
    }
  }
  withExtendedLifetime((input, scale, bias, wideShift)) {}
  let (hasOther, needsOther) = (other != nil, other?.needsGradient ?? false)
  let rectified = slope == nil ? nil : y
  return Variable(y, from: [x, gamma, beta] + (other.map { [$0] } ?? [])) { g in
    // The gradient before the ReLU. It is that of `other` too; else its memory becomes that of x.
    let d = rectified == nil ? g : Tensor(uninitialized: input.shape)
    let dx = rectified != nil && !needsOther ? d : Tensor(uninitialized: input.shape)
    let (dGamma, dBeta) = channelGradients(
      plan, input, g, rectified, below, into: d, to: dx, wideScale, mean: mean, inverse: inverse,
      isTraining: isTraining)
    return [dx, dGamma, dBeta] + (hasOther ? [needsOther ? d : nil] : [])
  }
}

/// Writes the gradient before the ReLU to `d` and that of x to `dx`, which may be the same.
///
/// With x̂ = (x − mean) · inverse: dβ = Σ d, dγ = Σ d x̂, and in training
/// dx = γ inverse (d − dβ / pixels − x̂ dγ / pixels); in evaluation dx = γ inverse d.
private func channelGradients(
  _ plan: ChannelStretches, _ x: Tensor, _ g: Tensor, _ y: Tensor?, _ below: Float,
  into d: Tensor, to dx: Tensor, _ scale: Tensor, mean: [Float], inverse: [Float], isTraining: Bool
) -> (gamma: Tensor, beta: Tensor) {
  let width = plan.width
  let wideMean = plan.repeated { mean[$0] }
  let (px, pm, pd, pg) = (x.start, wideMean.start, d.start, g.start)
  let py = y?.start  // taken here: in the loop it would cost a reference count for each stretch
  let sums = partialSums(rows: plan.stretches, work: width, count: 2 * width) { range, sums in
    plan.each(range) { at, n in
      if let py {
        map(n, pg + at, py + at, to: pd + at) { g, y in g.replacing(with: g * below, where: y .<= 0)
        }
      }
      addProducts(n, pd + at, px + at, pm, sums, sums + width)
    }
  }
  let (first, products) = (plan.folded(sums.start), plan.folded(sums.start + width))
  withExtendedLifetime((sums, wideMean, y)) {}
  let dBeta = first.map { Float($0) }
  let dGamma = products.indices.map { Float(products[$0]) * inverse[$0] }
  let share: Float = isTraining ? 1 / Float(plan.pixels) : 0
  // dx = scale · d + slope · x + shift.
  func slope(_ c: Int) -> Float { -scale.start[c] * inverse[c] * dGamma[c] * share }
  let slopes = plan.repeated(slope)
  let shifts = plan.repeated { -scale.start[$0] * dBeta[$0] * share - slope($0) * mean[$0] }
  let (ps, pa, pb, to) = (scale.start, slopes.start, shifts.start, dx.start)
  plan.each { at, n in combine(n, pd + at, ps, px + at, pa, pb, to: to + at) }
  withExtendedLifetime((slopes, shifts, scale, x, g, d)) {}
  return (Tensor([plan.channels], dGamma), Tensor([plan.channels], dBeta))
}
