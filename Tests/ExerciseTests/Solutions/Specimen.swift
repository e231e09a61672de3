import Checkers

/// An answer to an exercise, and what its checker must say about it.
struct Specimen<Functions: RemoteFunctions>: Sendable {
  /// The exercise that it answers.
  let exercise: String
  /// What it does, in a few words.
  let name: String
  /// What the message must contain; nil where the answer is right, and empty where none of the wrong
  /// ideas that other mutants have may be named.
  let sentence: String?
  /// Words of other mutants that the message must contain as well, where the answer makes their mistakes,
  /// too.
  var also: [String] = []
  /// The kind of input that undoes a wrong answer which is right on all others.
  var undoneBy: Family?
  /// A chapter's functions with this answer among them.
  let functions: Functions

  /// An answer that is right though written in another way than the solution.
  static func right(
    _ exercise: String, _ name: String, _ functions: Functions, _ change: (inout Functions) -> Void
  ) -> Specimen {
    var changed = functions
    change(&changed)
    return Specimen(exercise: exercise, name: name, sentence: nil, functions: changed)
  }

  /// An answer with a known misconception (a mutant), and words of the message that it must get.
  static func mutant(
    _ exercise: String, _ name: String, says sentence: String, also: [String] = [],
    _ functions: Functions, _ change: (inout Functions) -> Void
  ) -> Specimen {
    var changed = functions
    change(&changed)
    return Specimen(
      exercise: exercise, name: name, sentence: sentence, also: also, functions: changed)
  }

  /// An answer that is right but for inputs of one kind: the message says the kind, and it names an idea
  /// only where the answer has that idea; then these are its words.
  static func undone(
    by family: Family, _ exercise: String, _ name: String, told words: [String] = [],
    _ functions: Functions, _ change: (inout Functions) -> Void
  ) -> Specimen {
    var undone = unnamed(exercise, name, functions, change)
    (undone.undoneBy, undone.also) = (family, words)
    return undone
  }

  /// A wrong answer that no known misconception explains in all cases, though several may in the first.
  static func unnamed(
    _ exercise: String, _ name: String, _ functions: Functions, _ change: (inout Functions) -> Void
  ) -> Specimen {
    .mutant(exercise, name, says: "", functions, change)
  }
}

/// A specimen, and what its checker says about it.
struct CheckedSpecimen: Sendable {
  let exercise: String
  let name: String
  let sentence: String?
  let also: [String]
  let undoneBy: Family?
  let verdict: Verdict
}

/// What a chapter's checkers make of its solutions and specimens, whatever its functions are.
struct CheckedChapter: Sendable {
  /// The chapter's number.
  let number: Int
  /// Each exercise's solution, checked.
  let solutions: [Verdict]
  /// Each exercise's checks of its solution, part by part, to be run.
  let checks: [(exercise: String, parts: [@Sendable () -> PartVerdict])]
  /// Each specimen, checked.
  let specimens: [CheckedSpecimen]

  /// Checks a chapter's solutions and specimens in this process.
  init<Functions>(
    _ number: Int, _ exercises: [Exercise<Functions>], solutions: Functions,
    specimens: [Specimen<Functions>]
  ) {
    self.number = number
    self.solutions = exercises.map { $0.verdict(on: solutions) }
    self.checks = exercises.map { exercise in
      (
        exercise.outline.id,
        exercise.parts.map { part in { PartVerdict { try part.check(solutions) } } }
      )
    }
    self.specimens = specimens.compactMap { specimen in
      guard let exercise = exercises.first(where: { $0.outline.id == specimen.exercise }) else {
        return nil
      }
      let verdict = exercise.verdict(on: specimen.functions)
      return CheckedSpecimen(
        exercise: specimen.exercise, name: specimen.name, sentence: specimen.sentence,
        also: specimen.also, undoneBy: specimen.undoneBy, verdict: verdict)
    }
  }
}
