/// Chapter 3's exercises, each in a file of its own.
public enum Chapter3 {
  /// The exercises in order.
  public static let exercises = [
    patchSampler, colourProjection, colourDropping, pairLabels, positionError, unevenSampler,
  ]
}
