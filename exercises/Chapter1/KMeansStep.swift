// Exercise 1.2 · One step of k-means (extend)
//
// k-means looks for k centres so that every point is near one of them. It repeats two moves: give each
// point to its nearest centre, then move each centre to the mean of its points. The formulas say
// nothing about a centre that no point is near to, and that is where programs break.
//
// Before you start: chapters/01-learning-paradigms/README.md, "Unsupervised learning".
// Check it with: swift run course check 1.2

import Exercises

/// For each point the index of its nearest centre.
///
/// Near means a small Euclidean distance, √Σ(pᵢ − cᵢ)². Where two centres are equally near, the one
/// with the lower index gets the point. There is at least one centre; all points and centres have the
/// same number of coordinates. No points: no indices.
///
/// Example: points `[[0, 0], [5, 4], [2, 2]]`, centres `[[0, 0], [4, 4]]` → `[0, 1, 0]`.
/// (The last point is equally near to both.)
public func nearestCentres(points: [[Float]], centres: [[Float]]) throws -> [Int] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The centres after they moved to the means of their points.
///
/// `assignments[i]` is the index of the centre that point i belongs to. A centre that no point belongs
/// to stays where it was.
///
/// Example: points `[[0, 0], [2, 0], [9, 9]]`, assignments `[0, 0, 1]`,
/// centres `[[1, 1], [8, 8], [-5, 3]]` → `[[1, 0], [9, 9], [-5, 3]]`.
public func movedCentres(
  points: [[Float]], assignments: [Int], centres: [[Float]]
) throws -> [[Float]] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
