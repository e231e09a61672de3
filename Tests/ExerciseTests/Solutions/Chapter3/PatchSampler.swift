import Checkers
import CourseData
import ExerciseFunctions
import SolutionFunctions
import TensorCore

private typealias Corner = Chapter3Functions.Corner
private typealias Draw =
  @Sendable (Int, Int, Int, Int, Int, inout Random) throws -> Chapter3Functions.DrawnPair

private func mutant(
  _ name: String, says sentence: String, also: [String] = [], _ draw: @escaping Draw
) -> Specimen<Chapter3Functions> {
  .mutant("3.1", name, says: sentence, also: also, chapter3Solutions) { $0.drawPair = draw }
}

private func undone(
  by family: Family, _ name: String, told words: [String] = [], _ draw: @escaping Draw
) -> Specimen<Chapter3Functions> {
  .undone(by: family, "3.1", name, told: words, chapter3Solutions) { $0.drawPair = draw }
}

private func offset(_ jitter: Int, _ random: inout Random) -> Int {
  random.integer(below: 2 * jitter + 1) - jitter
}

/// A sampler with settings, each of which is sound if it is not given.
private func sampler(
  pitch: @escaping @Sendable (_ size: Int, _ gap: Int) -> Int = { $0 + $1 },
  place: @escaping @Sendable (_ room: Int, inout Random) -> Int = { $1.integer(below: $0) },
  label: @escaping @Sendable (inout Random) -> Int = { $0.integer(below: 8) },
  step: @escaping @Sendable (_ label: Int) -> (down: Int, across: Int) = {
    PatchLayout.direction($0)
  },
  moves: @escaping @Sendable (_ jitter: Int, inout Random) -> [Int] = { jitter, random in
    (0..<4).map { _ in offset(jitter, &random) }
  },
  border: @escaping @Sendable (_ jitter: Int) -> Int = { $0 }
) -> Draw {
  { height, width, size, gap, jitter, random in
    let start = size + gap + border(jitter)
    let both = 3 * size + 2 * gap + 2 * border(jitter) - 1
    let (top, left) = (
      start + place(height - both, &random), start + place(width - both, &random)
    )
    let label = label(&random)
    let move = moves(jitter, &random)
    let (down, across) = step(label)
    let pitch = pitch(size, gap)
    return (
      (top + move[0], left + move[1]),
      (top + down * pitch + move[2], left + across * pitch + move[3]), label
    )
  }
}

/// The solution's pair, changed.
private func changed(
  _ change: @escaping @Sendable (inout Chapter3Functions.DrawnPair, _ size: Int, _ gap: Int) -> Void
) -> Draw {
  { height, width, size, gap, jitter, random in
    var pair = try chapter3Solutions.drawPair(height, width, size, gap, jitter, &random)
    change(&pair, size, gap)
    return pair
  }
}

private let all = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 0), (0, 1), (1, -1), (1, 0), (1, 1)]

let patchSamplerSpecimens: [Specimen<Chapter3Functions>] = [
  .right("3.1", "jitters first, then a label from nine places until it is none", chapter3Solutions)
  {
    $0.drawPair = { height, width, size, gap, jitter, random in
      let moves = (0..<4).map { _ in (-jitter...jitter).randomElement(using: &random)! }
      var place = 4
      while place == 4 { place = random.integer(below: 9) }
      let label = place > 4 ? place - 1 : place
      let (down, across) = all[place]
      // The corner of the nine before they are moved.
      let left = jitter + random.integer(below: width - 3 * size - 2 * gap - 2 * jitter + 1)
      let top = jitter + random.integer(below: height - 3 * size - 2 * gap - 2 * jitter + 1)
      func corner(_ down: Int, _ across: Int, _ move: ArraySlice<Int>) -> Corner {
        (top + down * (size + gap) + move.first!, left + across * (size + gap) + move.last!)
      }
      return (corner(1, 1, moves[..<2]), corner(1 + down, 1 + across, moves[2...]), label)
    }
  },
  .right("3.1", "the chapter's own sampler", chapter3Solutions) {
    $0.drawPair = { height, width, size, gap, jitter, random in
      let picture = Pictures(
        height: height, width: width, channels: 1,
        pixels: [Float](repeating: 0, count: height * width), labels: [0], classNames: ["one"])
      let layout = PatchLayout(size: size, gap: gap, jitter: jitter)
      let pair = layout.pairs(1, of: picture, using: &random)[0]
      return (
        (pair.middle.top, pair.middle.left), (pair.neighbour.top, pair.neighbour.left), pair.label
      )
    }
  },
  mutant(
    "column by column", says: "Your labels run column by column",
    sampler(step: {
      let step = PatchLayout.direction($0)
      return (step.across, step.down)
    })),
  mutant(
    "seen from the second", says: "as seen from the second; it is the other way round",
    changed { pair, _, _ in pair.label = 7 - pair.label }),
  mutant(
    "around the clock", says: "Your labels go around the middle",
    changed { pair, _, _ in pair.label = [0, 1, 2, 7, 3, 6, 5, 4][pair.label] }),
  mutant(
    "nine places", says: "You counted the middle as one of the places",
    sampler(label: { $0.integer(below: 9) }, step: { all[$0] })),
  mutant(
    "eight of nine places", says: "You counted the middle as one of the places",
    sampler(step: { all[$0] })),
  mutant("no gap", says: "The gap is missing", sampler(pitch: { size, _ in size })),
  mutant("the gap alone", says: "You stepped by the gap alone", sampler(pitch: { $1 })),
  mutant(
    "the corner of all nine", says: "You gave back the corner of all nine",
    changed { pair, size, gap in
      pair.first.top -= size + gap
      pair.first.left -= size + gap
      pair.second.top -= size + gap
      pair.second.left -= size + gap
    }),
  mutant("anywhere", says: "You drew the first patch wherever it fits by itself") {
    height, width, size, gap, jitter, random in
    let label = random.integer(below: 8)
    let (down, across) = PatchLayout.direction(label)
    let top = random.integer(below: height - size + 1)
    let left = random.integer(below: width - size + 1)
    return ((top, left), (top + down * (size + gap), left + across * (size + gap)), label)
  },
  mutant(
    "middles", says: "You gave back the patches' middles",
    changed { pair, size, _ in
      pair.first.top += size / 2
      pair.first.left += size / 2
      pair.second.top += size / 2
      pair.second.left += size / 2
    }),
  mutant(
    "left before top", says: "Rows and columns have changed places",
    changed { pair, _, _ in
      pair.first = (pair.first.left, pair.first.top)
      pair.second = (pair.second.left, pair.second.top)
    }),
  mutant("width for height", says: "You drew the row from the width") {
    try chapter3Solutions.drawPair($1, $0, $2, $3, $4, &$5)
  },
  mutant(
    "no room for the jitter", says: "too little room for your jitter", sampler(border: { _ in 0 })),
  mutant("from a copy", says: "Draw after draw gives the same pair") {
    var copy = $5
    return try chapter3Solutions.drawPair($0, $1, $2, $3, $4, &copy)
  },
  mutant(
    "straight neighbours", says: "Only straight neighbours come",
    sampler(label: { [1, 3, 4, 6][$0.integer(below: 4)] })),
  mutant(
    "seven neighbours", says: "The last neighbour never comes",
    sampler(label: { $0.integer(below: 7) })),
  mutant(
    "another for the middle", says: "One neighbour comes twice as often",
    sampler(label: { [0, 1, 2, 3, 4, 4, 5, 6, 7][$0.integer(below: 9)] })),
  mutant(
    "one place", says: "All draws give one place", sampler(place: { room, _ in room / 2 })),
  mutant(
    "one place too few", says: "The last row or column never comes",
    sampler(place: { $1.integer(below: max(1, $0 - 1)) })),
  mutant("along the diagonal", says: "The row and the column go together") {
    height, width, size, gap, jitter, random in
    let draw = random.uniform()
    let sound = sampler(place: { room, _ in Int(draw * Float(room)) })
    return try sound(height, width, size, gap, jitter, &random)
  },
  mutant("the label by the row", says: "A network would learn the label from the place") {
    height, width, size, gap, jitter, random in
    var pair = try chapter3Solutions.drawPair(height, width, size, gap, jitter, &random)
    let rows = height - 3 * size - 2 * gap - 2 * jitter + 1
    if rows == 1 { return pair }
    // Above the middle of the picture mostly the upper neighbours.
    let row = pair.first.top - size - gap
    let isUpper = pair.label < 4
    if isUpper != (2 * row < rows), random.chance(0.5), rows % 2 == 0 {
      let mirrored = 7 - pair.label
      let (down, across) = PatchLayout.direction(mirrored)
      pair.second = (
        pair.first.top + down * (size + gap), pair.first.left + across * (size + gap)
      )
      pair.label = mirrored
    }
    return pair
  },
  mutant(
    "no jitter", says: "Your patches are not moved at all",
    sampler(moves: { _, _ in [0, 0, 0, 0] })
  ),
  mutant(
    "one jitter for both", says: "Both patches are moved by the same jitter",
    sampler(moves: { jitter, random in
      let move = [offset(jitter, &random), offset(jitter, &random)]
      return move + move
    })),
  mutant(
    "one number a patch", says: "You move each patch as far across as down",
    sampler(moves: { jitter, random in
      let (a, b) = (offset(jitter, &random), offset(jitter, &random))
      return [a, a, b, b]
    })),
  mutant(
    "the second alone", says: "Only the second patch is moved",
    sampler(moves: { [0, 0, offset($0, &$1), offset($0, &$1)] })),
  mutant(
    "the first alone", says: "Only the first patch is moved",
    sampler(moves: { [offset($0, &$1), offset($0, &$1), 0, 0] })),
  mutant(
    "down and right", says: "You move patches in one direction only",
    sampler(moves: { jitter, random in (0..<4).map { _ in random.integer(below: jitter + 1) } })),
  mutant(
    "never all the way", says: "Your jitter never reaches its largest value",
    sampler(moves: { jitter, random in
      (0..<4).map { _ in jitter == 0 ? 0 : random.integer(below: 2 * jitter) - jitter }
    })),
  mutant(
    "a sum of two", says: "Small jitters come more often",
    sampler(moves: { jitter, random in
      (0..<4).map { _ in random.integer(below: jitter + 1) - random.integer(below: jitter + 1) }
    })),
  .unnamed("3.1", "a jitter in both directions at once", chapter3Solutions) {
    $0.drawPair = sampler(moves: { jitter, random in
      let (a, b) = (offset(jitter, &random), offset(jitter, &random))
      return [a, b, b, a]
    })
  },
  mutant("the system's own draws", says: "gave other pairs the second time") {
    height, width, size, gap, jitter, _ in
    var system = SystemRandomNumberGenerator()
    var random = Random(seed: system.next())
    return try chapter3Solutions.drawPair(height, width, size, gap, jitter, &random)
  },
  undone(by: .edges, "no overlap") {
    height, width, size, gap, jitter, random in
    let sound = sampler(moves: { jitter, random in
      (0..<4).map { _ in offset(min(jitter, gap / 2), &random) }
    })
    return try sound(height, width, size, gap, jitter, &random)
  },
  undone(
    by: .sizes, "64 places at most",
    sampler(place: { $1.integer(below: min(64, $0)) })),
  undone(
    by: .chance, "a hash value among the seeds", told: ["gave other pairs the second time"]
  ) {
    height, width, size, gap, jitter, random in
    // Hash values are others in each process; a test has but one, so the place in memory is taken, too.
    let place = UInt64(UInt.random(in: 0...UInt.max))
    random = Random(seed: random.next() ^ place)
    return try chapter3Solutions.drawPair(height, width, size, gap, jitter, &random)
  },
]
