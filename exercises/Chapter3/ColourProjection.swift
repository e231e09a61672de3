// Exercise 3.2 · Colours without one direction (derive)
//
// A lens that bends green otherwise than red and blue draws green and magenta fringes, wider towards the
// border of the picture: whoever sees the fringe knows the place. The paper takes the difference between
// green and magenta out of every colour. With a = (−1, 2, −1), a row, each colour, a row as well, is
// multiplied by the matrix
//
//     B = I − aᵀa / (a aᵀ).
//
// Pen and paper: what does B do to a, and what to a colour that is orthogonal to a? That gives its
// eigenvalues, and shows a hole: a lens that shifts red against blue is not cured at all.
//
// Before you start: chapters/03-patch-localization/README.md, "A lens that tells the place".
// Check it with: swift run course check 3.2

import Exercises

/// The matrix B that takes a direction out of colours.
///
/// - `direction`: a, `[channels]`, in most cases three; not all numbers are 0. Its length does not matter:
///   it may be 1e25 or 1e-25 as well, of which the square is no `Float`.
/// - result: B, `[channels][channels]`
///
/// Example: direction `[0, 2, 0]` → `[[1, 0, 0], [0, 0, 0], [0, 0, 1]]`; `[1, -1]` →
/// `[[0.5, 0.5], [0.5, 0.5]]`.
public func projection(away direction: [Float]) throws -> [[Float]] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The eigenvalues of I − s aᵀa / (a aᵀ), from the smallest to the largest.
///
/// For s = 1 this is B. With a smaller strength s the direction is made fainter and does not vanish.
///
/// - `direction`: a, as above
/// - `strength`: s, any number
/// - result: `[channels]`; an eigenvalue that has several eigenvectors, all orthogonal to each other, stands
///   there as often
///
/// Example: direction `[1, -1]`, strength 0.75 → `[0.25, 1]`.
public func eigenvalues(direction: [Float], strength: Float) throws -> [Float] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// How much of the difference of two colours is left when both were multiplied by B: its length behind
/// over its length before.
///
/// - `difference`: d, `[channels]`, of any length, 1e25 and 1e-25 among them
/// - `direction`: a, as above
/// - result: |d B| / |d|, from 0 to 1 and right to about 1e-5, where next to nothing is left, too. Of no
///   difference, only zeros, nothing is left: 0.
///
/// Example: difference `[3, 4]`, direction `[0, 1]` → 0.6. Red against blue, `[1, 0, -1]`, with direction
/// `[-1, 2, -1]` → 1.
public func shareLeft(difference: [Float], direction: [Float]) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
// Your answer ends here.
