import TensorCore

/// Clips of one length and size: pictures in the order in which they follow each other.
///
/// ```swift
/// let video = MotionWorld().paint(clips, frames: 6)
/// let (before, last, next) = (video.frame(1), video.frame(2), video.frame(3))   // [clips, h, w, 3]
/// ```
public struct Video: Sendable, Equatable {
  /// The number of clips.
  public let count: Int
  /// The frames of a clip.
  public let frames: Int
  /// The height of every frame, in pixels.
  public let height: Int
  /// The width of every frame, in pixels.
  public let width: Int
  /// The numbers of a pixel: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// All pixels, each from 0 (black) to 1, in the order `[count, frames, height, width, channels]`.
  public let pixels: [Float]

  /// Makes clips from their pixels; it stops the program where their number does not fit.
  public init(
    count: Int, frames: Int, height: Int, width: Int, channels: Int, pixels: [Float]
  ) {
    if pixels.count != count * frames * height * width * channels {
      fatalError(
        "Video: \(pixels.count) numbers for shape "
          + "[\(count), \(frames), \(height), \(width), \(channels)]")
    }
    self.count = count
    self.frames = frames
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
  }

  /// One frame of every clip, `[count, height, width, channels]`.
  public func frame(_ index: Int) -> Tensor { frame(index, of: 0..<count) }

  /// One frame of some clips, in that order, `[clips.count, height, width, channels]`.
  public func frame(_ index: Int, of clips: some Collection<Int>) -> Tensor {
    if !(0..<frames ~= index) { fatalError("Video: no frame \(index) among \(frames)") }
    let area = height * width * channels
    var chosen: [Float] = []
    chosen.reserveCapacity(clips.count * area)
    for clip in clips {
      let start = (clip * frames + index) * area
      chosen += pixels[start..<start + area]
    }
    return Tensor([clips.count, height, width, channels], chosen)
  }

  /// The same clips with three numbers a pixel: grey becomes three equal ones.
  public var inColour: Video {
    if channels == 3 { return self }
    var colours: [Float] = []
    colours.reserveCapacity(3 * pixels.count)
    for grey in pixels { for _ in 0..<3 { colours.append(grey) } }
    return Video(
      count: count, frames: frames, height: height, width: width, channels: 3, pixels: colours)
  }

  /// Cuts short clips of small squares out of the clips.
  ///
  /// - Parameters:
  ///   - cuts: for each clip to be cut out, from which clip, its first frame, its top and its left.
  ///   - frames: the frames of each.
  ///   - size: the side of the squares.
  /// - Returns: `[cuts.count, frames, size, size, channels]`.
  public func cut(
    _ cuts: [(clip: Int, frame: Int, top: Int, left: Int)], frames: Int, size: Int
  ) -> Video {
    var chosen: [Float] = []
    chosen.reserveCapacity(cuts.count * frames * size * size * channels)
    for cut in cuts {
      if !(0..<count ~= cut.clip) || cut.frame < 0 || cut.frame + frames > self.frames
        || cut.top < 0 || cut.top + size > height || cut.left < 0 || cut.left + size > width
      {
        fatalError(
          "Video: no \(frames) frames of \(size) × \(size) at \(cut) in "
            + "[\(count), \(self.frames), \(height), \(width)]")
      }
      for frame in cut.frame..<cut.frame + frames {
        for row in cut.top..<cut.top + size {
          let start =
            (((cut.clip * self.frames + frame) * height + row) * width + cut.left) * channels
          chosen += pixels[start..<start + size * channels]
        }
      }
    }
    return Video(
      count: cuts.count, frames: frames, height: size, width: size, channels: channels,
      pixels: chosen)
  }
}
