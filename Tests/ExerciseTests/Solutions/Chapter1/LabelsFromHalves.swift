import Checkers
import SolutionFunctions
import TensorCore

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter1Functions) -> Void
) -> Specimen<Chapter1Functions> {
  .mutant("1.1", name, says: sentence, chapter1Solutions, change)
}

private func right(_ name: String, _ change: (inout Chapter1Functions) -> Void)
  -> Specimen<Chapter1Functions>
{
  .right("1.1", name, chapter1Solutions, change)
}

/// The picture by index arithmetic, number by number.
@Sendable private func swapped(_ picture: [Float], _ height: Int, _ width: Int) -> [Float] {
  var result = picture
  for row in 0..<height {
    for column in 0..<width / 2 {
      result.swapAt(row * width + column, row * width + column + width / 2)
    }
  }
  return result
}

let labelsFromHalvesSpecimens: [Specimen<Chapter1Functions>] = [
  right("swaps in place, number by number") { $0.swappedHalves = swapped },
  right("draws all labels first, by chance, and makes the inputs afterwards") {
    $0.labelsFromHalves = { pictures, height, width, random in
      var labels: [Int] = []
      for _ in pictures { labels.append(random.chance(0.5) ? 1 : 0) }
      let inputs = zip(pictures, labels).map { $1 == 1 ? swapped($0, height, width) : $0 }
      return (inputs, labels)
    }
  },
  mutant("swaps top and bottom", says: "that is the top and the bottom") {
    $0.swappedHalves = { picture, _, _ in
      Array(picture[(picture.count / 2)...] + picture[..<(picture.count / 2)])
    }
  },
  mutant("mirrors", says: "You mirrored the picture") {
    $0.swappedHalves = { picture, _, width in
      picture.indices.map { picture[$0 / width * width + width - 1 - $0 % width] }
    }
  },
  mutant("gives the picture back", says: "as it was.") {
    $0.swappedHalves = { picture, _, _ in picture }
  },
  mutant("labels the wrong way round", says: "its label says that it was") {
    $0.labelsFromHalves = { pictures, height, width, random in
      var labels: [Int] = []
      for _ in pictures { labels.append(random.integer(below: 2)) }
      return (zip(pictures, labels).map { $1 == 0 ? swapped($0, height, width) : $0 }, labels)
    }
  },
  mutant("makes both versions", says: "You made both versions of every picture") {
    $0.labelsFromHalves = { pictures, height, width, _ in
      (
        pictures.flatMap { [$0, swapped($0, height, width)] }, pictures.flatMap { _ in [0, 1] }
      )
    }
  },
  mutant("always label 1", says: "must be equally likely") {
    $0.labelsFromHalves = { pictures, height, width, _ in
      (pictures.map { swapped($0, height, width) }, pictures.map { _ in 1 })
    }
  },
  mutant("labels take turns", says: "The labels follow a pattern") {
    $0.labelsFromHalves = { pictures, height, width, _ in
      let labels = pictures.indices.map { $0 % 2 }
      return (zip(pictures, labels).map { $1 == 1 ? swapped($0, height, width) : $0 }, labels)
    }
  },
  mutant("a generator of its own", says: "Draw from the generator") {
    $0.labelsFromHalves = { pictures, height, width, _ in
      var own = Random(seed: 0)
      var labels: [Int] = []
      for _ in pictures { labels.append(own.integer(below: 2)) }
      return (zip(pictures, labels).map { $1 == 1 ? swapped($0, height, width) : $0 }, labels)
    }
  },
  mutant("the system's randomness", says: "All randomness must come from the generator") {
    $0.labelsFromHalves = { pictures, height, width, _ in
      let labels = pictures.map { _ in Int.random(in: 0...1) }
      return (zip(pictures, labels).map { $1 == 1 ? swapped($0, height, width) : $0 }, labels)
    }
  },
  .unnamed("1.1", "finds places by their values", chapter1Solutions) {
    $0.swappedHalves = { picture, _, width in
      let places = picture.map { picture.firstIndex(of: $0)! }
      return places.map { picture[$0 / width * width + ($0 % width + width / 2) % width] }
    }
  },
  mutant("shuffles as many ones as zeros", says: "You shuffle labels whose numbers are fixed") {
    $0.labelsFromHalves = { pictures, height, width, random in
      var labels = pictures.indices.map { $0 % 2 }
      random.shuffle(&labels)
      return (zip(pictures, labels).map { $1 == 1 ? swapped($0, height, width) : $0 }, labels)
    }
  },
  mutant("the first is never drawn", says: "the first and the last too") {
    $0.labelsFromHalves = { pictures, height, width, random in
      var labels: [Int] = []
      for index in pictures.indices { labels.append(index == 0 ? 0 : random.integer(below: 2)) }
      return (zip(pictures, labels).map { $1 == 1 ? swapped($0, height, width) : $0 }, labels)
    }
  },
  mutant("the last is never drawn", says: "the first and the last too") {
    $0.labelsFromHalves = { pictures, height, width, random in
      var labels: [Int] = []
      for index in 0..<pictures.count {
        labels.append(index == pictures.count - 1 ? 0 : random.integer(below: 2))
      }
      return (zip(pictures, labels).map { $1 == 1 ? swapped($0, height, width) : $0 }, labels)
    }
  },
  mutant("a copy of the generator", says: "not from a copy: it must move on") {
    let sound = $0.labelsFromHalves
    $0.labelsFromHalves = { pictures, height, width, random in
      var copy = random
      return try sound(pictures, height, width, &copy)
    }
  },
  .unnamed(
    "1.1", "shifts by one: like halves, and like a mirror, where the width is 2", chapter1Solutions
  ) {
    $0.swappedHalves = { picture, _, width in
      picture.indices.map { picture[$0 / width * width + ($0 % width + 1) % width] }
    }
  },
  mutant("one coin for all", says: "You toss one coin for all pictures") {
    $0.labelsFromHalves = { pictures, height, width, random in
      let label = random.integer(below: 2)
      let inputs = label == 0 ? pictures : pictures.map { swapped($0, height, width) }
      return (inputs, pictures.map { _ in label })
    }
  },
]
