/// Why contrastive training cannot start, or had to stop.
enum ContrastiveError: Error, Equatable, CustomStringConvertible {
  /// A quantity became infinite or not a number.
  case notFinite(quantity: String, step: Int)
  /// A batch holds fewer than two pairs, so that nothing is left to tell a pair from.
  case tooFewPairs(Int)
  /// The two halves of a batch of pairs do not fit each other.
  case unevenPairs(first: [Int], second: [Int])
  /// Pictures have other channels than the encoder was made for.
  case channels(pictures: [Int], expected: Int)
  /// Pictures are smaller than the encoder can halve three times.
  case tooSmall(height: Int, width: Int)
  /// There are too few pictures.
  case tooFewPictures(Int)
  /// All labels are the same.
  case oneClass(String)
  /// A setting of the training that makes no sense.
  case setting(String)

  var description: String {
    switch self {
    case .notFinite(let quantity, let step):
      "step \(step): \(quantity) is not finite, the run has diverged; take a smaller learning rate, "
        + "a longer warm-up or a higher temperature, and look for NaN in the pictures"
    case .tooFewPairs(let count):
      "a batch of \(count) \(count == 1 ? "pair" : "pairs") has no negatives; it needs two or more"
    case .unevenPairs(let first, let second):
      "the first views have shape \(first), the second ones \(second); each needs its partner"
    case .channels(let pictures, let expected):
      "pictures of shape \(pictures) for an encoder that expects [batch, height, width, \(expected)]"
    case .tooSmall(let height, let width):
      "pictures of \(height) × \(width) pixels; the encoder halves them three times and needs 4 × 4"
    case .tooFewPictures(let count):
      "\(count) \(count == 1 ? "picture" : "pictures"); contrast needs 2 or more different ones"
    case .oneClass(let name):
      "all labels say “\(name)”; a classifier needs two classes or more"
    case .setting(let problem): problem
    }
  }
}
