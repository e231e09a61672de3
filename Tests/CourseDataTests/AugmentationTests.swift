import Testing

@testable import CourseData
@testable import TensorCore

/// An augmentation that leaves one pixel of a picture.
private struct Shrinking: Augmentation {
  func apply(to picture: inout Picture, using random: inout Random) {
    picture.pixels.removeLast(picture.pixels.count - 1)
  }
}

struct AugmentationTests {
  let picture = Picture(
    height: 3, width: 4, channels: 3, pixels: (0..<36).map { Float($0 * 7 % 36) / 36 })

  func applied(
    _ augmentation: some Augmentation, to picture: Picture, seed: UInt64 = 1
  ) -> Picture {
    var copy = picture
    var random = Random(seed: seed)
    augmentation.apply(to: &copy, using: &random)
    return copy
  }

  func differ(_ a: Picture, _ b: Picture) -> Float {
    zip(a.pixels, b.pixels).map { abs($0 - $1) }.max() ?? 0
  }

  @Test func `a crop of the whole area changes nothing`() {
    let whole = RandomResizedCrop(area: 1...1, ratio: 1...1)
    // Blending with shares of 0 leaves rounding of a few units in the last place.
    #expect(differ(applied(whole, to: picture), picture) < 1e-6)
  }

  @Test func `a crop of a linear ramp is a flatter ramp within it`() {
    let ramp = Picture(
      height: 16, width: 16, channels: 1, pixels: (0..<256).map { Float($0 % 16) / 15 })
    for seed in 0..<50 {
      let crop = applied(
        RandomResizedCrop(area: 0.25...0.25, ratio: 1...1), to: ramp, seed: UInt64(seed))
      // Half the width remains: 16 pixels now cover the rise that 8 had. At the border it levels off.
      let step = crop.pixels[9] - crop.pixels[8]
      #expect(abs(step - 0.5 / 15) < 1e-5)
    }
  }

  @Test func `flipping twice changes nothing`() {
    let flip = HorizontalFlip(probability: 1)
    let once = applied(flip, to: picture)
    #expect(Array(once.pixels[0..<3]) == Array(picture.pixels[9..<12]))
    #expect(applied(flip, to: once) == picture)
  }

  @Test func `a quarter turn moves each pixel of a square`() {
    let square = Picture(height: 2, width: 2, channels: 1, pixels: [0.1, 0.2, 0.3, 0.4])
    let turned = applied(RandomRotation(degrees: 90...90), to: square)
    // Clockwise, the left column becomes the upper row.
    let expected = Picture(height: 2, width: 2, channels: 1, pixels: [0.3, 0.1, 0.4, 0.2])
    #expect(differ(turned, expected) < 1e-6)
  }

  @Test func `blur keeps a plain colour and spreads a point by its deviation`() {
    let plain = Picture(height: 9, width: 9, channels: 1, pixels: Array(repeating: 0.4, count: 81))
    #expect(differ(applied(GaussianBlur(deviation: 1...1), to: plain), plain) < 1e-6)
    var point = Picture(height: 21, width: 21, channels: 1, pixels: Array(repeating: 0, count: 441))
    point.pixels[10 * 21 + 10] = 1
    let blurred = applied(GaussianBlur(deviation: 1.5...1.5), to: point)
    var (mass, spread): (Float, Float) = (0, 0)
    for row in 0..<21 {
      for column in 0..<21 {
        mass += blurred.pixels[row * 21 + column]
        spread += blurred.pixels[row * 21 + column] * Float((column - 10) * (column - 10))
      }
    }
    #expect(abs(mass - 1) < 1e-5)
    // The curve is cut at three deviations and sampled at whole pixels: 3 % of the variance.
    #expect(abs(spread - 2.25) < 0.07)
  }

  @Test func `grey pictures have equal channels and keep their brightness`() {
    let grey = applied(Grey(), to: picture)
    for at in stride(from: 0, to: 36, by: 3) {
      let p = picture.pixels
      #expect(grey.pixels[at] == grey.pixels[at + 1] && grey.pixels[at] == grey.pixels[at + 2])
      let expected = 0.299 * p[at] + 0.587 * p[at + 1] + 0.114 * p[at + 2]
      #expect(abs(grey.pixels[at] - expected) < 1e-6)
    }
  }

  @Test func `jitter of strength 0 changes nothing`() {
    #expect(differ(applied(ColourJitter(strength: 0), to: picture), picture) < 1e-6)
  }

  @Test func `turning the hue keeps value and saturation`() {
    let jitter = ColourJitter(brightness: 0, contrast: 0, saturation: 0, hue: 0.5)
    var furthest: Float = 0
    for seed in 0..<20 {
      let turned = applied(jitter, to: picture, seed: UInt64(seed))
      for at in stride(from: 0, to: 36, by: 3) {
        let (old, new) = (picture.pixels[at..<at + 3], turned.pixels[at..<at + 3])
        #expect(abs(old.max()! - new.max()!) < 1e-6)
        #expect(abs(old.min()! - new.min()!) < 1e-6)
      }
      furthest = max(furthest, differ(turned, picture))
    }
    #expect(furthest > 0.1)
  }

  @Test func `augmented pixels stay within 0 and 1`() {
    let pictures = PictureWorld().pictures(64, seed: 1)
    var random = Random(seed: 2)
    let blur = AugmentationSequence(
      AugmentationSequence.simCLR(strength: 1), GaussianBlur(), RandomRotation(degrees: -45...45))
    let views = pictures.views(of: Array(0..<64), blur, using: &random)
    #expect(views.numbers.allSatisfy { (-1e-6...1 + 1e-6).contains($0) })
  }

  @Test func `an augmentation that changes a picture's size stops the program by its name`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Random(seed: 1)
      _ = PictureWorld(size: 8).pictures(1, seed: 1).views(of: [0], Shrinking(), using: &random)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("Shrinking: a picture of 192 numbers became one of 1"))
  }

  @Test func `grey pictures pass through every augmentation`() {
    let grey = Picture(height: 8, width: 8, channels: 1, pixels: (0..<64).map { Float($0) / 64 })
    let view = applied(AugmentationSequence.simCLR(), to: grey)
    #expect(view.channels == 1 && view.pixels.allSatisfy { $0.isFinite })
  }

  @Test(.serialized, arguments: [1, 2, 3])
  func `views depend on the seed and their place, not on the threads`(threads: Int) {
    let pictures = PictureWorld().pictures(20, seed: 1)
    func views(_ indices: [Int], _ seed: UInt64) -> Tensor {
      var random = Random(seed: seed)
      return pictures.views(of: indices, AugmentationSequence.simCLR(), using: &random)
    }
    let before = Parallel.threads
    let expected = views(Array(0..<20), 3)
    Parallel.threads = threads
    defer { Parallel.threads = before }
    #expect(views(Array(0..<20), 3) == expected)
    #expect(views(Array(0..<20), 4) != expected)
    // The same picture twice in a batch gives two views.
    let twice = views([5, 5], 3).numbers
    #expect(Array(twice[..<3072]) != Array(twice[3072...]))
  }
}
