import CourseData
import TensorCore

/// Vectors without any training: each word's row of positive PMI, brought down to a few coordinates by
/// principal components.
///
/// A coordinate of variance s² is divided by √s: half the weight that it has by itself, as Levy,
/// Goldberg and Dagan 2015 found to be better than the whole.
///
/// - Parameters:
///   - counts: the pairs of the text.
///   - width: how many coordinates; as many as words where there are fewer.
///   - random: where the search for the components begins.
/// - Returns: `[words, width]`.
func countedVectors(
  _ counts: PairCounts, width: Int, using random: inout Random
) -> Variable {
  let rows = Variable(counts.positivePMI)
  let components = PrincipalComponents(rows, count: min(width, counts.words), using: &random)
  let deviations = Variable(
    Tensor([components.variances.count], components.variances.map { $0.squareRoot() }))
  return withoutGradient { components(rows) / squareRoot(deviations + 1e-6) }
}
