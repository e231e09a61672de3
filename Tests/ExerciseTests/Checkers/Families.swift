import ExerciseFunctions
import Synchronization
import TensorCore

/// A kind of input that undoes answers which are right on ordinary ones.
///
/// An author has every part meet the kinds that apply: `unfriendlyTables`, `unfriendlyLists`, or
/// `unfriendly` around inputs of the exercise's own. Each of them needs an answer that it undoes, among
/// the exercise's specimens.
public enum Family: String, Sendable, CaseIterable {
  /// An answer that finds a row by its value takes one for the other.
  case equalRows = "rows that are equal"
  /// An answer may be right up to so many lanes, bits of a word, or pictures.
  case sizes = "another size"
  /// Far from the origin, tiny and huge lengths, rewards of hundreds, warm temperatures.
  case scale = "numbers far larger or smaller"
  /// The largest number comes first, in the middle, last; the policy is all but sure.
  case stability = "a large number among small ones"
  /// Differences that an ε or few digits hide.
  case nearTies = "numbers that are almost equal, or 0"
  /// Halves, and shares that are no sums of powers of two.
  case rounding = "a share that falls between whole numbers"
  /// The same seed again, elsewhere; each draw on its own; the same parameters with other data.
  case chance = "draws, again and elsewhere"
  /// What the stub allows, at its limits.
  case edges = "the edge of what is allowed"

  /// Notes in tests which kinds a checker meets.
  @TaskLocal public static var witness: Witness?

  /// The kinds that were met.
  public final class Witness: Sendable {
    private let families = Mutex<Set<Family>>([])

    /// Has seen none yet.
    public init() {}

    /// The kinds that were met so far.
    public var met: Set<Family> { families.withLock { $0 } }

    func add(_ family: Family) { families.withLock { _ = $0.insert(family) } }
  }

  /// What a message ends with whose input is of this kind.
  public var remark: String { "(an input of its own kind: \(rawValue))" }

  /// Sizes of lists and widths of rows: each number of lanes and its neighbours, and more than a word's
  /// bits.
  public static let widths = Array(1...9) + [17]

  /// More than what an answer may be cut to: 64, 100, 512, 1,000.
  ///
  /// It is for functions whose time does not grow with its square.
  public static let many = 1100

  /// Shares of a number of things that fall on a half, or next to a whole number in Float: rounded down,
  /// up, to even, or in Double, some of them give another number.
  public static let betweenWholeNumbers: [(share: Float, count: Int)] = [
    (0.5, 1), (0.5, 5), (0.5, 3), (0.7, 5), (0.1, 4), (0.9, 4), (0.3, 5), (0.25, 6),
  ]

  /// Ways to come from a share to a number, and the sentence about each wrong one: on
  /// `betweenWholeNumbers` no two of them agree everywhere.
  static let wrongRoundings: [(sentence: String, count: @Sendable (Float, Int) -> Int)] = [
    ("You rounded down; the number is rounded to the nearest.", { Int($0 * Float($1)) }),
    (
      "You rounded up; the number is rounded to the nearest.",
      { Int(($0 * Float($1)).rounded(.up)) }
    ),
    (
      "A half is rounded away from 0 here, as `rounded()` does it; yours went to the even number.",
      { Int(($0 * Float($1)).rounded(.toNearestOrEven)) }
    ),
    (
      "You multiplied in Double, where 0.7 · 5 is a little less than 3.5; the formula multiplies two"
        + " Floats.", { Int((Double($0) * Double($1)).rounded()) }
    ),
    (
      "You rounded the number of those who stay on the other side and took what is left: a half then"
        + " falls on the wrong side.", { $1 - Int(((1 - $0) * Float($1)).rounded()) }
    ),
  ]
}

/// Has a check meet inputs of a kind; the message of what it finds names the kind.
///
/// - Throws: what the check throws.
public func unfriendly(_ family: Family, _ check: () throws -> Void) throws {
  Family.witness?.add(family)
  do {
    try check()
  } catch var wrong as Wrong {
    if !wrong.message.contains(family.remark) { wrong.message += "\n" + family.remark }
    throw wrong
  }
}

/// Has a check meet tables of some kinds, of four rows or more and an even number of them.
///
/// - Parameters:
///   - families: `equalRows`, `sizes`, `scale`, `stability` or `nearTies`.
///   - seed: For the numbers of the tables, and for what the check draws besides.
///   - check: Gets a table `[rows][width]` and a generator.
/// - Throws: what the check throws.
public func unfriendlyTables(
  _ families: Family..., seed: UInt64, _ check: ([[Float]], inout Random) throws -> Void
) throws {
  for (place, family) in families.enumerated() {
    var random = Random(seed: seed, stream: place)
    for table in family.tables(&random) {
      try unfriendly(family) { try check(table, &random) }
    }
  }
}

/// Has a check meet lists of some kinds: `sizes`, `scale`, `stability`, `nearTies`, `equalRows`.
///
/// - Throws: what the check throws.
public func unfriendlyLists(
  _ families: Family..., seed: UInt64, _ check: ([Float], inout Random) throws -> Void
) throws {
  for (place, family) in families.enumerated() {
    var random = Random(seed: seed, stream: place)
    for list in family.lists(&random) {
      try unfriendly(family) { try check(list, &random) }
    }
  }
}

extension Family {
  fileprivate func tables(_ random: inout Random) -> [[[Float]]] {
    func drawn(_ rows: Int, _ width: Int) -> [[Float]] {
      // No row is all 0, so that each has a direction.
      (0..<rows).map { _ in (0..<width).map { _ in 0.01 + (random.normal() * 64).rounded() / 64 } }
    }
    switch self {
    case .equalRows:
      return [
        [[1, 2], [1, 2], [2, -1], [1, 2]], [[1, 2, 0], [2, -1, 1], [1, 2, 0], [2, -1, 1]],
        [[0.5], [0.5], [0.5], [0.5]],
      ]
    case .sizes:
      return Family.widths.enumerated().map { drawn($0 % 2 == 0 ? 4 : 6, $1) }
        + [drawn(18, 2), drawn(70, 3), drawn(4, 130)]
    case .scale:
      // In Float the neighbours of 5,000 are 1/2048 away: a half is exact.
      let far: [[Float]] = [[5000, 5000.5], [5000.5, 5000], [4999.5, 5001], [5001, 4999.5]]
      // The square of 1e20 is too large for a Float, and those of 1e-23 and 1e-30 are too small.
      let mixed = ([[1e10, 1e-12, 1, 1e-6], [1e20, 1e-23, 1, 1e-30]] as [[Float]]).map { lengths in
        zip([[3, 1], [1, 2], [-1, 1], [2, -1]] as [[Float]], lengths).map { row, length in
          row.map { $0 * length }
        }
      }
      return [far] + mixed
    case .stability:
      return [
        [[1000, 0, -1], [0, 1000, 990], [-1, 0, 1000], [-1000, -999, -1001]],
        [[1000, 900], [-1000, -900], [0, 1000], [0, -1000]],
      ]
    case .nearTies:
      // Differences of 2⁻¹³, about 1e-4, are exact.
      // Then as small as they can be; and logits whose shares are 1e-4 to 1e-7 beside nearly 1.
      let tables = ([0x1p-13, 0x1p-23] as [Float]).map { step -> [[Float]] in
        [[1, 1 + step], [1 + step, 1], [1 - step, 1], [1, 1 - step]]
      }
      return tables + [[[0, -10], [-9, 0], [0, -13], [-16, 0]]]
    case .rounding, .chance, .edges: return []
    }
  }

  fileprivate func lists(_ random: inout Random) -> [[Float]] {
    switch self {
    case .sizes:
      return (Family.widths + [70, 130]).map { count in
        (0..<count).map { _ in (random.normal() * 64).rounded() / 64 }
      }
    case .stability:
      // The largest number first, in the middle, last, and far below 0.
      return [
        [1000, 0, -5], [0, 1000, 990], [-5, 0, 1000], [-1000, -1001, -999], [90, -90, 0],
        [-90, -90, 90, 0], [6, 0, 0], [0, 0, 6],
      ]
    case .nearTies:
      let steps = ([0x1p-13, 0x1p-23] as [Float]).flatMap { step -> [[Float]] in
        [[1, 1 + step, 1], [1 + step, 1, 1 - step], [0, step, 0]]
      }
      // Logits whose shares are 1e-4 to 1e-7 beside nearly 1.
      return steps + [[0, 0, 0], [0, -10, -11], [-14, 0, -9], [0, -16], [-13, -16, 0]]
    case .equalRows: return [[1, 1, 0], [0, 1, 1], [2, 2, 2, 2]]
    case .scale: return [[300, 299, 301], [1e-6, 2e-6, 0]]
    case .rounding, .chance, .edges: return []
    }
  }
}

/// Has the learner's functions go on elsewhere: in a new process, which remembers nothing and has
/// another order of Sets and other hash values.
///
/// In tests that check functions of their own process, Sets get other places in memory at least.
///
/// - Throws: `LostAnswer`, where the process has ended.
public func goElsewhere() throws {
  if let process = Line.current {
    try process.startAnew()
  } else {
    MovedMemory.current.withLock { $0.move() }
  }
}

/// Checks that the same call gives the same answer again, at once and elsewhere.
///
/// - Parameters:
///   - wrong: What to say where it does not.
///   - answer: Calls the learner's function with a generator of the same seed each time.
/// - Returns: The answer.
/// - Throws: `wrong`, and what the call throws.
@discardableResult
public func expectSame<Answer: Equatable>(
  _ wrong: @autoclosure () -> Wrong, _ answer: () throws -> Answer
) throws -> Answer {
  let first = try answer()
  try unfriendly(.chance) {
    // A new process is another world; moved memory is one only where it happens to matter.
    for _ in 0..<(Line.current == nil ? 12 : 2) {
      if try answer() != first { throw wrong() }
      try goElsewhere()
      if try answer() != first { throw wrong() }
    }
  }
  return first
}
