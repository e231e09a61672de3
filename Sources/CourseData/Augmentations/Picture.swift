/// One picture, while it is changed.
public struct Picture: Sendable, Equatable {
  /// The height in pixels.
  public let height: Int
  /// The width in pixels.
  public let width: Int
  /// 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// The pixels, each from 0 to 1, in the order `[height, width, channels]`.
  public var pixels: [Float]

  /// Makes a picture from its pixels; it stops the program where their number does not fit.
  public init(height: Int, width: Int, channels: Int, pixels: [Float]) {
    if pixels.count != height * width * channels {
      fatalError(
        "Picture: \(pixels.count) numbers for shape [\(height), \(width), \(channels)]")
    }
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
  }

  /// Replaces every pixel by what the old picture has at another place.
  ///
  /// The new pixel at column x and row y takes the colour that lies at `source(x, y)` between the old
  /// pixels' centres, which have whole coordinates. The four pixels around it are blended by their
  /// nearness; beyond the border the border's colour goes on.
  @inline(__always)
  mutating func resample(_ source: (Float, Float) -> (x: Float, y: Float)) {
    let old = pixels
    let (right, bottom) = (Float(width - 1), Float(height - 1))
    old.withUnsafeBufferPointer { old in
      pixels.withUnsafeMutableBufferPointer { new in
        var at = 0
        for row in 0..<height {
          for column in 0..<width {
            let place = source(Float(column), Float(row))
            let x = min(max(place.x, 0), right)
            let y = min(max(place.y, 0), bottom)
            let (x0, y0) = (Int(x), Int(y))
            let (x1, y1) = (min(x0 + 1, width - 1), min(y0 + 1, height - 1))
            let (shareX, shareY) = (x - Float(x0), y - Float(y0))
            let corners = (
              (y0 * width + x0) * channels, (y0 * width + x1) * channels,
              (y1 * width + x0) * channels, (y1 * width + x1) * channels
            )
            for channel in 0..<channels {
              let upper =
                old[corners.0 + channel]
                + shareX * (old[corners.1 + channel] - old[corners.0 + channel])
              let lower =
                old[corners.2 + channel]
                + shareX * (old[corners.3 + channel] - old[corners.2 + channel])
              new[at] = upper + shareY * (lower - upper)
              at += 1
            }
          }
        }
      }
    }
  }
}
