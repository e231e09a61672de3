import Checkers
import ExerciseFunctions
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, also: [String] = [],
  _ change: (inout Chapter2Functions) -> Void
) -> Specimen<Chapter2Functions> {
  .mutant("2.6", name, says: sentence, also: also, chapter2Solutions, change)
}

/// The names of the parts for which a rule holds.
private func parts(
  _ isChanged: @escaping @Sendable (_ before: [Float], _ after: [Float]) -> Bool
) -> @Sendable ([String], [[Float]], [[Float]]) -> [String] {
  { names, before, after in
    names.indices.filter { isChanged(before[$0], after[$0]) }.map { names[$0] }
  }
}

/// Wrong ideas of which parts of the encoder changed (exercise 2.6).
let changedPartSpecimens: [Specimen<Chapter2Functions>] = [
  mutant("what stayed", says: "You list the parts that stayed") { $0.changedParts = parts(==) },
  mutant("a tolerance", says: "A part whose numbers changed a little is changed") {
    $0.changedParts = parts { zip($0, $1).contains { abs($0 - $1) > 1e-6 } }
  },
  mutant("sums", says: "You compared sums or means") {
    $0.changedParts = parts { $0.reduce(0, +) != $1.reduce(0, +) }
  },
  mutant("the first number", says: "a part's first number only") {
    $0.changedParts = parts { $0.first != $1.first }
  },
  mutant("the last number", says: "a part's last number only") {
    $0.changedParts = parts { $0.last != $1.last }
  },
  mutant("all numbers", says: "only where all its numbers changed") {
    $0.changedParts = parts { !$0.isEmpty && zip($0, $1).allSatisfy { $0 != $1 } }
  },
  mutant("what grew", says: "You list the parts that grew") {
    $0.changedParts = parts { zip($0, $1).contains { $0 < $1 } }
  },
  mutant("among all that were there", says: "are among all that were there before") {
    $0.changedParts = { names, before, after in
      names.indices.filter { !before.contains(after[$0]) }.map { names[$0] }
    }
  },
  mutant("names once", says: "Two parts of one name are two parts") {
    let sound = $0.changedParts
    $0.changedParts = { names, before, after in
      try sound(names, before, after).reduce(into: []) { all, name in
        if !all.contains(name) { all.append(name) }
      }
    }
  },
  mutant("sorted names", says: "not in the order of `names`") {
    let sound = $0.changedParts
    $0.changedParts = { try sound($0, $1, $2).sorted() }
  },
]
