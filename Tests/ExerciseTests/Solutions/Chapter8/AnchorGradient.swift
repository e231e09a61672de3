import Checkers
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter8Functions) -> Void
) -> Specimen<Chapter8Functions> {
  .mutant("8.2", name, says: sentence, chapter8Solutions, change)
}

private func product(_ a: [Float], _ b: [Float]) -> Float {
  zip(a, b).map { $0 * $1 }.reduce(0, +)
}
private func length(_ a: [Float]) -> Float { product(a, a).squareRoot() }

/// The way back with settings: what is made of slope, u and |z|.
private func back(
  _ combine:
    @escaping @Sendable (_ slope: Float, _ u: Float, _ along: Float, _ length: Float) ->
    Float
) -> @Sendable ([Float], [Float]) -> [Float] {
  { z, slope in
    let long = length(z)
    if long == 0 { return z }
    let u = z.map { $0 / long }
    let along = product(u, slope)
    return zip(slope, u).map { combine($0, $1, along, long) }
  }
}

/// The gradient in the anchor with settings for its softmax, its weights and its way back.
private func gradient(
  softmaxTemperature: @escaping @Sendable (Float) -> Float = { $0 },
  factor: @escaping @Sendable (Float) -> Float = { 1 / $0 },
  isBelow: @escaping @Sendable (_ view: Int, _ anchor: Int, _ positive: Int) -> Bool = {
    view, anchor, _ in view != anchor
  },
  push: Float = 1, pull: Float = 1, keepsOthers: Bool = false,
  back: @escaping @Sendable ([Float], [Float]) -> [Float] = back { ($0 - $1 * $2) / $3 }
) -> @Sendable ([[Float]], Int, Int, Float) -> [Float] {
  { views, anchor, positive, temperature in
    let u = views.enumerated().map { index, view in
      keepsOthers && index != anchor ? view : view.map { $0 / length(view) }
    }
    let below = views.indices.filter { isBelow($0, anchor, positive) }
    let e = u.map { product(u[anchor], $0) / softmaxTemperature(temperature) }
    let top = below.map { e[$0] }.max() ?? 0
    let total = below.map { exp(e[$0] - top) }.reduce(0, +)
    let slope = u[0].indices.map { axis in
      let pushed = below.map { exp(e[$0] - top) / total * u[$0][axis] }.reduce(0, +)
      return (push * pushed - pull * u[positive][axis]) * factor(temperature)
    }
    return back(views[anchor], slope)
  }
}

/// The batch's gradient: weights of the roles of a view, partners, chosen anchors and the way back.
private func batch(
  own: Float = 1, others: Float = 1, morePull: Float = 0,
  scale: @escaping @Sendable (Float) -> Float = { 1 / $0 },
  partner: @escaping @Sendable (_ view: Int, _ views: Int) -> Int = { ($0 + $1 / 2) % $1 },
  isAnchor: @escaping @Sendable (_ view: Int, _ views: Int) -> Bool = { _, _ in true },
  isOfUnits: Bool = false
) -> @Sendable ([[Float]], Float) -> [[Float]] {
  { views, temperature in
    let n = views.count
    let u = views.map { view in view.map { $0 / length(view) } }
    // weights[i][k]: the slope of anchor i's loss in its exponent for k.
    let weights = views.indices.map { i -> [Float] in
      if !isAnchor(i, n) { return [Float](repeating: 0, count: n) }
      let exponents = u.map { product(u[i], $0) / temperature }
      let top = exponents.indices.filter { $0 != i }.map { exponents[$0] }.max() ?? 0
      let powers = u.indices.map { $0 == i ? 0 : exp(exponents[$0] - top) }
      return u.indices.map { k in
        powers[k] / powers.reduce(0, +) - (k == partner(i, n) ? 1 : 0)
      }
    }
    return views.indices.map { j in
      let slope = u[j].indices.map { axis in
        u.indices.map { k in
          let pull = k == partner(j, n) ? morePull : 0
          return (own * weights[j][k] + others * weights[k][j] - pull) * u[k][axis]
        }.reduce(0, +) / temperature * scale(Float(n))
      }
      return isOfUnits ? slope : back { ($0 - $1 * $2) / $3 }(views[j], slope)
    }
  }
}

/// One anchor's loss, in Double.
private func loss(_ views: [[Double]], _ a: Int, _ p: Int, _ t: Double) -> Double {
  let u = views.map { view in
    view.map { $0 / view.map { $0 * $0 }.reduce(0, +).squareRoot() }
  }
  let e = u.map { zip(u[a], $0).map { $0 * $1 }.reduce(0, +) / t }
  return log(e.indices.filter { $0 != a }.map { exp(e[$0] - e[p]) }.reduce(0, +))
}

/// Its differences in one view, over a step that is small for the view's length.
private func slope(_ views: [[Float]], _ row: Int, _ loss: ([[Double]]) -> Double) -> [Float] {
  let start = views.map { $0.map { Double($0) } }
  let step = 1e-5 * start[row].map { abs($0) }.max()!
  return start[row].indices.map { axis in
    var (up, down) = (start, start)
    up[row][axis] += step
    down[row][axis] -= step
    return Float((loss(up) - loss(down)) / (2 * step))
  }
}

/// The power of two that brings a row to an ordinary length: no square is too large then, or too small.
private func shrink(_ z: [Float]) -> Float {
  let largest = z.map { abs($0) }.max() ?? 0
  return largest == 0 ? 1 : Float(sign: .plus, exponent: -largest.exponent, significand: 1)
}

/// What a function of rows of an ordinary length gives for rows of any length.
private func ofAnyLength(
  _ gradient: @escaping @Sendable ([[Float]], Float) -> [[Float]]
) -> @Sendable ([[Float]], Float) -> [[Float]] {
  { views, temperature in
    let near = views.map { view in scaled(view, shrink(view)) }
    return zip(gradient(near, temperature), views).map { scaled($0, shrink($1)) }
  }
}

/// A way back that is wrong at one z alone.
private func wrongWayBack(
  _ sound: @escaping @Sendable ([Float], [Float]) throws -> [Float], at place: [Float]
) -> @Sendable ([Float], [Float]) throws -> [Float] {
  { z, slope in z == place ? slope.map { $0 / 2 } : try sound(z, slope) }
}

let anchorGradientSpecimens: [Specimen<Chapter8Functions>] = [
  .right("8.2", "finite differences in Double", chapter8Solutions) {
    $0.anchorGradient = { views, a, p, t in slope(views, a) { loss($0, a, p, Double(t)) } }
    $0.batchGradient = { views, t in
      let n = views.count
      return views.indices.map { row in
        slope(views, row) { views in
          views.indices.map { loss(views, $0, ($0 + n / 2) % n, Double(t)) }.reduce(0, +)
            / Double(n)
        }
      }
    }
  },
  .right("8.2", "the matrix of the projection, weights by exponents' slopes", chapter8Solutions) {
    $0.slopeBeforeNormalisation = { z, slope in
      let near = scaled(z, shrink(z))
      let square = product(near, near)
      if square == 0 { return z }
      return z.indices.map { i in
        z.indices.map { j in
          ((i == j ? square : 0) - near[i] * near[j]) / square / square.squareRoot() * slope[j]
        }.reduce(0, +) * shrink(z)
      }
    }
    $0.anchorGradient = { views, anchor, positive, temperature in
      let near = views.map { view in scaled(view, shrink(view)) }
      return scaled(gradient()(near, anchor, positive, temperature), shrink(views[anchor]))
    }
    $0.batchGradient = ofAnyLength(batch())
  },
  mutant("the slope as it came", says: "You gave back the slope in u") {
    $0.slopeBeforeNormalisation = back { slope, _, _, _ in slope }
  },
  mutant("the part along z left in", says: "but left the part along z in: u does not") {
    $0.slopeBeforeNormalisation = back { $0 / $3 + 0 * $1 * $2 }
  },
  mutant(
    "not divided by the length",
    says: "took the part along z away, but did not divide by the length.;"
  ) {
    $0.slopeBeforeNormalisation = back { $0 - $1 * $2 + 0 * $3 }
  },
  mutant("times the length", says: "multiplied by the length") {
    $0.slopeBeforeNormalisation = back { ($0 - $1 * $2) * $3 }
  },
  mutant("by the squared length", says: "the squared length; once is right") {
    $0.slopeBeforeNormalisation = back { ($0 - $1 * $2) / $3 / $3 }
  },
  mutant("the part along z alone", says: "It is the one to take away") {
    $0.slopeBeforeNormalisation = back { _, u, along, length in u * along / length }
  },
  mutant("the part along z doubled", says: "once more instead of taking it away") {
    $0.slopeBeforeNormalisation = back { ($0 + $1 * $2) / $3 }
  },
  mutant("z for u", says: "You took z for u") {
    $0.slopeBeforeNormalisation = back { ($0 - $1 * $2 * $3 * $3) / $3 }
  },
  mutant(
    "half of the part along z",
    says: "back through the length: The slope in z is another.; Your gradient is not"
  ) {
    $0.slopeBeforeNormalisation = back { ($0 - $1 * $2 / 2) / $3 }
  },
  mutant("divides by 0", says: "a division by zero") {
    $0.slopeBeforeNormalisation = { z, slope in
      zip(z, slope).map { ($1 - $0 * product(z, slope) / product(z, z)) / length(z) }
    }
  },
  mutant("stops at u", says: "Your gradient stops at u") {
    $0.anchorGradient = gradient(back: { _, slope in slope })
  },
  mutant("divides by the length only", says: "but left in the part along z") {
    $0.anchorGradient = gradient(back: back { $0 / $3 + 0 * $1 * $2 })
  },
  mutant("projects only", says: "did not divide by the length of z") {
    $0.anchorGradient = gradient(back: back { $0 - $1 * $2 + 0 * $3 })
  },
  mutant("downhill", says: "Downhill: this is minus the gradient") {
    $0.anchorGradient = gradient(factor: { -1 / $0 })
  },
  mutant("no 1/τ", says: "The factor 1/τ is missing") {
    $0.anchorGradient = gradient(factor: { _ in 1 })
  },
  mutant("times τ", says: "Your temperature multiplies") {
    $0.anchorGradient = gradient(factor: { $0 })
  },
  mutant("a softmax without τ", says: "The softmax forgot the temperature") {
    $0.anchorGradient = gradient(softmaxTemperature: { _ in 1 })
  },
  mutant("the anchor in the softmax", says: "You left the anchor itself in the softmax") {
    $0.anchorGradient = gradient(isBelow: { _, _, _ in true })
  },
  mutant("no pull", says: "Only the others' push") { $0.anchorGradient = gradient(pull: 0) },
  mutant("no push", says: "Only the positive's pull") { $0.anchorGradient = gradient(push: 0) },
  mutant("others of any length", says: "not brought to length 1") {
    $0.anchorGradient = gradient(keepsOthers: true)
  },
  mutant("no positive in the softmax", says: "missing from your softmax") {
    $0.anchorGradient = gradient(isBelow: { $0 != $1 && $0 != $2 })
  },
  mutant("each view an anchor only", says: "counts only as an anchor") {
    $0.batchGradient = batch(others: 0)
  },
  mutant("each view among the others only", says: "counts only among the others") {
    $0.batchGradient = batch(own: 0)
  },
  mutant("divides by N", says: "You divided by N: the loss") {
    $0.batchGradient = batch(scale: { 2 / $0 })
  },
  mutant("the sum's gradient", says: "the gradient of the sum over the anchors") {
    $0.batchGradient = batch(scale: { _ in 1 })
  },
  mutant("neighbours are partners", says: "You took neighbouring rows") {
    $0.batchGradient = batch(partner: { view, _ in view ^ 1 })
  },
  mutant("the first half are anchors", says: "Only the first N rows") {
    $0.batchGradient = batch(scale: { 2 / $0 }, isAnchor: { $0 < $1 / 2 })
  },
  mutant("the batch stops at u", says: "The batch's gradient stops at u") {
    $0.batchGradient = batch(isOfUnits: true)
  },
  mutant(
    "part of z in the batch", says: "batch's gradient is another.; Your gradient is not orthogonal"
  ) {
    let sound = $0.batchGradient
    $0.batchGradient = { views, temperature in
      zip(try sound(views, temperature), views).map { zip($0, $1).map { $0 + $1 / 10 } }
    }
  },
  mutant("the batch downhill", says: "minus the batch's gradient") {
    $0.batchGradient = batch(scale: { -1 / $0 })
  },
  .unnamed("8.2", "leaves out all views that equal the anchor", chapter8Solutions) {
    $0.anchorGradient = { views, anchor, positive, temperature in
      let kept = views.indices.filter {
        $0 == anchor || $0 == positive || views[$0] != views[anchor]
      }
      return gradient()(
        kept.map { views[$0] }, kept.firstIndex(of: anchor)!, kept.firstIndex(of: positive)!,
        temperature)
    }
  },
  mutant("takes off the anchor's own exponent", says: "a division by zero") {
    let sound = $0.anchorGradient
    $0.anchorGradient = { views, anchor, positive, temperature in
      let u = views.map { view in view.map { $0 / length(view) } }
      let below = views.indices.filter { $0 != anchor }
      let total = below.map { exp((product(u[anchor], u[$0]) - 1) / temperature) }.reduce(0, +)
      return total == 0
        ? views[anchor].map { _ in .nan } : try sound(views, anchor, positive, temperature)
    }
  },
  mutant("the own term doubled", says: "You doubled each view's own term") {
    $0.batchGradient = batch(own: 2, others: 0)
  },
  mutant("the partner pulls once", says: "A view's partner pulls once") {
    $0.batchGradient = batch(morePull: -1)
  },
  mutant("the others push once", says: "but the others push only with") {
    $0.batchGradient = batch(others: 0, morePull: 1)
  },
  mutant("an anchor's right slope, a wrong way back", says: "Up to u = z / |z|") {
    // Right where the first part looks.
    let (sound, short) = ($0.slopeBeforeNormalisation, gradient(back: { _, slope in slope }))
    let wrong = wrongWayBack(sound, at: [2, 0])
    $0.slopeBeforeNormalisation = wrong
    $0.anchorGradient = { try wrong($0[$1], short($0, $1, $2, $3)) }
  },
  mutant("the batch's right slopes, a wrong way back", says: "Up to u = z / |z|") {
    let (sound, short) = ($0.slopeBeforeNormalisation, batch(isOfUnits: true))
    let wrong = wrongWayBack(sound, at: [0, 3])
    $0.slopeBeforeNormalisation = wrong
    $0.batchGradient = { try zip($0, short($0, $1)).map { try wrong($0, $1) } }
  },
]
