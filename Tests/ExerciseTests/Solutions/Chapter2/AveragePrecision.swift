import Checkers
import ExerciseFunctions
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter2Functions) -> Void
) -> Specimen<Chapter2Functions> {
  .mutant("2.4", name, says: sentence, chapter2Solutions, change)
}

/// The matches in the order of the distances; what is equally far is sorted by a rule.
private func hits(
  _ distances: [Float], _ isMatch: [Bool], before: (_ one: Int, _ other: Int) -> Bool = { $0 < $1 }
) -> [Bool] {
  distances.indices.sorted {
    distances[$0] == distances[$1] ? before($0, $1) : distances[$0] < distances[$1]
  }.map { isMatch[$0] }
}

/// Average precision of one order; what a match is worth by its number, its rank and both totals.
private func precision(
  _ hits: [Bool],
  worth: (_ number: Float, _ rank: Float) -> Float = { $0 / $1 }
) -> Float {
  var (found, sum): (Float, Float) = (0, 0)
  for (place, isHit) in hits.enumerated() where isHit {
    found += 1
    sum += worth(found, Float(place + 1))
  }
  return sum / found
}

/// Groups of equal distance: places and matches before each, its size and its matches.
private func groups(_ distances: [Float], _ isMatch: [Bool]) -> [(
  seen: Float, found: Float, size: Float, matches: Float
)] {
  var groups: [(seen: Float, found: Float, size: Float, matches: Float)] = []
  var (seen, found): (Float, Float) = (0, 0)
  for distance in Set(distances).sorted() {
    let all = distances.indices.filter { distances[$0] == distance }
    let matches = Float(all.count { isMatch[$0] })
    groups.append((seen, found, Float(all.count), matches))
    (seen, found) = (seen + Float(all.count), found + matches)
  }
  return groups
}

/// Average precision with a group's worth by a rule.
private func grouped(
  _ worth:
    @escaping @Sendable (_ seen: Float, _ found: Float, _ size: Float, _ matches: Float) -> Float
) -> @Sendable ([Float], [Bool]) -> Float {
  { distances, isMatch in
    groups(distances, isMatch).map { worth($0.seen, $0.found, $0.size, $0.matches) }.reduce(0, +)
      / Float(isMatch.count { $0 })
  }
}

/// The mean over a group's places, with so many other matches of the group above each.
@Sendable private func spread(
  _ above: @escaping @Sendable (_ place: Float, _ size: Float, _ matches: Float) -> Float
) -> @Sendable ([Float], [Bool]) -> Float {
  grouped { seen, found, size, matches in
    (0..<Int(size)).map { place in
      matches / size * (found + above(Float(place), size, matches)) / (seen + Float(place + 1))
    }.reduce(0, +)
  }
}

private let sound = spread { place, size, matches in
  1 + (size > 1 ? place * (matches - 1) / (size - 1) : 0)
}

/// A mean over queries; what a query is worth, nil where it does not count.
private func mean(
  _ worth: @escaping @Sendable (_ row: [Float], _ isMatch: [Bool]) -> Float?
) -> @Sendable ([[Float]], [Int], [Int]) -> Float {
  { distances, queries, gallery in
    let all = zip(distances, queries).compactMap { row, query in
      worth(row, gallery.map { $0 == query })
    }
    return all.isEmpty ? 0 : all.reduce(0, +) / Float(all.count)
  }
}

private func has(_ isMatch: [Bool]) -> Bool { isMatch.contains(true) }

/// Recall from the nearest pictures' matches.
private func recall(
  _ worth: @escaping @Sendable (_ nearest: [Bool], _ all: [Bool]) -> Float
) -> @Sendable ([[Float]], [Int], [Int]) -> Float {
  mean { row, isMatch in
    guard has(isMatch), let least = row.min() else { return nil }
    return worth(row.indices.filter { row[$0] == least }.map { isMatch[$0] }, isMatch)
  }
}

private func share(_ flags: [Bool]) -> Float { Float(flags.count { $0 }) / Float(flags.count) }

let averagePrecisionSpecimens: [Specimen<Chapter2Functions>] = [
  .right("2.4", "the closed form, group by group in Float", chapter2Solutions) {
    $0.averagePrecision = sound
    $0.meanAveragePrecision = mean { row, isMatch in has(isMatch) ? sound(row, isMatch) : nil }
    $0.recallAtOne = recall { nearest, _ in share(nearest) }
  },
  .right(
    "2.4", "each match alone: how many stand before it, on average over orders", chapter2Solutions
  ) {
    // A match's rank in its group is even; each companion stands above it as often as below.
    $0.averagePrecision = { distances, isMatch in
      let places = distances.indices.filter { isMatch[$0] }
      var sum = 0.0
      for match in places {
        let nearer = distances.indices.filter { distances[$0] < distances[match] }
        let tied = distances.indices.filter { distances[$0] == distances[match] }
        let friends = Double(tied.count { isMatch[$0] } - 1)
        let before = Double(nearer.count { isMatch[$0] })
        for above in tied.indices {
          let companions = tied.count == 1 ? 0 : Double(above) * friends / Double(tied.count - 1)
          sum += (before + companions + 1) / Double(nearer.count + above + 1) / Double(tied.count)
        }
      }
      return Float(sum / Double(places.count))
    }
    $0.recallAtOne = { distances, queries, gallery in
      var (sum, count) = (0.0, 0)
      for (query, row) in zip(queries, distances) where gallery.contains(query) {
        count += 1
        let nearest = row.indices.filter { one in row.allSatisfy { row[one] <= $0 } }
        for place in nearest where gallery[place] == query { sum += 1 / Double(nearest.count) }
      }
      return count == 0 ? 0 : Float(sum / Double(count))
    }
  },
  mutant("from the farthest", says: "You sorted from the farthest on") {
    $0.averagePrecision = { distances, isMatch in sound(distances.map { -$0 }, isMatch) }
  },
  mutant("not sorted", says: "You did not sort: the gallery") {
    $0.averagePrecision = { _, isMatch in precision(isMatch) }
  },
  mutant("over the gallery", says: "You divided by the size of the gallery") {
    $0.averagePrecision = { sound($0, $1) * share($1) }
  },
  mutant("the sum over matches", says: "This is the sum over the matches") {
    $0.averagePrecision = { sound($0, $1) * Float($1.count { $0 }) }
  },
  mutant("the first match", says: "This is 1 over the rank of the first match") {
    $0.averagePrecision = { 1 / Float(hits($0, $1).firstIndex(of: true)! + 1) }
  },
  mutant("the last match", says: "This is the precision at the last match alone") {
    $0.averagePrecision = {
      Float($1.count { $0 }) / Float(hits($0, $1).lastIndex(of: true)! + 1)
    }
  },
  mutant("as many as matches", says: "among as many pictures as there are matches") {
    $0.averagePrecision = { share(Array(hits($0, $1).prefix($1.count { $0 }))) }
  },
  mutant("all ranks", says: "the mean of the precisions at all ranks") {
    $0.averagePrecision = {
      let hits = hits($0, $1)
      return hits.indices.map { share(Array(hits[...$0])) }.reduce(0, +) / Float(hits.count)
    }
  },
  mutant("the match not counted", says: "At a match the match itself counts") {
    $0.averagePrecision = { precision(hits($0, $1)) { ($0 - 1) / $1 } }
  },
  mutant("ranks from 0", says: "Your ranks begin at 0 below the bar") {
    $0.averagePrecision = { precision(hits($0, $1)) { $0 / ($1 - 1) } }
  },
  mutant("reciprocal ranks", says: "This is the mean of 1 over the matches' ranks") {
    $0.averagePrecision = { precision(hits($0, $1)) { _, rank in 1 / rank } }
  },
  mutant("the trapezoid", says: "You averaged the precision before each match") {
    $0.averagePrecision = {
      precision(hits($0, $1)) { ($1 == 1 ? 1 : ($0 - 1) / ($1 - 1)) / 2 + $0 / $1 / 2 }
    }
  },
  mutant("whole numbers", says: "1 / 2 is 0 among them") {
    $0.averagePrecision = { precision(hits($0, $1)) { ($0 / $1).rounded(.down) } }
  },
  mutant("tied as they came", says: "You left tied pictures in the order") {
    $0.averagePrecision = { precision(hits($0, $1)) }
  },
  mutant("tied from the last on", says: "You turned the order in which tied pictures came") {
    $0.averagePrecision = { precision(hits($0, $1) { $0 > $1 }) }
  },
  mutant("matches first", says: "that flatters; take the mean") {
    $0.averagePrecision = { distances, isMatch in
      precision(hits(distances, isMatch) { isMatch[$0] && !isMatch[$1] })
    }
  },
  mutant("matches last", says: "You put the matches behind others") {
    $0.averagePrecision = { distances, isMatch in
      precision(hits(distances, isMatch) { !isMatch[$0] && isMatch[$1] })
    }
  },
  mutant("between best and worst", says: "the mean of the best and the worst order") {
    $0.averagePrecision = { distances, isMatch in
      precision(hits(distances, isMatch) { isMatch[$0] && !isMatch[$1] }) / 2
        + precision(hits(distances, isMatch) { !isMatch[$0] && isMatch[$1] }) / 2
    }
  },
  mutant("by thresholds", says: "the precision at the end of their group") {
    $0.averagePrecision = grouped { seen, found, size, matches in
      matches * (found + matches) / (seen + size)
    }
  },
  mutant("mean ranks", says: "You gave all tied pictures their mean rank") {
    $0.averagePrecision = grouped { seen, found, size, matches in
      matches * (found + (matches + 1) / 2) / (seen + (size + 1) / 2)
    }
  },
  mutant("m/n of a match everywhere", says: "Given that one match stands here") {
    $0.averagePrecision = spread { place, size, matches in (place + 1) * matches / size }
  },
  mutant("m/n of a match above", says: "Given that one match stands here") {
    $0.averagePrecision = spread { place, size, matches in 1 + place * matches / size }
  },
  mutant("unmatched queries as 0", says: "A query without a match counts as 0") {
    $0.meanAveragePrecision = mean { row, isMatch in has(isMatch) ? sound(row, isMatch) : 0 }
  },
  mutant("unmatched queries as 1", says: "A query without a match counts as 1") {
    $0.meanAveragePrecision = mean { row, isMatch in has(isMatch) ? sound(row, isMatch) : 1 }
  },
  mutant(
    "divides by no queries",
    says: "over queries: The mean average precision is another.; You divided by a number"
  ) {
    let right = $0.meanAveragePrecision
    $0.meanAveragePrecision = { distances, queries, gallery in
      queries.contains(where: gallery.contains) ? try right(distances, queries, gallery) : .nan
    }
  },
  mutant(
    "the sum over queries",
    says: "over queries: The mean average precision is another.; This is the sum"
  ) {
    $0.meanAveragePrecision = { distances, queries, gallery in
      zip(distances, queries).filter { gallery.contains($0.1) }.map { row, query in
        sound(row, gallery.map { $0 == query })
      }.reduce(0, +)
    }
  },
  mutant("by matches", says: "A query with many matches counts more") {
    $0.meanAveragePrecision = { distances, queries, gallery in
      var (sum, count): (Float, Float) = (0, 0)
      for (row, query) in zip(distances, queries) where gallery.contains(query) {
        let matches = Float(gallery.count { $0 == query })
        sum += matches * sound(row, gallery.map { $0 == query })
        count += matches
      }
      return count == 0 ? 0 : sum / count
    }
  },
  mutant("each thing once", says: "Two queries that show the same thing count once") {
    $0.meanAveragePrecision = { distances, queries, gallery in
      var firsts: [Int: Float] = [:]
      for (row, query) in zip(distances, queries) where gallery.contains(query) {
        firsts[query] = firsts[query] ?? sound(row, gallery.map { $0 == query })
      }
      return firsts.isEmpty ? 0 : firsts.values.reduce(0, +) / Float(firsts.count)
    }
  },
  mutant("one ranking for all", says: "You ranked all queries' distances together") {
    $0.meanAveragePrecision = { distances, queries, gallery in
      let isMatch = queries.flatMap { query in gallery.map { $0 == query } }
      return has(isMatch) ? sound(distances.flatMap(\.self), isMatch) : 0
    }
  },
  mutant(
    "a mean with tied as they came", says: "You took the precisions with tied pictures in the order"
  ) {
    $0.meanAveragePrecision = mean { row, isMatch in
      has(isMatch) ? precision(hits(row, isMatch)) : nil
    }
  },
  mutant("a mean with matches first", says: "You took the precisions with matches before others") {
    $0.meanAveragePrecision = mean { row, isMatch in
      has(isMatch) ? precision(hits(row, isMatch) { isMatch[$0] && !isMatch[$1] }) : nil
    }
  },
  mutant("a mean from the farthest", says: "You ranked from the farthest on") {
    $0.meanAveragePrecision = mean { row, isMatch in
      has(isMatch) ? sound(row.map { -$0 }, isMatch) : nil
    }
  },
  mutant("the mean of wrong precisions", says: "It is the mean of your average precisions") {
    // Right where the first parts look.
    let wrong: @Sendable ([Float], [Bool]) -> Float = { sound($0, $1) * ($0.count == 2 ? 0.5 : 1) }
    let right = $0.averagePrecision
    $0.averagePrecision = { $0 == [0.1, 0.2] ? wrong($0, $1) : try right($0, $1) }
    $0.meanAveragePrecision = mean { row, isMatch in
      has(isMatch) ? (row == [0.1, 0.2] ? wrong(row, isMatch) : sound(row, isMatch)) : nil
    }
  },
  mutant("unmatched queries missed", says: "A query without a match counts as missed") {
    $0.recallAtOne = mean { row, isMatch in
      guard let least = row.min() else { return 0 }
      return share(row.indices.filter { row[$0] == least }.map { isMatch[$0] })
    }
  },
  mutant(
    "recall over no queries", says: "recall at 1: The recall is another.; You divided by a number"
  ) {
    let right = $0.recallAtOne
    $0.recallAtOne = { distances, queries, gallery in
      queries.contains(where: gallery.contains) ? try right(distances, queries, gallery) : .nan
    }
  },
  mutant("the sum of recalls", says: "recall at 1: The recall is another.; This is the sum") {
    let right = $0.recallAtOne
    $0.recallAtOne = { distances, queries, gallery in
      try right(distances, queries, gallery) * Float(queries.count { gallery.contains($0) })
    }
  },
  mutant("any of the nearest", says: "A match among the nearest counts in full") {
    $0.recallAtOne = recall { nearest, _ in has(nearest) ? 1 : 0 }
  },
  mutant("all of the nearest", says: "You count a query only if all its nearest match") {
    $0.recallAtOne = recall { nearest, _ in nearest.contains(false) ? 0 : 1 }
  },
  mutant("the first nearest", says: "Of several nearest pictures you took the first") {
    $0.recallAtOne = recall { nearest, _ in nearest[0] ? 1 : 0 }
  },
  mutant("the last nearest", says: "Of several nearest pictures you took the last") {
    $0.recallAtOne = recall { nearest, _ in nearest[nearest.count - 1] ? 1 : 0 }
  },
  mutant("found among all matches", says: "how many of a query's matches stand first") {
    $0.recallAtOne = recall { nearest, all in
      Float(nearest.count { $0 }) / Float(all.count { $0 })
    }
  },
  mutant("the farthest", says: "You looked at the farthest") {
    let right = $0.recallAtOne
    $0.recallAtOne = { distances, queries, gallery in
      try right(distances.map { $0.map { -$0 } }, queries, gallery)
    }
  },
  .undone(by: .nearTies, "2.4", "distances within 1e-6 are tied", chapter2Solutions) {
    $0.averagePrecision = { distances, isMatch in
      sound(distances.map { ($0 * 1e6).rounded() }, isMatch)
    }
  },
  .unnamed("2.4", "a picture's place by its distance", chapter2Solutions) {
    $0.averagePrecision = { distances, isMatch in
      precision(distances.sorted().map { one in isMatch[distances.firstIndex(of: one)!] })
    }
  },
  .undone(by: .edges, "2.4", "what is infinitely far is left out", chapter2Solutions) {
    $0.averagePrecision = { distances, isMatch in
      let near = distances.indices.filter { distances[$0].isFinite }
      return near.contains { isMatch[$0] }
        ? sound(near.map { distances[$0] }, near.map { isMatch[$0] }) : sound(distances, isMatch)
    }
  },
  .undone(by: .edges, "2.4", "things by the size of their numbers", chapter2Solutions) {
    let right = $0.meanAveragePrecision
    $0.meanAveragePrecision = { try right($0, $1.map { abs($0) }, $2.map { abs($0) }) }
  },
  .undone(by: .scale, "2.4", "the least distance begins at a million", chapter2Solutions) {
    $0.recallAtOne = { distances, queries, gallery in
      let capped = distances.map { row in row.map { min($0, 1_000_000) } }
      return recall { nearest, _ in share(nearest) }(capped, queries, gallery)
    }
  },
  .undone(
    by: .sizes, "2.4", "all orders of up to six tied, the first order beyond", chapter2Solutions
  ) {
    $0.averagePrecision = { distances, isMatch in
      let most = groups(distances, isMatch).map(\.size).max() ?? 0
      return most > 6 ? precision(hits(distances, isMatch)) : sound(distances, isMatch)
    }
  },
]
