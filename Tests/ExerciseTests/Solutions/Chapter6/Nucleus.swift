import Checkers
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter6Functions) -> Void
) -> Specimen<Chapter6Functions> {
  .mutant("6.3", name, says: sentence, chapter6Solutions, change)
}

/// A nucleus with settings for what can go wrong.
private func nucleus(
  higherFirst: Bool = false,
  stops: @escaping @Sendable (_ sum: Float, _ next: Float, _ p: Float) -> Bool = { sum, _, p in
    sum >= p && p < 1
  },
  keepsOne: Bool = true, divides: Bool = true
) -> @Sendable ([Float], Float) -> [Float] {
  { probabilities, p in
    let order = probabilities.indices.sorted {
      probabilities[$0] == probabilities[$1]
        ? ($0 < $1) != higherFirst : probabilities[$0] > probabilities[$1]
    }
    var result = probabilities.map { _ in Float(0) }
    var sum: Float = 0
    for token in order {
      if (sum > 0 || !keepsOne) && stops(sum, probabilities[token], p) { break }
      result[token] = probabilities[token]
      sum += probabilities[token]
    }
    return result.map { divides && sum > 0 ? $0 / sum : $0 }
  }
}

let nucleusSpecimens: [Specimen<Chapter6Functions>] = [
  .right("6.3", "takes the largest again and again", chapter6Solutions) {
    $0.nucleus = { probabilities, p in
      var left = probabilities
      var (kept, sum) = (probabilities.map { _ in false }, Float(0))
      repeat {
        let token = left.firstIndex(of: left.max()!)!
        if left[token] <= 0 { break }
        kept[token] = true
        sum += left[token]
        left[token] = -1
      } while p >= 1 || sum < p
      return probabilities.indices.map { kept[$0] ? probabilities[$0] / sum : 0 }
    }
  },
  .right("6.3", "asks each token for the sum before it", chapter6Solutions) {
    $0.nucleus = { probabilities, p in
      let kept = probabilities.enumerated().map { token, own in
        let before = probabilities.enumerated().filter {
          $0.element > own || $0.element == own && $0.offset < token
        }
        return before.isEmpty || p >= 1 || before.map(\.element).reduce(0, +) < p ? own : 0
      }
      return kept.map { $0 / kept.reduce(0, +) }
    }
  },
  mutant("leaves out the token that crosses p", says: "it belongs to the nucleus") {
    $0.nucleus = nucleus(stops: { $0 + $1 > $2 && $2 < 1 })
  },
  mutant("wants more than p", says: "You kept one token too many") {
    $0.nucleus = nucleus(stops: { sum, _, p in sum > p && p < 1 })
  },
  mutant("the higher index first", says: "with the higher index first") {
    $0.nucleus = nucleus(higherFirst: true)
  },
  mutant("does not divide", says: "divide it by its sum") { $0.nucleus = nucleus(divides: false) },
  mutant("nothing for p 0", says: "the likeliest token always stays") {
    $0.nucleus = nucleus(keepsOne: false)
  },
  mutant("compares each token with p", says: "likelier than p, each for itself") {
    $0.nucleus = { probabilities, p in
      let kept = probabilities.map { $0 >= p ? $0 : 0 }
      let sum = kept.reduce(0, +)
      return sum == 0 ? [] : kept.map { $0 / sum }
    }
  },
  mutant("gives the sorted list", says: "in the order of likelihood") {
    let sound = $0.nucleus
    $0.nucleus = { try sound($0, $1).sorted(by: >) }
  },
  mutant("walks along the vocabulary", says: "You walked along the vocabulary") {
    $0.nucleus = { probabilities, p in
      var sum: Float = 0
      let kept = probabilities.map { share -> Float in
        if sum >= p { return 0 }
        sum += share
        return share
      }
      return sum == 0 ? [] : kept.map { $0 / sum }
    }
  },
  mutant("keeps all ties", says: "all tokens as likely as the last one") {
    let sound = $0.nucleus
    $0.nucleus = { probabilities, p in
      let last = zip(try sound(probabilities, p), probabilities).filter { $0.0 > 0 }.map(\.1).min()!
      let kept = probabilities.map { $0 >= last ? $0 : 0 }
      return kept.map { $0 / kept.reduce(0, +) }
    }
  },
  mutant("stops at a sum of 1", says: "before the last token is in") {
    let sound = $0.nucleus
    $0.nucleus = { probabilities, p in
      p < 1
        ? try sound(probabilities, p) : nucleus(stops: { sum, _, p in sum >= p })(probabilities, p)
    }
  },
  mutant("the last of the likeliest for p = 0", says: "with the higher index first") {
    let sound = $0.nucleus
    $0.nucleus = { probabilities, p in
      if p > 0 { return try sound(probabilities, p) }
      let last = probabilities.lastIndex(of: probabilities.max()!)!
      return probabilities.indices.map { $0 == last ? 1 : 0 }
    }
  },
  mutant("a threshold of 1 − p", says: "likelier than 1 − p") {
    $0.nucleus = { probabilities, p in
      let kept = probabilities.map { $0 >= 1 - p ? $0 : 0 }
      return kept.map { $0 / kept.reduce(0, +) }
    }
  },
  mutant("no sort", says: "You walked along the vocabulary") {
    $0.nucleus = { probabilities, p in
      var (sum, kept): (Float, [Float]) = (0, [])
      for share in probabilities {
        kept.append(sum < p ? share : 0)
        sum += share
      }
      return kept.map { $0 / kept.reduce(0, +) }
    }
  },
]
