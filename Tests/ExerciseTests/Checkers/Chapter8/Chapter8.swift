import TensorCore

/// The functions that chapter 8's exercises ask for, as the stubs declare them.
public struct Chapter8Functions: Sendable {
  /// Two pictures of one patient, or one picture twice.
  public typealias Pair = (first: Int, second: Int)
  /// Indices of pictures to train on and to test on.
  public typealias Split = (train: [Int], test: [Int])

  /// Exercise 8.1: views, anchor, positive, temperature → loss.
  public var anchorLoss: @Sendable ([[Float]], Int, Int, Float) throws -> Float
  /// Exercise 8.1: views, temperature → loss.
  public var batchLoss: @Sendable ([[Float]], Float) throws -> Float
  /// Exercise 8.2: z, slope in z / |z| → slope in z.
  public var slopeBeforeNormalisation: @Sendable ([Float], [Float]) throws -> [Float]
  /// Exercise 8.2: views, anchor, positive, temperature → gradient in the anchor.
  public var anchorGradient: @Sendable ([[Float]], Int, Int, Float) throws -> [Float]
  /// Exercise 8.2: views, temperature → gradient in each view.
  public var batchGradient: @Sendable ([[Float]], Float) throws -> [[Float]]
  /// Exercise 8.3: similarities, patients, anchor, temperature → loss.
  public var severalPositivesLoss: @Sendable ([Float], [Int], Int, Float) throws -> Float
  /// Exercise 8.3: similarities, patients, temperature → loss.
  public var meanOverAnchors: @Sendable ([[Float]], [Int], Float) throws -> Float
  /// Exercise 8.4: a patient's pictures, random → pair.
  public var patientPair: @Sendable ([Int], inout Random) throws -> Pair?
  /// Exercise 8.4: pictures of each patient, batch size, random → batches.
  public var epochOfPairs: @Sendable ([[Int]], Int, inout Random) throws -> [[Pair]]
  /// Exercise 8.5: first views, second views → mean squared distance.
  public var alignment: @Sendable ([[Float]], [[Float]]) throws -> Float
  /// Exercise 8.5: points → logarithm of the mean of exp(−2 distance²).
  public var uniformity: @Sendable ([[Float]]) throws -> Float
  /// Exercise 8.6: patients, train, test → share.
  public var leakedShare: @Sendable ([Int], [Int], [Int]) throws -> Float
  /// Exercise 8.6: patients, diagnoses, share of the test, seed → split.
  public var splitByPatient: @Sendable ([Int], [Int], Float, UInt64) throws -> Split

  /// Takes the functions of the exercises, of the solutions, or of a test.
  public init(
    anchorLoss: @escaping @Sendable ([[Float]], Int, Int, Float) throws -> Float,
    batchLoss: @escaping @Sendable ([[Float]], Float) throws -> Float,
    slopeBeforeNormalisation: @escaping @Sendable ([Float], [Float]) throws -> [Float],
    anchorGradient: @escaping @Sendable ([[Float]], Int, Int, Float) throws -> [Float],
    batchGradient: @escaping @Sendable ([[Float]], Float) throws -> [[Float]],
    severalPositivesLoss: @escaping @Sendable ([Float], [Int], Int, Float) throws -> Float,
    meanOverAnchors: @escaping @Sendable ([[Float]], [Int], Float) throws -> Float,
    patientPair: @escaping @Sendable ([Int], inout Random) throws -> Pair?,
    epochOfPairs: @escaping @Sendable ([[Int]], Int, inout Random) throws -> [[Pair]],
    alignment: @escaping @Sendable ([[Float]], [[Float]]) throws -> Float,
    uniformity: @escaping @Sendable ([[Float]]) throws -> Float,
    leakedShare: @escaping @Sendable ([Int], [Int], [Int]) throws -> Float,
    splitByPatient: @escaping @Sendable ([Int], [Int], Float, UInt64) throws -> Split
  ) {
    self.anchorLoss = anchorLoss
    self.batchLoss = batchLoss
    self.slopeBeforeNormalisation = slopeBeforeNormalisation
    self.anchorGradient = anchorGradient
    self.batchGradient = batchGradient
    self.severalPositivesLoss = severalPositivesLoss
    self.meanOverAnchors = meanOverAnchors
    self.patientPair = patientPair
    self.epochOfPairs = epochOfPairs
    self.alignment = alignment
    self.uniformity = uniformity
    self.leakedShare = leakedShare
    self.splitByPatient = splitByPatient
  }
}

/// Chapter 8's exercises, each in a file of its own.
public enum Chapter8 {
  /// The exercises in order.
  public static let exercises = [
    anchorLoss, anchorGradient, severalPositives, pairsOfPatients, alignmentUniformity,
    dividedPatients,
  ]
}
