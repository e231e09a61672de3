#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The mean squared error of each picture, over all its numbers or over some of its pixels.
///
/// - Parameters:
///   - pictures: `[count, height, width, channels]`.
///   - truth: what they should be, of the same shape.
///   - pixels: which pixels count, `[count, height, width, 1]`: those whose number is not 0; nil for all.
///   - file: the caller's file, for the message about wrong shapes.
///   - line: the caller's line.
/// - Returns: one number for each picture; not-a-number for one of which no pixel counts.
public func squaredErrors(
  _ pictures: Tensor, _ truth: Tensor, over pixels: Tensor? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> [Double] {
  let shape = pictures.shape
  if shape.count != 4 || truth.shape != shape {
    stop(
      "squaredErrors",
      "pictures \(shape) and truth \(truth.shape): it needs twice "
        + "[count, height, width, channels]", file: file, line: line)
  }
  if let pixels, pixels.shape != [shape[0], shape[1], shape[2], 1] {
    stop(
      "squaredErrors",
      "pixels \(pixels.shape) of pictures \(shape): it needs "
        + "[\(shape[0]), \(shape[1]), \(shape[2]), 1]", file: file, line: line)
  }
  let (area, channels) = (shape[1] * shape[2], shape[3])
  let (x, y, chosen) = (pictures.start, truth.start, pixels?.start)
  let errors = (0..<shape[0]).map { picture in
    var sum = 0.0
    var counted = 0
    for pixel in picture * area..<(picture + 1) * area {
      if let chosen, chosen[pixel] == 0 { continue }
      counted += channels
      for at in pixel * channels..<(pixel + 1) * channels {
        let difference = Double(x[at]) - Double(y[at])
        sum += difference * difference
      }
    }
    return counted == 0 ? Double.nan : sum / Double(counted)
  }
  return withExtendedLifetime((pictures, truth, pixels)) { errors }
}

/// The peak signal-to-noise ratio of pictures 0…1, in decibels: −10 log₁₀ of the mean squared error.
///
/// Ten decibels more are a tenth of the error. Pictures that are equal have none, and rounding to 8 bits
/// alone has 58.9; so what lies above 60 counts as 60.
public func peakSignalToNoise(_ squaredError: Double) -> Double {
  squaredError.isNaN ? squaredError : min(60, -10 * log10(max(squaredError, 1e-12)))
}

/// The mean of the pictures' peak signal-to-noise ratios, in decibels.
///
/// It is not the ratio of their mean error, which is never higher: two pictures with errors .001 and .1 have
/// a mean of 20.0, and their mean error has 12.97. A picture whose error is not-a-number is left out.
///
/// - Parameter squaredErrors: the mean squared error of each picture.
/// - Returns: the mean; not-a-number where no picture is left.
public func meanPeakSignalToNoise(_ squaredErrors: [Double]) -> Double {
  let ratios = squaredErrors.filter { !$0.isNaN }.map(peakSignalToNoise)
  return ratios.isEmpty ? .nan : ratios.reduce(0, +) / Double(ratios.count)
}
