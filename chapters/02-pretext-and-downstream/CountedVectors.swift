import CourseData
import TensorCore

/// Vectors without any training: each word's row of positive PMI, brought down to a few coordinates by
/// principal components.
///
/// All coordinates are brought to one length: of three weights that were tried (as they are, the root of
/// their length, all alike) this one did best on the page's analogies.
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
  return withoutGradient { components(rows) / (deviations + 1e-6) }
}
