import Checkers
import ExerciseFunctions
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, also: [String] = [],
  _ change: (inout Chapter2Functions) -> Void
) -> Specimen<Chapter2Functions> {
  .mutant("2.2", name, says: sentence, also: also, chapter2Solutions, change)
}

private func shares(_ weights: [Double]) -> [Float] {
  let sum = weights.reduce(0, +)
  return weights.map { Float($0 / sum) }
}

/// A distribution from each count and the power.
private func noise(
  _ weight: @escaping @Sendable (_ count: Double, _ power: Double) -> Double
) -> @Sendable ([Int], Float) -> [Float] {
  { counts, power in shares(counts.map { weight(Double($0), Double(power)) }) }
}

/// What is known of one cell of a table.
private struct Cell {
  let pair: Double
  let word: Double
  let context: Double
  let total: Double
  let noise: Double
  let k: Double

  var odds: Double { pair / (k * word * noise) }
  var pmi: Double { log(pair * total / (word * context)) }
  var never: (data: Bool, noise: Bool) { (pair == 0, word * noise == 0) }
}

private func cells(_ counts: [[Int]], _ noise: [Float], _ k: Int) -> [[Cell]] {
  let total = counts.joined().map(Double.init).reduce(0, +)
  return counts.map { row in
    let word = row.map(Double.init).reduce(0, +)
    return row.indices.map { c in
      Cell(
        pair: Double(row[c]), word: word, context: counts.map { Double($0[c]) }.reduce(0, +),
        total: total, noise: Double(noise[c]), k: Double(k))
    }
  }
}

/// Scores cell by cell.
private func scores(
  _ score: @escaping @Sendable (Cell) -> Double
) -> @Sendable ([[Int]], [Float], Int) -> [[Float]] {
  { counts, noise, k in cells(counts, noise, k).map { $0.map { Float(score($0)) } } }
}

@Sendable private func best(_ cell: Cell) -> Double {
  cell.never == (true, true) ? 0 : log(cell.odds)
}

/// Shifts from the share of a context, its count, its noise and k.
func shifts(
  _ shift:
    @escaping @Sendable (_ share: Float, _ count: Float, _ noise: Float, _ k: Float) -> Float
) -> @Sendable ([Int], [Float], Int) -> [Float] {
  { counts, noise, k in
    let total = Float(counts.map(Double.init).reduce(0, +))
    return zip(counts, noise).map { shift(Float($0) / total, Float($0), $1, Float(k)) }
  }
}

/// A cell's terms of the least loss: for the data, and for the noise.
@Sendable private func terms(_ cell: Cell) -> (data: Double, noise: Double) {
  let (a, b) = (cell.pair, cell.k * cell.word * cell.noise)
  return (a == 0 ? 0 : a * log((a + b) / a), b == 0 ? 0 : b * log((a + b) / b))
}

/// A loss from all cells, by what each adds and by what the sum is divided.
private func loss(
  _ term: @escaping @Sendable (Cell) -> Double = { terms($0).data + terms($0).noise },
  over divisor: @escaping @Sendable ([[Cell]]) -> Double = { $0.first?.first?.total ?? 0 }
) -> @Sendable ([[Int]], [Float], Int) -> Float {
  { counts, noise, k in
    let all = cells(counts, noise, k)
    if (all.first?.first?.total ?? 0) == 0 { return 0 }
    return Float(all.joined().map(term).reduce(0, +) / divisor(all))
  }
}

/// A loss at some scores, term by term.
private func loss(
  at scores: @escaping @Sendable ([[Int]], [Float], Int) throws -> [[Float]]
) -> @Sendable ([[Int]], [Float], Int) throws -> Float {
  { counts, noise, k in
    let x = try scores(counts, noise, k)
    var (sum, total) = (0.0, 0.0)
    for (w, row) in cells(counts, noise, k).enumerated() {
      for (c, cell) in row.enumerated() {
        let score = Double(x[w][c])
        total += cell.pair
        if cell.pair > 0 { sum += cell.pair * log(1 + exp(-score)) }
        if !cell.never.noise { sum += cell.k * cell.word * cell.noise * log(1 + exp(score)) }
      }
    }
    return total > 0 ? Float(sum / total) : 0
  }
}

let shiftedPMISpecimens: [Specimen<Chapter2Functions>] = [
  mutant("the power is forgotten", says: "the power has changed nothing") {
    $0.noiseDistribution = noise { count, _ in count }
  },
  mutant("powers as they are", says: "Your numbers do not have the sum 1") {
    $0.noiseDistribution = { counts, power in
      counts.map { $0 == 0 ? 0 : Float(pow(Double($0), Double(power))) }
    }
  },
  mutant("powers of shares", says: "You took the power of the shares") {
    $0.noiseDistribution = { counts, power in
      shares(counts.map(Double.init)).map { $0 == 0 ? 0 : pow($0, power) }
    }
  },
  mutant("over the sum of counts", says: "You divided the powers by the sum of the counts") {
    $0.noiseDistribution = { counts, power in
      let sum = Double(counts.reduce(0, +))
      return counts.map { $0 == 0 ? 0 : Float(pow(Double($0), Double(power)) / sum) }
    }
  },
  mutant("the root", says: "You took the root that undoes the power") {
    $0.noiseDistribution = noise { count, power in count == 0 ? 0 : pow(count, 1 / power) }
  },
  mutant("even noise", says: "All contexts have the same probability") {
    $0.noiseDistribution = noise { _, _ in 1 }
  },
  mutant("0 to the power 0", says: "A context that never comes is drawn") {
    $0.noiseDistribution = noise { pow($0, $1) }
  },
  mutant("whole numbers", says: "You divided whole numbers") {
    $0.noiseDistribution = { counts, _ in counts.map { Float($0 / (counts.reduce(0, +) + 1)) } }
  },
  mutant("one more of each", says: "or added a little") {
    $0.noiseDistribution = noise { pow($0 + 1, $1) }
  },
  mutant("no log k", says: "log k is missing: with k negatives") {
    $0.optimalScores = scores { best($0) + log($0.k) }
  },
  mutant("plus log k", says: "You added log k; more negatives push the score down") {
    $0.optimalScores = scores { best($0) + 2 * log($0.k) }
  },
  mutant("minus k", says: "You took off k itself") {
    $0.optimalScores = scores { best($0) + log($0.k) - $0.k }
  },
  mutant("PMI − log k", says: "right for one noise, the contexts' own shares") {
    $0.optimalScores = scores { $0.pmi - log($0.k) }
  },
  mutant("PMI", says: "neither k nor the noise is in it") { $0.optimalScores = scores { $0.pmi } },
  mutant("log P(c | w)", says: "This is log P(c | w). How often") {
    $0.optimalScores = scores { log($0.pair / $0.word) }
  },
  mutant("log P(c | w) − log k", says: "This is log P(c | w) − log k. How often") {
    $0.optimalScores = scores { log($0.pair / $0.word / $0.k) }
  },
  mutant("odds", says: "These are the odds") { $0.optimalScores = scores { $0.odds } },
  mutant("σ", says: "This is σ of the best score") {
    $0.optimalScores = scores { $0.odds / (1 + $0.odds) }
  },
  mutant("turned", says: "You turned the fraction: what comes often as data") {
    $0.optimalScores = scores { -best($0) }
  },
  mutant("base 2", says: "another base; σ has the natural one") {
    $0.optimalScores = scores { best($0) / log(2) }
  },
  mutant("columns for rows", says: "You took the sum of the column for #(w)") {
    $0.optimalScores = scores { log($0.pair / ($0.k * $0.context * $0.noise)) }
  },
  mutant("all pairs for #(w)", says: "You took the number of all pairs for #(w)") {
    $0.optimalScores = scores { log($0.pair / ($0.k * $0.total * $0.noise)) }
  },
  mutant("no #(w)", says: "#(w) is missing: a word's noise") {
    $0.optimalScores = scores { log($0.pair / ($0.k * $0.noise)) }
  },
  mutant("skips hits", says: "You left out the noise that hits") {
    $0.optimalScores = scores { best($0) - log(1 - $0.pair / $0.word) }
  },
  mutant("positive PMI", says: "You cut at 0: positive PMI") {
    $0.optimalScores = scores { max(0, best($0)) }
  },
  mutant("0 for unseen pairs", says: "A pair that never comes as data, only as noise") {
    $0.optimalScores = scores { $0.pair == 0 ? 0 : best($0) }
  },
  mutant("a large number for unseen pairs", says: "A pair that never comes as data, only as noise")
  {
    $0.optimalScores = scores { $0.pair == 0 && !$0.never.noise ? -1e9 : best($0) }
  },
  mutant("an ε for unseen pairs", says: "A pair that never comes as data, only as noise") {
    $0.optimalScores = scores { log(($0.pair + 1e-9) / ($0.k * $0.word * $0.noise)) }
  },
  mutant("0 / 0", says: "Where a pair comes neither as data nor as noise") {
    $0.optimalScores = scores { log($0.odds) }
  },
  mutant("−∞ for 0 / 0", says: "Where a pair comes neither as data nor as noise") {
    $0.optimalScores = scores { $0.pair == 0 ? -.infinity : best($0) }
  },
  mutant("0 where nothing is drawn", says: "A pair that is never drawn as noise is only pushed up")
  {
    $0.optimalScores = scores { $0.never.noise ? 0 : best($0) }
  },
  mutant("another number for unseen pairs", says: "what is best if a is 0") {
    $0.optimalScores = scores { $0.pair == 0 && !$0.never.noise ? -5 - $0.word : best($0) }
  },
  mutant(
    "PMI − log k, with care for pairs that never come",
    says: "right for one noise, the contexts' own shares"
  ) {
    $0.optimalScores = scores {
      $0.pair == 0 || $0.never.noise ? best($0) : $0.pmi - log($0.k)
    }
  },
  mutant(
    "plus log k, with care for pairs that never come",
    says: "You added log k; more negatives push the score down"
  ) {
    $0.optimalScores = scores {
      $0.pair == 0 || $0.never.noise ? best($0) : best($0) + 2 * log($0.k)
    }
  },
  mutant(
    "right only where a pair never comes", says: "Pairs that never come have the right scores here"
  ) {
    // Right where the part before looks: no cell of its tables is 0.
    let sound = $0.optimalScores
    $0.optimalScores = { counts, noise, k in
      let all = try sound(counts, noise, k)
      return counts.joined().contains(0)
        ? all.enumerated().map { w, row in row.map { $0 == 0 ? 0 : $0 + Float(w + 1) / 4 } } : all
    }
  },
  mutant("the shift downward", says: "You took PMI − the best score") {
    $0.shiftsFromPMI = shifts { share, _, noise, k in log(noise / share) + log(k) }
  },
  mutant("no log k in the shift", says: "from PMI: The shifts are others.; log k is missing.") {
    $0.shiftsFromPMI = shifts { share, _, noise, _ in log(share / noise) }
  },
  mutant("plus log k in the shift", says: "more negatives push the scores down") {
    $0.shiftsFromPMI = shifts { share, _, noise, k in log(share / noise) + log(k) }
  },
  mutant("−log k for all", says: "This is −log k for all") {
    $0.shiftsFromPMI = shifts { _, _, _, k in -log(k) }
  },
  mutant("the fraction turned", says: "You turned the fraction: what is drawn more often") {
    $0.shiftsFromPMI = shifts { share, _, noise, k in log(noise / share) - log(k) }
  },
  mutant("the noise alone", says: "Only the noise is in your shift") {
    $0.shiftsFromPMI = shifts { _, _, noise, k in -log(noise) - log(k) }
  },
  mutant("the count for the share", says: "You took the context's count for its share") {
    $0.shiftsFromPMI = shifts { _, count, noise, k in log(count / noise) - log(k) }
  },
  mutant("a factor", says: "the shift is its logarithm") {
    $0.shiftsFromPMI = shifts { share, _, noise, k in share / noise / k }
  },
  mutant("the whole text's loss", says: "This is the loss over the whole text") {
    $0.leastLoss = loss(over: { _ in 1 })
  },
  mutant("over cells", says: "You divided by the number of cells") {
    $0.leastLoss = loss(over: { Double($0.joined().count) })
  },
  mutant("over words", says: "You divided by the number of words") {
    $0.leastLoss = loss(over: { Double($0.count) })
  },
  mutant("untrained", says: "This is the untrained loss") {
    $0.leastLoss = loss { $0.pair * (1 + $0.k) * log(2) }
  },
  mutant("data only", says: "The noise's terms are missing") {
    $0.leastLoss = loss { terms($0).data }
  },
  mutant("noise only", says: "The data's terms are missing") {
    $0.leastLoss = loss { terms($0).noise }
  },
  mutant("noise once", says: "You counted the noise once for each pair") {
    $0.leastLoss = { counts, noise, _ in loss()(counts, noise, 1) }
  },
  mutant("own shares for noise", says: "You took the contexts' own shares for the noise") {
    $0.leastLoss = { counts, noise, k in
      guard let first = counts.first else { return 0 }
      let contexts = first.indices.map { c in counts.map { Double($0[c]) }.reduce(0, +) }
      return loss()(counts, contexts.reduce(0, +) == 0 ? noise : shares(contexts), k)
    }
  },
  mutant("uphill", says: "This is uphill: all terms") {
    $0.leastLoss = loss { -terms($0).data - terms($0).noise }
  },
  mutant("noise subtracted", says: "You subtracted the noise's terms") {
    $0.leastLoss = loss { terms($0).data - terms($0).noise }
  },
  mutant("0 · ∞", says: "A pair that never comes gives 0 · ∞") {
    let sound = $0.leastLoss
    $0.leastLoss = { counts, noise, k in
      counts.joined().contains(0) && counts.joined().contains { $0 > 0 }
        ? .nan : try sound(counts, noise, k)
    }
  },
  mutant("a loss at wrong scores", says: "It is built on your optimalScores") {
    // Right where the parts before look.
    let sound = $0.optimalScores
    let wrong: @Sendable ([[Int]], [Float], Int) throws -> [[Float]] = { counts, noise, k in
      let all = try sound(counts, noise, k)
      return noise == [0.25, 0.75] ? all.map { $0.map { $0 + 1 } } : all
    }
    $0.optimalScores = wrong
    $0.leastLoss = loss(at: wrong)
  },
  mutant(
    "a loss at scores that are PMI − log k", says: "right for one noise, the contexts' own shares",
    also: ["It is built on your optimalScores"]
  ) {
    let wrong = scores { $0.pair == 0 || $0.never.noise ? best($0) : $0.pmi - log($0.k) }
    $0.optimalScores = wrong
    $0.leastLoss = loss(at: wrong)
  },
  mutant("divides by no pairs", says: "You divided by the number of pairs, which is 0") {
    let sound = $0.leastLoss
    $0.leastLoss = { $0.joined().contains { $0 > 0 } ? try sound($0, $1, $2) : .nan }
  },
  .undone(by: .equalRows, "2.2", "finds a row by its counts", chapter2Solutions) {
    let sound = $0.optimalScores
    $0.optimalScores = { counts, noise, k in
      let scores = try sound(counts, noise, k)
      return counts.enumerated().map { w, row in
        counts.firstIndex(of: row) == w ? scores[w] : scores[w].map { _ in 0 }
      }
    }
  },
  .undone(by: .equalRows, "2.2", "contexts by their noise", chapter2Solutions) {
    let sound = $0.shiftsFromPMI
    $0.shiftsFromPMI = { counts, noise, k in
      let all = try sound(counts, noise, k)
      return counts.indices.map { all[counts.firstIndex(of: counts[$0])!] }
    }
  },
  .undone(by: .sizes, "2.2", "eight contexts at most", chapter2Solutions) {
    $0.noiseDistribution = { counts, power in
      shares(counts.enumerated().map { $0 > 8 || $1 == 0 ? 0 : pow(Double($1), Double(power)) })
    }
  },
  .undone(by: .scale, "2.2", "counts of 32 bits", chapter2Solutions) {
    let sound = $0.optimalScores
    $0.optimalScores = { counts, noise, k in
      try sound(counts.map { $0.map { Int(Int32(truncatingIfNeeded: $0)) } }, noise, k)
    }
  },
]
