/// Chapter 8's exercises, each in a file of its own.
public enum Chapter8 {
  /// The exercises in order.
  public static let exercises = [
    anchorLoss, anchorGradient, severalPositives, pairsOfPatients, alignmentUniformity,
    dividedPatients,
  ]
}
