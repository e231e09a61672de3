import TensorCore

/// The rows that point most nearly the way of each query, by the cosine between them.
///
/// - Parameters:
///   - queries: `[queries, width]`.
///   - rows: `[count, width]`.
///   - k: how many to find; all rows where there are fewer.
/// - Returns: for each query the places of its k nearest rows, the nearest first.
func nearestNeighbours(of queries: Variable, in rows: Variable, k: Int) -> [[Int]] {
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

/// How often the commonest label among the k nearest training pictures is right; ties go to the
/// nearer one.
///
/// - Parameters:
///   - features: of training and test pictures.
///   - labels: of the training pictures.
///   - testLabels: of the test pictures.
///   - k: how many neighbours vote.
/// - Returns: the test accuracy.
func nearestNeighbourAccuracy(
  _ features: Representation, _ labels: [Int], _ testLabels: [Int], k: Int = 5
) -> Double {
  let guesses = nearestNeighbours(of: features.test, in: features.training, k: k).map { found in
    let votes = found.map { labels[$0] }
    let counts = votes.map { vote in votes.count { $0 == vote } }
    return votes[counts.firstIndex(of: counts.max() ?? 0) ?? 0]
  }
  return accuracy(guesses, testLabels)
}
