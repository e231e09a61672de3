// Exercise 2.6 · The probe that was never frozen (diagnose)
//
// A colleague has pre-trained an encoder and reports what it is worth: frozen, with a linear probe on
// top, it tells 97 % of the test pictures apart. The clinic looks at one picture at a time, and there it
// finds 58 %. Besides, her encoder after the probe is not the one that she began with. The three
// functions `colleagues…` below made her number. Find out what moves that should stand still, and who
// looks at whom, then write a probe that is sound. They stay as they are: they are the evidence.
//
// Before you start: chapters/02-pretext-and-downstream/README.md, "How one fools oneself".
// Check it with: swift run course check 2.6

import Exercises
import Foundation

/// A small encoder: for each feature a row of weights, and the mean and variance that batch norm has
/// stored for it in pre-training.
///
/// `weights` is `[features][numbers of a picture]`, `means` and `variances` are `[features]`. Batch norm
/// subtracts a mean and divides by √(variance + 1e-5); a ReLU, max(0, ·), comes last.
public typealias SmallEncoder = (weights: [[Float]], means: [Float], variances: [Float])

/// A linear probe: score = bias + Σ weights · features, and the class is 1 where the score is above 0.
public typealias Probe = (weights: [Float], bias: Float)

/// How the colleague computes the features of some pictures: `[pictures][features]`.
public func colleaguesFeatures(pictures: [[Float]], encoder: inout SmallEncoder) -> [[Float]] {
  var features = pictures.map { x in
    encoder.weights.map { row in zip(row, x).map { $0 * $1 }.reduce(0, +) }
  }
  let count = Float(pictures.count)
  for unit in encoder.weights.indices {
    let mean = features.map { $0[unit] / count }.reduce(0, +)
    let variance = features.map { ($0[unit] - mean) * ($0[unit] - mean) / count }.reduce(0, +)
    encoder.means[unit] += 0.1 * (mean - encoder.means[unit])
    encoder.variances[unit] += 0.1 * (variance - encoder.variances[unit])
    for row in features.indices {
      features[row][unit] = max(0, (features[row][unit] - mean) / (variance + 1e-5).squareRoot())
    }
  }
  return features
}

/// How the colleague trains her probe: logistic regression by gradient descent from 0.
///
/// Each step takes all pictures; the loss is the mean over them of −log P(label).
public func colleaguesProbe(
  pictures: [[Float]], labels: [Int], encoder: inout SmallEncoder, steps: Int, rate: Float
) -> Probe {
  var probe = Probe(weights: encoder.weights.map { _ in 0 }, bias: 0)
  for _ in 0..<steps {
    let features = colleaguesFeatures(pictures: pictures, encoder: &encoder)
    let before = probe
    for (i, x) in pictures.enumerated() {
      let score = zip(before.weights, features[i]).map { $0 * $1 }.reduce(before.bias, +)
      let slope = (1 / (1 + exp(-score)) - Float(labels[i])) / Float(pictures.count)
      probe.bias -= rate * slope
      for unit in before.weights.indices where features[i][unit] > 0 {
        probe.weights[unit] -= rate * slope * features[i][unit]
        let back = slope * before.weights[unit] / (encoder.variances[unit] + 1e-5).squareRoot()
        for axis in x.indices { encoder.weights[unit][axis] -= rate * back * x[axis] }
      }
    }
  }
  return probe
}

/// The number that the colleague reports: the share of the test pictures whose class is right.
public func colleaguesAccuracy(
  pictures: [[Float]], labels: [Int], encoder: inout SmallEncoder, probe: Probe
) -> Float {
  let features = colleaguesFeatures(pictures: pictures, encoder: &encoder)
  let right = zip(features, labels).filter { row, label in
    (zip(probe.weights, row).map { $0 * $1 }.reduce(probe.bias, +) > 0) == (label == 1)
  }
  return Float(right.count) / Float(max(1, pictures.count))
}

/// The evidence: the names of the parts that are not what they were.
///
/// - `names`: `[parts]`, such as `["weights", "means", "variances"]`; two may be equal
/// - `before`, `after`: `[parts][numbers]`, each part's numbers in a row, before the probe and after it
/// - result: the names of the parts of which at least one number is another, if only in its last
///   digit (frozen means equal); in the order of `names`
///
/// Example: names `["weights", "means"]`, before `[[1, 2], [0.5]]`, after `[[2, 1], [0.5]]` →
/// `["weights"]`.
public func changedParts(
  names: [String], before: [[Float]], after: [[Float]]
) throws -> [String] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The features of a frozen encoder: `[pictures][features]`.
///
/// They are those of the picture alone: the same in a batch of any others, in one of its own, and at any
/// time. Without pictures: `[]`.
///
/// Example: pictures `[[3, 1], [1, 0]]`; encoder with weights `[[1, 0], [1, 1]]`, means `[1, 0]`,
/// variances `[4, 1]` → `[[1, 4], [0, 1]]` (to four digits: variances have 1e-5 added).
public func frozenFeatures(pictures: [[Float]], encoder: SmallEncoder) throws -> [[Float]] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The probe, trained as the colleague meant to: from 0, in `steps` steps over all pictures, the encoder
/// frozen.
///
/// - `pictures`, `labels`: `[pictures][numbers]` and `[pictures]`, labels 0 or 1; one picture or more
/// - `steps`: 0 or more
/// - `rate`: the learning rate; weights and bias take steps of −rate times their slope
///
/// Example: the pictures and the encoder of `frozenFeatures`, labels `[1, 0]`, one step with rate 1 →
/// weights `[0.25, 0.75]`, bias 0.
public func frozenProbe(
  pictures: [[Float]], labels: [Int], encoder: SmallEncoder, steps: Int, rate: Float
) throws -> Probe {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The share of pictures whose class the probe tells, each looked at by itself; 0 without pictures.
///
/// Example: the pictures, labels and encoder from above, probe weights `[0.25, 0.75]`, bias 0 → 0.5.
/// (The scores are 3.25 and 0.75, so both are called 1.)
public func frozenAccuracy(
  pictures: [[Float]], labels: [Int], encoder: SmallEncoder, probe: Probe
) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
// Your answer ends here.
