import CourseData
import Foundation
import TensorCore

/// The clips of one repetition: some to learn from, others to judge by.
struct VideoSet {
  /// Where the repetition's random numbers start.
  let seed: UInt64
  /// The clips to learn from.
  let training: Video
  /// The clips to judge by, of three frames.
  let test: Video

  /// Draws clips of one or two things that move.
  init(training count: Int, test testCount: Int, seed: UInt64) {
    self.seed = seed
    var random = Random(seed: seed, stream: 2)
    let world = MotionWorld()
    training = world.paint(world.clips(count, seed: random.next()), frames: 6)
    test = world.paint(world.clips(testCount, seed: random.next()), frames: 3)
  }

  /// Cuts squares out of a long video: its first three quarters to learn from, the rest to judge by.
  ///
  /// - Parameters:
  ///   - video: one clip.
  ///   - count: how many squares to learn from.
  ///   - testCount: how many to judge by.
  ///   - seed: where the random numbers start.
  init(_ video: Video, training count: Int, test testCount: Int, seed: UInt64) {
    self.seed = seed
    var random = Random(seed: seed, stream: 2)
    let side = min(24, video.height / 4 * 4, video.width / 4 * 4)
    let later = max(3, video.frames * 3 / 4)
    func squares(_ count: Int, _ frames: Range<Int>) -> Video {
      let places = (0..<count).map { _ in
        (
          clip: 0, frame: frames.lowerBound + random.integer(below: frames.count - 2),
          top: random.integer(below: video.height - side + 1),
          left: random.integer(below: video.width - side + 1)
        )
      }
      return video.cut(places, frames: 3, size: side).inColour
    }
    training = squares(count, 0..<later)
    test = squares(testCount, later..<video.frames)
  }

  /// How many frames a video needs for both parts to have three.
  static let leastFrames = 12
}

/// A video of the reader's.
enum Film {
  /// The frames of the folder that `--data` names; nil for a file, which other sections read.
  ///
  /// - Throws: `DataError` where the folder holds no video.
  static func load(_ path: String) throws(DataError) -> Video? {
    if !isFolder(path) { return nil }
    let video = try FrameFolder.load(path, least: VideoSet.leastFrames)
    if min(video.height, video.width) < 8 {
      throw DataError(
        .damaged, file: path,
        reason: "its frames are \(video.width) × \(video.height) when made small enough to learn",
        remedy: "take frames that are less long and thin")
    }
    return video
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
