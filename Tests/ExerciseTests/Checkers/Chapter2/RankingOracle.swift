import TensorCore

/// A ranking with ties, and what different rules make of it.
struct RankingOracle {
  let distances: [Float]
  let isMatch: [Bool]

  /// The places of the gallery from the nearest on, those of equal distance together.
  var groups: [[Int]] {
    var groups: [[Int]] = []
    for place in distances.indices.sorted(by: { (distances[$0], $0) < (distances[$1], $1) }) {
      if let last = groups.last?.last, distances[last] == distances[place] {
        groups[groups.count - 1].append(place)
      } else {
        groups.append([place])
      }
    }
    return groups
  }

  /// The average precision of one order: `hits` tells of each rank whether a match stands there.
  static func precision(_ hits: [Bool]) -> Double {
    var (found, sum) = (0.0, 0.0)
    for (rank, isHit) in hits.enumerated() where isHit {
      found += 1
      sum += found / Double(rank + 1)
    }
    return found == 0 ? 0 : sum / found
  }

  /// The mean over all orders of the tied.
  ///
  /// It is walked rank by rank: how likely is it to have met so many matches of the group until here?
  var mean: Double {
    var (sum, seen, found) = (0.0, 0, 0)
    for group in groups {
      let matches = group.count { isMatch[$0] }
      var likely = [1.0] + [Double](repeating: 0, count: matches)
      for step in group.indices {
        let left = Double(group.count - step)
        var next = likely.map { _ in 0.0 }
        for met in 0...matches where likely[met] > 0 {
          let hit = likely[met] * Double(matches - met) / left
          if hit > 0 {
            next[met + 1] += hit
            sum += hit * Double(found + met + 1) / Double(seen + step + 1)
          }
          next[met] += likely[met] - hit
        }
        likely = next
      }
      (seen, found) = (seen + group.count, found + matches)
    }
    return found == 0 ? 0 : sum / Double(found)
  }

  /// The hits rank by rank in one order, the tied ones sorted by a rule.
  func hits(_ rule: (_ matches: [Bool]) -> [Bool] = { $0 }) -> [Bool] {
    groups.flatMap { rule($0.map { isMatch[$0] }) }
  }

  var optimistic: [Bool] { hits { all in all.filter(\.self) + all.filter { !$0 } } }
  var pessimistic: [Bool] { hits { all in all.filter { !$0 } + all.filter(\.self) } }

  /// A sum over the matches of what each is worth: by the places and matches before its group, the
  /// group's size and its matches.
  func mean(
    _ worth: (_ seen: Double, _ found: Double, _ size: Double, _ matches: Double) -> Double
  ) -> Double {
    var (sum, seen, found) = (0.0, 0.0, 0.0)
    for group in groups {
      let (size, matches) = (Double(group.count), Double(group.count { isMatch[$0] }))
      sum += worth(seen, found, size, matches)
      (seen, found) = (seen + size, found + matches)
    }
    return found == 0 ? 0 : sum / found
  }
}
