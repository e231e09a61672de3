import Checkers
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter8Functions) -> Void
) -> Specimen<Chapter8Functions> {
  .mutant("8.3", name, says: sentence, chapter8Solutions, change)
}

private func logSum(_ exponents: [Float]) -> Float {
  let top = exponents.max() ?? 0
  return top + log(exponents.map { exp($0 - top) }.reduce(0, +))
}

/// What an answer makes of the positives' exponents, those below the bar, and all exponents.
private func several(
  exponent: @escaping @Sendable (_ similarity: Float, _ t: Float) -> Float = { $0 / $1 },
  _ combine:
    @escaping @Sendable (
      _ positives: [Float], _ negatives: [Float], _ anchor: Float
    ) -> Float
) -> @Sendable ([Float], [Int], Int, Float) -> Float {
  { s, patients, anchor, temperature in
    let e = s.map { exponent($0, temperature) }
    let others = s.indices.filter { $0 != anchor }
    let positives = others.filter { patients[$0] == patients[anchor] }.map { e[$0] }
    let negatives = others.filter { patients[$0] != patients[anchor] }.map { e[$0] }
    return positives.isEmpty ? 0 : combine(positives, negatives, e[anchor])
  }
}

private func mean(_ numbers: [Float]) -> Float { numbers.reduce(0, +) / Float(numbers.count) }

/// A batch's loss from the anchors' losses, their patients and numbers of positives.
private func batch(
  _ combine: @escaping @Sendable (_ losses: [Float], _ patients: [Int], _ counts: [Int]) -> Float
) -> @Sendable ([[Float]], [Int], Float) throws -> Float {
  { rows, patients, temperature in
    let losses = try rows.indices.map {
      try chapter8Solutions.severalPositivesLoss(rows[$0], patients, $0, temperature)
    }
    let counts = patients.map { patient in patients.count { $0 == patient } - 1 }
    return counts.allSatisfy { $0 == 0 } ? 0 : combine(losses, patients, counts)
  }
}

let severalPositivesSpecimens: [Specimen<Chapter8Functions>] = [
  .right("8.3", "one positive at a time, in Double", chapter8Solutions) {
    $0.severalPositivesLoss = { s, patients, anchor, temperature in
      var (sum, count) = (0.0, 0.0)
      for p in s.indices where p != anchor && patients[p] == patients[anchor] {
        var ratio = 0.0
        for k in s.indices where k != anchor { ratio += exp(Double((s[k] - s[p]) / temperature)) }
        sum += log(ratio)
        count += 1
      }
      return count == 0 ? 0 : Float(sum / count)
    }
  },
  .right("8.3", "the mean exponent, and weights of 0 and 1", chapter8Solutions) {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      logSum(negatives + positives) - mean(positives)
    }
    $0.meanOverAnchors = batch { losses, _, counts in
      let weights = counts.map { Float(min($0, 1)) }
      return zip(losses, weights).map { $0 * $1 }.reduce(0, +) / weights.reduce(0, +)
    }
  },
  mutant("the mean inside the logarithm", says: "the mean of the positives' probabilities") {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      logSum(positives + negatives) - logSum(positives) + log(Float(positives.count))
    }
  },
  mutant("any of the positives", says: "any of the positives is chosen") {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      logSum(positives + negatives) - logSum(positives)
    }
  },
  mutant("the sum over positives", says: "You summed over the positives") {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      (logSum(positives + negatives) - mean(positives)) * Float(positives.count)
    }
  },
  mutant("divides by all views", says: "the mean is over the positives") {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      (logSum(positives + negatives) - mean(positives)) * Float(positives.count)
        / Float(positives.count + negatives.count + 1)
    }
  },
  mutant("the anchor below the bar", says: "the anchor among the views below the bar") {
    $0.severalPositivesLoss = several { positives, negatives, anchor in
      logSum(positives + negatives + [anchor]) - mean(positives)
    }
  },
  mutant("the anchor its own positive", says: "among its own positives") {
    $0.severalPositivesLoss = several { positives, negatives, anchor in
      logSum(positives + negatives) - mean(positives + [anchor])
    }
  },
  mutant("the first positive", says: "You took one positive") {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      logSum(positives + negatives) - positives[0]
    }
  },
  mutant("other positives not below the bar", says: "only itself and the negatives") {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      mean(positives.map { logSum(negatives + [$0]) - $0 })
    }
  },
  mutant("no positives below the bar", says: "The positives are missing below the bar") {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      logSum(negatives) - mean(positives)
    }
  },
  mutant("no temperature", says: "You forgot the temperature") {
    $0.severalPositivesLoss = several(exponent: { s, _ in s }) { positives, negatives, _ in
      logSum(negatives + positives) - mean(positives)
    }
  },
  mutant("times the temperature", says: "multiplied by the temperature") {
    $0.severalPositivesLoss = several(exponent: { $0 * $1 }) { positives, negatives, _ in
      logSum(negatives + positives) - mean(positives)
    }
  },
  mutant("uphill", says: "the mean of log P, uphill") {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      mean(positives) - logSum(negatives + positives)
    }
  },
  mutant("exp of large numbers", says: "exp(1 / 0.01) is too large") {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      let total = (positives + negatives).map { exp($0) }.reduce(0, +)
      return mean(positives.map { -log(exp($0) / total) })
    }
  },
  mutant("divides by no positives", says: "the number of positives, which is 0") {
    let sound = $0.severalPositivesLoss
    $0.severalPositivesLoss = { s, patients, anchor, temperature in
      patients.count { $0 == patients[anchor] } == 1
        ? .nan : try sound(s, patients, anchor, temperature)
    }
  },
  mutant("the mean over all views", says: "those without a positive do not count") {
    $0.meanOverAnchors = batch { losses, _, _ in mean(losses) }
  },
  mutant("the sum over anchors", says: "This is the sum over the anchors") {
    $0.meanOverAnchors = batch { losses, _, _ in losses.reduce(0, +) }
  },
  mutant("a mean of patients' means", says: "a mean for each patient") {
    $0.meanOverAnchors = batch { losses, patients, counts in
      let paired = Set(patients.indices.filter { counts[$0] > 0 }.map { patients[$0] })
      return mean(
        paired.map { patient in
          mean(patients.indices.filter { patients[$0] == patient }.map { losses[$0] })
        })
    }
  },
  mutant("the mean over pairs", says: "the mean over all pairs") {
    $0.meanOverAnchors = batch { losses, _, counts in
      zip(losses, counts).map { $0 * Float($1) }.reduce(0, +) / Float(counts.reduce(0, +))
    }
  },
  mutant("divides by patients", says: "divided by the number of patients") {
    $0.meanOverAnchors = batch { losses, patients, _ in
      losses.reduce(0, +) / Float(Set(patients).count)
    }
  },
  mutant("leaves out losses of 0", says: "You left out the anchors whose loss is 0") {
    $0.meanOverAnchors = batch { losses, _, _ in
      let some = losses.filter { $0 != 0 }
      return some.isEmpty ? 0 : some.reduce(0, +) / Float(some.count)
    }
  },
  mutant("the mean of wrong losses", says: "the mean of your anchors' losses") {
    // Right where the first parts look, and wrong in the first batch.
    let sound = $0.severalPositivesLoss
    let wrong: @Sendable ([Float], [Int], Int, Float) throws -> Float = {
      $0 == [1, 0, 0] ? 3 : try sound($0, $1, $2, $3)
    }
    $0.severalPositivesLoss = wrong
    $0.meanOverAnchors = { rows, patients, temperature in
      let paired = rows.indices.filter { i in patients.count { $0 == patients[i] } > 1 }
      return try paired.map { try wrong(rows[$0], patients, $0, temperature) }.reduce(0, +)
        / Float(max(1, paired.count))
    }
  },
  mutant("takes off the anchor's own exponent", says: "or what is left of it, is too small") {
    $0.severalPositivesLoss = several { positives, negatives, anchor in
      anchor + log((positives + negatives).map { exp($0 - anchor) }.reduce(0, +)) - mean(positives)
    }
  },
  mutant("takes off the positive's exponent", says: "and exp(−2 / 0.01) too small") {
    $0.severalPositivesLoss = several { positives, negatives, _ in
      mean(
        positives.map { own in log((positives + negatives).map { exp($0 - own) }.reduce(0, +)) })
    }
  },
]
