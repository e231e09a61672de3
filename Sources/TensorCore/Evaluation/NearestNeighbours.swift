/// The rows that point most nearly the way of each query, by the cosine between them.
///
/// - Parameters:
///   - queries: `[queries, width]`.
///   - rows: `[count, width]`.
///   - k: how many to find, 1 or more; all rows where there are fewer.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: for each query the places of its k nearest rows, the nearest first; of two that are as
///   near, the first.
public func nearestNeighbours(
  of queries: Variable, in rows: Variable, k: Int, file: StaticString = #fileID, line: UInt = #line
) -> [[Int]] {
  let (a, b) = (queries.shape, rows.shape)
  if a.count != 2 || b.count != 2 || a[1] != b[1] || k < 1 {
    stop(
      "nearestNeighbours",
      "\(k) neighbours of queries \(a) among rows \(b): it needs [queries, width] and [count, width]",
      file: file, line: line)
  }
  let cosines = withoutGradient {
    matmul(l2Normalised(queries), l2Normalised(rows), transposingB: true)
  }
  let (count, numbers) = (rows.shape[0], cosines.value.numbers)
  return (0..<queries.shape[0]).map { query in
    var found: [(place: Int, cosine: Float)] = []
    let start = query * count
    for place in 0..<count {
      let cosine = numbers[start + place]
      if found.count == k, cosine <= found[k - 1].cosine { continue }
      let at = found.firstIndex { $0.cosine < cosine } ?? found.count
      found.insert((place, cosine), at: at)
      if found.count > k { found.removeLast() }
    }
    return found.map(\.place)
  }
}

/// How often the commonest label among the k nearest training examples is right; ties go to the
/// nearer one.
///
/// - Parameters:
///   - features: of training and test examples.
///   - labels: of the training examples.
///   - testLabels: of the test examples.
///   - k: how many neighbours vote.
/// - Returns: the test accuracy.
public func nearestNeighbourAccuracy(
  _ features: Representation, _ labels: [Int], _ testLabels: [Int], k: Int = 5
) -> Double {
  let guesses = nearestNeighbours(of: features.test, in: features.training, k: k).map { found in
    let votes = found.map { labels[$0] }
    let counts = votes.map { vote in votes.count { $0 == vote } }
    return votes[counts.firstIndex(of: counts.max() ?? 0) ?? 0]
  }
  return accuracy(guesses, testLabels)
}
