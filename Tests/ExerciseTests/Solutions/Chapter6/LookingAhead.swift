import Checkers
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter6Functions) -> Void
) -> Specimen<Chapter6Functions> {
  .mutant("6.6", name, says: sentence, chapter6Solutions, change)
}

/// The evidence with settings for what can go wrong.
private func evidence(
  keepsOwn: Bool = true, isInPlace: Bool = false, turns: Bool = false, most: Int = .max,
  knows: @escaping @Sendable (Set<Int>, Int) -> Bool = { $0.contains($1 + 1) }
) -> @Sendable ([[Bool]], Int) -> [Int] {
  { visible, layers in
    var held = visible.indices.map { Set([$0]) }
    for _ in 0..<min(layers, most) {
      var next = held
      for i in held.indices {
        let source = isInPlace ? next : held
        if !keepsOwn { next[i] = [] }
        for j in held.indices where turns ? visible[j][i] : visible[i][j] {
          next[i].formUnion(source[j])
        }
      }
      held = next
    }
    return held.indices.dropLast().filter { knows(held[$0], $0) }
  }
}

/// A sound window, but for its mask and where its targets begin.
private func window(
  shift: Int = 1, visible: @escaping @Sendable (Int, Int) -> Bool = { $1 <= $0 }
) -> @Sendable ([Int], Int, Int) throws -> Chapter6Functions.Window {
  { tokens, start, length in
    let sound = try chapter6Solutions.soundWindow(tokens, start, length)
    let places = sound.inputs.indices
    return (
      sound.inputs, places.map { tokens[max(start, start + $0 + shift)] },
      places.map { i in places.map { visible(i, $0) } }
    )
  }
}

let lookingAheadSpecimens: [Specimen<Chapter6Functions>] = [
  .right("6.6", "powers of a matrix of ways", chapter6Solutions) {
    $0.placesThatKnow = { visible, layers in
      let places = visible.indices
      var ways = places.map { i in places.map { $0 == i } }
      for _ in 0..<layers {
        ways = places.map { i in
          places.map { k in
            ways[i][k] || places.contains { j in visible[i][j] && ways[j][k] }
          }
        }
      }
      return places.filter { $0 + 1 < places.count && ways[$0][$0 + 1] }
    }
  },
  .right("6.6", "a search from each place", chapter6Solutions) {
    $0.placesThatKnow = { visible, layers in
      visible.indices.dropLast().filter { start in
        var reached: Set<Int> = [start]
        for _ in 0..<layers {
          for i in reached { for j in visible.indices where visible[i][j] { reached.insert(j) } }
        }
        return reached.contains(start + 1)
      }
    }
    $0.soundWindow = { tokens, start, length in
      let part = tokens[start...].prefix(length + 1)
      let count = max(0, part.count - 1)
      let mask = (0..<count).map { i in
        [Bool](repeating: true, count: i + 1) + [Bool](repeating: false, count: count - i - 1)
      }
      return (Array(part.dropLast()), Array(part.dropFirst()), mask)
    }
  },
  mutant("one layer only", says: "one layer only") { $0.placesThatKnow = evidence(most: 1) },
  mutant("one layer too many", says: "one layer too many") {
    let sound = $0.placesThatKnow
    $0.placesThatKnow = { try sound($0, $1 + 1) }
  },
  mutant("until nobody learns any more", says: "there are only so many layers") {
    let sound = $0.placesThatKnow
    $0.placesThatKnow = { visible, _ in try sound(visible, visible.count) }
  },
  mutant("joins what two places know", says: "so doubles the reach") {
    $0.placesThatKnow = { visible, layers in
      let all = visible.indices
      var knows = all.map { i in all.map { i == $0 || visible[i][$0] } }
      if layers == 0 { return [] }
      for _ in 1..<layers {
        knows = all.map { i in
          all.map { k in all.contains { knows[i][$0] && knows[$0][k] } }
        }
      }
      return all.dropLast().filter { knows[$0][$0 + 1] }
    }
  },
  mutant("no way around the block", says: "the way around the block") {
    $0.placesThatKnow = evidence(keepsOwn: false)
  },
  mutant("changes sets in place", says: "while the layer still read them") {
    $0.placesThatKnow = evidence(isInPlace: true)
  },
  mutant("the mask turned", says: "the wrong way round") {
    $0.placesThatKnow = evidence(turns: true)
  },
  mutant("anything later", says: "only input i + 1 is its answer") {
    $0.placesThatKnow = evidence { held, i in held.contains { $0 > i } }
  },
  mutant("descending", says: "not in ascending order") {
    let sound = $0.placesThatKnow
    $0.placesThatKnow = { try sound($0, $1).reversed() }
  },
  mutant("targets are inputs", says: "shift them by one") { $0.soundWindow = window(shift: 0) },
  mutant("targets are the tokens before", says: "shifted the wrong way") {
    $0.soundWindow = window(shift: -1)
  },
  mutant("still sees the next", says: "Place i still sees place i + 1") {
    $0.soundWindow = window { $1 <= $0 + 1 }
  },
  mutant("does not see its own", says: "your mask hides it") {
    $0.soundWindow = window { $1 < $0 }
  },
  mutant("hides nothing", says: "Your mask hides nothing") {
    $0.soundWindow = window { _, _ in true }
  },
  mutant("a mask of all the length", says: "Your mask has 9 rows, there are 2 inputs") {
    let sound = $0.soundWindow
    $0.soundWindow = { tokens, start, length in
      let right = try sound(tokens, start, length)
      return (
        right.inputs, right.targets,
        (0..<length).map { i in (0..<length).map { $0 <= i } }
      )
    }
  },
  mutant("moves the start back", says: "You moved the start back") {
    let sound = $0.soundWindow
    $0.soundWindow = { tokens, start, length in
      try sound(tokens, max(0, min(start, tokens.count - 1 - length)), length)
    }
  },
  mutant("an input without a target", says: "The last input has no target") {
    $0.soundWindow = { tokens, start, length in
      let inputs = Array(tokens[start...].prefix(length))
      let targets = Array(tokens[min(start + 1, tokens.count)...].prefix(length))
      return (inputs, targets, inputs.indices.map { i in inputs.indices.map { $0 <= i } })
    }
  },
  .unnamed("6.6", "three layers at most", chapter6Solutions) {
    $0.placesThatKnow = evidence(most: 3)
  },
  .unnamed("6.6", "finds an input by its token", chapter6Solutions) {
    let sound = $0.soundWindow
    $0.soundWindow = { tokens, start, length in
      let window = try sound(tokens, start, length)
      let targets = window.inputs.map { tokens[tokens.firstIndex(of: $0)! + 1] }
      return (window.inputs, targets, window.visible)
    }
  },
  mutant("lists the last place", says: "it is never in the list") {
    let sound = $0.placesThatKnow
    $0.placesThatKnow = { try sound($0, $1) + [$0.count - 1] }
  },
]
