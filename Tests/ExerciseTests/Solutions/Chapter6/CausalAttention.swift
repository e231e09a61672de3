import Checkers
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter6Functions) -> Void
) -> Specimen<Chapter6Functions> {
  .mutant("6.2", name, says: sentence, chapter6Solutions, change)
}

/// Weights with a mask, a scale, and the largest score of those that `guards` names taken off.
private func weights(
  scale: @escaping @Sendable (Int) -> Float = { 1 / Float($0).squareRoot() },
  guardsHidden: Bool = false,
  visible: @escaping @Sendable (_ i: Int, _ j: Int) -> Bool = { $1 <= $0 },
  masksAfter: Bool = false
) -> @Sendable ([[Float]], [[Float]]) -> [[Float]] {
  { queries, keys in
    queries.indices.map { i in
      let scores = keys.map { key in
        zip(queries[i], key).map { $0 * $1 }.reduce(0, +) * scale(key.count)
      }
      let counted =
        guardsHidden ? scores : keys.indices.filter { visible(i, $0) }.map { scores[$0] }
      let largest = counted.max() ?? 0
      let powers = scores.map { exp($0 - largest) }
      let shown = powers.indices.map { visible(i, $0) ? powers[$0] : 0 }
      let total = (masksAfter ? powers : shown).reduce(0, +)
      // A row in which nothing is visible stays empty.
      return counted.isEmpty ? shown : shown.map { $0 / total }
    }
  }
}

/// Softmax of all scores of a row, each changed first.
private func softmaxes(
  _ changed: @escaping @Sendable (_ i: Int, _ j: Int, _ score: Float) -> Float
) -> @Sendable ([[Float]], [[Float]]) -> [[Float]] {
  { queries, keys in
    queries.indices.map { i in
      let scores = keys.indices.map { j in
        let product = zip(queries[i], keys[j]).map { $0 * $1 }.reduce(0, +)
        return changed(i, j, product / Float(keys[j].count).squareRoot())
      }
      let powers = scores.map { exp($0 - scores.max()!) }
      return powers.map { $0 / powers.reduce(0, +) }
    }
  }
}

let causalAttentionSpecimens: [Specimen<Chapter6Functions>] = [
  .right("6.2", "−∞ in a matrix, in Double", chapter6Solutions) {
    $0.causalWeights = { queries, keys in
      queries.indices.map { i in
        let scores = keys.indices.map { j -> Double in
          if j > i { return -.infinity }
          var sum = 0.0
          for (a, b) in zip(queries[i], keys[j]) { sum += Double(a) * Double(b) }
          return sum / Double(keys[j].count).squareRoot()
        }
        let largest = scores.max()!
        let powers = scores.map { exp($0 - largest) }
        let total = powers.reduce(0, +)
        return powers.map { Float($0 / total) }
      }
    }
  },
  .right("6.2", "values mixed column by column, from the last", chapter6Solutions) {
    $0.mixedValues = { weights, values in
      var result = weights.map { _ in (values.first ?? []).map { _ in Float(0) } }
      for j in values.indices.reversed() {
        for i in weights.indices {
          for axis in values[j].indices { result[i][axis] += values[j][axis] * weights[i][j] }
        }
      }
      return result
    }
  },
  mutant("sees the next token", says: "see the next one as well") {
    $0.causalWeights = weights(visible: { $1 <= $0 + 1 })
  },
  mutant("does not see itself", says: "A token may look at itself") {
    $0.causalWeights = weights(visible: { $1 < $0 })
  },
  mutant("does not see itself, −∞", says: "A token may look at itself") {
    $0.causalWeights = softmaxes { i, j, score in j < i ? score : -.infinity }
  },
  mutant("does not see itself, −10⁹", says: "A token may look at itself") {
    $0.causalWeights = softmaxes { i, j, score in j < i ? score : -1e9 }
  },
  mutant("hidden scores of 0", says: "exp(0) is 1") {
    $0.causalWeights = softmaxes { i, j, score in j <= i ? score : 0 }
  },
  mutant("hidden scores of 0, then zeros", says: "exp(0) is 1") {
    let blurred = softmaxes { i, j, score in j <= i ? score : 0 }
    $0.causalWeights = { queries, keys in
      blurred(queries, keys).enumerated().map { i, row in
        row.enumerated().map { j, weight in j <= i ? weight : 0 }
      }
    }
  },
  mutant("looks forward", says: "Your mask is turned round") {
    $0.causalWeights = weights(visible: { $1 >= $0 })
  },
  mutant("no mask", says: "There is no mask") {
    $0.causalWeights = weights(visible: { _, _ in true })
  },
  mutant("masks after the softmax", says: "masked after the softmax") {
    $0.causalWeights = weights(guardsHidden: true, masksAfter: true)
  },
  mutant("no root", says: "forgot to divide the scores") {
    $0.causalWeights = weights(scale: { _ in 1 })
  },
  mutant("divides by the width", says: "it is its root") {
    $0.causalWeights = weights(scale: { 1 / Float($0) })
  },
  mutant("the root of the tokens", says: "root of the number of tokens") {
    $0.causalWeights = { queries, keys in
      let scale = (Float(queries.first?.count ?? 1) / Float(max(1, keys.count))).squareRoot()
      return try chapter6Solutions.causalWeights(queries.map { $0.map { $0 * scale } }, keys)
    }
  },
  mutant("takes off a hidden score", says: "score of hidden tokens too") {
    $0.causalWeights = weights(guardsHidden: true)
  },
  mutant("columns for rows", says: "over the rows of the weights") {
    $0.mixedValues = { weights, values in
      weights.indices.map { i in
        (values.first ?? []).indices.map { axis in
          values.indices.map { weights[$0][i] * values[$0][axis] }.reduce(0, +)
        }
      }
    }
  },
  mutant("sums the past only", says: "left out the values behind token i") {
    let mixed = $0.mixedValues
    $0.mixedValues = { weights, values in
      try mixed(
        weights.enumerated().map { i, row in
          row.enumerated().map { j, weight in j <= i ? weight : 0 }
        }, values)
    }
  },
  mutant("a mean on top", says: "the weights sum to 1 already") {
    let mixed = $0.mixedValues
    $0.mixedValues = { weights, values in
      try mixed(weights, values).map { $0.map { $0 / Float(weights.count) } }
    }
  },
  mutant("hidden scores of −100", says: "A hidden score must be lower than every visible one") {
    $0.causalWeights = softmaxes { i, j, score in j <= i ? score : -100 }
  },
  mutant("hidden scores of −1,000", says: "A hidden score must be lower than every visible one") {
    $0.causalWeights = softmaxes { i, j, score in j <= i ? score : -1000 }
  },
  .unnamed("6.2", "always divides by 2", chapter6Solutions) {
    $0.causalWeights = weights(scale: { _ in 0.5 })
  },
  .unnamed("6.2", "a whole root", chapter6Solutions) {
    $0.causalWeights = weights(scale: { 1 / Float($0).squareRoot().rounded(.down) })
  },
  mutant("mixes with weights that sum to 1", says: "You divided by the sum of the row's weights") {
    $0.mixedValues = { weights, values in
      weights.map { row in
        (values.first ?? []).indices.map { axis in
          zip(row, values).map { $0 * $1[axis] }.reduce(0, +) / row.reduce(0, +)
        }
      }
    }
  },
  mutant("a softmax down the columns", says: "runs down the columns") {
    $0.causalWeights = { queries, keys in
      let powers = queries.indices.map { i in
        keys.indices.map { j in
          let score = zip(queries[i], keys[j]).map { $0 * $1 }.reduce(0, +)
          return j <= i ? exp(score / Float(keys[j].count).squareRoot()) : 0
        }
      }
      return powers.map { row in
        row.indices.map { j in row[j] / powers.map { $0[j] }.reduce(0, +) }
      }
    }
  },
  .right("6.2", "exp of scores less log Σ exp", chapter6Solutions) {
    $0.causalWeights = { queries, keys in
      queries.indices.map { i in
        let scores = keys[...i].map { key in
          // The root first, and the products from the last on.
          zip(queries[i], key).reversed().reduce(Float(0)) {
            $0 + $1.0 / Float(key.count).squareRoot() * $1.1
          }
        }
        let top = scores.max()!
        let whole = top + log(scores.map { exp($0 - top) }.reduce(0, +))
        return keys.indices.map { $0 <= i ? exp(scores[$0] - whole) : 0 }
      }
    }
  },
]
