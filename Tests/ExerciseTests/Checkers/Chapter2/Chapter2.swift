/// Chapter 2's exercises, each in a file of its own.
public enum Chapter2 {
  /// The exercises in order.
  public static let exercises = [
    skipGramPair, shiftedPMI, continuousBagOfWords, averagePrecision, linearAutoencoder,
    frozenProbe,
  ]
}
