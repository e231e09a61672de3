import TensorCore

/// Checks random cases from the smallest to the largest, so that the first that fails is the smallest.
///
/// The seed and the case go into the message: whoever wants the case again has all it takes.
///
/// - Parameters:
///   - count: How many cases; the first is the smallest.
///   - seed: Each case draws from a generator that depends on the seed and the case alone.
///   - check: Checks one case; the case's number serves as its size.
/// - Throws: The first `Wrong` of a case, with the case's number and the seed.
public func randomCases(
  _ count: Int, seed: UInt64, _ check: (_ random: inout Random, _ size: Int) throws -> Void
) throws {
  for size in 0..<count {
    var random = Random(seed: seed &* 1000 &+ UInt64(size))
    do {
      try check(&random, size)
    } catch var wrong as Wrong {
      wrong.message +=
        "\n(random case \(size + 1) of \(count), the smallest that fails; seed \(seed))"
      throw wrong
    }
  }
}
