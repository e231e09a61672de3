import CourseData
import TensorCore

/// Pairs that a sampler drew one after another, and what they were drawn for.
struct DrawnPairs {
  typealias Pair = Chapter3Functions.DrawnPair
  typealias Step = (down: Int, across: Int)

  let height: Int
  let width: Int
  let size: Int
  let gap: Int
  let jitter: Int
  private(set) var pairs: [Pair] = []

  /// A picture and how patches lie, without pairs.
  init(height: Int, width: Int, size: Int, gap: Int, jitter: Int) {
    (self.height, self.width) = (height, width)
    (self.size, self.gap, self.jitter) = (size, gap, jitter)
  }

  /// A picture that has so many places for nine patches, down and across.
  init(places: (rows: Int, columns: Int), size: Int, gap: Int, jitter: Int) {
    let nine = 3 * size + 2 * gap + 2 * jitter - 1
    self.init(
      height: nine + places.rows, width: nine + places.columns, size: size, gap: gap,
      jitter: jitter)
  }

  /// The input as a learner would write it.
  var input: String {
    "height \(height), width \(width), size \(size), gap \(gap), jitter \(jitter)"
  }

  /// How far neighbouring patches' corners are apart before they are moved.
  var pitch: Int { size + gap }
  /// The rows that the first patch's corner may come to lie in, and its columns.
  var tops: ClosedRange<Int> { pitch...(height - pitch - size) }
  var lefts: ClosedRange<Int> { pitch...(width - pitch - size) }

  /// Draws pairs with one generator.
  mutating func draw(_ count: Int, _ functions: Chapter3Functions, seed: UInt64) throws {
    var random = Random(seed: seed)
    for _ in 0..<count { try draw(functions, &random) }
  }

  /// Draws one more pair.
  mutating func draw(_ functions: Chapter3Functions, _ random: inout Random) throws {
    pairs.append(
      try answer(on: input) {
        try functions.drawPair(height, width, size, gap, jitter, &random)
      })
  }

  // MARK: Where pairs lie

  /// The eight directions by label.
  static let directions: [Step] = (0..<8).map { PatchLayout.direction($0) }
  /// The same with the labels going around the middle as the hands of a clock.
  private static let aroundTheClock = [0, 1, 2, 4, 7, 6, 5, 3].map { directions[$0] }

  static func shown(_ pair: Pair) -> String {
    "first (\(pair.first.top), \(pair.first.left)), second (\(pair.second.top), "
      + "\(pair.second.left)), label \(pair.label)"
  }

  /// Whether the second patch lies that many steps from the first, up to both patches' jitter.
  private func lies(_ pair: Pair, _ step: Step, pitch: Int) -> Bool {
    // A learner's numbers may be any: no difference of them may overflow.
    let all = [pair.first.top, pair.first.left, pair.second.top, pair.second.left]
    guard all.allSatisfy({ $0.clamped == $0 }) else { return false }
    let down = pair.second.top - pair.first.top - step.down * pitch
    let across = pair.second.left - pair.first.left - step.across * pitch
    return max(abs(down), abs(across)) <= 2 * jitter
  }

  private func step(_ label: Int) -> Step? {
    DrawnPairs.directions.indices.contains(label) ? DrawnPairs.directions[label] : nil
  }

  private func lies(
    _ pair: Pair, pitch: Int? = nil, _ change: (Step) -> Step = { $0 }
  ) -> Bool {
    step(pair.label).map { lies(pair, change($0), pitch: pitch ?? self.pitch) } ?? false
  }

  private func isInside(_ pair: Pair) -> Bool {
    tops.contains(pair.first.top) && lefts.contains(pair.first.left)
  }

  private func swapped(_ pair: Pair) -> Pair {
    (
      (pair.first.left, pair.first.top), (pair.second.left, pair.second.top), pair.label
    )
  }

  /// What is wrong with a pair by itself; nil where it may have been drawn.
  private func fault(_ pair: Pair) -> (what: String, expected: String)? {
    guard let step = step(pair.label) else { return ("There is no such label.", "0…7") }
    if !isInside(pair) {
      return (
        "The first patch lies where not all nine fit.",
        "the first patch's row from \(tops.lowerBound) to \(tops.upperBound), its column from "
          + "\(lefts.lowerBound) to \(lefts.upperBound)"
      )
    }
    if !lies(pair) {
      let slack = jitter == 0 ? "" : ", up to \(2 * jitter) more or less"
      return (
        "The second patch does not lie where the label says.",
        "the second \(step.down * pitch) rows and \(step.across * pitch) columns from the first"
          + slack
      )
    }
    let isWhole =
      (0...(height - size)).contains(pair.second.top)
      && (0...(width - size)).contains(pair.second.left)
    return isWhole
      ? nil : ("The second patch lies in part outside the picture.", "all of it inside")
  }

  /// Stops the check unless each pair may have been drawn.
  func expectPossible() throws {
    let wrong = pairs.first { fault($0) != nil }
    let why = Guesses.name(isRight: wrong == nil, ideas)
    guard let wrong, let fault = fault(wrong) else { return }
    throw Wrong(
      fault.what, expected: fault.expected, got: DrawnPairs.shown(wrong), on: input, why: why)
  }

  /// What wrong ideas draw.
  private var ideas: [(sentence: String, fits: Bool)] {
    func all(_ isMeant: (Pair) -> Bool) -> Bool { pairs.allSatisfy(isMeant) }
    func within(_ place: Int, _ range: ClosedRange<Int>, by shift: Int) -> Bool {
      (range.lowerBound + shift...range.upperBound + shift).contains(place)
    }
    let nine: (Pair) -> Bool = { pair in
      (0..<9).contains(pair.label)
        && lies(pair, (pair.label / 3 - 1, pair.label % 3 - 1), pitch: pitch)
    }
    let rows = pairs.map(\.first.top)
    let columns = pairs.map(\.first.left)
    let (least, most) = (rows.min() ?? 0, rows.max() ?? 0)
    let isWide =
      least < tops.lowerBound - jitter && most > tops.upperBound - pitch
      || (columns.min() ?? 0) < lefts.lowerBound - jitter
        && (columns.max() ?? 0) > lefts.upperBound - pitch + jitter
    let shift = size / 2
    return [
      (
        "Your labels run column by column; 1 is above the middle, 3 to its left.",
        all { isInside($0) && lies($0) { ($0.across, $0.down) } }
      ),
      (
        "Your label says where the first lies as seen from the second; it is the other way round.",
        all { isInside($0) && lies($0) { (-$0.down, -$0.across) } }
      ),
      (
        "Your labels go around the middle; they run row by row.",
        all { pair in
          (0..<8).contains(pair.label) && isInside(pair)
            && lies(pair, DrawnPairs.aroundTheClock[pair.label], pitch: pitch)
        }
      ),
      (
        "You counted the middle as one of the places: a patch is not its own neighbour, and behind the "
          + "middle the labels are one less than the places.", all { isInside($0) && nine($0) }
      ),
      (
        "The gap is missing: neighbouring corners are size + gap apart.",
        all { isInside($0) && lies($0, pitch: size) }
          || all { lies($0, pitch: size) && within($0.first.top, tops, by: -gap) }
      ),
      (
        "You stepped by the gap alone: neighbouring corners are size + gap apart.",
        all { isInside($0) && lies($0, pitch: gap) }
      ),
      (
        "You gave back the corner of all nine as that of the first patch, which lies in their middle.",
        all {
          lies($0) && within($0.first.top, tops, by: -pitch)
            && within($0.first.left, lefts, by: -pitch)
        }
      ),
      (
        "You drew the first patch wherever it fits by itself; all nine must fit.",
        isWide && all { lies($0) }
      ),
      (
        "You gave back the patches' middles; asked for are their upper left pixels.",
        all {
          lies($0) && within($0.first.top, tops, by: shift)
            && within($0.first.left, lefts, by: shift)
        }
      ),
      (
        "Rows and columns have changed places in your pairs: a place is (top, left).",
        all { isInside(swapped($0)) && lies(swapped($0)) }
      ),
      (
        "You drew the row from the width and the column from the height.",
        all { isInside(swapped($0)) && lies($0) }
      ),
      (
        "At the border there is too little room for your jitter: leave `jitter` pixels free on every side, "
          + "and move no patch by more.",
        jitter == 0
          ? all { isInside($0) && lies($0) }
          : all {
            lies($0)
              && (tops.lowerBound - 2 * jitter...tops.upperBound + 2 * jitter).contains(
                $0.first.top)
              && (lefts.lowerBound - 2 * jitter...lefts.upperBound + 2 * jitter).contains(
                $0.first.left)
          } && !all(isInside) && (rows.min() ?? 0) < tops.lowerBound
      ),
    ]
  }

  // MARK: How often

  /// The first of several equally likely cells that came too often or too rarely; nil where none did.
  ///
  /// Six deviations are exceeded twice in 10⁹ draws of a cell.
  static func uneven(_ counts: [Int], of draws: Int) -> Int? {
    let share = 1 / Double(counts.count)
    let room = 6 * (Double(draws) * share * (1 - share)).squareRoot()
    return counts.firstIndex { abs(Double($0) - Double(draws) * share) > room }
  }

  /// How often each number below a bound came; others are left out.
  static func counts(_ numbers: [Int], below bound: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: bound)
    for number in numbers where (0..<bound).contains(number) { counts[number] += 1 }
    return counts
  }

  static let isCopied =
    "Draw after draw gives the same pair: you draw from a copy of the generator, and `random` never "
    + "moves on, or you draw nothing."

  /// Stops the check unless the eight labels came equally often.
  func expectEvenLabels() throws {
    let counts = DrawnPairs.counts(pairs.map(\.label), below: 8)
    let wrong = DrawnPairs.uneven(counts, of: pairs.count)
    func isAbout(_ count: Int, _ share: Double) -> Bool {
      let mean = Double(pairs.count) * share
      return abs(Double(count) - mean) <= 6 * (mean * (1 - share)).squareRoot()
    }
    let why = Guesses.name(
      isRight: wrong == nil,
      [
        (DrawnPairs.isCopied, areAllAlike),
        (
          "Only straight neighbours come, no diagonal ones.",
          [0, 2, 5, 7].allSatisfy { counts[$0] == 0 } && !areAllAlike
        ),
        (
          "The last neighbour never comes: integer(below: 8) gives 0…7.",
          counts[7] == 0 && counts[..<7].allSatisfy { isAbout($0, 1.0 / 7) }
        ),
        (
          "One neighbour comes twice as often as the others: you drew one of nine places and put another in "
            + "the place of the middle.",
          counts.count { isAbout($0, 2.0 / 9) } == 1 && counts.count { isAbout($0, 1.0 / 9) } == 7
        ),
      ])
    guard let wrong else { return }
    throw Wrong(
      "The labels are not equally likely.",
      expected: "each some \(pairs.count / 8) times in \(pairs.count) draws",
      got: "labels 0…7: " + text(counts), on: input,
      why: why ?? (counts[wrong] == 0 ? "Label \(wrong) never comes." : nil))
  }

  /// Whether all pairs are one.
  var areAllAlike: Bool {
    pairs.count > 1 && Set(pairs.map(DrawnPairs.shown)).count == 1
  }
}

extension Int {
  /// The number, brought to where sums of a few have room.
  fileprivate var clamped: Int { Swift.max(-1_000_000_000, Swift.min(1_000_000_000, self)) }
}
