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
  undone("6.1", by: .nearTies, "a logarithm of four digits") {
    $0.bitsPerCharacter = { perplexity, tokens, characters in
      let bits = (log2(perplexity) * 10_000).rounded() / 10_000
      return bits * Float(tokens) / Float(characters)
    }
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
]
