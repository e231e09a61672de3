/// How well pictures of the same individual are found again among many.
///
/// A *query* ranks all pictures of a *gallery* by similarity. Right are those with its identity. For a
/// query with the right pictures at ranks r₁ < r₂ < … < r_R its average precision is the mean over
/// them of i / rᵢ, the share of right pictures down to that rank (the definition without
/// trapezoids). Both measures are means over the queries.
///
/// The rank of a right picture is one more than the number of pictures before it; of pictures as
/// similar as a right one, wrong ones count as before it, so that a tie never helps.
public struct Retrieval: Sendable, Equatable {
  /// The share of queries whose most similar picture is right.
  public let recallAtOne: Double
  /// The mean over the queries of their average precision.
  public let meanAveragePrecision: Double

  /// Ranks a gallery by similarity.
  ///
  /// - Parameters:
  ///   - similarities: `[queries, gallery]`, finite; the larger, the more alike.
  ///   - queries: whom each query shows; each of them is in the gallery.
  ///   - gallery: whom each picture of the gallery shows.
  ///   - file: the caller's file, for the message about wrong shapes.
  ///   - line: the caller's line.
  public init(
    similarities: Tensor, queries: [Int], gallery: [Int], file: StaticString = #fileID,
    line: UInt = #line
  ) {
    if similarities.shape != [queries.count, gallery.count] || queries.isEmpty {
      stop(
        "Retrieval",
        "similarities \(similarities.shape) for \(queries.count) queries and \(gallery.count) "
          + "pictures: it needs [queries, gallery]", file: file, line: line)
    }
    let numbers = similarities.numbers
    if let place = numbers.firstIndex(where: { !$0.isFinite }) {
      stop(
        "Retrieval", "similarity \(place) is \(numbers[place])", file: file, line: line)
    }
    var places: [Int: [Int]] = [:]
    for (place, identity) in gallery.enumerated() { places[identity, default: []].append(place) }
    if let lost = queries.first(where: { places[$0] == nil }) {
      stop("Retrieval", "identity \(lost) is not in the gallery", file: file, line: line)
    }
    var (first, precision) = (0.0, 0.0)
    for (query, identity) in queries.enumerated() {
      let right = places[identity]!
      let row = Array(numbers[query * gallery.count..<(query + 1) * gallery.count])
      // Per right picture: how many of all and how many of the right ones are at least as similar.
      let ranks = right.map { place in
        let (all, own) = Retrieval.atLeast(row[place], row, right)
        return (right: own, all: all)
      }.sorted { $0.all < $1.all }
      // Of right pictures that are as similar as each other one comes first, all others after it.
      var sum = 0.0
      for (index, rank) in ranks.enumerated() {
        let wrong = rank.all - rank.right
        sum += Double(index + 1) / Double(index + 1 + wrong)
      }
      precision += sum / Double(right.count)
      if ranks[0].all == ranks[0].right { first += 1 }
    }
    recallAtOne = first / Double(queries.count)
    meanAveragePrecision = precision / Double(queries.count)
  }

  private static func atLeast(
    _ similarity: Float, _ row: [Float], _ right: [Int]
  ) -> (all: Int, own: Int) {
    var all = 0
    row.withUnsafeBufferPointer { row in
      for other in row { all &+= other >= similarity ? 1 : 0 }
    }
    return (all, right.count { row[$0] >= similarity })
  }

  /// What a ranking by lot reaches on average, exactly.
  ///
  /// With R right pictures among N the expected average precision is
  /// 1/R · Σ_r R/N · (1 + (r − 1)(R − 1)/(N − 1)) / r over all ranks r = 1…N; the expected recall at
  /// one is R/N.
  ///
  /// - Parameters:
  ///   - count: N, the pictures of the gallery.
  ///   - right: R, how many of them are right, 1…N.
  ///   - file: the caller's file, for the message about wrong numbers.
  ///   - line: the caller's line.
  /// - Returns: both measures' expectations.
  public static func chance(
    gallery count: Int, right: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> (recallAtOne: Double, meanAveragePrecision: Double) {
    if !(1...max(1, count) ~= right) {
      stop("Retrieval.chance", "\(right) right of \(count)", file: file, line: line)
    }
    let (n, r) = (Double(count), Double(right))
    let others = count > 1 ? (r - 1) / (n - 1) : 0
    let sum = (1...count).reduce(0.0) { $0 + (1 + Double($1 - 1) * others) / Double($1) }
    return (r / n, sum / n)
  }
}
