/// A dense map of the pixels of each channel, a different one for each.
///
/// y[b, j, c] = Σᵢ x[b, i, c] · w[c, i, j], where i and j run over the pixels, row by row.
///
/// - Parameters:
///   - x: `[batch, height, width, channels]`.
///   - weights: `[channels, height · width, height · width]`.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: the shape of `x`.
public func channelWise(
  _ x: Variable, _ weights: Variable, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let shape = x.shape
  let pixels = shape.count == 4 ? shape[1] * shape[2] : 0
  if shape.count != 4 || weights.shape != [shape[3], pixels, pixels] {
    stop(
      "channelWise",
      "pictures \(shape) and weights \(weights.shape): [batch, height, width, channels] needs "
        + "[channels, height · width, height · width]", file: file, line: line)
  }
  // [channels, batch, pixels]
  let rows = x.reshaped([shape[0], pixels, shape[3]]).transposed(2, 0, 1)
  return matmul(rows, weights).transposed(1, 2, 0).reshaped(shape)
}
