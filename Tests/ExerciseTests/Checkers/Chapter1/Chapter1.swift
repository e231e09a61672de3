/// Chapter 1's exercises, each in a file of its own.
public enum Chapter1 {
  /// The exercises in order.
  public static let exercises = [
    labelsFromHalves, kMeansStep, leakySplit, pseudoLabels, policyGradient,
  ]
}
