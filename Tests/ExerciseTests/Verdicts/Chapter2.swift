import Testing

/// Chapter 2's exercises: the learner's answers, checked.
@Suite struct Chapter2 {
  @Test func `2.1 One pair and its negatives`() throws { try check("2.1") }
  @Test func `2.2 What a score aims at`() throws { try check("2.2") }
  @Test func `2.3 The window predicts the word`() throws { try check("2.3") }
  @Test func `2.4 Found again, or nearly`() throws { try check("2.4") }
  @Test func `2.5 What a linear autoencoder leaves open`() throws { try check("2.5") }
  @Test func `2.6 The probe that was never frozen`() throws { try check("2.6") }
}
