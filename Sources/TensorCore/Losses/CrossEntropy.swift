/// The cross-entropy of integer targets: the mean of −log softmax(logits)[target].
///
/// A target counts unless it equals `ignored` or its place in `mask` is false. The mean is over the
/// targets that count; if none does, the loss is 0 and so is its gradient. Softmax, logarithm and mean
/// are one operation, stable for logits of any size.
///
/// ```swift
/// crossEntropy(logits, [3, 0, 7])                 // logits [3, classes]
/// crossEntropy(logits, tokens, ignoring: padding) // logits [batch, time, vocabulary]
/// ```
///
/// - Parameters:
///   - logits: `[…, classes]`.
///   - targets: the right class of each row of logits, row after row.
///   - ignored: a target that does not count, such as the token that fills short texts up.
///   - mask: for each target whether it counts; nil for all.
///   - file: the caller's file, for the message about wrong targets.
///   - line: the caller's line.
/// - Returns: the loss, of shape `[]`, in nats.
public func crossEntropy(
  _ logits: Variable, _ targets: [Int], ignoring ignored: Int? = nil, mask: [Bool]? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  let x = logits.value
  let (rows, classes) = (x.rows, x.columns)
  if targets.count != rows || mask.map({ $0.count != rows }) ?? false {
    let masked = mask.map { " and a mask of \($0.count)" } ?? ""
    stop(
      "crossEntropy", "\(targets.count) targets\(masked) for \(rows) rows of logits \(x.shape)",
      file: file, line: line)
  }
  let counts = targets.indices.map { targets[$0] != ignored && mask?[$0] ?? true }
  for (row, target) in targets.enumerated() where counts[row] && !(0..<classes ~= target) {
    stop(
      "crossEntropy", "target \(target) of row \(row) is not one of the \(classes) classes",
      file: file, line: line)
  }
  let counted = counts.count { $0 }
  let share = counted == 0 ? 0 : 1 / Float(counted)
  let probabilities = Tensor(uninitialized: x.shape)
  let losses = Tensor([rows], fill: 0)
  let (from, to, loss) = (x.start, probabilities.start, losses.start)
  let grain = max(1, (1 << 13) / max(classes, 1))
  parallelRanges(rows, grain: grain) { range in
    for row in range where counts[row] {
      let start = row * classes
      let total = softmaxRow(classes, from + start, to: to + start)
      let chosen = from[start + targets[row]]
      // No class of such a row has any probability; neither has the right one.
      loss[row] =
        chosen == -.infinity && !total.largest.isNaN
        ? .infinity : (total.largest - chosen) + total.rest
    }
  }
  let mean = losses.summed(outer: 1, length: rows, inner: 1).number * share
  return withExtendedLifetime(x) {
    Variable(Tensor(mean), from: [logits]) { g in
      // The slope of log Σ eˣ is the softmax, that of x[target] is 1 at the target.
      let slope = g.number * share
      let dx = Tensor(uninitialized: probabilities.shape)
      let (p, to) = (probabilities.start, dx.start)
      parallelRanges(rows, grain: grain) { range in
        for row in range {
          let start = row * classes
          if counts[row] {
            map(classes, p + start, to: to + start) { $0 * slope }
            to[start + targets[row]] -= slope
          } else {
            (to + start).update(repeating: 0, count: classes)
          }
        }
      }
      return withExtendedLifetime(probabilities) { [dx] }
    }
  }
}
