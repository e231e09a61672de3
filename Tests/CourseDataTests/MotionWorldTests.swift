import TensorCore
import Testing

@testable import CourseData

/// FNV-1a over the frames' bytes, one for each number.
private func fingerprint(_ video: Video) -> UInt64 {
  video.pixels.reduce(0xcbf2_9ce4_8422_2325) { hash, number in
    (hash ^ UInt64(number * 255 + 0.5)) &* 0x100_0000_01b3
  }
}

/// One thing on a ground of one colour.
private func plain(_ size: Int) -> MotionWorld {
  var factors = MotionFactors()
  factors.appearance = .fixed
  factors.appearance.position = -1...1
  factors.appearance.scale = 0.4...0.5
  // Without colours the ground has one shade, and the fixed light shades nothing.
  factors.appearance.saturation = 0...0
  factors.things = 1...1
  return MotionWorld(size: size, factors: factors)
}

@Suite struct MotionWorldTests {
  @Test func `a seed gives the same clips with any number of threads`() {
    let world = MotionWorld(size: 20)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = 1
    let one = world.paint(world.clips(40, seed: 3), frames: 3)
    for threads in [2, 3] {
      Parallel.threads = threads
      #expect(one == world.paint(world.clips(40, seed: 3), frames: 3))
    }
    #expect(one != world.paint(world.clips(40, seed: 4), frames: 3))
  }

  // The number was printed by this test on Linux, x86-64; see PictureWorldTests.
  @Test func `a seed gives the same clips on every platform`() {
    let world = MotionWorld()
    let clips = world.clips(40, seed: 7) + world.forks(10, ways: 3, seed: 7)
    let found = fingerprint(world.paint(clips, frames: 5))
    #expect(found == 5_587_628_209_913_181_458, "found \(found)")
  }

  @Test func `fewer clips of a seed are the first of more`() {
    let world = MotionWorld(size: 16)
    #expect(world.clips(13, seed: 9) == Array(world.clips(40, seed: 9)[..<13]))
    #expect(world.forks(13, seed: 9) == Array(world.forks(40, seed: 9)[..<13]))
  }

  @Test func `each ten clips are named by all ten classes`() {
    let labels = MotionWorld(size: 16).clips(60, seed: 1).map(\.label)
    for ten in stride(from: 0, to: 60, by: 10) {
      #expect(Set(labels[ten..<ten + 10]) == Set(0..<10))
    }
  }

  @Test func `fixing one factor leaves what the others draw as it was`() {
    var factors = MotionFactors()
    factors.speed = 2...2
    let free = MotionWorld().clips(30, seed: 5)
    let fixed = MotionWorld(factors: factors).clips(30, seed: 5)
    for (free, fixed) in zip(free, fixed) {
      #expect(free.things.map(\.scene) == fixed.things.map(\.scene))
      #expect(free.things.map(\.spin) == fixed.things.map(\.spin))
      for thing in fixed.things {
        // A cosine and a sine of 24 bits each.
        #expect(abs((thing.velocity * thing.velocity).sum() - 4) < 1e-5)
      }
    }
  }

  @Test func `a clip of one resting thing shows the picture world's own picture, frame by frame`() {
    var factors = MotionFactors()
    factors.things = 1...1
    factors.speed = 0...0
    factors.spin = 0...0
    let world = MotionWorld(factors: factors)
    let clips = world.clips(20, seed: 2)
    let video = world.paint(clips, frames: 3)
    let still = PictureWorld(size: 24, factors: factors.appearance).paint(
      clips.map { $0.things[0].scene(0, size: 24) })
    for frame in 0..<3 { #expect(video.frame(frame) == still.tensor()) }
  }

  @Test(arguments: [SIMD2<Float>(2, 0), SIMD2(-1, 3), SIMD2(0, -2)])
  func `the pixels move as the truth says`(velocity: SIMD2<Float>) {
    let size = 32
    let world = plain(size)
    for clip in world.clips(10, seed: 4) {
      var clip = clip
      (clip.things[0].scene.x, clip.things[0].scene.y) = (0.5, 0.5)
      (clip.things[0].velocity, clip.things[0].spin) = (velocity, 0)
      let (now, then) = (clip.moment(0)!, clip.moment(1)!)
      #expect(now.velocity == velocity && then.velocity == velocity)
      // Places near 32 have 6 digits.
      #expect(abs((then.place - now.place - velocity).max()) < 1e-4)
      let video = world.paint([clip], frames: 2)
      let (before, after) = (video.frame(0), video.frame(1))
      var largest: Float = 0
      for y in 0..<size {
        for x in 0..<size {
          let (fromX, fromY) = (x - Int(velocity.x), y - Int(velocity.y))
          if !(0..<size ~= fromX) || !(0..<size ~= fromY) { continue }
          for c in 0..<3 {
            largest = max(largest, abs(after[0, y, x, c] - before[0, fromY, fromX, c]))
          }
        }
      }
      // The shift is exact; what remains is rounding before the last step of 1/255, at a steep edge.
      #expect(largest <= 1.5 / 255, "\(clip.label)")
      #expect(before != after)
    }
  }

  @Test func `a thing turns by its spin`() {
    let world = plain(24)
    var clip = world.clips(1, seed: 1)[0]
    clip.things[0].velocity = .zero
    clip.things[0].spin = 30
    let turned = world.paint([clip], frames: 4).frame(3)
    var scene = clip.things[0].scene
    scene.rotation += 90
    #expect(turned == PictureWorld(size: 24).paint([scene]).tensor())
  }

  @Test func `a thing never leaves the picture, and turns back at the walls`() {
    let world = MotionWorld(size: 24)
    var turns = 0
    for clip in world.clips(100, seed: 6) {
      for thing in clip.things {
        let reach = thing.scene.reach * 24
        let moments = (0..<40).map { thing.moment($0, size: 24) }
        for moment in moments {
          // Places near 24 have 6 digits.
          #expect(moment.place.min() > reach - 1e-4 && moment.place.max() < 24 - reach + 1e-4)
          let speed = (moment.velocity * moment.velocity).sum()
          #expect(abs(speed - (thing.velocity * thing.velocity).sum()) < 1e-4)
        }
        turns += zip(moments, moments.dropFirst()).count { $0.velocity != $1.velocity }
        // The circle that never crosses a wall holds all parts, however the thing is turned.
        for part in thing.scene(7, size: 24).parts {
          #expect(min(part.x, part.y) > 0 && max(part.x, part.y) < 1)
        }
      }
    }
    #expect(turns > 500)
  }

  @Test func `a bounce goes back what it would have gone too far`() {
    let world = plain(32)
    var thing = world.clips(1, seed: 1)[0].things[0]
    let wall = 32 - thing.scene.reach * 32
    (thing.scene.x, thing.scene.y) = ((wall - 1) / 32, 0.5)
    thing.velocity = SIMD2(3, 0)
    let after = thing.moment(1, size: 32)
    #expect(abs(after.place.x - (wall - 2)) < 1e-4 && after.velocity == SIMD2(-3, 0))
  }

  @Test func `a thing without room stays in the middle`() {
    var factors = MotionFactors()
    factors.appearance.scale = 1...1
    for clip in MotionWorld(size: 16, factors: factors).clips(20, seed: 1) {
      for thing in clip.things where thing.scene.reach >= 0.5 {
        #expect(thing.moment(5, size: 16).place == SIMD2(8, 8))
      }
    }
  }

  @Test func `where two things meet, the front one hides the other`() {
    let world = plain(48)
    let front = world.clips(1, seed: 1)[0].things[0]
    var back = world.clips(10, seed: 2).first { $0.label != front.scene.thing.rawValue }!.things[0]
    (back.scene.x, back.scene.y) = (front.scene.x, front.scene.y)
    // A small thing behind the middle of a large one does not show where parts cover it wholly.
    let both = Clip(size: 48, things: [back, front])
    let alone = Clip(size: 48, things: [front])
    let reversed = Clip(size: 48, things: [front, back])
    let frames = world.paint([both, alone, reversed], frames: 1).frame(0)
    let ground = (0..<3).map { frames[1, 0, 0, $0] }
    var (shown, hidden) = (0, 0)
    for y in 0..<48 {
      for x in 0..<48 {
        let isFront = (0..<3).contains { abs(frames[1, y, x, $0] - ground[$0]) > 0.2 }
        let isSame = (0..<3).allSatisfy { abs(frames[0, y, x, $0] - frames[1, y, x, $0]) < 0.02 }
        let isOther = (0..<3).contains { abs(frames[2, y, x, $0] - frames[1, y, x, $0]) > 0.1 }
        if isFront && isSame { shown += 1 }
        if isFront && isOther { hidden += 1 }
      }
    }
    // In reversed order the other thing hides part of what stands whole here.
    #expect(shown > 100 && hidden > 40, "\(shown), \(hidden)")
  }

  @Test(arguments: [2, 3]) func `a fork is fair, and nothing before it tells the way`(ways: Int) {
    let world = MotionWorld()
    let clips = world.forks(3000, ways: ways, seed: 8)
    for way in 0..<ways {
      let share = Double(clips.count { $0.things[0].fork?.taken == way }) / 3000
      // Three deviations of the share of 3,000 throws: 3 √(¼ / 3000) = 0.027.
      #expect(abs(share - 1 / Double(ways)) < 0.028)
    }
    let few = Array(clips[..<20])
    let futures = (0..<ways).map { way in world.paint(few.map { $0.taking(way) }, frames: 4) }
    for other in futures.dropFirst() {
      for frame in 0...2 { #expect(other.frame(frame) == futures[0].frame(frame)) }
      #expect(other.frame(3) != futures[0].frame(3))
    }
  }

  @Test func `after a fork things stand to the left and to the right of the middle`() {
    let world = plain(24)
    for clip in world.forks(20, ways: 3, seed: 3) {
      let places = (0..<3).map { clip.taking($0).moment(3)!.place }
      #expect(places[0].x < 12 && places[1].x > 12 && abs(places[0].x + places[1].x - 24) < 1e-4)
      #expect(abs(places[2].x - 12) < 1e-4 && places[2].y > 12)
      #expect(abs(clip.moment(2)!.place.y - 12) < 1e-4)
    }
  }

  @Test func `squares are cut out of the frames that they name`() {
    let video = Video(
      count: 1, frames: 3, height: 3, width: 4, channels: 1, pixels: (0..<36).map { Float($0) })
    let cut = video.cut([(clip: 0, frame: 1, top: 1, left: 2)], frames: 2, size: 2)
    #expect(cut.pixels == [18, 19, 22, 23, 30, 31, 34, 35])
    #expect(cut.inColour.pixels.prefix(4) == [18, 18, 18, 19])
  }
}
