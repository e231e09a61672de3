import Checkers
import ExerciseFunctions
import Foundation
import SolutionFunctions

/// Right answers to exercise 2.2 that are written differently.
let rightScoreSpecimens: [Specimen<Chapter2Functions>] = [
  .right("2.2", "PMI plus a shift of each column, in Float", chapter2Solutions) {
    let shift = $0.shiftsFromPMI
    $0.noiseDistribution = { counts, power in
      let logs = counts.map { $0 == 0 ? -Float.infinity : power * log(Float($0)) }
      let top = logs.max()!
      let powers = logs.map { exp($0 - top) }
      return powers.map { $0 / powers.reduce(0, +) }
    }
    $0.optimalScores = { counts, noise, k in
      guard let first = counts.first else { return [] }
      let words = counts.map { $0.map { Float($0) }.reduce(0, +) }
      let total = words.reduce(0, +)
      let contexts = first.indices.map { c in counts.reduce(0) { $0 + $1[c] } }
      // Only where a context comes and is drawn has it a shift.
      let plain = zip(contexts, noise).map { $0 > 0 && $1 > 0 }
      let known = contexts.indices.filter { plain[$0] }
      var moved = contexts.map { _ in Float(0) }
      let others = zip(contexts, noise).filter { !($0 > 0 && $1 > 0) }.map(\.0).reduce(0, +)
      for (place, value) in zip(
        known,
        try shift(
          known.map { contexts[$0] } + (others > 0 ? [others] : []),
          known.map { noise[$0] } + (others > 0 ? [1] : []), k))
      { moved[place] = value }
      return counts.indices.map { w in
        first.indices.map { c in
          if words[w] == 0 || noise[c] == 0 { return counts[w][c] > 0 ? .infinity : 0 }
          if counts[w][c] == 0 { return -.infinity }
          let pmi = log(Float(counts[w][c]) / words[w]) - log(Float(contexts[c]) / total)
          return pmi + moved[c]
        }
      }
    }
  },
  .right("2.2", "the loss at the scores, term by term", chapter2Solutions) {
    let scores = $0.optimalScores
    $0.leastLoss = { counts, noise, k in
      let x = try scores(counts, noise, k)
      var (sum, total) = (0.0, 0.0)
      for (w, row) in counts.enumerated() {
        let word = row.reduce(0.0) { $0 + Double($1) }
        total += word
        for (c, count) in row.enumerated() {
          let score = Double(x[w][c])
          if count > 0 { sum += Double(count) * log1p(exp(-score)) }
          let drawn = Double(k) * word * Double(noise[c])
          if drawn > 0 { sum += drawn * (score > 30 ? score : log1p(exp(score))) }
        }
      }
      return total > 0 ? Float(sum / total) : 0
    }
    $0.shiftsFromPMI = shifts { share, _, noise, k in log(share) - log(noise) - log(k) }
  },
]
