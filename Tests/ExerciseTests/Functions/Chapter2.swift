/// The functions that chapter 2's exercises ask for, as the stubs declare them.
public struct Chapter2Functions: RemoteFunctions {
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
  @Remote("logSigmoid") public var logSigmoid: @Sendable (Float) throws -> Float
  /// Exercise 2.1: center, context, negatives → loss and gradients.
  @Remote("skipGramPair") public var skipGramPair:
    @Sendable ([Float], [Float], [[Float]]) throws -> PairSlopes
  /// Exercise 2.2: counts of contexts, power → distribution.
  @Remote("noiseDistribution") public var noiseDistribution:
    @Sendable ([Int], Float) throws -> [Float]
  /// Exercise 2.2: counts of pairs, noise, negatives → scores.
  @Remote("optimalScores") public var optimalScores:
    @Sendable ([[Int]], [Float], Int) throws -> [[Float]]
  /// Exercise 2.2: counts of contexts, noise, negatives → what is added to PMI.
  @Remote("shiftsFromPMI") public var shiftsFromPMI:
    @Sendable ([Int], [Float], Int) throws -> [Float]
  /// Exercise 2.2: counts of pairs, noise, negatives → loss.
  @Remote("leastLoss") public var leastLoss: @Sendable ([[Int]], [Float], Int) throws -> Float
  /// Exercise 2.3: sentence, place, half width → words.
  @Remote("windowWords") public var windowWords: @Sendable ([Int], Int, Int) throws -> [Int]
  /// Exercise 2.3: window, center, negatives → loss and gradients.
  @Remote("bagOfWords") public var bagOfWords:
    @Sendable ([[Float]], [Float], [[Float]]) throws -> WindowSlopes
  /// Exercise 2.3: table, words, center, negatives → gradient in the table.
  @Remote("tableGradient") public var tableGradient:
    @Sendable ([[Float]], [Int], [Float], [[Float]]) throws -> [[Float]]
  /// Exercise 2.4: distances, matches → average precision.
  @Remote("averagePrecision") public var averagePrecision:
    @Sendable ([Float], [Bool]) throws -> Float
  /// Exercise 2.4: distances, queries, gallery → mean average precision.
  @Remote("meanAveragePrecision") public var meanAveragePrecision:
    @Sendable ([[Float]], [Int], [Int]) throws -> Float
  /// Exercise 2.4: distances, queries, gallery → recall at 1.
  @Remote("recallAtOne") public var recallAtOne: @Sendable ([[Float]], [Int], [Int]) throws -> Float
  /// Exercise 2.5: eigenvalues, width → loss.
  @Remote("leastReconstructionLoss") public var leastReconstructionLoss:
    @Sendable ([Float], Int) throws -> Float
  /// Exercise 2.5: encoder, decoder, inputs → loss and gradients.
  @Remote("reconstruction") public var reconstruction:
    @Sendable ([[Float]], [[Float]], [[Float]]) throws -> AutoencoderSlopes
  /// Exercise 2.5: components, encoder, decoder → whether they are found.
  @Remote("hasFound") public var hasFound:
    @Sendable ([[Float]], [[Float]], [[Float]]) throws -> Bool
  /// Exercise 2.5: encoder, decoder, mix → encoder and decoder.
  @Remote("mixed") public var mixed:
    @Sendable ([[Float]], [[Float]], [[Float]]) throws -> Autoencoder
  /// Exercise 2.6: names, before, after → names.
  @Remote("changedParts") public var changedParts:
    @Sendable ([String], [[Float]], [[Float]]) throws -> [String]
  /// Exercise 2.6: pictures, encoder → features.
  @Remote("frozenFeatures") public var frozenFeatures:
    @Sendable ([[Float]], SmallEncoder) throws -> [[Float]]
  /// Exercise 2.6: pictures, labels, encoder, steps, rate → probe.
  @Remote("frozenProbe") public var frozenProbe:
    @Sendable ([[Float]], [Int], SmallEncoder, Int, Float) throws -> Probe
  /// Exercise 2.6: pictures, labels, encoder, probe → share.
  @Remote("frozenAccuracy") public var frozenAccuracy:
    @Sendable ([[Float]], [Int], SmallEncoder, Probe) throws -> Float

  /// The functions of the learner's process.
  public init() {}
}
