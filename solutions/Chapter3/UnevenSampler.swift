// Exercise 3.6 · The network that had seen nothing (diagnose)
//
// A colleague cuts each picture into a grid of patches and takes all pairs of neighbours, in both orders:
// that spares her a sampler. With grids of 3 × 3 her network's loss falls from log 8 = 2.0794 to 2.0593 at
// once and stays there, and 15 % of its answers are right: "chance is 12.5 %, so it has begun to see". On
// noise it does the same. The functions `colleagues…` below make her pairs. Find out what the network has
// learned, then write weights, and a sampler, from which that cannot be learned. Leave the colleague's
// functions as they are: they are the evidence.
//
//     0  1  2
//     3  ·  4      the labels, as in 3.1
//     5  6  7
//
// Before you start: chapters/03-patch-localization/README.md, "A loss that falls".
// Check it with: swift run course check 3.6

import Exercises
import Foundation
import TensorCore

/// Two neighbouring cells of a grid, in an order, and where the second lies as seen from the first.
///
/// Cells are numbered row by row, from 0: in a grid of three columns cell 4 lies in row 1, column 1.
public typealias CellPair = (first: Int, second: Int, label: Int)

/// All pairs of neighbours in a grid, in both orders, as the colleague lists them.
public func colleaguesPairs(rows: Int, columns: Int) -> [CellPair] {
  var pairs: [CellPair] = []
  for first in 0..<rows * columns {
    for second in 0..<rows * columns {
      let down = second / columns - first / columns
      let across = second % columns - first % columns
      if max(abs(down), abs(across)) != 1 { continue }
      let among9 = 3 * (down + 1) + across + 1
      pairs.append((first, second, among9 < 4 ? among9 : among9 - 1))
    }
  }
  return pairs
}

/// The pair that the colleague trains on next: all of them are equally likely.
public func colleaguesDraw(rows: Int, columns: Int, random: inout Random) -> CellPair {
  let pairs = colleaguesPairs(rows: rows, columns: columns)
  return pairs[random.integer(below: pairs.count)]
}

/// The loss of a network that knows how frequent each label is, and nothing of the patches: the entropy of
/// the label, in nats.
///
/// - `labels`: `[pairs]`, the label of each pair
/// - `weights`: `[pairs]`, how likely each pair is: in proportion to its weight. None is negative, one at
///   least is not 0, and they need not have the sum 1: they may be 1e-30 or 3e38.
/// - result: the least mean of −log P(label) that is possible without looking
///
/// Example: labels `[3, 4, 3, 6]`, weights `[1, 2, 1, 0]` → P is 1/2 for 3 and for 4; log 2 = 0.6931.
/// For the colleague's 12 pairs of a 2 × 2 grid, all weights 1, it is 2.0228.
public func lossWithoutLooking(labels: [Int], weights: [Float]) throws -> Float {
  // Your answer begins here.
  let shares = labelShares(of: labels, weights)
  return Float(shares.filter { $0 > 0 }.map { -$0 * log($0) }.reduce(0, +))
  // Your answer ends here.
}

/// How often a network is right that knows how frequent each label is, and always says the likeliest.
///
/// - `labels`, `weights`: as above
///
/// Example: labels `[3, 4, 3, 6]`, weights `[1, 2, 2, 0]` → 0.6. For the colleague's 40 pairs of a 3 × 3
/// grid, all weights 1, it is 0.15.
public func rightWithoutLooking(labels: [Int], weights: [Float]) throws -> Float {
  // Your answer begins here.
  return Float(labelShares(of: labels, weights).max() ?? 0)
  // Your answer ends here.
}

/// A weight for each pair with which nothing can be learned without looking.
///
/// - `labels`: `[pairs]`
/// - result: `[pairs]`, with the sum 1. All labels that come at all are equally likely, and all pairs of one
///   label are equally likely. Without pairs: `[]`.
///
/// Example: labels `[3, 4, 3, 3]` → `[0.1667, 0.5, 0.1667, 0.1667]`.
public func evenWeights(labels: [Int]) throws -> [Float] {
  // Your answer begins here.
  let times = Dictionary(grouping: labels) { $0 }.mapValues { Float($0.count) }
  let kinds = Float(times.count)
  return labels.map { 1 / kinds / times[$0]! }
  // Your answer ends here.
}

/// Draws a pair of neighbours in a grid, so that nothing can be learned without looking.
///
/// - `rows`, `columns`: of the grid, one or more each, and two cells at least
/// - `random`: all randomness comes from it
/// - result: one of the colleague's pairs. All labels that the grid has at all are equally likely, and all
///   pairs of one label are equally likely.
///
/// Example: rows 2, columns 2 → for instance (0, 3, 7), with probability 1/8; (0, 1, 4) with probability
/// 1/16, as there are two pairs with label 4.
public func evenPair(
  rows: Int, columns: Int, random: inout Random
) throws -> (first: Int, second: Int, label: Int) {
  // Your answer begins here.
  let all = colleaguesPairs(rows: rows, columns: columns)
  // First a label, then one of its pairs.
  let present = (0..<8).filter { label in all.contains { $0.label == label } }
  let label = present[random.integer(below: present.count)]
  let own = all.filter { $0.label == label }
  return own[random.integer(below: own.count)]
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.

/// The probability of each of the eight labels.
private func labelShares(of labels: [Int], _ weights: [Float]) -> [Double] {
  var byLabel = [Double](repeating: 0, count: 8)
  for (label, weight) in zip(labels, weights) { byLabel[label] += Double(weight) }
  let total = byLabel.reduce(0, +)
  return byLabel.map { $0 / total }
}
// Your answer ends here.
