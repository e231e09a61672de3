import Checkers
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter8Functions) -> Void
) -> Specimen<Chapter8Functions> {
  .mutant("8.1", name, says: sentence, chapter8Solutions, change)
}

private typealias AnchorLoss = @Sendable ([[Float]], Int, Int, Float) -> Float

private func length(_ a: [Float]) -> Float { a.map { $0 * $0 }.reduce(0, +).squareRoot() }
private func product(_ a: [Float], _ b: [Float]) -> Float {
  zip(a, b).map { $0 * $1 }.reduce(0, +)
}

/// A row of length 1, whatever its length was; zeros where it has no direction.
private func unit(_ a: [Float]) -> [Float] {
  let largest = a.map { abs($0) }.max() ?? 0
  if largest == 0 { return a }
  let near = a.map { $0 / largest }
  return near.map { $0 / length(near) }
}

private func cosine(_ a: [Float], _ b: [Float]) -> Float {
  let lengths = length(a) * length(b)
  return lengths == 0 ? 0 : product(a, b) / lengths
}

/// An anchor's loss with settings for what can go wrong; `shift` is taken off every exponent.
private func loss(
  similarity: @escaping @Sendable ([Float], [Float]) -> Float = { cosine($0, $1) },
  exponent: @escaping @Sendable (_ similarity: Float, _ t: Float) -> Float = { $0 / $1 },
  isBelow: @escaping @Sendable (_ view: Int, _ anchor: Int, _ positive: Int) -> Bool = {
    view, anchor, _ in view != anchor
  },
  isShifted: Bool = true,
  result: @escaping @Sendable (_ own: Float, _ total: Float, _ count: Int) -> Float = {
    own, total, _ in total - own
  }
) -> AnchorLoss {
  { views, anchor, positive, temperature in
    let e = views.map { exponent(similarity(views[anchor], $0), temperature) }
    let below = views.indices.filter { isBelow($0, anchor, positive) }.map { e[$0] }
    if !isShifted { return -log(exp(e[positive]) / below.map { exp($0) }.reduce(0, +)) }
    let top = below.max() ?? 0
    let total = top + log(below.map { exp($0 - top) }.reduce(0, +))
    return result(e[positive], total, below.count)
  }
}

/// A batch's loss from chosen anchors, their partners and a divisor.
private func batch(
  anchors: @escaping @Sendable (_ views: Int) -> Range<Int> = { 0..<$0 },
  partner: @escaping @Sendable (_ anchor: Int, _ views: Int) -> Int = { ($0 + $1 / 2) % $1 },
  divisor: @escaping @Sendable (_ views: Int) -> Int = { $0 },
  anchorLoss: @escaping AnchorLoss = loss()
) -> @Sendable ([[Float]], Float) -> Float {
  { views, temperature in
    let count = views.count
    return anchors(count).map { anchorLoss(views, $0, partner($0, count), temperature) }
      .reduce(0, +) / Float(divisor(count))
  }
}

let anchorLossSpecimens: [Specimen<Chapter8Functions>] = [
  .right("8.1", "a sum of differences of exponents, in Double", chapter8Solutions) {
    $0.anchorLoss = { views, anchor, positive, temperature in
      func product(_ a: Int, _ b: Int) -> Double {
        zip(views[a], views[b]).map { Double($0) * Double($1) }.reduce(0, +)
      }
      func cosine(_ k: Int) -> Double {
        let lengths = product(anchor, anchor).squareRoot() * product(k, k).squareRoot()
        return lengths == 0 ? 0 : product(anchor, k) / lengths
      }
      let rest = views.indices.filter { $0 != anchor && $0 != positive }
      let t = Double(temperature)
      return Float(
        log(1 + rest.map { exp((cosine($0) - cosine(positive)) / t) }.reduce(0, +)))
    }
  },
  .right("8.1", "units first, and a running maximum", chapter8Solutions) {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let units = views.map(unit)
      var (top, sum): (Float, Float) = (-.infinity, 0)
      for k in units.indices where k != anchor {
        let e = product(units[anchor], units[k]) / temperature
        sum = e > top ? sum * exp(top - e) + 1 : sum + exp(e - top)
        top = max(top, e)
      }
      return top + log(sum) - product(units[anchor], units[positive]) / temperature
    }
    $0.batchLoss = { views, temperature in
      let half = views.count / 2
      return (0..<half).map {
        let alike = loss(similarity: { product(unit($0), unit($1)) })
        return alike(views, $0, $0 + half, temperature) + alike(views, $0 + half, $0, temperature)
      }.reduce(0, +) / Float(2 * half)
    }
  },
  mutant("the anchor among the others", says: "You left the anchor itself among") {
    $0.anchorLoss = loss(isBelow: { _, _, _ in true })
  },
  mutant("no positive below the bar", says: "The positive is missing below") {
    $0.anchorLoss = loss(isBelow: { $0 != $1 && $0 != $2 })
  },
  mutant("the anchor for the positive", says: "in the place of the positive") {
    $0.anchorLoss = loss(isBelow: { view, _, positive in view != positive })
  },
  mutant("times the temperature", says: "multiplied by the temperature") {
    $0.anchorLoss = loss(exponent: { $0 * $1 })
  },
  mutant("no temperature", says: "You forgot the temperature") {
    $0.anchorLoss = loss(exponent: { similarity, _ in similarity })
  },
  mutant("products, not cosines", says: "whatever their length") {
    $0.anchorLoss = loss(similarity: { product($0, $1) })
  },
  mutant("squared lengths", says: "the root is missing") {
    $0.anchorLoss = loss(similarity: { product($0, $1) / product($0, $0) / product($1, $1) })
  },
  mutant("only the anchor of length 1", says: "but not the others") {
    $0.anchorLoss = loss(similarity: { product($0, $1) / length($0) })
  },
  mutant("uphill", says: "This is log P, uphill") {
    $0.anchorLoss = loss(result: { own, total, _ in own - total })
  },
  mutant("the probability", says: "This is the probability, not") {
    $0.anchorLoss = loss(result: { own, total, _ in exp(own - total) })
  },
  mutant("base 2", says: "to the base 2") {
    $0.anchorLoss = loss(result: { own, total, _ in (total - own) / log(2) })
  },
  mutant("base 10", says: "to the base 10") {
    $0.anchorLoss = loss(result: { own, total, _ in (total - own) / log(10) })
  },
  mutant("the mean below the bar", says: "the mean of the exponentials") {
    $0.anchorLoss = loss(result: { own, total, count in total - log(Float(count)) - own })
  },
  mutant("exp of large numbers", says: "exp(1 / 0.01) is too large") {
    $0.anchorLoss = loss(isShifted: false)
  },
  mutant("exp of small numbers", says: "or what is left of it, is too small") {
    $0.anchorLoss = { views, anchor, positive, temperature in
      // Takes 1/τ off, the largest that an exponent can be: small ones vanish.
      let cosines = views.map { product(views[anchor], $0) / length(views[anchor]) / length($0) }
      let powers = cosines.map { exp(($0 - 1) / temperature) }
      let total = powers.indices.filter { $0 != anchor }.map { powers[$0] }.reduce(0, +)
      return -log(powers[positive] / total)
    }
  },
  mutant("divides by a length of 0", says: "the length of a view that is all 0") {
    $0.anchorLoss = loss(similarity: { product($0, $1) / (length($0) * length($1)) })
  },
  mutant("the mean of wrong losses", says: "the mean of your anchors' losses") {
    let wrong: AnchorLoss = { _, anchor, _, _ in Float(anchor) }
    $0.batchLoss = batch(anchorLoss: wrong)
    let sound = $0.anchorLoss
    // Right where the first parts look, and wrong in the first batches.
    $0.anchorLoss = {
      [[-1, -3], [0, 3]].contains($0.last) ? wrong($0, $1, $2, $3) : try sound($0, $1, $2, $3)
    }
  },
  mutant("neighbours are partners", says: "neighbouring rows for pairs") {
    $0.batchLoss = batch(partner: { anchor, _ in anchor ^ 1 })
  },
  mutant("divides by N", says: "You divided by N: there are 2N anchors") {
    $0.batchLoss = batch(divisor: { $0 / 2 })
  },
  mutant("the sum over anchors", says: "This is the sum over the anchors") {
    $0.batchLoss = batch(divisor: { _ in 1 })
  },
  mutant("the first half are anchors", says: "Only the first N rows are anchors") {
    $0.batchLoss = batch(anchors: { 0..<$0 / 2 }, divisor: { $0 / 2 })
  },
  mutant("the first half over 2N", says: "and divided by 2N") {
    $0.batchLoss = batch(anchors: { 0..<$0 / 2 })
  },
  mutant("the other half only", says: "the views of its own half are negatives") {
    $0.batchLoss = { views, temperature in
      let half = views.count / 2
      let across = loss(isBelow: { view, anchor, _ in (view < half) != (anchor < half) })
      return batch(anchorLoss: across)(views, temperature)
    }
  },
  .unnamed("8.1", "leaves out all views that equal the anchor", chapter8Solutions) {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let kept = views.indices.filter {
        $0 == anchor || $0 == positive || views[$0] != views[anchor]
      }
      return loss()(
        kept.map { views[$0] }, kept.firstIndex(of: anchor)!, kept.firstIndex(of: positive)!,
        temperature)
    }
  },
  .unnamed("8.1", "a batch's exponents without the largest taken off", chapter8Solutions) {
    $0.batchLoss = batch(anchorLoss: loss(isShifted: false))
  },
  mutant("the temperature above the bar", says: "divides only above the fraction's bar") {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let own = cosine(views[anchor], views[positive])
      return loss(exponent: { similarity, _ in similarity })(views, anchor, positive, 1)
        + own - own / temperature
    }
  },
  mutant("the temperature below the bar", says: "divides only below the fraction's bar") {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let own = cosine(views[anchor], views[positive])
      return loss()(views, anchor, positive, temperature) + own / temperature - own
    }
  },
  mutant("an ε in the logarithm", says: "a small number inside the logarithm") {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let right = try chapter8Solutions.anchorLoss(views, anchor, positive, temperature)
      return -log(exp(-right) + 1e-4)
    }
  },
  mutant("takes off the positive's exponent", says: "and exp(−2 / 0.01) too small") {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let e = views.map { product(unit(views[anchor]), unit($0)) / temperature }
      let others = e.indices.filter { $0 != anchor }
      return log(others.map { exp(e[$0] - e[positive]) }.reduce(0, +))
    }
  },
]
