/// Chapter 6's exercises, each in a file of its own.
public enum Chapter6 {
  /// The exercises in order.
  public static let exercises = [
    perplexities, causalAttention, nucleus, tiedGradient, multipleChoice, lookingAhead,
  ]
}
