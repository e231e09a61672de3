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
  let scratch = Scratch(longest + laneCount)
  defer { scratch.free() }
  let scores = scratch.start
  var first = 0
  for g in 0..<groups.count {
    let (end, positives) = (Int(groups.ends[g]), Int(groups.positives[g]) &- first)
    let (rows, count) = (groups.outputs + first, end &- first)
    let place = Int(groups.inputs[g]) &* stride
    first = end

    for t in 0..<count { scores[t] = 0 }
    columns(of: stride) { column, vectors in
      score(rows, count, v: input + place + column, output + column, stride, vectors, scores)
    }
    var t = 0
    while t < count {
      store(sigmoid(load(scores + t)) * Lanes(repeating: -rate), scores + t)
      t &+= laneCount
    }
    for t in 0..<positives { scores[t] += rate }
    columns(of: stride) { column, vectors in
      update(
        rows, count, v: input + place + column, step: inputSteps + place + column,
        output + column, stride, vectors, scores)
    }
  }
}

/// To a multiple of how many floats the rows of the tables are filled up with zeros.
package let rowAlignment = laneCount

#if WideVectors
  /// How many vectors of a row, and as many of a sum, the registers hold.
  private let mostVectors = 8
#else
  private let mostVectors = 6
#endif

/// Runs body on blocks of columns that fit the registers, with each block's number of vectors.
@inline(__always)
private func columns(of stride: Int, _ body: (Int, Int) -> Void) {
  var column = 0
  while column < stride {
    let vectors = min(mostVectors, (stride &- column) / laneCount)
    body(column, vectors)
    column &+= vectors &* laneCount
  }
}

/// Adds u·v over a block of columns to the score of each row.
private func score(
  _ rows: UnsafePointer<Int32>, _ count: Int, v: Pointer, _ output: Pointer, _ stride: Int,
  _ vectors: Int, _ scores: Pointer
) {
  switch vectors {
  case 1: ColumnBlock<1>.score(rows, count, v, output, stride, scores)
  case 2: ColumnBlock<2>.score(rows, count, v, output, stride, scores)
  case 3: ColumnBlock<3>.score(rows, count, v, output, stride, scores)
  case 4: ColumnBlock<4>.score(rows, count, v, output, stride, scores)
  case 5: ColumnBlock<5>.score(rows, count, v, output, stride, scores)
  case 6: ColumnBlock<6>.score(rows, count, v, output, stride, scores)
  case 7: ColumnBlock<7>.score(rows, count, v, output, stride, scores)
  default: ColumnBlock<8>.score(rows, count, v, output, stride, scores)
  }
}

/// u += g v for each row, and the step += Σ g u, over a block of columns.
private func update(
  _ rows: UnsafePointer<Int32>, _ count: Int, v: Pointer, step: Pointer, _ output: Pointer,
  _ stride: Int, _ vectors: Int, _ g: Pointer
) {
  switch vectors {
  case 1: ColumnBlock<1>.update(rows, count, v, step, output, stride, g)
  case 2: ColumnBlock<2>.update(rows, count, v, step, output, stride, g)
  case 3: ColumnBlock<3>.update(rows, count, v, step, output, stride, g)
  case 4: ColumnBlock<4>.update(rows, count, v, step, output, stride, g)
  case 5: ColumnBlock<5>.update(rows, count, v, step, output, stride, g)
  case 6: ColumnBlock<6>.update(rows, count, v, step, output, stride, g)
  case 7: ColumnBlock<7>.update(rows, count, v, step, output, stride, g)
  default: ColumnBlock<8>.update(rows, count, v, step, output, stride, g)
  }
}

/// A block of columns, `n` vectors of floats wide, that stays in registers.
private enum ColumnBlock<let n: Int> {
  @inline(__always)
  static func score(
    _ rows: UnsafePointer<Int32>, _ count: Int, _ v: Pointer, _ output: Pointer, _ stride: Int,
    _ scores: Pointer
  ) {
    var input = InlineArray<n, Lanes>(repeating: .zero)
    for i in 0..<n { input[i] = load(v + i &* laneCount) }
    for t in 0..<count {
      let u = output + Int(rows[t]) &* stride
      var dot = load(u) * input[0]
      for i in 1..<n { dot.addProduct(load(u + i &* laneCount), input[i]) }
      scores[t] += total(dot)
    }
  }

  @inline(__always)
  static func update(
    _ rows: UnsafePointer<Int32>, _ count: Int, _ v: Pointer, _ step: Pointer, _ output: Pointer,
    _ stride: Int, _ g: Pointer
  ) {
    var input = InlineArray<n, Lanes>(repeating: .zero)
    var sums = InlineArray<n, Lanes>(repeating: .zero)
    for i in 0..<n { input[i] = load(v + i &* laneCount) }
    for t in 0..<count {
      let u = output + Int(rows[t]) &* stride
      let weight = Lanes(repeating: g[t])
      for i in 0..<n { sums[i].addProduct(weight, load(u + i &* laneCount)) }
    }
    // Only now may rows move: one that is drawn twice must not be met half moved.
    for t in 0..<count {
      let u = output + Int(rows[t]) &* stride
      let weight = Lanes(repeating: g[t])
      for i in 0..<n {
        let place = u + i &* laneCount
        store(load(place).addingProduct(weight, input[i]), place)
      }
    }
    for i in 0..<n { store(load(step + i &* laneCount) + sums[i], step + i &* laneCount) }
  }
}

/// The sum of the lanes, by halves: a chain of four additions, where `sum()` makes fifteen.
@inline(__always)
private func total(_ v: Lanes) -> Float {
  let half = v.lowHalf + v.highHalf
  #if WideVectors
    let quarter = half.lowHalf + half.highHalf
  #else
    let quarter = half
  #endif
  let pair = quarter.lowHalf + quarter.highHalf
  return pair[0] + pair[1]
}
