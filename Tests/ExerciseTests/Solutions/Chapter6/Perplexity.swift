import Checkers
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter6Functions) -> Void
) -> Specimen<Chapter6Functions> {
  .mutant("6.1", name, says: sentence, chapter6Solutions, change)
}

private func total(_ losses: [Float], _ tokens: [Int]) -> Float {
  zip(losses, tokens).map { $0 * Float($1) }.reduce(0, +)
}

let perplexitySpecimens: [Specimen<Chapter6Functions>] = [
  .right("6.1", "multiplies powers and takes roots in Double", chapter6Solutions) {
    $0.corpusPerplexity = { losses, tokens in
      let all = Double(tokens.reduce(0, +))
      return Float(
        zip(losses, tokens).map { pow(exp(Double($0)), Double($1) / all) }.reduce(1, *))
    }
    $0.bitsPerCharacter = { perplexity, tokens, characters in
      log(perplexity) / log(2) / (Float(characters) / Float(tokens))
    }
    $0.perplexity = { exp(log($0) * Float($1) / Float($2)) }
  },
  .right("6.1", "a running mean of the losses", chapter6Solutions) {
    $0.corpusPerplexity = { losses, tokens in
      var (mean, seen) = (0.0, 0.0)
      for (loss, count) in zip(losses, tokens) where count > 0 {
        seen += Double(count)
        mean += (Double(loss) - mean) * Double(count) / seen
      }
      return Float(exp(mean))
    }
  },
  mutant("all texts count alike", says: "as if all texts were equally long") {
    $0.corpusPerplexity = { losses, _ in exp(losses.reduce(0, +) / Float(losses.count)) }
  },
  mutant("averages perplexities", says: "exp comes last") {
    $0.corpusPerplexity = { total($0.map { exp($0) }, $1) / Float($1.reduce(0, +)) }
  },
  mutant("does not divide", says: "did not divide by their number") {
    $0.corpusPerplexity = { exp(total($0, $1)) }
  },
  mutant("gives the mean loss", says: "the perplexity is its exponential") {
    $0.corpusPerplexity = { total($0, $1) / Float($1.reduce(0, +)) }
  },
  mutant("powers of two for nats", says: "the losses are in nats") {
    $0.corpusPerplexity = { exp2(total($0, $1) / Float($1.reduce(0, +))) }
  },
  mutant("nats for each character", says: "logarithm to base 2") {
    $0.bitsPerCharacter = { log($0) * Float($1) / Float($2) }
  },
  mutant("bits for each token", says: "bits for each token") {
    $0.bitsPerCharacter = { perplexity, _, _ in log2(perplexity) }
  },
  mutant("characters over tokens", says: "tokens / characters") {
    $0.bitsPerCharacter = { log2($0) * Float($2) / Float($1) }
  },
  mutant("spreads the perplexity", says: "before the logarithm") {
    $0.bitsPerCharacter = { log2($0 * Float($1) / Float($2)) }
  },
  mutant("scales the perplexity", says: "Losses scale like that") {
    $0.perplexity = { $0 * Float($1) / Float($2) }
  },
  mutant("the exponent upside down", says: "Your exponent stands upside down") {
    $0.perplexity = { pow($0, Float($2) / Float($1)) }
  },
  mutant("powers of the whole text", says: "Divide the exponents first") {
    $0.perplexity = { pow(pow($0, Float($1)), 1 / Float($2)) }
  },
  mutant("the logarithm of a power", says: "Take the logarithm first") {
    $0.bitsPerCharacter = { log2(pow($0, Float($1))) / Float($2) }
  },
  mutant("powers of the whole text, in Double", says: "Divide the exponents first") {
    $0.perplexity = { Float(pow(pow(Double($0), Double($1)), 1 / Double($2))) }
  },
  mutant("the logarithm of a power, in Double", says: "Take the logarithm first") {
    $0.bitsPerCharacter = { Float(log2(pow(Double($0), Double($1))) / Double($2)) }
  },
  mutant("a product of probabilities", says: "Add the losses, and take exp") {
    $0.corpusPerplexity = { losses, tokens in
      let product = zip(losses, tokens).map { exp(Double($0) * Double($1)) }.reduce(1, *)
      return Float(pow(product, 1 / Double(tokens.reduce(0, +))))
    }
  },
  .unnamed("6.1", "no more tokens than characters", chapter6Solutions) {
    $0.bitsPerCharacter = { log2($0) * min(1, Float($1) / Float($2)) }
  },
  mutant("divides whole numbers", says: "You divided whole numbers") {
    $0.bitsPerCharacter = { perplexity, tokens, characters in
      log2(perplexity) * Float(tokens / characters)
    }
  },
]
