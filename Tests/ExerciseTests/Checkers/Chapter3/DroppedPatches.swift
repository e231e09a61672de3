import TensorCore

/// What became of one patch in several draws.
struct DroppedPatches {
  let pixels: [[Float]]
  private(set) var results: [[[Float]]] = []

  /// A patch that nothing was done to yet.
  init(_ pixels: [[Float]]) { self.pixels = pixels }

  /// A patch whose channels differ in their means and deviations.
  static func patch(_ count: Int, seed: UInt64, around means: [Float] = [10, 30, 60]) -> [[Float]] {
    var random = Random(seed: seed)
    let deviations: [Float] = [2, 5, 3]
    return (0..<count).map { _ in
      (0..<3).map { means[$0] + (4 * deviations[$0] * random.normal()).rounded() / 4 }
    }
  }

  /// The input as a learner would write it.
  var input: String { "pixels \(text(pixels))" }

  /// Has a patch changed once more.
  mutating func draw(_ functions: Chapter3Functions, _ random: inout Random) throws {
    let got = try answer(on: input) { try functions.dropped(pixels, &random) }
    try DroppedPatches.expectShape(got, of: pixels, on: input)
    results.append(got)
  }

  static func expectShape(_ got: [[Float]], of pixels: [[Float]], on input: String) throws {
    if got.count != pixels.count || got.contains(where: { $0.count != 3 }) {
      throw Wrong(
        "The result has another shape.", expected: "\(count(pixels.count, "pixel")) of 3 numbers",
        got: text(got), on: input)
    }
    if got.contains(where: { $0.contains { !$0.isFinite } }) {
      throw Wrong(
        "There is a number that is not finite in your answer.", got: text(got), on: input,
        why: pixels.count == 1
          ? "A single pixel has the deviation 0: divide by the number of pixels, not by one less."
          : nil)
    }
  }

  /// The channels that are what they were.
  static func unchanged(_ got: [[Float]], _ pixels: [[Float]]) -> [Int] {
    (0..<3).filter { channel in zip(got, pixels).allSatisfy { $0[channel] == $1[channel] } }
  }

  // MARK: One channel

  static let names = ["red", "green", "blue"]

  /// Stops the check unless one channel is what it was in each draw; gives its number.
  func expectKept() throws -> [Int] {
    let kept = results.map { DroppedPatches.unchanged($0, pixels) }
    let wrong = kept.firstIndex { $0.count != 1 }
    func all(_ isMeant: (_ got: [[Float]], _ kept: [Int]) -> Bool) -> Bool {
      zip(results, kept).allSatisfy(isMeant)
    }
    func own(_ got: [[Float]]) -> [[Int]] {
      zip(got, pixels).map { one, other in (0..<3).filter { one[$0] == other[$0] } }
    }
    let why = Guesses.name(
      isRight: wrong == nil,
      [
        ("You dropped one channel; two are dropped, and one is kept.", all { $1.count == 2 }),
        ("Nothing is dropped in your answer.", all { $1.count == 3 }),
        (
          "You drew a channel for each pixel; it is one for the whole patch.",
          all { got, kept in
            kept.count < 2 && own(got).allSatisfy { $0.count == 1 }
          }
        ),
        (
          "You took the mean off the kept channel; it stays what it was.",
          all { got, _ in
            (0..<3).contains { channel in
              let mean = DroppedPatches.moments(pixels.map { $0[channel] }).mean
              return zip(got, pixels).allSatisfy {
                abs(Double($0[channel]) - Double($1[channel]) + mean) < 0.01
              }
            }
          }
        ),
        (
          "The kept channel has noise, too; it stays what it was, to the last digit.",
          all { got, kept in
            kept.isEmpty
              && (0..<3).contains { channel in
                zip(got, pixels).allSatisfy { abs($0[channel] - $1[channel]) < 0.5 }
              }
          }
        ),
      ])
    guard let wrong else { return kept.map { $0[0] } }
    let channels = kept[wrong].map { DroppedPatches.names[$0] }.joined(separator: ", ")
    throw Wrong(
      "Not one channel is what it was.", expected: "one of red, green and blue, in all pixels",
      got: (channels.isEmpty ? "none" : channels) + ": " + text(results[wrong]), on: input,
      why: why)
  }

  // MARK: The noise

  /// Mean and deviation of a list.
  static func moments(_ list: [Float]) -> (mean: Double, deviation: Double) {
    let mean = list.reduce(0) { $0 + Double($1) } / Double(list.count)
    let squares = list.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (mean, (squares / Double(list.count)).squareRoot())
  }

  /// Stops the check unless all numbers of the dropped channels are as near the kept mean as noise is.
  ///
  /// Eight deviations are exceeded once in 10¹⁵ numbers; Floats near the mean add a rounding.
  static func expectFaint(
    _ got: [[Float]], of pixels: [[Float]], kept: Int, on input: String
  ) throws {
    let (mean, deviation) = moments(pixels.map { $0[kept] })
    let room = 8 * deviation / 100 + 1e-5 * max(1, abs(mean))
    for channel in 0..<3 where channel != kept {
      guard let far = got.first(where: { abs(Double($0[channel]) - mean) > room }) else { continue }
      throw Wrong(
        "A number of a dropped channel is farther from the kept mean than noise is.",
        expected: "\(text(Float(mean))) with a deviation of \(text(Float(deviation / 100)))",
        got: "\(text(far[channel])) in \(names[channel]), \(names[kept]) is kept", on: input)
    }
  }

  /// One number of a dropped channel, and what there is to compare it with.
  struct Noise {
    let number: Double
    let keptMean: Double
    let keptDeviation: Double
    let keptNumber: Double
    let ownMean: Double
    let ownDeviation: Double
    /// In deviations that it should have, from the mean that it should have.
    var z: Double { (number - keptMean) / (keptDeviation / 100) }
  }

  /// The numbers of both dropped channels, pixel after pixel: `[draws][2][pixels]`.
  func noise(_ kept: [Int]) -> [[[Noise]]] {
    let all = (0..<3).map { channel in DroppedPatches.moments(pixels.map { $0[channel] }) }
    return zip(results, kept).map { got, kept in
      (0..<3).filter { $0 != kept }.map { channel in
        zip(got, pixels).map { got, pixel in
          Noise(
            number: Double(got[channel]), keptMean: all[kept].mean,
            keptDeviation: all[kept].deviation, keptNumber: Double(pixel[kept]),
            ownMean: all[channel].mean, ownDeviation: all[channel].deviation)
        }
      }
    }
  }

  /// Stops the check unless the noise of all draws together is normal, faint and independent.
  ///
  /// For some 7,000 numbers: each bound is six deviations of what is measured, or more.
  func expectNoise(_ kept: [Int]) throws {
    let noise = noise(kept)
    let all = noise.flatMap { $0.flatMap(\.self) }
    let n = Double(all.count)
    func mean(_ value: (Noise) -> Double) -> Double { all.reduce(0) { $0 + value($1) } / n }
    /// Whether the numbers look like draws around a mean with a deviation.
    func looks(around middle: (Noise) -> Double, _ deviation: (Noise) -> Double) -> Bool {
      let first = mean { ($0.number - middle($0)) / deviation($0) }
      let second = mean { one in
        let z = (one.number - middle(one)) / deviation(one)
        return z * z
      }
      return abs(first) < 7 / n.squareRoot() && abs(second - 1) < 10 / n.squareRoot()
    }
    let (first, second, fourth) = (
      mean(\.z), mean { $0.z * $0.z }, mean { $0.z * $0.z * $0.z * $0.z }
    )
    // Of the two channels at a pixel, and of pixels next to each other.
    let across = noise.reduce(0.0) { $0 + zip($1[0], $1[1]).reduce(0) { $0 + $1.0.z * $1.1.z } }
    let along = noise.flatMap(\.self).reduce(0.0) { sum, row in
      sum + zip(row, row.dropFirst()).reduce(0) { $0 + $1.0.z * $1.1.z }
    }
    let room = 7 / n.squareRoot()
    var wrong: (what: String, expected: String, got: String)?
    if abs(first) > room {
      wrong = (
        "The noise has another mean.", "the mean of the kept channel",
        "\(text(Float(first))) deviations of the noise beside it"
      )
    } else if abs(second - 1) > 10 / n.squareRoot() {
      wrong = (
        "The noise has another deviation.", "a hundredth of the kept channel's",
        "\(text(Float(second.squareRoot()))) hundredths"
      )
    } else if abs(fourth - 3) > 70 / n.squareRoot() {
      wrong = (
        "The noise is not normal.", "the mean fourth power of a normal number, 3",
        text(Float(fourth))
      )
    } else if abs(2 * across / n) > 2 * room || abs(along / n) > room {
      wrong = (
        "Numbers of the noise depend on each other.", "each drawn on its own",
        "a correlation of \(text(Float(2 * across / n))) between the two channels and of "
          + "\(text(Float(along / n))) from pixel to pixel"
      )
    }
    let isEvenPerChannel = noise.allSatisfy {
      $0.allSatisfy { row in row.allSatisfy { $0.number == row[0].number } }
    }
    let isPlain = all.allSatisfy { abs($0.z) < 1e-2 }
    let isCopied = noise.allSatisfy { zip($0[0], $0[1]).allSatisfy { $0.number == $1.number } }
    let isGrey = all.allSatisfy { abs($0.number - $0.keptNumber) < $0.keptDeviation / 12 }
    let why = Guesses.name(
      isRight: wrong == nil,
      [
        (
          "The dropped channels are 0 in your answer; noise takes their place.",
          all.allSatisfy { $0.number == 0 }
        ),
        ("You put the kept mean in their place, without noise.", isPlain),
        (
          "Your noise lies around 0; it lies around the kept channel's mean.",
          looks(around: { _ in 0 }) { $0.keptDeviation / 100 }
        ),
        (
          "Your noise lies around 0.5; it lies around the kept channel's mean.",
          looks(around: { _ in 0.5 }) { $0.keptDeviation / 100 }
        ),
        (
          "Your noise lies around the mean that the dropped channel had, which so is not dropped: take that "
            + "of the kept one.",
          looks(around: \.ownMean) { $0.keptDeviation / 100 }
            || looks(around: \.ownMean) { $0.ownDeviation / 100 }
        ),
        (
          "You put the kept channel's numbers in all three, which is a grey patch; the two others hold noise "
            + "alone.", isGrey
        ),
        (
          "Your noise has the kept channel's whole deviation; take a hundredth of it.",
          !isGrey && looks(around: \.keptMean, \.keptDeviation)
        ),
        (
          "Your noise has a tenth of the deviation: a hundredth of the variance is another thing.",
          looks(around: \.keptMean) { $0.keptDeviation / 10 }
        ),
        (
          "Your noise has a hundredth of the variance as its deviation; take the root first.",
          looks(around: \.keptMean) { $0.keptDeviation * $0.keptDeviation / 100 }
        ),
        (
          "Your noise has the deviation 0.01, whatever the patch's.",
          looks(around: \.keptMean) { _ in 0.01 }
        ),
        (
          "Your noise has a hundredth of the deviation that the dropped channel had; take the kept "
            + "channel's.", looks(around: \.keptMean) { $0.ownDeviation / 100 }
        ),
        (
          "Your noise is drawn evenly from a range; it is normal.",
          all.allSatisfy { abs($0.z) <= 1.75 } && !isPlain && !isCopied && !isEvenPerChannel
        ),
        (
          "Both dropped channels have the same noise; each number is drawn on its own.",
          isCopied && !isGrey && !isPlain && !isEvenPerChannel
        ),
        (
          "A dropped channel has one number for all pixels; each is drawn on its own.",
          isEvenPerChannel && !isPlain && !all.allSatisfy { $0.number == 0 }
        ),
      ])
    guard let wrong else { return }
    throw Wrong(
      wrong.what, expected: wrong.expected, got: wrong.got,
      on: "\(count(results.count, "draw")) of " + input, why: why)
  }
}
