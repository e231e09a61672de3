import Checkers
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter6Functions) -> Void
) -> Specimen<Chapter6Functions> {
  .mutant("6.5", name, says: sentence, chapter6Solutions, change)
}

private func scores(_ features: [[[Float]]], _ head: [Float]) -> [[Float]] {
  features.map { $0.map { zip($0, head).map { $0 * $1 }.reduce(0, +) } }
}

private func shares(_ scores: [Float]) -> [Float] {
  let powers = scores.map { exp($0 - scores.max()!) }
  return powers.map { $0 / powers.reduce(0, +) }
}

/// The gradient with another weight for each ending; `endings` are those of all questions.
private func gradient(
  _ weight:
    @escaping @Sendable (_ p: Float, _ isRight: Bool, _ questions: Int, _ endings: Int)
    -> Float
) -> @Sendable ([[[Float]]], [Float], [Int]) -> [Float] {
  { features, head, answers in
    let endings = features.map(\.count).reduce(0, +)
    return gradientForEach { p, isRight, questions, _ in weight(p, isRight, questions, endings) }(
      features, head, answers)
  }
}

/// The gradient with another weight for each ending; `own` is the number of its question's endings.
private func gradientForEach(
  _ weight:
    @escaping @Sendable (_ p: Float, _ isRight: Bool, _ questions: Int, _ own: Int) -> Float
) -> @Sendable ([[[Float]]], [Float], [Int]) -> [Float] {
  { features, head, answers in
    let p = scores(features, head).map(shares)
    return head.indices.map { axis in
      var sum: Float = 0
      for question in features.indices {
        for (ending, vector) in features[question].enumerated() {
          sum +=
            weight(
              p[question][ending], ending == answers[question], features.count,
              features[question].count) * vector[axis]
        }
      }
      return sum
    }
  }
}

let multipleChoiceSpecimens: [Specimen<Chapter6Functions>] = [
  .right("6.5", "differences of scores, one ending at a time", chapter6Solutions) {
    $0.choiceProbabilities = { features, head in
      scores(features, head).map { row in
        row.map { own in 1 / row.map { exp(min($0 - own, 80)) }.reduce(0, +) }
      }
    }
  },
  .right("6.5", "the mean vector minus the right one, in Double", chapter6Solutions) {
    $0.headGradient = { features, head, answers in
      var sum = head.map { _ in 0.0 }
      for (row, (endings, answer)) in zip(features, answers).enumerated() {
        let p = shares(scores(features, head)[row])
        for axis in head.indices {
          let mean = zip(p, endings).map { Double($0) * Double($1[axis]) }.reduce(0, +)
          sum[axis] += mean - Double(endings[answer][axis])
        }
      }
      return sum.map { Float($0 / Double(features.count)) }
    }
  },
  mutant("one softmax for all questions", says: "all questions together") {
    $0.choiceProbabilities = { features, head in
      let rows = scores(features, head)
      let largest = rows.flatMap(\.self).max() ?? 0
      let total = rows.flatMap(\.self).map { exp($0 - largest) }.reduce(0, +)
      return rows.map { $0.map { exp($0 - largest) / total } }
    }
  },
  mutant("a sigmoid for each ending", says: "a sigmoid") {
    $0.choiceProbabilities = { scores($0, $1).map { $0.map { 1 / (1 + exp(-$0)) } } }
  },
  mutant("gives scores", says: "before the softmax") { $0.choiceProbabilities = scores },
  mutant("divides scores by their sum", says: "instead of their exponentials") {
    $0.choiceProbabilities = { features, head in
      scores(features, head).map { row in row.map { $0 / row.reduce(0, +) } }
    }
  },
  mutant("uphill", says: "uphill; the loss is −log P") {
    $0.headGradient = gradient { p, isRight, questions, _ in
      ((isRight ? 1 : 0) - p) / Float(questions)
    }
  },
  mutant("sums over questions", says: "the loss is their mean") {
    $0.headGradient = gradient { p, isRight, _, _ in p - (isRight ? 1 : 0) }
  },
  mutant("divides by the endings", says: "the number of all endings") {
    $0.headGradient = gradient { p, isRight, _, endings in
      (p - (isRight ? 1 : 0)) / Float(endings)
    }
  },
  mutant("divides by a question's endings", says: "the number of its endings") {
    $0.headGradient = gradientForEach { p, isRight, _, own in (p - (isRight ? 1 : 0)) / Float(own) }
  },
  mutant("divides by both", says: "the number of its endings") {
    $0.headGradient = gradientForEach { p, isRight, questions, own in
      (p - (isRight ? 1 : 0)) / Float(questions * own)
    }
  },
  mutant("only the right ending", says: "the wrong ones push as well") {
    $0.headGradient = gradient { p, isRight, questions, _ in
      isRight ? (p - 1) / Float(questions) : 0
    }
  },
  .unnamed("6.5", "exp of the scores as they are, in the gradient alone", chapter6Solutions) {
    let sound = $0.headGradient
    $0.headGradient = { features, head, answers in
      let isLarge = scores(features, head).joined().contains { abs($0) > 88 }
      return isLarge ? head.map { _ in .nan } : try sound(features, head, answers)
    }
  },
  mutant("forgets the − 1", says: "You forgot to take 1 off") {
    $0.headGradient = gradient { p, _, questions, _ in p / Float(questions) }
  },
  .right("6.5", "exp of scores less log Σ exp", chapter6Solutions) {
    $0.choiceProbabilities = { features, head in
      scores(features, head).map { row in
        let top = row.max()!
        let whole = top + log(row.map { exp($0 - top) }.reduce(0, +))
        return row.map { exp($0 - whole) }
      }
    }
  },
]
