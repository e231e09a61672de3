import Testing

/// Chapter 6's exercises: the learner's answers, checked.
@Suite struct Chapter6 {
  @Test func `6.1 Perplexities side by side`() throws { try check("6.1") }
  @Test func `6.2 Attention that cannot look ahead`() throws { try check("6.2") }
  @Test func `6.3 The nucleus and its edges`() throws { try check("6.3") }
  @Test func `6.4 The gradient of a table used twice`() throws { try check("6.4") }
  @Test func `6.5 Which sentence follows?`() throws { try check("6.5") }
  @Test func `6.6 A loss too good to be true`() throws { try check("6.6") }
}
