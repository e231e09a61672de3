import TensorCore

extension Chapter2 {
  /// Which words are in a window (exercise 2.3, its first part).
  static func checkWindowWords(_ functions: Chapter2Functions) throws {
    func check(_ sentence: [Int], _ place: Int, _ halfWidth: Int) throws {
      let input = "sentence \(text(sentence)), place \(place), halfWidth \(halfWidth)"
      let got = try answer(on: input) { try functions.windowWords(sentence, place, halfWidth) }
      func words(_ isIn: (Int) -> Bool) -> [Int] {
        sentence.indices.filter(isIn).map { sentence[$0] }
      }
      let expected = words { $0 != place && abs($0 - place) <= halfWidth }
      let near = words { abs($0 - place) <= halfWidth }
      let count = sentence.count
      let round = (-halfWidth...halfWidth).filter { $0 != 0 }.map {
        sentence[((place + $0) % count + count) % count]
      }
      var seen: Set<Int> = []
      let each = expected.filter { seen.insert($0).inserted }
      try expectEqual(
        got, expected, "The window's words are others.", on: input, shown: { text($0) },
        misconceptions: [
          Misconception("The word in the middle is no part of its own window.", gives: near),
          Misconception(
            "You took out every place that has the word of the middle. Only the place itself is left "
              + "out: the same word may stand near.", gives: near.filter { $0 != sentence[place] }),
          Misconception(
            "A word that comes twice stands twice in the window; yours has it once.", gives: each),
          Misconception(
            "A word that comes twice stands twice in the window; yours has it once.",
            gives: each.sorted()),
          Misconception("Your window goes round; it ends with the sentence.", gives: round),
          Misconception(
            "Your window has only the words before the middle.",
            gives: words { $0 < place && place - $0 <= halfWidth }),
          Misconception(
            "Your window has only the words after the middle.",
            gives: words { $0 > place && $0 - place <= halfWidth }),
          Misconception(
            "Your window is one place too narrow.",
            gives: words { $0 != place && abs($0 - place) < halfWidth }),
          Misconception(
            "Your window is one place too narrow on the right: `..<` leaves its end out.",
            gives: words { $0 != place && -halfWidth <= $0 - place && $0 - place < halfWidth }),
          Misconception(
            "Your window is halfWidth wide in all; it reaches so far on each side.",
            gives: words { $0 != place && 2 * abs($0 - place) <= halfWidth }),
          Misconception(
            "These are the words' places; asked for are the words.",
            gives: sentence.indices.filter { $0 != place && abs($0 - place) <= halfWidth }),
          Misconception(
            "The words are right, but not in the order of the sentence.", gives: expected.sorted()),
          Misconception(
            "The words are right, but not in the order of the sentence.", gives: expected.reversed()
          ),
        ])
    }
    try checkFirst(
      { try check([7, 3, 7, 9], 2, 2) },
      toldApartBy: [
        { try check([9, 2, 9, 4, 7, 4, 8, 3, 1], 3, 2) },
        { try check([5, 2, 8, 4, 6, 2, 4, 3, 1], 3, 3) }, { try check([4, 2, 6], 0, 1) },
      ])
    try check([5], 0, 3)
    try unfriendly(.equalRows) {
      try check([5, 5], 1, 1)
      try check([5, 5, 5, 5], 1, 2)
    }
    try check([1, 2, 3, 4, 5], 4, 2)
    try unfriendly(.edges) {
      try check([1, 2, 3, 4, 5], 0, 9)
      try check([-7, 0, -7, 4_000_000_000, 0], 2, 100)
    }
    try randomCases(10, seed: 231) { random, size in
      let sentence = (0..<(size == 9 ? 70 : 2 * size + 1)).map { _ in
        90 - random.integer(below: 2 + size)
      }
      try check(sentence, random.integer(below: sentence.count), 1 + size / 2)
    }
  }
}
