/// A table of vectors, one for each token (or place, or language).
public final class Embedding: Module {
  /// `[entries, width]`.
  public let weight: Variable

  /// Makes a table of random vectors.
  ///
  /// - Parameters:
  ///   - entries: how many vectors there are.
  ///   - width: the length of each.
  ///   - initialisation: how they are drawn; PyTorch takes a deviation of 1, GPT-2 and BERT 0.02.
  ///   - random: where the numbers come from.
  public init(
    _ entries: Int, _ width: Int, initialisation: Initialisation = .normal(0.02),
    using random: inout Random
  ) {
    weight = initialisation.weights(
      [entries, width], fanIn: entries, fanOut: width, using: &random)
  }

  /// Makes a table from its vectors, `[entries, width]`.
  public init(weight: Variable) { self.weight = weight }

  /// The table, `weight`.
  public var parts: Parts { ["weight": weight] }

  /// The vectors of some entries, `[indices.count, width]`.
  public func callAsFunction(
    _ indices: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Variable {
    embedding(weight, indices, file: file, line: line)
  }

  /// The vectors of texts of one length, `[texts.count, time, width]`.
  public func callAsFunction(
    _ texts: [[Int]], file: StaticString = #fileID, line: UInt = #line
  ) -> Variable {
    let time = texts.first?.count ?? 0
    if let other = texts.first(where: { $0.count != time }) {
      stop(
        "Embedding", "texts of \(time) and \(other.count) tokens; fill them up to one length",
        file: file, line: line)
    }
    return embedding(weight, texts.flatMap(\.self), file: file, line: line)
      .reshaped([texts.count, time, weight.shape[1]])
  }

  /// A table with the same numbers.
  public func clone() -> Embedding { Embedding(weight: weight.clone()) }
}
