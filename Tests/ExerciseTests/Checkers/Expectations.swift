/// Stops the check unless a condition holds.
///
/// - Parameters:
///   - condition: What must hold.
///   - wrong: What to say where it does not.
/// - Throws: `wrong`, where the condition does not hold.
public func expect(_ condition: Bool, _ wrong: @autoclosure () -> Wrong) throws {
  if !condition { throw wrong() }
}

/// Whether a number is the expected one up to rounding.
///
/// That is: `|got − expected| ≤ tolerance · max(1, |expected|)`. A large answer does not widen its own
/// tolerance; ∞ and −∞ equal themselves alone, and NaN equals nothing.
public func isClose(_ got: Float, _ expected: Float, tolerance: Float) -> Bool {
  if got == expected { return true }
  guard got.isFinite, expected.isFinite else { return false }
  return abs(got - expected) <= tolerance * max(1, abs(expected))
}

/// Whether two lists have the same length and are equal up to rounding, number by number.
public func isClose(_ got: [Float], _ expected: [Float], tolerance: Float) -> Bool {
  got.count == expected.count
    && zip(got, expected).allSatisfy { isClose($0, $1, tolerance: tolerance) }
}

/// Whether two tables have the same shape and are equal up to rounding, number by number.
public func isClose(_ got: [[Float]], _ expected: [[Float]], tolerance: Float) -> Bool {
  got.count == expected.count
    && zip(got, expected).allSatisfy { isClose($0, $1, tolerance: tolerance) }
}

/// Stops the check unless a number is the expected one up to rounding.
///
/// The tolerance is that of `isClose`. Where the answer is the one that a misconception gives, the
/// message names it.
public func expectClose(
  _ got: Float, _ expected: Float, tolerance: Float, _ what: String, on input: String,
  misconceptions: [Misconception<Float>] = []
) throws {
  try expectClose(
    [[got]], [[expected]], tolerance: tolerance, what, on: input,
    misconceptions: misconceptions.map { Misconception($0.sentence, gives: [[$0.answer]]) }
  ) { text($0.first?.first ?? .nan, besides: $1.first?.first ?? .nan) }
}

/// Stops the check unless a list is the expected one up to rounding; see the form for one number.
public func expectClose(
  _ got: [Float], _ expected: [Float], tolerance: Float, _ what: String, on input: String,
  misconceptions: [Misconception<[Float]>] = []
) throws {
  try expectClose(
    [got], [expected], tolerance: tolerance, what, on: input,
    misconceptions: misconceptions.map { Misconception($0.sentence, gives: [$0.answer]) }
  ) { text($0.first ?? [], besides: $1.first ?? []) }
}

/// Stops the check unless a table is the expected one up to rounding; see the form for one number.
public func expectClose(
  _ got: [[Float]], _ expected: [[Float]], tolerance: Float, _ what: String, on input: String,
  misconceptions: [Misconception<[[Float]]>] = []
) throws {
  try expectClose(
    got, expected, tolerance: tolerance, what, on: input, misconceptions: misconceptions
  ) { text($0, besides: $1) }
}

private func expectClose(
  _ got: [[Float]], _ expected: [[Float]], tolerance: Float, _ what: String, on input: String,
  misconceptions: [Misconception<[[Float]]>], shown: ([[Float]], [[Float]]) -> String
) throws {
  if isClose(got, expected, tolerance: tolerance) { return }
  var why: String?
  for misconception in misconceptions
  where isClose(got, misconception.answer, tolerance: tolerance) {
    why = misconception.sentence
    break
  }
  if why == nil, got.contains(where: { $0.contains { !$0.isFinite } }) {
    why =
      "There is a number that is not finite in your answer (a division by zero, or exp of a"
      + " large number)."
  }
  throw Wrong(
    what, expected: shown(expected, got), got: shown(got, expected), on: input, why: why)
}
