import Checkers
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter8Functions) -> Void
) -> Specimen<Chapter8Functions> {
  .mutant("8.5", name, says: sentence, chapter8Solutions, change)
}

private func unit(_ z: [Float]) -> [Float] {
  // Next to length 1 first: the square of 1e20 is no Float.
  let largest = z.map { abs($0) }.max() ?? 1
  let near = z.map { $0 / largest }
  return near.map { $0 / near.map { $0 * $0 }.reduce(0, +).squareRoot() }
}

private func squared(_ a: [Float], _ b: [Float]) -> Float {
  zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
}

private func mean(_ numbers: [Float]) -> Float { numbers.reduce(0, +) / Float(numbers.count) }

/// What an answer makes of the squared distances of the two views of each picture.
private func aligned(
  _ combine: @escaping @Sendable ([Float]) -> Float = mean,
  brought: @escaping @Sendable ([Float]) -> [Float] = unit
) -> @Sendable ([[Float]], [[Float]]) -> Float {
  { first, second in combine(zip(first, second).map { squared(brought($0), brought($1)) }) }
}

/// What an answer makes of the squared distances over i < j, and of the number of points.
private func spread(
  _ combine: @escaping @Sendable (_ distances: [Float], _ points: Int) -> Float,
  brought: @escaping @Sendable ([Float]) -> [Float] = unit
) -> @Sendable ([[Float]]) -> Float {
  { points in
    if points.count < 2 { return 0 }
    let u = points.map(brought)
    return combine(u.indices.flatMap { i in (0..<i).map { squared(u[i], u[$0]) } }, points.count)
  }
}

let alignmentUniformitySpecimens: [Specimen<Chapter8Functions>] = [
  .right("8.5", "by cosines, over ordered pairs", chapter8Solutions) {
    @Sendable func product(_ a: [Float], _ b: [Float]) -> Float {
      zip(a, b).map { $0 * $1 }.reduce(0, +)
    }
    $0.alignment = { first, second in
      2 - 2 * mean(zip(first, second).map { product(unit($0), unit($1)) })
    }
    $0.uniformity = { points in
      let u = points.map(unit)
      var powers: [Float] = []
      for i in u.indices {
        for j in u.indices where i != j { powers.append(exp(4 * product(u[i], u[j]) - 4)) }
      }
      return powers.isEmpty ? 0 : log(mean(powers))
    }
  },
  .right("8.5", "in Double, with the largest exponent taken off", chapter8Solutions) {
    $0.alignment = { first, second in
      var total = 0.0
      for (one, other) in zip(first, second) { total += Double(squared(unit(one), unit(other))) }
      return Float(total / Double(first.count))
    }
    $0.uniformity = spread { distances, _ in
      let exponents = distances.map { -2 * Double($0) }
      let top = exponents.max()!
      let sum = exponents.map { exp($0 - top) }.reduce(0, +)
      return Float(top + log(sum) - log(Double(distances.count)))
    }
  },
  mutant("vectors as they are", says: "between the vectors as they are") {
    $0.alignment = aligned(brought: { $0 })
  },
  mutant("distances not squared", says: "the mean of the distances; they are squared") {
    $0.alignment = aligned { mean($0.map { $0.squareRoot() }) }
  },
  mutant("the root of the mean", says: "You took the root of the mean") {
    $0.alignment = aligned { mean($0).squareRoot() }
  },
  mutant("the sum", says: "This is the sum over the pictures") {
    $0.alignment = aligned { $0.reduce(0, +) }
  },
  mutant("divides by the width", says: "divided by the width as well") {
    $0.alignment = { aligned()($0, $1) / Float($0[0].count) }
  },
  mutant("all with all", says: "compared every first view with every second one") {
    $0.alignment = { first, second in
      mean(first.flatMap { one in second.map { squared(unit(one), unit($0)) } })
    }
  },
  mutant("the cosine", says: "This is the mean cosine") {
    $0.alignment = aligned { 1 - mean($0) / 2 }
  },
  mutant("1 − cosine", says: "This is 1 − cosine") { $0.alignment = aligned { mean($0) / 2 } },
  mutant("negative", says: "it is a distance, and not negative") {
    $0.alignment = aligned { -mean($0) }
  },
  mutant("each point with itself", says: "Each point is paired with itself") {
    $0.uniformity = spread { distances, points in
      let sum = distances.map { exp(-2 * $0) }.reduce(0, +)
      return log((2 * sum + Float(points)) / Float(points * points))
    }
  },
  mutant("the mean of logarithms", says: "You took the mean of the logarithms") {
    $0.uniformity = spread { distances, _ in mean(distances.map { -2 * $0 }) }
  },
  mutant("no logarithm", says: "The logarithm is missing") {
    $0.uniformity = spread { distances, _ in mean(distances.map { exp(-2 * $0) }) }
  },
  mutant("not squared", says: "You did not square the distance") {
    $0.uniformity = spread { distances, _ in log(mean(distances.map { exp(-2 * $0.squareRoot()) }))
    }
  },
  mutant("t = 1", says: "The factor 2 before") {
    $0.uniformity = spread { distances, _ in log(mean(distances.map { exp(-$0) })) }
  },
  mutant("t = 1/2", says: "is 2, not 1/2") {
    $0.uniformity = spread { distances, _ in log(mean(distances.map { exp(-$0 / 2) })) }
  },
  mutant("the logarithm of the sum", says: "This is the logarithm of the sum") {
    $0.uniformity = spread { distances, _ in log(distances.map { exp(-2 * $0) }.reduce(0, +)) }
  },
  mutant("half of the pairs over n²", says: "but divided by n²") {
    $0.uniformity = spread { distances, points in
      log(distances.map { exp(-2 * $0) }.reduce(0, +) / Float(points * points))
    }
  },
  mutant("points as they are", says: "between the points as they are") {
    $0.uniformity = spread(
      { distances, _ in log(mean(distances.map { exp(-2 * $0) })) }, brought: { $0 })
  },
  mutant("far pairs count most", says: "The sign of the exponent is turned") {
    $0.uniformity = spread { distances, _ in log(mean(distances.map { exp(2 * $0) })) }
  },
  mutant("higher is better", says: "lower is better, and 0 is the worst") {
    $0.uniformity = spread { distances, _ in -log(mean(distances.map { exp(-2 * $0) })) }
  },
  mutant("base 2", says: "a logarithm to another base") {
    $0.uniformity = spread { distances, _ in log2(mean(distances.map { exp(-2 * $0) })) }
  },
  mutant("divides by no pairs", says: "You divided by the number of pairs, 0") {
    let sound = $0.uniformity
    $0.uniformity = { $0.count < 2 ? .nan : try sound($0) }
  },
  .unnamed("8.5", "equal points count once", chapter8Solutions) {
    let sound = $0.uniformity
    $0.uniformity = { points in
      var others: [[Float]] = []
      for point in points where !others.contains(point) { others.append(point) }
      return try sound(others)
    }
  },
  .unnamed(
    "8.5", "a third of the sum: the mean of three, in the first case alone", chapter8Solutions
  ) {
    let sound = $0.alignment
    $0.alignment = { try sound($0, $1) * Float($0.count) / 3 }
  },
  mutant("half of the pairs over n(n − 1)", says: "but divided by n(n − 1)") {
    $0.uniformity = spread { distances, points in
      log(distances.map { exp(-2 * $0) }.reduce(0, +) / Float(points * (points - 1)))
    }
  },
  mutant("i up to j", says: "You summed over i ≤ j") {
    $0.uniformity = spread { distances, points in
      log(mean(distances.map { exp(-2 * $0) } + [Float](repeating: 1, count: points)))
    }
  },
]
