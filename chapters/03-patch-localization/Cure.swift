import CourseData
import TensorCore

/// What is done to the colours of patches, so that a lens does not tell where they lie.
enum Cure: String, CaseIterable {
  /// Nothing.
  case none = "as they are"
  /// The difference of green from red and blue is taken out.
  case projection
  /// Two of three channels are replaced by noise.
  case dropping

  /// Patches `[count, size, size, 3]`, each centred, with the cure applied.
  func applied(_ patches: Variable, using random: inout Random) -> Variable {
    switch self {
    case .none: patches
    case .projection: projected(patches)
    case .dropping: dropped(patches, using: &random)
    }
  }
}

/// Colours without their part along a = (−1, 2, −1), green against magenta.
///
/// Each pixel, a row (r, g, b), is multiplied by B = I − aᵀa / (a aᵀ), written out here; a convolution with
/// a window of one pixel does it.
func projected(_ patches: Variable) -> Variable {
  let b: [Float] = [5, 2, -1, 2, 2, 2, -1, 2, 5]
  return convolution(
    patches, Variable(Tensor([1, 1, 3, 3], b.map { $0 / 6 })), nil, stride: 1, padding: 0)
}

/// Patches of which one channel is left, drawn for each patch; the others are faint noise.
///
/// The noise has a hundredth of the kept channel's deviation, so that nothing is left to read and nothing
/// is exactly 0.
func dropped(_ patches: Variable, using random: inout Random) -> Variable {
  let count = patches.shape[0]
  var keep = [Float](repeating: 0, count: count * 3)
  for patch in 0..<count { keep[3 * patch + random.integer(below: 3)] = 1 }
  let mask = Variable(Tensor([count, 1, 1, 3], keep))
  let kept = patches * mask
  let pixels = Float(patches.shape[1] * patches.shape[2])
  let mean = kept.sum(axis: 1).sum(axis: 1).sum(axis: 1) / pixels  // [count]
  let centre = mean.reshaped([count, 1, 1, 1])
  let deviation = squareRoot(
    square((patches - centre) * mask).sum(axis: 1).sum(axis: 1).sum(axis: 1) / pixels)
  let noise = Variable(Tensor(normal: patches.shape, using: &random))
  return kept + (1 - mask) * (centre + noise * (0.01 * deviation).reshaped([count, 1, 1, 1]))
}
