/// The functions that chapter 6's exercises ask for, as the stubs declare them.
public struct Chapter6Functions: Sendable {
  /// A window of a text: what is read, what is to be said, which places see which.
  public typealias Window = (inputs: [Int], targets: [Int], visible: [[Bool]])

  /// Exercise 6.1: losses, tokens → perplexity.
  public var corpusPerplexity: @Sendable ([Float], [Int]) throws -> Float
  /// Exercise 6.1: perplexity, tokens, characters → bits.
  public var bitsPerCharacter: @Sendable (Float, Int, Int) throws -> Float
  /// Exercise 6.1: perplexity, tokens, other tokens → perplexity.
  public var perplexity: @Sendable (Float, Int, Int) throws -> Float
  /// Exercise 6.2: queries, keys → weights.
  public var causalWeights: @Sendable ([[Float]], [[Float]]) throws -> [[Float]]
  /// Exercise 6.2: weights, values → mixed values.
  public var mixedValues: @Sendable ([[Float]], [[Float]]) throws -> [[Float]]
  /// Exercise 6.3: probabilities, p → probabilities.
  public var nucleus: @Sendable ([Float], Float) throws -> [Float]
  /// Exercise 6.4: logits, target → gradient.
  public var logitGradient: @Sendable ([Float], Int) throws -> [Float]
  /// Exercise 6.4: table, input, target → gradient.
  public var tiedGradient: @Sendable ([[Float]], Int, Int) throws -> [[Float]]
  /// Exercise 6.5: features, head → probabilities.
  public var choiceProbabilities: @Sendable ([[[Float]]], [Float]) throws -> [[Float]]
  /// Exercise 6.5: features, head, answers → gradient.
  public var headGradient: @Sendable ([[[Float]]], [Float], [Int]) throws -> [Float]
  /// Exercise 6.6: visible, layers → places.
  public var placesThatKnow: @Sendable ([[Bool]], Int) throws -> [Int]
  /// Exercise 6.6: tokens, start, length → window.
  public var soundWindow: @Sendable ([Int], Int, Int) throws -> Window

  /// Takes the functions of the exercises, of the solutions, or of a test.
  public init(
    corpusPerplexity: @escaping @Sendable ([Float], [Int]) throws -> Float,
    bitsPerCharacter: @escaping @Sendable (Float, Int, Int) throws -> Float,
    perplexity: @escaping @Sendable (Float, Int, Int) throws -> Float,
    causalWeights: @escaping @Sendable ([[Float]], [[Float]]) throws -> [[Float]],
    mixedValues: @escaping @Sendable ([[Float]], [[Float]]) throws -> [[Float]],
    nucleus: @escaping @Sendable ([Float], Float) throws -> [Float],
    logitGradient: @escaping @Sendable ([Float], Int) throws -> [Float],
    tiedGradient: @escaping @Sendable ([[Float]], Int, Int) throws -> [[Float]],
    choiceProbabilities: @escaping @Sendable ([[[Float]]], [Float]) throws -> [[Float]],
    headGradient: @escaping @Sendable ([[[Float]]], [Float], [Int]) throws -> [Float],
    placesThatKnow: @escaping @Sendable ([[Bool]], Int) throws -> [Int],
    soundWindow: @escaping @Sendable ([Int], Int, Int) throws -> Window
  ) {
    self.corpusPerplexity = corpusPerplexity
    self.bitsPerCharacter = bitsPerCharacter
    self.perplexity = perplexity
    self.causalWeights = causalWeights
    self.mixedValues = mixedValues
    self.nucleus = nucleus
    self.logitGradient = logitGradient
    self.tiedGradient = tiedGradient
    self.choiceProbabilities = choiceProbabilities
    self.headGradient = headGradient
    self.placesThatKnow = placesThatKnow
    self.soundWindow = soundWindow
  }
}

/// Chapter 6's exercises, each in a file of its own.
public enum Chapter6 {
  /// The exercises in order.
  public static let exercises = [
    perplexities, causalAttention, nucleus, tiedGradient, multipleChoice, lookingAhead,
  ]
}
