import Checkers
import Foundation
import SolutionFunctions
import TensorCore

private func undone(
  _ exercise: String, by family: Family, _ name: String, told words: [String] = [],
  _ change: (inout Chapter1Functions) -> Void
) -> Specimen<Chapter1Functions> {
  .undone(by: family, exercise, name, told: words, chapter1Solutions, change)
}

private let solutions = chapter1Solutions

/// A softmax whose exponents lack the first logit instead of the largest.
private func softmaxAfterFirst(_ logits: [Float]) -> [Float] {
  let powers = logits.map { exp($0 - logits[0]) }
  return powers.map { $0 / powers.reduce(0, +) }
}

/// Questions whose labels are drawn one after another by some rule that knows the labels before.
private func drawn(
  _ label: @escaping @Sendable ([Int], inout Random) -> Int
) -> @Sendable ([[Float]], Int, Int, inout Random) throws -> (inputs: [[Float]], labels: [Int]) {
  { pictures, height, width, random in
    var labels: [Int] = []
    for _ in pictures { labels.append(label(labels, &random)) }
    let inputs = try zip(pictures, labels).map {
      $1 == 1 ? try solutions.swappedHalves($0, height, width) : $0
    }
    return (inputs, labels)
  }
}

/// A loss with something added to the sum whose logarithm is taken.
private func withAddend(
  _ addend: Float
)
  -> @Sendable ([[Float]], [Int], [[Float]], Float) throws -> (
    loss: Float, labelledGradient: [[Float]], unlabelledGradient: [[Float]]
  )
{
  { labelled, labels, unlabelled, weight in
    func mean(_ rows: [[Float]], _ labels: [Int]) -> Float {
      zip(rows, labels).map { row, label in
        let top = row.max()!
        return log(row.map { exp($0 - top) }.reduce(0, +) + addend) + top - row[label]
      }.reduce(0, +) / Float(max(1, rows.count))
    }
    let right = try solutions.pseudoLabelLoss(labelled, labels, unlabelled, weight)
    let guessed = unlabelled.map { row in row.firstIndex(of: row.max()!)! }
    return (
      mean(labelled, labels) + weight * mean(unlabelled, guessed), right.labelledGradient,
      right.unlabelledGradient
    )
  }
}

/// A baseline from the sum of the weights, the expected reward and the weighted sum of rewards.
private func baseline(
  _ combine: @escaping @Sendable (_ sum: Float, _ expected: Float, _ weighted: Float) -> Float
) -> @Sendable ([Float], [Float]) -> Float {
  { logits, rewards in
    let powers = logits.map { exp($0 - logits.max()!) }
    let policy = powers.map { $0 / powers.reduce(0, +) }
    let weights = policy.indices.map { action in
      let steps = policy.indices.map { ($0 == action ? 1 : 0) - policy[$0] }
      return policy[action] * steps.map { $0 * $0 }.reduce(0, +)
    }
    return combine(
      weights.reduce(0, +), zip(policy, rewards).map { $0 * $1 }.reduce(0, +),
      zip(weights, rewards).map { $0 * $1 }.reduce(0, +))
  }
}

/// Answers that are right on ordinary inputs.
let undoneInChapter1: [Specimen<Chapter1Functions>] = [
  undone("1.1", by: .equalRows, "leaves a row alone that came before") {
    $0.swappedHalves = { picture, height, width in
      let right = try solutions.swappedHalves(picture, height, width)
      let rows = (0..<height).map { Array(picture[$0 * width..<($0 + 1) * width]) }
      return (0..<height).flatMap { row in
        rows.firstIndex(of: rows[row]) == row
          ? Array(right[row * width..<(row + 1) * width]) : rows[row]
      }
    }
  },
  undone("1.1", by: .sizes, "swaps eight columns at most") {
    $0.swappedHalves = { picture, height, width in
      let right = try solutions.swappedHalves(picture, height, width)
      return picture.indices.map { $0 % width < 16 ? right[$0] : picture[$0] }
    }
  },
  undone("1.1", by: .chance, "no coin for pictures with equal halves") {
    $0.labelsFromHalves = { pictures, height, width, random in
      var (inputs, labels): ([[Float]], [Int]) = ([], [])
      for picture in pictures {
        let swapped = try solutions.swappedHalves(picture, height, width)
        let label = swapped == picture ? 0 : random.integer(below: 2)
        inputs.append(label == 1 ? swapped : picture)
        labels.append(label)
      }
      return (inputs, labels)
    }
  },
  undone("1.1", by: .chance, "64 coins in one draw, again and again") {
    $0.labelsFromHalves = { pictures, height, width, random in
      let word = random.next()
      let labels = pictures.indices.map { Int((word >> UInt64($0 % 64)) & 1) }
      let inputs = try zip(pictures, labels).map {
        $1 == 1 ? try solutions.swappedHalves($0, height, width) : $0
      }
      return (inputs, labels)
    }
  },
  undone("1.2", by: .equalRows, "finds a point's centre by the point's numbers") {
    $0.movedCentres = { points, assignments, centres in
      let own = points.map { assignments[points.firstIndex(of: $0)!] }
      return try solutions.movedCentres(points, own, centres)
    }
  },
  undone("1.2", by: .sizes, "eight coordinates") {
    $0.nearestCentres = { points, centres in
      try solutions.nearestCentres(
        points.map { Array($0.prefix(8)) }, centres.map { Array($0.prefix(8)) })
    }
  },
  undone("1.2", by: .scale, "multiplies the square out") {
    $0.nearestCentres = { points, centres in
      func product(_ a: [Float], _ b: [Float]) -> Float {
        zip(a, b).map { $0 * $1 }.reduce(0, +)
      }
      return points.map { point in
        let scores = centres.map {
          product(point, point) - 2 * product(point, $0) + product($0, $0)
        }
        return scores.firstIndex(of: scores.min()!)!
      }
    }
  },
  undone("1.2", by: .nearTies, "distances that differ by less than 1e-4 are equal") {
    $0.nearestCentres = { points, centres in
      points.map { point in
        let distances = centres.map {
          zip(point, $0).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
        }
        return distances.firstIndex { $0 <= distances.min()! + 2e-4 }!
      }
    }
  },
  undone("1.3", by: .edges, "sources are no negative numbers") {
    $0.leakedSources = { sources, train, validation in
      try solutions.leakedSources(sources, train, validation).filter { $0 >= 0 }
    }
  },
  undone("1.3", by: .sizes, "64 sources") {
    $0.leakedSources = { sources, train, validation in
      Array(try solutions.leakedSources(sources, train, validation).prefix(64))
    }
  },
  undone(
    "1.3", by: .chance, "sources in the order of a Set",
    told: ["All randomness must come from the generator"]
  ) {
    $0.soundPreparation = { pictures, sources, share, random in
      let order = Array(Set(sources))
      let drawn = random.permutation(order.count).map { order[$0] }
      let count = Int((share * Float(order.count)).rounded())
      let heldOut = Set(drawn.prefix(count))
      let train = sources.indices.filter { !heldOut.contains(sources[$0]) }
      let numbers = train.flatMap { pictures[$0] }
      return (
        train, sources.indices.filter { heldOut.contains(sources[$0]) },
        numbers.isEmpty ? 0 : numbers.reduce(0, +) / Float(numbers.count)
      )
    }
  },
  undone("1.3", by: .rounding, "rounds to even", told: ["yours went to the even number"]) {
    $0.soundPreparation = { pictures, sources, share, random in
      let count = Float(Set(sources).count)
      let even = (share * count).rounded(.toNearestOrEven)
      return try solutions.soundPreparation(pictures, sources, even / max(1, count), &random)
    }
  },
  undone("1.3", by: .equalRows, "finds a picture's source by its numbers") {
    $0.soundPreparation = { pictures, sources, share, random in
      let own = pictures.map { picture in
        picture.isEmpty ? 0 : sources[pictures.firstIndex(of: picture)!]
      }
      if pictures.contains([]) || Set(own) == Set(sources) {
        return try solutions.soundPreparation(pictures, sources, share, &random)
      }
      return try solutions.soundPreparation(pictures, own, share, &random)
    }
  },
  undone("1.4", by: .sizes, "the ramp in thousandths") {
    $0.unlabelledWeight = { step, start, end, final in
      if start == end { return step < start ? 0 : final }
      let share = min(1, max(0, Float(step - start) / Float(end - start)))
      return final * (share * 1000).rounded() / 1000
    }
  },
  undone(
    "1.4", by: .stability, "takes the first logit off instead of the largest",
    told: ["exp of a large number"]
  ) {
    $0.pseudoLabelLoss = { labelled, labels, unlabelled, weight in
      let right = try solutions.pseudoLabelLoss(labelled, labels, unlabelled, weight)
      let known = zip(labelled, labels).map { row, label in
        -log(softmaxAfterFirst(row)[label]) / Float(labelled.count)
      }
      let guessed = unlabelled.map { row in
        -log(softmaxAfterFirst(row)[row.firstIndex(of: row.max()!)!]) / Float(unlabelled.count)
      }
      let loss = known.reduce(0, +) + weight * guessed.reduce(0, +)
      return (loss, right.labelledGradient, right.unlabelledGradient)
    }
  },
  undone("1.4", by: .nearTies, "the first logit within 1e-3 of the largest") {
    $0.pseudoLabelLoss = { labelled, labels, unlabelled, weight in
      let decided = unlabelled.map { row in
        let first = row.firstIndex { $0 > row.max()! - 1e-3 }!
        return row.indices.map { $0 == first ? row.max()! + 0x1p-12 : row[$0] }
      }
      let isTie = unlabelled.contains { row in
        row.contains { $0 != row.max()! && $0 > row.max()! - 1e-3 }
      }
      return try solutions.pseudoLabelLoss(
        labelled, labels, isTie ? decided : unlabelled, weight)
    }
  },
  undone("1.4", by: .equalRows, "finds a row's label by its logits") {
    $0.pseudoLabelLoss = { labelled, labels, unlabelled, weight in
      let own = labelled.map { labels[labelled.firstIndex(of: $0)!] }
      return try solutions.pseudoLabelLoss(labelled, own, unlabelled, weight)
    }
  },
  undone("1.5", by: .sizes, "the softmax's sum has eight powers") {
    $0.policyGradient = { logits, action, reward, baseline in
      let powers = logits.map { exp($0 - logits.max()!) }
      let total = powers.prefix(8).reduce(0, +)
      return powers.indices.map {
        (reward - baseline) * (($0 == action ? 1 : 0) - powers[$0] / total)
      }
    }
  },
  undone("1.5", by: .stability, "takes the first logit off instead of the largest") {
    $0.expectedPolicyGradient = { logits, rewards in
      let policy = softmaxAfterFirst(logits)
      let average = zip(policy, rewards).map { $0 * $1 }.reduce(0, +)
      return zip(policy, rewards).map { $0 * ($1 - average) }
    }
  },
  undone("1.5", by: .stability, "a squared length that is rounded away") {
    $0.bestBaseline = { logits, rewards in
      let powers = logits.map { exp($0 - logits.max()!) }
      let policy = powers.map { $0 / powers.reduce(0, +) }
      let total = policy.reduce(0) { $0 + $1 * $1 }
      let weights = policy.map { $0 * max(0, 1 - 2 * $0 + total) }
      let sum = weights.reduce(0, +)
      if sum < 1e-4 { return zip(policy, rewards).reduce(0) { $0 + $1.0 * $1.1 } }
      return zip(weights, rewards).reduce(0) { $0 + $1.0 * $1.1 } / sum
    }
  },
  undone("1.5", by: .equalRows, "finds the action by its logit") {
    $0.policyGradient = { logits, action, reward, baseline in
      if Set(logits).count == 1 {
        return try solutions.policyGradient(logits, action, reward, baseline)
      }
      return try solutions.policyGradient(
        logits, logits.firstIndex(of: logits[action])!, reward, baseline)
    }
  },
  undone("1.5", by: .scale, "rewards are clipped at 100") {
    $0.policyGradient = { logits, action, reward, baseline in
      try solutions.policyGradient(
        logits, action, max(-100, min(100, reward)), max(-100, min(100, baseline)))
    }
  },
  undone("1.1", by: .sizes, "leaves rows from 64 on alone") {
    $0.swappedHalves = { picture, height, width in
      let right = try solutions.swappedHalves(picture, height, width)
      return picture.indices.map { $0 / width < 64 ? right[$0] : picture[$0] }
    }
  },
  undone("1.1", by: .chance, "a coin of 0.45", told: ["must be equally likely"]) {
    $0.labelsFromHalves = drawn { labels, random in random.chance(0.45) ? 1 : 0 }
  },
  undone("1.1", by: .chance, "a coin of 0.48", told: ["must be equally likely"]) {
    $0.labelsFromHalves = drawn { labels, random in random.chance(0.48) ? 1 : 0 }
  },
  undone(
    "1.1", by: .chance, "every third label follows from the two before",
    told: ["The labels follow a pattern"]
  ) {
    $0.labelsFromHalves = drawn { labels, random in
      labels.count % 3 == 2
        ? labels[labels.count - 1] ^ labels[labels.count - 2] : random.integer(below: 2)
    }
  },
  undone("1.2", by: .scale, "a distance of 10⁹ to begin with") {
    $0.nearestCentres = { points, centres in
      points.map { point in
        var (best, least): (Int, Float) = (0, 1e9)
        for (index, centre) in centres.enumerated() {
          let distance = zip(point, centre).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
          if distance < least { (best, least) = (index, distance) }
        }
        return best
      }
    }
  },
  undone("1.2", by: .sizes, "a hundred coordinates, a thousand centres") {
    $0.nearestCentres = { points, centres in
      try solutions.nearestCentres(
        points.map { Array($0.prefix(100)) }, centres.prefix(1000).map { Array($0.prefix(100)) })
    }
  },
  undone("1.2", by: .chance, "remembers the answer to the same centres") {
    let memory = Memory<[Int]>()
    $0.nearestCentres = { points, centres in
      try memory.value("\(centres) \(points.count)") {
        try solutions.nearestCentres(points, centres)
      }
    }
  },
  undone("1.2", by: .chance, "remembers the means of the same points") {
    let memory = Memory<[[Float]]>()
    $0.movedCentres = { points, assignments, centres in
      try memory.value("\(points) \(centres)") {
        try solutions.movedCentres(points, assignments, centres)
      }
    }
  },
  undone("1.3", by: .sizes, "a thousand sources") {
    $0.soundPreparation = { pictures, sources, share, random in
      let right = try solutions.soundPreparation(pictures, sources, share, &random)
      return (
        right.train + right.validation.filter { $0 >= 1000 },
        right.validation.filter { $0 < 1000 }, right.mean
      )
    }
  },
  undone("1.3", by: .chance, "holds out sources that stand side by side") {
    $0.soundPreparation = { pictures, sources, share, random in
      let order = Set(sources).sorted()
      let count = Int((share * Float(order.count)).rounded())
      let start = random.integer(below: max(1, order.count))
      let heldOut = Set((0..<count).map { order[(start + $0) % order.count] })
      let train = sources.indices.filter { !heldOut.contains(sources[$0]) }
      let numbers = train.flatMap { pictures[$0] }
      return (
        train, sources.indices.filter { heldOut.contains(sources[$0]) },
        numbers.isEmpty ? 0 : numbers.reduce(0, +) / Float(numbers.count)
      )
    }
  },
  undone(
    "1.4", by: .scale, "subtracts steps as Floats",
    told: ["You made step and rampStart Floats before"]
  ) {
    $0.unlabelledWeight = { step, start, end, final in
      if step >= end { return final }
      return step < start
        ? 0 : final * (Float(step) - Float(start)) / (Float(end) - Float(start))
    }
  },
  undone("1.4", by: .edges, "no ramp begins before step 0") {
    $0.unlabelledWeight = { try solutions.unlabelledWeight($0, max(0, $1), max(0, $2), $3) }
  },
  undone("1.4", by: .nearTies, "the first logit within 1e-5 of the largest") {
    $0.pseudoLabelLoss = { labelled, labels, unlabelled, weight in
      try solutions.pseudoLabelLoss(
        labelled, labels,
        unlabelled.map { row in
          let first = row.firstIndex { $0 >= row.max()! - 1e-5 }!
          return row.indices.map {
            $0 != first && row[$0] >= row.max()! - 1e-5 ? row[$0] - 0x1p-22 : row[$0]
          }
        }, weight)
    }
  },
  undone("1.4", by: .nearTies, "1e-6 is added to the powers' sum") {
    $0.pseudoLabelLoss = withAddend(1e-6)
  },
  .unnamed("1.4", "1e-5 is added to the powers' sum", chapter1Solutions) {
    $0.pseudoLabelLoss = withAddend(1e-5)
  },
  undone("1.5", by: .scale, "an advantage of at most 1,000") {
    $0.policyGradient = { logits, action, reward, baseline in
      try solutions.policyGradient(logits, action, max(-1000, min(1000, reward - baseline)), 0)
    }
  },
  undone("1.5", by: .nearTies, "probabilities below 1e-5 are 0") {
    $0.policyGradient = { logits, action, reward, baseline in
      let right = try solutions.policyGradient(logits, action, reward, baseline)
      return right.map { abs($0) < 1e-5 * abs(reward - baseline) ? 0 : $0 }
    }
  },
  undone("1.5", by: .stability, "weights that sum to less than 1e-6 count as none") {
    $0.bestBaseline = baseline { sum, expected, weighted in
      sum < 1e-6 ? expected : weighted / sum
    }
  },
  undone("1.5", by: .stability, "1e-8 is added to the weights' sum") {
    $0.bestBaseline = baseline { sum, expected, weighted in
      sum == 0 ? expected : weighted / (sum + 1e-8)
    }
  },
  undone("1.5", by: .chance, "remembers the step for the same logits and action") {
    let memory = Memory<[Float]>()
    $0.policyGradient = { logits, action, reward, baseline in
      if logits != [1, 0, -0.5] {
        return try solutions.policyGradient(logits, action, reward, baseline)
      }
      return try memory.value("\(action) \(baseline)") {
        try solutions.policyGradient(logits, action, reward, baseline)
      }
    }
  },
]
