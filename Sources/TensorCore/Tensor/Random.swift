/// A seeded source of random numbers: one seed gives the same sequence on every platform.
///
/// The integers come from xoshiro256\*\* (Blackman and Vigna, "Scrambled linear pseudorandom number
/// generators", 2021, section 4.4), its state filled by splitmix64 as they advise. Everything else is
/// derived from them with IEEE arithmetic alone, without the system's mathematics library, whose last
/// bits differ between platforms.
///
/// ```swift
/// var random = Random(seed: 7)
/// let noise = random.normal()        // mean 0, standard deviation 1
/// let order = random.permutation(5)  // the numbers 0…4 in some order
/// ```
public struct Random: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  /// The second number of the last pair that `normal()` drew.
  private var spare: Float?

  /// Makes the generator that belongs to a seed.
  public init(seed: UInt64) {
    var mixer = seed
    func mixed() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      var z = mixer
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    state = (mixed(), mixed(), mixed(), mixed())
  }

  /// Makes generator number `stream` of a seed, for one of many things that are drawn apart.
  ///
  /// The seeds lie apart by a step of its own: by splitmix64's step, neighbours would share three of
  /// their four words.
  public init(seed: UInt64, stream: Int) {
    self.init(seed: seed &+ UInt64(bitPattern: Int64(stream)) &* 0xD134_2543_DE82_EF95)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = (state.3 << 45) | (state.3 >> 19)
    return result
  }

  /// A generator whose sequence is independent of what this one gives from now on.
  ///
  /// Give each part of a program its own, so that one drawing more leaves the others' numbers alone.
  public mutating func split() -> Random { Random(seed: next()) }

  /// A number drawn evenly from 0 ..< 1, a multiple of 2⁻²⁴.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number drawn evenly from `range`.
  public mutating func uniform(_ range: Range<Float>) -> Float {
    let drawn = range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    return drawn < range.upperBound ? drawn : range.upperBound.nextDown
  }

  /// True with the given probability.
  public mutating func chance(_ probability: Float) -> Bool { uniform() < probability }

  /// A whole number drawn evenly from 0 ..< `bound`, without the bias of a remainder.
  public mutating func integer(below bound: Int) -> Int {
    if bound < 1 { fatalError("Random.integer(below: \(bound)): there is no such number") }
    // Lemire, "Fast random integer generation in an interval", 2019: the high half of a product.
    let n = UInt64(bound)
    var product = next().multipliedFullWidth(by: n)
    if product.low < n {
      let excess = (0 &- n) % n
      while product.low < excess { product = next().multipliedFullWidth(by: n) }
    }
    return Int(product.high)
  }

  /// A number drawn from the normal distribution with mean 0 and standard deviation 1.
  ///
  /// Marsaglia and Bray's polar method, which needs a logarithm and a square root only.
  public mutating func normal() -> Float {
    if let number = spare {
      spare = nil
      return number
    }
    while true {
      let x = 2 * Double(next() >> 11) * 0x1p-53 - 1
      let y = 2 * Double(next() >> 11) * 0x1p-53 - 1
      let square = x * x + y * y
      if square >= 1 || square == 0 { continue }
      let factor = (-2 * Random.logarithm(square) / square).squareRoot()
      spare = Float(y * factor)
      return Float(x * factor)
    }
  }

  /// The numbers 0 ..< `count` in random order, each order equally likely.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// Puts the elements in random order (Fisher–Yates).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, integer(below: last + 1))
    }
  }

  /// An index drawn with a probability proportional to its weight.
  ///
  /// The weights must not be negative nor all zero; they need not sum to 1.
  public mutating func index(weights: [Float]) -> Int {
    var total = 0.0
    for weight in weights { total += Double(weight) }
    if !(total > 0) { fatalError("Random.index(weights:): the weights sum to \(total)") }
    var rest = Double(next() >> 11) * 0x1p-53 * total
    var last = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      rest -= Double(weight)
      last = index
      if rest < 0 { break }
    }
    return last
  }

  /// The natural logarithm of a positive number, the same bits on every platform.
  ///
  /// With x = m · 2ᵉ and m near 1: log x = e log 2 + 2 artanh((m − 1) / (m + 1)), as a power series.
  static func logarithm(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var sum = 0.0
    for odd in stride(from: 21, through: 1, by: -2) { sum = sum * square + 1 / Double(odd) }
    return exponent * 0.6931471805599453 + 2 * ratio * sum
  }
}

extension Random: LosslessStringConvertible {
  /// Where the sequence stands, as text; `Random(text)` goes on from there.
  public var description: String {
    let words = [state.0, state.1, state.2, state.3].map { String($0, radix: 16) }
    return (words + (spare.map { [String($0.bitPattern, radix: 16)] } ?? [])).joined(separator: " ")
  }

  /// Goes on where a description stands; nil if the text is none.
  public init?(_ description: String) {
    let parts = description.split(separator: " ", omittingEmptySubsequences: false)
    let words = parts.prefix(4).compactMap { UInt64($0, radix: 16) }
    // From all zeros the generator would never leave.
    guard words.count == 4, parts.count <= 5, words.contains(where: { $0 != 0 }) else { return nil }
    if parts.count == 5 {
      guard let bits = UInt32(parts[4], radix: 16) else { return nil }
      spare = Float(bitPattern: bits)
    }
    state = (words[0], words[1], words[2], words[3])
  }
}
