import TensorCore

extension Chapter6 {
  static let lookingAhead = Exercise<Chapter6Functions>(
    "6.6", "A loss too good to be true", file: "LookingAhead.swift", kind: .diagnose, minutes: 40,
    difficulty: 3, section: "Break it and diagnose it",
    hints: [
      """
      Print the colleague's inputs, targets and mask for the tokens 0 to 5 and length 3. Which row of \
      the mask belongs to which input? Then ask what two such layers do, one above the other.
      """,
      """
      Keep for each place the set of inputs it knows of: {i} at first. A layer makes it the union of \
      the sets of all places it looks at, and its own. Place i knows if its set contains i + 1.
      """,
      """
      placesThatKnow: held[i] = {i}; `layers` times: new[i] = held[i] ∪ all held[j] with visible[i][j], \
      all from the old sets; then the places i with i + 1 in held[i].
      soundWindow: end = min(start + length, tokens.count − 1); inputs start..<end, targets one \
      further; visible[i][j] = (j ≤ i).
      """,
    ],
    parts: [
      Part("who knows the answer", points: 2, checkEvidence),
      Part("a sound window", points: 2, checkWindow),
      Part("the end of the text", points: 1, checkEnd),
    ])

  /// Who knows what, with settings for wrong ideas; `knows` is asked of each place and the inputs that
  /// reach it.
  private static func places(
    _ visible: [[Bool]], _ layers: Int, keepsOwn: Bool = true, isInPlace: Bool = false,
    doubles: Bool = false, knows: (_ reach: [Bool], _ place: Int) -> Bool = { $0[$1 + 1] }
  ) -> [Int] {
    let all = visible.indices
    var reach = all.map { i in all.map { $0 == i } }
    for _ in 0..<layers {
      let before = reach
      for i in all {
        let source = isInPlace ? reach : before
        let seen = all.filter { visible[i][$0] || doubles && before[i][$0] }
        reach[i] = all.map { k in
          keepsOwn && source[i][k] || seen.contains { source[$0][k] }
        }
      }
    }
    return all.dropLast().filter { knows(reach[$0], $0) }
  }

  private static func misconceptions(
    _ visible: [[Bool]], _ layers: Int
  ) -> [Misconception<[Int]>] {
    let turned = visible.indices.map { i in visible.indices.map { visible[$0][i] } }
    return [
      Misconception(
        "The places are right, but not in ascending order.",
        gives: places(visible, layers).reversed()),
      Misconception(
        "You looked at one layer only: what a neighbour knows travels on with the next.",
        gives: places(visible, min(layers, 1))),
      Misconception(
        "Your places begin at 1; they begin at 0.", gives: places(visible, layers).map { $0 + 1 }),
      Misconception(
        "The last place's target is not among the inputs: it is never in the list.",
        gives: places(visible, layers) + [visible.count - 1]),
      Misconception("You made one layer too many.", gives: places(visible, layers + 1)),
      Misconception(
        "You went on until nobody learns any more; there are only so many layers.",
        gives: places(visible, visible.count)),
      Misconception(
        "Each layer adds one step; yours joins what two places know, and so doubles the reach.",
        gives: places(visible, layers, doubles: true)),
      Misconception(
        "You forgot the way around the block: a place keeps what it held itself.",
        gives: places(visible, layers, keepsOwn: false)),
      Misconception(
        "You changed the sets while the layer still read them: all places of a layer read "
          + "what was held before it.", gives: places(visible, layers, isInPlace: true)),
      Misconception(
        "You read the mask the wrong way round: visible[i][j] lets i look at j.",
        gives: places(turned, layers)),
      Misconception(
        "You list every place that sees anything later; only input i + 1 is its answer.",
        gives: places(visible, layers) { $0[($1 + 1)...].contains(true) }),
      Misconception(
        "A place may know its own input: its target is the input at i + 1.",
        gives: places(visible, layers) { $0[$1] }),
    ]
  }

  /// A mask from its rows, as `drawing` shows it.
  private static func mask(_ rows: String...) -> [[Bool]] { rows.map { $0.map { $0 == "#" } } }

  private static func checkEvidence(_ functions: Chapter6Functions) throws {
    func check(_ visible: [[Bool]], _ layers: Int) throws {
      let input = "layers \(layers), visible (# where i looks at j)\(drawing(visible))"
      let got = try answer(on: input) { try functions.placesThatKnow(visible, layers) }
      try expectEqual(
        got, places(visible, layers), "The list of places is another.", on: input,
        shown: { text($0) }, misconceptions: misconceptions(visible, layers))
    }
    // The colleague's mask for length 3, the stub's example, and three masks that tell the wrong ideas
    // apart, one after another.
    try check(mask("##.", "###", "###"), 1)
    let example = mask("#.#", ".#.", ".##")
    try check(example, 2)
    try check(mask("...#", "...#", ".#..", "#.#."), 1)
    try check(mask("..#..", ".....", "...#.", "....#", ".#..."), 3)
    try check(mask("..#", "#..", "..."), 1)
    try check(example, 1)
    try check(example, 0)
    // Place 0 reaches 1 through 3 only where it keeps what it took in before.
    try check(mask("...#", "....", "..#.", ".#.."), 2)
    try check(mask(".#.", "...", "..."), 2)
    try check(mask("..#.", "#...", "...#", ".#.."), 2)
    try check(mask("#"), 3)
    // Place 0 learns of 1 through four others, so in the fifth layer.
    for layers in [4, 5] {
      try check(mask("..#...", "......", "...#..", "....#.", ".....#", ".#...."), layers)
    }
    try check((0..<5).map { i in (0..<5).map { $0 <= i } }, 4)
    try check((0..<5).map { i in (0..<5).map { $0 <= i + 1 } }, 1)
    try unfriendly(.equalRows) {
      // Rows 0 and 2 are alike, and so are 1 and 3.
      try check(mask(".#..", "...#", ".#..", "...#"), 1)
      try check(mask(".#..", "#...", ".#..", "#..."), 2)
    }
    try randomCases(14, seed: 661) { random, size in
      let places = 2 + size / 2
      let visible = (0..<places).map { _ in (0..<places).map { _ in random.chance(0.25) } }
      try check(visible, size % 4)
    }
    try unfriendly(.sizes) {
      // More places than a word has bits; the last ones know, each through another.
      let around = (0..<70).map { i in (0..<70).map { i > 60 && $0 == (i % 2 == 0 ? 1 : i + 1) } }
      try check(around, 1)
      try check((0..<70).map { i in (0..<70).map { $0 == i + 1 && i > 62 } }, 1)
      // Place 0 looks at 2, each at the next, the last one at 1: place 0 learns of 1 in the layer before
      // the last possible. All from 2 on know their answer at once.
      for count in [14, 40] {
        let around = (0..<count).map { i in
          (0..<count).map { i != 1 && $0 == (i == 0 ? 2 : i == count - 1 ? 1 : i + 1) }
        }
        for layers in [count - 2, count - 1] {
          let input = "layers \(layers), visible (# where i looks at j)\(drawing(around))"
          let got = try answer(on: input) { try functions.placesThatKnow(around, layers) }
          try expectEqual(
            got, (layers == count - 1 ? [0] : []) + Array(2..<count - 1),
            "The list of places is another.", on: input, shown: { text($0) })
        }
      }
    }
    try unfriendly(.chance) {
      // The same mask with other layers, as many layers with another mask, and again.
      for layers in [1, 2, 1] {
        try check(example, layers)
        try check(mask("..#", "#..", "..."), layers)
      }
    }
    try unfriendly(.edges) {
      try check([], 3)
      try check(mask("...#", "...#", ".#..", "#.#."), 200)
      try check(mask("..", ".."), 50)
    }
  }

  private static func check(
    _ functions: Chapter6Functions, _ tokens: [Int], _ start: Int, _ length: Int
  ) throws {
    let input = "tokens \(text(tokens)), start \(start), length \(length)"
    let got = try answer(on: input) { try functions.soundWindow(tokens, start, length) }
    let count = max(0, min(length, tokens.count - 1 - start))
    let end = start + count
    let long = start + min(length, tokens.count - start)
    let back = max(0, tokens.count - 1 - min(length, tokens.count))
    try expectEqual(
      got.inputs, Array(tokens[start..<end]), "The inputs are others.", on: input,
      shown: { text($0) },
      misconceptions: [
        Misconception(
          "The last input has no target: the text ends with it.",
          gives: Array(tokens[start..<long])),
        Misconception(
          "You moved the start back. The window begins at `start`, and what does not fit is left "
            + "out.", gives: Array(tokens[min(start, back)..<tokens.count - 1].prefix(length))),
      ])
    try expectEqual(
      got.targets, (0..<count).map { tokens[start + 1 + $0] }, "The targets are others.",
      on: input, shown: { text($0) },
      misconceptions: [
        Misconception(
          "Your targets are the inputs themselves: shift them by one.", gives: got.inputs),
        Misconception(
          "Your targets are shifted the wrong way: they are the tokens before the inputs.",
          gives: (0..<count).map { $0 == 0 ? tokens[start] : tokens[start + $0 - 1] }),
      ])
    try checkMask(got.visible, places: count, input)
  }

  private static func checkMask(_ got: [[Bool]], places: Int, _ input: String) throws {
    func mask(_ isVisible: (Int, Int) -> Bool) -> [[Bool]] {
      (0..<places).map { i in (0..<places).map { isVisible(i, $0) } }
    }
    let inputs = "there \(places == 1 ? "is" : "are") \(count(places, "input"))."
    if got.count != places {
      throw Wrong(
        "The mask is another.", expected: drawing(mask { $1 <= $0 }), got: drawing(got),
        on: input, why: "Your mask has \(count(got.count, "row")), " + inputs)
    }
    for (row, columns) in got.map(\.count).enumerated() where columns != places {
      throw Wrong(
        "The mask is another.", expected: drawing(mask { $1 <= $0 }), got: drawing(got),
        on: input, why: "Row \(row) of your mask has \(count(columns, "column")), " + inputs)
    }
    try expectEqual(
      got, mask { $1 <= $0 }, "The mask is another.", on: input, shown: drawing,
      misconceptions: [
        Misconception(
          "Place i still sees place i + 1, whose token is its target.",
          gives: mask { $1 <= $0 + 1 }),
        Misconception(
          "A place may see its own input; your mask hides it.", gives: mask { $1 < $0 }),
        Misconception(
          "Your mask lets each place see what comes later, and hides what came before.",
          gives: mask { $1 >= $0 }),
        Misconception(
          "Your mask hides nothing: place i sees place i + 1, whose token is its target.",
          gives: mask { _, _ in true }),
        Misconception(
          "Each place sees itself alone; it may see what came before, too.", gives: mask(==)),
      ])
  }

  private static func checkWindow(_ functions: Chapter6Functions) throws {
    // Three places: here the wrong masks differ.
    try check(functions, [9, 8, 7, 6, 5, 4], 1, 3)
    try check(functions, [5, 6, 7], 0, 2)
    try randomCases(6, seed: 662) { random, size in
      let tokens = (0..<size + 6).map { _ in random.integer(below: 90) - 30 }
      try check(functions, tokens, random.integer(below: 3), 1 + size / 2)
    }
  }

  private static func checkEnd(_ functions: Chapter6Functions) throws {
    try check(functions, [5, 6, 7], 0, 9)
    try check(functions, [5, 6, 7, 8], 2, 3)
    // A token that comes twice, and tokens that are not one more than the last.
    try check(functions, [5, 9, 5, 2], 2, 3)
    try check(functions, [5, 9, 5, 2, 5, 1], 0, 9)
    try check(functions, [5, 6, 7], 1, 1)
    try check(functions, [5, 6, 7], 1, 2)
    try check(functions, [5, 6, 7], 2, 1)
    try check(functions, [5], 0, 1)
    try unfriendly(.edges) {
      try check(functions, [5, 6, 7], 0, 1_000_000)
      try check(functions, [5, 6, 7], 2, 1_000_000)
      try check(functions, [.min, .max, -1, -1], 1, 2)
      // Numbers that elsewhere mean the end, or nothing.
      try check(functions, [-1, 5, -7, 0, -100, 3], 0, 4)
      try check(functions, [7, -1, -100, -2, 5, 0], 0, 9)
      try check(functions, [3, 4, -1, 8, 9, -5], 1, 5)
    }
    try unfriendly(.sizes) {
      for length in [70, 130] { try check(functions, (0..<140).map { $0 * $0 % 11 }, 5, length) }
    }
    try unfriendly(.chance) {
      // The same tokens from another place, other tokens from the same place, and again.
      for (start, length) in [(0, 2), (1, 2), (1, 4), (0, 2)] {
        try check(functions, [5, 9, 5, 2], start, length)
        try check(functions, [6, 7, 8, 9], start, length)
      }
    }
  }
}
