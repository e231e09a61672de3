// Exercise 8.1 · One anchor among the views (heart)
//
// A batch holds 2N views. Take one of them, the anchor: one other view shows the same picture, its
// positive, and all the rest are its negatives. The loss asks which of the others is the positive,
// and pays −log of the probability that it is given. The chapter computes it for all anchors at
// once, with matrices. Write it for one anchor, number by number, then for the batch.
//
// Before you start: chapters/08-simclr-and-micle/README.md, "The mathematics".
// Check it with: swift run course check 8.1

import Exercises
import Foundation

/// The loss of one anchor (NT-Xent).
///
///     −log( exp(s[positive] / τ) / Σ over k ≠ anchor of exp(s[k] / τ) )
///
/// with s[k] the cosine of the angle between `views[anchor]` and `views[k]`, τ the temperature and
/// the natural logarithm.
///
/// - `views`: `[views][width]`, two or more, of any length
/// - `anchor`, `positive`: two different rows of `views`
/// - `temperature`: from 0.01 up; exp(1 / 0.01) is not a `Float`
///
/// A view whose numbers are all 0 has no direction: its cosine with every other is 0, also where that
/// one has none either. The square of a length may be no `Float`: 1e20 and 1e-23 are lengths, too.
///
/// Example: views `[[2, 0], [5, 0], [0, 1]]`, anchor 0, positive 1, temperature 1 → log(1 + 1/e) =
/// 0.3133.
public func anchorLoss(
  views: [[Float]], anchor: Int, positive: Int, temperature: Float
) throws -> Float {
  // Your answer begins here.
  let exponents = views.map { cosine(views[anchor], $0) / temperature }
  let others = exponents.indices.filter { $0 != anchor }.map { exponents[$0] }
  let largest = others.max()!
  let total = others.map { exp($0 - largest) }.reduce(0, +)
  return largest + log(total) - exponents[positive]
  // Your answer ends here.
}

/// The loss of a batch: the mean over all its anchors.
///
/// - `views`: `[2N][width]`; rows i and i + N show the same picture, and each of them is an anchor
///   once; N ≥ 1; of any length
/// - `temperature`: τ, from 0.01 up
///
/// Example: views `[[1, 0], [0, 1], [2, 0], [0, 3]]`, temperature 1 → log(1 + 2/e) = 0.5514.
public func batchLoss(views: [[Float]], temperature: Float) throws -> Float {
  // Your answer begins here.
  let losses = try views.indices.map { anchor in
    let partner = (anchor + views.count / 2) % views.count
    return try anchorLoss(
      views: views, anchor: anchor, positive: partner, temperature: temperature)
  }
  return losses.reduce(0, +) / Float(losses.count)
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
private func cosine(_ a: [Float], _ b: [Float]) -> Float {
  let lengths = (dot(a, a) * dot(b, b)).squareRoot()
  return lengths == 0 ? 0 : Float(dot(a, b) / lengths)
}

// In Double: the square of a length of 1e20 or 1e-23 is no Float.
private func dot(_ a: [Float], _ b: [Float]) -> Double {
  zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
// Your answer ends here.
