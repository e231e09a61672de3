// Exercise 8.5 · Close together, spread out (extend)
//
// What does a contrastive loss want? Two things at once, say Wang and Isola (2020): that the two
// views of a picture lie close together on the sphere (alignment), and that the pictures are
// spread over all of it (uniformity). Both are measured, and for both lower is better. A network
// that has collapsed to one point has the best alignment there is: look at both.
//
// Before you start: chapters/08-simclr-and-micle/README.md, "Pre-training".
// Check it with: swift run course check 8.5

import Exercises
import Foundation

/// The mean squared distance of the two views of a picture, on the sphere.
///
///     mean over i of |u[i] − v[i]|²       u = first, v = second, each brought to length 1
///
/// - `first`, `second`: `[pictures][width]`, one picture or more; row i of both shows the same
///   picture; of any length but 0, 1e20 and 1e-23 among them
///
/// Example: first `[[2, 0], [0, 1]]`, second `[[0, 3], [0, 5]]` → 1. (The squared distances are 2
/// and 0.)
public func alignment(first: [[Float]], second: [[Float]]) throws -> Float {
  // Your answer begins here.
  let distances = zip(first, second).map { squaredDistance(unit($0), unit($1)) }
  return Float(distances.reduce(0, +) / Double(distances.count))
  // Your answer ends here.
}

/// How unevenly points lie on the sphere: 0 if all are in one place, the lower the wider they
/// spread.
///
///     log( mean over all pairs i < j of exp(−2 |u[i] − u[j]|²) )       natural logarithm
///
/// - `points`: `[points][width]`, of any length but 0; u are these brought to length 1
/// - result: fewer than two points have no pairs: 0
///
/// Example: points `[[2, 0], [0, 3], [0, 1]]` → −1.0626. (The squared distances are 2, 2 and 0.)
public func uniformity(points: [[Float]]) throws -> Float {
  // Your answer begins here.
  if points.count < 2 { return 0 }
  let units = points.map(unit)
  var (total, pairs) = (0.0, 0.0)
  for i in units.indices {
    for j in units.indices where i < j {
      total += exp(-2 * squaredDistance(units[i], units[j]))
      pairs += 1
    }
  }
  return Float(log(total / pairs))
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
// In Double: a thousand points have half a million pairs, whose sum a Float would round off, and the
// square of a length of 1e20 or 1e-23 is no Float.
private func unit(_ z: [Float]) -> [Double] {
  let numbers = z.map(Double.init)
  let norm = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
  return numbers.map { $0 / norm }
}

private func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
}
// Your answer ends here.
