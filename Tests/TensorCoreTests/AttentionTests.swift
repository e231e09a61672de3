import Testing

@testable import TensorCore

struct AttentionTests {
  /// batch, time, heads, width of a head; beyond 64 causal attention works in blocks of queries.
  @Test(arguments: [[1, 1, 1, 1], [2, 3, 2, 2], [2, 5, 1, 17], [1, 4, 3, 1], [2, 1, 2, 4]])
  func `attention agrees with differences, full and causal, with and without mask`(s: [Int]) {
    let qkv = sample([s[0], s[1], 3 * s[2] * s[3]])
    let mask = (0..<s[0] * s[1]).map { $0 % 3 != 1 }
    for isCausal in [false, true] {
      checkGradients(of: [qkv]) { attention($0[0], heads: s[2], isCausal: isCausal) }
      checkGradients(of: [qkv]) { attention($0[0], heads: s[2], isCausal: isCausal, mask: mask) }
    }
  }

  /// batch, queries, keys, heads, width of a head.
  @Test(arguments: [[1, 1, 1, 1, 1], [2, 3, 5, 2, 2], [2, 5, 1, 1, 3], [1, 2, 17, 3, 1]])
  func `attention to another sequence agrees with differences`(s: [Int]) {
    let width = s[3] * s[4]
    let inputs = [
      sample([s[0], s[1], width]), sample([s[0], s[2], width], seed: 2),
      sample([s[0], s[2], width], seed: 3),
    ]
    let mask = (0..<s[0] * s[2]).map { $0 % 4 != 2 }
    checkGradients(of: inputs) {
      attention(query: $0[0], key: $0[1], value: $0[2], heads: s[3])
    }
    checkGradients(of: inputs) {
      attention(query: $0[0], key: $0[1], value: $0[2], heads: s[3], mask: mask)
    }
  }

  /// Attention of one head, written with the operations it is made of.
  private func composed(
    _ q: Variable, _ k: Variable, _ v: Variable, isCausal: Bool, mask: [Bool]?
  ) -> Variable {
    let (batch, queries, keys) = (q.shape[0], q.shape[1], k.shape[1])
    var hidden: [Bool] = []
    for b in 0..<batch {
      for i in 0..<queries {
        for j in 0..<keys {
          hidden.append(isCausal && j > i || mask.map { !$0[b * keys + j] } ?? false)
        }
      }
    }
    let scores = matmul(q, k, transposingB: true) / Float(q.shape[2]).squareRoot()
    return matmul(softmax(masked(scores, where: hidden, with: -.infinity)), v)
  }

  @Test(arguments: [3, 64, 65, 150])
  func `attention equals the operations it is made of, also in blocks`(time: Int) {
    let (batch, heads, width) = (2, 3, 5)
    let qkv = sample([batch, time, 3 * heads * width])
    let mask = (0..<batch * time).map { $0 % 5 != 3 }
    let g = sample([batch, time, heads * width], seed: 2)
    for isCausal in [false, true] {
      let whole = Variable(qkv, needsGradient: true)
      let y = attention(whole, heads: heads, isCausal: isCausal, mask: mask)
      let value = y.value
      y.backward(from: g)
      let parts = Variable(qkv, needsGradient: true)
      let expected = concatenate(
        (0..<heads).map { head in
          let views = (0..<3).map { which in
            let first = (which * heads + head) * width
            return parts.sliced(axis: 2, first..<first + width)
          }
          return composed(views[0], views[1], views[2], isCausal: isCausal, mask: mask)
        }, axis: 2)
      let expectedValue = expected.value
      expected.backward(from: g)
      // Both add the same terms, at most 150 of size 1, in another order.
      #expect(largestDifference(value, expectedValue) < 1e-5)
      #expect(largestDifference(whole.gradient!, parts.gradient!) < 1e-5)
    }
  }

  @Test func `the form with separate tensors equals the form with one`() {
    let qkv = sample([2, 70, 18])
    let g = sample([2, 70, 6], seed: 2)
    let whole = Variable(qkv, needsGradient: true)
    let y = attention(whole, heads: 2, isCausal: true)
    let value = y.value
    y.backward(from: g)
    let apart = Variable(qkv, needsGradient: true)
    let z = attention(
      query: apart.sliced(axis: 2, 0..<6), key: apart.sliced(axis: 2, 6..<12),
      value: apart.sliced(axis: 2, 12..<18), heads: 2, isCausal: true)
    #expect(z.value == value)
    z.backward(from: g)
    #expect(apart.gradient == whole.gradient)
  }

  @Test func `a sequence of padding alone gives zeros and no gradient`() {
    let x = Variable(sample([2, 3, 12]), needsGradient: true)
    let mask = paddingMask(lengths: [0, 2], time: 3)
    #expect(mask == [false, false, false, true, true, false])
    let y = attention(x, heads: 2, mask: mask)
    #expect(y.value.numbers.prefix(12).allSatisfy { $0 == 0 })
    #expect(y.value.numbers.allSatisfy { $0.isFinite })
    y.sum().backward()
    #expect(x.gradient!.numbers.prefix(36).allSatisfy { $0 == 0 })
    #expect(x.gradient!.numbers.allSatisfy { $0.isFinite })
    let weights = attentionWeights(x.value, heads: 2, mask: mask)
    #expect(weights.numbers.prefix(18).allSatisfy { $0 == 0 })
  }

  @Test func `padding has no influence on what stands before it`() {
    let x = sample([1, 5, 12])
    var changed = x
    for column in 0..<12 { changed[0, 3, column] = 50 }
    let mask = paddingMask(lengths: [3], time: 5)
    let y = attention(Variable(x), heads: 2, mask: mask).value
    let z = attention(Variable(changed), heads: 2, mask: mask).value
    #expect(y.numbers.prefix(12) == z.numbers.prefix(12))
  }

  @Test func `the weights sum to one over what a query sees and are zero elsewhere`() {
    let x = sample([2, 70, 12])
    let weights = attentionWeights(x, heads: 2, isCausal: true)
    #expect(weights.shape == [2, 2, 70, 70])
    for query in [0, 3, 64, 69] {
      let row = (0..<70).map { weights[1, 0, query, $0] }
      // At most 70 numbers that are each rounded to 2⁻²⁴ of at most 1.
      #expect(abs(row.reduce(0, +) - 1) < 1e-5)
      #expect(row.dropFirst(query + 1).allSatisfy { $0 == 0 })
    }
    let q = Variable(x).sliced(axis: 2, 0..<4).value
    let k = Variable(x).sliced(axis: 2, 4..<8).value
    #expect(attentionWeights(query: q, key: k, heads: 2, isCausal: true) == weights)
  }

  @Test func `heads that cannot share the width stop the program`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = attention(Variable(Tensor([1, 2, 12], fill: 0)), heads: 3)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("attention: queries, keys and values [1, 2, 12]"))
    #expect(message.contains("AttentionTests.swift"))
  }
}

/// The largest difference of two tensors' elements.
func largestDifference(_ a: Tensor, _ b: Tensor) -> Float {
  zip(a.numbers, b.numbers).reduce(0) { max($0, abs($1.0 - $1.1)) }
}
