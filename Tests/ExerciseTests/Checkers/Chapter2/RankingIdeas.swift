/// What wrong ideas take for the average precision of a query.
enum RankingIdeas {
  static func ideas(_ oracle: RankingOracle) -> [Misconception<Float>] {
    sortedIdeas(oracle) + tiedIdeas(oracle)
  }

  private static func idea(_ sentence: String, _ answer: Double) -> Misconception<Float> {
    Misconception(sentence, gives: Float(answer))
  }

  /// Ideas that go wrong without ties, too.
  private static func sortedIdeas(_ oracle: RankingOracle) -> [Misconception<Float>] {
    let hits = oracle.hits()
    let ranks: [Double] = hits.indices.filter { hits[$0] }.map { Double($0 + 1) }
    let (matches, all) = (Double(ranks.count), Double(hits.count))
    /// The mean over the matches of what each is worth by its number, from 1, and its rank.
    func mean(_ worth: (_ number: Double, _ rank: Double) -> Double) -> Double {
      ranks.enumerated().map { worth(Double($0 + 1), $1) }.reduce(0, +) / matches
    }
    func among(_ count: Int) -> Double { Double(hits.prefix(count).count { $0 }) }
    let far = RankingOracle(distances: oracle.distances.map { -$0 }, isMatch: oracle.isMatch)
    let atAllRanks = hits.indices.map { among($0 + 1) / Double($0 + 1) }.reduce(0, +) / all
    return [
      idea("You sorted from the farthest on; a small distance is near.", far.mean),
      idea(
        "You did not sort: the gallery stands in any order.",
        RankingOracle.precision(oracle.isMatch)),
      idea(
        "You divided by the size of the gallery; the mean is over the matches.",
        oracle.mean * matches / all),
      idea("This is the sum over the matches; divide by their number.", oracle.mean * matches),
      idea("This is 1 over the rank of the first match; the others count, too.", 1 / ranks[0]),
      idea(
        "This is the precision at the last match alone; take the mean over all.",
        matches / ranks[ranks.count - 1]),
      idea(
        "This is the precision among as many pictures as there are matches; take the mean over all "
          + "matches.", among(ranks.count) / matches),
      idea(
        "You took the mean of the precisions at all ranks; only those with a match count.",
        atAllRanks),
      idea(
        "At a match the match itself counts, above the bar as below.",
        mean { number, rank in (number - 1) / rank }),
      idea(
        "Your ranks begin at 0 below the bar; the nearest has rank 1.",
        mean { number, rank in number / (rank - 1) }),
      idea(
        "This is the mean of 1 over the matches' ranks; a precision has the number of matches down to "
          + "there above the bar.", mean { _, rank in 1 / rank }),
      idea(
        "You averaged the precision before each match with that at it, as some programs do (the "
          + "trapezoid rule); here it is the one at the match.",
        mean { number, rank in
          let before = rank == 1 ? 1 : (number - 1) / (rank - 1)
          return (before + number / rank) / 2
        }),
      idea(
        "You divided whole numbers: 1 / 2 is 0 among them.",
        mean { number, rank in (number / rank).rounded(.down) }),
    ]
  }

  /// Ideas that go wrong at ties.
  private static func tiedIdeas(_ oracle: RankingOracle) -> [Misconception<Float>] {
    let best = RankingOracle.precision(oracle.optimistic)
    let worst = RankingOracle.precision(oracle.pessimistic)
    let unconditional =
      "You put m/n of a match at each of n tied places above a match. Given that one match stands "
      + "here, m − 1 others are left for n − 1 places."
    /// The mean, with so many matches down to a place of a group if a match stands there.
    func mean(_ found: @escaping (_ place: Double, _ share: Double) -> Double) -> Double {
      oracle.mean { seen, before, size, matches in
        let share = matches / size
        var sum = 0.0
        for place in 1...Int(size) {
          sum += share * (before + found(Double(place), share)) / (seen + Double(place))
        }
        return sum
      }
    }
    return [
      idea(
        "You left tied pictures in the order in which they came: that order is no part of the answer.",
        RankingOracle.precision(oracle.hits())),
      idea(
        "You turned the order in which tied pictures came: no order of theirs is part of the answer.",
        RankingOracle.precision(oracle.hits { $0.reversed() })),
      idea(
        "You put the matches before others that are equally far: that flatters; take the mean over all "
          + "orders.", best),
      idea(
        "You put the matches behind others that are equally far; take the mean over all orders.",
        worst),
      idea(
        "You took the mean of the best and the worst order of the tied; all orders count alike.",
        (best + worst) / 2),
      idea(
        "You gave all tied pictures the precision at the end of their group, as for a threshold; here "
          + "they stand one after another, in any order.",
        oracle.mean { seen, found, size, matches in matches * (found + matches) / (seen + size) }),
      idea(
        "You gave all tied pictures their mean rank; here they stand one after another, in any order.",
        oracle.mean { seen, found, size, matches in
          matches * (found + (matches + 1) / 2) / (seen + (size + 1) / 2)
        }),
      idea(unconditional, mean { place, share in place * share }),
      idea(unconditional, mean { place, share in 1 + (place - 1) * share }),
    ]
  }
}
