import Chapter2Solutions
import Checkers
import ExerciseFunctions
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, also: [String] = [],
  _ change: (inout Chapter2Functions) -> Void
) -> Specimen<Chapter2Functions> {
  .mutant("2.6", name, says: sentence, also: also, chapter2Solutions, change)
}

private typealias Encoder = Chapter2Functions.SmallEncoder
private typealias Probe = Chapter2Functions.Probe

private func relu(_ x: Float) -> Float { max(0, x) }

/// Features with settings for what is made of a number, the stored mean and the stored variance.
private func features(
  _ feature:
    @escaping @Sendable (_ number: Float, _ mean: Float, _ variance: Float) -> Float = {
      relu(($0 - $1) / ($2 + 1e-5).squareRoot())
    }
) -> @Sendable ([[Float]], Encoder) -> [[Float]] {
  { pictures, encoder in
    pictures.map { x in
      encoder.weights.indices.map { unit in
        feature(dot(encoder.weights[unit], x), encoder.means[unit], encoder.variances[unit])
      }
    }
  }
}

/// Features as the colleague computes them, her encoder left behind.
@Sendable private func colleagues(_ pictures: [[Float]], _ encoder: Encoder) -> [[Float]] {
  var moved = encoder
  return pictures.isEmpty ? [] : colleaguesFeatures(pictures: pictures, encoder: &moved)
}

/// The same for each picture as a batch of its own.
@Sendable private func alone(_ pictures: [[Float]], _ encoder: Encoder) -> [[Float]] {
  pictures.flatMap { colleagues([$0], encoder) }
}

/// A tenth of the way to a batch's mean and variance.
private func drifted(_ pictures: [[Float]], _ encoder: Encoder) -> Encoder {
  var moved = encoder
  _ = colleaguesFeatures(pictures: pictures, encoder: &moved)
  return moved
}

/// Training with settings: the features before each step, the slope, and the rate.
private func trained(
  features: @escaping @Sendable ([[Float]], Encoder) -> [[Float]] = features(),
  slope: @escaping @Sendable (_ score: Float, _ label: Float) -> Float = { sigmoid($0) - $1 },
  rate factor: @escaping @Sendable (_ pictures: Float) -> Float = { 1 / $0 },
  steps more: Int = 0, learnsBias: Bool = true, movesEncoder: Bool = false, drifts: Bool = false
) -> @Sendable ([[Float]], [Int], Encoder, Int, Float) -> Probe {
  { pictures, labels, encoder, steps, rate in
    var encoder = encoder
    var (weights, bias) = (encoder.weights.map { _ in Float(0) }, Float(0))
    let rate = rate * factor(Float(pictures.count))
    for _ in 0..<max(0, steps + more) {
      if drifts { encoder = drifted(pictures, encoder) }
      let rows = features(pictures, encoder)
      let slopes = zip(rows, labels).map { slope(dot(weights, $0) + bias, Float($1)) }
      let before = weights
      for (slope, row) in zip(slopes, rows) {
        weights = zip(weights, row).map { $0 - rate * slope * $1 }
      }
      if learnsBias { bias -= rate * slopes.reduce(0, +) }
      if !movesEncoder { continue }
      for (place, x) in pictures.enumerated() {
        for unit in weights.indices where rows[place][unit] > 0 {
          let root = (encoder.variances[unit] + 1e-5).squareRoot()
          let back = rate * slopes[place] * before[unit] / root
          encoder.weights[unit] = zip(encoder.weights[unit], x).map { $0 - back * $1 }
        }
      }
    }
    return (weights, bias)
  }
}

/// The share by a rule on score and label.
private func accuracy(
  _ isRight: @escaping @Sendable (_ score: Float, _ label: Int) -> Bool = { ($0 > 0) == ($1 == 1) },
  features: @escaping @Sendable ([[Float]], Encoder) -> [[Float]] = features(),
  hasBias: Bool = true
) -> @Sendable ([[Float]], [Int], Encoder, Probe) -> Float {
  { pictures, labels, encoder, probe in
    let scores = features(pictures, encoder).map {
      dot(probe.weights, $0) + (hasBias ? probe.bias : 0)
    }
    let right = zip(scores, labels).filter { isRight($0, $1) }.count
    return labels.isEmpty ? 0 : Float(right) / Float(labels.count)
  }
}

let frozenProbeSpecimens: [Specimen<Chapter2Functions>] = [
  .right("2.6", "weights divided beforehand, in Double", chapter2Solutions) {
    @Sendable func folded(_ pictures: [[Float]], _ encoder: Encoder) -> [[Double]] {
      let roots = encoder.variances.map { (Double($0) + 1e-5).squareRoot() }
      let shifts = zip(encoder.means, roots).map { Double($0) / $1 }
      let rows = zip(encoder.weights, roots).map { row, root in row.map { Double($0) / root } }
      return pictures.map { x in
        zip(rows, shifts).map { row, shift in
          max(zip(row, x).map { $0 * Double($1) }.reduce(0, +) - shift, 0)
        }
      }
    }
    $0.frozenFeatures = { folded($0, $1).map { $0.map { Float($0) } } }
    $0.frozenProbe = { pictures, labels, encoder, steps, rate in
      let rows = folded(pictures, encoder).map { $0 + [1] }
      var probe = [Double](repeating: 0, count: encoder.means.count + 1)
      for _ in 0..<steps {
        var slope = probe.map { _ in 0.0 }
        for (row, label) in zip(rows, labels) {
          let score = zip(row, probe).map { $0 * $1 }.reduce(0, +)
          let error = (1 + tanh(score / 2)) / 2 - Double(label)
          for place in slope.indices { slope[place] += error * row[place] / Double(rows.count) }
        }
        for place in probe.indices { probe[place] -= Double(rate) * slope[place] }
      }
      return (probe.dropLast().map { Float($0) }, Float(probe[probe.count - 1]))
    }
    $0.changedParts = { names, before, after in
      var changed: [String] = []
      for (name, pair) in zip(names, zip(before, after)) {
        if zip(pair.0, pair.1).contains(where: { $0.bitPattern != $1.bitPattern }) {
          changed.append(name)
        }
      }
      return changed
    }
  },
  .right("2.6", "picture by picture", chapter2Solutions) {
    let one = features()
    $0.frozenFeatures = { pictures, encoder in pictures.flatMap { one([$0], encoder) } }
    $0.frozenProbe = trained()
    $0.frozenAccuracy = { pictures, labels, encoder, probe in
      var right = 0
      for (picture, label) in zip(pictures, labels) {
        let score = dot(probe.weights, one([picture], encoder)[0]) + probe.bias
        if label == (score > 0 ? 1 : 0) { right += 1 }
      }
      return pictures.isEmpty ? 0 : Float(right) / Float(pictures.count)
    }
  },
  mutant("the batch's own statistics", says: "You normalise a batch with its own mean") {
    $0.frozenFeatures = colleagues
  },
  mutant("one picture at a time", says: "makes them for a picture alone") {
    $0.frozenFeatures = alone
  },
  mutant("trained on one picture at a time", says: "makes them for a picture alone") {
    $0.frozenProbe = trained(features: alone)
  },
  mutant("tested on one picture at a time", says: "makes them for a picture alone") {
    $0.frozenAccuracy = accuracy(features: alone)
  },
  mutant("drifting statistics", says: "You let the stored mean and variance drift") {
    $0.frozenFeatures = { $0.isEmpty ? [] : features()($0, drifted($0, $1)) }
  },
  mutant("the batch's mean", says: "You centre a batch with its own mean") {
    $0.frozenFeatures = { pictures, encoder in
      var own = encoder
      own.means = encoder.weights.map { row in
        pictures.map { dot(row, $0) / Float(pictures.count) }.reduce(0, +)
      }
      return features()(pictures, own)
    }
  },
  mutant("the batch's variance", says: "You divide by a batch's own deviation") {
    $0.frozenFeatures = { pictures, encoder in
      var own = encoder
      own.variances = encoder.weights.map { row in
        let all = pictures.map { dot(row, $0) }
        let mean = all.reduce(0, +) / Float(all.count)
        return all.map { ($0 - mean) * ($0 - mean) / Float(all.count) }.reduce(0, +)
      }
      return features()(pictures, own)
    }
  },
  mutant("no 1e-5", says: "The 1e-5 under the root is missing") {
    $0.frozenFeatures = features { relu(($0 - $1) / $2.squareRoot()) }
  },
  mutant("1e-5 after the root", says: "You added 1e-5 after the root") {
    $0.frozenFeatures = features { relu(($0 - $1) / ($2.squareRoot() + 1e-5)) }
  },
  mutant("divided by the variance", says: "You divided by the variance") {
    $0.frozenFeatures = features { relu(($0 - $1) / ($2 + 1e-5)) }
  },
  mutant("not divided", says: "You did not divide by the root") {
    $0.frozenFeatures = features { number, mean, _ in relu(number - mean) }
  },
  mutant("mean not subtracted", says: "The stored mean was not subtracted") {
    $0.frozenFeatures = features { number, _, variance in
      relu(number / (variance + 1e-5).squareRoot())
    }
  },
  mutant("mean added", says: "You added the stored mean") {
    $0.frozenFeatures = features { relu(($0 + $1) / ($2 + 1e-5).squareRoot()) }
  },
  mutant("no ReLU", says: "The ReLU is missing") {
    $0.frozenFeatures = features { ($0 - $1) / ($2 + 1e-5).squareRoot() }
  },
  mutant("ReLU first", says: "The ReLU stands before batch norm") {
    $0.frozenFeatures = features { (relu($0) - $1) / ($2 + 1e-5).squareRoot() }
  },
  mutant("sizes", says: "You took a number's size for the ReLU") {
    $0.frozenFeatures = features { abs(($0 - $1) / ($2 + 1e-5).squareRoot()) }
  },
  mutant("the encoder moves", says: "The encoder's weights still take steps") {
    $0.frozenProbe = trained(movesEncoder: true)
  },
  mutant("trained on batches' own statistics", says: "You normalise a batch with its own mean") {
    $0.frozenProbe = trained(features: colleagues)
  },
  mutant("statistics drift in training", says: "You let the stored mean and variance drift") {
    $0.frozenProbe = trained(drifts: true)
  },
  mutant("the colleague's probe", says: "This is the colleague's own probe") {
    $0.frozenProbe = { pictures, labels, encoder, steps, rate in
      var moved = encoder
      return colleaguesProbe(
        pictures: pictures, labels: labels, encoder: &moved, steps: steps, rate: rate)
    }
  },
  mutant("the sum of slopes", says: "You added the slopes of the pictures") {
    $0.frozenProbe = trained(rate: { _ in 1 })
  },
  mutant("uphill", says: "Your steps go uphill") { $0.frozenProbe = trained(rate: { -1 / $0 }) },
  mutant("no bias", says: "Your bias does not learn") {
    $0.frozenProbe = trained(learnsBias: false)
  },
  mutant("squared error", says: "the slope of a squared error") {
    $0.frozenProbe = trained(slope: { (sigmoid($0) - $1) * sigmoid($0) * (1 - sigmoid($0)) })
  },
  mutant("σ overflows", says: "whose exp only gets negative numbers") {
    $0.frozenProbe = trained(slope: { exp($0) / (1 + exp($0)) - $1 })
  },
  mutant("the score for σ", says: "σ of the score, not the score itself") {
    $0.frozenProbe = trained(slope: { $0 - $1 })
  },
  mutant("the class for σ", says: "You took the class for the probability") {
    $0.frozenProbe = trained(slope: { ($0 > 0 ? 1 : 0) - $1 })
  },
  mutant("one step more", says: "You made one step too many") {
    $0.frozenProbe = trained(steps: 1)
  },
  mutant("one step less", says: "You made one step too few") {
    $0.frozenProbe = trained(steps: -1)
  },
  mutant("picture by picture", says: "You took a step after each picture") {
    $0.frozenProbe = { pictures, labels, encoder, steps, rate in
      var (weights, bias) = (encoder.weights.map { _ in Float(0) }, Float(0))
      let rows = features()(pictures, encoder)
      for _ in 0..<steps {
        for (row, label) in zip(rows, labels) {
          let slope = rate * (sigmoid(dot(weights, row) + bias) - Float(label))
          weights = zip(weights, row).map { $0 - slope * $1 }
          bias -= slope
        }
      }
      return (weights, bias)
    }
  },
  mutant("the bias first", says: "You moved the bias before") {
    $0.frozenProbe = { pictures, labels, encoder, steps, rate in
      var (weights, bias) = (encoder.weights.map { _ in Float(0) }, Float(0))
      let rows = features()(pictures, encoder)
      let rate = rate / Float(rows.count)
      for _ in 0..<steps {
        func slopes() -> [Float] {
          zip(rows, labels).map { sigmoid(dot(weights, $0) + bias) - Float($1) }
        }
        bias -= rate * slopes().reduce(0, +)
        let after = slopes()
        for (slope, row) in zip(after, rows) {
          weights = zip(weights, row).map { $0 - rate * slope * $1 }
        }
      }
      return (weights, bias)
    }
  },
  mutant("a probe on wrong features", says: "It is trained on your frozenFeatures") {
    // Right where the part before looks.
    let sound = $0.frozenFeatures
    let wrong: @Sendable ([[Float]], Encoder) -> [[Float]] = { pictures, encoder in
      features()(pictures, encoder).map { $0.map { 2 * $0 } }
    }
    $0.frozenFeatures = { $1.variances == [2.25, 0.25, 1] ? wrong($0, $1) : try sound($0, $1) }
    $0.frozenProbe = trained(features: {
      $1.variances == [2.25, 0.25, 1] ? wrong($0, $1) : features()($0, $1)
    })
  },
  mutant("an accuracy of wrong features", says: "It is the share with your frozenFeatures") {
    // Right where the part of the features looks.
    let sound = $0.frozenFeatures
    let wrong: @Sendable ([[Float]], Encoder) -> [[Float]] = { pictures, encoder in
      let right = features()(pictures, encoder)
      return encoder.variances == [2.25, 0.25, 1] ? right.map { $0.reversed() } : right
    }
    $0.frozenFeatures = { $1.variances == [2.25, 0.25, 1] ? wrong($0, $1) : try sound($0, $1) }
    $0.frozenAccuracy = accuracy(features: wrong)
  },
  mutant(
    "divided by the variance throughout", says: "You divided by the variance",
    also: ["It is trained on your frozenFeatures", "It is the share with your frozenFeatures"]
  ) {
    let wrong = features { relu(($0 - $1) / ($2 + 1e-5)) }
    $0.frozenFeatures = wrong
    $0.frozenProbe = trained(features: wrong)
    $0.frozenAccuracy = accuracy(features: wrong)
  },
  mutant("a test batch's own statistics", says: "You normalise a batch with its own mean") {
    $0.frozenAccuracy = accuracy(features: colleagues)
  },
  mutant("wrong ones", says: "This is the share of the wrong ones") {
    $0.frozenAccuracy = accuracy { ($0 > 0) != ($1 == 1) }
  },
  mutant("a number", says: "This is the number of the right ones") {
    let sound = $0.frozenAccuracy
    $0.frozenAccuracy = { try sound($0, $1, $2, $3) * Float($1.count) }
  },
  mutant("above 1/2", says: "not above 1/2: a score") {
    $0.frozenAccuracy = accuracy { ($0 > 0.5) == ($1 == 1) }
  },
  mutant("0 is above 0", says: "A score of 0 is not above 0") {
    $0.frozenAccuracy = accuracy { ($0 >= 0) == ($1 == 1) }
  },
  mutant("no bias in the scores", says: "The bias is missing from your scores") {
    $0.frozenAccuracy = accuracy(hasBias: false)
  },
  mutant("whole numbers", says: "2 / 3 is 0 among them") {
    let sound = $0.frozenAccuracy
    $0.frozenAccuracy = { try sound($0, $1, $2, $3).rounded(.down) }
  },
  mutant("divides by no pictures", says: "You divided by the number of pictures, which is 0") {
    let sound = $0.frozenAccuracy
    $0.frozenAccuracy = { $0.isEmpty ? .nan : try sound($0, $1, $2, $3) }
  },
  mutant("how many are called 1", says: "You counted the pictures that are called 1") {
    $0.frozenAccuracy = accuracy { score, _ in score > 0 }
  },
  mutant("the 1s that were found", says: "You counted only the 1s that were found") {
    $0.frozenAccuracy = accuracy { $0 > 0 && $1 == 1 }
  },
  .undone(by: .chance, "2.6", "remembers features by the pictures", chapter2Solutions) {
    let memory = Memory<[[Float]]>()
    $0.frozenFeatures = { pictures, encoder in
      memory.value("\(pictures)") { features()(pictures, encoder) }
    }
  },
  .undone(by: .equalRows, "2.6", "equal pictures are trained on once", chapter2Solutions) {
    let sound = $0.frozenProbe
    $0.frozenProbe = { pictures, labels, encoder, steps, rate in
      let firsts = pictures.indices.filter { pictures.firstIndex(of: pictures[$0]) == $0 }
      return try sound(firsts.map { pictures[$0] }, firsts.map { labels[$0] }, encoder, steps, rate)
    }
  },
  .undone(by: .sizes, "2.6", "64 pictures are looked at", chapter2Solutions) {
    let sound = $0.frozenAccuracy
    $0.frozenAccuracy = {
      try sound(Array($0.prefix(64)), Array($1.prefix(64)), $2, $3)
    }
  },
]
