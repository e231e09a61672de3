// Exercise 2.3 · The window predicts the word (extend)
//
// The chapter's skip-gram goes from the word in the middle to each word near it. CBOW (continuous bag
// of words) goes the other way: all words of the window together predict the one in the middle, and
// what stands for them is the mean of their vectors. A mean has a factor; the slope goes back through
// it. The program that came with word2vec forgets that, to this day, and so do its many copies. Yours
// is right: a difference of the loss shows it.
//
// Before you start: chapters/02-pretext-and-downstream/README.md, "Words".
// Check it with: swift run course check 2.3

import Exercises
import Foundation

/// The words of a window, in the order of the sentence: those at most `halfWidth` places away from
/// `place`, what stands at `place` itself excepted.
///
/// - `sentence`: `[places]`, the words' numbers
/// - `place`: a place in the sentence
/// - `halfWidth`: 1 or more; a window ends with the sentence, it does not go round
/// - result: a word that comes twice stands there twice, and the word in the middle, where it stands
///   at another place of the window, is one of them
///
/// Example: sentence `[7, 3, 7, 9]`, place 2, halfWidth 2 → `[7, 3, 9]`.
public func windowWords(sentence: [Int], place: Int, halfWidth: Int) throws -> [Int] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The loss of one window with its negatives, and the gradient in every vector (CBOW with negative
/// sampling).
///
///     h = the mean of the window's vectors
///     loss = −log σ(h · u) − Σ over the negatives n of log σ(−h · n)
///
/// - `window`: `[words][width]`, the vectors of the window's words, as many as there are; a word that
///   comes twice stands there twice
/// - `center`: u, `[width]`, the vector of the word in the middle, which is to be predicted
/// - `negatives`: `[negatives][width]`, the n; there may be none, and equal ones
/// - result: the loss; its gradient in each row of the window, in u, and in each negative. Without words
///   in the window there is nothing to learn: the loss is 0, and so are all slopes.
///
/// Scores may be many hundreds, of either sign. If your answer to 2.1 is right, you may call it.
///
/// Example: window `[[2, 0], [0, 2]]`, center `[1, -1]`, negatives `[[2, 0]]`. The mean is `[1, 1]`, the
/// loss 2.8201; the gradient is `[[0.6308, 0.25], [0.6308, 0.25]]` in the window, `[-0.5, -0.5]` in the
/// center, `[[0.8808, 0.8808]]` in the negatives.
public func bagOfWords(
  window: [[Float]], center: [Float], negatives: [[Float]]
) throws -> (loss: Float, window: [[Float]], center: [Float], negatives: [[Float]]) {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}

/// The gradient of the same loss in the whole table that the window's vectors are taken from.
///
/// - `table`: `[vocabulary][width]`; row w is the vector of word w
/// - `words`: the window, numbers of rows; one may come twice
/// - `center`, `negatives`: as for `bagOfWords`, from another table
/// - result: `[vocabulary][width]`, 0 for all words that are not in the window
///
/// Example: table `[[1, 1], [3, 0], [0, 3], [9, 9]]`, words `[1, 2, 0]` hold the mean `[1.3333, 1.3333]`;
/// with center `[1, -1]` and negatives `[[1.5, 0]]` the rows 0, 1 and 2 get `[0.2737, 0.1667]` each,
/// row 3 `[0, 0]`. With words `[0, 0]` row 0 alone gets a slope, from both of its places.
public func tableGradient(
  table: [[Float]], words: [Int], center: [Float], negatives: [[Float]]
) throws -> [[Float]] {
  // Your answer begins here.
  throw NotStarted()
  // Your answer ends here.
}
