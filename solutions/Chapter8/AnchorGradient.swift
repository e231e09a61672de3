// Exercise 8.2 · A gradient that only turns (derive)
//
// The loss knows directions only: make z twice as long, and it stays the same. So its gradient in
// z has no part along z, and it can turn z, never lengthen it. Take pen and paper, in three steps:
// back through u = z / |z|; one anchor's loss in the anchor's own z; the batch's loss in every z,
// where each view is an anchor once, a positive once, and a negative of all the others. Differences
// of the loss between two points close together are a good check of your answer, and no derivation.
// With the last one `swift run chapter8 --mine` trains.
//
// Before you start: chapters/08-simclr-and-micle/README.md, "The mathematics".
// Check it with: swift run course check 8.2

import Exercises
import Foundation

/// The slope of a loss in z, from its slope in u = z / |z|.
///
/// - `z`: `[width]`, of a length from 1e-30 to 1e30 (its square may be no `Float`); if its numbers are
///   all 0, so is the result
/// - `slope`: `[width]`, ∂loss/∂u
///
/// Example: z `[3, 4]`, slope `[1, 0]` → `[0.128, -0.096]`. (Its product with z is 0.)
public func slopeBeforeNormalisation(z: [Float], slope: [Float]) throws -> [Float] {
  // Your answer begins here.
  let length = dot(z, z).squareRoot()
  if length == 0 { return z }
  // A step along z only changes the length, which u does not have: that part is taken away.
  let along = dot(z, slope) / (length * length)
  return zip(z, slope).map { Float((Double($1) - along * Double($0)) / length) }
  // Your answer ends here.
}

/// The slope of one anchor's loss (exercise 8.1) in the anchor's own z, the others held still.
///
///     u[k] = z[k] / |z[k]|                s[k] = u[anchor] · u[k]
///     loss = −log( exp(s[positive] / τ) / Σ over k ≠ anchor of exp(s[k] / τ) )
///
/// - `views`: `[views][width]`, the z, of lengths from 1e-30 to 1e30
/// - `anchor`, `positive`: two different rows of `views`
/// - `temperature`: τ, from 0.01 up
/// - result: `[width]`
///
/// Example: views `[[2, 0], [5, 0], [0, 1]]`, anchor 0, positive 1, temperature 1 → `[0, 0.1345]`.
/// (The negative has probability 0.2689; it pushes, and the anchor has length 2.)
public func anchorGradient(
  views: [[Float]], anchor: Int, positive: Int, temperature: Float
) throws -> [Float] {
  // Your answer begins here.
  let units = views.map(unit)
  let weights = probabilities(units, anchor: anchor, temperature: temperature)
  var slope = units[positive].map { -$0 / temperature }
  for (weight, other) in zip(weights, units) {
    for axis in slope.indices { slope[axis] += weight * other[axis] / temperature }
  }
  return try slopeBeforeNormalisation(z: views[anchor], slope: slope)
  // Your answer ends here.
}

/// The slope of the batch's loss (the mean over all 2N anchors) in every view's z.
///
/// - `views`: `[2N][width]`, of lengths from 1e-30 to 1e30, N ≥ 1; rows i and i + N show the same
///   picture
/// - `temperature`: τ, from 0.01 up
/// - result: `[2N][width]`
///
/// Example: views `[[1, 0], [0, 1], [2, 0], [0, 3]]`, temperature 1 →
/// `[[0, 0.2119], [0.2119, 0], [0, 0.106], [0.0706, 0]]`. Each row is orthogonal to its view.
public func batchGradient(views: [[Float]], temperature: Float) throws -> [[Float]] {
  // Your answer begins here.
  let units = views.map(unit)
  let count = views.count
  let p = units.indices.map { probabilities(units, anchor: $0, temperature: temperature) }
  return try units.indices.map { j in
    // View j as an anchor (p[j][k]) and among the others of each anchor k (p[k][j]).
    var slope = units[(j + count / 2) % count].map { -2 * $0 }
    for k in units.indices {
      let weight = p[j][k] + p[k][j]
      for axis in slope.indices { slope[axis] += weight * units[k][axis] }
    }
    let scaled = slope.map { $0 / temperature / Float(count) }
    return try slopeBeforeNormalisation(z: views[j], slope: scaled)
  }
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
// In Double: the square of a length of 1e20 or 1e-23 is no Float.
private func dot(_ a: [Float], _ b: [Float]) -> Double {
  var sum = 0.0
  for axis in a.indices { sum += Double(a[axis]) * Double(b[axis]) }
  return sum
}

private func unit(_ z: [Float]) -> [Float] {
  let length = dot(z, z).squareRoot()
  return z.map { Float(Double($0) / length) }
}

/// With which probability the anchor takes each view for its positive; 0 for itself.
private func probabilities(
  _ units: [[Float]], anchor: Int, temperature: Float
) -> [Float] {
  var exponents = units.map { Float(dot(units[anchor], $0)) / temperature }
  // The anchor's own, the largest there can be, must not be the one that is taken off: where all
  // others lie opposite, nothing would be left of them.
  exponents[anchor] = -.infinity
  let largest = exponents.max()!
  let powers = exponents.map { exp($0 - largest) }
  let total = powers.reduce(0, +)
  return powers.map { $0 / total }
}
// Your answer ends here.
