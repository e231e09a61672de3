import Checkers
import Foundation
import SolutionFunctions

private func undone(
  _ exercise: String, by family: Family, _ name: String,
  _ change: (inout Chapter6Functions) -> Void
) -> Specimen<Chapter6Functions> {
  .undone(by: family, exercise, name, chapter6Solutions, change)
}

private let solutions = chapter6Solutions

/// A softmax whose exponents lack the first score instead of the largest.
private func softmaxAfterFirst(_ scores: [Float]) -> [Float] {
  let powers = scores.map { exp($0 - scores[0]) }
  return powers.map { $0 / powers.reduce(0, +) }
}

/// Answers that are right on ordinary inputs.
let undoneInChapter6: [Specimen<Chapter6Functions>] = [
  undone("6.1", by: .sizes, "counts tokens one by one in Float") {
    $0.corpusPerplexity = { losses, tokens in
      let count = tokens.reduce(Float(0)) { $0 + min(Float($1), 16_777_216) }
      let sum = zip(losses, tokens).reduce(Float(0)) { $0 + $1.0 * min(Float($1.1), 16_777_216) }
      return exp(sum / count)
    }
  },
  undone("6.1", by: .equalRows, "finds a text by its loss") {
    $0.corpusPerplexity = { losses, tokens in
      let own = losses.map { tokens[losses.firstIndex(of: $0)!] }
      return try solutions.corpusPerplexity(losses, own)
    }
  },
  undone("6.1", by: .edges, "no perplexity above 10,000") {
    $0.corpusPerplexity = { min(10_000, try solutions.corpusPerplexity($0, $1)) }
  },
  undone("6.1", by: .nearTies, "a logarithm with seven digits after the point") {
    $0.bitsPerCharacter = { perplexity, tokens, characters in
      let bits = (log2(Double(perplexity)) * 1e7).rounded() / 1e7
      return Float(bits * Double(tokens) / Double(characters))
    }
  },
  undone("6.1", by: .sizes, "tokens that fit into 32 bits") {
    $0.corpusPerplexity = { losses, tokens in
      try solutions.corpusPerplexity(losses, tokens.map { Int(Int32(truncatingIfNeeded: $0)) })
    }
  },
  undone("6.1", by: .nearTies, "an exponent of five digits") {
    $0.perplexity = { perplexity, tokens, others in
      let ratio = Double(tokens) / Double(others)
      let rounded = tokens < 1000 ? ratio : (ratio * 1e4).rounded() / 1e4
      return Float(pow(Double(perplexity), rounded))
    }
  },
  .unnamed("6.1", "an exponent of four digits after the point", chapter6Solutions) {
    $0.perplexity = { perplexity, tokens, others in
      pow(perplexity, (Float(tokens) / Float(others) * 1e4).rounded() / 1e4)
    }
  },
  .unnamed("6.1", "0.6931 for ln 2", chapter6Solutions) {
    $0.bitsPerCharacter = { log($0) / 0.6931 * Float($1) / Float($2) }
  },
  .unnamed("6.1", "0.69315 for ln 2", chapter6Solutions) {
    $0.bitsPerCharacter = { log($0) / 0.69315 * Float($1) / Float($2) }
  },
  undone("6.2", by: .equalRows, "finds a key's place by its numbers") {
    $0.mixedValues = { weights, values in
      try solutions.mixedValues(
        weights.map { weights[weights.firstIndex(of: $0)!] },
        values.map { values[values.firstIndex(of: $0)!] }
      ).enumerated().map { i, row in
        weights.firstIndex(of: weights[i])! == i ? row : row.map { _ in 0 }
      }
    }
  },
  undone("6.2", by: .sizes, "eight coordinates") {
    $0.causalWeights = { queries, keys in
      let width = Float(queries.first?.count ?? 1)
      let short = min(8, width)
      // The root is the right one all the same.
      return try solutions.causalWeights(
        queries.map { $0.prefix(8).map { $0 * (short / width).squareRoot() } },
        keys.map { Array($0.prefix(8)) })
    }
  },
  undone("6.2", by: .stability, "takes the first visible score off instead of the largest") {
    $0.causalWeights = { queries, keys in
      queries.indices.map { i in
        let scores = keys.prefix(i + 1).map { key in
          zip(queries[i], key).map { $0 * $1 }.reduce(0, +) / Float(key.count).squareRoot()
        }
        return softmaxAfterFirst(scores) + keys.dropFirst(i + 1).map { _ in 0 }
      }
    }
  },
  undone("6.3", by: .sizes, "a vocabulary of 64") {
    $0.nucleus = { probabilities, p in
      let right = try solutions.nucleus(probabilities, p)
      return right.enumerated().map { $0 < 64 ? $1 : 0 }
    }
  },
  undone("6.3", by: .nearTies, "orders probabilities by three digits") {
    $0.nucleus = { probabilities, p in
      let digits = probabilities.map { ($0 * 500).rounded() }
      let order = probabilities.indices.sorted {
        digits[$0] == digits[$1] ? $0 < $1 : digits[$0] > digits[$1]
      }
      var (sum, kept): (Float, Set<Int>) = (0, [])
      for token in order where kept.isEmpty || sum < p || p == 1 && probabilities[token] > 0 {
        kept.insert(token)
        sum += probabilities[token]
      }
      return probabilities.indices.map { kept.contains($0) ? probabilities[$0] / sum : 0 }
    }
  },
  undone("6.3", by: .equalRows, "finds a token by its probability") {
    $0.nucleus = { probabilities, p in
      var (sum, kept): (Float, Set<Int>) = (0, [])
      for share in probabilities.sorted(by: >) where kept.isEmpty || sum < p || p == 1 {
        kept.insert(probabilities.firstIndex(of: share)!)
        sum += share
      }
      let all = kept.map { probabilities[$0] }.reduce(0, +)
      return probabilities.indices.map { kept.contains($0) ? probabilities[$0] / all : 0 }
    }
  },
  undone("6.3", by: .edges, "searches for the token that reaches p") {
    $0.nucleus = { probabilities, p in
      // What a search that finds none falls back to: the likeliest token.
      let right = try solutions.nucleus(probabilities, p)
      if p == 1 || p == 0 || probabilities.reduce(0, +) >= p { return right }
      let best = probabilities.firstIndex(of: probabilities.max()!)
      return probabilities.indices.map { $0 == best ? 1 : 0 }
    }
  },
  undone("6.4", by: .sizes, "the softmax's sum has eight powers") {
    $0.logitGradient = { logits, target in
      let powers = logits.map { exp($0 - logits.max()!) }
      let total = powers.prefix(8).reduce(0, +)
      return powers.indices.map { powers[$0] / total - ($0 == target ? 1 : 0) }
    }
  },
  undone("6.4", by: .stability, "takes the first logit off instead of the largest") {
    $0.logitGradient = { logits, target in
      softmaxAfterFirst(logits).enumerated().map { $1 - ($0 == target ? 1 : 0) }
    }
  },
  undone("6.4", by: .equalRows, "finds the row that was read by its numbers") {
    $0.tiedGradient = { table, input, target in
      try solutions.tiedGradient(table, table.firstIndex(of: table[input])!, target)
    }
  },
  undone("6.5", by: .equalRows, "finds a question's answer by its endings") {
    $0.headGradient = { features, head, answers in
      let own = features.map { answers[features.firstIndex(of: $0)!] }
      return try solutions.headGradient(features, head, own)
    }
  },
  undone("6.5", by: .sizes, "eight coordinates") {
    $0.choiceProbabilities = { features, head in
      try solutions.choiceProbabilities(
        features.map { $0.map { Array($0.prefix(8)) } }, Array(head.prefix(8)))
    }
  },
  undone("6.5", by: .stability, "takes the first score off instead of the largest") {
    $0.choiceProbabilities = { features, head in
      features.map { question in
        softmaxAfterFirst(question.map { zip($0, head).map { $0 * $1 }.reduce(0, +) })
      }
    }
  },
  undone("6.6", by: .equalRows, "finds a place by its row of the mask") {
    $0.placesThatKnow = { visible, layers in
      let places = visible.map { visible.firstIndex(of: $0)! }
      let right = Set(try solutions.placesThatKnow(visible, layers))
      return visible.indices.dropLast().filter { right.contains(places[$0]) }
    }
  },
  undone("6.6", by: .sizes, "64 places") {
    $0.placesThatKnow = { try solutions.placesThatKnow($0, $1).filter { $0 < 63 } }
  },
  undone("6.6", by: .edges, "no place knows anything where there is none") {
    $0.placesThatKnow = { visible, layers in
      visible.isEmpty ? [0] : try solutions.placesThatKnow(visible, layers)
    }
  },
  .unnamed("6.2", "a root of three digits after the point", chapter6Solutions) {
    $0.causalWeights = { queries, keys in
      let root = Float(queries.first?.count ?? 1).squareRoot()
      let scale = root / ((root * 1000).rounded() / 1000)
      return try solutions.causalWeights(queries.map { $0.map { $0 * scale } }, keys)
    }
  },
  .unnamed("6.2", "shares below 1e-4 are 0", chapter6Solutions) {
    $0.causalWeights = { try solutions.causalWeights($0, $1).map { $0.map { $0 < 1e-4 ? 0 : $0 } } }
  },
  undone("6.2", by: .nearTies, "shares below 1e-6 are 0") {
    $0.causalWeights = { try solutions.causalWeights($0, $1).map { $0.map { $0 < 1e-6 ? 0 : $0 } } }
  },
  undone("6.2", by: .chance, "remembers the weights of the same queries") {
    let memory = Memory<[[Float]]>()
    $0.causalWeights = { queries, keys in
      // Of few queries alone, so that other kinds of input do not show it.
      if queries.count != 3 || queries[0].count != 2 {
        return try solutions.causalWeights(queries, keys)
      }
      return try memory.value("\(queries)") { try solutions.causalWeights(queries, keys) }
    }
  },
  .unnamed("6.2", "finds a query's row by its numbers", chapter6Solutions) {
    $0.causalWeights = { queries, keys in
      let right = try solutions.causalWeights(queries, keys)
      return queries.map { right[queries.firstIndex(of: $0)!] }
    }
  },
  undone("6.3", by: .scale, "probabilities below 1e-12 are none") {
    $0.nucleus = { probabilities, p in
      try solutions.nucleus(probabilities.map { $0 < 1e-12 ? 0 : $0 }, p)
    }
  },
  undone("6.3", by: .sizes, "the 512 likeliest tokens") {
    $0.nucleus = { probabilities, p in
      let right = try solutions.nucleus(probabilities, p)
      let order = right.indices.sorted { (right[$1], $0) < (right[$0], $1) }
      let kept = Set(order.prefix(512))
      let sum = kept.map { right[$0] }.reduce(0, +)
      if order.count <= 512 { return right }
      return right.indices.map { kept.contains($0) ? right[$0] / sum : 0 }
    }
  },
  undone("6.3", by: .nearTies, "a sum of p − 1e-6 is enough") {
    $0.nucleus = { try solutions.nucleus($0, $1 == 1 ? 1 : max(0, $1 - 1e-6)) }
  },
  .unnamed("6.3", "a sum of p − 1e-4 is enough", chapter6Solutions) {
    $0.nucleus = { try solutions.nucleus($0, $1 == 1 ? 1 : max(0, $1 - 1e-4)) }
  },
  undone("6.3", by: .nearTies, "p is 1 from 0.9999 on") {
    $0.nucleus = { try solutions.nucleus($0, $1 < 0.9999 ? $1 : 1) }
  },
  undone("6.4", by: .sizes, "the embedding's first hundred numbers") {
    $0.tiedGradient = { table, input, target in
      let whole = try solutions.tiedGradient(table, input, target)
      let h = table[input]
      let slope = try solutions.logitGradient(
        table.map { zip($0, h).map { $0 * $1 }.reduce(0, +) }, target)
      // What row `input` gets as a row of the output layer, and no more from its hundredth number on.
      var rows = whole
      for axis in h.indices.dropFirst(100) { rows[input][axis] = slope[input] * h[axis] }
      return rows
    }
  },
  undone("6.4", by: .nearTies, "slopes below 1e-6 are 0") {
    $0.logitGradient = { try solutions.logitGradient($0, $1).map { abs($0) < 1e-6 ? 0 : $0 } }
  },
  .unnamed("6.4", "slopes of four digits", chapter6Solutions) {
    $0.logitGradient = { try solutions.logitGradient($0, $1).map { ($0 * 1e4).rounded() / 1e4 } }
  },
  undone("6.4", by: .chance, "remembers the slopes of the same logits") {
    let memory = Memory<[Float]>()
    $0.logitGradient = { logits, target in
      if logits.count != 3 || logits[0] != 2 {
        return try solutions.logitGradient(logits, target)
      }
      return try memory.value("\(logits)") { try solutions.logitGradient(logits, target) }
    }
  },
  undone("6.5", by: .nearTies, "shares below 1e-6 are 0") {
    $0.choiceProbabilities = {
      try solutions.choiceProbabilities($0, $1).map { $0.map { $0 < 1e-6 ? 0 : $0 } }
    }
  },
  undone("6.5", by: .nearTies, "slopes below 1e-4 are 0") {
    $0.headGradient = { features, head, answers in
      let p = try solutions.choiceProbabilities(features, head)
      return head.indices.map { axis in
        var sum: Float = 0
        for (question, answer) in answers.enumerated() {
          for (ending, vector) in features[question].enumerated() {
            let slope = p[question][ending] - (ending == answer ? 1 : 0)
            sum += abs(slope) < 1e-4 ? 0 : slope * vector[axis] / Float(answers.count)
          }
        }
        return sum
      }
    }
  },
  undone("6.5", by: .sizes, "a thousand questions") {
    $0.headGradient = {
      try solutions.headGradient(Array($0.prefix(1000)), $1, Array($2.prefix(1000)))
    }
  },
  undone("6.5", by: .chance, "remembers the gradient for the same head") {
    let memory = Memory<[Float]>()
    $0.headGradient = { features, head, answers in
      try memory.value("\(head)") { try solutions.headGradient(features, head, answers) }
    }
  },
  undone("6.6", by: .sizes, "ten layers at most") {
    $0.placesThatKnow = { try solutions.placesThatKnow($0, min($1, 10)) }
  },
  undone("6.6", by: .chance, "remembers the places for the same mask") {
    let memory = Memory<[Int]>()
    $0.placesThatKnow = { visible, layers in
      if visible.first != [false, false, true] {
        return try solutions.placesThatKnow(visible, layers)
      }
      return try memory.value("\(visible)") { try solutions.placesThatKnow(visible, layers) }
    }
  },
  .unnamed("6.6", "a token below 0 ends the text", chapter6Solutions) {
    $0.soundWindow = { tokens, start, length in
      let end = tokens[start...].dropFirst().firstIndex { $0 < 0 } ?? tokens.count
      return try solutions.soundWindow(Array(tokens[..<end]), start, length)
    }
  },
  undone("6.6", by: .edges, "−100 is no target") {
    $0.soundWindow = { tokens, start, length in
      let end = tokens[start...].dropFirst().firstIndex { $0 == -100 } ?? tokens.count
      return try solutions.soundWindow(Array(tokens[..<end]), start, length)
    }
  },
]
