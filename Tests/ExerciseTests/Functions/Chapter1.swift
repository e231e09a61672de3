import TensorCore

/// The functions that chapter 1's exercises ask for, as the stubs declare them.
public struct Chapter1Functions: RemoteFunctions {
  /// Exercise 1.1: picture, height, width → picture.
  @Remote("swappedHalves") public var swappedHalves: @Sendable ([Float], Int, Int) throws -> [Float]
  /// Exercise 1.1: pictures, height, width, random → inputs and labels.
  @Remote("labelsFromHalves") public var labelsFromHalves:
    @Sendable ([[Float]], Int, Int, inout Random) throws -> (inputs: [[Float]], labels: [Int])
  /// Exercise 1.2: points, centres → indices.
  @Remote("nearestCentres") public var nearestCentres:
    @Sendable ([[Float]], [[Float]]) throws -> [Int]
  /// Exercise 1.2: points, assignments, centres → centres.
  @Remote("movedCentres") public var movedCentres:
    @Sendable ([[Float]], [Int], [[Float]]) throws -> [[Float]]
  /// Exercise 1.3: sources, train, validation → sources.
  @Remote("leakedSources") public var leakedSources: @Sendable ([Int], [Int], [Int]) throws -> [Int]
  /// Exercise 1.3: pictures, sources, share, random → the preparation.
  @Remote("soundPreparation") public var soundPreparation:
    @Sendable ([[Float]], [Int], Float, inout Random) throws -> (
      train: [Int], validation: [Int], mean: Float
    )
  /// Exercise 1.4: step, start and end of the ramp, final weight → weight.
  @Remote("unlabelledWeight") public var unlabelledWeight:
    @Sendable (Int, Int, Int, Float) throws -> Float
  /// Exercise 1.4: labelled logits, labels, unlabelled logits, weight → loss and gradients.
  @Remote("pseudoLabelLoss") public var pseudoLabelLoss:
    @Sendable ([[Float]], [Int], [[Float]], Float) throws -> (
      loss: Float, labelledGradient: [[Float]], unlabelledGradient: [[Float]]
    )
  /// Exercise 1.5: logits, action, reward, baseline → step.
  @Remote("policyGradient") public var policyGradient:
    @Sendable ([Float], Int, Float, Float) throws -> [Float]
  /// Exercise 1.5: logits, rewards → gradient.
  @Remote("expectedPolicyGradient") public var expectedPolicyGradient:
    @Sendable ([Float], [Float]) throws -> [Float]
  /// Exercise 1.5: logits, rewards → baseline.
  @Remote("bestBaseline") public var bestBaseline: @Sendable ([Float], [Float]) throws -> Float

  /// The functions of the learner's process.
  public init() {}
}
