import TensorCore

/// The functions that chapter 1's exercises ask for, as the stubs declare them.
public struct Chapter1Functions: Sendable {
  /// Exercise 1.1: picture, height, width → picture.
  public var swappedHalves: @Sendable ([Float], Int, Int) throws -> [Float]
  /// Exercise 1.1: pictures, height, width, random → inputs and labels.
  public var labelsFromHalves:
    @Sendable ([[Float]], Int, Int, inout Random) throws -> (inputs: [[Float]], labels: [Int])
  /// Exercise 1.2: points, centres → indices.
  public var nearestCentres: @Sendable ([[Float]], [[Float]]) throws -> [Int]
  /// Exercise 1.2: points, assignments, centres → centres.
  public var movedCentres: @Sendable ([[Float]], [Int], [[Float]]) throws -> [[Float]]
  /// Exercise 1.3: sources, train, validation → sources.
  public var leakedSources: @Sendable ([Int], [Int], [Int]) throws -> [Int]
  /// Exercise 1.3: pictures, sources, share, random → the preparation.
  public var soundPreparation:
    @Sendable ([[Float]], [Int], Float, inout Random) throws -> (
      train: [Int], validation: [Int], mean: Float
    )
  /// Exercise 1.4: step, start and end of the ramp, final weight → weight.
  public var unlabelledWeight: @Sendable (Int, Int, Int, Float) throws -> Float
  /// Exercise 1.4: labelled logits, labels, unlabelled logits, weight → loss and gradients.
  public var pseudoLabelLoss:
    @Sendable ([[Float]], [Int], [[Float]], Float) throws -> (
      loss: Float, labelledGradient: [[Float]], unlabelledGradient: [[Float]]
    )
  /// Exercise 1.5: logits, action, reward, baseline → step.
  public var policyGradient: @Sendable ([Float], Int, Float, Float) throws -> [Float]
  /// Exercise 1.5: logits, rewards → gradient.
  public var expectedPolicyGradient: @Sendable ([Float], [Float]) throws -> [Float]
  /// Exercise 1.5: logits, rewards → baseline.
  public var bestBaseline: @Sendable ([Float], [Float]) throws -> Float

  /// Takes the functions of the exercises, of the solutions, or of a test.
  public init(
    swappedHalves: @escaping @Sendable ([Float], Int, Int) throws -> [Float],
    labelsFromHalves:
      @escaping @Sendable ([[Float]], Int, Int, inout Random) throws -> (
        inputs: [[Float]], labels: [Int]
      ),
    nearestCentres: @escaping @Sendable ([[Float]], [[Float]]) throws -> [Int],
    movedCentres: @escaping @Sendable ([[Float]], [Int], [[Float]]) throws -> [[Float]],
    leakedSources: @escaping @Sendable ([Int], [Int], [Int]) throws -> [Int],
    soundPreparation:
      @escaping @Sendable ([[Float]], [Int], Float, inout Random) throws -> (
        train: [Int], validation: [Int], mean: Float
      ),
    unlabelledWeight: @escaping @Sendable (Int, Int, Int, Float) throws -> Float,
    pseudoLabelLoss:
      @escaping @Sendable ([[Float]], [Int], [[Float]], Float) throws -> (
        loss: Float, labelledGradient: [[Float]], unlabelledGradient: [[Float]]
      ),
    policyGradient: @escaping @Sendable ([Float], Int, Float, Float) throws -> [Float],
    expectedPolicyGradient: @escaping @Sendable ([Float], [Float]) throws -> [Float],
    bestBaseline: @escaping @Sendable ([Float], [Float]) throws -> Float
  ) {
    self.swappedHalves = swappedHalves
    self.labelsFromHalves = labelsFromHalves
    self.nearestCentres = nearestCentres
    self.movedCentres = movedCentres
    self.leakedSources = leakedSources
    self.soundPreparation = soundPreparation
    self.unlabelledWeight = unlabelledWeight
    self.pseudoLabelLoss = pseudoLabelLoss
    self.policyGradient = policyGradient
    self.expectedPolicyGradient = expectedPolicyGradient
    self.bestBaseline = bestBaseline
  }
}

/// Chapter 1's exercises, each in a file of its own.
public enum Chapter1 {
  /// The exercises in order.
  public static let exercises = [
    labelsFromHalves, kMeansStep, leakySplit, pseudoLabels, policyGradient,
  ]
}
