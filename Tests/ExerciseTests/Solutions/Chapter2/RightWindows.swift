import Checkers
import ExerciseFunctions
import Foundation
import SolutionFunctions

/// Right answers to exercise 2.3 that are written differently.
let rightWindowSpecimens: [Specimen<Chapter2Functions>] = [
  .right("2.3", "differences of the loss, in Double", chapter2Solutions) {
    @Sendable func loss(_ rows: [[Double]], _ u: [Double], _ negatives: [[Double]]) -> Double {
      let count = Double(rows.count)
      let h = u.indices.map { axis in rows.map { $0[axis] / count }.reduce(0, +) }
      func paid(_ row: [Double], _ sign: Double) -> Double {
        let s = sign * zip(h, row).map { $0 * $1 }.reduce(0, +)
        return s < -30 ? -s : log1p(exp(-s))
      }
      return paid(u, 1) + negatives.map { paid($0, -1) }.reduce(0, +)
    }
    @Sendable func slopes(_ rows: [[Double]], _ loss: ([[Double]]) -> Double) -> [[Float]] {
      rows.indices.map { row in
        rows[row].indices.map { axis in
          var (up, down) = (rows, rows)
          up[row][axis] += 1e-5
          down[row][axis] -= 1e-5
          return Float((loss(up) - loss(down)) / 2e-5)
        }
      }
    }
    $0.bagOfWords = { window, u, negatives in
      let (rows, center) = (window.map { $0.map(Double.init) }, u.map(Double.init))
      let others = negatives.map { $0.map(Double.init) }
      if rows.isEmpty { return (0, [], scaled(u, 0), negatives.map { scaled($0, 0) }) }
      return (
        Float(loss(rows, center, others)), slopes(rows) { loss($0, center, others) },
        slopes([center]) { loss(rows, $0[0], others) }[0],
        slopes(others) { loss(rows, center, $0) }
      )
    }
  },
  .right("2.3", "a running sum, and a table by counts", chapter2Solutions) {
    $0.windowWords = { sentence, place, halfWidth in
      var words: [Int] = []
      for (index, word) in sentence.enumerated() where index != place {
        if (index - place).magnitude <= UInt(halfWidth) { words.append(word) }
      }
      return words
    }
    @Sendable func slopes(
      _ h: [Float], _ u: [Float], _ negatives: [[Float]]
    ) -> (loss: Float, h: [Float], u: [Float], negatives: [[Float]]) {
      var (loss, slope, rows): (Float, [Float], [[Float]]) = (0, scaled(h, 0), [])
      for (row, label) in [(u, Float(1))] + negatives.map({ ($0, 0) }) {
        let score = zip(h, row).map { $0 * $1 }.reduce(0, +)
        let signed = label == 1 ? score : -score
        loss += signed < 0 ? log(1 + exp(signed)) - signed : log(1 + exp(-signed))
        let error = 1 / (1 + exp(-score)) - label
        slope = zip(slope, row).map { $0 + error * $1 }
        rows.append(scaled(h, error))
      }
      return (loss, slope, rows[0], Array(rows.dropFirst()))
    }
    $0.bagOfWords = { window, u, negatives in
      var total = scaled(u, 0)
      for row in window { total = zip(total, row).map { $0 + $1 } }
      let share = window.isEmpty ? 0 : 1 / Float(window.count)
      let all = slopes(scaled(total, share), u, negatives)
      return (
        window.isEmpty ? 0 : all.loss, window.map { _ in scaled(all.h, share) }, all.u,
        all.negatives
      )
    }
    $0.tableGradient = { table, words, u, negatives in
      let shares = table.indices.map { row in
        Float(words.count { $0 == row }) / Float(max(1, words.count))
      }
      var h = scaled(u, 0)
      for (row, share) in zip(table, shares) { h = zip(h, row).map { $0 + share * $1 } }
      let slope = slopes(h, u, negatives).h
      return shares.map { scaled(slope, $0) }
    }
  },
]
