// The inner loop of word2vec (Mikolov et al. 2013b, equation 4).

/// What one thread has to do of a batch of negative sampling: groups of output rows, each of which is
/// scored against one input row.
///
/// The rows of group g are `outputs[ends[g - 1]..<ends[g]]`; those before `positives[g]` were seen
/// with the input, the others were drawn as noise.
package struct SampledGroups {
  /// The number of groups.
  package let count: Int
  /// The input row of each group.
  package let inputs: UnsafePointer<Int32>
  /// Where the positive rows of each group end.
  package let positives: UnsafePointer<Int32>
  /// Where each group ends.
  package let ends: UnsafePointer<Int32>
  /// The output rows of all groups, one group after the other.
  package let outputs: UnsafePointer<Int32>

  /// Looks at groups that somebody else keeps.
  package init(
    count: Int, inputs: UnsafePointer<Int32>, positives: UnsafePointer<Int32>,
    ends: UnsafePointer<Int32>, outputs: UnsafePointer<Int32>
  ) {
    (self.count, self.inputs, self.positives) = (count, inputs, positives)
    (self.ends, self.outputs) = (ends, outputs)
  }
}

/// Takes one step of gradient descent for each group in turn.
///
/// With v the input row and u the output rows of a group, its loss is
///
///     Σ −log σ(u·v) over the positive rows + Σ −log σ(−u·v) over the negative ones
///
/// and with g = rate · (1 − σ(u·v)) for a positive, −rate · σ(u·v) for a negative row, the step is
/// v += Σ g u and u += g v. First come all scores of a group, then all its updates: the step is the
/// gradient at one point, also where a row is drawn twice, and no score waits for an update. Groups
/// follow each other like the words of word2vec.c, each from where the last one left the tables.
///
/// - Parameters:
///   - groups: the work. Nobody else may write its rows meanwhile.
///   - input: rows of input vectors, `[…, stride]`.
///   - inputSteps: where the steps of the input rows are added, `[…, stride]`; may be `input`.
///   - output: rows of output vectors, `[…, stride]`.
///   - stride: the length of a row, a multiple of `rowAlignment`.
///   - rate: the learning rate.
package func stepNegativeSampling(
  _ groups: SampledGroups, input: UnsafeMutablePointer<Float>,
  inputSteps: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>, stride: Int,
  rate: Float
) {
  var longest = 0
  var start: Int32 = 0
  for g in 0..<groups.count {
    longest = max(longest, Int(groups.ends[g] &- start))
    start = groups.ends[g]
  }
  let scratch = Scratch(longest + laneCount + stride)
  defer { scratch.free() }
  let (sums, scores) = (scratch.start, scratch.start + stride)
  var first = 0
  for g in 0..<groups.count {
    let (end, positives) = (Int(groups.ends[g]), Int(groups.positives[g]))
    let place = Int(groups.inputs[g]) &* stride
    stepGroup(
      groups.outputs + first, end &- first, positives: positives &- first, v: input + place,
      step: inputSteps + place, output, stride, rate, sums, scores)
    first = end
  }
}

/// To a multiple of how many floats the rows of the tables are filled up with zeros.
package let rowAlignment = laneCount

@inline(__always)
private func stepGroup(
  _ rows: UnsafePointer<Int32>, _ count: Int, positives: Int, v: Pointer, step: Pointer,
  _ output: Pointer, _ stride: Int, _ rate: Float, _ sums: Pointer, _ scores: Pointer
) {
  for t in 0..<count {
    let u = output + Int(rows[t]) &* stride
    var dot = Lanes.zero
    var i = 0
    while i < stride {
      dot.addProduct(load(u + i), load(v + i))
      i &+= laneCount
    }
    scores[t] = dot.sum()
  }
  var t = 0
  while t < count {
    store(sigmoid(load(scores + t)) * Lanes(repeating: -rate), scores + t)
    t &+= laneCount
  }
  for t in 0..<positives { scores[t] += rate }
  var i = 0
  while i < stride {
    store(Lanes.zero, sums + i)
    i &+= laneCount
  }
  for t in 0..<count {
    let u = output + Int(rows[t]) &* stride
    let g = Lanes(repeating: scores[t])
    var i = 0
    while i < stride {
      let row = load(u + i)
      store(load(sums + i).addingProduct(g, row), sums + i)
      store(row.addingProduct(g, load(v + i)), u + i)
      i &+= laneCount
    }
  }
  i = 0
  while i < stride {
    store(load(step + i) + load(sums + i), step + i)
    i &+= laneCount
  }
}
