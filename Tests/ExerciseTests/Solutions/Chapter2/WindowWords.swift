import Checkers
import ExerciseFunctions
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter2Functions) -> Void
) -> Specimen<Chapter2Functions> {
  .mutant("2.3", name, says: sentence, chapter2Solutions, change)
}

/// Words at the places that are in the window.
private func words(
  _ isIn: @escaping @Sendable (_ distance: Int, _ halfWidth: Int) -> Bool
) -> @Sendable ([Int], Int, Int) -> [Int] {
  { sentence, place, halfWidth in
    sentence.indices.filter { isIn($0 - place, halfWidth) }.map { sentence[$0] }
  }
}

/// Wrong ideas of which words are in a window (exercise 2.3).
let windowWordSpecimens: [Specimen<Chapter2Functions>] = [
  mutant("the middle in its window", says: "The word in the middle is no part") {
    $0.windowWords = words { abs($0) <= $1 }
  },
  mutant("the middle's word taken out", says: "You took out every place that has the word") {
    $0.windowWords = { sentence, place, halfWidth in
      words { abs($0) <= $1 }(sentence, place, halfWidth).filter { $0 != sentence[place] }
    }
  },
  mutant("each word once", says: "yours has it once") {
    let sound = $0.windowWords
    $0.windowWords = { sentence, place, halfWidth in
      try sound(sentence, place, halfWidth).reduce(into: []) { words, word in
        if !words.contains(word) { words.append(word) }
      }
    }
  },
  mutant("round", says: "Your window goes round") {
    $0.windowWords = { sentence, place, halfWidth in
      let count = sentence.count
      return (-halfWidth...halfWidth).filter { $0 != 0 }.map {
        sentence[((place + $0) % count + count) % count]
      }
    }
  },
  mutant("before only", says: "only the words before the middle") {
    $0.windowWords = words { $0 < 0 && -$0 <= $1 }
  },
  mutant("after only", says: "only the words after the middle") {
    $0.windowWords = words { $0 > 0 && $0 <= $1 }
  },
  mutant("too narrow", says: "one place too narrow.") {
    $0.windowWords = words { $0 != 0 && abs($0) < $1 }
  },
  mutant("too narrow on the right", says: "too narrow on the right") {
    $0.windowWords = words { $0 != 0 && -$1 <= $0 && $0 < $1 }
  },
  mutant("half as wide", says: "Your window is halfWidth wide in all") {
    $0.windowWords = words { $0 != 0 && 2 * abs($0) <= $1 }
  },
  mutant("places", says: "These are the words' places") {
    $0.windowWords = { sentence, place, halfWidth in
      sentence.indices.filter { $0 != place && abs($0 - place) <= halfWidth }
    }
  },
  mutant("sorted", says: "but not in the order of the sentence") {
    let sound = $0.windowWords
    $0.windowWords = { try sound($0, $1, $2).sorted() }
  },
]
