// Exercise 3.3 · One channel is enough (extend)
//
// The other cure against a lens: with one channel there is no fringe. Of each patch one channel is kept,
// which is drawn, and the two others are replaced by faint noise, so faint that nothing can be read from
// it. The chapter does this to a batch of tensors. Here it is a single patch, a list of pixels, and the
// questions are those that copies of the method get wrong: always red? the same channel in both patches of
// a pair? noise around what?
//
// Before you start: chapters/03-patch-localization/README.md, "A lens that tells the place".
// Check it with: swift run course check 3.3

import Exercises
import TensorCore

/// A patch of which one channel is left.
///
/// - `pixels`: `[pixels][3]`, red, green and blue of each; one pixel or more
/// - `random`: all randomness comes from it, in whichever order you draw; `random.normal()` is a number
///   of mean 0 and deviation 1
/// - result: `[pixels][3]`. The kept channel is what it was, to the last digit; each of the three is as
///   likely, and it is one for the whole patch. Every number of the two others is drawn on its own from
///   the normal distribution whose mean is the kept channel's mean over the pixels, and whose standard
///   deviation is a hundredth of the kept channel's: the root of the mean squared distance from the mean.
///   Where the kept channel is constant over the patch, so are the two others, and all three are equal, but
///   for the rounding of a mean.
///
/// Numbers need not lie between 0 and 1: they may be thousands with differences of 1.
///
/// Example: pixels `[[0, 5, 5], [2, 5, 9]]`, if red is kept → for instance
/// `[[0, 1.003, 0.9917], [2, 0.9985, 1.0142]]`: mean 1, deviation 0.01.
public func dropped(pixels: [[Float]], random: inout Random) throws -> [[Float]] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// Both patches of a pair, each by itself: one may keep red and the other blue.
///
/// - `first`, `second`: `[pixels][3]`, as many pixels in either
/// - result: both as `dropped` gives them; the two channels that are kept are drawn independently, so
///   that they are the same in a third of all pairs
///
/// Example: first `[[0, 5, 5], [2, 5, 9]]`, second `[[1, 1, 0], [1, 1, 4]]` → for instance red is kept of
/// the first, blue of the second.
public func droppedPair(
  first: [[Float]], second: [[Float]], random: inout Random
) throws -> (first: [[Float]], second: [[Float]]) {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
