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
  throw NotStarted()
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
  throw NotStarted()
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
  throw NotStarted()
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
// Your answer ends here.
