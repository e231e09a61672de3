import Checkers
import CourseData
import ExerciseFunctions
import Foundation
import SolutionFunctions
import TensorCore

private typealias Pair = Chapter3Functions.CellPair
private typealias Draw = @Sendable (Int, Int, inout Random) throws -> Pair

private func mutant(
  _ name: String, says sentence: String, also: [String] = [],
  _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .mutant("3.6", name, says: sentence, also: also, chapter3Solutions, change)
}

private func undone(
  by family: Family, _ name: String, told words: [String] = [],
  _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .undone(by: family, "3.6", name, told: words, chapter3Solutions, change)
}

/// Probabilities of the labels that come, by weights.
private func shares(_ labels: [Int], _ weights: [Float]) -> [Double] {
  var sums: [Int: Double] = [:]
  for (label, weight) in zip(labels, weights) { sums[label, default: 0] += Double(weight) }
  let total = sums.values.reduce(0, +)
  return sums.values.map { $0 / total }.filter { $0 > 0 }
}

private func entropy(_ shares: [Double]) -> Double {
  shares.filter { $0 > 0 }.map { -$0 * log($0) }.reduce(0, +)
}

/// A number from the labels' probabilities by a rule.
private func told(
  _ rule: @escaping @Sendable (_ shares: [Double]) -> Double
) -> @Sendable ([Int], [Float]) -> Float {
  { labels, weights in Float(rule(shares(labels, weights))) }
}

/// Weights by how often a pair's label comes, how many labels there are, and how many pairs.
private func weights(
  _ rule: @escaping @Sendable (_ times: Float, _ kinds: Float, _ pairs: Float) -> Float
) -> @Sendable ([Int]) -> [Float] {
  { labels in
    labels.map { label in
      rule(Float(labels.count { $0 == label }), Float(Set(labels).count), Float(labels.count))
    }
  }
}

private func neighbours(_ cell: Int, _ rows: Int, _ columns: Int) -> [Pair] {
  (0..<8).compactMap { label in
    let step = PatchLayout.direction(label)
    let (row, column) = (cell / columns + step.down, cell % columns + step.across)
    guard (0..<rows).contains(row), (0..<columns).contains(column) else { return nil }
    return (cell, row * columns + column, label)
  }
}

private func pairs(_ rows: Int, _ columns: Int) -> [Pair] {
  (0..<rows * columns).flatMap { neighbours($0, rows, columns) }
}

let unevenSamplerSpecimens: [Specimen<Chapter3Functions>] = [
  .right(
    "3.6", "log of the sum minus the mean log; a step, then a cell that can take it",
    chapter3Solutions
  ) {
    $0.lossWithoutLooking = { labels, weights in
      let largest = Double(weights.max()!)
      var sums = [Double](repeating: 0, count: 8)
      for (label, weight) in zip(labels, weights) { sums[label] += Double(weight) / largest }
      let total = sums.reduce(0, +)
      let products: [Double] = sums.filter { $0 > 0 }.map { $0 * log($0) }
      return Float(log(total) - products.reduce(0, +) / total)
    }
    $0.rightWithoutLooking = { labels, weights in
      let order = labels.indices.sorted { labels[$0] < labels[$1] }
      var (best, run, total) = (0.0, 0.0, 0.0)
      for (place, index) in order.enumerated() {
        if place > 0, labels[order[place - 1]] != labels[index] { run = 0 }
        run += Double(weights[index])
        total += Double(weights[index])
        best = max(best, run)
      }
      return Float(best / total)
    }
    $0.evenWeights = { labels in
      let raw = labels.map { label in 1 / Double(labels.count { $0 == label }) }
      let sum = raw.reduce(0, +)
      return raw.map { Float($0 / sum) }
    }
    // Tries labels and cells until they fit: each label waits as long as it is rare.
    $0.evenPair = { rows, columns, random in
      while true {
        let (down, across) = PatchLayout.direction(random.integer(below: 8))
        let (high, wide) = (rows - abs(down), columns - abs(across))
        if high < 1 || wide < 1 { continue }
        let (row, column) = (
          max(0, -down) + random.integer(below: high),
          max(0, -across) + random.integer(below: wide)
        )
        let place = 3 * down + across + 4
        return (
          row * columns + column, (row + down) * columns + column + across,
          place > 4 ? place - 1 : place
        )
      }
    }
  },
  mutant("without weights", says: "The weights are missing") {
    $0.lossWithoutLooking = { labels, _ in Float(entropy(shares(labels, labels.map { _ in 1 }))) }
  },
  mutant("in bits", says: "This is in bits") {
    $0.lossWithoutLooking = told { entropy($0) / log(2) }
  },
  mutant("below 0", says: "The sign is missing") {
    $0.lossWithoutLooking = told { -entropy($0) }
  },
  mutant("log 8", says: "This is log 8, the loss with even labels") {
    $0.lossWithoutLooking = { _, _ in log(8) }
  },
  mutant("log of how many labels", says: "the logarithm of the number of labels") {
    $0.lossWithoutLooking = { labels, _ in log(Float(Set(labels).count)) }
  },
  mutant("of the pairs", says: "You took the entropy of the pairs") {
    $0.lossWithoutLooking = { _, weights in
      Float(entropy(shares(Array(weights.indices), weights)))
    }
  },
  mutant("not divided", says: "You did not divide the weights by their sum") {
    $0.lossWithoutLooking = { labels, weights in
      let total = weights.map(Double.init).reduce(0, +)
      return Float(entropy(shares(labels, weights).map { $0 * total }))
    }
  },
  mutant("of the likeliest", says: "This is −log of the likeliest label's") {
    $0.lossWithoutLooking = told { -log($0.max()!) }
  },
  mutant("a plain mean", says: "You took the plain mean of −log P") {
    $0.lossWithoutLooking = told { $0.map { -log($0) }.reduce(0, +) / Double($0.count) }
  },
  mutant("0 log 0", says: "0 log 0 in your sum") {
    let right = $0.lossWithoutLooking
    $0.lossWithoutLooking = { labels, weights in
      let seen = Set(zip(labels, weights).filter { $0.1 > 0 }.map(\.0))
      return seen.count < 8 ? .nan : try right(labels, weights)
    }
  },
  mutant("each pair once", says: "Each pair counts once in your share") {
    $0.rightWithoutLooking = { labels, _ in
      Float(shares(labels, labels.map { _ in 1 }).max()!)
    }
  },
  mutant("an eighth", says: "This is 1/8") { $0.rightWithoutLooking = { _, _ in 0.125 } },
  mutant("one over the labels", says: "This is one over the number of labels") {
    $0.rightWithoutLooking = { labels, _ in 1 / Float(Set(labels).count) }
  },
  mutant("the likeliest pair", says: "This is the likeliest pair's share") {
    $0.rightWithoutLooking = { _, weights in
      Float(shares(Array(weights.indices), weights).max()!)
    }
  },
  mutant("a weight", says: "This is the likeliest label's weight") {
    $0.rightWithoutLooking = { labels, weights in
      Float(shares(labels, weights).max()! * weights.map(Double.init).reduce(0, +))
    }
  },
  mutant("guesses", says: "You guess with the labels' probabilities") {
    $0.rightWithoutLooking = told { $0.map { $0 * $0 }.reduce(0, +) }
  },
  mutant("by numbers of pairs", says: "by its number of pairs; the likeliest") {
    $0.rightWithoutLooking = { labels, weights in
      let label = (0..<8).max { one, two in
        let (a, b) = (labels.count { $0 == one }, labels.count { $0 == two })
        return a == b ? one > two : a < b
      }!
      let own = zip(labels, weights).filter { $0.0 == label }.map { Double($0.1) }.reduce(0, +)
      return Float(own / weights.map(Double.init).reduce(0, +))
    }
  },
  mutant("all alike", says: "All pairs have the same weight") {
    $0.evenWeights = weights { 1 / $2 + 0 * ($0 + $1) }
  },
  mutant("not brought to 1", says: "Your weights do not have the sum 1") {
    $0.evenWeights = weights { times, _, _ in 1 / times }
  },
  mutant("balanced as libraries do", says: "Your weights do not have the sum 1") {
    $0.evenWeights = weights { times, kinds, pairs in pairs / kinds / times }
  },
  mutant("eight labels", says: "You shared among eight labels") {
    $0.evenWeights = weights { times, _, _ in 1 / 8 / times }
  },
  mutant("more for the frequent", says: "A frequent label has the larger weights") {
    $0.evenWeights = weights { times, _, pairs in times / pairs }
  },
  mutant("a label's weight for each", says: "Each pair has its label's weight") {
    $0.evenWeights = weights { _, kinds, _ in 1 / kinds }
  },
  mutant("the first of each label", says: "Only the first pair of each label has a weight") {
    $0.evenWeights = { labels in
      labels.indices.map {
        labels.firstIndex(of: labels[$0]) == $0 ? 1 / Float(Set(labels).count) : 0
      }
    }
  },
  mutant("seen from the second", says: "Your label says where the first lies") {
    let right = $0.evenPair
    $0.evenPair = { rows, columns, random in
      let pair = try right(rows, columns, &random)
      return (pair.second, pair.first, pair.label)
    }
  },
  mutant("columns and rows", says: "Rows and columns have changed places in your grid") {
    let right = $0.evenPair
    $0.evenPair = { try right($1, $0, &$2) }
  },
  mutant("neighbours that are not there", says: "You took a neighbour for granted") {
    $0.evenPair = { rows, columns, random in
      let label = random.integer(below: 8)
      let step = PatchLayout.direction(label)
      let cell = random.integer(below: rows * columns)
      return (cell, cell + step.down * columns + step.across, label)
    }
  },
  mutant("from a copy", says: "Draw after draw gives the same pair; draw") {
    let right = $0.evenPair
    $0.evenPair = { rows, columns, random in
      var copy = random
      return try right(rows, columns, &copy)
    }
  },
  mutant("as the colleague", says: "You draw as the colleague does") {
    $0.evenPair = { rows, columns, random in
      let all = pairs(rows, columns)
      return all[random.integer(below: all.count)]
    }
  },
  mutant("a cell, then a neighbour", says: "labels are not even so, either") {
    $0.evenPair = { rows, columns, random in
      let own = neighbours(random.integer(below: rows * columns), rows, columns)
      return own[random.integer(below: own.count)]
    }
  },
  mutant("the first pair of a label", says: "always by the same pair of each") {
    $0.evenPair = { rows, columns, random in
      let all = pairs(rows, columns)
      let present = Set(all.map(\.label)).sorted()
      let label = present[random.integer(below: present.count)]
      return all.first { $0.label == label }!
    }
  },
  mutant("inner cells", says: "The first is always a cell with eight neighbours") {
    let right = $0.evenPair
    $0.evenPair = { rows, columns, random in
      let inner = (0..<rows * columns).map { neighbours($0, rows, columns) }.filter {
        $0.count == 8
      }
      if inner.isEmpty { return try right(rows, columns, &random) }
      let own = inner[random.integer(below: inner.count)]
      return own[random.integer(below: 8)]
    }
  },
  mutant("the system's own draws", says: "The same seed gave other pairs") {
    let right = $0.evenPair
    $0.evenPair = { rows, columns, _ in
      var system = SystemRandomNumberGenerator()
      var random = Random(seed: system.next())
      return try right(rows, columns, &random)
    }
  },
  undone(by: .scale, "sums of weights in Float") {
    $0.rightWithoutLooking = { labels, weights in
      let total = weights.reduce(0, +)
      var sums = [Float](repeating: 0, count: 8)
      for (label, weight) in zip(labels, weights) { sums[label] += weight }
      return sums.max()! / total
    }
  },
  undone(by: .sizes, "64 pairs at most") {
    let right = $0.evenWeights
    $0.evenWeights = { labels in
      try right(Array(labels.prefix(64))) + labels.dropFirst(64).map { _ in 0 }
    }
  },
  undone(by: .edges, "one pair of a strip") {
    let right = $0.evenPair
    $0.evenPair = { rows, columns, random in
      if rows > 1 && columns > 1 { return try right(rows, columns, &random) }
      return (0, 1, 4)
    }
  },
  undone(by: .chance, "a label from the order of a Set", told: ["The same seed gave other pairs"]) {
    $0.evenPair = { rows, columns, random in
      let all = pairs(rows, columns)
      // The order of a Set is another one in each process; in one process a draw stands for it.
      let present = Set(all.map(\.label)).shuffled()
      let label = present[random.integer(below: present.count)]
      let own = all.filter { $0.label == label }
      return own[random.integer(below: own.count)]
    }
  },
]
