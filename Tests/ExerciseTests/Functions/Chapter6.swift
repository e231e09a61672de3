/// The functions that chapter 6's exercises ask for, as the stubs declare them.
public struct Chapter6Functions: RemoteFunctions {
  /// A window of a text: what is read, what is to be said, which places see which.
  public typealias Window = (inputs: [Int], targets: [Int], visible: [[Bool]])

  /// Exercise 6.1: losses, tokens → perplexity.
  @Remote("corpusPerplexity") public var corpusPerplexity:
    @Sendable ([Float], [Int]) throws -> Float
  /// Exercise 6.1: perplexity, tokens, characters → bits.
  @Remote("bitsPerCharacter") public var bitsPerCharacter:
    @Sendable (Float, Int, Int) throws -> Float
  /// Exercise 6.1: perplexity, tokens, other tokens → perplexity.
  @Remote("perplexity") public var perplexity: @Sendable (Float, Int, Int) throws -> Float
  /// Exercise 6.2: queries, keys → weights.
  @Remote("causalWeights") public var causalWeights:
    @Sendable ([[Float]], [[Float]]) throws -> [[Float]]
  /// Exercise 6.2: weights, values → mixed values.
  @Remote("mixedValues") public var mixedValues:
    @Sendable ([[Float]], [[Float]]) throws -> [[Float]]
  /// Exercise 6.3: probabilities, p → probabilities.
  @Remote("nucleus") public var nucleus: @Sendable ([Float], Float) throws -> [Float]
  /// Exercise 6.4: logits, target → gradient.
  @Remote("logitGradient") public var logitGradient: @Sendable ([Float], Int) throws -> [Float]
  /// Exercise 6.4: table, input, target → gradient.
  @Remote("tiedGradient") public var tiedGradient:
    @Sendable ([[Float]], Int, Int) throws -> [[Float]]
  /// Exercise 6.5: features, head → probabilities.
  @Remote("choiceProbabilities") public var choiceProbabilities:
    @Sendable ([[[Float]]], [Float]) throws -> [[Float]]
  /// Exercise 6.5: features, head, answers → gradient.
  @Remote("headGradient") public var headGradient:
    @Sendable ([[[Float]]], [Float], [Int]) throws -> [Float]
  /// Exercise 6.6: visible, layers → places.
  @Remote("placesThatKnow") public var placesThatKnow: @Sendable ([[Bool]], Int) throws -> [Int]
  /// Exercise 6.6: tokens, start, length → window.
  @Remote("soundWindow") public var soundWindow: @Sendable ([Int], Int, Int) throws -> Window

  /// The functions of the learner's process.
  public init() {}
}
