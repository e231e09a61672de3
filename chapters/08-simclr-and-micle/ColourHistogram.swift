import CourseData
import TensorCore

/// How many views find their partner by their colours alone.
///
/// Each view is reduced to a histogram of its colours: where the pixels are no longer matters. The
/// square roots of the shares are a vector of length 1, and the cosine between two of them says how
/// much the histograms overlap (Bhattacharyya's coefficient).
///
/// - Parameters:
///   - pictures: what the views are made of.
///   - augmentation: how.
///   - bins: the steps into which each channel is cut.
///   - random: where the views come from.
/// - Returns: the share of the 2N views that are nearest to their partner.
func histogramAccuracy(
  _ pictures: Pictures, _ augmentation: AugmentationSequence, bins: Int = 6,
  using random: inout Random
) -> Double {
  let all = Array(0..<pictures.count)
  let views = pictures.views(of: all + all, augmentation, using: &random)
  let cells = (0..<pictures.channels).reduce(1) { product, _ in product * bins }
  let pixels = pictures.height * pictures.width
  let numbers = views.numbers
  var counts = [Float](repeating: 0, count: 2 * pictures.count * cells)
  for view in 0..<2 * pictures.count {
    for pixel in view * pixels..<(view + 1) * pixels {
      var cell = 0
      for channel in 0..<pictures.channels {
        let value = numbers[pixel * pictures.channels + channel]
        cell = cell * bins + min(Int(value * Float(bins)), bins - 1)
      }
      counts[view * cells + cell] += 1
    }
  }
  let shares = Variable(Tensor([2 * pictures.count, cells], counts)) / Float(pixels)
  return contrastiveAccuracy(squareRoot(shares))
}
