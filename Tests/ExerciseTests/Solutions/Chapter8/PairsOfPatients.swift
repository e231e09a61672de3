import Checkers
import SolutionFunctions
import TensorCore

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter8Functions) -> Void
) -> Specimen<Chapter8Functions> {
  .mutant("8.4", name, says: sentence, chapter8Solutions, change)
}

private typealias Pair = Chapter8Functions.Pair
private typealias DrawnPair = @Sendable ([Int], inout Random) throws -> Pair?

/// A pair of two or more pictures by another rule; none and one stay as they are.
private func pair(_ draw: @escaping @Sendable ([Int], inout Random) -> Pair) -> DrawnPair {
  { pictures, random in
    if pictures.count < 2 { return pictures.first.map { ($0, $0) } }
    return draw(pictures, &random)
  }
}

/// An epoch with settings: who comes, in which order, and how the pairs are cut.
private func epoch(
  patients: @escaping @Sendable ([[Int]], inout Random) -> [Int] = { pictures, random in
    random.permutation(pictures.count).filter { !pictures[$0].isEmpty }
  },
  pair draw: @escaping DrawnPair = { try chapter8Solutions.patientPair($0, &$1) },
  cut: @escaping @Sendable ([Pair], Int) -> [[Pair]] = { pieces($0, $1).filter { $0.count > 1 } }
) -> @Sendable ([[Int]], Int, inout Random) throws -> [[Pair]] {
  { pictures, batchSize, random in
    let pairs = try patients(pictures, &random).compactMap { try draw(pictures[$0], &random) }
    return cut(pairs, batchSize)
  }
}

private func pieces<Element>(_ all: [Element], _ size: Int) -> [[Element]] {
  stride(from: 0, to: all.count, by: size).map { Array(all[$0..<min($0 + size, all.count)]) }
}

let pairsOfPatientsSpecimens: [Specimen<Chapter8Functions>] = [
  .right("8.4", "the second drawn among the others, batches filled one by one", chapter8Solutions) {
    let two = pair { pictures, random in
      var others = pictures
      let first = others.remove(at: random.integer(below: others.count))
      return (first, others[random.integer(below: others.count)])
    }
    $0.patientPair = two
    $0.epochOfPairs = { pictures, batchSize, random in
      var left = pictures.filter { !$0.isEmpty }
      random.shuffle(&left)
      var batches: [[Pair]] = []
      while left.count > 1 {
        let batch = try left.prefix(batchSize).map { try two($0, &random)! }
        left.removeFirst(batch.count)
        batches.append(batch)
      }
      return batches
    }
  },
  .right("8.4", "draws again until two differ; all pairs before the order", chapter8Solutions) {
    $0.patientPair = pair { pictures, random in
      while true {
        let drawn = (
          pictures.randomElement(using: &random)!, pictures.randomElement(using: &random)!
        )
        if drawn.0 != drawn.1 { return (min(drawn.0, drawn.1), max(drawn.0, drawn.1)) }
      }
    }
    $0.epochOfPairs = { pictures, batchSize, random in
      let pairs = try pictures.compactMap { try chapter8Solutions.patientPair($0, &random) }
        .shuffled(using: &random)
      let kept = pairs.count % batchSize == 1 ? Array(pairs.dropLast()) : pairs
      return pieces(kept, batchSize)
    }
  },
  mutant("with replacement", says: "You drew twice without looking") {
    $0.patientPair = pair { pictures, random in
      (
        pictures[random.integer(below: pictures.count)],
        pictures[random.integer(below: pictures.count)]
      )
    }
  },
  mutant("always SimCLR's pair", says: "it is for patients with one picture") {
    $0.patientPair = { pictures, _ in pictures.first.map { ($0, $0) } }
  },
  mutant("nothing for one picture", says: "falls back to SimCLR's pair") {
    let sound = $0.patientPair
    $0.patientPair = { $0.count == 1 ? nil : try sound($0, &$1) }
  },
  mutant("a pair of nothing", says: "There is no picture, and a pair") {
    let sound = $0.patientPair
    $0.patientPair = { $0.isEmpty ? (0, 0) : try sound($0, &$1) }
  },
  mutant("places instead of pictures", says: "You gave back places in the list") {
    $0.patientPair = { pictures, random in
      if pictures.count < 2 { return pictures.isEmpty ? nil : (0, 0) }
      let order = random.permutation(pictures.count)
      return (order[0], order[1])
    }
  },
  mutant("the first two", says: "You always take the same two pictures") {
    $0.patientPair = pair { pictures, _ in (pictures[0], pictures[1]) }
  },
  mutant("a copy of the generator", says: "you draw from a copy of the generator") {
    let sound = $0.patientPair
    $0.patientPair = { pictures, random in
      var copy = random
      return try sound(pictures, &copy)
    }
  },
  mutant("the first in every pair", says: "The first picture is in every pair") {
    $0.patientPair = pair { pictures, random in
      (pictures[0], pictures[1 + random.integer(below: pictures.count - 1)])
    }
  },
  mutant("neighbours", says: "Only neighbours in the list") {
    $0.patientPair = pair { pictures, random in
      let first = random.integer(below: pictures.count)
      return (pictures[first], pictures[(first + 1) % pictures.count])
    }
  },
  mutant("the system's generator", says: "gave other pairs the second time") {
    $0.patientPair = pair { pictures, _ in
      let two = pictures.shuffled()
      return (two[0], two[1])
    }
  },
  mutant("a pair for each picture", says: "You made a pair for each picture") {
    $0.epochOfPairs = epoch(patients: { pictures, random in
      var all = pictures.indices.flatMap { [Int](repeating: $0, count: pictures[$0].count) }
      random.shuffle(&all)
      return all
    })
  },
  mutant("patients with replacement", says: "You drew the patients with replacement") {
    $0.epochOfPairs = epoch(patients: { pictures, random in
      pictures.map { _ in random.integer(below: pictures.count) }
    })
  },
  mutant("all pairs of a patient", says: "You made all pairs of a patient") {
    $0.epochOfPairs = { pictures, batchSize, _ in
      let all = pictures.flatMap { own in
        own.count == 1
          ? [(own[0], own[0])]
          : own.indices.flatMap { i in (0..<i).map { (own[$0], own[i]) } }
      }
      return pieces(all, batchSize)
    }
  },
  mutant("pairs across patients", says: "A pair belongs to one patient") {
    $0.epochOfPairs = { pictures, batchSize, random in
      var all = pictures.flatMap(\.self)
      random.shuffle(&all)
      return pieces(pieces(all, 2).map { ($0[0], $0.last!) }, batchSize)
    }
  },
  mutant("patients instead of pictures", says: "You gave back patients or places") {
    $0.epochOfPairs = { pictures, batchSize, random in
      pieces(random.permutation(pictures.count).map { ($0, $0) }, batchSize)
    }
  },
  mutant("without those of one picture", says: "You left out the patients with one picture") {
    $0.epochOfPairs = epoch(patients: { pictures, random in
      random.permutation(pictures.count).filter { pictures[$0].count > 1 }
    })
  },
  mutant("drops a last batch", says: "You left the last batch out") {
    $0.epochOfPairs = epoch(cut: { pairs, size in pieces(pairs, size).filter { $0.count == size } })
  },
  mutant("fills the last batch up", says: "You filled the last batch up") {
    $0.epochOfPairs = epoch(cut: { pairs, size in
      let missing = (size - pairs.count % size) % size
      return pieces(pairs + pairs.prefix(missing), size)
    })
  },
  mutant("counts views", says: "you counted pictures or views") {
    $0.epochOfPairs = epoch(cut: { pieces($0, max(1, $1 / 2)) })
  },
  mutant("in the list's order", says: "in the order of the list") {
    $0.epochOfPairs = epoch(patients: { pictures, _ in
      pictures.indices.filter { !pictures[$0].isEmpty }
    })
  },
  mutant("the epoch from a copy", says: "Two epochs one after another") {
    let sound = $0.epochOfPairs
    $0.epochOfPairs = { pictures, batchSize, random in
      var copy = random
      return try sound(pictures, batchSize, &copy)
    }
  },
  mutant("a batch of one pair", says: "A batch of one pair has no negatives") {
    $0.epochOfPairs = epoch(cut: { pieces($0, $1) })
  },
  mutant("those without pictures take places", says: "take a place in your batches") {
    $0.epochOfPairs = { pictures, batchSize, random in
      let batches = pieces(random.permutation(pictures.count), batchSize)
      return try batches.map { batch in
        try batch.compactMap { try chapter8Solutions.patientPair(pictures[$0], &random) }
      }.filter { $0.count > 1 || pictures.count { !$0.isEmpty } % batchSize != 1 && !$0.isEmpty }
    }
  },
  mutant("the neighbour of one drawn twice", says: "you take its neighbour") {
    $0.patientPair = pair { pictures, random in
      let first = random.integer(below: pictures.count)
      let second = random.integer(below: pictures.count)
      let other = first == second ? (first + 1) % pictures.count : second
      return (pictures[first], pictures[other])
    }
  },
  .unnamed("8.4", "the last in every pair", chapter8Solutions) {
    $0.patientPair = pair { pictures, random in
      (pictures.last!, pictures[random.integer(below: pictures.count - 1)])
    }
  },
  mutant("an epoch of first pictures", says: "Draw each pair as in patientPair") {
    $0.epochOfPairs = epoch(pair: { pictures, _ in
      pictures.first.map { ($0, pictures.count > 1 ? pictures[1] : $0) }
    })
  },
  mutant("the list from another start", says: "Shuffle the patients one by one") {
    $0.epochOfPairs = epoch(patients: { pictures, random in
      let start = pictures.isEmpty ? 0 : random.integer(below: pictures.count)
      return pictures.indices.map { ($0 + start) % pictures.count }
        .filter { !pictures[$0].isEmpty }
    })
  },
  mutant("shuffles batches", says: "Shuffle the patients one by one") {
    $0.epochOfPairs = { pictures, batchSize, random in
      let present = pictures.filter { !$0.isEmpty }
      let pairs = try present.compactMap { try chapter8Solutions.patientPair($0, &random) }
      let batches = pieces(pairs, batchSize).filter { $0.count > 1 }
      var full = batches.filter { $0.count == batchSize }
      random.shuffle(&full)
      return full + batches.filter { $0.count < batchSize }
    }
  },
  mutant("shuffles inside batches", says: "Shuffle the patients one by one") {
    $0.epochOfPairs = { pictures, batchSize, random in
      let present = pictures.filter { !$0.isEmpty }
      return try pieces(present, batchSize).filter { $0.count > 1 }.map { batch in
        try batch.shuffled(using: &random).compactMap {
          try chapter8Solutions.patientPair($0, &random)
        }
      }
    }
  },
  mutant("most pictures first", says: "Shuffle the patients one by one") {
    $0.epochOfPairs = epoch(patients: { pictures, random in
      random.permutation(pictures.count).filter { !pictures[$0].isEmpty }
        .sorted { pictures[$0].count > pictures[$1].count }
    })
  },
  mutant("shuffles ten by ten", says: "never each other's negatives") {
    $0.epochOfPairs = epoch(patients: { pictures, random in
      pieces(pictures.indices.filter { !pictures[$0].isEmpty }, 10)
        .flatMap { $0.shuffled(using: &random) }
    })
  },
  mutant("leaves out who has fewest pictures", says: "Some patients are never left out") {
    $0.epochOfPairs = { pictures, batchSize, random in
      var order = random.permutation(pictures.count).filter { !pictures[$0].isEmpty }
      if order.count % batchSize == 1,
        let few = order.min(by: { pictures[$0].count < pictures[$1].count })
      {
        order.removeAll { $0 == few }
      }
      let pairs = try order.compactMap { try chapter8Solutions.patientPair(pictures[$0], &random) }
      return pieces(pairs, batchSize)
    }
  },
  mutant("cuts before it skips", says: "take a place in your batches") {
    $0.epochOfPairs = { pictures, batchSize, random in
      let batches = pieces(random.permutation(pictures.count), batchSize)
      return try batches.map { batch in
        try batch.compactMap { try chapter8Solutions.patientPair(pictures[$0], &random) }
      }.filter { $0.count > 1 }
    }
  },
  mutant("joins the last one to the batch before", says: "You joined the pair that was left over") {
    $0.epochOfPairs = epoch(cut: { pairs, size in
      var batches = pieces(pairs, size)
      if let last = batches.last, last.count == 1 {
        batches.removeLast()
        if !batches.isEmpty { batches[batches.count - 1] += last }
      }
      return batches
    })
  },
  mutant("four pictures in two pairs", says: "into pairs; one pair of his") {
    $0.epochOfPairs = { pictures, batchSize, random in
      var all: [Pair] = []
      for own in pictures {
        let order = random.permutation(own.count).map { own[$0] }
        if own.count == 1 { all.append((own[0], own[0])) }
        for place in stride(from: 0, to: own.count - 1, by: 2) {
          all.append((order[place], order[place + 1]))
        }
      }
      random.shuffle(&all)
      return pieces(all, batchSize).filter { $0.count > 1 }
    }
  },
]
