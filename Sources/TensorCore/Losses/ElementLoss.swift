// Losses that compare two tensors element by element and take the mean.

/// The mean of a loss over the elements that a mask selects, Σ mask · loss / Σ mask.
///
/// `value` is the loss of an element, from prediction and target; `slope` its derivative by the
/// prediction.
@inline(__always)
private func meanOfElements(
  _ operation: String, _ prediction: Variable, _ target: Tensor, mask: Tensor?, file: StaticString,
  line: UInt, value: (Lanes, Lanes) -> Lanes, slope: @escaping (Lanes, Lanes) -> Lanes
) -> Variable {
  let x = prediction.value
  // Broadcasting here would turn [n] against [n, 1] into a comparison of all pairs.
  if x.shape != target.shape {
    stop(
      operation, "prediction \(x.shape) and target \(target.shape) differ in shape", file: file,
      line: line)
  }
  if let mask, Shape.broadcast(mask.shape, x.shape) != x.shape {
    stop(
      operation, "mask \(mask.shape) does not broadcast to \(x.shape)", file: file, line: line)
  }
  let weights = mask.map { $0.shape == x.shape ? $0 : $0.repeated(to: x.shape) }
  let selected = weights?.total ?? Float(x.count)
  let scale = selected == 0 ? 0 : 1 / selected
  var losses = x.combined(with: target) { value($0, $1) }
  // Not multiplied: 0 · ∞ would make a masked element count.
  if let weights { losses = losses.combined(with: weights) { $0.masked(by: $1) } }
  return Variable(Tensor(losses.total * scale), from: [prediction]) { g in
    let factor = g.number * scale
    var dx = x.combined(with: target) { slope($0, $1) * factor }
    if let weights { dx = dx.combined(with: weights) { $0.masked(by: $1) } }
    return [dx]
  }
}

extension Lanes {
  /// Times a weight, and 0 where the weight is 0, even for infinity and not-a-number.
  @inline(__always)
  fileprivate func masked(by weight: Lanes) -> Lanes {
    (self * weight).replacing(with: 0, where: weight .== 0)
  }
}

extension Tensor {
  /// The sum of all elements.
  fileprivate var total: Float { summed(outer: 1, length: count, inner: 1).number }
}

/// The mean of (prediction − target)², over all elements or over those that a mask selects.
///
/// - Parameters:
///   - prediction: the model's output, of any shape.
///   - target: what it should be, of the same shape; no gradient flows to it.
///   - mask: a weight for each element (1 counts, 0 does not), of a shape that broadcasts to the
///     prediction's, as `[batch, height, width, 1]` for colour pictures.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: Σ mask (prediction − target)² / Σ mask, of shape `[]`; 0 where nothing is selected.
public func meanSquaredError(
  _ prediction: Variable, _ target: Tensor, mask: Tensor? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  meanOfElements(
    "meanSquaredError", prediction, target, mask: mask, file: file, line: line,
    value: { x, t in (x - t) * (x - t) }, slope: { x, t in 2 * (x - t) })
}

/// The mean of |prediction − target|, over all elements or over those that a mask selects.
///
/// The gradient is 0 where both are equal. The parameters are those of `meanSquaredError`.
///
/// - Returns: Σ mask |prediction − target| / Σ mask, of shape `[]`; 0 where nothing is selected.
public func meanAbsoluteError(
  _ prediction: Variable, _ target: Tensor, mask: Tensor? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  meanOfElements(
    "meanAbsoluteError", prediction, target, mask: mask, file: file, line: line,
    value: { x, t in magnitude(x - t) }, slope: { x, t in sign(x - t) })
}

/// The mean cross-entropy of yes-or-no targets, from scores before the logistic function.
///
/// With p = σ(x) and target t an element's loss is −t log p − (1 − t) log (1 − p). It is computed as
/// softplus(x) − t x, which neither overflows nor takes the logarithm of 0; its derivative is
/// σ(x) − t.
///
/// - Parameters:
///   - logits: scores x, of any shape.
///   - target: probabilities from 0 to 1, of the same shape.
///   - mask: a weight for each element, of a shape that broadcasts to the logits'.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: the mean over the selected elements, of shape `[]`, in nats; 0 where nothing is selected.
public func binaryCrossEntropy(
  logits: Variable, _ target: Tensor, mask: Tensor? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  meanOfElements(
    "binaryCrossEntropy", logits, target, mask: mask, file: file, line: line,
    value: { x, t in softplus(x) - t * x }, slope: { x, t in sigmoid(x) - t })
}

/// −1, 0 or 1; not-a-number stays.
@inline(__always)
private func sign(_ x: Lanes) -> Lanes {
  x.replacing(with: 1, where: x .> 0).replacing(with: -1, where: x .< 0)
}
