// Exercise 6.6 · A loss too good to be true (diagnose)
//
// A colleague's language model reaches a loss of 0.02 on text it has never seen, and writes nothing
// of use. The function `colleaguesWindow` below made its batches and its mask. Find out who sees the
// answer, then write a window that is sound. `colleaguesWindow` stays as it is: it is the evidence.
//
// Before you start: chapters/06-autoregressive-language-models/README.md, "Break it and diagnose it".
// Check it with: swift run course check 6.6

import Exercises

/// What the colleague wrote, whose loss means nothing.
///
/// From place `start` of a text: what the model reads, what it is to say at each place, and
/// `visible[i][j]`: whether attention lets place i look at place j.
public func colleaguesWindow(
  tokens: [Int], start: Int, length: Int
) -> (inputs: [Int], targets: [Int], visible: [[Bool]]) {
  let inputs = Array(tokens[start..<start + length])
  let targets = Array(tokens[start + 1...start + length])
  let visible = (1...length).map { i in (0..<length).map { j in j <= i } }
  return (inputs, targets, visible)
}

/// The evidence: the places that can know the token they are to predict, in ascending order.
///
/// Place i is to predict the input at place i + 1. It can know it if, after `layers` layers of
/// attention, what is computed at place i depends on the input at place i + 1. In each layer place i
/// takes in what the places j with `visible[i][j]` held before that layer, and (by the way around
/// the block) always keeps what it held itself. The last place's target is not among the inputs: it
/// is never in the list.
///
/// - `visible`: as many rows as columns
/// - `layers`: 0 or more; with none a place knows its own input only
///
/// Example: `visible` [[true, false, true], [false, true, false], [false, true, true]]
/// - one layer: place 0 looks at 2, not at 1; nobody sees its answer → `[]`
/// - two layers: place 2 held what 1 had after the first layer, and 0 looks at 2 → `[0]`
///
/// Example: the colleague's `visible` for length 3, one layer → `[0, 1]`
public func placesThatKnow(visible: [[Bool]], layers: Int) throws -> [Int] {
  // Your answer begins here.
  // held[i]: the inputs that place i knows of; before the first layer its own.
  var held = visible.indices.map { Set([$0]) }
  for _ in 0..<layers {
    held = visible.indices.map { i in
      visible.indices.filter { visible[i][$0] }.reduce(held[i]) { $0.union(held[$1]) }
    }
  }
  return visible.indices.dropLast().filter { held[$0].contains($0 + 1) }
  // Your answer ends here.
}

/// The repaired window: what a causal model reads, what it is to say, and what it may see.
///
/// - `inputs` and `targets` have `length` tokens each, taken from `tokens` from place `start` on, as the
///   colleague meant them: each target is the token that follows its input.
/// - Where the text is too short for so many targets, they are fewer: all that fit.
/// - `visible` has as many rows and columns as there are inputs: everything that can be seen without
///   seeing what comes later.
/// - Tokens are whole numbers of any size, below 0 as well.
/// - `start` is a place in the text; at the last one nothing fits, and all three are empty. `length` is
///   from 1 to 1,000,000.
///
/// Example: tokens `[5, 6, 7]`, start 0, length 2: inputs `[5, 6]`, targets `[6, 7]`,
/// visible [[true, false], [true, true]]. With length 9 the answer is the same.
public func soundWindow(
  tokens: [Int], start: Int, length: Int
) throws -> (inputs: [Int], targets: [Int], visible: [[Bool]]) {
  // Your answer begins here.
  let end = min(start + length, tokens.count - 1)
  if start >= end { return ([], [], []) }
  let places = 0..<end - start
  return (
    Array(tokens[start..<end]), Array(tokens[start + 1...end]),
    places.map { i in places.map { j in j <= i } }
  )
  // Your answer ends here.
}
