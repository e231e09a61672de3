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

/// What to do against exp of large numbers, in the words that every exercise has for it.
public let takeOffTheLargest =
  "exp(89) is too large for a Float: take the largest exponent off all of them before exp, which"
  + " changes no share, and keep the logarithm of a fraction as a difference."

/// What to do against exp of large numbers in a σ, which is a share of nothing that could be moved.
public let takeExpOfNegatives =
  "exp(89) is too large for a Float, exp(710) for a Double: use a form of σ, or of log σ, whose exp only"
  + " gets negative numbers. Which one depends on the sign of the score."

/// What to say of a number that is not finite, where nothing takes exp.
public let dividesByZero =
  "There is a number that is not finite in your answer: a division by 0, the logarithm of 0 or 0 · ∞ gives"
  + " such."

/// What to say of a number that is not finite, where one does; `advice` is what helps.
public func overflows(_ advice: String) -> String {
  "There is a number that is not finite in your answer: a division by zero, or exp of a large"
    + " number. \(advice)"
}

/// What to say of −log(p + ε), and the ε that people add.
let epsilonInLog =
  "You added a small number inside the logarithm: where the probability is small it changes the loss."
  + " Keep the logarithm as a difference of exponents, which is never log 0."
let smallNumbers: [Float] = [1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4]

/// Stops the check unless a number is the expected one up to rounding.
///
/// The tolerance is that of `isClose`. Where the answer is the one that a misconception gives, the
/// message names it. `otherwise` is what to say of the answer where no misconception fits, and
/// `notFinite` where neither does and a number is not finite.
public func expectClose(
  _ got: Float, _ expected: Float, tolerance: Float, _ what: String, on input: String,
  misconceptions: [Misconception<Float>] = [], otherwise: String? = nil,
  notFinite: String = overflows(takeOffTheLargest)
) throws {
  try expectClose(
    [[got]], [[expected]], tolerance: tolerance, what, on: input,
    misconceptions: misconceptions.map { Misconception($0.sentence, gives: [[$0.answer]]) },
    otherwise: otherwise, notFinite: notFinite
  ) { texts($0[0][0], besides: $1[0][0], tolerance: tolerance) }
}

/// Stops the check unless a list is the expected one up to rounding; see the form for one number.
public func expectClose(
  _ got: [Float], _ expected: [Float], tolerance: Float, _ what: String, on input: String,
  misconceptions: [Misconception<[Float]>] = [], otherwise: String? = nil,
  notFinite: String = overflows(takeOffTheLargest)
) throws {
  try expectClose(
    [got], [expected], tolerance: tolerance, what, on: input,
    misconceptions: misconceptions.map { Misconception($0.sentence, gives: [$0.answer]) },
    otherwise: otherwise, notFinite: notFinite
  ) { texts($0.first ?? [], besides: $1.first ?? [], tolerance: tolerance) }
}

/// Stops the check unless a table is the expected one up to rounding; see the form for a list.
public func expectClose(
  _ got: [[Float]], _ expected: [[Float]], tolerance: Float, _ what: String, on input: String,
  misconceptions: [Misconception<[[Float]]>] = [], otherwise: String? = nil,
  notFinite: String = overflows(takeOffTheLargest)
) throws {
  try expectClose(
    got, expected, tolerance: tolerance, what, on: input, misconceptions: misconceptions,
    otherwise: otherwise, notFinite: notFinite
  ) { texts($0, besides: $1, tolerance: tolerance) }
}

private func expectClose(
  _ got: [[Float]], _ expected: [[Float]], tolerance: Float, _ what: String, on input: String,
  misconceptions: [Misconception<[[Float]]>], otherwise: String?, notFinite: String,
  shown: (_ got: [[Float]], _ expected: [[Float]]) -> (got: String, expected: String)
) throws {
  let isRight = isClose(got, expected, tolerance: tolerance)
  let idea = Guesses.name(got, isRight: isRight, misconceptions) {
    isAlike($0, $1, tolerance: tolerance)
  }
  if isRight { return }
  var why = idea ?? otherwise
  if why == nil, got.contains(where: { $0.contains { !$0.isFinite } }) {
    why = notFinite
  }
  let texts = shown(got, expected)
  throw Wrong(what, expected: texts.expected, got: texts.got, on: input, why: why)
}

/// Whether an answer is the one that a wrong idea gives: as `isClose`, and NaN is like NaN.
private func isAlike(_ got: [[Float]], _ wrong: [[Float]], tolerance: Float) -> Bool {
  got.count == wrong.count
    && zip(got, wrong).allSatisfy { ours, theirs in
      ours.count == theirs.count
        && zip(ours, theirs).allSatisfy {
          $0.isNaN ? $1.isNaN : isClose($0, $1, tolerance: tolerance)
        }
    }
}

/// Stops the check unless an answer is the expected one exactly.
///
/// Where the answer is the one that a misconception gives, the message names it; `shown` is an answer
/// as a learner would write it.
public func expectEqual<Answer: Equatable>(
  _ got: Answer, _ expected: Answer, _ what: String, on input: String,
  shown: (Answer) -> String, misconceptions: [Misconception<Answer>] = []
) throws {
  let why = Guesses.name(got, isRight: got == expected, misconceptions, isAlike: ==)
  if got == expected { return }
  throw Wrong(what, expected: shown(expected), got: shown(got), on: input, why: why)
}
