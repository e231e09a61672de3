import Foundation
import TensorCore

/// Which words are drawn as negatives: each as often as its count to the power of 3/4 says.
///
/// Mikolov et al. 2013b, section 2.2. The power lets rare words be drawn more often than they occur.
public struct NoiseDistribution: Sendable {
  /// The probability of each word.
  public let probabilities: [Double]
  /// For each column of the alias method: from where on the second word is meant, and which it is.
  let columns: [Column]

  /// A column of the alias method.
  struct Column: Sendable {
    /// A fraction of 2³² below which the column's own word is drawn.
    var limit: UInt32
    /// The word that is drawn otherwise.
    var other: Int32
  }

  /// Weighs words by their counts.
  ///
  /// - Parameters:
  ///   - counts: how often each word occurs; at least one is above 0.
  ///   - power: 0.75 in word2vec; 1 draws words as often as they occur, 0 all alike.
  public init(counts: [Int], power: Double = 0.75) {
    let weights = counts.map { $0 > 0 ? pow(Double($0), power) : 0 }
    let total = weights.reduce(0, +)
    if !(total > 0) { fatalError("NoiseDistribution: the counts sum to \(total)") }
    probabilities = weights.map { $0 / total }
    columns = NoiseDistribution.columns(probabilities)
  }

  /// Vose 1991, "A linear algorithm for generating random numbers with a given distribution".
  ///
  /// All columns are of width 1/n. A word that is too rare to fill its own lends the rest to one that
  /// is too frequent: a draw takes a column and one comparison.
  private static func columns(_ probabilities: [Double]) -> [Column] {
    var rest = probabilities.map { $0 * Double(probabilities.count) }
    var columns = rest.indices.map { Column(limit: .max, other: Int32($0)) }
    var small = rest.indices.filter { rest[$0] < 1 }
    var large = rest.indices.filter { rest[$0] >= 1 }
    while let rare = small.popLast(), let frequent = large.last {
      columns[rare] = Column(limit: UInt32(rest[rare] * 0x1p32), other: Int32(frequent))
      rest[frequent] -= 1 - rest[rare]
      if rest[frequent] < 1 { small.append(large.removeLast()) }
    }
    return columns
  }

  /// Draws a word.
  public func draw(using random: inout Random) -> Int {
    columns.withUnsafeBufferPointer { Int(Self.draw($0, random.next())) }
  }

  /// The word that 64 random bits choose.
  @inline(__always)
  static func draw(_ columns: UnsafeBufferPointer<Column>, _ bits: UInt64) -> Int32 {
    let product = bits.multipliedFullWidth(by: UInt64(columns.count))
    let column = columns[Int(product.high)]
    return UInt32(product.low >> 32) < column.limit ? Int32(product.high) : column.other
  }
}
