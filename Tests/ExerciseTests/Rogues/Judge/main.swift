import Checkers
import ExerciseRunner

// A checker that is right, for answers that misbehave: what the machinery must survive. The exercise's
// name is the answer's.

let words = CommandLine.arguments
guard words.count > 2, words[1] == Judge.command else { fatalError("this is run by a test") }
let numbers: [Float] = [1, 2, 3]
let rogue = Exercise<RogueFunctions>(
  words[2], words[2], file: "Rogue.swift", kind: .heart, minutes: 1, difficulty: 1, section: "",
  hints: [],
  parts: [
    Part("one", points: 1) { functions in
      let given = numbers
      let got = try answer(on: "nothing") { try functions.one(words[2], given) }
      try expect(got == 1, Wrong("It should be one.", got: "\(got)"))
      try expect(given == [1, 2, 3], Wrong("The checker's input was changed."))
      // An answer that comes too late or twice is not taken for another one's.
      let right = try answer(on: "the second call") { try functions.one("right", given) }
      try expect(right == 1, Wrong("The second call should give one, too.", got: "\(right)"))
    }
  ])
Judge.run([rogue.outline], arguments: Array(words.dropFirst(2)))
