/// Stops the check unless a condition holds.
///
/// - Parameters:
///   - condition: What must hold.
///   - wrong: What to say where it does not.
/// - Throws: `wrong`, where the condition does not hold.
public func expect(_ condition: Bool, _ wrong: @autoclosure () -> Wrong) throws {
  if !condition { throw wrong() }
}

/// The least sizes to which a tolerance is relative.
///
/// A number that is a difference of others keeps their rounding: the size of the others is its least
/// size. A number that is computed by products and quotients alone is exact in its leading digits, however
/// small it is: there the least size is next to nothing.
public struct LeastSizes: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  private var all: Float = 1
  private var rows: [[Float]] = []

  /// One size for all numbers.
  public static func all(_ size: Float) -> LeastSizes {
    var sizes = LeastSizes(integerLiteral: 1)
    sizes.all = size
    return sizes
  }

  /// A size for each number of a table.
  public static func each(_ rows: [[Float]]) -> LeastSizes {
    var sizes = LeastSizes(integerLiteral: 1)
    sizes.rows = rows
    return sizes
  }

  /// A size for each number of a list.
  public static func each(_ row: [Float]) -> LeastSizes { each([row]) }

  /// One size for all numbers.
  public init(floatLiteral size: Float) { all = size }
  /// One size for all numbers.
  public init(integerLiteral size: Int) { all = Float(size) }

  /// The sizes for one row; what an answer has more than the table gets the size of all.
  subscript(row: Int) -> LeastSizes {
    rows.indices.contains(row) ? .each(rows[row]) : .all(all)
  }

  /// The size for one number of the first row.
  func size(_ column: Int) -> Float {
    rows.first.map { $0.indices.contains(column) ? $0[column] : all } ?? all
  }
}

/// Whether a number is the expected one up to rounding.
///
/// That is: `|got − expected| ≤ tolerance · max(least, |expected|)`. A large answer does not widen its own
/// tolerance; ∞ and −∞ equal themselves alone, and NaN equals nothing.
public func isClose(
  _ got: Float, _ expected: Float, tolerance: Float, least: LeastSizes = 1
) -> Bool {
  if got == expected { return true }
  guard got.isFinite, expected.isFinite else { return false }
  // In Double: the tolerance of a tiny number may be no Float.
  let size = max(Double(least.size(0)), Double(abs(expected)))
  return abs(Double(got) - Double(expected)) <= Double(tolerance) * size
}

/// Whether two lists have the same length and are equal up to rounding, number by number.
public func isClose(
  _ got: [Float], _ expected: [Float], tolerance: Float, least: LeastSizes = 1
) -> Bool {
  got.count == expected.count
    && got.indices.allSatisfy {
      isClose(got[$0], expected[$0], tolerance: tolerance, least: .all(least.size($0)))
    }
}

/// Whether two tables have the same shape and are equal up to rounding, number by number.
public func isClose(
  _ got: [[Float]], _ expected: [[Float]], tolerance: Float, least: LeastSizes = 1
) -> Bool {
  got.count == expected.count
    && got.indices.allSatisfy {
      isClose(got[$0], expected[$0], tolerance: tolerance, least: least[$0])
    }
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

/// What to say of a number that is not finite, where lengths are as large or as small as a Float's.
public let squaresAreNoFloats =
  "There is a number that is not finite in your answer. The square of 1e20 is too large for a Float, and"
  + " that of 1e-23 too small: add squares and products in Double."

/// What to say of a number that is not finite, where one does; `advice` is what helps.
public func overflows(_ advice: String) -> String {
  "There is a number that is not finite in your answer: a division by zero, or exp of a large"
    + " number. \(advice)"
}

/// How far shares of a softmax may be off that is computed in Float.
///
/// Rounding costs some 1e-7 where the largest score is taken off first. Who takes log Σ exp off has the
/// rounding of the largest score, some 1e-7 of it.
///
/// - Parameter scores: The scores, of one row or of several.
/// - Returns: A tolerance relative to a share, or to 1.
public func shareTolerance(_ scores: some Sequence<Float>) -> Float {
  2e-6 * max(1, scores.reduce(0) { max($0, abs($1)) } / 20)
}

/// The same where the scores are products of rows that are summed up in Float, too.
///
/// - Parameters:
///   - width: How many products each score sums.
///   - scores: What the scores would be if all their products were positive.
/// - Returns: A tolerance relative to a share, or to 1.
public func shareTolerance(ofProducts width: Int, _ scores: some Sequence<Float>) -> Float {
  // Rounding adds up with the root of the number of products.
  max(2e-6, 2e-7 * (1 + Float(width).squareRoot()) * scores.reduce(0) { max($0, abs($1)) })
}

/// What to say of −log(p + ε), and the ε that people add.
let epsilonInLog =
  "You added a small number inside the logarithm: where the probability is small it changes the loss."
  + " Keep the logarithm as a difference of exponents, which is never log 0."
let smallNumbers: [Float] = [1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4]

/// Stops the check unless a number is the expected one up to rounding.
///
/// The tolerance is that of `isClose`, relative to the expected number or to `least`, whichever is larger.
/// Where the answer is the one that a misconception gives, the
/// message names it. `otherwise` is what to say of the answer where no misconception fits, and
/// `notFinite` where neither does and a number is not finite.
public func expectClose(
  _ got: Float, _ expected: Float, tolerance: Float, least: LeastSizes = 1, _ what: String,
  on input: String,
  misconceptions: [Misconception<Float>] = [], otherwise: String? = nil,
  notFinite: String = overflows(takeOffTheLargest)
) throws {
  try expectClose(
    [[got]], [[expected]], tolerance: tolerance, least: least, what, on: input,
    misconceptions: misconceptions.map { Misconception($0.sentence, gives: [[$0.answer]]) },
    otherwise: otherwise, notFinite: notFinite
  ) { texts($0[0][0], besides: $1[0][0], tolerance: tolerance, least: least) }
}

/// Stops the check unless a list is the expected one up to rounding; see the form for one number.
public func expectClose(
  _ got: [Float], _ expected: [Float], tolerance: Float, least: LeastSizes = 1, _ what: String,
  on input: String,
  misconceptions: [Misconception<[Float]>] = [], otherwise: String? = nil,
  notFinite: String = overflows(takeOffTheLargest)
) throws {
  try expectClose(
    [got], [expected], tolerance: tolerance, least: least, what, on: input,
    misconceptions: misconceptions.map { Misconception($0.sentence, gives: [$0.answer]) },
    otherwise: otherwise, notFinite: notFinite
  ) { texts($0.first ?? [], besides: $1.first ?? [], tolerance: tolerance, least: least) }
}

/// Stops the check unless a table is the expected one up to rounding; see the form for a list.
public func expectClose(
  _ got: [[Float]], _ expected: [[Float]], tolerance: Float, least: LeastSizes = 1, _ what: String,
  on input: String,
  misconceptions: [Misconception<[[Float]]>] = [], otherwise: String? = nil,
  notFinite: String = overflows(takeOffTheLargest)
) throws {
  try expectClose(
    got, expected, tolerance: tolerance, least: least, what, on: input,
    misconceptions: misconceptions, otherwise: otherwise, notFinite: notFinite
  ) { texts($0, besides: $1, tolerance: tolerance, least: least) }
}

private func expectClose(
  _ got: [[Float]], _ expected: [[Float]], tolerance: Float, least: LeastSizes = 1, _ what: String,
  on input: String,
  misconceptions: [Misconception<[[Float]]>], otherwise: String?, notFinite: String,
  shown: (_ got: [[Float]], _ expected: [[Float]]) -> (got: String, expected: String)
) throws {
  let isRight = isClose(got, expected, tolerance: tolerance, least: least)
  let idea = Guesses.name(got, isRight: isRight, misconceptions) {
    isAlike($0, $1, tolerance: tolerance, least: least)
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
private func isAlike(
  _ got: [[Float]], _ wrong: [[Float]], tolerance: Float, least: LeastSizes
) -> Bool {
  got.count == wrong.count
    && got.indices.allSatisfy { row in
      let (ours, theirs, sizes) = (got[row], wrong[row], least[row])
      return ours.count == theirs.count
        && ours.indices.allSatisfy {
          ours[$0].isNaN
            ? theirs[$0].isNaN
            : isClose(ours[$0], theirs[$0], tolerance: tolerance, least: .all(sizes.size($0)))
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
