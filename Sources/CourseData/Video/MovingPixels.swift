import TensorCore

/// Where something changed in the last two steps of three frames.
///
/// Most pixels of most videos stay as they are, and any prediction is right about them. An error over all
/// pixels hides what there was to predict.
///
/// - Parameters:
///   - before: frames t − 1, `[count, height, width, channels]`.
///   - last: frames t.
///   - next: frames t + 1.
///   - threshold: by how much a channel has to change, in full brightness.
/// - Returns: `[count, height, width, 1]`: 1 for a pixel that changed from t − 1 to t or from t to t + 1.
public func movingPixels(
  _ before: Tensor, _ last: Tensor, _ next: Tensor, threshold: Float = 0.03
) -> Tensor {
  let shape = last.shape
  if shape.count != 4 || before.shape != shape || next.shape != shape {
    fatalError("movingPixels: frames \(before.shape), \(shape) and \(next.shape)")
  }
  let (a, b, c, channels) = (before.numbers, last.numbers, next.numbers, shape[3])
  var moving = [Float](repeating: 0, count: shape[0] * shape[1] * shape[2])
  for pixel in moving.indices {
    for at in pixel * channels..<(pixel + 1) * channels {
      if max(abs(b[at] - a[at]), abs(c[at] - b[at])) > threshold { moving[pixel] = 1 }
    }
  }
  return Tensor([shape[0], shape[1], shape[2], 1], moving)
}
