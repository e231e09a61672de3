import Foundation
import TensorCore

/// The contrastive loss in Double, and its gradient by automatic differentiation, with settings for wrong
/// ideas.
struct ContrastiveOracle {
  /// `[views][width]`.
  var views: [[Float]]
  var temperature: Float
  /// What the loss divides a row by, whose length is given.
  var divisor: (_ view: Int, _ length: Double) -> Double = { $1 }
  /// How the gradient brings rows to their length.
  var unit: (Variable) -> Variable = { l2Normalised($0) }
  /// Which views stand in the denominator of an anchor and its positive.
  var denominator: (_ view: Int, _ anchor: Int, _ positive: Int) -> Bool = { k, a, _ in k != a }
  /// Whether the gradient flows through the anchor, the positive's likeness, the others.
  var flows = (anchor: true, pull: true, others: true)

  /// −log of the probability that the anchor gives its positive; `u` are rows of length 1.
  private func term(_ u: Variable, _ anchor: Int, _ positive: Int) -> Variable {
    let own = embedding(flows.anchor ? u : u.detached(), [anchor])
    let rest = flows.others ? u : u.detached()
    let among = views.indices.filter { denominator($0, anchor, positive) }
    let pull = matmul(own, embedding(rest, [positive]), transposingB: true) / temperature
    let all = matmul(own, embedding(rest, among), transposingB: true) / temperature
    return (logSumExp(all) - (flows.pull ? pull : pull.detached()).reshaped([1])).sum()
  }

  /// One anchor's loss; a row without a direction stays as it is.
  func loss(_ anchor: Int, _ positive: Int) -> Float {
    let rows = views.enumerated().map { index, view -> [Double] in
      let numbers = view.map(Double.init)
      let length = Self.product(numbers, numbers).squareRoot()
      return length == 0 ? numbers : numbers.map { $0 / divisor(index, length) }
    }
    let among = views.indices.filter { denominator($0, anchor, positive) }
    func exponent(_ view: Int) -> Double {
      Self.product(rows[anchor], rows[view]) / Double(temperature)
    }
    // Each as its lead over the positive; the largest of them may be too large for exp, too.
    let leads = among.map { exponent($0) - exponent(positive) }
    guard let most = leads.max() else { return -.infinity }
    return Float(most + log(leads.reduce(0) { $0 + exp($1 - most) }))
  }

  /// How far a loss in Float may be off: by the rounding of some products and quotients for each cosine,
  /// over τ, and of the result.
  var tolerance: Float { 3e-6 * max(1, 1 / temperature) }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The gradient of one anchor's loss, or of a sum over anchors, in every view.
  ///
  /// - Parameters:
  ///   - anchors: each with its positive.
  ///   - isOfUnits: whether it stops before the lengths.
  /// - Returns: `[views][width]`.
  func gradient(of anchors: [(Int, Int)], isOfUnits: Bool = false) -> [[Float]] {
    let z = Variable(isOfUnits ? unit(table).value : table.value, needsGradient: true)
    let u = isOfUnits ? z : unit(z)
    var total = term(u, anchors[0].0, anchors[0].1)
    for (anchor, positive) in anchors.dropFirst() { total = total + term(u, anchor, positive) }
    total.backward()
    let width = views[0].count
    let all = z.gradient?.numbers ?? [Float](repeating: 0, count: views.count * width)
    return views.indices.map { Array(all[$0 * width..<($0 + 1) * width]) }
  }

  /// A gradient in views of any length: that in views of an ordinary length, times as much as each is
  /// shorter.
  static func gradient(
    _ views: [[Float]], _ temperature: Float, _ gradient: (ContrastiveOracle) -> [[Float]]
  ) -> [[Float]] {
    let (rows, factors) = scaled(views)
    let all = gradient(ContrastiveOracle(views: rows, temperature: temperature))
    return zip(all, factors).map { row, factor in row.map { $0 * factor } }
  }

  /// The length of a row, also where its square is no Float.
  static func length(_ row: [Float]) -> Float {
    let numbers = row.map(Double.init)
    return Float(product(numbers, numbers).squareRoot())
  }

  /// Each view with the other view of its picture, if these stand `apart` rows from each other.
  func pairs(isInterleaved: Bool = false) -> [(Int, Int)] {
    views.indices.map { ($0, isInterleaved ? $0 ^ 1 : ($0 + views.count / 2) % views.count) }
  }

  private var table: Variable {
    Variable(Tensor([views.count, views[0].count], views.flatMap(\.self)))
  }

  /// The cosine of the angle between two views; 0 where one has no direction.
  static func cosine(_ a: [Float], _ b: [Float]) -> Float {
    let (a, b) = (a.map(Double.init), b.map(Double.init))
    let lengths = (product(a, a) * product(b, b)).squareRoot()
    return lengths == 0 ? 0 : Float(product(a, b) / lengths)
  }

  /// A power of two times each row, so that its largest number lies between 1 and 2: exact, and no
  /// square is too large or too small for a Float.
  static func scaled(_ rows: [[Float]]) -> (rows: [[Float]], factors: [Float]) {
    let factors = rows.map { row -> Float in
      let largest = row.map { abs($0) }.max() ?? 0
      return largest == 0 ? 1 : Float(sign: .plus, exponent: -largest.exponent, significand: 1)
    }
    return (zip(rows, factors).map { row, factor in row.map { $0 * factor } }, factors)
  }

  /// Rows that point anywhere, with lengths from 1/2 to 3.
  static func randomViews(_ count: Int, width: Int, _ random: inout Random) -> [[Float]] {
    (0..<count).map { _ in
      let row = (0..<width).map { _ in random.normal() + 0.01 }
      let length = row.map { $0 * $0 }.reduce(0, +).squareRoot()
      let wanted = random.uniform(0.5..<3)
      return row.map { $0 / length * wanted }
    }
  }
}
