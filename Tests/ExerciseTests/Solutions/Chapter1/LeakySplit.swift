import Chapter1Solutions
import Checkers
import SolutionFunctions
import TensorCore

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter1Functions) -> Void
) -> Specimen<Chapter1Functions> {
  .mutant("1.3", name, says: sentence, chapter1Solutions, change)
}

private func right(_ name: String, _ change: (inout Chapter1Functions) -> Void)
  -> Specimen<Chapter1Functions>
{
  .right("1.3", name, chapter1Solutions, change)
}

/// A preparation that holds out the given sources and takes the mean over the chosen pictures.
private func prepared(
  _ pictures: [[Float]], _ sources: [Int], heldOut: Set<Int>,
  meanOver: (_ train: [Int], _ validation: [Int]) -> [Int] = { train, _ in train }
) -> (train: [Int], validation: [Int], mean: Float) {
  let train = sources.indices.filter { !heldOut.contains(sources[$0]) }
  let validation = sources.indices.filter { heldOut.contains(sources[$0]) }
  let numbers = meanOver(train, validation).flatMap { pictures[$0] }
  let mean = numbers.isEmpty ? 0 : numbers.reduce(0, +) / Float(numbers.count)
  return (train, validation, mean)
}

private func drawn(_ sources: [Int], _ share: Float, _ random: inout Random) -> Set<Int> {
  var order = Set(sources).sorted()
  random.shuffle(&order)
  return Set(order.suffix(Int((share * Float(order.count)).rounded())))
}

/// A sound preparation, but for how many sources are held out.
private func rounding(
  _ count: @escaping @Sendable (Float, Int) -> Int
)
  -> @Sendable ([[Float]], [Int], Float, inout Random) throws -> (
    train: [Int], validation: [Int], mean: Float
  )
{
  { pictures, sources, share, random in
    let order = Set(sources).count
    let kept = Float(count(share, order)) / Float(max(1, order))
    return prepared(pictures, sources, heldOut: drawn(sources, kept, &random))
  }
}

let leakySplitSpecimens: [Specimen<Chapter1Functions>] = [
  right("two loops and a filter instead of sets") {
    $0.leakedSources = { sources, train, validation in
      var found: [Int] = []
      for source in sources.sorted() where found.last != source {
        let isSeen = train.contains { sources[$0] == source }
        let isAsked = validation.contains { sources[$0] == source }
        if isSeen && isAsked { found.append(source) }
      }
      return found
    }
  },
  right("takes from the end of the order, and the mean of the pictures' means") {
    $0.soundPreparation = { pictures, sources, share, random in
      let heldOut = drawn(sources, share, &random)
      var (train, validation, _) = prepared(pictures, sources, heldOut: heldOut)
      let means = train.map { pictures[$0].reduce(0, +) / Float(pictures[$0].count) }
      let mean = means.isEmpty ? 0 : means.reduce(0, +) / Float(means.count)
      random.shuffle(&train)
      return (train, validation, mean)
    }
  },
  .mutant(
    "1.3", "the leaky preparation itself", says: "You divide the copies",
    also: ["that is the second leak"], chapter1Solutions
  ) {
    $0.soundPreparation = { pictures, sources, share, random in
      leakyPreparation(
        pictures: pictures, sources: sources, validationShare: share, random: &random)
    }
  },
  mutant("the mean over all pictures", says: "that is the second leak") {
    $0.soundPreparation = { pictures, sources, share, random in
      prepared(pictures, sources, heldOut: drawn(sources, share, &random)) { $0 + $1 }
    }
  },
  mutant("the mean over the validation pictures", says: "mean over the validation pictures") {
    $0.soundPreparation = { pictures, sources, share, random in
      prepared(pictures, sources, heldOut: drawn(sources, share, &random)) { $1 }
    }
  },
  mutant("holds out the first sources", says: "as they come; draw them") {
    $0.soundPreparation = { pictures, sources, share, _ in
      let order = Set(sources).sorted()
      let count = Int((share * Float(order.count)).rounded())
      return prepared(pictures, sources, heldOut: Set(order.prefix(count)))
    }
  },
  mutant("the share is that of training", says: "You took the share for training") {
    $0.soundPreparation = { pictures, sources, share, random in
      let order = Set(sources).count
      let wanted = Int((share * Float(order)).rounded())
      let kept = Float(order - wanted) / Float(max(1, order))
      return prepared(pictures, sources, heldOut: drawn(sources, kept, &random))
    }
  },
  mutant("the share is that of the copies", says: "You took the share of the copies") {
    $0.soundPreparation = { pictures, sources, share, random in
      var order = Set(sources).sorted()
      random.shuffle(&order)
      var heldOut = Set<Int>()
      var count = 0
      for source in order where count < Int((share * Float(sources.count)).rounded()) {
        heldOut.insert(source)
        count += sources.count { $0 == source }
      }
      return prepared(pictures, sources, heldOut: heldOut)
    }
  },
  mutant("draws with the system's generator", says: "All randomness must come from the generator") {
    $0.soundPreparation = { pictures, sources, share, _ in
      let order = Set(sources).shuffled()
      let count = Int((share * Float(order.count)).rounded())
      return prepared(pictures, sources, heldOut: Set(order.prefix(count)))
    }
  },
  mutant("gives back sources instead of indices", says: "You gave back sources") {
    $0.soundPreparation = { pictures, sources, share, random in
      let heldOut = drawn(sources, share, &random)
      return (sources.filter { !heldOut.contains($0) }, heldOut.sorted(), 0)
    }
  },
  mutant("drops the copies of a source", says: "every copy is used") {
    $0.soundPreparation = { pictures, sources, share, random in
      let heldOut = drawn(sources, share, &random)
      let whole = prepared(pictures, sources, heldOut: heldOut)
      let firsts = whole.train.filter { sources.firstIndex(of: sources[$0]) == $0 }
      return (firsts, whole.validation, whole.mean)
    }
  },
  mutant("compares indices", says: "You compared indices") {
    $0.leakedSources = { _, train, validation in
      Set(train).intersection(validation).sorted()
    }
  },
  mutant("lists a source for each copy", says: "each should be listed once") {
    $0.leakedSources = { sources, train, validation in
      let asked = Set(validation.map { sources[$0] })
      return train.map { sources[$0] }.filter(asked.contains).sorted()
    }
  },
  mutant("draws in the order of a Set", says: "All randomness must come from the generator") {
    $0.soundPreparation = { pictures, sources, share, random in
      var order = Array(Set(sources))
      random.shuffle(&order)
      let count = Int((share * Float(order.count)).rounded())
      return prepared(pictures, sources, heldOut: Set(order.prefix(count)))
    }
  },
  mutant("a copy of the generator", says: "not from a copy: it must move on") {
    $0.soundPreparation = { pictures, sources, share, random in
      var copy = random
      return prepared(pictures, sources, heldOut: drawn(sources, share, &copy))
    }
  },
  mutant("divides by the number of pictures", says: "by the number of pictures; the mean") {
    $0.soundPreparation = { pictures, sources, share, random in
      let whole = prepared(pictures, sources, heldOut: drawn(sources, share, &random))
      let sum = whole.train.flatMap { pictures[$0] }.reduce(0, +)
      return (whole.train, whole.validation, sum / Float(max(1, whole.train.count)))
    }
  },
  .unnamed("1.3", "takes all that is not in train for validation", chapter1Solutions) {
    $0.leakedSources = { sources, train, _ in
      let others = sources.indices.filter { !train.contains($0) }
      return Set(train.map { sources[$0] }).intersection(others.map { sources[$0] }).sorted()
    }
  },
  .unnamed(
    "1.3", "the example's answer, and else none, as if indices were compared", chapter1Solutions
  ) {
    $0.leakedSources = { sources, _, _ in sources == [7, 7, 3, 3, 9] ? [7] : [] }
  },
  mutant("halves to the even number", says: "yours went to the even number") {
    $0.soundPreparation = rounding { Int(($0 * Float($1)).rounded(.toNearestOrEven)) }
  },
  mutant("a product in Double", says: "You multiplied in Double") {
    $0.soundPreparation = rounding { Int((Double($0) * Double($1)).rounded()) }
  },
  mutant("rounds the training side", says: "of those who stay on the other side") {
    $0.soundPreparation = rounding { $1 - Int(((1 - $0) * Float($1)).rounded()) }
  },
]
