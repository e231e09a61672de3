import Checkers
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter1Functions) -> Void
) -> Specimen<Chapter1Functions> {
  .mutant("1.4", name, says: sentence, chapter1Solutions, change)
}

private func right(_ name: String, _ change: (inout Chapter1Functions) -> Void)
  -> Specimen<Chapter1Functions>
{
  .right("1.4", name, chapter1Solutions, change)
}

private func softmax(_ row: [Float]) -> [Float] {
  let powers = row.map { exp($0 - row.max()!) }
  return powers.map { $0 / powers.reduce(0, +) }
}

/// The loss with every choice that can go wrong as a parameter; the defaults are right.
private func loss(
  target: @escaping @Sendable ([Float]) -> [Float] = hard,
  isCounted: @escaping @Sendable ([Float]) -> Bool = { _ in true },
  divisor: @escaping @Sendable (_ own: Int, _ all: Int) -> Int = { own, _ in own },
  gradientWeight: @escaping @Sendable (Float) -> Float = { $0 },
  lossWeight: @escaping @Sendable (Float) -> Float = { $0 }
)
  -> @Sendable ([[Float]], [Int], [[Float]], Float) -> (
    loss: Float, labelledGradient: [[Float]], unlabelledGradient: [[Float]]
  )
{
  { labelled, labels, unlabelled, weight in
    func term(_ rows: [[Float]], _ targets: [[Float]], _ counted: [Bool]) -> (Float, [[Float]]) {
      var sum: Float = 0
      var gradient: [[Float]] = []
      let count = Float(max(1, divisor(rows.count, labelled.count + unlabelled.count)))
      for (index, row) in rows.enumerated() {
        let factor: Float = counted[index] ? 1 / count : 0
        let policy = softmax(row)
        for (place, goal) in targets[index].enumerated() where goal > 0 {
          let logs = row[place] - row.max()! - log(row.map { exp($0 - row.max()!) }.reduce(0, +))
          sum -= factor * goal * logs
        }
        gradient.append(zip(policy, targets[index]).map { factor * ($0 - $1) })
      }
      return (sum, gradient)
    }
    let known = term(
      labelled,
      zip(labelled, labels).map { row, label in row.indices.map { $0 == label ? 1 : 0 } },
      labelled.map { _ in true })
    let guessed = term(unlabelled, unlabelled.map(target), unlabelled.map(isCounted))
    return (
      known.0 + lossWeight(weight) * guessed.0, known.1,
      guessed.1.map { $0.map { gradientWeight(weight) * $0 } }
    )
  }
}

@Sendable private func hard(_ row: [Float]) -> [Float] {
  let best = row.firstIndex(of: row.max()!)
  return row.indices.map { $0 == best ? 1 : 0 }
}

let pseudoLabelsSpecimens: [Specimen<Chapter1Functions>] = [
  right("targets as one-hot rows") { $0.pseudoLabelLoss = loss() },
  right("the ramp by clamping, in Double") {
    $0.unlabelledWeight = { step, start, end, final in
      if start == end { return step < start ? 0 : final }
      return Float(min(1, max(0, Double(step - start) / Double(end - start))) * Double(final))
    }
  },
  mutant("the ramp does not stop", says: "goes on after its end") {
    $0.unlabelledWeight = { step, start, end, final in
      if step < start { return 0 }
      return start == end ? final : final * Float(step - start) / Float(end - start)
    }
  },
  mutant("the ramp begins too low", says: "is below 0 there") {
    $0.unlabelledWeight = { step, start, end, final in
      if step >= end { return final }
      return final * Float(step - start) / Float(end - start)
    }
  },
  mutant("the ramp begins at step 0", says: "begins at step 0") {
    $0.unlabelledWeight = { step, _, end, final in
      final * min(1, Float(step) / Float(max(1, end)))
    }
  },
  mutant("divides whole numbers", says: "You divided whole numbers") {
    $0.unlabelledWeight = { step, start, end, final in
      if step >= end { return final }
      return step < start ? 0 : final * Float((step - start) / (end - start))
    }
  },
  mutant("no ramp", says: "There is no ramp") {
    $0.unlabelledWeight = { _, _, _, final in final }
  },
  mutant("soft targets", says: "(soft labels)") {
    $0.pseudoLabelLoss = loss(target: { softmax($0) })
  },
  mutant("a threshold of confidence", says: "That is FixMatch") {
    $0.pseudoLabelLoss = loss(isCounted: { softmax($0).max()! >= 0.95 })
  },
  mutant("no weight in the loss", says: "has no weight in your loss") {
    $0.pseudoLabelLoss = loss(lossWeight: { _ in 1 })
  },
  mutant("no weight in the gradient", says: "gradient lacks the weight") {
    $0.pseudoLabelLoss = loss(gradientWeight: { _ in 1 })
  },
  mutant("divides by all rows", says: "the number of all rows") {
    $0.pseudoLabelLoss = loss(divisor: { _, all in all })
  },
  mutant("adds instead of taking means", says: "You added the rows' losses") {
    $0.pseudoLabelLoss = loss(divisor: { _, _ in 1 })
  },
  mutant("the last of two equal logits", says: "you took the higher") {
    $0.pseudoLabelLoss = loss(target: { row in
      let best = row.lastIndex(of: row.max()!)
      return row.indices.map { $0 == best ? 1 : 0 }
    })
  },
  mutant("exp without subtracting the largest", says: "exp of a large number") {
    let solution = $0.pseudoLabelLoss
    $0.pseudoLabelLoss = { labelled, labels, unlabelled, weight in
      let isSmall = (labelled + unlabelled).allSatisfy { $0.allSatisfy { abs($0) < 88 } }
      let result = try solution(labelled, labels, unlabelled, weight)
      return isSmall ? result : (.nan, result.labelledGradient, result.unlabelledGradient)
    }
  },
  mutant("a largest logit of 0 or more", says: "exp of a large number") {
    let solution = $0.pseudoLabelLoss
    $0.pseudoLabelLoss = { labelled, labels, unlabelled, weight in
      let isLow = (labelled + unlabelled).contains { $0.max()! < -100 }
      let result = try solution(labelled, labels, unlabelled, weight)
      return isLow ? (.nan, result.labelledGradient, result.unlabelledGradient) : result
    }
  },
  mutant("an ε in the logarithm", says: "a small number inside the logarithm") {
    $0.pseudoLabelLoss = { labelled, labels, unlabelled, weight in
      let right = try chapter1Solutions.pseudoLabelLoss(labelled, labels, unlabelled, weight)
      func mean(_ rows: [[Float]], _ labels: [Int]) -> Float {
        zip(rows, labels).map { -log(softmax($0)[$1] + 1e-5) }.reduce(0, +)
          / Float(max(1, rows.count))
      }
      let guessed = unlabelled.map { $0.firstIndex(of: $0.max()!)! }
      return (
        mean(labelled, labels) + weight * mean(unlabelled, guessed), right.labelledGradient,
        right.unlabelledGradient
      )
    }
  },
  mutant("subtracts steps as Floats", says: "You made step and rampStart Floats before") {
    $0.unlabelledWeight = { step, start, end, final in
      if step >= end { return final }
      return step < start
        ? 0 : final * (Float(step) - Float(start)) / (Float(end) - Float(start))
    }
  },
  right("what is missing at the end of the ramp") {
    $0.unlabelledWeight = { step, start, end, final in
      if step >= end { return final }
      return step < start ? 0 : final - final * Float(end - step) / Float(end - start)
    }
  },
  right("logarithms of probabilities, log Σ exp taken off") {
    $0.pseudoLabelLoss = { labelled, labels, unlabelled, weight in
      func logs(_ row: [Float]) -> [Float] {
        let top = row.max()!
        let whole = top + log(row.map { exp($0 - top) }.reduce(0, +))
        return row.map { $0 - whole }
      }
      func term(_ rows: [[Float]], _ labels: [Int]) -> (Float, [[Float]]) {
        let count = Float(max(1, rows.count))
        return (
          zip(rows, labels).map { -logs($0)[$1] / count }.reduce(0, +),
          zip(rows, labels).map { row, label in
            logs(row).enumerated().map { (exp($1) - ($0 == label ? 1 : 0)) / count }
          }
        )
      }
      let (known, slopes) = term(labelled, labels)
      let (guessed, others) = term(
        unlabelled, unlabelled.map { row in row.firstIndex(of: row.max()!)! })
      return (known + weight * guessed, slopes, others.map { $0.map { $0 * weight } })
    }
  },
]
