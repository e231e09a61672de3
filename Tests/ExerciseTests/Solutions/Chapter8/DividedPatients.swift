import Chapter8Solutions
import Checkers
import SolutionFunctions
import TensorCore

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter8Functions) -> Void
) -> Specimen<Chapter8Functions> {
  .mutant("8.6", name, says: sentence, chapter8Solutions, change)
}

/// The indices on both sides, once it is known who is tested.
private func divided(_ patients: [Int], tested: Set<Int>) -> Chapter8Functions.Split {
  (
    patients.indices.filter { !tested.contains(patients[$0]) },
    patients.indices.filter { tested.contains(patients[$0]) }
  )
}

/// The patients of each diagnosis, each once, in order.
private func people(_ patients: [Int], _ diagnoses: [Int]) -> [[Int]] {
  Set(diagnoses).sorted().map { diagnosis in
    Set(patients.indices.filter { diagnoses[$0] == diagnosis }.map { patients[$0] }).sorted()
  }
}

/// A sound split, but for how many of a diagnosis' patients are tested.
private func split(
  count: @escaping @Sendable (_ share: Float, _ people: Int) -> Int
) -> @Sendable ([Int], [Int], Float, UInt64) -> Chapter8Functions.Split {
  { patients, diagnoses, share, seed in
    var random = Random(seed: seed)
    let tested = people(patients, diagnoses).flatMap { ill -> [Int] in
      var ill = ill
      random.shuffle(&ill)
      return Array(ill.prefix(count(share, ill.count)))
    }
    return divided(patients, tested: Set(tested))
  }
}

/// A sound split, but for how the patients of a diagnosis are listed.
private func drawn(
  from list: @escaping @Sendable ([Int]) -> [Int]
) -> @Sendable ([Int], [Int], Float, UInt64) -> Chapter8Functions.Split {
  { patients, diagnoses, share, seed in
    var random = Random(seed: seed)
    var tested: Set<Int> = []
    for diagnosis in Set(diagnoses).sorted() {
      let ill = list(patients.indices.filter { diagnoses[$0] == diagnosis }.map { patients[$0] })
      let order = random.permutation(ill.count).map { ill[$0] }
      tested.formUnion(order.prefix(rounded(share, ill.count)))
    }
    return divided(patients, tested: tested)
  }
}

private func rounded(_ share: Float, _ count: Int) -> Int { Int((share * Float(count)).rounded()) }

let dividedPatientsSpecimens: [Specimen<Chapter8Functions>] = [
  .right("8.6", "patients in the order in which they come, the last are tested", chapter8Solutions)
  {
    $0.splitByPatient = { patients, diagnoses, share, seed in
      var random = Random(seed: seed &+ 77)
      var (order, lists): ([Int], [Int: [Int]]) = ([], [:])
      for (patient, diagnosis) in zip(patients, diagnoses) {
        if lists[diagnosis] == nil { order.append(diagnosis) }
        if !lists[diagnosis, default: []].contains(patient) {
          lists[diagnosis, default: []].append(patient)
        }
      }
      var tested: Set<Int> = []
      for diagnosis in order {
        let shuffled = lists[diagnosis]!.shuffled(using: &random)
        tested.formUnion(shuffled.suffix(rounded(share, shuffled.count)))
      }
      let whole = divided(patients, tested: tested)
      return (whole.train.reversed(), whole.test.shuffled())
    }
  },
  .right("8.6", "a number drawn for each patient; the lowest are tested", chapter8Solutions) {
    $0.splitByPatient = { patients, diagnoses, share, seed in
      let groups = people(patients, diagnoses)
      let tested = groups.flatMap { ill in
        ill.sorted {
          var (one, other) = (Random(seed: seed, stream: $0), Random(seed: seed, stream: $1))
          return one.next() < other.next()
        }.prefix(rounded(share, ill.count))
      }
      return divided(patients, tested: Set(tested))
    }
    $0.leakedShare = { patients, train, test in
      var count: Float = 0
      for one in test where train.contains(where: { patients[$0] == patients[one] }) { count += 1 }
      return count / Float(max(1, test.count))
    }
  },
  mutant("the colleague's split", says: "You divide pictures") {
    $0.splitByPatient = {
      colleaguesSplit(patients: $0, diagnoses: $1, testShare: $2, seed: $3)
    }
  },
  mutant("patients in a Dictionary's order", says: "in the order of a Set or a Dictionary") {
    $0.splitByPatient = { patients, diagnoses, share, seed in
      var random = Random(seed: seed)
      var tested: Set<Int> = []
      for (_, pictures) in Dictionary(grouping: patients.indices, by: { diagnoses[$0] }) {
        var ill = Set(pictures.map { patients[$0] }).sorted()
        random.shuffle(&ill)
        tested.formUnion(ill.prefix(rounded(share, ill.count)))
      }
      return divided(patients, tested: tested)
    }
  },
  mutant("the first patients", says: "You take the patients as they come") {
    $0.splitByPatient = { patients, diagnoses, share, _ in
      let tested = people(patients, diagnoses).flatMap { $0.prefix(rounded(share, $0.count)) }
      return divided(patients, tested: Set(tested))
    }
  },
  mutant("the share of training", says: "You took the share for training") {
    $0.splitByPatient = split { share, count in count - rounded(share, count) }
  },
  mutant("rounds down", says: "You rounded down") {
    $0.splitByPatient = split { share, count in Int(share * Float(count)) }
  },
  mutant("draws among all", says: "You drew among all patients") {
    $0.splitByPatient = { patients, _, share, seed in
      var random = Random(seed: seed)
      var all = Set(patients).sorted()
      random.shuffle(&all)
      return divided(patients, tested: Set(all.prefix(rounded(share, all.count))))
    }
  },
  mutant("the share of the pictures", says: "You took the share of the pictures") {
    $0.splitByPatient = { patients, diagnoses, share, seed in
      var random = Random(seed: seed)
      var tested: Set<Int> = []
      for var ill in people(patients, diagnoses) {
        random.shuffle(&ill)
        let all = patients.count { ill.contains($0) }
        var count = 0
        for patient in ill where count < rounded(share, all) {
          tested.insert(patient)
          count += patients.count { $0 == patient }
        }
      }
      return divided(patients, tested: tested)
    }
  },
  mutant("gives back patients", says: "You gave back patients") {
    let sound = $0.splitByPatient
    $0.splitByPatient = { patients, diagnoses, share, seed in
      let whole = try sound(patients, diagnoses, share, seed)
      return (whole.train.map { patients[$0] }, whole.test.map { patients[$0] })
    }
  },
  mutant("one picture of each patient", says: "every picture of a patient is used") {
    let sound = $0.splitByPatient
    $0.splitByPatient = { patients, diagnoses, share, seed in
      let whole = try sound(patients, diagnoses, share, seed)
      return (whole.train, whole.test.filter { patients.firstIndex(of: patients[$0]) == $0 })
    }
  },
  mutant("compares indices", says: "You compared indices") {
    $0.leakedShare = { _, train, test in
      Float(test.count { train.contains($0) }) / Float(max(1, test.count))
    }
  },
  mutant("divides by all pictures", says: "the number of all pictures") {
    $0.leakedShare = leaked { leaked, _, train, test in Float(leaked) / Float(train + test) }
  },
  mutant("divides by training pictures", says: "the number of training pictures") {
    $0.leakedShare = leaked { leaked, _, train, _ in Float(leaked) / Float(train) }
  },
  mutant("the share of patients", says: "the share of the patients on test") {
    $0.leakedShare = { patients, train, test in
      let tested = Set(test.map { patients[$0] })
      let known = tested.intersection(train.map { patients[$0] })
      return Float(known.count) / Float(max(1, tested.count))
    }
  },
  mutant("patients over pictures", says: "patients above the bar and pictures below") {
    $0.leakedShare = leaked { _, people, _, test in Float(people) / Float(test) }
  },
  mutant("counts pairs", says: "You counted pairs of pictures") {
    $0.leakedShare = { patients, train, test in
      let pairs = test.flatMap { one in train.filter { patients[$0] == patients[one] } }
      return Float(pairs.count) / Float(max(1, test.count))
    }
  },
  mutant("the share of training pictures", says: "have a companion in the test") {
    $0.leakedShare = { try chapter8Solutions.leakedShare($0, $2, $1) }
  },
  mutant("patients in a Set's order", says: "in the order of a Set or a Dictionary") {
    $0.splitByPatient = { patients, diagnoses, share, seed in
      var random = Random(seed: seed)
      var tested: Set<Int> = []
      for people in people(patients, diagnoses) {
        var ill = Array(Set(people))
        random.shuffle(&ill)
        tested.formUnion(ill.prefix(rounded(share, ill.count)))
      }
      return divided(patients, tested: tested)
    }
  },
  mutant("divides whole numbers", says: "You divided whole numbers") {
    $0.leakedShare = leaked { leaked, _, _, test in test == 0 ? 0 : Float(leaked / test) }
  },
  .unnamed("8.6", "takes all that is not in train for the test", chapter8Solutions) {
    let sound = $0.leakedShare
    $0.leakedShare = { patients, train, _ in
      try sound(patients, train, patients.indices.filter { !train.contains($0) })
    }
  },
  mutant("says only whether it leaks", says: "You say only whether there is a leak") {
    $0.leakedShare = leaked { leaked, _, _, _ in leaked > 0 ? 1 : 0 }
  },
  mutant("rounds up", says: "You rounded up") {
    $0.splitByPatient = split { share, count in Int((share * Float(count)).rounded(.up)) }
  },
  mutant("as many patients as a share of the pictures", says: "You took the share of the pictures")
  {
    $0.splitByPatient = { patients, diagnoses, share, seed in
      var random = Random(seed: seed)
      let tested = people(patients, diagnoses).flatMap { ill in
        let all = patients.count { ill.contains($0) }
        return random.permutation(ill.count).prefix(rounded(share, all)).map { ill[$0] }
      }
      return divided(patients, tested: Set(tested))
    }
  },
  mutant("tests all patients of a large clinic", says: "All of the patients are tested") {
    let sound = $0.splitByPatient
    $0.splitByPatient = { patients, diagnoses, share, seed in
      patients.count == 80
        ? ([], Array(patients.indices)) : try sound(patients, diagnoses, share, seed)
    }
  },
  mutant("patients as a Set gives them", says: "in the order of a Set or a Dictionary") {
    $0.splitByPatient = drawn { Array(Set($0)) }
  },
  mutant("patients as a Dictionary's keys", says: "in the order of a Set or a Dictionary") {
    $0.splitByPatient = drawn { Array(Dictionary(grouping: $0, by: \.self).keys) }
  },
  mutant("patients as pairs' keys", says: "in the order of a Set or a Dictionary") {
    $0.splitByPatient = drawn { all in
      var places: [Int: (first: Int, last: Int, count: Int)] = [:]
      for (place, one) in all.enumerated() {
        places[one, default: (place, place, 0)].last = place
        places[one]!.count += 1
      }
      return Array(places.keys)
    }
  },
  mutant("rounds the training side", says: "of those who stay on the other side") {
    $0.splitByPatient = split { $1 - Int(((1 - $0) * Float($1)).rounded()) }
  },
  mutant("a product in Double", says: "You multiplied in Double") {
    $0.splitByPatient = split { Int((Double($0) * Double($1)).rounded()) }
  },
  mutant("halves to the even number", says: "yours went to the even number") {
    $0.splitByPatient = split { Int(($0 * Float($1)).rounded(.toNearestOrEven)) }
  },
]

/// A share from the numbers of leaked pictures, leaked patients, training and test pictures.
private func leaked(
  _ share: @escaping @Sendable (_ pictures: Int, _ people: Int, _ train: Int, _ test: Int) -> Float
) -> @Sendable ([Int], [Int], [Int]) -> Float {
  { patients, train, test in
    let known = Set(train.map { patients[$0] })
    let pictures = test.filter { known.contains(patients[$0]) }
    return share(
      pictures.count, Set(pictures.map { patients[$0] }).count, train.count, test.count)
  }
}
