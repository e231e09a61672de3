import Foundation

// What specimens of several exercises compute with.

/// The sum of the products of two rows' numbers.
func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).map { $0 * $1 }.reduce(0, +) }

/// A row times a number.
func scaled(_ row: [Float], _ factor: Float) -> [Float] { row.map { $0 * factor } }

/// σ(s), the probability that belongs to a score.
func sigmoid(_ s: Float) -> Float { 1 / (1 + exp(-s)) }

/// log(1 + eˢ) = −log σ(−s), for large scores, too.
func softplus(_ s: Float) -> Float { max(s, 0) + log1p(exp(-abs(s))) }
