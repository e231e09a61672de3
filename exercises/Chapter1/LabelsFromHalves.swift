// Exercise 1.1 · Labels from nothing (heart)
//
// Nobody labelled these pictures. Yet a picture knows how its own parts belong together: cut it into
// a left and a right half, swap the two or leave them, and ask a network which it was. The label
// comes from what you did, so it costs nothing and is never wrong.
//
// Before you start: chapters/01-learning-paradigms/README.md, "Self-supervised learning".
// Check it with: swift run course check 1.1

import Exercises
import TensorCore

/// A picture with its left and its right half swapped.
///
/// A picture is a list of `height * width` numbers, row after row: the number of row r and column c
/// stands at place `r * width + c`. The width is even; height and width are 1 or more.
///
/// Example: height 2, width 4
///
///     1 2 3 4         3 4 1 2
///     5 6 7 8   ---→  7 8 5 6        [1,2,3,4, 5,6,7,8] → [3,4,1,2, 7,8,5,6]
///
/// The halves change places; inside a half nothing moves.
public func swappedHalves(_ picture: [Float], height: Int, width: Int) throws -> [Float] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// One question for each picture with its answer: left as it was (0) or swapped (1).
///
/// For every picture, in order, draw its label evenly from 0 and 1 with `random`, each picture's on
/// its own. The input is the picture itself for label 0 and the swapped picture for label 1. Both
/// lists are as long as `pictures`; the same seed gives the same labels.
///
/// Example: two pictures of height 1 and width 2, `[1, 2]` and `[5, 6]`, for which you draw the labels
/// 1 and 0: inputs `[[2, 1], [5, 6]]`, labels `[1, 0]`.
///
/// `random.integer(below: n)` draws from 0 ..< n, and `random.chance(0.5)` tosses a coin.
public func labelsFromHalves(
  _ pictures: [[Float]], height: Int, width: Int, random: inout Random
) throws -> (inputs: [[Float]], labels: [Int]) {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
