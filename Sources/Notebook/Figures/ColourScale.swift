/// A run of colours for numbers: pale to strong for one sign, two colours around zero for both signs.
///
/// Blue against orange can be told apart without red, green or blue cones, and each arm of the scale
/// gets darker all the way, so that it also survives a grey print.
struct ColourScale: Sendable, Equatable {
  let lower: Double
  let upper: Double
  let hasBothSigns: Bool

  private static let oneSided: [Colour] = [
    0xF1F5FB, 0xB9D4F0, 0x72AAE0, 0x2F7CC8, 0x0F549F, 0x072F63,
  ].map { Colour($0) }
  private static let twoSided: [Colour] = [
    0x8A3600, 0xC65A0C, 0xEDA063, 0xF6F5F3, 0x72AAE0, 0x1F69B5, 0x073A78,
  ].map { Colour($0) }

  /// A scale over the finite ones of some values, or over a given range.
  init(values: [Double], range: ClosedRange<Double>?) {
    let finite = values.filter(\.isFinite)
    let low = range?.lowerBound ?? finite.min() ?? 0
    let high = range?.upperBound ?? finite.max() ?? 1
    hasBothSigns = low < 0 && high > 0
    if hasBothSigns {
      let size = max(-low, high)
      (lower, upper) = (-size, size)
    } else {
      (lower, upper) = (low, high)
    }
  }

  /// Where a value lies on the scale, from 0 to 1; the middle if all values are the same.
  func fraction(_ value: Double) -> Double {
    guard upper > lower else { return 0.5 }
    return min(1, max(0, (value / 2 - lower / 2) / (upper / 2 - lower / 2)))
  }

  /// The colour of a value.
  func colour(_ value: Double) -> Colour {
    let stops = hasBothSigns ? Self.twoSided : Self.oneSided
    let place = fraction(value) * Double(stops.count - 1)
    let index = min(stops.count - 2, Int(place))
    let share = place - Double(index)
    func mix(_ part: KeyPath<Colour, UInt8>) -> UInt8 {
      let (from, to) = (
        Double(stops[index][keyPath: part]), Double(stops[index + 1][keyPath: part])
      )
      return UInt8((from + (to - from) * share).rounded())
    }
    return Colour(red: mix(\.red), green: mix(\.green), blue: mix(\.blue))
  }

  /// Black or white, whichever can be read better on the colour of a value.
  func ink(on value: Double) -> Colour {
    let ground = colour(value)
    let (black, white) = (Colour(0x000000), Colour(0xFFFFFF))
    return ground.contrast(with: black) >= ground.contrast(with: white) ? black : white
  }
}
