import Checkers
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter6Functions) -> Void
) -> Specimen<Chapter6Functions> {
  .mutant("6.4", name, says: sentence, chapter6Solutions, change)
}

private func probabilities(_ logits: [Float]) -> [Float] {
  let powers = logits.map { exp($0 - logits.max()!) }
  return powers.map { $0 / powers.reduce(0, +) }
}

/// The two gradients of the table, weighted, and whether the second replaces the first.
private func tied(
  head: Float, reading: Float, replaces: Bool = false
) -> @Sendable ([[Float]], Int, Int) throws -> [[Float]] {
  { table, input, target in
    let h = table[input]
    let slope = try chapter6Solutions.logitGradient(
      table.map { zip($0, h).map { $0 * $1 }.reduce(0, +) }, target)
    return table.indices.map { u in
      h.indices.map { axis in
        let scores = head * slope[u] * h[axis]
        let reads =
          u == input ? reading * zip(slope, table).map { $0 * $1[axis] }.reduce(0, +) : 0
        return replaces && u == input ? reads : scores + reads
      }
    }
  }
}

let tiedGradientSpecimens: [Specimen<Chapter6Functions>] = [
  .right("6.4", "finite differences in Double", chapter6Solutions) {
    $0.tiedGradient = { table, input, target in
      func loss(_ table: [[Double]]) -> Double {
        let z = table.map { zip($0, table[input]).map { $0 * $1 }.reduce(0, +) }
        let top = z.max()!
        return top + log(z.map { exp($0 - top) }.reduce(0, +)) - z[target]
      }
      let start = table.map { $0.map { Double($0) } }
      return table.indices.map { row in
        table[row].indices.map { axis in
          var (up, down) = (start, start)
          up[row][axis] += 1e-5
          down[row][axis] -= 1e-5
          return Float((loss(up) - loss(down)) / 2e-5)
        }
      }
    }
  },
  .right("6.4", "slopes through differences of logits", chapter6Solutions) {
    $0.logitGradient = { logits, target in
      logits.indices.map { u in
        1 / logits.map { exp($0 - logits[u]) }.reduce(0, +) - (u == target ? 1 : 0)
      }
    }
  },
  mutant("uphill", says: "uphill; the loss is −log P") {
    $0.logitGradient = { logits, target in
      probabilities(logits).enumerated().map { ($0.offset == target ? 1 : 0) - $0.element }
    }
  },
  mutant("forgets the target", says: "forgot to take 1 off") {
    $0.logitGradient = { logits, _ in probabilities(logits) }
  },
  mutant("only the target's slope", says: "Only the target's logit") {
    $0.logitGradient = { logits, target in
      probabilities(logits).enumerated().map { $0.offset == target ? $0.element - 1 : 0 }
    }
  },
  mutant("the probability's slope", says: "not of its logarithm") {
    $0.logitGradient = { logits, target in
      let p = probabilities(logits)
      return p.indices.map { p[target] * (p[$0] - ($0 == target ? 1 : 0)) }
    }
  },
  mutant("output layer only", says: "it also made h") {
    $0.tiedGradient = tied(head: 1, reading: 0)
  },
  mutant("embedding only", says: "it also scores the tokens") {
    $0.tiedGradient = tied(head: 0, reading: 1)
  },
  mutant("one replaces the other", says: "lacks one of its two shares") {
    $0.tiedGradient = tied(head: 1, reading: 1, replaces: true)
  },
  mutant("the embedding's sum leaves out the input", says: "lacks one of its two shares") {
    $0.tiedGradient = { table, input, target in
      var rows = try tied(head: 1, reading: 1)(table, input, target)
      let alone = try tied(head: 1, reading: 0)(table, input, target)
      rows[input] = zip(rows[input], alone[input]).map { $0 - $1 }
      return rows
    }
  },
  mutant("the embedding's share to the target", says: "the row that was read is") {
    $0.tiedGradient = { table, input, target in
      var rows = try tied(head: 1, reading: 0)(table, input, target)
      let share = try tied(head: 0, reading: 1)(table, input, target)[input]
      rows[target] = zip(rows[target], share).map { $0 + $1 }
      return rows
    }
  },
  mutant("a share for each row", says: "their sum belongs to one row") {
    $0.tiedGradient = { table, input, target in
      let h = table[input]
      let slopes = try chapter6Solutions.logitGradient(
        table.map { zip($0, h).map { $0 * $1 }.reduce(0, +) }, target)
      return zip(slopes, table).map { slope, row in zip(h, row).map { slope * ($0 + $1) } }
    }
  },
  mutant("averages the uses", says: "You halved the gradient") {
    $0.tiedGradient = tied(head: 0.5, reading: 0.5)
  },
  .unnamed("6.4", "a largest logit of 0 or more", chapter6Solutions) {
    $0.logitGradient = { logits, target in
      let top = max(0, logits.max()!)
      let powers = logits.map { exp($0 - top) }
      let total = powers.reduce(0, +)
      return powers.enumerated().map { $0.element / total - ($0.offset == target ? 1 : 0) }
    }
  },
  .right("6.4", "exp of logits less log Σ exp", chapter6Solutions) {
    $0.logitGradient = { logits, target in
      let top = logits.max()!
      let whole = top + log(logits.map { exp($0 - top) }.reduce(0, +))
      return logits.enumerated().map { exp($1 - whole) - ($0 == target ? 1 : 0) }
    }
  },
]
