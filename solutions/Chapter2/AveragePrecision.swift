// Exercise 2.4 · Found again, or nearly (extend)
//
// Re-identification: here is a thing, a query; find the same thing among hundreds of other pictures,
// the gallery. The gallery is sorted by distance to the query, nearest first, and average precision
// tells how far up the right ones stand. Two questions are left out in most texts, and two programs
// that answer them differently report different scores for the same vectors. What if several pictures
// are equally far? (Codes of few values, and networks that have collapsed, have many such.) And what of
// a query that has no match in the gallery at all?
//
// Before you start: chapters/02-pretext-and-downstream/README.md, "Pictures".
// Check it with: swift run course check 2.4

import Exercises

/// The average precision of one query.
///
/// Sort the gallery by distance. At each match stands a precision: the share of matches among all
/// pictures down to there, itself among them. Average precision is the mean of these over all matches.
///
/// Pictures of exactly equal distance may stand in any order: then it is the mean over all orders of
/// these, each as likely as any other. There are too many to try them all.
///
/// - `distances`: `[gallery]`, no two need be different; up to a thousand may be equal. They may be ∞
///   (and two of these are equal), or below 0.
/// - `isMatch`: `[gallery]`, whether each picture shows what the query shows; one match or more
/// - result: from 0 to 1
///
/// Example: distances `[0.5, 0.2, 0.5, 0.9]`, isMatch `[true, false, false, true]`. The picture at 0.2
/// comes first, then the two at 0.5 in either order. The first match stands second or third, the other
/// fourth: (1/2 + 2/4) / 2 or (1/3 + 2/4) / 2, on average 0.4583.
public func averagePrecision(distances: [Float], isMatch: [Bool]) throws -> Float {
  // Your answer begins here.
  let order = distances.indices.sorted { distances[$0] < distances[$1] }
  var (sum, seen, found, start) = (0.0, 0.0, 0.0, 0)
  while start < order.count {
    var end = start
    while end < order.count, distances[order[end]] == distances[order[start]] { end += 1 }
    let count = Double(end - start)
    let matches = Double(order[start..<end].count { isMatch[$0] })
    // A place among the tied holds a match with probability matches / count. If it does, the other
    // matches are spread evenly over the other places, and `before` of these stand above it.
    for before in 0..<(end - start) {
      let above = Double(before)
      let others = count > 1 ? above * (matches - 1) / (count - 1) : 0
      sum += matches / count * (found + others + 1) / (seen + above + 1)
    }
    (seen, found, start) = (seen + count, found + matches, end)
  }
  return Float(sum / found)
  // Your answer ends here.
}

/// The mean of the average precisions of all queries that have a match.
///
/// - `distances`: `[queries][gallery]`
/// - `queries`, `gallery`: `[queries]` and `[gallery]`, the number of the thing that each picture shows;
///   equal numbers match
/// - result: a query without a match in the gallery is left out; 0 if no query has one
///
/// Example: distances `[[0.1, 0.2], [0.1, 0.2], [0.1, 0.2]]`, queries `[7, 3, 5]`, gallery `[3, 7]` →
/// (1/2 + 1) / 2 = 0.75.
public func meanAveragePrecision(
  distances: [[Float]], queries: [Int], gallery: [Int]
) throws -> Float {
  // Your answer begins here.
  var precisions: [Float] = []
  for (query, row) in zip(queries, distances) where gallery.contains(query) {
    precisions.append(
      try averagePrecision(distances: row, isMatch: gallery.map { $0 == query }))
  }
  return precisions.isEmpty ? 0 : precisions.reduce(0, +) / Float(precisions.count)
  // Your answer ends here.
}

/// Recall at 1: the share of the queries, among those that have a match, whose nearest picture is one.
///
/// Where several pictures are nearest, a query counts with the share of matches among these (each is as
/// likely to come first).
///
/// - `distances`, `queries`, `gallery`: as for `meanAveragePrecision`
/// - result: 0 if no query has a match
///
/// Example: distances `[[0.1, 0.2], [0.2, 0.2], [0.1, 0.2]]`, queries `[3, 3, 5]`, gallery `[3, 7]` →
/// (1 + 1/2) / 2 = 0.75.
public func recallAtOne(
  distances: [[Float]], queries: [Int], gallery: [Int]
) throws -> Float {
  // Your answer begins here.
  let shares = zip(queries, distances).filter { gallery.contains($0.0) }.map { query, row in
    let least = row.min()
    let nearest = row.indices.filter { row[$0] == least }
    return Float(nearest.count { gallery[$0] == query }) / Float(nearest.count)
  }
  return shares.isEmpty ? 0 : shares.reduce(0, +) / Float(shares.count)
  // Your answer ends here.
}
