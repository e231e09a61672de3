import Exercises

/// The functions that chapter 2's exercises ask for, as the stubs declare them.
public struct Chapter2Functions: Sendable {
  /// A loss with the gradients in the center, the context and each negative.
  public typealias PairSlopes = (
    loss: Float, center: [Float], context: [Float], negatives: [[Float]]
  )
  /// A loss with the gradients in each word of a window, the center and each negative.
  public typealias WindowSlopes = (
    loss: Float, window: [[Float]], center: [Float], negatives: [[Float]]
  )
  /// A linear autoencoder's two matrices.
  public typealias Autoencoder = (encoder: [[Float]], decoder: [[Float]])
  /// A loss with the gradients in a linear autoencoder's two matrices.
  public typealias AutoencoderSlopes = (loss: Float, encoder: [[Float]], decoder: [[Float]])
  /// Rows of weights, and what batch norm has stored for each.
  public typealias SmallEncoder = (weights: [[Float]], means: [Float], variances: [Float])
  /// A linear probe.
  public typealias Probe = (weights: [Float], bias: Float)

  /// Exercise 2.1: score → log σ.
  public var logSigmoid: @Sendable (Float) throws -> Float = { _ in throw NotStarted() }
  /// Exercise 2.1: center, context, negatives → loss and gradients.
  public var skipGramPair: @Sendable ([Float], [Float], [[Float]]) throws -> PairSlopes = {
    _, _, _ in throw NotStarted()
  }
  /// Exercise 2.2: counts of contexts, power → distribution.
  public var noiseDistribution: @Sendable ([Int], Float) throws -> [Float] = { _, _ in throw NotStarted() }
  /// Exercise 2.2: counts of pairs, noise, negatives → scores.
  public var optimalScores: @Sendable ([[Int]], [Float], Int) throws -> [[Float]] = { _, _, _ in throw NotStarted() }
  /// Exercise 2.2: counts of contexts, noise, negatives → what is added to PMI.
  public var shiftsFromPMI: @Sendable ([Int], [Float], Int) throws -> [Float] = { _, _, _ in throw NotStarted() }
  /// Exercise 2.2: counts of pairs, noise, negatives → loss.
  public var leastLoss: @Sendable ([[Int]], [Float], Int) throws -> Float = { _, _, _ in throw NotStarted() }
  /// Exercise 2.3: sentence, place, half width → words.
  public var windowWords: @Sendable ([Int], Int, Int) throws -> [Int] = { _, _, _ in throw NotStarted() }
  /// Exercise 2.3: window, center, negatives → loss and gradients.
  public var bagOfWords: @Sendable ([[Float]], [Float], [[Float]]) throws -> WindowSlopes = { _, _, _ in throw NotStarted() }
  /// Exercise 2.3: table, words, center, negatives → gradient in the table.
  public var tableGradient: @Sendable ([[Float]], [Int], [Float], [[Float]]) throws -> [[Float]] = { _, _, _, _ in throw NotStarted() }
  /// Exercise 2.4: distances, matches → average precision.
  public var averagePrecision: @Sendable ([Float], [Bool]) throws -> Float = { _, _ in throw NotStarted() }
  /// Exercise 2.4: distances, queries, gallery → mean average precision.
  public var meanAveragePrecision: @Sendable ([[Float]], [Int], [Int]) throws -> Float = { _, _, _ in throw NotStarted() }
  /// Exercise 2.4: distances, queries, gallery → recall at 1.
  public var recallAtOne: @Sendable ([[Float]], [Int], [Int]) throws -> Float = { _, _, _ in throw NotStarted() }
  /// Exercise 2.5: eigenvalues, width → loss.
  public var leastReconstructionLoss: @Sendable ([Float], Int) throws -> Float = { _, _ in throw NotStarted() }
  /// Exercise 2.5: encoder, decoder, inputs → loss and gradients.
  public var reconstruction: @Sendable ([[Float]], [[Float]], [[Float]]) throws -> AutoencoderSlopes = { _, _, _ in throw NotStarted() }
  /// Exercise 2.5: components, encoder, decoder → whether they are found.
  public var hasFound: @Sendable ([[Float]], [[Float]], [[Float]]) throws -> Bool = { _, _, _ in throw NotStarted() }
  /// Exercise 2.5: encoder, decoder, mix → encoder and decoder.
  public var mixed: @Sendable ([[Float]], [[Float]], [[Float]]) throws -> Autoencoder = { _, _, _ in throw NotStarted() }
  /// Exercise 2.6: names, before, after → names.
  public var changedParts: @Sendable ([String], [[Float]], [[Float]]) throws -> [String] = { _, _, _ in throw NotStarted() }
  /// Exercise 2.6: pictures, encoder → features.
  public var frozenFeatures: @Sendable ([[Float]], SmallEncoder) throws -> [[Float]] = { _, _ in throw NotStarted() }
  /// Exercise 2.6: pictures, labels, encoder, steps, rate → probe.
  public var frozenProbe: @Sendable ([[Float]], [Int], SmallEncoder, Int, Float) throws -> Probe = { _, _, _, _, _ in throw NotStarted() }
  /// Exercise 2.6: pictures, labels, encoder, probe → share.
  public var frozenAccuracy: @Sendable ([[Float]], [Int], SmallEncoder, Probe) throws -> Float = { _, _, _, _ in throw NotStarted() }

  /// None of the functions is written.
  public init() {}
}
