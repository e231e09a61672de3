// Exercise 3.1 · One pair of patches (heart)
//
// Cut a patch out of a picture, and one of the eight patches around it. A network sees both and is to
// say which of the eight the second one is. What it can use instead of looking, it will use: a gap that is
// always the same, a jitter that both patches share, a place that is likelier than others. So the heart
// of the method is its sampler. Draw one pair. With your function `swift run chapter3 --mine` trains the
// network.
//
//     0  1  2      The labels, row by row, as seen from the first patch, which lies in the middle:
//     3  ·  4      1 is the patch above it, 4 the one to its right. The middle is no neighbour and
//     5  6  7      has no label.
//
// Before you start: chapters/03-patch-localization/README.md, "The task, detail by detail".
// Check it with: swift run course check 3.1

import Exercises
import TensorCore

/// Draws one pair: the upper left pixels of the first and the second patch, and the label.
///
/// Nine patches lie in three rows and three columns, `gap` pixels apart. The place of these nine is
/// drawn, then one of the eight around the middle. At last each of the two patches is moved by a jitter
/// of its own: up or down by at most `jitter` pixels, and left or right by at most `jitter` pixels, which
/// are two draws.
///
/// - `height`, `width`: of the picture; nine patches fit, however they are moved. It may be that they fit
///   at one place only.
/// - `size`: the side of a patch, 1 or more
/// - `gap`: between two patches before they are moved, 0 or more
/// - `jitter`: 0 or more; where it is large, moved patches may overlap
/// - `random`: all randomness comes from it, in whichever order you draw
/// - result: the two places after they were moved (rows count from the top, columns from the left, both
///   from 0), and the label. All places at which all nine patches lie in the picture, however each is
///   moved, are equally likely; so are the eight labels, and all whole numbers from −jitter to jitter.
///
/// Example: height 8, width 8, size 2, gap 1, jitter 0: the first patch is at (3, 3), there is no other
/// place. With label 1 the second is at (0, 3), with label 5 at (6, 0).
public func drawPair(
  height: Int, width: Int, size: Int, gap: Int, jitter: Int, random: inout Random
) throws -> (first: (top: Int, left: Int), second: (top: Int, left: Int), label: Int) {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
