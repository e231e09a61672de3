import TensorCore

/// A picture while it is painted: three planes of numbers, painted over from back to front.
///
/// Whole rows are computed at a time, so that the compiler can use vectors; and with additions, products,
/// quotients and square roots alone, whose results IEEE 754 prescribes to the last bit.
final class Canvas {
  let size: Int
  private let red, green, blue: UnsafeMutablePointer<Float>
  /// The pattern's factor at each pixel.
  private let texture: UnsafeMutablePointer<Float>
  /// Scratch for one row.
  private let distance: UnsafeMutablePointer<Float>
  private let storage: UnsafeMutablePointer<Float>

  init(size: Int) {
    self.size = size
    let area = size * size
    storage = .allocate(capacity: 4 * area + size)
    storage.initialize(repeating: 0, count: 4 * area + size)
    red = storage
    green = storage + area
    blue = storage + 2 * area
    texture = storage + 3 * area
    distance = storage + 4 * area
  }

  deinit { storage.deallocate() }

  /// Lays a pattern over the whole picture: what is painted with texture from now on shows it.
  ///
  /// `coordinates` turns a pixel's centre into the coordinates that the pattern is attached to.
  func lay(_ pattern: PatternLaid, coordinates: (Float, Float) -> Point) {
    if pattern.strength == 0 {
      for i in 0..<size * size { texture[i] = 1 }
      return
    }
    for y in 0..<size {
      for x in 0..<size {
        texture[y * size + x] = pattern.gain(coordinates(Float(x) + 0.5, Float(y) + 0.5))
      }
    }
  }

  /// Fills the picture with a blend from one colour to another along a direction.
  func fill(from first: Colour, to second: Colour, along turn: Turn) {
    for y in 0..<size {
      let down = (Float(y) + 0.5) / Float(size) - 0.5
      for x in 0..<size {
        let across = (Float(x) + 0.5) / Float(size) - 0.5
        let share = min(max(0.5 + turn.cosine * across + turn.sine * down, 0), 1)
        let colour = (first + (second - first) * share) * texture[y * size + x]
        red[y * size + x] = colour.x
        green[y * size + x] = colour.y
        blue[y * size + x] = colour.z
      }
    }
  }

  /// Paints one part over what is there.
  ///
  /// `light` points to where the light comes from and is as long as it is strong; the outline and the width
  /// of its darker rim are in pixels.
  func paint(_ outline: Outline, _ colour: Colour, light: Point, isTextured: Bool, rim: Float) {
    defer { withExtendedLifetime(self) {} }
    let (low, high) = outline.bounds
    let left = clamped(low.x - 1)
    let right = clamped(high.x + 2)
    let top = clamped(low.y - 1)
    let bottom = clamped(high.y + 2)
    if left >= right || top >= bottom { return }
    let centre = (low + high) * 0.5
    // From −1 to 1 across the part, whatever its size.
    let slope = light * (2 / max(high.x - low.x, high.y - low.y, 1))
    let (red, green, blue, texture, distance) = (red, green, blue, texture, distance)
    let textured: Float = isTextured ? 1 : 0
    for y in top..<bottom {
      outline.distances(y: Float(y) + 0.5, columns: left..<right, into: distance)
      let row = y * size + left
      let lit = 1 + slope.y * (Float(y) + 0.5 - centre.y)
      let start = Float(left) + 0.5 - centre.x
      for i in 0..<(right - left) {
        let coverage = min(max(0.5 - distance[i], 0), 1)
        let edge = min(max(1 + distance[i] / rim, 0), 1)
        let pattern = 1 + textured * (texture[row + i] - 1)
        let gain = (lit + slope.x * (start + Float(i))) * pattern * (1 - 0.5 * edge)
        red[row + i] += coverage * (colour.x * gain - red[row + i])
        green[row + i] += coverage * (colour.y * gain - green[row + i])
        blue[row + i] += coverage * (colour.z * gain - blue[row + i])
      }
    }
  }

  /// The picture in the order `[size, size, 3]`, with exposure and grain, in steps of 1/255.
  func develop(
    exposure: Float, noise: Float, random: inout Random, into pixels: UnsafeMutablePointer<Float>
  ) {
    defer { withExtendedLifetime(self) {} }
    for i in 0..<size * size {
      pixels[3 * i] = red[i]
      pixels[3 * i + 1] = green[i]
      pixels[3 * i + 2] = blue[i]
    }
    let count = size * size * 3
    for i in 0..<count { pixels[i] *= exposure }
    if noise > 0 {
      // A sum of four even numbers of 16 bits is near enough to normal for grain. Its mean is
      // 2 (2¹⁶ − 1) and its deviation (2³² − 1)^½ · (4/12)^½, that is 2¹⁶ · 3^−½ to six digits.
      let step = noise * 1.7320508 * 0x1p-16
      for i in 0..<count {
        let bits = random.next()
        let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + bits >> 48
        pixels[i] += step * (Float(Int(sum)) - 131_070)
      }
    }
    for i in 0..<count {
      pixels[i] = (min(max(pixels[i], 0), 1) * 255).rounded(.toNearestOrEven) / 255
    }
  }

  private func clamped(_ place: Float) -> Int { Int(min(max(place, 0), Float(size))) }
}
