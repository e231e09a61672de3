import TensorCore

/// The functions that chapter 3's exercises ask for, as the stubs declare them.
public struct Chapter3Functions: RemoteFunctions {
  /// A patch's upper left pixel.
  public typealias Corner = (top: Int, left: Int)
  /// Two patches, and where the second lies as seen from the first.
  public typealias DrawnPair = (first: Corner, second: Corner, label: Int)
  /// The pixels of two patches.
  public typealias TwoPatches = (first: [[Float]], second: [[Float]])
  /// Two cells of a grid, and where the second lies as seen from the first.
  public typealias CellPair = (first: Int, second: Int, label: Int)

  /// Exercise 3.1: height, width, size, gap, jitter, random → pair.
  @Remote("drawPair") public var drawPair:
    @Sendable (Int, Int, Int, Int, Int, inout Random) throws -> DrawnPair
  /// Exercise 3.2: direction → matrix.
  @Remote("projection") public var projection: @Sendable ([Float]) throws -> [[Float]]
  /// Exercise 3.2: direction, strength → eigenvalues.
  @Remote("eigenvalues") public var eigenvalues: @Sendable ([Float], Float) throws -> [Float]
  /// Exercise 3.2: difference, direction → share.
  @Remote("shareLeft") public var shareLeft: @Sendable ([Float], [Float]) throws -> Float
  /// Exercise 3.3: pixels, random → pixels.
  @Remote("dropped") public var dropped: @Sendable ([[Float]], inout Random) throws -> [[Float]]
  /// Exercise 3.3: pixels of two patches, random → pixels of both.
  @Remote("droppedPair") public var droppedPair:
    @Sendable ([[Float]], [[Float]], inout Random) throws -> TwoPatches
  /// Exercise 3.4: label → label.
  @Remote("labelTheOtherWayRound") public var labelTheOtherWayRound: @Sendable (Int) throws -> Int
  /// Exercise 3.4: label → label.
  @Remote("labelInTheMirror") public var labelInTheMirror: @Sendable (Int) throws -> Int
  /// Exercise 3.4: label → label.
  @Remote("labelAfterAQuarterTurn") public var labelAfterAQuarterTurn: @Sendable (Int) throws -> Int
  /// Exercise 3.4: rows, columns → shares.
  @Remote("labelShares") public var labelShares: @Sendable (Int, Int) throws -> [Float]
  /// Exercise 3.5: predicted, centres → error.
  @Remote("positionError") public var positionError:
    @Sendable ([[Float]], [[Float]]) throws -> Float
  /// Exercise 3.5: training, test → error.
  @Remote("chanceError") public var chanceError: @Sendable ([[Float]], [[Float]]) throws -> Float
  /// Exercise 3.5: predicted, centres, pictures → error.
  @Remote("bestTenthError") public var bestTenthError:
    @Sendable ([[Float]], [[Float]], [Int]) throws -> Float
  /// Exercise 3.6: labels, weights → entropy.
  @Remote("lossWithoutLooking") public var lossWithoutLooking:
    @Sendable ([Int], [Float]) throws -> Float
  /// Exercise 3.6: labels, weights → share.
  @Remote("rightWithoutLooking") public var rightWithoutLooking:
    @Sendable ([Int], [Float]) throws -> Float
  /// Exercise 3.6: labels → weights.
  @Remote("evenWeights") public var evenWeights: @Sendable ([Int]) throws -> [Float]
  /// Exercise 3.6: rows, columns, random → pair.
  @Remote("evenPair") public var evenPair: @Sendable (Int, Int, inout Random) throws -> CellPair

  /// The functions of the learner's process.
  public init() {}
}
