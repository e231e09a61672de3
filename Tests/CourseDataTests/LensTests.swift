import CourseData
import TensorCore
import Testing

struct LensTests {
  private let pictures: Pictures = {
    // Without grain: what lies between pixels is smoother, and so more alike in two colours.
    var factors = PictureFactors()
    factors.noise = 0...0
    return PictureWorld(size: 64, factors: factors).pictures(12, seed: 3)
  }()

  @Test func `a perfect lens and a grey picture change nothing`() {
    #expect(Lens().seen(pictures) == pictures)
    let grey = Pictures(
      height: 8, width: 8, channels: 1, pixels: (0..<64).map { Float($0) / 64 }, labels: [0],
      classNames: ["grey"])
    #expect(Lens(red: 0.1, blue: -0.1).seen(grey) == grey)
  }

  @Test func `a point off the centre moves outwards in red, inwards in blue, not in green`() {
    // A bright column at 48 of 64: 16.5 − 0.5 + … from the centre at 32.
    let pixels = (0..<64 * 64).flatMap { at -> [Float] in
      at % 64 == 48 ? [1, 1, 1] : [0, 0, 0]
    }
    let column = Pictures(
      height: 64, width: 64, channels: 3, pixels: pixels, labels: [0], classNames: ["column"])
    let seen = Lens(red: 0.1, blue: -0.1).seen(column)
    func centre(_ channel: Int) -> Float {
      var (sum, weighted): (Float, Float) = (0, 0)
      for x in 0..<64 {
        let value = seen.pixels[(20 * 64 + x) * 3 + channel]
        sum += value
        weighted += value * (Float(x) + 0.5 - 32)
      }
      return weighted / sum
    }
    #expect(abs(centre(1) - 16.5) < 1e-5)
    // To a tenth of a pixel, since the new pixels lie between the old ones.
    #expect(abs(centre(0) - 16.5 * 1.1) < 0.1)
    #expect(abs(centre(2) - 16.5 * 0.9) < 0.1)
  }

  @Test func `the size of each colour is found again from the edges`() {
    let tried = (-10...10).map { Float($0) / 250 }
    func best(_ channel: Int, _ pictures: Pictures) -> Float {
      Lens.fit(of: channel, in: pictures, tried: tried).max { $0.correlation < $1.correlation }!
        .share
    }
    #expect(best(0, pictures) == 0)
    let seen = Lens(red: 0.024, blue: -0.016).seen(pictures)
    // A step of the sizes that are tried is 0.004.
    #expect(abs(best(0, seen) - 0.024) < 0.0041)
    #expect(abs(best(2, seen) + 0.016) < 0.0041)
  }
}
