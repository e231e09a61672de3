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
  undone("1.3", by: .rounding, "rounds to even") {
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
]
