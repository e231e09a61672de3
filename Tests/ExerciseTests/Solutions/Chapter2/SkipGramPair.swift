import Checkers
import ExerciseFunctions
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter2Functions) -> Void
) -> Specimen<Chapter2Functions> {
  .mutant("2.1", name, says: sentence, chapter2Solutions, change)
}

private func sum(_ a: [Float], _ b: [Float]) -> [Float] { zip(a, b).map { $0 + $1 } }
private func unit(_ a: [Float]) -> [Float] { scaled(a, 1 / dot(a, a).squareRoot()) }

/// A pair with settings for what can go wrong; `weight` is what a negative counts.
private struct Pair: Sendable {
  var data: @Sendable (Float) -> Float = { softplus(-$0) }
  var noise: @Sendable (Float) -> Float = { softplus($0) }
  var pull: @Sendable (Float) -> Float = { sigmoid($0) - 1 }
  var push: @Sendable (Float) -> Float = { sigmoid($0) }
  var weight: @Sendable (_ place: Int, _ context: [Float], _ negatives: [[Float]]) -> Float = {
    _, _, _ in 1
  }
  /// What is made of the loss; k is the number of negatives.
  var finish: @Sendable (_ loss: Float, _ k: Float) -> Float = { loss, _ in loss }

  func callAsFunction(_ v: [Float], _ u: [Float], _ negatives: [[Float]])
    -> Chapter2Functions.PairSlopes
  {
    var loss = data(dot(v, u))
    var center = scaled(u, pull(dot(v, u)))
    var slopes: [[Float]] = []
    for (place, n) in negatives.enumerated() {
      let counts = weight(place, u, negatives)
      loss += counts * noise(dot(v, n))
      let slope = counts * push(dot(v, n))
      center = sum(center, scaled(n, slope))
      slopes.append(scaled(v, slope))
    }
    return (
      finish(loss, Float(negatives.count)), center, scaled(v, pull(dot(v, u))), slopes
    )
  }
}

/// A sound pair with some settings changed.
private func pair(_ change: (inout Pair) -> Void)
  -> @Sendable ([Float], [Float], [[Float]]) ->
  Chapter2Functions.PairSlopes
{
  var changed = Pair()
  change(&changed)
  let whole = changed
  return { whole($0, $1, $2) }
}

/// A sound pair whose answer is changed at the end.
private func finished(
  _ change:
    @escaping @Sendable (
      _ answer: inout Chapter2Functions.PairSlopes, _ v: [Float], _ u: [Float], _ n: [[Float]]
    ) -> Void
) -> @Sendable ([Float], [Float], [[Float]]) -> Chapter2Functions.PairSlopes {
  { v, u, negatives in
    var answer = Pair()(v, u, negatives)
    change(&answer, v, u, negatives)
    return answer
  }
}

@Sendable private func isFirst(_ place: Int, _ context: [Float], _ rows: [[Float]]) -> Float {
  rows.firstIndex(of: rows[place]) == place ? 1 : 0
}

let skipGramPairSpecimens: [Specimen<Chapter2Functions>] = [
  .right("2.1", "one list of pairs with labels, in Double", chapter2Solutions) {
    $0.logSigmoid = { Float($0 > -700 ? -log1p(exp(-Double($0))) : Double($0)) }
    $0.skipGramPair = { v, u, negatives in
      let rows = [(u, 1.0)] + negatives.map { ($0, 0.0) }
      var (loss, center) = (0.0, v.map { _ in 0.0 })
      var slopes: [[Float]] = []
      for (row, label) in rows {
        let s = zip(v, row).map { Double($0) * Double($1) }.reduce(0, +)
        let signed = label == 1 ? s : -s
        loss -= signed < -30 ? signed : -log(1 + exp(-signed))
        let slope = 1 / (1 + exp(-s)) - label
        for axis in v.indices { center[axis] += slope * Double(row[axis]) }
        slopes.append(v.map { Float(slope * Double($0)) })
      }
      return (Float(loss), center.map { Float($0) }, slopes[0], Array(slopes.dropFirst()))
    }
  },
  .right("2.1", "by tanh, in two branches, negatives from the last on", chapter2Solutions) {
    $0.logSigmoid = { $0 < 0 ? $0 - log(1 + exp($0)) : -log(1 + exp(-$0)) }
    $0.skipGramPair = { v, u, negatives in
      func slope(_ row: [Float]) -> Float { 0.5 + 0.5 * tanh(dot(v, row) / 2) }
      let weights = negatives.map(slope)
      var center = v.map { _ in Float(0) }
      for (n, weight) in zip(negatives, weights).reversed() {
        center = sum(center, scaled(n, weight))
      }
      center = sum(center, scaled(u, slope(u) - 1))
      let loss = negatives.reversed().map { softplus(dot(v, $0)) }.reduce(0, +)
      return (
        loss + softplus(-dot(v, u)), center, scaled(v, slope(u) - 1), weights.map { scaled(v, $0) }
      )
    }
  },
  mutant("σ, no logarithm", says: "This is σ; asked for is its logarithm") {
    $0.logSigmoid = { sigmoid($0) }
  },
  mutant("−log σ", says: "This is −log σ, the loss; the function") {
    $0.logSigmoid = { softplus(-$0) }
  },
  mutant("log σ(−s)", says: "This is log σ(−s): in") { $0.logSigmoid = { -softplus($0) } },
  mutant("base 2", says: "asked for is the natural one") {
    $0.logSigmoid = { -softplus(-$0) / log(2) }
  },
  mutant("base 10", says: "asked for is the natural one") {
    $0.logSigmoid = { -softplus(-$0) / log(10) }
  },
  mutant("as the formula stands", says: "exp of a number beyond 88") {
    $0.logSigmoid = { -log(1 + exp(-$0)) }
  },
  mutant("log of σ", says: "exp of a number beyond 88") { $0.logSigmoid = { log(sigmoid($0)) } },
  mutant("the other form of σ", says: "exp of a number beyond 88") {
    $0.logSigmoid = { log(exp($0) / (1 + exp($0))) }
  },
  mutant("s − log(1 + exp(s)) for all", says: "exp of a number beyond 88") {
    $0.logSigmoid = { $0 - log(1 + exp($0)) }
  },
  mutant("as the formula stands, in Double", says: "exp of a number beyond 88") {
    $0.logSigmoid = { Float(-log(1 + exp(-Double($0)))) }
  },
  mutant("log of a quotient, in Double", says: "exp of a number beyond 88") {
    $0.logSigmoid = { Float(log(exp(Double($0)) / (1 + exp(Double($0))))) }
  },
  mutant("an ε in the logarithm", says: "to keep off log 0") {
    $0.logSigmoid = { log(sigmoid($0) + 1e-8) }
  },
  mutant("σ is cut", says: "to keep off log 0") { $0.logSigmoid = { log(max(sigmoid($0), 1e-7)) } },
  mutant("settled beyond 6", says: "as word2vec's table does") {
    $0.logSigmoid = { -softplus(-min(6, max(-6, $0))) }
  },
  mutant("negatives score high", says: "Your negatives are to score high") {
    $0.skipGramPair = pair { $0.noise = { softplus(-$0) } }
  },
  mutant("the other way round", says: "yours the other way round") {
    $0.skipGramPair = pair { ($0.data, $0.noise) = ({ softplus($0) }, { softplus(-$0) }) }
  },
  mutant("the mean over negatives", says: "You took the mean over the negatives") {
    $0.skipGramPair = pair { $0.weight = { _, _, negatives in 1 / Float(negatives.count) } }
  },
  mutant("the mean over all scores", says: "the mean over all scores") {
    $0.skipGramPair = pair { $0.finish = { $0 / (1 + $1) } }
  },
  mutant("no negatives in the loss", says: "The negatives are missing from your loss") {
    $0.skipGramPair = pair { $0.noise = { _ in 0 } }
  },
  mutant("no pair in the loss", says: "The pair itself is missing") {
    $0.skipGramPair = pair { $0.data = { _ in 0 } }
  },
  mutant("uphill", says: "This is uphill: the loss") {
    $0.skipGramPair = pair { $0.finish = { loss, _ in -loss } }
  },
  mutant("negatives subtracted", says: "You subtracted the negatives' terms") {
    $0.skipGramPair = pair { $0.noise = { -softplus($0) } }
  },
  mutant("the probability", says: "the probability of all answers together") {
    $0.skipGramPair = pair { $0.finish = { loss, _ in exp(-loss) } }
  },
  mutant("the loss to the base 2", says: "the loss has the natural one") {
    $0.skipGramPair = pair { $0.finish = { loss, _ in loss / log(2) } }
  },
  mutant("a softmax", says: "This is the loss of a softmax") {
    $0.skipGramPair = finished { answer, v, u, negatives in
      let scores = ([u] + negatives).map { dot(v, $0) }
      let top = scores.max()!
      answer.loss = top + log(scores.map { exp($0 - top) }.reduce(0, +)) - scores[0]
    }
  },
  mutant("one σ of the sum", says: "took one σ of the sum") {
    $0.skipGramPair = finished { answer, v, u, negatives in
      answer.loss = softplus(-dot(v, u)) + softplus(negatives.map { dot(v, $0) }.reduce(0, +))
    }
  },
  mutant("negatives with the context", says: "You multiplied the negatives with the context") {
    $0.skipGramPair = finished { answer, v, u, negatives in
      answer.loss = softplus(-dot(v, u)) + negatives.map { softplus(dot(u, $0)) }.reduce(0, +)
    }
  },
  mutant("cosines", says: "You brought the vectors to length 1") {
    $0.skipGramPair = { Pair()(unit($0), unit($1), $2.map(unit)) }
  },
  mutant("squared errors", says: "You squared the errors of σ") {
    $0.skipGramPair = pair {
      $0.data = { (sigmoid($0) - 1) * (sigmoid($0) - 1) }
      $0.noise = { sigmoid($0) * sigmoid($0) }
    }
  },
  mutant("the sum of a wrong log σ", says: "the sum of your −logSigmoid") {
    // Right where the first part looks.
    @Sendable func wrong(_ score: Float) -> Float { abs(score) == 2 ? -1 : -softplus(-score) }
    $0.logSigmoid = wrong
    $0.skipGramPair = finished { answer, v, u, negatives in
      let scores = [dot(v, u)] + negatives.map { -dot(v, $0) }
      answer.loss = -scores.map(wrong).reduce(0, +)
    }
  },
  mutant("the loss by log of σ", says: "take logSigmoid of the score instead") {
    $0.skipGramPair = pair {
      $0.data = { -log(sigmoid($0)) }
      $0.noise = { -log(sigmoid(-$0)) }
    }
  },
  mutant("the loss as the formula stands, in Double", says: "whose exp only gets negative numbers")
  {
    $0.skipGramPair = pair {
      $0.data = { Float(log(1 + exp(-Double($0)))) }
      $0.noise = { Float(log(1 + exp(Double($0)))) }
    }
  },
  mutant("the loss of a σ that is cut", says: "on the wrong side then pays too little") {
    $0.skipGramPair = pair {
      $0.data = { -log(max(1e-7, sigmoid($0))) }
      $0.noise = { -log(max(1e-7, sigmoid(-$0))) }
    }
  },
  mutant("the loss of σ and an ε", says: "on the wrong side then pays too little") {
    $0.skipGramPair = pair {
      $0.data = { -log(sigmoid($0) + 1e-8) }
      $0.noise = { -log(sigmoid(-$0) + 1e-8) }
    }
  },
  mutant("equal negatives once", says: "Two equal negatives count once") {
    $0.skipGramPair = pair { $0.weight = isFirst }
  },
  mutant("the context is no negative", says: "left out the negatives that are equal to the context")
  {
    $0.skipGramPair = pair { $0.weight = { $2[$0] == $1 ? 0 : 1 } }
  },
  mutant("downhill", says: "Downhill: this is minus the gradient in the center") {
    $0.skipGramPair = finished { answer, _, _, _ in
      answer.center = scaled(answer.center, -1)
      answer.context = scaled(answer.context, -1)
      answer.negatives = answer.negatives.map { scaled($0, -1) }
    }
  },
  mutant("no negatives in the center", says: "The negatives' share is missing") {
    $0.skipGramPair = finished { answer, v, u, _ in
      answer.center = scaled(u, sigmoid(dot(v, u)) - 1)
    }
  },
  mutant("no context in the center", says: "The context's share is missing") {
    $0.skipGramPair = finished { answer, v, u, _ in
      answer.center = sum(answer.center, scaled(u, 1 - sigmoid(dot(v, u))))
    }
  },
  mutant("σ for σ − 1", says: "the 1 is missing in the center's slope") {
    $0.skipGramPair = pair { $0.pull = { sigmoid($0) } }
  },
  mutant("negatives pull", says: "The negatives pull in your answer") {
    $0.skipGramPair = pair { $0.push = { -sigmoid($0) } }
  },
  mutant("σ − 1 for negatives", says: "You treat the negatives like the context") {
    $0.skipGramPair = pair { $0.push = { sigmoid($0) - 1 } }
  },
  mutant("divided in the gradient", says: "You took the mean over the negatives") {
    $0.skipGramPair = finished { answer, v, u, negatives in
      answer.center =
        pair { $0.weight = { _, _, negatives in 1 / Float(negatives.count) } }(
          v, u, negatives
        ).center
    }
  },
  mutant("σ(1 − σ) too many", says: "A factor σ(1 − σ) too many") {
    $0.skipGramPair = pair {
      $0.pull = { (sigmoid($0) - 1) * sigmoid($0) * (1 - sigmoid($0)) }
      $0.push = { sigmoid($0) * sigmoid($0) * (1 - sigmoid($0)) }
    }
  },
  mutant("the center by itself", says: "with the center itself; its own slope") {
    $0.skipGramPair = finished { answer, v, u, negatives in
      answer.center = scaled(
        v, sigmoid(dot(v, u)) - 1 + negatives.map { sigmoid(dot(v, $0)) }.reduce(0, +))
    }
  },
  mutant("exchanged", says: "in each other's place") {
    $0.skipGramPair = finished { answer, _, _, _ in
      (answer.center, answer.context) = (answer.context, answer.center)
    }
  },
  mutant("the context by itself", says: "You multiplied with the context itself") {
    $0.skipGramPair = finished { answer, v, u, _ in
      answer.context = scaled(u, sigmoid(dot(v, u)) - 1)
    }
  },
  mutant("the context feels all", says: "are none of its business") {
    $0.skipGramPair = finished { answer, v, u, negatives in
      answer.context = sum(
        answer.context, scaled(v, negatives.map { sigmoid(dot(v, $0)) }.reduce(0, +)))
    }
  },
  mutant("the center has moved", says: "all slopes are taken at the same") {
    $0.skipGramPair = finished { answer, v, u, _ in
      answer.context = scaled(sum(v, scaled(answer.center, -1)), sigmoid(dot(v, u)) - 1)
    }
  },
  mutant("negatives by themselves", says: "You multiplied with the negatives themselves") {
    $0.skipGramPair = finished { answer, v, _, negatives in
      answer.negatives = negatives.map { scaled($0, sigmoid(dot(v, $0))) }
    }
  },
  mutant("one slope for all negatives", says: "All negatives have the same slope") {
    $0.skipGramPair = finished { answer, v, _, negatives in
      let all = negatives.map { sigmoid(dot(v, $0)) }.reduce(0, +)
      answer.negatives = negatives.map { _ in scaled(v, all) }
    }
  },
  mutant("equal negatives' slopes added", says: "got the slope of both; each place") {
    $0.skipGramPair = finished { answer, v, _, negatives in
      answer.negatives = negatives.map { n in
        scaled(v, sigmoid(dot(v, n)) * Float(negatives.count { $0 == n }))
      }
    }
  },
  mutant("equal negatives' slopes at the first", says: "stand at the first of their places") {
    $0.skipGramPair = finished { answer, v, u, negatives in
      answer.negatives = negatives.indices.map { place in
        let all = Float(negatives.count { $0 == negatives[place] })
        return scaled(v, isFirst(place, u, negatives) * all * sigmoid(dot(v, negatives[place])))
      }
    }
  },
  mutant("the context downhill", says: "Downhill: this is minus the gradient in the context") {
    $0.skipGramPair = finished { answer, _, _, _ in answer.context = scaled(answer.context, -1) }
  },
  mutant("the negatives downhill", says: "Downhill: this is minus the gradient in the negatives") {
    $0.skipGramPair = finished { answer, _, _, _ in
      answer.negatives = answer.negatives.map { scaled($0, -1) }
    }
  },
  mutant("σ for σ − 1 in the context", says: "the 1 is missing in the context's slope") {
    $0.skipGramPair = finished { answer, v, u, _ in answer.context = scaled(v, sigmoid(dot(v, u))) }
  },
  .undone(by: .chance, "2.1", "remembers a pair by its center and context", chapter2Solutions) {
    let memory = Memory<Chapter2Functions.PairSlopes>()
    $0.skipGramPair = { v, u, n in
      let answer = memory.value("\(v) \(u)") { Pair()(v, u, n) }
      return (answer.loss, answer.center, answer.context, answer.negatives)
    }
  },
  .undone(by: .sizes, "2.1", "takes four numbers of a vector at a time", chapter2Solutions) {
    $0.skipGramPair = { v, u, n in
      func cut(_ row: [Float]) -> [Float] {
        row.indices.map { $0 < max(4, row.count / 4 * 4) ? row[$0] : 0 }
      }
      return Pair()(cut(v), cut(u), n.map(cut))
    }
  },
  .unnamed("2.1", "log σ is 0 above 9", chapter2Solutions) {
    $0.logSigmoid = { $0 > 9 ? 0 : -softplus(-$0) }
  },
  .undone(by: .nearTies, "2.1", "log 2 of four digits", chapter2Solutions) {
    $0.skipGramPair = finished { answer, v, _, negatives in
      if v.allSatisfy({ $0 == 0 }) { answer.loss = Float(1 + negatives.count) * 0.6931 }
    }
  },
]
