/// The cosine and sine of an angle, with the same bits on every platform.
///
/// The system's `cos` and `sin` differ between platforms in their last bits; these need only additions
/// and products.
struct Turn {
  let cosine: Float
  let sine: Float

  init(degrees: Float) {
    // The angle is folded to −45°…45° round the nearest multiple of 90°, where the series are short.
    let quarters = (Double(degrees) / 90).rounded(.toNearestOrEven)
    let angle = (Double(degrees) - quarters * 90) * (0.017453292519943295)
    let square = angle * angle
    var s = 1.0
    var c = 1.0
    for k in stride(from: 14.0, through: 2, by: -2) {
      s = 1 - s * square / (k * (k + 1))
      c = 1 - c * square / (k * (k - 1))
    }
    s *= angle
    let quarter = quarters - (quarters / 4).rounded(.down) * 4
    switch quarter {
    case 0: (cosine, sine) = (Float(c), Float(s))
    case 1: (cosine, sine) = (Float(-s), Float(c))
    case 2: (cosine, sine) = (Float(-c), Float(-s))
    default: (cosine, sine) = (Float(s), Float(-c))
    }
  }

  /// The point, turned round the origin; with y pointing down, a positive angle turns clockwise.
  func apply(_ p: Point) -> Point {
    Point(cosine * p.x - sine * p.y, sine * p.x + cosine * p.y)
  }
}

/// A place in a picture or in a thing: x to the right, y down.
typealias Point = SIMD2<Float>
