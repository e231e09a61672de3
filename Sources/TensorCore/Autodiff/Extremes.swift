// The larger or smaller of two variables, element by element.

/// The larger of two elements; the shapes broadcast.
///
/// Of equal elements the first gets the gradient.
public func maximum(
  _ a: Variable, _ b: Variable, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  extreme(a, b, "maximum", file: file, line: line) { a, b in a .>= b }
}

/// The smaller of two elements; the shapes broadcast.
///
/// Of equal elements the first gets the gradient.
public func minimum(
  _ a: Variable, _ b: Variable, file: StaticString = #fileID, line: UInt = #line
) -> Variable {
  extreme(a, b, "minimum", file: file, line: line) { a, b in a .<= b }
}

/// Elements of `a` where `isFirst` says so, or where they are not a number; else those of `b`.
@inline(__always)
private func extreme(
  _ a: Variable, _ b: Variable, _ operation: String, file: StaticString, line: UInt,
  isFirst: @escaping (Lanes, Lanes) -> SIMDMask<LaneBits>
) -> Variable {
  let (xa, xb) = (a.value, b.value)
  let y = broadcast(xa, xb, operation, file: file, line: line) { a, b in
    b.replacing(with: a, where: isFirst(a, b) .| (a .!= a))
  }
  return Variable(y, from: [a, b]) { g in
    let share = broadcast(xa, xb, operation) { a, b in
      Lanes.zero.replacing(with: 1, where: isFirst(a, b) .| (a .!= a))
    }
    return [
      g.combined(with: share) { $0 * $1 }.summed(to: xa.shape),
      g.combined(with: share) { $0 * (1 - $1) }.summed(to: xb.shape),
    ]
  }
}
