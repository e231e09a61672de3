import Checkers
import ExerciseFunctions
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, also: [String] = [],
  _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .mutant("3.2", name, says: sentence, also: also, chapter3Solutions, change)
}

private func undone(
  by family: Family, _ name: String, _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .undone(by: family, "3.2", name, chapter3Solutions, change)
}

/// A matrix by its entries, from a brought to a scale where Floats have squares.
private func matrix(
  _ entry: @escaping @Sendable (_ same: Float, _ product: Float, _ a: [Float]) -> Float
) -> @Sendable ([Float]) -> [[Float]] {
  { a in
    a.indices.map { i in a.indices.map { j in entry(i == j ? 1 : 0, a[i] * a[j], a) } }
  }
}

/// The share by a rule, in Double, of what is left and what was there; 0 of nothing.
private func share(
  _ rule: @escaping @Sendable (_ left: [Double], _ whole: [Double], _ along: Double) -> Double
) -> @Sendable ([Float], [Float]) -> Float {
  { d, a in
    let (d, a) = (d.map(Double.init), a.map(Double.init))
    if d.allSatisfy({ $0 == 0 }) { return 0 }
    let length = a.map { $0 * $0 }.reduce(0, +)
    let product = zip(d, a).map { $0 * $1 }.reduce(0, +)
    let left = zip(d, a).map { $0 - product / length * $1 }
    return Float(rule(left, d, abs(product) / length.squareRoot()))
  }
}

private func length(_ v: [Double]) -> Double { v.map { $0 * $0 }.reduce(0, +).squareRoot() }

private func ones(_ count: Int) -> [Float] { [Float](repeating: 1, count: max(0, count)) }

let colourProjectionSpecimens: [Specimen<Chapter3Functions>] = [
  .right(
    "3.2", "by two mirrors: half of a colour and its mirror image", chapter3Solutions
  ) {
    let projection: @Sendable ([Float]) -> [[Float]] = { direction in
      let largest = direction.map(abs).max()!
      let a = direction.map { $0 / largest }
      return a.indices.map { i in
        let unit = a.indices.map { Float($0 == i ? 1 : 0) }
        let factor = 2 * dot(unit, a) / dot(a, a)
        return zip(unit, a).map { ($0 + ($0 - factor * $1)) / 2 }
      }
    }
    $0.projection = projection
    $0.eigenvalues = { a, s in s >= 0 ? [1 - s] + ones(a.count - 1) : ones(a.count - 1) + [1 - s] }
    // The part that is left by products of pairs (Lagrange's identity), exactly 0 for a itself.
    $0.shareLeft = { d, a in
      let (d, a) = (d.map(Double.init), a.map(Double.init))
      var sum = 0.0
      for i in d.indices {
        for j in d.indices where j < i {
          let area = d[i] * a[j] - d[j] * a[i]
          sum += area * area
        }
      }
      let whole = length(d)
      return whole == 0 ? 0 : Float(sum.squareRoot() / whole / length(a))
    }
  },
  mutant("undivided", says: "You did not divide by a aᵀ, the squared") {
    $0.projection = matrix { same, product, _ in same - product }
  },
  mutant("by the length", says: "You divided by the length of a; a aᵀ") {
    $0.projection = matrix { same, product, a in same - product / dot(a, a).squareRoot() }
  },
  mutant("by the sum", says: "You divided by the sum of a's numbers") {
    $0.projection = matrix { same, product, a in same - product / a.reduce(0, +) }
  },
  mutant("by the absolute sum", says: "the sum of a's absolute numbers") {
    $0.projection = matrix { same, product, a in same - product / a.map(abs).reduce(0, +) }
  },
  mutant("by the channels", says: "You divided by the number of channels") {
    $0.projection = matrix { same, product, a in same - product / Float(a.count) }
  },
  mutant("what is taken out", says: "This is what is taken out, the part along a") {
    $0.projection = matrix { _, product, a in product / dot(a, a) }
  },
  mutant("added", says: "This adds the part along a once more") {
    $0.projection = matrix { same, product, a in same + product / dot(a, a) }
  },
  mutant("a mirror", says: "which is a mirror") {
    $0.projection = matrix { same, product, a in same - 2 * product / dot(a, a) }
  },
  mutant("the diagonal", says: "You took squares on the diagonal alone") {
    $0.projection = matrix { same, product, a in same * (1 - product / dot(a, a)) }
  },
  mutant("ones for I", says: "You took ones for I") {
    $0.projection = matrix { _, product, a in 1 - product / dot(a, a) }
  },
  mutant("always the paper's", says: "This is the matrix of (−1, 2, −1)") {
    let right = $0.projection
    $0.projection = { _ in try right([-1, 2, -1]) }
  },
  mutant("without the strength", says: "You left the strength out") {
    $0.eigenvalues = { a, _ in [0] + ones(a.count - 1) }
  },
  mutant("a first", says: "not from the smallest to the largest") {
    $0.eigenvalues = { a, s in [1 - s] + ones(a.count - 1) }
  },
  mutant("a last", says: "not from the smallest to the largest") {
    $0.eigenvalues = { a, s in ones(a.count - 1) + [1 - s] }
  },
  mutant("of what is taken out", says: "These belong to what is taken out") {
    $0.eigenvalues = { a, s in (a.dropFirst().map { _ in 0 } + [s]).sorted() }
  },
  mutant("one stays", says: "it is the other way round") {
    $0.eigenvalues = { a, s in (a.dropFirst().map { _ in 1 - s } + [1]).sorted() }
  },
  mutant("s for 1 − s", says: "your answer has s in its place") {
    $0.eigenvalues = { a, s in (ones(a.count - 1) + [s]).sorted() }
  },
  mutant("1 + s", says: "taken off, not added: 1 − s") {
    $0.eigenvalues = { a, s in (ones(a.count - 1) + [1 + s]).sorted() }
  },
  mutant("by the length of a", says: "Your eigenvalue depends on the length of a") {
    $0.eigenvalues = { a, s in (ones(a.count - 1) + [1 - s * dot(a, a)]).sorted() }
  },
  mutant("its diagonal", says: "These are the numbers on the diagonal") {
    $0.eigenvalues = { a, s in a.map { 1 - s * $0 * $0 / dot(a, a) }.sorted() }
  },
  mutant("each once", says: "Each eigenvalue stands there once") {
    $0.eigenvalues = { a, s in a.count > 1 ? [1, 1 - s].sorted() : [1 - s] }
  },
  mutant("always three", says: "yours are always three") {
    $0.eigenvalues = { _, s in [1, 1, 1 - s].sorted() }
  },
  mutant("what is lost", says: "This is the share along a, which is lost") {
    $0.shareLeft = share { _, whole, along in along / length(whole) }
  },
  mutant("1 − what is lost", says: "Shares of lengths do not add up to 1") {
    $0.shareLeft = share { _, whole, along in 1 - along / length(whole) }
  },
  mutant("squared", says: "This is the share of the squared length") {
    $0.shareLeft = share { left, whole, _ in
      length(left) * length(left) / length(whole) / length(whole)
    }
  },
  mutant("the length itself", says: "This is the length that is left") {
    $0.shareLeft = share { left, _, _ in length(left) }
  },
  mutant("half a root", says: "You divided the squared length by the length") {
    $0.shareLeft = share { left, whole, _ in length(left) * length(left) / length(whole) }
  },
  mutant("absolute numbers", says: "You added absolute numbers") {
    $0.shareLeft = share { left, whole, _ in
      left.map(abs).reduce(0, +) / whole.map(abs).reduce(0, +)
    }
  },
  mutant("nothing over nothing", says: "a difference that is none") {
    let right = $0.shareLeft
    $0.shareLeft = { d, a in d.contains { $0 != 0 } ? try right(d, a) : .nan }
  },
  mutant("all of nothing", says: "nothing is left, 0, and not all") {
    let right = $0.shareLeft
    $0.shareLeft = { d, a in d.contains { $0 != 0 } ? try right(d, a) : 1 }
  },
  undone(by: .scale, "squares in Float") {
    $0.projection = matrix { same, product, a in same - product / dot(a, a) }
  },
  undone(by: .nearTies, "the root of 1 − cos² in Float") {
    let right = $0.shareLeft
    $0.shareLeft = { d, a in
      let cosine = dot(d, a) / (dot(d, d) * dot(a, a)).squareRoot()
      // Beyond Float's range the solution steps in: this answer is about few digits.
      if !cosine.isFinite || dot(d, a) == 0 || dot(d, d) * dot(a, a) < 1e-30 {
        return try right(d, a)
      }
      return max(0, 1 - cosine * cosine).squareRoot()
    }
  },
  undone(by: .sizes, "eight channels at most") {
    let right = $0.eigenvalues
    $0.eigenvalues = { try right(Array($0.prefix(8)), $1) }
  },
  undone(by: .edges, "no direction is left of one channel") {
    let right = $0.projection
    $0.projection = { $0.count == 1 ? [[1]] : try right($0) }
  },
]
