import Checkers
import ExerciseRunner
import Foundation
import Testing

/// Every chapter with solutions; a new chapter adds a line.
private let chapters = [CheckedChapter.chapter1, .chapter2, .chapter3, .chapter6, .chapter8]

/// What is said of each part: as the message has it, and as the summary has the first.
private func allWords(of verdict: Verdict) -> String {
  let summaries = zip(verdict.exercise.parts, verdict.parts).compactMap { part, verdict in
    switch verdict {
    case .right, .notStarted: nil as String?
    case .wrong(let message), .crashed(let message):
      "\(part.name): " + message.split(separator: "\n").joined(separator: "; ")
    }
  }
  return ([verdict.message] + summaries).joined(separator: "\n")
}

/// The checkers on answers whose verdict is known.
@Suite struct CheckersAreTested {
  @Test func `every chapter with exercises is tested here`() {
    #expect(
      chapters.map(\.number) == Course.chapters.filter { !$0.exercises.isEmpty }.map(\.number))
  }

  @Test(arguments: chapters.flatMap { $0.solutions.map(\.exercise.id) })
  func `the solution is right`(id: String) {
    let verdict = chapters.flatMap(\.solutions).first { $0.exercise.id == id }!
    #expect(verdict.state == .right, "\(verdict.message)")
    #expect(verdict.points == verdict.exercise.points)
  }

  @Test(arguments: chapters.map(\.number), [Float.infinity, -.infinity, .nan])
  func `an answer with a number that is not finite is wrong`(chapter: Int, number: Float) {
    let checks = chapters.first { $0.number == chapter }!.checks
    var numeric: Set<String> = []
    for (id, parts) in checks {
      for place in Spoiling.Place.allCases {
        var isNoticed: [Bool] = []
        for (index, part) in parts.enumerated() {
          let spoiling = Spoiling(number, place)
          let verdict = Distortion.$current.withValue({ spoiling.spoilt($0) }) { part() }
          if spoiling.spoiltAlone > 0 {
            #expect(verdict != .right, "\(id), part \(index + 1), \(place): \(number) is right")
          }
          if spoiling.spoiltAmongOthers + spoiling.spoiltAlone > 0 {
            isNoticed.append(verdict != .right)
          }
        }
        #expect(
          isNoticed.isEmpty || isNoticed.contains(true), "\(id), \(place): \(number) is right")
        if !isNoticed.isEmpty { numeric.insert(id) }
      }
    }
    #expect(numeric.count >= 3, "chapter \(chapter): \(numeric.sorted())")
  }

  @Test(arguments: Course.exercises.map(\.id))
  func `right answers that are written differently are accepted`(id: String) {
    let answers = chapters.flatMap(\.specimens).filter { $0.exercise == id && $0.sentence == nil }
    #expect(answers.count >= 1, "exercise \(id) lacks a second right answer")
    for answer in answers {
      #expect(answer.verdict.state == .right, "\(answer.name): \(answer.verdict.message)")
    }
  }

  @Test(arguments: Course.exercises.map(\.id))
  func `four mutants or more are rejected, each with its own message`(id: String) {
    let mutants = chapters.flatMap(\.specimens).filter { $0.exercise == id && $0.sentence != nil }
    // Ways to carry out one wrong idea share their words.
    let sentences = Set(mutants.compactMap(\.sentence)).subtracting([""])
    #expect(sentences.count >= 4, "exercise \(id) lacks mutants")
    for mutant in mutants {
      let verdict = mutant.verdict
      #expect(
        verdict.state == .wrong || verdict.state == .partlyRight,
        "\(mutant.name) was found \(verdict.state.rawValue): \(verdict.summary)")
      for words in mutant.also {
        #expect(sentences.contains(words), "no other mutant has the words \(words)")
        #expect(verdict.message.contains(words), "\(mutant.name) was told: \(verdict.message)")
      }
      if mutant.sentence == "" {
        let told = sentences.filter { allWords(of: verdict).contains($0) }
        #expect(
          told.isSubset(of: mutant.also), "\(mutant.name) was told: \(verdict.message)")
        if let family = mutant.undoneBy {
          #expect(
            verdict.message.contains(family.remark),
            "no input of the kind \(family) undoes \(mutant.name): \(verdict.message)")
        }
        continue
      }
      #expect(
        verdict.summary.contains(mutant.sentence!), "\(mutant.name) was told: \(verdict.message)")
      // The words are this idea's own: no other is told them, in whichever part, unless it makes both
      // mistakes and must be told both.
      for other in mutants
      where other.sentence != mutant.sentence && !other.also.contains(mutant.sentence!)
        && other.undoneBy == nil
      {
        #expect(
          !allWords(of: other.verdict).contains(mutant.sentence!),
          "\(other.name) is told what \(mutant.name) should be: \(other.verdict.message)")
      }
    }
  }

  @Test(arguments: Course.exercises.map(\.id))
  func `each kind of unfriendly input that an exercise meets has an answer that it undoes`(
    id: String
  ) throws {
    let witness = Family.Witness()
    let checks = try #require(chapters.flatMap(\.checks).first { $0.exercise == id })
    Family.$witness.withValue(witness) {
      for part in checks.parts { #expect(part() == .right) }
    }
    #expect(witness.met.count >= 3, "exercise \(id) meets \(witness.met)")
    let undone = chapters.flatMap(\.specimens).filter { $0.exercise == id && $0.undoneBy != nil }
    let missing = witness.met.subtracting(undone.compactMap(\.undoneBy))
    #expect(missing.isEmpty, "exercise \(id) lacks answers that are undone by \(missing)")
  }

  @Test func `inputs of each kind undo answers that all other inputs accept`() {
    let all = chapters.flatMap(\.specimens)
    for family in Family.allCases {
      let caught = all.filter {
        $0.undoneBy == family && $0.verdict.message.contains(family.remark)
      }
      #expect(caught.count >= 2, "\(family) undoes \(caught.map(\.name)) alone")
    }
  }
}
