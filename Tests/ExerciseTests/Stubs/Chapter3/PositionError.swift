// Exercise 3.5 · How much a patch knows of its place (extend)
//
// The test for a lens: train a network to say from one patch alone where in the picture it was cut. It
// should not be able to. The paper looked at the tenth of the pictures that this works best for, and found
// the places to be told better than by chance. Three numbers belong to such a sentence, and each is easily
// reported wrong: the error, the error of a guess that has seen nothing, and that of the best tenth.
//
// All places are centres of patches, down and across, in shares of the picture's sides: (0.5, 0.5) is the
// middle, (1, 0) the lower left corner.
//
// Before you start: chapters/03-patch-localization/README.md, "A lens that tells the place".
// Check it with: swift run course check 3.5

import Exercises

/// The root of the mean squared distance between where a patch was said to be and where it was.
///
/// - `predicted`, `centres`: `[patches][2]`, down and across; a prediction may lie outside the picture
/// - result: √(the mean over the patches of down² + across² of the difference), not halved; 0 without
///   patches
///
/// Example: predicted `[[0.5, 0.5], [0.5, 0.5]]`, centres `[[0.5, 0.5], [0.8, 0.9]]` → distances 0 and
/// 0.5, √0.125 = 0.3536.
public func positionError(predicted: [[Float]], centres: [[Float]]) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The error on test patches of whoever looks at none of them: always the one guess that is best for the
/// training patches.
///
/// - `training`: `[training patches][2]`, centres, one or more. Of all guesses, their mean has the least
///   error.
/// - `test`: `[test patches][2]`, centres
/// - result: the `positionError` of that guess on the test patches; without test patches 0
///
/// Example: training `[[0, 0], [0, 1]]`, test `[[0, 1], [0, 1]]` → the guess is (0, 0.5), the error 0.5.
public func chanceError(training: [[Float]], test: [[Float]]) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The mean error of the tenth of the pictures with the least errors.
///
/// - `predicted`, `centres`: `[patches][2]`, of patches of several pictures
/// - `pictures`: `[patches]`, the number of each patch's picture: any whole number, in any order
/// - result: each picture has an error, the `positionError` of its own patches. Of all pictures a tenth is
///   taken, rounded down but at least one, those with the least errors; the result is the mean of their
///   errors. Of pictures with equal errors, whichever is taken, the mean is the same. Without patches 0.
///
/// Example: three pictures, 4, 8 and 9. predicted `[[0, 0], [0, 0], [0, 0], [0, 0]]`, centres
/// `[[0, 0.3], [0, 0.2], [0, 0.1], [0, 0.9]]`, pictures `[4, 8, 9, 9]` → errors 0.3, 0.2 and 0.6403; a
/// tenth of three is one picture: 0.2.
public func bestTenthError(
  predicted: [[Float]], centres: [[Float]], pictures: [Int]
) throws -> Float {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
// Your answer ends here.
