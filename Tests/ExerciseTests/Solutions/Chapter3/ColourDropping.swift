import Checkers
import ExerciseFunctions
import SolutionFunctions
import TensorCore

private typealias Drop = @Sendable ([[Float]], inout Random) throws -> [[Float]]

private func mutant(
  _ name: String, says sentence: String, also: [String] = [],
  _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .mutant("3.3", name, says: sentence, also: also, chapter3Solutions, change)
}

private func undone(
  by family: Family, _ name: String, told words: [String] = [],
  _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .undone(by: family, "3.3", name, told: words, chapter3Solutions, change)
}

private func moments(_ list: [Float]) -> (mean: Double, deviation: Double) {
  let mean = list.map(Double.init).reduce(0, +) / Double(list.count)
  let variance = list.map { (Double($0) - mean) * (Double($0) - mean) }.reduce(0, +)
  return (mean, (variance / Double(list.count)).squareRoot())
}

/// A patch with the noise by a rule: what is put for a number, from the kept and the own channel.
private func dropped(
  channel: @escaping @Sendable (inout Random) -> Int = { $0.integer(below: 3) },
  _ number:
    @escaping @Sendable (_ kept: [Float], _ own: [Float], _ pixel: Int, inout Random) -> Double
) -> Drop {
  { pixels, random in
    let kept = channel(&random)
    let all = (0..<3).map { channel in pixels.map { $0[channel] } }
    return pixels.indices.map { pixel in
      (0..<3).map { channel in
        channel == kept
          ? pixels[pixel][channel] : Float(number(all[kept], all[channel], pixel, &random))
      }
    }
  }
}

/// Noise around a mean with a deviation, each by the kept and the own channel's moments.
private func noise(
  _ mean: @escaping @Sendable (_ kept: Double, _ own: Double) -> Double = { kept, _ in kept },
  _ deviation: @escaping @Sendable (_ kept: Double, _ own: Double) -> Double = { kept, _ in
    kept / 100
  },
  draw: @escaping @Sendable (inout Random) -> Double = { Double($0.normal()) }
) -> @Sendable ([Float], [Float], Int, inout Random) -> Double {
  { kept, own, _, random in
    let (k, o) = (moments(kept), moments(own))
    return mean(k.mean, o.mean) + deviation(k.deviation, o.deviation) * draw(&random)
  }
}

private let sound = noise()

let colourDroppingSpecimens: [Specimen<Chapter3Functions>] = [
  .right("3.3", "all noise first, blue before red, the channel from a shuffle", chapter3Solutions) {
    let drop: Drop = { pixels, random in
      let noise = pixels.map { _ in (random.normal(), random.normal()) }
      let order = random.permutation(3)
      // Welford's running mean and squares.
      var (mean, squares, seen) = (0.0, 0.0, 0.0)
      for pixel in pixels.reversed() {
        seen += 1
        let off = Double(pixel[order[0]]) - mean
        mean += off / seen
        squares += off * (Double(pixel[order[0]]) - mean)
      }
      let deviation = (squares / seen).squareRoot() * 0.01
      return zip(pixels, noise).map { pixel, noise in
        var changed = pixel
        changed[order[2]] = Float(mean + deviation * Double(noise.0))
        changed[order[1]] = Float(mean + deviation * Double(noise.1))
        return changed
      }
    }
    $0.dropped = drop
    $0.droppedPair = { first, second, random in
      let last = try drop(second, &random)
      return (try drop(first, &random), last)
    }
  },
  mutant("one dropped", says: "You dropped one channel; two are dropped") {
    $0.dropped = { pixels, random in
      let kept = random.integer(below: 3)
      let values = pixels.map { $0[kept] }
      let gone = (kept + 1) % 3
      return pixels.map { pixel in
        var changed = pixel
        changed[gone] = Float(sound(values, values, 0, &random))
        return changed
      }
    }
  },
  mutant("nothing dropped", says: "Nothing is dropped in your answer") {
    $0.dropped = { pixels, _ in pixels }
  },
  mutant("a channel for each pixel", says: "You drew a channel for each pixel") {
    $0.dropped = { pixels, random in
      pixels.map { pixel in
        let kept = random.integer(below: 3)
        let values = pixels.map { $0[kept] }
        return (0..<3).map { $0 == kept ? pixel[$0] : Float(sound(values, values, 0, &random)) }
      }
    }
  },
  mutant("centred", says: "You took the mean off the kept channel") {
    $0.dropped = { pixels, random in
      let kept = random.integer(below: 3)
      let (mean, deviation) = moments(pixels.map { $0[kept] })
      return pixels.map { pixel in
        (0..<3).map {
          $0 == kept
            ? pixel[$0] - Float(mean) : Float(deviation / 100) * random.normal()
        }
      }
    }
  },
  mutant("noise everywhere", says: "The kept channel has noise, too") {
    $0.dropped = { pixels, random in
      let kept = random.integer(below: 3)
      let (mean, deviation) = moments(pixels.map { $0[kept] })
      return pixels.map { pixel in
        (0..<3).map {
          ($0 == kept ? pixel[$0] : Float(mean)) + Float(deviation / 100) * random.normal()
        }
      }
    }
  },
  mutant("from a copy", says: "Draw after draw gives the same patch") {
    let right = $0.dropped
    $0.dropped = { pixels, random in
      var copy = random
      return try right(pixels, &copy)
    }
  },
  mutant("always red", says: "It is the same channel in all draws") {
    $0.dropped = dropped(channel: { _ in 0 }, sound)
  },
  mutant("never blue", says: "One channel is never kept") {
    $0.dropped = dropped(channel: { $0.integer(below: 2) }, sound)
  },
  mutant("the system's own draws", says: "The same seed gave another patch") {
    let right = $0.dropped
    $0.dropped = { pixels, _ in
      var system = SystemRandomNumberGenerator()
      var random = Random(seed: system.next())
      return try right(pixels, &random)
    }
  },
  mutant("zeros", says: "The dropped channels are 0") { $0.dropped = dropped { _, _, _, _ in 0 } },
  mutant("no noise", says: "in their place, without noise") {
    $0.dropped = dropped { kept, _, _, _ in moments(kept).mean }
  },
  mutant("around 0", says: "Your noise lies around 0;") {
    $0.dropped = dropped(noise({ _, _ in 0 }))
  },
  mutant("around 0.5", says: "Your noise lies around 0.5") {
    $0.dropped = dropped(noise({ _, _ in 0.5 }))
  },
  mutant("around its own mean", says: "the mean that the dropped channel had") {
    $0.dropped = dropped(noise({ $1 }))
  },
  mutant(
    "around its own mean, with its own deviation", says: "the mean that the dropped channel had"
  ) { $0.dropped = dropped(noise({ $1 }, { $1 / 100 })) },
  mutant("grey", says: "which is a grey patch") {
    $0.dropped = dropped { kept, _, pixel, _ in Double(kept[pixel]) }
  },
  mutant("grey with noise", says: "which is a grey patch") {
    $0.dropped = dropped { kept, _, pixel, random in
      Double(kept[pixel]) + moments(kept).deviation / 100 * Double(random.normal())
    }
  },
  mutant("the whole deviation", says: "the kept channel's whole deviation") {
    $0.dropped = dropped(noise({ kept, _ in kept }, { kept, _ in kept }))
  },
  mutant("a tenth", says: "a hundredth of the variance is another thing") {
    $0.dropped = dropped(noise({ kept, _ in kept }, { kept, _ in kept / 10 }))
  },
  mutant("the variance", says: "a hundredth of the variance as its deviation") {
    $0.dropped = dropped(noise({ kept, _ in kept }, { kept, _ in kept * kept / 100 }))
  },
  mutant(
    "0.01", says: "Your noise has the deviation 0.01",
    also: ["its deviation is 0, and so is the noise's"]
  ) {
    $0.dropped = dropped(noise({ kept, _ in kept }, { _, _ in 0.01 }))
  },
  mutant(
    "its own deviation", says: "the deviation that the dropped channel had",
    also: ["its deviation is 0, and so is the noise's"]
  ) {
    $0.dropped = dropped(noise({ kept, _ in kept }, { $1 / 100 }))
  },
  mutant("from a range", says: "Your noise is drawn evenly from a range") {
    $0.dropped = dropped(noise(draw: { 3.squareRoot() * (2 * Double($0.uniform()) - 1) }))
  },
  mutant("from a narrow range", says: "Your noise is drawn evenly from a range") {
    $0.dropped = dropped(noise(draw: { 2 * Double($0.uniform()) - 1 }))
  },
  mutant("the same in both", says: "Both dropped channels have the same noise") {
    $0.dropped = { pixels, random in
      let kept = random.integer(below: 3)
      let values = pixels.map { $0[kept] }
      return pixels.map { pixel in
        let number = Float(sound(values, values, 0, &random))
        return (0..<3).map { $0 == kept ? pixel[$0] : number }
      }
    }
  },
  mutant("one number for all pixels", says: "A dropped channel has one number for all pixels") {
    $0.dropped = { pixels, random in
      let kept = random.integer(below: 3)
      let values = pixels.map { $0[kept] }
      let numbers = (0..<3).map { _ in Float(sound(values, values, 0, &random)) }
      return pixels.map { pixel in (0..<3).map { $0 == kept ? pixel[$0] : numbers[$0] } }
    }
  },
  mutant("a little noise at least", says: "its deviation is 0, and so is the noise's") {
    $0.dropped = dropped(noise({ kept, _ in kept }, { kept, _ in max(kept, 0.5) / 100 }))
  },
  mutant("the other order", says: "You changed the order of the two patches") {
    let right = $0.droppedPair
    $0.droppedPair = { first, second, random in
      let got = try right(first, second, &random)
      return (got.second, got.first)
    }
  },
  mutant("the first alone", says: "The second patch is left as it was") {
    let right = $0.dropped
    $0.droppedPair = { first, second, random in (try right(first, &random), second) }
  },
  mutant("one channel for both", says: "Both patches keep the same channel") {
    let right = $0.dropped
    $0.droppedPair = { first, second, random in
      // Both are one patch in the eyes of whoever starts each from the same generator.
      var copy = random
      return (try right(first, &random), try right(second, &copy))
    }
  },
  mutant("never the same", says: "The two never keep the same channel") {
    $0.droppedPair = { first, second, random in
      let order = random.permutation(3)
      return (
        try dropped(channel: { _ in order[0] }, sound)(first, &random),
        try dropped(channel: { _ in order[1] }, sound)(second, &random)
      )
    }
  },
  .unnamed("3.3", "one channel twice as often", chapter3Solutions) {
    $0.dropped = dropped(channel: { $0.integer(below: 4) % 3 }, sound)
  },
  undone(by: .chance, "noise from a hash value", told: ["The same seed gave another patch"]) {
    $0.dropped = { pixels, random in
      var other = Random(seed: UInt64(UInt.random(in: 0...UInt.max)))
      let kept = random.integer(below: 3)
      return try dropped(channel: { _ in kept }, sound)(pixels, &other)
    }
  },
  undone(by: .equalRows, "noise by the colour of a pixel") {
    $0.dropped = { pixels, random in
      let kept = random.integer(below: 3)
      let values = pixels.map { $0[kept] }
      var known: [[Float]: [Float]] = [:]
      return pixels.map { pixel in
        if let colour = known[pixel] { return colour }
        let colour = (0..<3).map {
          $0 == kept ? pixel[$0] : Float(sound(values, values, 0, &random))
        }
        known[pixel] = colour
        return colour
      }
    }
  },
  undone(by: .scale, "the mean of squares minus the squared mean, in Float") {
    $0.dropped = dropped { kept, _, _, random in
      let count = Float(kept.count)
      let mean = kept.reduce(0, +) / count
      let square = kept.map { $0 * $0 }.reduce(0, +) / count
      let deviation = max(0, square - mean * mean).squareRoot()
      return Double(mean) + Double(deviation) / 100 * Double(random.normal())
    }
  },
  undone(by: .sizes, "64 pixels at most") {
    $0.dropped = { pixels, random in
      let kept = random.integer(below: 3)
      let values = pixels.map { $0[kept] }
      return pixels.enumerated().map { place, pixel in
        (0..<3).map {
          $0 == kept || place > 63 ? pixel[$0] : Float(sound(values, values, 0, &random))
        }
      }
    }
  },
  undone(by: .edges, "over one pixel less") {
    $0.dropped = dropped { kept, _, _, random in
      let (mean, deviation) = moments(kept)
      let count = Double(kept.count)
      return mean + deviation * (count / (count - 1)).squareRoot() / 100 * Double(random.normal())
    }
  },
]
