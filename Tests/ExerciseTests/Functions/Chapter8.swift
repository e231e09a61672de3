import TensorCore

/// The functions that chapter 8's exercises ask for, as the stubs declare them.
public struct Chapter8Functions: RemoteFunctions {
  /// Two pictures of one patient, or one picture twice.
  public typealias Pair = (first: Int, second: Int)
  /// Indices of pictures to train on and to test on.
  public typealias Split = (train: [Int], test: [Int])

  /// Exercise 8.1: views, anchor, positive, temperature → loss.
  @Remote("anchorLoss") public var anchorLoss:
    @Sendable ([[Float]], Int, Int, Float) throws -> Float
  /// Exercise 8.1: views, temperature → loss.
  @Remote("batchLoss") public var batchLoss: @Sendable ([[Float]], Float) throws -> Float
  /// Exercise 8.2: z, slope in z / |z| → slope in z.
  @Remote("slopeBeforeNormalisation") public var slopeBeforeNormalisation:
    @Sendable ([Float], [Float]) throws -> [Float]
  /// Exercise 8.2: views, anchor, positive, temperature → gradient in the anchor.
  @Remote("anchorGradient") public var anchorGradient:
    @Sendable ([[Float]], Int, Int, Float) throws -> [Float]
  /// Exercise 8.2: views, temperature → gradient in each view.
  @Remote("batchGradient") public var batchGradient:
    @Sendable ([[Float]], Float) throws -> [[Float]]
  /// Exercise 8.3: similarities, patients, anchor, temperature → loss.
  @Remote("severalPositivesLoss") public var severalPositivesLoss:
    @Sendable ([Float], [Int], Int, Float) throws -> Float
  /// Exercise 8.3: similarities, patients, temperature → loss.
  @Remote("meanOverAnchors") public var meanOverAnchors:
    @Sendable ([[Float]], [Int], Float) throws -> Float
  /// Exercise 8.4: a patient's pictures, random → pair.
  @Remote("patientPair") public var patientPair: @Sendable ([Int], inout Random) throws -> Pair?
  /// Exercise 8.4: pictures of each patient, batch size, random → batches.
  @Remote("epochOfPairs") public var epochOfPairs:
    @Sendable ([[Int]], Int, inout Random) throws -> [[Pair]]
  /// Exercise 8.5: first views, second views → mean squared distance.
  @Remote("alignment") public var alignment: @Sendable ([[Float]], [[Float]]) throws -> Float
  /// Exercise 8.5: points → logarithm of the mean of exp(−2 distance²).
  @Remote("uniformity") public var uniformity: @Sendable ([[Float]]) throws -> Float
  /// Exercise 8.6: patients, train, test → share.
  @Remote("leakedShare") public var leakedShare: @Sendable ([Int], [Int], [Int]) throws -> Float
  /// Exercise 8.6: patients, diagnoses, share of the test, seed → split.
  @Remote("splitByPatient") public var splitByPatient:
    @Sendable ([Int], [Int], Float, UInt64) throws -> Split

  /// The functions of the learner's process.
  public init() {}
}
