import TensorCore

/// Something that cannot be trained on.
enum InpaintingError: Error, Equatable, CustomStringConvertible {
  /// A mask that leaves nothing to see, or nothing to paint.
  case hole(picture: Int, isEmpty: Bool)
  /// A picture whose side the networks cannot halve four times.
  case side(Int)
  /// A number that training would have gone on with.
  case notFinite(String, step: Int)

  var description: String {
    switch self {
    case .hole(let picture, let isEmpty):
      "the hole of picture \(picture) covers \(isEmpty ? "nothing" : "everything"): "
        + "there is nothing to \(isEmpty ? "paint" : "paint it from")"
    case .side(let side):
      "pictures of \(side) pixels cannot be halved four times: their side has to be a multiple of 16"
    case .notFinite(let quantity, let step):
      "\(quantity) is not a number at step \(step): nothing was trained on it. "
        + "A smaller learning rate may help; check the pictures for NaN"
    }
  }
}

/// Finds masks that cover everything or nothing.
func checkHoles(_ masks: Tensor) throws(InpaintingError) {
  let area = masks.shape[1] * masks.shape[2]
  let numbers = masks.numbers
  for picture in 0..<masks.shape[0] {
    let dropped = numbers[picture * area..<(picture + 1) * area].count { $0 != 0 }
    if dropped == 0 || dropped == area {
      throw .hole(picture: picture, isEmpty: dropped == 0)
    }
  }
}
