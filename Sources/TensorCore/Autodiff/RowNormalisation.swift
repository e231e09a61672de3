// Normalisation of each row by itself: layer norm and unit length.

/// Layer normalisation: each row is shifted and scaled to mean 0 and variance 1, then by γ and β.
///
/// y = (x − mean) / √(variance + ε) · γ + β, over the last axis; the variance is the biased one (Ba,
/// Kiros and Hinton 2016, "Layer normalization", equations 3 and 4). A constant row becomes β.
///
/// - Parameters:
///   - x: `[…, width]`.
///   - gamma: the scale γ, `[width]`.
///   - beta: the shift β, `[width]`.
///   - epsilon: what keeps the division finite.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: `[…, width]`.
public func layerNorm(
  _ x: Variable, _ gamma: Variable, _ beta: Variable, epsilon: Float = 1e-5,
  file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let n = x.value.columns
  if x.shape.isEmpty || gamma.shape != [n] || beta.shape != [n] {
    stop(
      "layerNorm",
      "input \(x.shape) needs scale and shift of shape [\(n)], not \(gamma.shape) and "
        + "\(beta.shape)", file: file, line: line)
  }
  let (input, scale, shift) = (x.value, gamma.value, beta.value)
  let rows = input.rows
  let y = Tensor(uninitialized: input.shape)
  let means = Tensor(uninitialized: [rows])
  let inverses = Tensor(uninitialized: [rows])  // 1 / √(variance + ε)
  let (px, pg, pb, py) = (input.start, scale.start, shift.start, y.start)
  let (pm, pi) = (means.start, inverses.start)
  parallelRanges(rows, grain: max(1, (1 << 14) / max(n, 1))) { range in
    for i in range {
      let row = px + i &* n
      let mean = sum(n, row) / Float(n)
      let variance = sum(n, row) { ($0 - mean) * ($0 - mean) } / Float(n)
      let inverse = 1 / (variance + epsilon).squareRoot()
      (pm[i], pi[i]) = (mean, inverse)
      map(n, row, pg, pb, to: py + i &* n) { x, g, b in b + (x - mean) * inverse * g }
    }
  }
  withExtendedLifetime((input, scale, shift)) {}
  return Variable(y, from: [x, gamma, beta]) { g in
    let dx = Tensor(uninitialized: input.shape)
    let (px, pg, pd, to) = (input.start, scale.start, g.start, dx.start)
    let (pm, pi) = (means.start, inverses.start)
    let sums = partialSums(rows: rows, work: n, count: 2 * n) { range, sums in
      for i in range {
        let at = i &* n
        layerNormGradient(
          n, px + at, pd + at, pg, mean: pm[i], inverse: pi[i], to: to + at, sums, sums + n)
      }
    }
    withExtendedLifetime((input, scale, means, inverses, g)) {}
    let dGamma = Tensor(uninitialized: [n])
    let dBeta = Tensor(uninitialized: [n])
    dGamma.start.update(from: sums.start, count: n)
    dBeta.start.update(from: sums.start + n, count: n)
    return withExtendedLifetime(sums) { [dx, dGamma, dBeta] }
  }
}

/// One row of layer norm's gradient; adds to the gradients of γ and β.
///
/// With x̂ = (x − mean) · inverse and d = g γ: dx = inverse (d − mean(d) − x̂ mean(d x̂)).
@inline(__always)
private func layerNormGradient(
  _ n: Int, _ x: Pointer, _ g: Pointer, _ gamma: Pointer, mean: Float, inverse: Float,
  to dx: Pointer, _ dGamma: Pointer, _ dBeta: Pointer
) {
  var (sumD, sumDX) = (Lanes.zero, Lanes.zero)
  var j = 0
  while j &+ laneCount <= n {
    let gradient = load(g + j)
    let normalised = (load(x + j) - mean) * inverse
    let d = gradient * load(gamma + j)
    sumD += d
    sumDX.addProduct(d, normalised)
    store(load(dGamma + j).addingProduct(gradient, normalised), dGamma + j)
    store(load(dBeta + j) + gradient, dBeta + j)
    j &+= laneCount
  }
  var (meanD, meanDX) = (sumD.sum(), sumDX.sum())
  while j < n {
    let normalised = (x[j] - mean) * inverse
    meanD += g[j] * gamma[j]
    meanDX += g[j] * gamma[j] * normalised
    dGamma[j] += g[j] * normalised
    dBeta[j] += g[j]
    j &+= 1
  }
  meanD /= Float(n)
  meanDX /= Float(n)
  let slope = meanDX * inverse
  map(n, x, g, gamma, to: dx) { x, g, w in (g * w - meanD - (x - mean) * slope) * inverse }
}

/// Each row divided by its length, so that it lies on the unit sphere.
///
/// A row no longer than `epsilon` has no direction: it becomes 0, and its gradient is 0.
///
/// - Parameters:
///   - x: `[…, width]`.
///   - epsilon: the length up to which a row counts as zero.
///   - file: the caller's file, for the message about a wrong shape.
///   - line: the caller's line.
/// - Returns: `[…, width]`, each row of Euclidean length 1.
public func l2Normalised(
  _ x: Variable, epsilon: Float = 1e-12, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  if x.shape.isEmpty {
    stop("l2Normalised", "a single number has no rows", file: file, line: line)
  }
  let input = x.value
  let n = input.columns
  let y = Tensor(uninitialized: input.shape)
  let inverses = Tensor(uninitialized: [input.rows])
  let (from, to, pi) = (input.start, y.start, inverses.start)
  let grain = max(1, (1 << 14) / max(n, 1))
  parallelRanges(input.rows, grain: grain) { rows in
    for i in rows {
      let length = sum(n, from + i &* n) { $0 * $0 }.squareRoot()
      let inverse = length <= epsilon ? 0 : 1 / length
      pi[i] = inverse
      map(n, from + i &* n, to: to + i &* n) { $0 * inverse }
    }
  }
  return withExtendedLifetime(input) {
    Variable(y, from: [x]) { g in
      // What would only lengthen the row is taken away: dx = (g − y (g · y)) / length.
      let dx = Tensor(uninitialized: y.shape)
      let (pg, py, pi, to) = (g.start, y.start, inverses.start, dx.start)
      parallelRanges(y.rows, grain: grain) { rows in
        for i in rows {
          let at = i &* n
          let along = sum(n, pg + at, py + at) { $0 * $1 }
          let inverse = pi[i]
          map(n, pg + at, py + at, to: to + at) { g, y in (g - y * along) * inverse }
        }
      }
      return withExtendedLifetime((g, y, inverses)) { [dx] }
    }
  }
}
