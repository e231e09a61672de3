import Foundation
import TensorCore
import Testing

@testable import chapter8

/// Unit rows drawn from a seed.
private func directions(_ views: Int, _ width: Int, seed: UInt64) -> Variable {
  var random = Random(seed: seed)
  return l2Normalised(Variable(Tensor(normal: [views, width], using: &random)))
}

/// NT-Xent as the paper's equation 1 has it, term by term in 64 bits.
private func plainNTXent(_ z: [[Double]], temperature: Double) -> Double {
  let half = z.count / 2
  func similarity(_ i: Int, _ j: Int) -> Double {
    let norm = { (row: [Double]) in row.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    return zip(z[i], z[j]).reduce(0) { $0 + $1.0 * $1.1 } / (norm(z[i]) * norm(z[j]))
  }
  let terms = z.indices.map { i -> Double in
    let partner = i < half ? i + half : i - half
    let denominator = z.indices.filter { $0 != i }.reduce(0.0) {
      $0 + exp(similarity(i, $1) / temperature)
    }
    return -log(exp(similarity(i, partner) / temperature) / denominator)
  }
  return terms.reduce(0, +) / Double(z.count)
}

private func rows(_ z: Variable) -> [[Double]] {
  let (width, numbers) = (z.shape[1], z.value.numbers.map(Double.init))
  return (0..<z.shape[0]).map { Array(numbers[$0 * width..<($0 + 1) * width]) }
}

/// The gradient for rows that the loss normalises itself.
private func gradient(_ raw: Tensor, temperature: Float) -> (loss: Float, slope: Tensor) {
  let x = Variable(raw, needsGradient: true)
  let loss = ntXent(l2Normalised(x), temperature: temperature)
  loss.backward()
  return (loss.value.number, x.gradient!)
}

@Suite struct `NT-Xent` {
  @Test(arguments: [2, 3, 16, 100])
  func `views that are all equal cost log(2N − 1)`(pairs: Int) {
    var random = Random(seed: 3)
    let one = l2Normalised(Variable(Tensor(normal: [1, 8], using: &random)))
    let z = one.gather(Array(repeating: 0, count: 2 * pairs))
    for temperature: Float in [0.05, 0.5, 1] {
      let loss = ntXent(z, temperature: temperature).value.number
      // Logits of up to 20 are known to 2·10⁻⁶.
      #expect(abs(loss - log(Float(2 * pairs - 1))) < 1e-5)
    }
  }

  @Test(arguments: [Float(0.05), 0.1, 0.5, 1])
  func `aligned pairs orthogonal to all others cost log(1 + (2N − 2) exp(−1 over τ))`(
    temperature: Float
  ) {
    let pairs = 6
    let loss = ntXent(coincidingPairs(pairs), temperature: temperature)
    let expected = log(1 + Double(2 * pairs - 2) * exp(-1 / Double(temperature)))
    // At 0.05 the loss itself is 2·10⁻⁸, below the precision of logits of 20.
    #expect(abs(Double(loss.value.number) - expected) < 3e-6)
  }

  @Test func `it is the paper's formula, term by term`() {
    for (seed, pairs) in [(UInt64(1), 2), (2, 3), (3, 7), (4, 20)] {
      let z = directions(2 * pairs, 5, seed: seed)
      for temperature in [0.1, 0.5, 1, 5] {
        let loss = ntXent(z, temperature: Float(temperature)).value.number
        let plain = plainNTXent(rows(z), temperature: temperature)
        // Ten logits of at most 10, each known to 10⁻⁶.
        #expect(abs(Double(loss) - plain) < 1e-5)
      }
    }
  }

  @Test func `the gradient is orthogonal to each z`() {
    var random = Random(seed: 5)
    let raw = Tensor(normal: [12, 6], using: &random)
    let slope = gradient(raw, temperature: 0.2).slope
    for row in 0..<12 {
      let along = (0..<6).reduce(Float(0)) { $0 + raw[row, $1] * slope[row, $1] }
      let size = (0..<6).reduce(Float(0)) { $0 + abs(raw[row, $1] * slope[row, $1]) }
      // Rounding of six products is some 10⁻⁷ of their sizes.
      #expect(abs(along) < 2e-6 * max(size, 0.1))
    }
  }

  @Test(arguments: [Float(0.1), 3, 100])
  func `longer z have the same loss and a gradient shorter by as much`(factor: Float) {
    var random = Random(seed: 6)
    let raw = Tensor(normal: [10, 4], using: &random)
    let scaled = Tensor([10, 4], raw.numbers.map { $0 * factor })
    let (loss, slope) = gradient(raw, temperature: 0.5)
    let (otherLoss, otherSlope) = gradient(scaled, temperature: 0.5)
    #expect(abs(loss - otherLoss) < 1e-6)
    for (a, b) in zip(slope.numbers, otherSlope.numbers) { #expect(abs(a - b * factor) < 1e-6) }
  }

  @Test func `a rotation of all z leaves the loss and rotates the gradient`() {
    var random = Random(seed: 7)
    let raw = Tensor(normal: [8, 2], using: &random)
    let (cosine, sine) = (cos(Float(0.7)), sin(Float(0.7)))
    let turned = { (x: Tensor) in
      Tensor(
        x.shape,
        (0..<x.shape[0]).flatMap { row in
          [
            cosine * x[row, 0] - sine * x[row, 1],
            sine * x[row, 0] + cosine * x[row, 1],
          ]
        })
    }
    let (loss, slope) = gradient(raw, temperature: 0.5)
    let (otherLoss, otherSlope) = gradient(turned(raw), temperature: 0.5)
    #expect(abs(loss - otherLoss) < 1e-6)
    for (a, b) in zip(turned(slope).numbers, otherSlope.numbers) { #expect(abs(a - b) < 1e-6) }
  }

  @Test func `the order of the pairs does not matter, nor which view comes first`() {
    let z = directions(10, 4, seed: 8)
    let loss = ntXent(z, temperature: 0.3).value.number
    let reordered = z.gather([3, 1, 4, 0, 2, 8, 6, 9, 5, 7])
    let swapped = z.gather([5, 6, 7, 8, 9, 0, 1, 2, 3, 4])
    let someSwapped = z.gather([5, 1, 7, 3, 4, 0, 6, 2, 8, 9])
    for other in [reordered, swapped, someSwapped] {
      #expect(abs(ntXent(other, temperature: 0.3).value.number - loss) < 1e-6)
    }
    // Another partner is another loss.
    let mispaired = z.gather([1, 0, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(abs(ntXent(mispaired, temperature: 0.3).value.number - loss) > 1e-3)
  }

  @Test func `no temperature overflows`() {
    let z = directions(8, 4, seed: 9)
    for temperature: Float in [1e-6, 1e-3, 1e6] {
      let x = Variable(z.value, needsGradient: true)
      let loss = ntXent(x, temperature: temperature)
      loss.backward()
      #expect(loss.value.number.isFinite)
      #expect(x.gradient!.numbers.allSatisfy { $0.isFinite })
    }
  }

  @Test func `a single pair has nothing to be told from`() {
    #expect(ntXent(directions(2, 4, seed: 10), temperature: 0.5).value.number == 0)
  }

  @Test func `contrastive accuracy counts the views whose nearest view is their partner`() {
    // Two pairs; one view of the second pair strayed to the first.
    let angles: [Float] = [0, 1.5, 0.1, 0.3]
    let z = Variable(Tensor([4, 2], angles.flatMap { [cos($0), sin($0)] }))
    // 0 ↔ 0.1 are each other's nearest; 1.5 is nearest to 0.3, but 0.3 is nearest to 0.1.
    #expect(contrastiveAccuracy(z) == 0.75)
  }
}
