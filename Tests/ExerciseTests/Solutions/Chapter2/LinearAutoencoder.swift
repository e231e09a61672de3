import Checkers
import ExerciseFunctions
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter2Functions) -> Void
) -> Specimen<Chapter2Functions> {
  .mutant("2.5", name, says: sentence, chapter2Solutions, change)
}

private typealias Slopes = Chapter2Functions.AutoencoderSlopes
private typealias Matrix = [[Float]]

private func sum(_ numbers: some Sequence<Float>) -> Float { numbers.reduce(0, +) }
private func turned(_ m: Matrix) -> Matrix {
  (m.first ?? []).indices.map { column in m.map { $0[column] } }
}
private func product(_ a: Matrix, _ b: Matrix) -> Matrix {
  a.map { row in turned(b).map { dot(row, $0) } }
}
private func scaled(_ m: Matrix, _ factor: Float) -> Matrix { m.map { $0.map { $0 * factor } } }
private func difference(_ a: Matrix, _ b: Matrix) -> Matrix {
  zip(a, b).map { zip($0, $1).map { $0 - $1 } }
}
private func identity(_ size: Int) -> Matrix {
  (0..<size).map { row in (0..<size).map { $0 == row ? 1 : 0 } }
}
private func isNear(_ a: Matrix, _ b: Matrix) -> Bool {
  difference(a, b).allSatisfy { $0.allSatisfy { abs($0) <= 0.001 } }
}

/// Loss and slopes by products of whole matrices, a picture a column; a change at the end.
private func trained(
  _ finish:
    @escaping @Sendable (_ answer: inout Slopes, _ x: Matrix, _ code: Matrix, _ left: Matrix) ->
    Void = { _, _, _, _ in },
  left: @escaping @Sendable (_ x: Matrix, _ output: Matrix) -> Matrix = { difference($0, $1) },
  back: @escaping @Sendable (_ w2: Matrix, _ left: Matrix) -> Matrix = {
    product(turned($0), $1)
  }
) -> @Sendable (Matrix, Matrix, Matrix) -> Slopes {
  { w1, w2, inputs in
    let x = turned(inputs)
    let code = product(w1, x)
    let rest = left(x, product(w2, code))
    let true_ = difference(x, product(w2, code))
    let n = Float(inputs.count)
    var answer: Slopes = (
      sum(true_.map { dot($0, $0) }) / n,
      scaled(product(back(w2, rest), inputs), -2 / n),
      scaled(product(rest, turned(code)), -2 / n)
    )
    finish(&answer, x, code, rest)
    return answer
  }
}

private func inverse(_ matrix: Matrix, swaps: Bool = true) -> Matrix {
  let size = matrix.count
  var (m, i) = (matrix, identity(size))
  for column in 0..<size {
    if swaps, let pivot = (column..<size).max(by: { abs(m[$0][column]) < abs(m[$1][column]) }) {
      m.swapAt(column, pivot)
      i.swapAt(column, pivot)
    }
    let own = m[column][column]
    (m[column], i[column]) = (m[column].map { $0 / own }, i[column].map { $0 / own })
    for row in 0..<size where row != column {
      let factor = m[row][column]
      m[row] = zip(m[row], m[column]).map { $0 - factor * $1 }
      i[row] = zip(i[row], i[column]).map { $0 - factor * $1 }
    }
  }
  return i
}

/// Whether a matrix and the projector agree by a rule.
private func found(
  _ rule: @escaping @Sendable (_ components: Matrix, _ w1: Matrix, _ w2: Matrix) -> Bool
) -> @Sendable (Matrix, Matrix, Matrix) -> Bool {
  { rule($0, $1, $2) }
}

private func unit(_ row: [Float]) -> [Float] {
  let length = dot(row, row).squareRoot()
  return row.map { $0 / max(length, 1e-9) }
}

@Sendable private func areAlike(_ components: Matrix, _ rows: Matrix) -> Bool {
  components.count == rows.count
    && zip(components, rows).allSatisfy { abs(dot($0, unit($1))) > 0.999 }
}

@Sendable private func lie(_ rows: Matrix, among components: Matrix) -> Bool {
  isNear(product(product(rows, turned(components)), components), rows)
}

let linearAutoencoderSpecimens: [Specimen<Chapter2Functions>] = [
  .right("2.5", "whole matrices, and the largest taken out one by one", chapter2Solutions) {
    $0.leastReconstructionLoss = { eigenvalues, width in
      var left = eigenvalues
      for _ in 0..<min(width, eigenvalues.count) {
        left.remove(at: left.indices.max { left[$0] < left[$1] }!)
      }
      return sum(left)
    }
    $0.reconstruction = trained()
    $0.hasFound = found { isNear(product($2, $1), product(turned($0), $0)) }
    $0.mixed = { (product($2, $0), product($1, inverse($2))) }
  },
  mutant("what is carried", says: "This is what the code carries") {
    $0.leastReconstructionLoss = { sum($0.sorted(by: >).prefix($1)) }
  },
  mutant("not sorted", says: "You dropped the first eigenvalues") {
    $0.leastReconstructionLoss = { sum($0.dropFirst($1)) }
  },
  mutant("ascending", says: "You dropped the smallest eigenvalues") {
    $0.leastReconstructionLoss = { sum($0.sorted().dropFirst($1)) }
  },
  mutant("a share", says: "This is a share of the variance") {
    $0.leastReconstructionLoss = { sum($0.sorted(by: >).dropFirst($1)) / sum($0) }
  },
  mutant("over the axes", says: "You divided by the number of axes") {
    $0.leastReconstructionLoss = { sum($0.sorted(by: >).dropFirst($1)) / Float($0.count) }
  },
  mutant("roots", says: "You took the roots: an eigenvalue") {
    $0.leastReconstructionLoss = { sum($0.sorted(by: >).dropFirst($1).map { $0.squareRoot() }) }
  },
  mutant("squares", says: "You squared the eigenvalues") {
    $0.leastReconstructionLoss = { sum($0.sorted(by: >).dropFirst($1).map { $0 * $0 }) }
  },
  mutant("one axis too many left away", says: "You left away one axis too many") {
    $0.leastReconstructionLoss = { sum($0.sorted(by: >).dropFirst(max(0, $1 - 1))) }
  },
  mutant("one axis too many carried", says: "carries one axis too many") {
    $0.leastReconstructionLoss = { sum($0.sorted(by: >).dropFirst($1 + 1)) }
  },
  mutant("the largest left", says: "This is the largest eigenvalue left away") {
    $0.leastReconstructionLoss = { $0.sorted(by: >).dropFirst($1).first ?? 0 }
  },
  mutant("equal eigenvalues once", says: "Equal eigenvalues count once") {
    $0.leastReconstructionLoss = { sum(Set($0).sorted(by: >).dropFirst($1)) }
  },
  mutant("the sum over inputs", says: "This is the sum over the inputs; the loss") {
    $0.reconstruction = trained { answer, x, _, _ in answer.loss *= Float(x[0].count) }
  },
  mutant("over numbers", says: "You divided by the number of numbers; |x") {
    $0.reconstruction = trained { answer, x, _, _ in answer.loss /= Float(x.count) }
  },
  mutant("half", says: "A factor 1/2 too many") {
    $0.reconstruction = trained { answer, _, _, _ in answer.loss /= 2 }
  },
  mutant("the root", says: "You took a root; the loss") {
    $0.reconstruction = trained { answer, _, _, _ in answer.loss.formSquareRoot() }
  },
  mutant("tied", says: "You decoded with the encoder's matrix turned over") {
    let right = $0.reconstruction
    $0.reconstruction = { w1, w2, inputs in
      var answer = try right(w1, w2, inputs)
      answer.loss = try right(w1, turned(w1), inputs).loss
      return answer
    }
  },
  mutant("centred first", says: "You centred the inputs first") {
    let right = $0.reconstruction
    $0.reconstruction = { w1, w2, inputs in
      let mean = turned(inputs).map { sum($0) / Float(inputs.count) }
      return try right(w1, w2, inputs.map { zip($0, mean).map { $0 - $1 } })
    }
  },
  mutant("downhill", says: "Downhill: this is minus the gradient in the encoder") {
    $0.reconstruction = trained { answer, _, _, _ in
      answer.encoder = scaled(answer.encoder, -1)
      answer.decoder = scaled(answer.decoder, -1)
    }
  },
  mutant("no factor 2", says: "The factor 2 is missing in the encoder") {
    $0.reconstruction = trained { answer, _, _, _ in
      answer.encoder = scaled(answer.encoder, 0.5)
      answer.decoder = scaled(answer.decoder, 0.5)
    }
  },
  mutant("the sum's slope", says: "This is the encoder's slope of the sum") {
    $0.reconstruction = trained { answer, x, _, _ in
      answer.encoder = scaled(answer.encoder, Float(x[0].count))
      answer.decoder = scaled(answer.decoder, Float(x[0].count))
    }
  },
  mutant("slopes over numbers", says: "You divided the encoder's slope by") {
    $0.reconstruction = trained { answer, x, _, _ in
      answer.encoder = scaled(answer.encoder, 1 / Float(x.count))
      answer.decoder = scaled(answer.decoder, 1 / Float(x.count))
    }
  },
  mutant("turned over", says: "This is the encoder's gradient turned over") {
    $0.reconstruction = trained { answer, _, _, _ in
      (answer.encoder, answer.decoder) = (turned(answer.encoder), turned(answer.decoder))
    }
  },
  mutant("no decoder in the encoder's slope", says: "without the decoder: W2ᵀ r, not r") {
    $0.reconstruction = trained(back: { w2, left in Array(left.prefix(w2[0].count)) })
  },
  mutant("the code for the picture", says: "The encoder's slope has the picture at its right") {
    let right = $0.reconstruction
    $0.reconstruction = { w1, w2, inputs in
      var answer = try right(w1, w2, inputs)
      let (x, code) = (turned(inputs), product(w1, turned(inputs)))
      let back = product(turned(w2), difference(x, product(w2, code)))
      answer.encoder = scaled(product(back, turned(code)), -2 / Float(inputs.count))
      return answer
    }
  },
  mutant("the output for what is left", says: "You took the reconstruction for what is left over") {
    $0.reconstruction = trained(left: { _, output in output })
  },
  mutant("the output in the decoder's slope", says: "In the decoder's slope you took") {
    $0.reconstruction = trained { answer, x, code, left in
      answer.decoder = scaled(product(difference(x, left), turned(code)), -2 / Float(x[0].count))
    }
  },
  mutant("the decoder downhill", says: "Downhill: this is minus the gradient in the decoder") {
    $0.reconstruction = trained { answer, _, _, _ in answer.decoder = scaled(answer.decoder, -1) }
  },
  mutant("no factor 2 in the decoder", says: "The factor 2 is missing in the decoder") {
    $0.reconstruction = trained { answer, _, _, _ in answer.decoder = scaled(answer.decoder, 0.5) }
  },
  mutant("the picture for the code", says: "The decoder's slope has the code at its right") {
    $0.reconstruction = trained { answer, x, _, left in
      answer.decoder = scaled(product(left, turned(x)), -2 / Float(x[0].count))
    }
  },
  mutant("row by row", says: "You compared the encoder's rows with the components one by one") {
    $0.hasFound = found { components, w1, _ in areAlike(components, w1) }
  },
  mutant(
    "row by row, at another limit",
    says: "You compared the encoder's rows with the components one by one"
  ) {
    $0.hasFound = found { components, w1, _ in
      zip(components, w1).allSatisfy { abs(dot($0, unit($1))) > 0.99 }
    }
  },
  mutant(
    "row by row, up to the sign",
    says: "You compared the encoder's rows with the components one by one"
  ) {
    $0.hasFound = found { components, w1, _ in
      components.count == w1.count
        && zip(components, w1).allSatisfy { isNear([$0], [$1]) || isNear([$0], scaled([$1], -1)) }
    }
  },
  mutant(
    "each row is some component",
    says: "You compared the encoder's rows with the components one by one"
  ) {
    $0.hasFound = found { components, w1, _ in
      w1.allSatisfy { row in components.contains { abs(dot($0, unit(row))) > 0.999 } }
    }
  },
  mutant("rows as they are", says: "the components as they are. A code") {
    $0.hasFound = found { components, w1, _ in
      components.count == w1.count && isNear(components, w1)
    }
  },
  mutant("column by column", says: "You compared the decoder's columns with the components") {
    $0.hasFound = found { components, _, w2 in areAlike(components, turned(w2)) }
  },
  mutant("the encoder's span", says: "only whether the encoder's rows lie") {
    $0.hasFound = found { components, w1, _ in lie(w1, among: components) }
  },
  mutant("the decoder's span", says: "only whether the decoder's columns lie") {
    $0.hasFound = found { components, _, w2 in lie(turned(w2), among: components) }
  },
  mutant("both spans", says: "how long they are decides, too") {
    $0.hasFound = found { components, w1, w2 in
      lie(w1, among: components) && lie(turned(w2), among: components)
    }
  },
  mutant("components come back", says: "only whether the components come back") {
    $0.hasFound = found { components, w1, w2 in
      isNear(product(product(w2, w1), turned(components)), turned(components))
    }
  },
  mutant("the other order", says: "You multiplied in the other order") {
    $0.hasFound = found { _, w1, w2 in isNear(product(w1, w2), identity(w1.count)) }
  },
  mutant("traces", says: "You compared the traces") {
    $0.hasFound = found { components, w1, w2 in
      let whole = product(w2, w1)
      return abs(sum(whole.indices.map { whole[$0][$0] }) - Float(components.count)) <= 0.001
    }
  },
  mutant("diagonals", says: "You compared the diagonals alone") {
    $0.hasFound = found { components, w1, w2 in
      let apart = difference(product(w2, w1), product(turned(components), components))
      return apart.indices.allSatisfy { abs(apart[$0][$0]) <= 0.001 }
    }
  },
  mutant("no size of the difference", says: "forgot that it can be far below 0") {
    $0.hasFound = found { components, w1, w2 in
      difference(product(w2, w1), product(turned(components), components)).joined()
        .allSatisfy { $0 <= 0.001 }
    }
  },
  mutant("exactly", says: "You compared exactly") {
    $0.hasFound = found { product($2, $1) == product(turned($0), $0) }
  },
  mutant("always yes", says: "Your answer is always yes") {
    $0.hasFound = found { _, _, _ in true }
  },
  mutant("always no", says: "Your answer is always no") {
    $0.hasFound = found { _, _, _ in false }
  },
  mutant("the old encoder", says: "Your encoder is the old one") {
    $0.mixed = { ($0, product($1, inverse($2))) }
  },
  mutant("G turned over in the encoder", says: "You mixed with G turned over") {
    $0.mixed = { (product(turned($2), $0), product($1, inverse($2))) }
  },
  mutant("G and its inverse exchanged", says: "G and its inverse stand in each other's place") {
    $0.mixed = { (product(inverse($2), $0), product($1, $2)) }
  },
  mutant("the inverse in both", says: "Your encoder has the inverse of G") {
    $0.mixed = { (product(inverse($2), $0), product($1, inverse($2))) }
  },
  mutant("the old decoder", says: "Your decoder is the old one") {
    $0.mixed = { (product($2, $0), $1) }
  },
  mutant("mixed once more", says: "Your decoder mixes once more") {
    $0.mixed = { (product($2, $0), product($1, $2)) }
  },
  mutant("turned over for the inverse", says: "You took G turned over for its inverse") {
    $0.mixed = { (product($2, $0), product($1, turned($2))) }
  },
  mutant("the diagonal", says: "You divided by the numbers of the diagonal") {
    $0.mixed = { w1, w2, mix in
      (product(mix, w1), w2.map { row in row.indices.map { row[$0] / mix[$0][$0] } })
    }
  },
  mutant("one over each number", says: "You turned over each number of G") {
    $0.mixed = { w1, w2, mix in
      (product(mix, w1), product(w2, mix.map { $0.map { $0 == 0 ? 0 : 1 / $0 } }))
    }
  },
  mutant("no swaps", says: "A 0 stands in the corner of G") {
    $0.mixed = { (product($2, $0), product($1, inverse($2, swaps: false))) }
  },
  mutant("no determinant", says: "The determinant is missing") {
    $0.mixed = { w1, w2, mix in
      let back =
        mix.count == 2
        ? [[mix[1][1], -mix[0][1]], [-mix[1][0], mix[0][0]]] : inverse(mix)
      return (product(mix, w1), product(w2, back))
    }
  },
  .unnamed("2.5", "the inverse of two by two alone", chapter2Solutions) {
    let right = $0.mixed
    $0.mixed = { w1, w2, mix in
      mix.count < 3 ? try right(w1, w2, mix) : (product(mix, w1), w2.map { $0.map { _ in 0 } })
    }
  },
  .undone(by: .equalRows, "2.5", "a picture's place by its numbers", chapter2Solutions) {
    let right = $0.reconstruction
    $0.reconstruction = { w1, w2, inputs in
      try right(
        w1, w2, inputs.enumerated().filter { inputs.firstIndex(of: $1) == $0 }.map(\.element))
    }
  },
  .undone(by: .sizes, "2.5", "64 eigenvalues at most", chapter2Solutions) {
    let right = $0.leastReconstructionLoss
    $0.leastReconstructionLoss = { try right(Array($0.prefix(64)), $1) }
  },
]
