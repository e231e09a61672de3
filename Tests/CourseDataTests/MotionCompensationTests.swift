import TensorCore
import Testing

@testable import CourseData

@Suite struct MotionCompensationTests {
  @Test func `what rests is predicted to stay, to the bit`() {
    let world = MotionWorld()
    let frame = world.paint(world.clips(10, seed: 1), frames: 1).frame(0)
    #expect(motionCompensated(frame, frame) == frame)
  }

  @Test(arguments: [SIMD2<Float>(2, 0), SIMD2(-1, 3), SIMD2(1.5, -2)])
  func `a square that moves is carried on, and the ground closes behind it`(velocity: SIMD2<Float>)
  {
    func frame(_ time: Float) -> Tensor {
      // A square of four shades, with edges as smooth as its place asks.
      let corner = SIMD2<Float>(10, 10) + velocity * time
      var pixels = [Float](repeating: 0.2, count: 24 * 24)
      for y in 0..<24 {
        for x in 0..<24 {
          func covered(_ low: Float, _ at: Int) -> Float {
            max(0, min(low + 6, Float(at + 1)) - max(low, Float(at)))
          }
          let share = covered(corner.x, x) * covered(corner.y, y)
          let shade: Float =
            (Float(x) + 0.5 < corner.x + 3) == (Float(y) + 0.5 < corner.y + 3) ? 0.9 : 0.6
          pixels[y * 24 + x] += share * (shade - 0.2)
        }
      }
      return Tensor([1, 24, 24, 1], pixels)
    }
    let (before, last, next) = (frame(0), frame(1), frame(2))
    let predicted = squaredErrors(motionCompensated(before, last), next)[0]
    let copied = squaredErrors(last, next)[0]
    // Whole pixels are carried on but for the vacated corner; half ones are blended at the edges.
    #expect(predicted < copied / 10, "\(predicted) against \(copied)")
  }

  @Test func `a search without reach copies`() {
    let world = MotionWorld()
    let video = world.paint(world.clips(5, seed: 1), frames: 2)
    #expect(motionCompensated(video.frame(0), video.frame(1), reach: 0) == video.frame(1))
  }

  @Test func `the same prediction comes from any number of threads`() {
    let world = MotionWorld()
    let video = world.paint(world.clips(20, seed: 2), frames: 2)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = 1
    let one = motionCompensated(video.frame(0), video.frame(1))
    Parallel.threads = 2
    #expect(one == motionCompensated(video.frame(0), video.frame(1)))
  }

  @Test func `moving pixels are those that changed in one of the last two steps`() {
    let a = Tensor([1, 1, 4, 1], [0, 0, 0, 0])
    let b = Tensor([1, 1, 4, 1], [0.5, 0, 0.02, 0])
    let c = Tensor([1, 1, 4, 1], [0.5, 0.5, 0.02, 0])
    #expect(movingPixels(a, b, c).numbers == [1, 1, 0, 0])
  }
}
