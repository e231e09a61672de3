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
    knows: (_ reach: [Bool], _ place: Int) -> Bool = { $0[$1 + 1] }
  ) -> [Int] {
    let all = visible.indices
    var reach = all.map { i in all.map { $0 == i } }
    for _ in 0..<layers {
      let before = reach
      for i in all {
        let source = isInPlace ? reach : before
        reach[i] = all.map { k in
          keepsOwn && source[i][k] || all.contains { visible[i][$0] && source[$0][k] }
        }
      }
    }
    return all.dropLast().filter { knows(reach[$0], $0) }
  }

  private static func shown(_ visible: [[Bool]]) -> String {
    "["
      + visible.map { "[" + $0.map { "\($0)" }.joined(separator: ", ") + "]" }
      .joined(separator: ", ") + "]"
  }

  private static func checkEvidence(_ functions: Chapter6Functions) throws {
    func check(_ visible: [[Bool]], _ layers: Int) throws {
      let input = "visible \(shown(visible)), layers \(layers)"
      let got = try answer(on: input) { try functions.placesThatKnow(visible, layers) }
      let expected = places(visible, layers)
      if got == expected { return }
      let turned = visible.indices.map { i in visible.indices.map { visible[$0][i] } }
      var why: String?
      if got.sorted() == expected {
        why = "The places are right, but not in ascending order."
      } else if got == places(visible, min(layers, 1)) {
        why = "You looked at one layer only: what a neighbour knows travels on with the next."
      } else if got == places(visible, layers, keepsOwn: false) {
        why = "You forgot the way around the block: a place keeps what it held itself."
      } else if got == places(visible, layers, isInPlace: true) {
        why =
          "You changed the sets while the layer still read them: all places of a layer read "
          + "what was held before it."
      } else if got == places(turned, layers) {
        why = "You read the mask the wrong way round: visible[i][j] lets i look at j."
      } else if got == places(visible, layers, knows: { $0[($1 + 1)...].contains(true) }) {
        why = "You list every place that sees anything later; only input i + 1 is its answer."
      } else if got == places(visible, layers, knows: { $0[$1] }) {
        why = "A place may know its own input: its target is the input at i + 1."
      }
      throw Wrong(
        "The list of places is another.", expected: text(expected), got: text(got), on: input,
        why: why)
    }
    let (y, n) = (true, false)
    let example = [[y, n, y], [n, y, n], [n, y, y]]
    try check(example, 2)
    try check(example, 1)
    try check(example, 0)
    // Place 0 reaches 1 through 3 only where it keeps what it took in before.
    try check([[n, n, n, y], [n, n, n, n], [n, n, y, n], [n, y, n, n]], 2)
    try check([[n, y, n], [n, n, n], [n, n, n]], 2)
    try check([[n, n, y, n], [y, n, n, n], [n, n, n, y], [n, y, n, n]], 2)
    try check([[y]], 3)
    try check((0..<5).map { i in (0..<5).map { $0 <= i } }, 4)
    try check((0..<5).map { i in (0..<5).map { $0 <= i + 1 } }, 1)
    try randomCases(14, seed: 661) { random, size in
      let places = 2 + size / 2
      let visible = (0..<places).map { _ in (0..<places).map { _ in random.chance(0.25) } }
      try check(visible, size % 4)
    }
  }

  private static func check(
    _ functions: Chapter6Functions, _ tokens: [Int], _ start: Int, _ length: Int
  ) throws {
    let input = "tokens \(text(tokens)), start \(start), length \(length)"
    let got = try answer(on: input) { try functions.soundWindow(tokens, start, length) }
    let count = max(0, min(length, tokens.count - 1 - start))
    let inputs = (0..<count).map { tokens[start + $0] }
    let targets = (0..<count).map { tokens[start + 1 + $0] }
    let visible = (0..<count).map { i in (0..<count).map { $0 <= i } }
    func fail(_ what: String, _ expected: String, _ answer: String, _ why: String?) -> Wrong {
      Wrong(what, expected: expected, got: answer, on: input, why: why)
    }
    if got.inputs != inputs {
      throw fail(
        "The inputs are others.", text(inputs), text(got.inputs),
        got.inputs.count == count + 1 ? "The last input has no target: the text ends with it." : nil
      )
    }
    if got.targets != targets {
      var why: String?
      if got.targets == inputs {
        why = "Your targets are the inputs themselves: shift them by one."
      } else if got.targets == (0..<count).map({ $0 == 0 ? tokens[start] : tokens[start + $0 - 1] })
      {
        why = "Your targets are shifted the wrong way: they are the tokens before the inputs."
      }
      throw fail("The targets are others.", text(targets), text(got.targets), why)
    }
    if got.visible != visible {
      var why: String?
      if got.visible == (0..<count).map({ i in (0..<count).map { $0 <= i + 1 } }) {
        why = "Place i still sees place i + 1, whose token is its target."
      } else if got.visible == (0..<count).map({ i in (0..<count).map { $0 < i } }) {
        why = "A place may see its own input; your mask hides it."
      } else if got.visible == (0..<count).map({ i in (0..<count).map { $0 >= i } }) {
        why = "Your mask lets each place see what comes later, and hides what came before."
      }
      throw fail("The mask is another.", shown(visible), shown(got.visible), why)
    }
  }

  private static func checkWindow(_ functions: Chapter6Functions) throws {
    try check(functions, [5, 6, 7], 0, 2)
    try check(functions, [9, 8, 7, 6, 5, 4], 1, 3)
    try randomCases(6, seed: 662) { random, size in
      let tokens = (0..<size + 6).map { _ in random.integer(below: 90) }
      try check(functions, tokens, random.integer(below: 3), 1 + size / 2)
    }
  }

  private static func checkEnd(_ functions: Chapter6Functions) throws {
    try check(functions, [5, 6, 7], 0, 9)
    try check(functions, [5, 6, 7], 1, 1)
    try check(functions, [5, 6, 7], 1, 2)
    try check(functions, [5, 6, 7], 2, 1)
    try check(functions, [5], 0, 1)
  }
}
