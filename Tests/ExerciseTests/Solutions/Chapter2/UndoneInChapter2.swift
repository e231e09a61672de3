import Checkers
import ExerciseFunctions
import Foundation
import SolutionFunctions

private func undone(
  _ exercise: String, by family: Family, _ name: String, told words: [String] = [],
  _ change: (inout Chapter2Functions) -> Void
) -> Specimen<Chapter2Functions> {
  .undone(by: family, exercise, name, told: words, chapter2Solutions, change)
}

/// What is said where a σ overflows.
private let expOfPositives = "whose exp only gets negative numbers"

private let solutions = chapter2Solutions

/// σ as some write it: ∞ / ∞ where the score is large.
private func unguarded(_ score: Float) -> Float { exp(score) / (1 + exp(score)) }

/// An inverse whose elimination swaps rows only where a 0 is in the way.
private func inverse(_ matrix: [[Float]]) -> [[Float]] {
  let size = matrix.count
  var rows = matrix.indices.map { row in
    matrix[row] + (0..<size).map { $0 == row ? 1 : 0 }
  }
  for column in 0..<size {
    let other = (column..<size).first { rows[$0][column] != 0 }!
    rows.swapAt(column, other)
    let own = rows[column][column]
    rows[column] = rows[column].map { $0 / own }
    for row in 0..<size where row != column {
      let factor = rows[row][column]
      rows[row] = zip(rows[row], rows[column]).map { $0 - factor * $1 }
    }
  }
  return rows.map { Array($0.dropFirst(size)) }
}

/// Answers that are right on ordinary inputs; more stand among each exercise's specimens.
let undoneInChapter2: [Specimen<Chapter2Functions>] = [
  undone("2.1", by: .stability, "the slopes' σ overflows", told: [expOfPositives]) {
    $0.skipGramPair = { v, u, negatives in
      var answer = try solutions.skipGramPair(v, u, negatives)
      let pull = unguarded(dot(v, u)) - 1
      answer.context = v.map { $0 * pull }
      answer.negatives = negatives.map { n in v.map { $0 * unguarded(dot(v, n)) } }
      return answer
    }
  },
  undone("2.1", by: .equalRows, "knows the context by its vector") {
    $0.skipGramPair = { v, u, negatives in
      var answer = try solutions.skipGramPair(v, u, negatives)
      for (place, n) in negatives.enumerated() where n == u {
        answer.negatives[place] = answer.context
      }
      return answer
    }
  },
  undone("2.1", by: .edges, "nothing to learn without negatives") {
    $0.skipGramPair = { v, u, negatives in
      if !negatives.isEmpty { return try solutions.skipGramPair(v, u, negatives) }
      return (0, v.map { _ in 0 }, u.map { _ in 0 }, [])
    }
  },
  undone(
    "2.2", by: .nearTies, "an ε beside a noise that is not 0",
    told: ["Pairs that never come have the right scores here"]
  ) {
    $0.optimalScores = { counts, noise, k in
      try solutions.optimalScores(counts, noise.map { $0 == 0 ? 0 : $0 + 1e-6 }, k)
    }
  },
  undone("2.2", by: .edges, "no pairs have the untrained loss") {
    $0.leastLoss = { counts, noise, k in
      counts.joined().contains { $0 > 0 }
        ? try solutions.leastLoss(counts, noise, k) : Float(1 + k) * log(2)
    }
  },
  undone("2.3", by: .edges, "no slopes for the negatives of an empty window") {
    $0.bagOfWords = { window, u, negatives in
      window.isEmpty
        ? (0, [], u.map { _ in 0 }, []) : try solutions.bagOfWords(window, u, negatives)
    }
  },
  undone("2.4", by: .equalRows, "where all are equally far, the share of matches") {
    $0.averagePrecision = { distances, isMatch in
      if distances.count > 1, Set(distances).count == 1 {
        return Float(isMatch.count { $0 }) / Float(isMatch.count)
      }
      return try solutions.averagePrecision(distances, isMatch)
    }
  },
  undone("2.5", by: .edges, "how many axes are left, by the size of a difference") {
    $0.leastReconstructionLoss = { eigenvalues, width in
      eigenvalues.sorted().prefix(abs(eigenvalues.count - width)).reduce(0, +)
    }
  },
  undone("2.5", by: .scale, "swaps rows only where a 0 is in the way") {
    $0.mixed = { encoder, decoder, mix in
      let back = inverse(mix)
      let mixed = decoder.map { row in
        mix.indices.map { column in dot(row, back.map { $0[column] }) }
      }
      return (try solutions.mixed(encoder, decoder, mix).encoder, mixed)
    }
  },
  undone("2.5", by: .sizes, "codes of up to six numbers") {
    $0.mixed = { encoder, decoder, mix in
      let right = try solutions.mixed(encoder, decoder, mix)
      return (
        right.encoder,
        right.decoder.map { row in row.enumerated().map { $0 < 6 ? $1 : decoder[0][$0] } }
      )
    }
  },
  undone("2.6", by: .nearTies, "changes below 1e-10 are none") {
    $0.changedParts = { names, before, after in
      names.indices.filter { place in
        zip(before[place], after[place]).contains { abs($0 - $1) > 1e-10 }
      }.map { names[$0] }
    }
  },
  undone("2.6", by: .edges, "takes a step before it counts the steps") {
    $0.frozenProbe = { pictures, labels, encoder, steps, rate in
      try solutions.frozenProbe(pictures, labels, encoder, max(1, steps), rate)
    }
  },
  undone("2.6", by: .stability, "the probe's σ overflows", told: [expOfPositives]) {
    $0.frozenProbe = { pictures, labels, encoder, steps, rate in
      let rows = try solutions.frozenFeatures(pictures, encoder)
      var (weights, bias) = (encoder.means.map { _ in Float(0) }, Float(0))
      for _ in 0..<steps {
        let slopes = zip(rows, labels).map { row, label in
          (unguarded(dot(weights, row) + bias) - Float(label)) / Float(labels.count)
        }
        for (slope, row) in zip(slopes, rows) {
          weights = zip(weights, row).map { $0 - rate * slope * $1 }
        }
        bias -= rate * slopes.reduce(0, +)
      }
      return (weights, bias)
    }
  },
]
