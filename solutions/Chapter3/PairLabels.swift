// Exercise 3.4 · Turned, mirrored, counted (derive)
//
// A label says where the second patch lies as seen from the first. What becomes of it when the two
// patches are exchanged? When the picture is mirrored, or turned? Whoever wants twice as many pairs has to
// know, and a wrong answer looks like a hard task. And a count with pen and paper: of all pairs in a grid of
// patches, how many have which label?
//
//     0  1  2
//     3  ·  4
//     5  6  7
//
// Before you start: chapters/03-patch-localization/README.md, "The task, detail by detail".
// Check it with: swift run course check 3.4

import Exercises

/// The label of the same two patches, seen from the second one.
///
/// - `label`: 0…7, where the second lies as seen from the first
/// - result: 0…7, where the first lies as seen from the second
///
/// Example: label 1 (the second lies above the first) → 6 (the first lies below the second).
public func labelTheOtherWayRound(label: Int) throws -> Int {
  // Your answer begins here.
  return 7 - label
  // Your answer ends here.
}

/// The label of the same two patches in the mirrored picture, where left and right have changed places.
///
/// Example: label 1 → 1; label 3 → 4.
public func labelInTheMirror(label: Int) throws -> Int {
  // Your answer begins here.
  let place = Place(label)
  return Place(down: place.down, across: -place.across).label
  // Your answer ends here.
}

/// The label of the same two patches when the picture was turned by a quarter to the right, as the hands
/// of a clock go: what was above is then at the right.
///
///     .  #  .                     .  .  .
///     .  o  .    a quarter to     .  o  #
///     .  .  .    the right        .  .  .
///
/// `o` is the first patch, `#` the second.
///
/// Example: label 1 → 4.
public func labelAfterAQuarterTurn(label: Int) throws -> Int {
  // Your answer begins here.
  let place = Place(label)
  // Up becomes right, and right becomes down.
  return Place(down: place.across, across: -place.down).label
  // Your answer ends here.
}

/// The share of each label among all pairs of neighbours in a grid of patches.
///
/// Every cell makes a pair with each of its neighbours, up to eight, that lie in the grid; so two neighbours
/// are two pairs, one in either order.
///
/// - `rows`, `columns`: of the grid, 1 to 1,000,000 each: far too many pairs to count one by one
/// - result: `[8]`, the share of each label among all pairs; a grid of one cell has no pairs: all 0
///
/// Example: rows 2, columns 2 → 12 pairs, `[0.0833, 0.1667, 0.0833, 0.1667, 0.1667, 0.0833, 0.1667, 0.0833]`.
public func labelShares(rows: Int, columns: Int) throws -> [Float] {
  // Your answer begins here.
  // A step across is possible from all cells but those of one column, a step down likewise.
  let pairs = (0..<8).map { label in
    let place = Place(label)
    return Double((rows - abs(place.down)) * (columns - abs(place.across)))
  }
  let total = pairs.reduce(0, +)
  return pairs.map { total == 0 ? 0 : Float($0 / total) }
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.

/// A neighbour's place as seen from the middle, in steps down and to the right.
private struct Place {
  var down: Int
  var across: Int

  init(down: Int, across: Int) { (self.down, self.across) = (down, across) }

  init(_ label: Int) {
    let among9 = label < 4 ? label : label + 1
    (down, across) = (among9 / 3 - 1, among9 % 3 - 1)
  }

  var label: Int {
    let among9 = 3 * down + across + 4
    return among9 < 4 ? among9 : among9 - 1
  }
}
// Your answer ends here.
