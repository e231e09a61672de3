import TensorCore

/// A lens that draws red, green and blue at different sizes: lateral chromatic aberration.
///
/// Glass bends blue light more than red. Away from the optical centre, which is the picture's middle here,
/// the three come apart along the ray from it, and the farther out the more: at p from the centre a colour
/// that is larger by ε lies ε p too far out.
///
/// ```swift
/// let seen = Lens(red: 0.02, blue: -0.02).seen(pictures)
/// ```
public struct Lens: Sendable, Equatable {
  /// By which share red is drawn larger than green.
  public var red: Float
  /// By which share blue is drawn larger than green.
  public var blue: Float

  /// A lens; of 0 and 0 a perfect one.
  public init(red: Float = 0, blue: Float = 0) {
    if min(red, blue) <= -1 { fatalError("Lens: a colour of size \(1 + min(red, blue))") }
    self.red = red
    self.blue = blue
  }

  /// What pictures look like through it; grey ones stay as they are.
  ///
  /// Between pixels lies the straight line between them, and beyond the edge what is at the edge.
  public func seen(_ pictures: Pictures) -> Pictures {
    if pictures.channels != 3 || self == Lens() { return pictures }
    let (height, width) = (pictures.height, pictures.width)
    var pixels = pictures.pixels
    for (channel, share) in [(0, red), (2, blue)] where share != 0 {
      let rows = Self.sources(height, share)
      let columns = Self.sources(width, share)
      pictures.pixels.withUnsafeBufferPointer { from in
        pixels.withUnsafeMutableBufferPointer { to in
          for picture in 0..<pictures.count {
            let start = picture * height * width * 3 + channel
            for y in 0..<height {
              let row = rows[y]
              let (above, below) = (start + row.first * width * 3, start + row.second * width * 3)
              for x in 0..<width {
                let column = columns[x]
                let (a, b) = (column.first * 3, column.second * 3)
                let high = from[above + a] + column.share * (from[above + b] - from[above + a])
                let low = from[below + a] + column.share * (from[below + b] - from[below + a])
                to[start + (y * width + x) * 3] = high + row.share * (low - high)
              }
            }
          }
        }
      }
    }
    return Pictures(
      height: height, width: width, channels: 3, pixels: pixels, labels: pictures.labels,
      classNames: pictures.classNames)
  }

  /// Between which two pixels of a line each pixel's light comes from, and how near to the second.
  private static func sources(
    _ count: Int, _ share: Float
  ) -> [(first: Int, second: Int, share: Float)] {
    let centre = Float(count) / 2
    return (0..<count).map { pixel in
      let place = (Float(pixel) + 0.5 - centre) / (1 + share) + centre - 0.5
      let inside = min(max(place, 0), Float(count - 1))
      let first = min(Int(inside), max(0, count - 2))
      return (first, min(first + 1, count - 1), inside - Float(first))
    }
  }

  /// By which share one channel of pictures is drawn larger than green, from the pictures themselves.
  ///
  /// It is the size, of those tried, at which the channel's edges fit the green ones best: the largest
  /// correlation between the differences of neighbouring pixels.
  ///
  /// Grain blurs the answer: a size that puts pixels between pixels smoothes it, and makes edges more alike.
  /// Few grainy pictures can be off by some tenths of a percent.
  ///
  /// - Parameters:
  ///   - channel: 0 for red, 2 for blue.
  ///   - pictures: in colour.
  ///   - tried: the shares to try.
  /// - Returns: for each share the correlation.
  public static func fit(
    of channel: Int, in pictures: Pictures, tried: [Float]
  ) -> [(share: Float, correlation: Double)] {
    tried.map { share in
      // To undo a size, draw it smaller by as much.
      let undo = 1 / (1 + share) - 1
      let straight = (channel == 0 ? Lens(red: undo) : Lens(blue: undo)).seen(pictures)
      return (share, edgeCorrelation(channel, straight))
    }
  }

  /// The correlation between the edges of a channel and those of green, over the inner nine tenths.
  private static func edgeCorrelation(_ channel: Int, _ pictures: Pictures) -> Double {
    let (height, width, p) = (pictures.height, pictures.width, pictures.pixels)
    let (top, left) = (height / 20 + 1, width / 20 + 1)
    var (both, one, two) = (0.0, 0.0, 0.0)
    for picture in 0..<pictures.count {
      for y in top..<height - top {
        for x in left..<width - left {
          let at = ((picture * height + y) * width + x) * 3
          for step in [3, 3 * width] {
            let a = Double(p[at + channel + step] - p[at + channel - step])
            let b = Double(p[at + 1 + step] - p[at + 1 - step])
            both += a * b
            one += a * a
            two += b * b
          }
        }
      }
    }
    return one > 0 && two > 0 ? both / (one * two).squareRoot() : 0
  }
}
