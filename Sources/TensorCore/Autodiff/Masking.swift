// Numbers that are replaced, by chance or by a mask.

/// Dropout: each element is set to 0 with the given probability, the others grow to keep the mean.
///
/// The others are divided by 1 − probability, so that nothing need be done in evaluation, where
/// dropout is left out (Srivastava et al. 2014, "Dropout", section 10).
///
/// - Parameters:
///   - x: any shape.
///   - probability: of an element to be dropped, from 0 ..< 1.
///   - random: what decides.
///   - file: the caller's file, for the message about a wrong probability.
///   - line: the caller's line.
/// - Returns: the shape of `x`.
public func dropout(
  _ x: Variable, _ probability: Float, using random: inout Random, file: StaticString = #fileID,
  line: UInt = #line
) -> Variable {
  if !(0..<1 ~= probability) {
    stop("dropout", "probability \(probability) is not in 0 ..< 1", file: file, line: line)
  }
  if probability == 0 { return x }
  let factors = Tensor(uninitialized: x.shape)
  let kept = 1 / (1 - probability)
  for i in 0..<factors.count { factors.start[i] = random.uniform() < probability ? 0 : kept }
  let y = x.value.combined(with: factors) { $0 * $1 }
  return Variable(y, from: [x]) { g in [g.combined(with: factors) { $0 * $1 }] }
}

/// The elements, but `number` where the mask is true; no gradient flows to what was replaced.
///
/// The mask has an entry for each element, or for each stretch of elements along the first axes:
/// `[batch, time]` for numbers of shape `[batch, time, width]`.
///
/// - Parameters:
///   - x: any shape.
///   - mask: what to replace, row after row.
///   - number: what to put there.
///   - file: the caller's file, for the message about a wrong mask.
///   - line: the caller's line.
/// - Returns: the shape of `x`.
public func masked(
  _ x: Variable, where mask: [Bool], with number: Float, file: StaticString = #fileID,
  line: UInt = #line
) -> Variable {
  let input = x.value
  var (fits, axis, covered) = (mask.count == 1, 0, 1)
  while !fits && axis < input.shape.count {
    covered *= input.shape[axis]
    axis += 1
    fits = covered == mask.count
  }
  if !fits {
    stop(
      "masked", "a mask of \(mask.count) does not cover the first axes of \(input.shape)",
      file: file, line: line)
  }
  let length = mask.isEmpty ? 0 : input.count / mask.count
  func replaced(_ x: Tensor, by number: Float) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    let (from, to) = (x.start, y.start)
    parallelRanges(mask.count, grain: max(1, (1 << 15) / max(length, 1))) { range in
      for i in range {
        if mask[i] {
          (to + i &* length).update(repeating: number, count: length)
        } else {
          (to + i &* length).update(from: from + i &* length, count: length)
        }
      }
    }
    return withExtendedLifetime(x) { y }
  }
  return Variable(replaced(input, by: number), from: [x]) { g in [replaced(g, by: 0)] }
}

/// The mask of texts that were filled up to one length: true for each text's own tokens.
///
/// - Parameters:
///   - lengths: how many tokens each text has.
///   - time: the length to which they were filled up.
///   - file: the caller's file, for the message about a wrong length.
///   - line: the caller's line.
/// - Returns: `[batch, time]` row after row, as `attention` and `crossEntropy` take it.
public func paddingMask(
  lengths: [Int], time: Int, file: StaticString = #fileID, line: UInt = #line
) -> [Bool] {
  if let length = lengths.first(where: { !(0...time ~= $0) }) {
    stop("paddingMask", "length \(length) is not in 0...\(time)", file: file, line: line)
  }
  return lengths.flatMap { length in (0..<time).map { $0 < length } }
}
