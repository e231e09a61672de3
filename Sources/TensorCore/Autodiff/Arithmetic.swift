// Sums, differences, products and quotients of two variables, or of a variable and a number.
//
// Shapes broadcast as in NumPy: aligned at their ends, two sizes must be equal or one of them 1.

extension Variable {
  /// The sum of two variables, element by element.
  public static func + (a: Variable, b: Variable) -> Variable {
    let (shapeA, shapeB) = (a.shape, b.shape)
    let y = broadcast(a.value, b.value, "+") { $0 + $1 }
    return Variable(y, from: [a, b]) { g in [g.summed(to: shapeA), g.summed(to: shapeB)] }
  }

  /// The difference of two variables, element by element.
  public static func - (a: Variable, b: Variable) -> Variable {
    let (shapeA, shapeB) = (a.shape, b.shape)
    let y = broadcast(a.value, b.value, "-") { $0 - $1 }
    return Variable(y, from: [a, b]) { g in
      [g.summed(to: shapeA), g.summed(to: shapeB).mapped { -$0 }]
    }
  }

  /// The product of two variables, element by element.
  public static func * (a: Variable, b: Variable) -> Variable {
    let (xa, xb) = (a.value, b.value)
    let (needsA, needsB) = (a.needsGradient, b.needsGradient)
    return Variable(broadcast(xa, xb, "*") { $0 * $1 }, from: [a, b]) { g in
      [
        needsA ? broadcast(g, xb, "*") { $0 * $1 }.summed(to: xa.shape) : nil,
        needsB ? broadcast(g, xa, "*") { $0 * $1 }.summed(to: xb.shape) : nil,
      ]
    }
  }

  /// The quotient of two variables, element by element.
  public static func / (a: Variable, b: Variable) -> Variable {
    let (xa, xb) = (a.value, b.value)
    let (needsA, needsB) = (a.needsGradient, b.needsGradient)
    return Variable(broadcast(xa, xb, "/") { $0 / $1 }, from: [a, b]) { g in
      let overB = broadcast(g, xb, "/") { $0 / $1 }
      guard needsB else { return [overB.summed(to: xa.shape), nil] }
      let ratio = broadcast(xa, xb, "/") { -($0 / $1) }
      return [
        needsA ? overB.summed(to: xa.shape) : nil,
        broadcast(overB, ratio, "/") { $0 * $1 }.summed(to: xb.shape),
      ]
    }
  }

  /// The variable with its sign turned.
  public static prefix func - (x: Variable) -> Variable {
    Variable(x.value.mapped { -$0 }, from: [x]) { g in [g.mapped { -$0 }] }
  }

  /// Adds a number to each element.
  public static func + (x: Variable, number: Float) -> Variable {
    Variable(x.value.mapped { $0 + number }, from: [x]) { g in [g] }
  }

  /// Adds a number to each element.
  public static func + (number: Float, x: Variable) -> Variable { x + number }

  /// Subtracts a number from each element.
  public static func - (x: Variable, number: Float) -> Variable { x + -number }

  /// Subtracts each element from a number.
  public static func - (number: Float, x: Variable) -> Variable { -x + number }

  /// Multiplies each element by a number.
  public static func * (x: Variable, number: Float) -> Variable {
    Variable(x.value.mapped { $0 * number }, from: [x]) { g in [g.mapped { $0 * number }] }
  }

  /// Multiplies each element by a number.
  public static func * (number: Float, x: Variable) -> Variable { x * number }

  /// Divides each element by a number.
  public static func / (x: Variable, number: Float) -> Variable {
    Variable(x.value.mapped { $0 / number }, from: [x]) { g in [g.mapped { $0 / number }] }
  }

  /// Divides a number by each element.
  public static func / (number: Float, x: Variable) -> Variable {
    let y = x.value.mapped { number / $0 }
    let value = x.value
    return Variable(y, from: [x]) { g in
      [g.combined(with: y.combined(with: value) { -$0 / $1 }) { $0 * $1 }]
    }
  }
}

extension Tensor {
  /// A tensor of the same shape, each number replaced by what `body` makes of it.
  @inline(__always)
  func mapped(_ body: (Lanes) -> Lanes) -> Tensor {
    let y = Tensor(uninitialized: shape)
    let (from, to) = (start, y.start)
    parallelRanges(count, grain: 1 << 14) { range in
      let at = range.lowerBound
      map(range.count, from + at, to: to + at) { body($0) }
    }
    return withExtendedLifetime(self) { y }
  }

  /// A tensor of the same shape, made from this one and another of the same shape.
  @inline(__always)
  func combined(with other: Tensor, _ body: (Lanes, Lanes) -> Lanes) -> Tensor {
    let y = Tensor(uninitialized: shape)
    let (a, b, to) = (start, other.start, y.start)
    parallelRanges(count, grain: 1 << 14) { range in
      let at = range.lowerBound
      map(range.count, a + at, b + at, to: to + at) { body($0, $1) }
    }
    return withExtendedLifetime((self, other)) { y }
  }
}
